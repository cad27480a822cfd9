"""Names for the name task: treebank and corpus sentences with their names replaced by others of the same kind.

Sentences come with names only; the other tasks do not see them. Names come from data/entities, data/ontology/country-names.tsv and, if given,
a list of places (one a line, GeoNames, CC BY 4.0).
"""
import argparse
import json
import random
import re
from pathlib import Path

import conllu

VOWELS = "aeiouyhàâäéèêëîïôöùûüœæ"
ARTICLES = {"the", "a", "an", "le", "la", "les", "l'", "l’", "de", "du", "d'"}
# words that begin a sentence and look like names
WORDS = {"i", "ceux-ci", "celui-ci", "celle-ci", "on", "nous", "we", "he", "she", "they", "it"}


def table(path):
    """Rows of a TSV file as dictionaries."""
    lines = [x for x in Path(path).read_text(encoding="utf-8").split("\n") if x and not x.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, x.split("\t"))) for x in lines[1:]]


def script_of(name):
    """The script of a name: ru, ar or la."""
    return "ru" if re.search("[а-яА-Я]", name) else "ar" if re.search("[\u0621-\u064a]", name) else "la"


def cut(name, lang):
    """Tokens of a name, roughly as the tokenizer cuts it."""
    name = name.replace("’", "'")
    name = re.sub(r"\b([dlDL])'", r"\1' ", name)
    if lang == "en":
        name = re.sub(r"'s\b", " 's", name)
        name = re.sub(r"(?<=[a-z])-(?=[A-Z])", " - ", name)
    return name.split()


def read_names(data, places):
    """{(kind, lang): list of names}."""
    out = {}
    for file, kind in (("leaders", "PER"), ("figures", "PER"), ("armed-groups", "ORG"), ("civil-society", "ORG"), ("institutions", "ORG"),
                       ("intergovernmental", "ORG"), ("media", "ORG"), ("parties", "ORG"), ("security-services", "ORG")):
        for row in table(data / "entities" / f"{file}.tsv"):
            names = [row["name"], row.get("name_fr") or ""] + row.get("aliases", "").split("|")
            for lang, pool in (("en", [row["name"]] + names[2:]), ("fr", [row.get("name_fr") or row["name"]] + names[2:]), ("es", [row["name"]]),
                               ("ru", names), ("ar", names)):
                want = lang if lang in ("ru", "ar") else "la"
                out.setdefault((kind, lang), []).extend(n for n in pool if n and script_of(n) == want)
    for row in table(data / "ontology" / "country-names.tsv"):
        key = next(k for k in row if "name" in k) if "name" in row else "name"
        out.setdefault(("LOC", row["lang"]), []).append(row[key])
        out.setdefault(("STATE", row["lang"]), []).append(row[key])
    for lang in ("fr", "en", "es"):
        latin = [p for p in places if script_of(p) == "la"]
        out[("LOC", lang)] += latin
        people = out[("PER", lang)]
        first, last = [n.split()[0] for n in people if " " in n], [n.split()[-1] for n in people if " " in n]
        rng = random.Random(lang)
        out[("PER", lang)] = people + [f"{rng.choice(first)} {rng.choice(last)}" for _ in range(len(people))]
    return out


def common(places, data):
    """Names with one plain kind, by lower-case text: states, large towns, entities."""
    known = {}
    parts = {part for (kind, _), pool in read_names(data, []).items() if kind == "PER" for name in pool for part in name.lower().split()}
    for place in places[:1500]:
        if place.lower() not in parts:
            known[place.lower()] = "LOC"
    for (kind, lang), pool in read_names(data, []).items():
        for name in pool:
            if lang in ("fr", "en") and (" " in name or kind == "LOC" or name.isupper()):
                known[" ".join(cut(name, lang)).lower()] = kind
    for row in table(data / "ontology" / "country-names.tsv"):
        if row["lang"] in ("fr", "en"):
            known[" ".join(cut(row["name"], row["lang"])).lower()] = "LOC"
    return known


def settled(spans, forms, known):
    """A teacher's spans without articles and possessive marks, with the kind that the tables say."""
    out = []
    for a, b, kind, *rest in spans:
        gold = rest[:1] == ["g"]
        while b - a > 1 and forms[a].lower() in ARTICLES:
            a += 1
        while b - a > 1 and forms[b - 1] in ("'s", "’s", "'", ",", "."):
            b -= 1
        text = " ".join(forms[a:b]).replace("’", "'").lower()
        if forms[a].lower() in WORDS or gold and not any(f[:1].isupper() for f in forms[a:b]):
            continue
        out.append((a, b, known.get(text, kind), *rest))
    return out


def pick_name(rng, kind, lang, names):
    """A name of a kind; states are as likely as all towns."""
    pool = names[(kind, lang)]
    if kind == "LOC" and rng.random() < 0.4:
        pool = names[("STATE", lang)]
    return rng.choice(pool)


def replaced(rng, lang, forms, spans, names):
    """The sentence with most of its names replaced."""
    out, new, at = [], [], 0
    for a, b, kind in sorted(spans):
        if a < at:
            continue
        out += forms[at:a]
        tokens = forms[a:b]
        if rng.random() < 0.8 and names.get((kind, lang)):
            for _ in range(20):
                name = pick_name(rng, kind, lang, names)
                pick = cut(name, lang)
                if kind == "PER" and b - a == 1 and len(pick) > 1:
                    pick = pick[-1:]
                elided = lang == "fr" and out and out[-1].endswith("'")
                if pick and (lang != "fr" or bool(elided) == (pick[0][0].lower() in VOWELS)) and pick[0][0].isupper():
                    tokens = pick
                    break
        if kind == "LOC" and rng.random() < 0.06:
            tokens = [t.upper() for t in tokens]
        new.append((len(out), len(out) + len(tokens), kind))
        out += tokens
        at = b
    return out + forms[at:], new


def project(sentences, names):
    """Names of Spanish, Russian and Arabic sentences: spans of proper nouns that the tables know; the rest stays unknown."""
    known = {}
    for (kind, lang), pool in names.items():
        for n in pool:
            known.setdefault(lang, {}).setdefault(" ".join(cut(n, lang)).lower(), kind)
    for (bank, part, i), s in sentences.items():
        lang = bank[:2]
        spans, k = [], 0
        while k < len(s.forms):
            if s.upos[k] != "PROPN":
                k += 1
                continue
            e = k
            while e < len(s.forms) and s.upos[e] == "PROPN":
                e += 1
            text = " ".join(s.forms[k:e]).lower()
            lemmas = " ".join(s.lemmas[k:e]).lower()
            kind = known.get(lang, {}).get(text) or known.get(lang, {}).get(lemmas)
            spans.append((k, e, kind or "?"))
            k = e
        yield bank, part, i, spans


def main():
    """Write sentences (JSON lines: lang, forms, spans) and names of the other languages (bank, part, index, spans)."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebanks", required=True)
    args.add_argument("--data", required=True, help="the data/ folder")
    args.add_argument("--silver", required=True, help="names of treebank sentences")
    args.add_argument("--corpus", help="corpus sentences with names")
    args.add_argument("--places", help="place names, one a line")
    args.add_argument("--copies", type=int, default=5, help="copies of a corpus sentence with names")
    args.add_argument("--share", type=float, default=1.0, help="how many of the treebank sentences with names get a copy")
    args.add_argument("--out", required=True)
    args.add_argument("--out-names", required=True)
    args = args.parse_args()
    rng = random.Random(1)
    places = Path(args.places).read_text(encoding="utf-8").split("\n") if args.places else []
    names = read_names(Path(args.data), [p for p in places if p])
    sentences, other = {}, {}
    for path, bank, part in conllu.folder(args.treebanks):
        if bank[:2] in ("fr", "en") and bank != "fr_alts" or part == "test" and "pud" not in bank and "taiga" not in bank:
            into = sentences
        else:
            into = other
        for i, s in enumerate(conllu.read(path, bank, part)):
            into[bank, part, i] = s
    tests = {("fr_sequoia", "test"), ("fr_gsd", "test"), ("en_ewt", "test")}
    known = common([p for p in places if p], Path(args.data))
    silver = []
    with open(args.out, "w", encoding="utf-8") as out:
        for line in open(args.silver, encoding="utf-8"):
            bank, part, i, spans = json.loads(line)
            s = sentences.get((bank, part, i))
            if s is None:
                continue
            spans = settled(spans, s.forms, known)
            silver.append((bank, part, i, spans))
            spans = [x for x in spans if any(s.upos[k] == "PROPN" for k in range(x[0], x[1]))]
            if (bank, part) not in tests and len(s.forms) <= 60 and spans and rng.random() < args.share:
                forms, new = replaced(rng, bank[:2], s.forms, spans, names)
                out.write(json.dumps(["copy", bank[:2], forms, new], ensure_ascii=False) + "\n")
        for line in open(args.corpus, encoding="utf-8") if args.corpus else []:
            lang, _, forms, spans = json.loads(line)[:4]
            forms = [f.replace("’", "'") for f in forms]
            # a teacher's name of one word at the beginning is too often a common word
            spans = [x[:3] for x in settled(spans, forms, known) if x[3] == "g" or x[0] > 0 or x[1] > 1]
            if len(forms) > 100:
                continue
            out.write(json.dumps(["corpus", lang, forms, spans], ensure_ascii=False) + "\n")
            for _ in range(args.copies if spans else 0):
                forms2, new = replaced(rng, lang, forms, spans, names)
                out.write(json.dumps(["copy", lang, forms2, new], ensure_ascii=False) + "\n")
    with open(args.out_names, "w", encoding="utf-8") as out:
        for row in silver:
            out.write(json.dumps(row) + "\n")
        for row in project({k: v for k, v in other.items() if k[0][:2] in ("es", "ru", "ar")}, names):
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
