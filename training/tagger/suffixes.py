"""Russian lemmas from endings: a pruned table (part of speech and features, ending or whole word) → edit script.

Learnt from the treebanks and from the analyses that the OpenCorpora dictionary (PyPI pymorphy3-dicts-ru, CC BY-SA 3.0) gives to the most
frequent words (PyPI wordfreq, CC BY-SA 4.0). Keys are hashed; the Rust side (crates/selon-model/src/endings.rs) looks them up in the same order.
"""
import argparse
import math
from collections import Counter, defaultdict

import numpy as np
import pymorphy3
import wordfreq

import conllu
import lemma
from features import fnv
from prepare import HELD

PARTS = ("NOUN", "ADJ", "VERB", "PROPN", "ADV")
POS = {"NOUN": "NOUN", "ADJF": "ADJ", "ADJS": "ADJ", "COMP": "ADJ", "VERB": "VERB", "INFN": "VERB", "PRTF": "VERB", "PRTS": "VERB",
       "GRND": "VERB", "ADVB": "ADV", "PRED": "ADV"}
CASE = {"nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc", "gen2": "Gen", "loc2": "Loc", "acc2": "Acc",
        "gen1": "Gen", "voct": "Nom"}
GENDER = {"masc": "Masc", "femn": "Fem", "neut": "Neut", "ms-f": "Masc"}
NUMBER = {"sing": "Sing", "plur": "Plur"}
LONGEST = 6


def normal(word):
    """Lower case, ё as е, no stress marks."""
    return word.lower().replace("ё", "е").replace("\u0301", "")


def exact(upos, feats):
    """The key of a part of speech with its case, gender and number, sorted as UD sorts them."""
    return upos + "".join("|" + f for f in feats if f.split("=")[0] in ("Case", "Gender", "Number"))


def analyses(count):
    """(word, weight, part of speech, features, lemma) of the dictionary, for the most frequent words."""
    analyser = pymorphy3.MorphAnalyzer()
    for word in wordfreq.top_n_list("ru", count):
        if len(word) < 2 or not all("а" <= c <= "я" or c in "ё-" for c in word):
            continue
        frequency = wordfreq.word_frequency(word, "ru") * 1e9
        for p in analyser.parse(word):
            tag = p.tag
            upos = POS.get(tag.POS)
            if not p.is_known or p.score < 0.001 or upos is None or "Abbr" in tag:
                continue
            if any(x in tag for x in ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad")):
                upos = "PROPN"
            feats = [f"{a}={t[v]}" for a, t, v in (("Case", CASE, tag.case), ("Gender", GENDER, tag.gender), ("Number", NUMBER, tag.number)) if v in t]
            weight = math.sqrt(frequency * p.score + 1)
            yield word, weight, upos, feats, p.normal_form
            if tag.POS in ("PRTF", "PRTS"):
                full = p.inflect({"PRTF", "sing", "masc", "nomn"})
                if full:
                    yield word, weight, "ADJ", feats, full.word


def counted(treebanks, words):
    """{(key, ending): scripts with weights}; an ending that begins with ^ is a whole word."""
    table = defaultdict(Counter)

    def add(word, weight, upos, feats, base):
        word = normal(word)
        script = lemma.script(word, normal(base), "ru")
        for key in (upos, exact(upos, feats)):
            for n in range(1, min(LONGEST, len(word)) + 1):
                table[key, word[-n:]][script] += weight
            table[key, "^" + word][script] += weight

    for row in analyses(words):
        add(*row)
    for path, bank, part in conllu.folder(treebanks):
        if bank[:2] != "ru" or (bank, part) in HELD:
            continue
        for s in conllu.read(path, bank, part):
            for form, base, upos, feats in zip(s.forms, s.lemmas, s.upos, s.feats):
                if upos in PARTS:
                    add(form, 120 if bank == "ru_gsd" else 30, upos, feats.split("|"), base)
    return table


def chain(key, ending):
    """Keys to try for an entry, the most special first."""
    upos = key.split("|")[0]
    if ending[0] == "^":
        yield key, ending
        yield upos, ending
        ending = ending[1:][-LONGEST:]
    for n in range(len(ending), 0, -1):
        yield key, ending[-n:]
        yield upos, ending[-n:]


def pruned(table, least):
    """Entries that say something else than the more general ones."""
    kept = {}
    order = sorted(table, key=lambda k: (k[1][0] == "^", len(k[1]), "|" in k[0], k))
    for key, ending in order:
        scripts = table[key, ending]
        if sum(scripts.values()) < least and ending[0] != "^":
            continue
        best = min(scripts, key=lambda s: (-scripts[s], s))
        if ending[0] == "^" and sum(scripts.values()) < 2 * least:
            continue
        got = next((kept[k] for k in chain(key, ending) if k in kept), None)
        if got != best:
            kept[key, ending] = best
    return kept


def main():
    """Write the table: sorted hashes, script numbers, scripts."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebanks", required=True)
    args.add_argument("--words", type=int, default=250000)
    args.add_argument("--least", type=float, default=8.0, help="weight of an entry worth keeping")
    args.add_argument("--out", required=True)
    args = args.parse_args()
    kept = pruned(counted(args.treebanks, args.words), args.least)
    scripts = sorted(set(kept.values()))
    number = {s: i for i, s in enumerate(scripts)}
    rows = sorted((fnv(f"{key}\x1f{ending}"), number[s]) for (key, ending), s in kept.items())
    np.savez(args.out, keys=np.array([h for h, _ in rows], np.uint32), values=np.array([n for _, n in rows], np.uint32), scripts=np.array(scripts))
    print("entries", len(rows), "scripts", len(scripts), "whole words", sum(e[0] == "^" for _, e in kept))


if __name__ == "__main__":
    main()
