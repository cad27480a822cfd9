"""Train the settling model: which of the places and times of an article are an event's.

usage: cargo xtask settling > settling.jsonl
       python training/settling/train.py settling.jsonl --out data/ontology/settling.tsv

Needs numpy and scipy. A logistic model over the named features, one for all languages, as in training/casting; the likeliest option is chosen. Prints, by
5-fold cross-validation over the articles of the train part, the share of events whose place and time are right by the rules alone and by the model; then dev.
"""
import argparse
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import logistic  # noqa: E402

MIN_COUNT = 3


def right(rows, scores):
    groups = collections.defaultdict(list)
    for row, score in zip(rows, scores):
        groups[(row["id"], row["event"], row["role"])].append((score, row))
    counts = collections.defaultdict(lambda: [0, 0, 0, 0])
    for (_, _, role), options in groups.items():
        best = max(options, key=lambda option: option[0])[1]
        count = counts[role]
        count[0] += any(row["label"] and row["rule"] for _, row in options)
        count[1] += best["label"]
        count[2] += any(row["label"] for _, row in options)
        count[3] += 1
    return {role: dict(rules=round(a / n, 3), model=round(b / n, 3), possible=round(c / n, 3), events=n) for role, (a, b, c, n) in sorted(counts.items())}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows")
    parser.add_argument("--out", default="data/ontology/settling.tsv")
    parser.add_argument("--strength", type=float, default=3.0)
    arguments = parser.parse_args()
    rows = logistic.read(arguments.rows)
    train = [row for row in rows if row["split"] == "train"]
    dev = [row for row in rows if row["split"] == "dev"]
    print("train, 5 folds:", right(train, logistic.cross_validated(train, arguments.strength, MIN_COUNT)))
    model = logistic.fit(train, arguments.strength, MIN_COUNT)
    if dev:
        print("dev:", right(dev, logistic.predict(dev, model)))
    logistic.write(arguments.out, model, "Weights of the settling model, made by training/settling/train.py from corpus/ train.")


if __name__ == "__main__":
    main()
