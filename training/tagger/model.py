"""The network: word features → type vectors → convolution → gated recurrences in both directions → heads."""
import jax
import jax.numpy as jnp
import numpy as np

E, P, HID, D, LAYERS = 96, 96, 320, 256, 5
ARC, LAB, LEM = 96, 128, 128
REACH = 12


def init(rng, rows, counts):
    """Fresh parameters. `counts`: sizes of the output vocabularies and of the styles."""
    r = np.random.default_rng(rng)

    def mat(a, b, gain=1.0):
        return (r.standard_normal((a, b)) * gain / np.sqrt(a)).astype(np.float32)

    def zero(*n):
        return np.zeros(n, np.float32)

    p = {
        "emb": (r.standard_normal((rows + 1, E)) * 0.1).astype(np.float32),
        "piece": mat(512, P, 1.0),
        "w1": mat(E + P, HID, 1.4), "b1": zero(HID),
        "w2": mat(HID, D, 1.4), "b2": zero(D),
        "style": (r.standard_normal((counts["styles"], D)) * 0.1).astype(np.float32),
        "conv": mat(3 * D, D, 1.4), "convb": zero(D), "convg": np.ones(D, np.float32),
        "lng": np.ones(D, np.float32),
        "upos": mat(D, counts["upos"]), "uposb": zero(counts["upos"]),
        "feat": mat(D, counts["feats"]), "featb": zero(counts["feats"]) - 3.0,
        "name": mat(D, counts["names"]), "nameb": zero(counts["names"]),
        "lem1": mat(D, LEM, 1.4), "lem1b": zero(LEM),
        "lem2": mat(LEM, counts["scripts"]), "lem2b": zero(counts["scripts"]),
        "arcd": mat(D, ARC, 1.4), "arcdb": zero(ARC), "arch": mat(D, ARC, 1.4), "archb": zero(ARC),
        "arcu": mat(ARC, ARC, 1.0), "arcv": zero(ARC), "arcroot": zero(ARC) + 0.1, "dist": zero(2 * REACH + 2),
        "labd": mat(D, LAB, 1.4), "labh": mat(D, LAB, 1.4), "labb": zero(LAB), "labroot": zero(LAB),
        "lab2": mat(LAB, counts["deprels"]), "lab2b": zero(counts["deprels"]),
    }
    for k in range(LAYERS):
        p[f"q{k}"] = mat(D, 3 * D)
        p[f"qb{k}"] = np.concatenate([zero(D), zero(D) + 1.0, zero(D)])
        p[f"qg{k}"] = np.ones(D, np.float32)
    return p


def norm(x, gain):
    """Root-mean-square normalisation."""
    return x * gain * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-6)


def drop(key, x, rate, shape):
    """Dropout with one mask for the broadcast `shape`."""
    return x * jax.random.bernoulli(key, 1 - rate, shape) / (1 - rate)


def word_vectors(p, rows, vec, key, rate):
    """Vectors of the distinct words of a batch."""
    e = p["emb"].at[0].set(0.0)[rows].sum(1)
    v = vec @ p["piece"]
    if key is not None:
        k1, k2, k3 = jax.random.split(key, 3)
        v = drop(k1, v, 0.1, (v.shape[0], 1))
        e = drop(k2, e, 0.1, e.shape)
        v = drop(k3, v, 0.1, v.shape)
    h = jax.nn.relu(jnp.concatenate([e, v], -1) @ p["w1"] + p["b1"])
    return h @ p["w2"] + p["b2"]


def recur(z, f, half):
    """c = f c + (1 - f) z, first half of the channels forwards, second half backwards."""
    def flip(a):
        return jnp.concatenate([a[..., :half], a[:, ::-1, half:]], -1)

    g = flip((1 - f) * z).swapaxes(0, 1)
    f = flip(f).swapaxes(0, 1)

    def step(c, gf):
        c = gf[1] * c + gf[0]
        return c, c

    _, c = jax.lax.scan(step, jnp.zeros_like(g[0]), (g, f), unroll=4)
    return flip(c.swapaxes(0, 1))


def body(p, words, index, style, mask, key, rate):
    """Hidden states of padded sentences: index [B, T] into words, style [B], mask [B, T]."""
    b, _ = index.shape
    m = mask[..., None]
    keys = jax.random.split(key, LAYERS + 3) if key is not None else [None] * (LAYERS + 3)

    def dropped(k, x):
        return x if k is None else drop(k, x, rate, (b, 1, D))

    x = (words[index] + p["style"][style][:, None]) * m
    x = dropped(keys[0], x)
    y = norm(x, p["convg"]) * m
    pad = jnp.pad(y, ((0, 0), (1, 1), (0, 0)))
    y = jnp.concatenate([pad[:, :-2], pad[:, 1:-1], pad[:, 2:]], -1)
    x = x + jax.nn.relu(y @ p["conv"] + p["convb"])
    for k in range(LAYERS):
        u = dropped(keys[k + 1], norm(x, p[f"qg{k}"])) @ p[f"q{k}"] + p[f"qb{k}"]
        z, f, r = jnp.split(u, 3, -1)
        f = jax.nn.sigmoid(f)
        f = jnp.where(m > 0, f, 1.0)
        c = recur(z * m, f, D // 2)
        x = x + jax.nn.sigmoid(r) * c
    return dropped(keys[-1], norm(x, p["lng"])), keys[-2]


def heads(p, h, key, rate):
    """Scores of all tasks but labels: upos, feats, names, scripts, arcs [B, T, T + 1] (0 is the root)."""
    b, t, _ = h.shape
    relu = jax.nn.relu
    ks = jax.random.split(key, 4) if key is not None else None

    def dropped(i, x):
        return x if ks is None else drop(ks[i], x, rate, (b, 1, x.shape[-1]))

    lem = dropped(0, relu(h @ p["lem1"] + p["lem1b"]))
    dep = dropped(1, relu(h @ p["arcd"] + p["arcdb"]))
    head = dropped(2, relu(h @ p["arch"] + p["archb"]))
    head = jnp.concatenate([jnp.broadcast_to(p["arcroot"], (b, 1, ARC)), head], 1)
    arcs = jnp.einsum("btd,bsd->bts", dep @ p["arcu"] + p["arcv"], head)
    gap = np.clip(np.arange(t)[None] - np.arange(t)[:, None], -REACH, REACH) + REACH
    gap = np.concatenate([np.full((t, 1), 2 * REACH + 1), gap], 1)
    arcs = arcs + p["dist"][gap]
    return {
        "upos": h @ p["upos"] + p["uposb"],
        "feat": h @ p["feat"] + p["featb"],
        "name": h @ p["name"] + p["nameb"],
        "script": lem @ p["lem2"] + p["lem2b"],
        "arc": arcs,
    }


def labels(p, h, head, key, rate):
    """Relation scores for chosen heads [B, T] (0 the root)."""
    hv = jnp.concatenate([jnp.broadcast_to(p["labroot"], (h.shape[0], 1, LAB)), h @ p["labh"]], 1)
    x = jax.nn.relu(h @ p["labd"] + jnp.take_along_axis(hv, head[..., None], 1) + p["labb"])
    if key is not None:
        x = drop(key, x, rate, (h.shape[0], 1, LAB))
    return x @ p["lab2"] + p["lab2b"]
