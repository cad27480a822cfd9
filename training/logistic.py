"""A logistic model over named features, for the scorer and the casting model: sparse, L2, fitted by L-BFGS from zero, so without randomness."""
import collections
import json
import zlib

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def matrix(rows, index):
    starts, columns = [0], []
    for row in rows:
        columns.extend(sorted({index[name] for name in row["features"] if name in index}))
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(index)))


def fit(rows, strength, min_count):
    """Index of the features seen at least min_count times, and their weights."""
    counts = collections.Counter(name for row in rows for name in row["features"])
    index = {name: number for number, name in enumerate(sorted(name for name, count in counts.items() if count >= min_count))}
    x = matrix(rows, index)
    y = np.array([row["label"] for row in rows], dtype=float)

    def loss(w):
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        return np.sum(np.logaddexp(0, z) - y * z) + strength / 2 * w @ w, x.T @ (p - y) + strength * w

    return index, minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def predict(rows, model):
    index, w = model
    return 1 / (1 + np.exp(-(matrix(rows, index) @ w)))


def cross_validated(rows, strength, min_count, folds=5):
    """The probability of each row by a model that has not seen its article."""
    part = np.array([zlib.crc32(row["id"].encode()) % folds for row in rows])
    out = np.zeros(len(rows))
    for fold in range(folds):
        model = fit([row for row, other in zip(rows, part) if other != fold], strength, min_count)
        test = np.flatnonzero(part == fold)
        out[test] = predict([rows[i] for i in test], model)
    return out


def calibration_error(y, p, bins=10):
    edges = np.clip((p * bins).astype(int), 0, bins - 1)
    return sum(abs(y[edges == b].mean() - p[edges == b].mean()) * (edges == b).mean() for b in range(bins) if (edges == b).any())


def write(path, model, title, smallest=0.02):
    index, w = model
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# {title} Licence: CC BY 4.0.\nfeature\tweight\n")
        for name, number in sorted(index.items()):
            if abs(w[number]) >= smallest:
                file.write(f"{name}\t{w[number]:.3f}\n")
