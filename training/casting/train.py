"""Train the casting model: who of the people around a trigger fills which role.

usage: cargo xtask casting > casting.jsonl
       python training/casting/train.py casting.jsonl --out data/ontology/casting.tsv

Needs numpy and scipy. A logistic model over the named features, L2, fitted by L-BFGS from zero: no randomness. One model for all languages: features without
words are shared, features with words belong to the language that has the word. Prints, by 5-fold cross-validation over articles, the share of events whose
side is exactly right (the set of country and sector) for the frames alone and for several thresholds; only corpus/ train is fitted.
"""
import argparse
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import logistic  # noqa: E402

MIN_COUNT = 4


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
    rows = logistic.read(arguments.rows)
    train = [row for row in rows if row["split"] == "train"]
    dev = [row for row in rows if row["split"] == "dev"]
    out = logistic.cross_validated(train, arguments.strength, MIN_COUNT)
    print("train, frames alone:", exact(train, out, 0, 0, frames=True))
    for add in (0.4, 0.5, 0.6, 0.7):
        for drop in (0.1, 0.2, 0.3):
            print(f"train, 5 folds: add {add} drop {drop}:", exact(train, out, add, drop))
    model = logistic.fit(train, arguments.strength, MIN_COUNT)
    if dev:
        scores = logistic.predict(dev, model)
        print("dev, frames alone:", exact(dev, scores, 0, 0, frames=True), " model at .5/.2:", exact(dev, scores, 0.5, 0.2))
    logistic.write(arguments.out, model, "Weights of the casting model, made by training/casting/train.py from corpus/ train.")


if __name__ == "__main__":
    main()
