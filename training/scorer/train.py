"""Train the event scorer: a logistic model over the named features of `cargo xtask candidates`.

usage: cargo xtask candidates > candidates.jsonl
       python training/scorer/train.py candidates.jsonl --data data/lang

Needs numpy. Deterministic: full-batch L-BFGS-free gradient descent with a fixed number of steps, no randomness but the fixed folds.
Writes data/lang/<xx>/scorer.tsv for each language and prints, by 5-fold cross-validation over articles, what dropping at several
thresholds would do, and the expected calibration error.
"""
import argparse
import collections
import json
import zlib

import numpy as np

MIN_COUNT = 3


def read(path):
    rows = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        rows[row["lang"]].append(row)
    return rows


def matrix(rows, names):
    index = {name: number for number, name in enumerate(names)}
    pairs = [(i, index[f]) for i, row in enumerate(rows) for f in row["features"] if f in index]
    x = np.zeros((len(rows), len(names)), dtype=np.float32)
    if pairs:
        i, j = zip(*pairs)
        x[list(i), list(j)] = 1
    return x


def vocabulary(rows):
    counts = collections.Counter(f for row in rows for f in row["features"])
    return sorted(f for f, n in counts.items() if n >= MIN_COUNT)


def fit(x, y, strength, steps=400):
    """Weights that minimise log loss plus strength/2 |w|^2, by Nesterov's accelerated gradient."""
    n = len(y)
    lipschitz = 0.25 * float((x * x).sum(axis=1).max()) + strength / n
    w = np.zeros(x.shape[1]); v = w.copy(); t = 1.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ v)))
        grad = x.T @ (p - y) / n + strength / n * v
        nxt = v - grad / lipschitz
        t2 = (1 + (1 + 4 * t * t) ** 0.5) / 2
        v = nxt + (t - 1) / t2 * (nxt - w)
        w, t = nxt, t2
    return w


def folds(rows, k=5):
    return np.array([zlib.crc32(row["id"].encode()) % k for row in rows])


def cross_validate(rows, strength):
    y = np.array([row["label"] for row in rows], dtype=np.float64)
    part = folds(rows)
    out = np.zeros(len(rows))
    for k in range(5):
        train = [row for row, f in zip(rows, part) if f != k]
        names = vocabulary(train)
        w = fit(matrix(train, names), np.array([row["label"] for row in train], dtype=np.float64), strength)
        test = [i for i, f in enumerate(part) if f == k]
        out[test] = 1 / (1 + np.exp(-(matrix([rows[i] for i in test], names) @ w)))
    return y, out


def calibration_error(y, p, bins=10):
    edges = np.clip((p * bins).astype(int), 0, bins - 1)
    return sum(abs(y[edges == b].mean() - p[edges == b].mean()) * (edges == b).mean() for b in range(bins) if (edges == b).any())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("candidates")
    parser.add_argument("--data", default="data/lang")
    parser.add_argument("--strength", type=float, default=2.0)
    arguments = parser.parse_args()
    for lang, everything in sorted(read(arguments.candidates).items()):
        rows = [row for row in everything if row["split"] == "train"]
        dev = [row for row in everything if row["split"] == "dev"]
        if len(rows) < 100:
            print(f"{lang}: only {len(rows)} candidates, no scorer")
            continue
        y, p = cross_validate(rows, arguments.strength)
        loss = -np.mean(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))
        print(f"{lang}: {len(rows)} candidates, {y.mean():.3f} right, log loss {loss:.3f}, calibration error {calibration_error(y, p):.3f}")
        for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            kept = p >= threshold
            print(f"  keep at {threshold}: {kept.sum()} kept, {y[kept].mean():.3f} right, {y[kept].sum() / y.sum():.3f} of the right ones")
        names = vocabulary(rows)
        w = fit(matrix(rows, names), y, arguments.strength)
        if dev:
            truth = np.array([row["label"] for row in dev], dtype=np.float64)
            guess = 1 / (1 + np.exp(-(matrix(dev, names) @ w)))
            kept = guess >= 0.3
            print(f"  dev: {len(dev)} candidates, {truth.mean():.3f} right; kept at 0.3: {truth[kept].mean():.3f} right, "
                  f"{truth[kept].sum() / truth.sum():.3f} of the right ones; calibration error {calibration_error(truth, guess):.3f}")
        with open(f"{arguments.data}/{lang}/scorer.tsv", "w", encoding="utf-8") as out:
            out.write("# Weights of the event scorer, made by training/scorer/train.py from corpus/ train. Licence: CC BY 4.0.\n")
            out.write("feature\tweight\n")
            for name, weight in sorted(zip(names, w)):
                if abs(weight) >= 0.01:
                    out.write(f"{name}\t{weight:.3f}\n")


if __name__ == "__main__":
    main()
