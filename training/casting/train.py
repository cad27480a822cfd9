"""Train the casting model: who of the people around a trigger fills which role.

usage: cargo xtask casting > casting.jsonl
       python training/casting/train.py casting.jsonl --out data/ontology/casting.tsv

Needs numpy and scipy. A logistic model over the named features, L2, fitted by L-BFGS from zero: no randomness. One model for all languages: features without
words are shared, features with words belong to the language that has the word. Prints, by 5-fold cross-validation over articles, the share of events whose
side is exactly right (the set of country and sector) for the frames alone and for several thresholds; only corpus/ train is fitted.
"""
import argparse
import collections
import json
import zlib

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

MIN_COUNT = 4


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def vocabulary(rows):
    counts = collections.Counter(name for row in rows for name in row["features"])
    return sorted(name for name, count in counts.items() if count >= MIN_COUNT)


def matrix(rows, index):
    starts, columns = [0], []
    for row in rows:
        columns.extend(sorted({index[name] for name in row["features"] if name in index}))
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(index)))


def fit(rows, strength):
    names = vocabulary(rows)
    index = {name: number for number, name in enumerate(names)}
    x = matrix(rows, index)
    y = np.array([row["label"] for row in rows], dtype=float)

    def loss(w):
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = np.sum(np.logaddexp(0, z) - y * z) + strength / 2 * w @ w
        return value, x.T @ (p - y) + strength * w

    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return index, w


def predict(rows, index, w):
    return 1 / (1 + np.exp(-(matrix(rows, index) @ w)))


def exact(rows, scores, add, drop, frames=False):
    """Share of (event, role) whose set of pairs is right, all and per role."""
    groups = collections.defaultdict(list)
    for row, score in zip(rows, scores):
        groups[(row["id"], row["event"], row["role"])].append((row, score))
    right = collections.Counter(); count = collections.Counter()
    for (_, _, role), members in groups.items():
        gold = {tuple(pair) for pair in members[0][0]["gold"]}
        chosen = {tuple(pair) for pair in members[0][0]["words"]}
        chosen |= {tuple(row["pair"]) for row, score in members if row["slot"] and (frames or score >= drop)}
        if not chosen and not frames:
            others = [(score, tuple(row["pair"])) for row, score in members if not row["slot"]]
            if others and max(others)[0] >= add:
                chosen = {max(others)[1]}
        right[role] += chosen == gold; count[role] += 1
    return {role: round(right[role] / count[role], 3) for role in sorted(count)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows")
    parser.add_argument("--out", default="data/ontology/casting.tsv")
    parser.add_argument("--strength", type=float, default=3.0)
    arguments = parser.parse_args()
    rows = read(arguments.rows)
    train = [row for row in rows if row["split"] == "train"]
    dev = [row for row in rows if row["split"] == "dev"]
    part = np.array([zlib.crc32(row["id"].encode()) % 5 for row in train])
    out = np.zeros(len(train))
    for k in range(5):
        index, w = fit([row for row, fold in zip(train, part) if fold != k], arguments.strength)
        test = np.flatnonzero(part == k)
        out[test] = predict([train[i] for i in test], index, w)
    print("train, frames alone:", exact(train, out, 0, 0, frames=True))
    for add in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        for drop in (0.1, 0.2, 0.3, 0.4):
            print(f"train, 5 folds: add {add} drop {drop}:", exact(train, out, add, drop))
    index, w = fit(train, arguments.strength)
    if dev:
        scores = predict(dev, index, w)
        print("dev, frames alone:", exact(dev, scores, 0, 0, frames=True), " model at .5/.2:", exact(dev, scores, 0.5, 0.2))
    with open(arguments.out, "w", encoding="utf-8") as file:
        file.write("# Weights of the casting model, made by training/casting/train.py from corpus/ train. Licence: CC BY 4.0.\n")
        file.write("feature\tweight\n")
        for name, number in sorted(index.items()):
            if abs(w[number]) >= 0.02:
                file.write(f"{name}\t{w[number]:.3f}\n")


if __name__ == "__main__":
    main()
