"""Reading CoNLL-U treebanks (plain or xz) into plain Python records."""
import lzma
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sentence:
    """One sentence: syntactic words with their annotation."""

    bank: str
    part: str
    forms: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprels: list = field(default_factory=list)
    # (first word, last word + 1, surface) of each multi-word token
    multi: list = field(default_factory=list)
    # per word: is there a space after the surface token that ends here?
    space_after: list = field(default_factory=list)
    text: str = ""
    # a document or paragraph starts here
    new_paragraph: bool = False
    names: list | None = None


def open_text(path):
    """Open a text file that may be compressed with xz."""
    path = Path(path)
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return open(path, encoding="utf-8")


def read(path, bank, part):
    """All sentences of one file. Empty nodes (1.1) are left out."""
    out, sentence = [], Sentence(bank, part)
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if sentence.forms:
                    out.append(sentence)
                sentence = Sentence(bank, part)
            elif line.startswith("#"):
                if line.startswith("# text ="):
                    sentence.text = line[len("# text ="):].strip()
                elif line.startswith(("# newpar", "# newdoc")):
                    sentence.new_paragraph = True
            else:
                word(sentence, line.split("\t"))
    if sentence.forms:
        out.append(sentence)
    return out


def word(sentence, cols):
    """Add one word line to a sentence."""
    space = "SpaceAfter=No" not in cols[9].split("|")
    if "-" in cols[0]:
        first, last = cols[0].split("-")
        sentence.multi.append((int(first) - 1, int(last), cols[1], space))
        return
    if "." in cols[0]:
        return
    sentence.forms.append(cols[1])
    sentence.lemmas.append(cols[2])
    sentence.upos.append(cols[3])
    sentence.feats.append(cols[5])
    sentence.heads.append(int(cols[6]))
    sentence.deprels.append(cols[7])
    sentence.space_after.append(space)


def folder(root):
    """All files of a folder LANG/BANK.PART.conllu[.xz], in a fixed order."""
    for path in sorted(Path(root).glob("*/*.conllu*")):
        bank, part = path.name.split(".")[:2]
        yield path, f"{path.parent.name}_{bank}", part
