"""Train the event scorer: a logistic model over the named features of `cargo xtask candidates`.

usage: cargo xtask candidates > candidates.jsonl
       python training/scorer/train.py candidates.jsonl --corpus corpus --data data/lang

Needs numpy and scipy. Deterministic. Writes data/lang/<xx>/scorer.tsv for each language and prints, by 5-fold cross-validation over the articles of the train
part, precision, recall and F1 of events at several thresholds, then the same on dev; and the expected calibration error.
"""
import argparse
import collections
import glob
import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import logistic  # noqa: E402

MIN_COUNT = 2
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


def gold_events(corpus):
    counts = collections.Counter()
    for path in glob.glob(f"{corpus}/*/*.json"):
        article = json.load(open(path, encoding="utf-8"))
        counts[article["lang"], article["split"]] += len(article["events"])
    return counts


def report(rows, p, gold):
    y = np.array([row["label"] for row in rows], dtype=float)
    for threshold in THRESHOLDS:
        kept = p >= threshold
        right = y[kept].sum()
        print(f"    keep at {threshold}: P {right / max(kept.sum(), 1):.3f} R {right / gold:.3f} F1 {2 * right / (kept.sum() + gold):.3f}")
    print(f"    calibration error {logistic.calibration_error(y, p):.3f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("candidates")
    parser.add_argument("--corpus", default="corpus")
    parser.add_argument("--data", default="data/lang")
    parser.add_argument("--strength", type=float, default=3.0)
    arguments = parser.parse_args()
    everything, gold = logistic.read(arguments.candidates), gold_events(arguments.corpus)
    for lang in sorted({row["lang"] for row in everything}):
        parts = {split: [row for row in everything if row["lang"] == lang and row["split"] == split] for split in ("train", "dev")}
        rows, dev = parts["train"], parts["dev"]
        if len(rows) < 100:
            print(f"{lang}: only {len(rows)} candidates, no scorer")
            continue
        print(f"{lang}: {len(rows)} candidates of train, 5 folds; {gold[lang, 'train']} gold events")
        report(rows, logistic.cross_validated(rows, arguments.strength, MIN_COUNT), gold[lang, "train"])
        model = logistic.fit(rows, arguments.strength, MIN_COUNT)
        if dev:
            print(f"  dev: {len(dev)} candidates; {gold[lang, 'dev']} gold events")
            report(dev, logistic.predict(dev, model), gold[lang, "dev"])
        logistic.write(f"{arguments.data}/{lang}/scorer.tsv", model, "Weights of the event scorer, made by training/scorer/train.py from corpus/ train.")


if __name__ == "__main__":
    main()
