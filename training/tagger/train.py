"""Train the tagger: the learning rate follows the clock, so that a run ends when it should."""
import argparse
import json
import time

import jax
import jax.numpy as jnp
import numpy as np

import model

AVERAGE_EVERY = 8
BUCKETS = (10, 16, 24, 32, 44, 64, 120)
# how often a sentence of a style is seen in a pass; sentences with names only: (copies, corpus)
WEIGHT = {"ar": 2.0, "fr_speech": 0.4, "es": 2.0, "es_pud": 1.5, "ru": 1.5, "en": 1.1}
NAMES_ONLY = (None, 0.25, 1.0)


class Data:
    """The prepared arrays, and padded batches of them."""

    def __init__(self, base, batch_words, batch_types):
        with np.load(base + ".npz") as z:
            self.a = {k: z[k] for k in z.files}
        self.vocab = json.load(open(base + ".json", encoding="utf-8"))
        self.batch_words, self.batch_types = batch_words, batch_types
        lang = [k.split("|")[0] for k in self.vocab["styles"]]
        self.weight = np.array([WEIGHT.get(s, 1.0) for s in lang])

    def groups(self, split, rng=None):
        """Lists of sentence numbers, each list one batch."""
        meta = self.a["meta"]
        ids = np.flatnonzero(meta[:, 3] == split)
        if rng is not None:
            w = self.weight[meta[ids, 2]]
            for kind in (1, 2):
                w = np.where(meta[ids, 4] == kind, NAMES_ONLY[kind], w)
            times = np.floor(w + rng.random(len(ids))).astype(int)
            ids = np.repeat(ids, times)
            rng.shuffle(ids)
        out, low = [], 0
        for t in BUCKETS:
            mine = ids[(meta[ids, 1] > low) & (meta[ids, 1] <= t)]
            size = self.batch_words // t
            out += [(t, mine[k : k + size]) for k in range(0, len(mine), size)]
            low = t
        if rng is not None:
            rng.shuffle(out)
        return out

    def batch(self, t, ids, rng=None, word_drop=0.0):
        """One padded batch."""
        a, b = self.a, self.batch_words // t
        ids = list(ids)
        while True:
            idx = np.zeros((b, t), np.int64)
            mask = np.zeros((b, t), np.float32)
            for i, s in enumerate(ids):
                start, n = a["meta"][s, :2]
                idx[i, :n] = np.arange(start, start + n)
                mask[i, :n] = 1
            types, index = np.unique(a["type"][idx], return_inverse=True)
            if len(types) <= self.batch_types:
                break
            ids = ids[: len(ids) * 9 // 10]
        pad = self.batch_types - len(types)
        rows = np.pad(a["type_rows"][types], ((0, pad), (0, 0)))
        if rng is not None:
            rows[rng.random(len(rows)) < word_drop, 0] = 0
        live = mask > 0
        out = {
            "rows": rows.astype(np.int32),
            "vec": np.pad(a["type_vec"][types].astype(np.float32), ((0, pad), (0, 0))),
            "index": index.reshape(b, t).astype(np.int32),
            "style": np.array([a["meta"][s, 2] for s in ids] + [0] * (b - len(ids)), np.int32),
            "mask": mask,
            "feats": np.where(live[..., None], a["feats"][idx], -1).astype(np.int32),
        }
        for k in ("upos", "head", "deprel", "script", "name"):
            out[k] = np.where(live, a[k][idx], -1).astype(np.int32)
        return out, idx, ids


def moved(values, fresh, old, new, axis):
    """Fresh values, overwritten where the label had values before."""
    place = {json.dumps(k): i for i, k in enumerate(old)}
    pairs = [(place[json.dumps(k)], i) for i, k in enumerate(new) if json.dumps(k) in place]
    before, now = np.array(pairs).T
    out = np.moveaxis(fresh.copy(), axis, 0)
    out[now] = np.moveaxis(values, axis, 0)[before]
    return np.moveaxis(out, 0, axis)


LABELLED = {
    "upos": "upos", "uposb": "upos", "feat": "feats", "featb": "feats", "name": "names", "nameb": "names",
    "lem2": "scripts", "lem2b": "scripts", "lab2": "deprels", "lab2b": "deprels", "style": "styles",
}


def warm(p, checkpoint, base, data):
    """Parameters of an earlier run, moved to today's labels and features; layers it did not have begin as the identity."""
    old = json.load(open(base + ".json", encoding="utf-8"))
    with np.load(base + ".npz") as z:
        rows = ["", *z["vocab"].tolist()]
    with np.load(checkpoint) as z:
        given = {k: z[k] for k in z.files}
    for k in p:
        if k in given and k in LABELLED:
            label = LABELLED[k]
            axis = 0 if k == "style" or p[k].ndim == 1 else 1
            # scores are free up to a constant: new labels begin like the average one, and unlikely
            fresh = p[k] * 0.0 + given[k].mean(axis, keepdims=True) - (3.0 if p[k].ndim == 1 else 0.0)
            p[k] = moved(given[k], fresh, old[label], data.vocab[label], axis)
        elif k == "emb":
            p[k] = moved(given[k], p[k] * 0.3, rows, ["", *data.a["vocab"].tolist()], 0)
        elif k in given:
            p[k] = given[k]
        elif k[0] == "q" and k[1:].isdigit():
            p[k][:, : model.D] = 0.0
    return p


def nll(scores, gold):
    """Mean loss over the positions with gold >= 0."""
    live = gold >= 0
    lp = jax.nn.log_softmax(scores, -1)
    got = jnp.take_along_axis(lp, jnp.maximum(gold, 0)[..., None], -1)[..., 0]
    return -(got * live).sum() / jnp.maximum(live.sum(), 1)


def masked_arcs(arcs, mask):
    """Padding can be nobody's head."""
    allow = jnp.concatenate([jnp.ones_like(mask[:, :1]), mask], 1)
    return jnp.where(allow[:, None] > 0, arcs, -1e9)


def loss_of(p, batch, key, rate):
    """The sum of the task losses."""
    k1, k2, k3, k4 = jax.random.split(key, 4)
    words = model.word_vectors(p, batch["rows"], batch["vec"], k1, rate)
    h, _ = model.body(p, words, batch["index"], batch["style"], batch["mask"], k2, rate)
    s = model.heads(p, h, k3, rate)
    mask = batch["mask"]
    parsed = batch["head"] >= 0
    n = jnp.maximum(parsed.sum(), 1)
    arcs = masked_arcs(s["arc"], mask)
    lab = model.labels(p, h, jnp.maximum(batch["head"], 0), k4, rate)
    want = (batch["feats"][..., None] == jnp.arange(s["feat"].shape[-1])).any(-2)
    bce = jnp.logaddexp(0.0, s["feat"]) - jnp.where(want, s["feat"], 0.0)
    parts = {
        "upos": nll(s["upos"], batch["upos"]),
        "feat": 0.5 * (bce.sum(-1) * parsed).sum() / n,
        "script": nll(s["script"], batch["script"]),
        "name": 1.0 * nll(s["name"], batch["name"]),
        "arc": nll(arcs, batch["head"]),
        "label": nll(lab, batch["deprel"]),
    }
    return sum(parts.values()), parts


def make_step(rate, b1=0.9, b2=0.95, clip=2.0):
    """One Adam step, compiled once a bucket."""
    def step(p, m, v, batch, key, lr, t):
        (_, parts), g = jax.value_and_grad(loss_of, has_aux=True)(p, batch, key, rate)
        size = jnp.sqrt(sum((x * x).sum() for x in jax.tree.leaves(g)))
        scale = jnp.minimum(1.0, clip / (size + 1e-9))
        c1, c2 = 1 - b1**t, 1 - b2**t
        m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g * scale, m, g)
        v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * (g * scale) ** 2, v, g)
        p = jax.tree.map(lambda p, m, v: p - lr * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), p, m, v)
        return p, m, v, parts

    return jax.jit(step, donate_argnums=(0, 1, 2))


@jax.jit
def averaged(mean, p, share):
    """The moving average of the parameters."""
    return jax.tree.map(lambda a, b: a + share * (b - a), mean, p)


@jax.jit
def predict(p, batch):
    """Best values of every task; heads are greedy."""
    words = model.word_vectors(p, batch["rows"], batch["vec"], None, 0)
    h, _ = model.body(p, words, batch["index"], batch["style"], batch["mask"], None, 0)
    s = model.heads(p, h, None, 0)
    head = masked_arcs(s["arc"], batch["mask"]).argmax(-1)
    lab = model.labels(p, h, head, None, 0)
    return {"upos": s["upos"].argmax(-1), "script": s["script"].argmax(-1), "name": s["name"].argmax(-1),
            "head": head, "deprel": lab.argmax(-1), "feat": s["feat"] > 0}


def evaluate(p, data, splits=(1, 2)):
    """Scores per split and style on gold words."""
    tot = {}
    dep = np.array([d.split(":")[0] for d in data.vocab["deprels"]])
    for split in splits:
        for t, ids in data.groups(split):
            b, _, ids = data.batch(t, ids)
            out = jax.tree.map(np.asarray, predict(p, b))
            for i, s in enumerate(ids):
                n = data.a["meta"][s, 1]
                key = ("train", "dev", "test")[split] + " " + data.vocab["styles"][data.a["meta"][s, 2]]
                r = tot.setdefault(key, np.zeros(6))
                ok = {k: out[k][i, :n] == b[k][i, :n] for k in ("upos", "head", "script")}
                lab = dep[out["deprel"][i, :n]] == dep[b["deprel"][i, :n]]
                f = out["feat"][i, :n].copy()
                for k in range(n):
                    for x in b["feats"][i, k]:
                        if x >= 0:
                            f[k, x] ^= True
                r += [n, ok["upos"].sum(), ok["head"].sum(), (ok["head"] & lab).sum(), ok["script"].sum(), (~f.any(-1)).sum()]
    return {k: [int(r[0])] + [round(float(x / r[0]), 4) for x in r[1:]] for k, r in sorted(tot.items())}


def main():
    """Train, evaluate now and then, keep checkpoints."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--data", required=True, help="prepared base name")
    args.add_argument("--out", required=True)
    args.add_argument("--minutes", type=float, default=24)
    args.add_argument("--lr", type=float, default=2.5e-3)
    args.add_argument("--dropout", type=float, default=0.25)
    args.add_argument("--word-drop", type=float, default=0.15)
    args.add_argument("--batch-words", type=int, default=1920)
    args.add_argument("--batch-types", type=int, default=1408)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--start", help="checkpoint to start from")
    args.add_argument("--start-data", help="prepared base name of that checkpoint")
    args.add_argument("--average", type=float, default=0.999, help="moving average of the parameters: share kept a step")
    args.add_argument("--eval-minutes", type=float, default=6)
    args = args.parse_args()
    data = Data(args.data, args.batch_words, args.batch_types)
    counts = {k: len(v) for k, v in data.vocab.items()}
    p = model.init(args.seed, len(data.a["vocab"]), counts)
    if args.start:
        p = warm(p, args.start, args.start_data or args.data, data)
    print({k: v.shape for k, v in p.items()}, sum(v.size for v in p.values()))
    p = jax.tree.map(jnp.asarray, p)
    m, v = jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p)
    step, rng, key = make_step(args.dropout), np.random.default_rng(args.seed), jax.random.PRNGKey(args.seed)
    mean = jax.tree.map(jnp.copy, p)
    begin = last = shown = time.time()
    count = words = epoch = 0
    sums = {}
    done = False
    while not done:
        for t, ids in data.groups(0, rng):
            batch, _, _ = data.batch(t, ids, rng, args.word_drop)
            at = (time.time() - begin) / (60 * args.minutes)
            if at >= 1:
                done = True
                break
            lr = args.lr * min(1.0, (count + 1) / 150) * max(0.01, 0.5 + 0.5 * np.cos(np.pi * at))
            count += 1
            words += int(batch["mask"].sum())
            p, m, v, parts = step(p, m, v, batch, jax.random.fold_in(key, count), lr, float(count))
            if count % AVERAGE_EVERY == 0:
                mean = averaged(mean, p, max(1 - args.average**AVERAGE_EVERY, AVERAGE_EVERY / (count + AVERAGE_EVERY)))
            for k, x in parts.items():
                sums[k] = 0.98 * sums.get(k, float(x)) + 0.02 * float(x)
            if time.time() - shown > 20:
                now = time.time()
                print(f"{now - begin:6.0f}s epoch {epoch} step {count} w/s {words / (now - begin):.0f} lr {lr:.5f} "
                      + " ".join(f"{k} {x:.3f}" for k, x in sums.items()), flush=True)
                shown = now
            if time.time() - last > 60 * args.eval_minutes:
                for k, r in evaluate(mean, data).items():
                    print("   ", k, *r, flush=True)
                np.savez(args.out, **jax.tree.map(np.asarray, mean))
                last = time.time()
        epoch += 1
    np.savez(args.out, **jax.tree.map(np.asarray, mean))
    for k, r in evaluate(mean, data).items():
        print("   ", k, *r, flush=True)


if __name__ == "__main__":
    main()
