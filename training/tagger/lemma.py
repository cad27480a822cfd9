"""Lemma scripts: how to get the lemma from the form. The Rust side applies the same scripts.

`C|p|d|add`: casing C (l lower-case, k keep, t title), drop p characters at the start, d at the end, then append
`add`; `=lemma` gives the whole lemma.
"""
from features import plain


def common(a, b):
    """Length of the common prefix."""
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return n


def cased(form, lemma):
    """The casing letter and the form in that casing."""
    if lemma == lemma.lower():
        return "l", form.lower()
    if lemma[:1].isupper() and lemma[1:] == lemma[1:].lower() and form != form.lower() and len(form) > 1:
        if form[1:] != form[1:].lower():
            return "t", form[:1] + form[1:].lower()
    return "k", form


def script(form, lemma, lang):
    """The script that leads from form to lemma."""
    form, lemma = plain(form), plain(lemma)
    letter, base = cased(form, lemma)
    best = None
    for p in range(0, 4 if lang == "ar" else 1):
        n = common(base[p:], lemma)
        cost = (len(base) - p - n) + (len(lemma) - n) + p
        if best is None or cost < best[0]:
            best = (cost, p, n)
    _, p, n = best
    if n == 0 or (len(lemma) > 3 and n * 3 < len(lemma)):
        return "=" + lemma
    return f"{letter}|{p}|{len(base) - p - n}|{lemma[n:]}"


def apply(script_text, form):
    """The lemma a script gives for a form."""
    if script_text.startswith("="):
        return script_text[1:]
    letter, p, d, add = script_text.split("|", 3)
    form = plain(form)
    if letter == "l":
        form = form.lower()
    elif letter == "t":
        form = form[:1] + form[1:].lower()
    p, d = int(p), int(d)
    if p + d > len(form):
        return form
    return form[p : len(form) - d] + add


def ending(script_text, form):
    """What a script drops at the end of a form (the whole form for a whole lemma), in lower case; None if it drops nothing."""
    form = plain(form).lower()
    if script_text.startswith("="):
        return form
    dropped = int(script_text.split("|", 3)[2])
    return form[len(form) - dropped :] if dropped else None


def endings(sentences, scripts):
    """For each (language, script), the endings it was seen to drop, sorted: it may be used for these only."""
    seen = {tuple(k): set() for k in scripts}
    for s in sentences:
        lang = s.bank[:2]
        for form, lemma in zip(s.forms, s.lemmas):
            key = (lang, script(form, lemma, lang))
            if key in seen:
                e = ending(key[1], form)
                if e:
                    seen[key].add(e)
    return [sorted(seen[tuple(k)]) for k in scripts]
