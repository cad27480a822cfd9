"""Treebanks (and names) → arrays for training: prepared.npz and vocab.json."""
import argparse
import json
import random
from collections import Counter, defaultdict

import numpy as np

import conllu
import features
import lemma
from pieces import Segmenter, read_pieces, read_table

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NAMES = ["O"] + [f"{p}-{k}" for k in ("PER", "ORG", "LOC") for p in "BI"]
# never trained on: (bank, part)
HELD = {
    ("fr_sequoia", "test"), ("fr_gsd", "test"), ("en_ewt", "test"), ("es_gsd", "test"), ("ru_gsd", "test"),
}
# dev parts kept out while choosing the configuration; the released weights are trained on them too
CHOOSING = {("fr_sequoia", "dev"), ("en_ewt", "dev")}
AR_TRAIN = 800
MAX_LEN = 120
# speech and tweets-like banks get an own style so that they do not colour the news default
STYLE = {
    "fr_sequoia": "fr", "fr_gsd": "fr_gsd", "fr_pud": "fr_pud", "fr_fqb": "fr", "fr_rhapsodie": "fr_speech",
    "fr_parisstories": "fr_speech", "fr_alts": "fr_speech", "en_ewt": "en", "es_gsd": "es", "es_pud": "es_pud", "ru_gsd": "ru",
    "ru_pud": "ru_pud", "ru_taiga": "ru_taiga", "ar_pud": "ar", "fr_own": "fr",
}
STYLES = sorted(set(STYLE.values()))


def load(root, final, own=None):
    """All sentences with their split: train, dev or test. `own`: our own sentences, as CoNLL-U."""
    out = []
    for path, bank, part in conllu.folder(root):
        for i, s in enumerate(conllu.read(path, bank, part)):
            if bank == "ar_pud":
                split = "train" if i < AR_TRAIN else "test"
            elif (bank, part) in HELD:
                split = "test"
            elif (bank, part) in CHOOSING and not final:
                split = "dev"
            else:
                split = "train"
            if bank == "fr_alts":
                continue
            out.append((split, i, s))
    for i, s in enumerate(conllu.read(own, "fr_own", "train") if own else []):
        out.append(("train", i, s))
    return out


def read_names(path):
    """Silver names: {(bank, part, index): [(start, end, kind)]}."""
    out = {}
    for one in path or []:
        for line in open(one, encoding="utf-8"):
            bank, part, i, spans = json.loads(line)
            out[bank, part, i] = spans
    return out


def name_labels(s, spans):
    """BIO ids; -1 where nothing is known."""
    if spans is None:
        return [-1 if u == "PROPN" or (f[:1].isupper() and i > 0) else 0 for i, (u, f) in enumerate(zip(s.upos, s.forms))]
    out = [0] * len(s.forms)
    for a, b, kind in spans:
        if kind == "?":
            # a proper noun of unknown kind: outside is wrong, and a name begins at the first word
            for k in range(a, b):
                out[k] = -1
            continue
        if not any(s.upos[k] == "PROPN" for k in range(a, b)):
            # a teacher's name without any proper noun is doubtful
            for k in range(a, b):
                out[k] = -1 if s.upos[k] in ("NOUN", "X", "ADJ") else 0
            continue
        for k in range(a, b):
            out[k] = NAMES.index(("B-" if k == a else "I-") + kind)
    return out


def main():
    """Write the prepared arrays."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebanks", required=True)
    args.add_argument("--own", help="our own sentences (inversions.py)")
    args.add_argument("--names", nargs="*", help="silver names of treebank sentences")
    args.add_argument("--extra", help="more sentences with names only, JSON lines: lang, forms, names")
    args.add_argument("--pieces", required=True, help="pieces.npz")
    args.add_argument("--model", required=True)
    args.add_argument("--weights", required=True)
    args.add_argument("--final", action="store_true", help="train on the dev parts too")
    args.add_argument("--min-word", type=int, default=3)
    args.add_argument("--min-affix", type=int, default=3)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    sentences = load(args.treebanks, args.final, args.own)
    names = read_names(args.names)
    types = Counter()
    count = {k: Counter() for k in ("deprel", "feat", "script")}
    for split, _, s in sentences:
        if split != "train":
            continue
        lang = s.bank[:2]
        types.update((lang, f) for f in s.forms)
        count["deprel"].update(s.deprels)
        for f in s.feats:
            if f != "_":
                count["feat"].update(f.split("|"))
        count["script"].update((lang, lemma.script(f, l, lang)) for f, l in zip(s.forms, s.lemmas))
    for line in open(args.extra, encoding="utf-8") if args.extra else []:
        origin, lang, forms, _ = json.loads(line)
        if origin == "corpus":
            types.update((lang, f) for f in forms)
    vocab = features.vocabulary(types, args.min_word, args.min_affix)
    row = {h: i + 1 for i, h in enumerate(vocab)}
    deprels = sorted(d for d, n in count["deprel"].items() if n >= 5)
    feats = sorted(f for f, n in count["feat"].items() if n >= 10)
    scripts = sorted(k for k, n in count["script"].items() if n >= 2)
    print("rows", len(vocab), "deprels", len(deprels), "feats", len(feats), "scripts", len(scripts),
          Counter(l for l, _ in scripts))

    z = np.load(args.pieces)
    listed = list(zip(z["pieces"].tolist(), z["scores"].tolist()))
    cut = Segmenter(listed)
    at = {p: i for i, (p, _) in enumerate(read_pieces(args.model))}
    table = read_table(args.weights)[[at[p] for p, _ in listed]]
    table -= table.mean(0)
    table /= np.sqrt((table**2).mean())

    type_id, type_rows, type_vec, type_freq = {}, [], [], []

    def type_of(lang, form):
        key = (lang, form)
        if key not in type_id:
            type_id[key] = len(type_id)
            r = [row.get(features.fnv(k), 0) for k in features.keys(lang, form)]
            type_rows.append(r + [0] * (features.MAX_KEYS - len(r)))
            ids = cut(features.plain(form))
            type_vec.append(table[ids].mean(0) if ids else np.zeros(512, np.float32))
            type_freq.append(types.get(key, 0))
        return type_id[key]

    d_id = {d: i for i, d in enumerate(deprels)}
    f_id = {f: i for i, f in enumerate(feats)}
    s_id = {k: i for i, k in enumerate(scripts)}
    flat = defaultdict(list)
    meta = []
    for split, i, s in sentences:
        if split == "train" and len(s.forms) > MAX_LEN:
            continue
        lang = s.bank[:2]
        start = len(flat["type"])
        for k in range(len(s.forms)):
            flat["type"].append(type_of(lang, s.forms[k]))
            flat["upos"].append(UPOS.index(s.upos[k]) if s.upos[k] in UPOS else -1)
            flat["head"].append(s.heads[k])
            flat["deprel"].append(d_id.get(s.deprels[k], d_id.get(s.deprels[k].split(":")[0], -1)))
            flat["script"].append(s_id.get((lang, lemma.script(s.forms[k], s.lemmas[k], lang)), -1))
            flat["feats"].append([f_id[f] for f in s.feats[k].split("|") if f in f_id])
        spans = names.get((s.bank, s.part, i))
        flat["name"].extend(name_labels(s, spans))
        meta.append((start, len(s.forms), STYLES.index(STYLE[s.bank]), ["train", "dev", "test"].index(split), 0))
    for line in open(args.extra, encoding="utf-8") if args.extra else []:
        origin, lang, forms, spans = json.loads(line)
        start = len(flat["type"])
        label = [0] * len(forms)
        for a, b, kind in spans:
            for k in range(a, b):
                label[k] = NAMES.index(("B-" if k == a else "I-") + kind)
        flat["name"].extend(label)
        for form in forms:
            flat["type"].append(type_of(lang, form))
            for k in ("upos", "head", "deprel", "script"):
                flat[k].append(-1)
            flat["feats"].append([])
        meta.append((start, len(forms), STYLES.index(lang), 0, 1 if origin == "copy" else 2))
    width = max(len(f) for f in flat["feats"])
    fe = np.full((len(flat["feats"]), width), -1, np.int16)
    for k, f in enumerate(flat["feats"]):
        fe[k, : len(f)] = f
    np.savez(
        args.out + ".npz",
        meta=np.array(meta, np.int32), feats=fe, vocab=np.array(vocab, np.uint32),
        type_rows=np.array(type_rows, np.int32), type_vec=np.array(type_vec, np.float16),
        type_freq=np.array(type_freq, np.int32),
        **{k: np.array(flat[k], np.int32) for k in ("type", "upos", "head", "deprel", "script", "name")},
    )
    np.save(args.out + ".table.npy", table.astype(np.float16))
    json.dump(
        {"upos": UPOS, "names": NAMES, "deprels": deprels, "feats": feats, "scripts": scripts, "styles": STYLES},
        open(args.out + ".json", "w"), ensure_ascii=False, indent=0,
    )
    tr = sum(n for _, n, _, k, _ in meta if k == 0)
    print("types", len(type_id), "train words", tr, "sentences", len(meta))


if __name__ == "__main__":
    main()
