"""Writes data/lang/fr/forms.tsv: the forms of the verbs and nouns that the French rules, cues and agent nouns look for.

    python3 training/lexicon/fr_forms.py

The tagger learns lemmas from treebanks and guesses them for words it has never seen; this table corrects the guess.
Conjugations are written here from grammar: endings by group, stems of the irregular verbs.
"""
import pathlib
import re
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2] / "data/lang/fr"
PRESENT = ["e", "es", "e", "ons", "ez", "ent"]
IMPERFECT = ["ais", "ais", "ait", "ions", "iez", "aient"]
FUTURE = ["ai", "as", "a", "ons", "ez", "ont"]
SUBJUNCTIVE = ["e", "es", "e", "ions", "iez", "ent"]
SKIPPED = {"être", "avoir", "aller", "faire", "falloir", "asseoir"}


# Third persons of the present that are nothing but verbs, though the tagger often takes them for nouns or adverbs.
PRESENT_ONLY = """
affirme ajoute apprend arraisonne assassine assure atteste avertit balaie brandit certifie cingle clame confirme conteste convoque croit déclare dément
démet dénombre dénonce déplore déporte déploie désavoue détruit dissout éconduit emprisonne encercle enjoint envahit exhorte expulse extrade exige fournit fusille fustige
gracie gronde implore impute incarcère inculpe indique insiste interpelle jure lapide libère limoge maintient martèle mitraille nie ordonne pilonne
pille plaide poignarde proclame prétend promet prône recense réclame recrute récuse réfute réitère réplique rétorque révoque rompt
soupçonne supplie suspend vilipende rejette renverse rétablit saisit
"""
# Forms with the ending of a third person that are also nouns or adjectives.
HOMOGRAPHS = {"affluent", "content", "convergent", "couvent", "différent", "divergent", "excellent", "négligent", "parent", "portrait", "président", "résident", "violent", "équivalent"}


def participle(base):
    """The four forms of a past participle."""
    plural = base if base.endswith("s") else base + "s"
    return [base, base + "e", plural, base + "es"]


def simple_past(kind, stem):
    """The forms of the simple past of that kind: a, i, u or in."""
    endings = {
        "a": ["ai", "as", "a", "âmes", "âtes", "èrent"],
        "i": ["is", "is", "it", "îmes", "îtes", "irent"],
        "u": ["us", "us", "ut", "ûmes", "ûtes", "urent"],
        "in": ["ins", "ins", "int", "înmes", "întes", "inrent"],
    }
    return [stem + ending for ending in endings[kind]]


def forms(singular, plural, third, future, past, past_participle, subjunctive=None, present=None):
    """All forms from the stems: present singular forms, first and third plural stems, future stem, simple past, participle."""
    found = list(singular) + [plural + "ons", plural + "ez", third + "ent"]
    if present:
        found = list(present)
    found += [plural + ending for ending in IMPERFECT] + [plural + "ant"]
    found += [future + ending for ending in FUTURE] + [future + ending for ending in IMPERFECT]
    found += [(subjunctive or third) + ending for ending in ("e", "es", "e", "ent")] + [plural + "ions", plural + "iez"]
    return found + past + participle(past_participle)


def first_group(verb):
    stem = verb[:-2]
    strong = stem
    if verb.endswith("ayer"):
        strong = stem
    elif verb.endswith(("oyer", "uyer")):
        strong = stem[:-1] + "i"
    elif re.search(r"e[^aeiouyéèêh]er$", verb):
        strong = stem + stem[-1] if verb.endswith(("appeler", "jeter")) else stem[:-2] + "è" + stem[-1]
    elif match := re.search(r"é([^aeiouyéèê]+)er$", verb):
        strong = stem[: -len(match.group(1)) - 1] + "è" + match.group(1)
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    future = "enverr" if verb == "envoyer" else "renverr" if verb == "renvoyer" else strong + "er"
    if "é" in stem and strong != stem and "è" in strong and not re.search(r"e[^aeiouyéèêh]er$", verb):
        other = stem + "er"
    else:
        other = future
    found = [strong + ending for ending in ("e", "es", "ent")] + [soft + "ons", stem + "ez"]
    found += [soft + ending for ending in ("ais", "ait", "aient", "ant")] + [stem + "ions", stem + "iez"]
    for base in {future, other}:
        found += [base + ending for ending in FUTURE + IMPERFECT]
    found += [soft + ending for ending in ("ai", "as", "a", "âmes", "âtes")] + [stem + "èrent"]
    if verb.endswith("ayer"):
        light = stem[:-1] + "i"
        found += [light + ending for ending in ("e", "es", "ent")] + [light + "er" + ending for ending in FUTURE + IMPERFECT]
    return found + participle(stem + "é")


def second_group(verb):
    stem = verb[:-1]
    return forms([stem + "s", stem + "t"], stem + "ss", stem + "ss", stem + "r", [stem[:-1] + e for e in ("is", "it", "îmes", "îtes", "irent")], stem)


def third_group(verb):
    """Irregular verbs by their ending; `None` for a verb of the second group."""
    def ends(*tails):
        return verb.endswith(tails)

    if ends("tenir", "venir"):
        stem = verb[:-4]
        return forms([stem + "iens", stem + "ient"], stem + "en", stem + "ienn", stem + "iendr", simple_past("in", stem), stem + "enu")
    if ends("partir", "sortir", "mentir", "sentir", "dormir", "servir", "départir", "repentir") and verb not in ("répartir", "asservir", "assortir"):
        stem = verb[:-2]
        return forms([stem[:-1] + "s", stem[:-1] + "t"], stem, stem, verb, simple_past("i", stem), stem + "i")
    if ends("courir"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem, stem, stem + "r", simple_past("u", stem), stem + "u")
    if verb == "mourir":
        return forms(["meurs", "meurt"], "mour", "meur", "mourr", simple_past("u", "mour"), "mort")
    if ends("ouvrir", "offrir", "ouffrir"):
        stem = verb[:-2]
        return forms([stem + "e", stem + "es"], stem, stem, verb, simple_past("i", stem), stem[:-1] + "ert")
    if ends("cueillir", "ssaillir"):
        stem = verb[:-2]
        return forms([stem + "e", stem + "es"], stem, stem, stem + ("er" if ends("cueillir") else "ir"), simple_past("i", stem), stem + "i")
    if ends("fuir"):
        stem = verb[:-1]
        return forms([stem + "s", stem + "t"], stem[:-1] + "y", stem, verb, simple_past("i", stem[:-1]), stem)
    if ends("quérir"):
        stem = verb[:-4]
        return forms([stem + "iers", stem + "iert"], stem + "ér", stem + "ièr", stem + "err", simple_past("i", stem), stem + "is")
    if ends("prendre"):
        stem = verb[:-4]
        return forms([stem + "nds", stem + "nd"], stem + "n", stem + "nn", verb[:-1], simple_past("i", stem[:-1]), stem[:-1] + "is")
    if ends("mettre"):
        stem = verb[:-4]
        return forms([stem + "ts", stem + "t"], stem + "tt", stem + "tt", verb[:-1], simple_past("i", stem[:-1]), stem[:-1] + "is")
    if ends("battre"):
        stem = verb[:-3]
        return forms([stem + "s", stem], stem + "t", stem + "t", verb[:-1], simple_past("i", stem + "t"), stem + "tu")
    if ends("rompre"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem, stem, verb[:-1], simple_past("i", stem), stem + "u")
    if ends("aindre", "eindre", "oindre"):
        nasal = verb[:-3]
        soft = nasal[:-1] + "gn"
        return forms([nasal + "s", nasal + "t"], soft, soft, verb[:-1], simple_past("i", soft), nasal + "t")
    if ends("oudre") and not ends("coudre", "moudre"):
        stem = verb[:-3]
        past = stem + "s" if ends("soudre") and not ends("résoudre") else verb[:-5] + "olu"
        found = forms([stem + "s", stem + "t"], verb[:-5] + "olv", verb[:-5] + "olv", verb[:-1], simple_past("u", verb[:-5] + "ol"), past)
        return found + ([stem + "te", stem + "tes"] if past.endswith("s") else [])
    if ends("coudre"):
        stem = verb[:-3]
        return forms([verb[:-2] + "s", verb[:-2]], stem + "s", stem + "s", verb[:-1], simple_past("i", stem + "s"), stem + "su")
    if ends("vaincre"):
        stem = verb[:-2]
        return forms([stem + "s", stem], stem[:-1] + "qu", stem[:-1] + "qu", verb[:-1], simple_past("i", stem[:-1] + "qu"), stem + "u")
    if ends("clure"):
        stem = verb[:-2]
        past = stem if not ends("inclure") else stem + "s"
        return forms([stem + "s", stem + "t"], stem, stem, verb[:-1], simple_past("u", stem[:-1]), past)
    if ends("suivre"):
        stem = verb[:-2]
        return forms([stem[:-1] + "s", stem[:-1] + "t"], stem, stem, verb[:-1], simple_past("i", stem), stem + "i")
    if ends("vivre"):
        stem = verb[:-2]
        return forms([stem[:-1] + "s", stem[:-1] + "t"], stem, stem, verb[:-1], simple_past("u", verb[:-4] + "éc"), verb[:-4] + "écu")
    if ends("aître"):
        stem = verb[:-5]
        past, done = (simple_past("i", stem + "aqu"), stem + "é") if verb.endswith("naître") and not ends("connaître") else (simple_past("u", stem), stem + "u")
        return forms([stem + "ais", stem + "aît", stem + "ait"], stem + "aiss", stem + "aiss", verb[:-1], past, done)
    if ends("dire"):
        stem = verb[:-2]
        found = forms([stem + "s", stem + "t"], stem + "s", stem + "s", verb[:-1], [stem[:-1] + e for e in ("it", "irent", "îmes")], stem + "t")
        return found + ([stem + "tes"] if ends("redire") or verb == "dire" else [])
    if ends("élire", "lire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem + "s", stem + "s", verb[:-1], simple_past("u", stem[:-1]), stem[:-1] + "u")
    if ends("crire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem + "v", stem + "v", verb[:-1], simple_past("i", stem + "v"), stem + "t")
    if ends("uire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem + "s", stem + "s", verb[:-1], simple_past("i", stem + "s"), stem + ("" if ends("nuire", "luire") else "t"))
    if ends("croire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem[:-1] + "y", stem, verb[:-1], simple_past("u", stem[:-2]), stem[:-2] + "u")
    if ends("rire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem, stem, verb[:-1], [stem[:-1] + e for e in ("it", "irent")], stem)
    if ends("taire", "plaire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t", stem[:-1] + "ît"], stem + "s", stem + "s", verb[:-1], simple_past("u", stem[:-2]), stem[:-2] + "u")
    if ends("traire"):
        stem = verb[:-2]
        return forms([stem + "s", stem + "t"], stem[:-1] + "y", stem, verb[:-1], [], stem + "t")
    if ends("faire"):
        stem = verb[:-3]
        return forms([stem + "is", stem + "it", stem + "ites"], stem + "is", stem + "is", stem[:-1] + "er", simple_past("i", stem[:-1]), stem + "it", stem + "ss", None) + [stem[:-1] + "ont"]
    if ends("cevoir"):
        stem = verb[:-6]
        return forms([stem + "çois", stem + "çoit"], stem + "cev", stem + "çoiv", stem + "cevr", simple_past("u", stem + "ç"), stem + "çu")
    if ends("voir") and not ends("devoir", "savoir", "pouvoir", "mouvoir"):
        stem = verb[:-2]
        future = stem[:-1] + "oir" if ends("prévoir", "pourvoir") else verb[:-3] + "err"
        return forms([stem + "is", stem + "it"], stem + "y", stem + "i", future, simple_past("i", verb[:-3]), verb[:-3] + "u")
    if ends("mouvoir"):
        stem = verb[:-6]
        return forms([stem + "meus", stem + "meut"], stem + "mouv", stem + "meuv", stem + "mouvr", simple_past("u", stem + "m"), stem + "mu")
    if ends("valoir"):
        stem = verb[:-5]
        return forms([stem + "vaux", stem + "vaut"], stem + "val", stem + "val", stem + "vaudr", simple_past("u", stem + "val"), stem + "valu", stem + "vaill")
    if verb == "savoir":
        return forms(["sais", "sait"], "sav", "sav", "saur", simple_past("u", "s"), "su", "sach")
    if verb == "vouloir":
        return forms(["veux", "veut"], "voul", "veul", "voudr", simple_past("u", "voul"), "voulu", "veuill")
    if verb == "pouvoir":
        return forms(["peux", "peut", "puis"], "pouv", "peuv", "pourr", simple_past("u", "p"), "pu", "puiss")
    if verb == "devoir":
        return forms(["dois", "doit"], "dev", "doiv", "devr", simple_past("u", "d"), "dû") + ["due", "dues", "dus"]
    if ends("dre"):
        stem = verb[:-2]
        return forms([stem + "s", stem], stem, stem, verb[:-1], simple_past("i", stem), stem + "u")
    return None


def conjugate(verb):
    """Every form of a verb, the infinitive included; empty when it is none."""
    if verb in SKIPPED:
        return []
    if verb.endswith("er"):
        found = first_group(verb)
    else:
        found = third_group(verb) or (second_group(verb) if verb.endswith(("ir", "ïr")) else [])
    return sorted(set(found) | {verb}) if found else []


def verbs():
    """The verbs that the rules and cues of French name, and those of the words file beside this script."""
    found = set()

    def add(pattern):
        words = re.sub(r"^(se |s')", "", pattern).split(" ")
        for word in words:
            found.update(part for part in word.split("|") if re.search(r"(er|ir|re|oir)$", part) and len(part) > 3)

    for path in sorted((ROOT / "events").glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf8"))["rule"]:
            for pattern in rule.get("verb", []):
                add(re.sub(r"^(se |s')", "", pattern).split(" ")[0])
    for name in ("reporting.tsv", "modality.tsv", "idioms.tsv"):
        rows = [line.split("\t") for line in (ROOT / name).read_text(encoding="utf8").splitlines() if not line.startswith("#")]
        position = rows[0].index("pos")
        for row in rows[1:]:
            if row[position] == "VERB":
                add(re.sub(r"^(se |s')", "", row[0]).split(" ")[0])
    words = pathlib.Path(__file__).with_name("fr_verbs.txt")
    found.update(word for word in words.read_text(encoding="utf8").split() if not word.startswith("#"))
    return sorted(found)


def nouns():
    """The nouns that the rules of French look for and those that name actors."""
    found = set()
    for path in sorted((ROOT / "events").glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf8"))["rule"]:
            for pattern in rule.get("noun", []):
                found.update(pattern.split(" ")[0].split("|"))
    for line in (ROOT / "agents.tsv").read_text(encoding="utf8").splitlines():
        word = line.split("\t")[0]
        if not line.startswith("#") and " " not in word and word.islower():
            found.add(word)
    found.discard("words")
    return sorted(word for word in found if word.isalpha())


def plural(noun):
    """The regular plural of a noun."""
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith(("au", "eu", "eau")):
        return noun + "x"
    if noun.endswith("al") and noun not in ("carnaval", "festival", "récital", "régal", "bal"):
        return noun[:-2] + "aux"
    return noun + "s"


def finite(own, known):
    """The forms of a verb that cannot be nouns, adjectives or adverbs."""
    present = set(PRESENT_ONLY.split())
    ending = re.compile(r"(ent|aient|rait|raient|ront)$")
    return [form for form in own if form in present or ending.search(form) and form not in HOMOGRAPHS and form not in known]


def main():
    owners = {}
    for verb in verbs():
        for form in conjugate(verb):
            owners.setdefault(form, []).append(verb)
    rows = []
    for verb in verbs():
        # A form of two verbs is left to the tagger.
        own = [form for form in conjugate(verb) if len(owners[form]) == 1]
        if own:
            rows.append((verb, "VERB", " ".join(own)))
    known = set(nouns())
    rows += [(lemma, "FINITE", " ".join(found)) for lemma, pos, text in rows if (found := finite(text.split(), known))]
    for noun in known:
        forms_of = [form for form in (noun, plural(noun)) if form == noun or form not in known]
        rows.append((noun, "NOUN", " ".join(forms_of)))
    rows.sort()
    lines = [
        "# French inflected forms of the words that rules, cues and agent nouns look for; they correct the lemma that the tagger guesses.",
        "# Licence: MIT OR Apache-2.0. Origin: conjugations and plurals made by training/lexicon/fr_forms.py.",
        "lemma\tpos\tforms",
    ]
    lines += ["\t".join(row) for row in rows]
    (ROOT / "forms.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")
    print(len(rows), "words")


if __name__ == "__main__":
    main()
