"""Train the tokenizer's decisions (sentence ends, French des and du, Arabic clitics): averaged perceptrons over hashed features.

The features are those of crates/selon-core/src/segment/tokenise/decide.rs.
"""
import argparse
import random

import numpy as np

import conllu
import features
from export import save
from prepare import AR_TRAIN, HELD

BITS = 17
LENGTHS = ((1, "1"), (2, "2"), (3, "3"), (5, "5"), (10, "10"), (20, "20"), (40, "40"))
QUOTES = "\"«»“”„'’‘‹›"


def slots(task, lang, feats):
    """Places in the table of a list of features."""
    return [
        features.fnv(task + lang + chr(65 + i) + "".join("\x1f" + p for p in pieces)) & ((1 << BITS) - 1)
        for i, pieces in enumerate(feats)
    ]


def shape(form):
    return features.shape(form)


def surface_tokens(s):
    """Written tokens of a sentence: (surface, space after, contracted)."""
    out, k = [], 0
    multi = {a: (b, f, sp) for a, b, f, sp in s.multi}
    while k < len(s.forms):
        if k in multi:
            b, f, sp = multi[k]
            out.append((f, sp, True))
            k = b
        else:
            out.append((s.forms[k], s.space_after[k], False))
            k += 1
    return out


def candidate(tokens, at):
    """May a sentence end before token `at`?"""
    last, first, spaced = tokens[at - 1][0][-1], tokens[at][0][0], tokens[at - 1][1]
    after = last in ".!?…؟:;)]" or last in QUOTES
    before = first.isupper() or first.isnumeric() or first in QUOTES or first in "-–—¿¡([*•@#"
    return (after and (spaced or last in ".!?…؟")) or (spaced and before)


def boundary(tokens, begin, at):
    """Features of a sentence end before token `at`."""
    def tok(i):
        return tokens[i][0] if 0 <= i < len(tokens) else ""

    before, after = tok(at - 1), tok(at)
    quotes = sum(1 for t in tokens[begin:at] if t[0][0] in QUOTES)
    open_ = "o" if quotes % 2 else "c"
    length = next((n for k, n in LENGTHS if at - begin <= k), "+")
    p, n, p2, n2 = before.lower(), after.lower(), tok(at - 2).lower(), tok(at + 1).lower()
    ps, ns, p2s, n2s = shape(before), shape(after), shape(p2), shape(tok(at + 1))
    space = "s" if tokens[at - 1][1] else "n"
    return [[], [p], [n], [ps, ns], [p, ns], [ps, n], [p2, p], [p2s, ps, ns], [ps, ns, n2s], [n, n2], [length, ps, ns],
            [open_, p, ns], [space, ps, ns], [p, n], [open_, length, ps]]


def contraction(tokens, at):
    """Features of French des and du."""
    def tok(i):
        return tokens[i][0] if 0 <= i < len(tokens) else ""

    own = tok(at).lower()
    p, n, p2, n2 = tok(at - 1).lower(), tok(at + 1).lower(), tok(at - 2).lower(), tok(at + 2).lower()
    pe, ne, p2e, ns = p[-3:], n[-3:], p2[-3:], shape(tok(at + 1))
    verbal = "v" if p[-2:] in ("er", "ir", "re", "nt", "ez", "ns", "it", "nd") else ""
    return [[own], [own, p], [n], [own, pe], [own, p[-2:]], [p2, p], [p, n], [pe, ne], [p2e, pe], [n, n2], [ns], [p2], [p[-4:]],
            [own, n], [own, ne], [own, shape(tok(at - 1)), ns], [own, verbal, p2], [own, n[-2:], p[-2:]], [own, tok(at - 3).lower(), p2e]]


def arabic(word, last, at):
    """Features of a cut inside an Arabic word before character `at`; the last cut was at `last`."""
    count = len(word)
    head, tail = word[last:at], word[at:]
    edge = "h" if at - last <= 1 else "m"
    left = str(count - at) if count - at <= 3 else "+"
    begun = "b" if last == 0 else "i"
    before = word[max(0, at - 1):at]
    two = word[max(0, at - 2):at]
    return [[], [edge, left], [begun, word[last:min(at, last + 3)], edge, left], [tail], [edge, word[at:at + 1], before],
            [edge, word[at:at + 2], before], [edge, word[at:at + 3], head], [left, two, tail],
            [word[max(0, at - 2):at + 2], edge, left], [word], [left, word[at:at + 2], begun]]


def examples(root, rng):
    """All training examples: (slots, label), and held-out ones, by task and language."""
    train, test = {}, {}
    documents = {}
    for path, bank, part in conllu.folder(root):
        if bank == "fr_alts":
            continue
        lang = bank[:2]
        running = bank not in ("fr_rhapsodie", "fr_parisstories", "fr_fqb", "ru_taiga")
        for i, s in enumerate(conllu.read(path, bank, part)):
            held = (bank, part) in HELD and part == "test" or (bank == "ar_pud" and i >= AR_TRAIN)
            into = test if held else train
            if running:
                documents.setdefault((bank, part, held), []).append(s)
            tokens = surface_tokens(s)
            if lang == "fr":
                for at, (f, _, contracted) in enumerate(tokens):
                    if f.lower() in ("des", "du"):
                        into.setdefault(("d", lang), []).append((slots("d", lang, contraction(tokens, at)), contracted))
            if lang == "ar":
                arabic_words(tokens, into)
    for (bank, part, held), sentences in sorted(documents.items()):
        boundaries(bank[:2], sentences, test if held else train)
        if not held:
            # sentences in random order as well: more kinds of neighbours
            shuffled = sentences[:]
            rng.shuffle(shuffled)
            boundaries(bank[:2], shuffled, train, paragraphs=False)
    return train, test


PREFIXES, PRONOUNS = set("وفبلكسأ"), {"ه", "ها", "هم", "هما", "هن", "ك", "كم", "كن", "ي", "نا", "ني"}


def may_cut(word, last, at):
    """Only prefixes of one letter at the beginning and pronouns at the end are cut off."""
    begun = at <= 3 and at - last == 1 and word[last] in PREFIXES
    return begun or word[at:] in PRONOUNS


def arabic_words(tokens, into):
    """Examples of cuts inside Arabic words."""
    k = 0
    while k < len(tokens):
        parts = [tokens[k][0]]
        while not tokens[k][1] and k + 1 < len(tokens) and tokens[k + 1][0][0].isalpha() and tokens[k][0][-1].isalpha():
            k += 1
            parts.append(tokens[k][0])
        k += 1
        word = "".join(parts)
        cuts = set(np.cumsum([len(p) for p in parts])[:-1].tolist())
        if len(word) < 2 or not "\u0621" <= word[0] <= "\u064a":
            continue
        last = 0
        for at in range(1, len(word)):
            if not (may_cut(word, last, at)):
                continue
            into.setdefault(("c", "ar"), []).append((slots("c", "ar", arabic(word, last, at)), at in cuts))
            if at in cuts:
                last = at


def boundaries(lang, sentences, into, paragraphs=True):
    """Examples of sentence ends of one run of sentences."""
    run = []
    for s in sentences + [None]:
        if run and (s is None or (paragraphs and s.new_paragraph)):
            tokens, starts = [], set()
            for r in run:
                starts.add(len(tokens))
                t = surface_tokens(r)
                t[-1] = (t[-1][0], True if r is not run[-1] or True else t[-1][1], t[-1][2])
                tokens += t
            begin = 0
            for at in range(1, len(tokens)):
                if candidate(tokens, at):
                    into.setdefault(("b", lang), []).append((slots("b", lang, boundary(tokens, begin, at)), at in starts))
                if at in starts:
                    begin = at
            run = []
        if s is not None:
            run.append(s)


def train_one(table, data, rng, rounds=6):
    """Averaged perceptron with a margin, in place in the float table."""
    w, total = np.zeros_like(table), np.zeros_like(table)
    w, total, time = w.tolist(), total.tolist(), 1
    for _ in range(rounds):
        rng.shuffle(data)
        for idx, yes in data:
            score = 0.0
            for k in idx:
                score += w[k]
            sign = 1.0 if yes else -1.0
            if score * sign <= 3.0:
                for k in idx:
                    w[k] += sign
                    total[k] += sign * time
            time += 1
    table += np.array(w) - np.array(total) / time


def main():
    """Write tokens.safetensors."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebanks", required=True)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rng = random.Random(1)
    train, test = examples(args.treebanks, rng)
    table = np.zeros(1 << BITS)
    for key in sorted(train):
        part = np.zeros(1 << BITS)
        train_one(part, train[key], rng)
        table += part / max(1e-9, np.percentile(np.abs(part[part != 0]), 99.5)) * 100
    table = np.clip(np.rint(table), -127, 127).astype(np.int8)
    for key in sorted(train):
        wrong = [[0, 0], [0, 0]]
        for idx, yes in test.get(key, []):
            wrong[int(yes)][int((table[idx].astype(int).sum() > 0) != yes)] += 1
        print(key, len(train[key]), "held out: no right/wrong", wrong[0], "yes right/wrong", wrong[1])
    save(args.out, {"weights": table.view(np.uint8)}, {"tasks": "\n".join(t + lang for t, lang in sorted(train))})


if __name__ == "__main__":
    main()
