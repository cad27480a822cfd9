"""Names with their kinds in the articles of corpus/, from the annotated mentions: character spans.

Mentions are whole noun phrases and only those that take part in events or statements are annotated; the name inside each is found here.
"""
import re
from pathlib import Path

KINDS = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
DETERMINER = re.compile(
    r"(?:(?:the|a|an|le|la|les|un|une|des|du|de|el|los|las)\s+|[LlDd]['’]\s*|(?:M|Mme|MM|Mr|Mrs|Ms|Dr|Sr|Sra)\.?\s+(?=[A-ZÉÈ]))", re.I)
TAIL = re.compile(r"(?:['’]s|['’]|[,.;:])$")
# words that begin sentences and mentions and are no names
COMMON = {"i", "we", "he", "she", "they", "it", "on", "nous", "il", "elle", "ils", "elles", "ceux-ci", "celui-ci", "celle-ci", "celles-ci"}


def states(data):
    """Names of states, in lower case: a state that acts is a place here."""
    path = Path(data) / "ontology" / "country-names.tsv"
    rows = [x.split("\t") for x in path.read_text(encoding="utf-8").split("\n") if x and not x.startswith("#")]
    return {row[1].lower() for row in rows[1:]}


def core(text, start, kind):
    """A span without articles, titles and possessive marks; of places, without words in lower case at the edges."""
    end = start + len(text)
    while True:
        m = DETERMINER.match(text)
        if m and m.end() < len(text):
            text, start = text[m.end():], start + m.end()
            continue
        m = TAIL.search(text)
        if m and m.start() > 0:
            text, end = text[: m.start()], start + m.start()
            continue
        if kind == "LOC":
            first, _, rest = text.partition(" ")
            if rest and first.islower():
                text, start = rest, start + len(first) + 1
                continue
            rest, _, last = text.rpartition(" ")
            if rest and last.islower():
                text, end = rest, start + len(rest)
                continue
        return text, start, end


def spans(article, known):
    """{(start, end): kind} of an article; `known`: states()."""
    out = {}
    for entity in article["entities"]:
        kind = KINDS.get(entity["type"])
        if not kind:
            continue
        text, start = entity["text"], entity["start"]
        name = entity.get("name")
        at = 0
        if kind != "LOC":
            if not name:
                continue
            low, want = text.lower().replace("’", "'"), name.lower().replace("’", "'")
            at = low.find(want)
            if at >= 0:
                text, start = text[at : at + len(want)], start + at
            elif kind == "PER" and (last := re.search(rf"\b{re.escape(name.split()[-1])}\b", text)):
                text, start = last.group(), start + last.start()
            elif not (core(text, 0, kind)[0].lower().replace("’", "'") in want or text.isupper()):
                continue
        text, start, end = core(text, start, kind)
        if text.lower() in known:
            kind = "LOC"
        if text[:1].isupper() and text.lower() not in COMMON:
            out[start, end] = kind
    for place in article["places"]:
        text, start, end = core(place["text"], place["start"], "LOC")
        if text[:1].isupper():
            out.setdefault((start, end), "LOC")
    return {k: v for k, v in out.items() if not any(a <= k[0] and k[1] <= b and (a, b) != k for a, b in out)}
