"""Word features: what the tagger sees of a word, and their vocabulary. The Rust side does exactly the same."""
from collections import Counter

OFFSET, PRIME = 0xCBF29CE484222325, 0x100000001B3
APOSTROPHES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
QUOTES = {"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‟": '"'}
DASHES = {"–": "-", "—": "-", "‑": "-", "−": "-"}
PLAIN = {**APOSTROPHES, **QUOTES, **DASHES}


def fnv(text):
    """FNV-1a of the UTF-8 bytes, folded to 32 bits."""
    h = OFFSET
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * PRIME) & 0xFFFFFFFFFFFFFFFF
    return (h >> 32) ^ (h & 0xFFFFFFFF)


def is_mark(c):
    """Arabic vowel signs and tatweel: left out of the normal form."""
    return "\u064b" <= c <= "\u0652" or c == "\u0640" or c == "\u0670"


def plain(form):
    """Typographic variants made plain; vowel signs left out."""
    return "".join(PLAIN.get(c, c) for c in form if not is_mark(c))


def normal(form):
    """The normal form: plain, lower case, every decimal digit 0."""
    return "".join("0" if c.isdecimal() else c for c in plain(form).lower())


def shape(form):
    """X upper, x lower, 0 digit, other characters themselves; runs are cut to two."""
    out = []
    for c in plain(form):
        k = "0" if c.isdecimal() else "X" if c.isupper() else "x" if c.islower() else "a" if c.isalpha() else c
        if len(out) < 2 or out[-1] != k or out[-2] != k:
            out.append(k)
    return "".join(out[:12])


def keys(lang, form):
    """The feature strings of a word; the first is the word itself (dropped in training now and then)."""
    n = normal(form)
    out = [f"{lang}w{n}", f"S{shape(form)}", f"L{lang}"]
    for k in range(1, 5):
        if len(n) > k:
            out.append(f"{lang}p{n[:k]}")
    for k in range(1, 7):
        if len(n) > k:
            out.append(f"{lang}s{n[-k:]}")
    return out


MAX_KEYS = 13


def vocabulary(types, min_word, min_affix):
    """Sorted hashes of the features worth a row. `types`: {(lang, form): tokens}."""
    tokens, kinds = Counter(), Counter()
    for (lang, form), n in types.items():
        for i, key in enumerate(keys(lang, form)):
            h = fnv(key)
            if i == 0:
                tokens[h] += n
            else:
                kinds[h] += 1
    keep = {h for h, n in tokens.items() if n >= min_word} | {h for h, n in kinds.items() if n >= min_affix}
    return sorted(keep)
