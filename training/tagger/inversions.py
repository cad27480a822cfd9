"""French sentences with subjects after the verb, and with participles that treebanks hardly have, as CoNLL-U.

Frames of our own (recalled French) are filled with clauses and noun phrases of the Sequoia treebank (LGPL-LR), parts never trained on left out.
"""
import argparse
import random

import conllu
from prepare import HELD

SINGULAR = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"
# participle, infinitive: verbs that say
SAY = [p.split("/") for p in (
    "annoncé/annoncer déclaré/déclarer affirmé/affirmer indiqué/indiquer précisé/préciser expliqué/expliquer ajouté/ajouter assuré/assurer "
    "estimé/estimer souligné/souligner rappelé/rappeler dit/dire reconnu/reconnaître confirmé/confirmer révélé/révéler dénoncé/dénoncer "
    "regretté/regretter prévenu/prévenir averti/avertir raconté/raconter lancé/lancer martelé/marteler insisté/insister poursuivi/poursuivre "
    "conclu/conclure écrit/écrire promis/promettre jugé/juger rapporté/rapporter constaté/constater admis/admettre répondu/répondre "
    "rétorqué/rétorquer témoigné/témoigner admis/admettre déploré/déplorer certifié/certifier démenti/démentir"
).split()]
# present of the same, third person singular and plural
PRESENT = [p.split("/") for p in (
    "annonce/annoncent/annoncer déclare/déclarent/déclarer affirme/affirment/affirmer indique/indiquent/indiquer précise/précisent/préciser "
    "explique/expliquent/expliquer ajoute/ajoutent/ajouter assure/assurent/assurer estime/estiment/estimer souligne/soulignent/souligner "
    "rappelle/rappellent/rappeler dit/disent/dire confirme/confirment/confirmer dénonce/dénoncent/dénoncer déplore/déplorent/déplorer "
    "raconte/racontent/raconter prévient/préviennent/prévenir avertit/avertissent/avertir reconnaît/reconnaissent/reconnaître"
).split()]
# participles with feminine: verbs that act on a thing or a group
ACT = [p.split("/") for p in (
    "dissous/dissoute/dissoudre bombardé/bombardée/bombarder attaqué/attaquée/attaquer pillé/pillée/piller incendié/incendiée/incendier "
    "détruit/détruite/détruire pris/prise/prendre repris/reprise/reprendre conquis/conquise/conquérir assiégé/assiégée/assiéger "
    "encerclé/encerclée/encercler libéré/libérée/libérer suspendu/suspendue/suspendre interdit/interdite/interdire exclu/exclue/exclure "
    "élu/élue/élire réélu/réélue/réélire destitué/destituée/destituer limogé/limogée/limoger arrêté/arrêtée/arrêter tué/tuée/tuer "
    "enlevé/enlevée/enlever abattu/abattue/abattre blessé/blessée/blesser mis/mise/mettre remis/remise/remettre soumis/soumise/soumettre "
    "transmis/transmise/transmettre rompu/rompue/rompre conclu/conclue/conclure signé/signée/signer promulgué/promulguée/promulguer "
    "abrogé/abrogée/abroger adopté/adoptée/adopter rejeté/rejetée/rejeter saisi/saisie/saisir investi/investie/investir vendu/vendue/vendre "
    "accueilli/accueillie/accueillir reçu/reçue/recevoir perdu/perdue/perdre évacué/évacuée/évacuer fermé/fermée/fermer rouvert/rouverte/rouvrir "
    "absous/absoute/absoudre contraint/contrainte/contraindre restreint/restreinte/restreindre atteint/atteinte/atteindre dissous/dissoute/dissoudre"
).split()]
# verbs of being somewhere and of coming about: singular, plural, infinitive, reflexive
HAPPEN = [p.split("/") for p in (
    "vit/vivent/vivre/ trouve/trouvent/trouver/se habite/habitent/habiter/ stationne/stationnent/stationner/ cache/cachent/cacher/se "
    "manifeste/manifestent/manifester/ déroule/déroulent/dérouler/se arrive/arrivent/arriver/ afflue/affluent/affluer/ "
    "opère/opèrent/opérer/ réfugie/réfugient/réfugier/se sévit/sévissent/sévir/ combat/combattent/combattre/ siège/siègent/siéger/"
).split()]
DIRECT = [p.split("/") for p in (
    "dirige/dirigent/diriger contrôle/contrôlent/contrôler occupe/occupent/occuper réclame/réclament/réclamer soutient/soutiennent/soutenir "
    "dénonce/dénoncent/dénoncer combat/combattent/combattre exige/exigent/exiger redoute/redoutent/redouter préside/président/présider "
    "conteste/contestent/contester revendique/revendiquent/revendiquer organise/organisent/organiser"
).split()]
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche hier".split()
FIRST = "Paul Marie Jean Fatou Ibrahim Claire Moussa Aïcha Pierre Nadia Oumar Sophie Karim Anne Luc Awa".split()
LAST = "Morel Diallo Traoré Lefèvre Kaboré Haddad Ndiaye Garnier Mensah Ouattara Bellanger Touré Chevalier Sarkis Dupuis Benali".split()
OFFICES = ("ministre président porte-parole maire procureur préfet gouverneur général colonel député secrétaire ambassadeur chef directeur "
           "responsable commandant avocat syndicat gouvernement parquet parti groupe mouvement").split()
OF = ("ministère armée police gouvernement ville région Défense Intérieur Justice opposition présidence gendarmerie syndicat parti").split()
VOWELS = "aeiouhàâéèêîôAEIOUHÉÈÊÎÔ"


class Words:
    """A sentence as rows that grow; heads are row objects until the end."""

    def __init__(self):
        self.rows = []

    def add(self, form, lemma, upos, feats, head, deprel):
        row = [form, lemma, upos, feats, head, deprel]
        self.rows.append(row)
        return row

    def text(self):
        """CoNLL-U columns; the first word begins with a capital."""
        first = next(r for r in self.rows if r[2] != "PUNCT")
        first[0] = first[0][:1].upper() + first[0][1:]
        place = {id(r): k + 1 for k, r in enumerate(self.rows)}
        out = []
        for k, (form, lemma, upos, feats, head, deprel) in enumerate(self.rows):
            out.append("\t".join([str(k + 1), form, lemma, upos, "_", feats, str(place[id(head)] if head else 0), deprel, "_", "_"]))
        return "\n".join(out) + "\n\n"


def subtree(s, k):
    """Words of a subtree if they are next to each other, without commas at the edges."""
    inside = {k}
    while True:
        more = {i for i, h in enumerate(s.heads) if h - 1 in inside} - inside
        if not more:
            break
        inside |= more
    words = sorted(inside)
    return words if words == list(range(words[0], words[-1] + 1)) else None


def harvest(treebanks):
    """Noun phrases [(sentence, words, head, plural, feminine)] and clauses [(sentence, words, root)] of Sequoia."""
    phrases, clauses = [], []
    for path, bank, part in conllu.folder(treebanks):
        if bank != "fr_sequoia" or (bank, part) in HELD:
            continue
        for s in conllu.read(path, bank, part):
            for k, d in enumerate(s.deprels):
                if d.split(":")[0] in ("nsubj", "obj") and s.upos[k] in ("NOUN", "PROPN") and "Number=" in s.feats[k]:
                    words = subtree(s, k)
                    if words and len(words) < 14 and s.upos[words[0]] in ("DET", "PROPN") and s.upos[words[-1]] != "PUNCT":
                        phrases.append((s, words, k))
            root = s.heads.index(0)
            words = list(range(len(s.forms)))
            while words and s.upos[words[-1]] == "PUNCT":
                words.pop()
            if 5 < len(words) < 30 and s.upos[root] == "VERB" and s.upos[0] != "PUNCT" and "VerbForm=Fin" in " ".join(s.feats):
                clauses.append((s, words, root))
    return phrases, clauses


def copy(w, s, words, top, head, deprel, lower=False):
    """Copies words of a treebank sentence; `top` gets the new head and relation."""
    new = {}
    for k in words:
        form = s.forms[k]
        if lower and k == words[0] and s.upos[k] != "PROPN":
            form = form[:1].lower() + form[1:]
        new[k] = w.add(form, s.lemmas[k], s.upos[k], s.feats[k], None, s.deprels[k])
    for k in words:
        new[k][4] = head if k == top else new.get(s.heads[k] - 1, head or new[top])
    new[top][5] = deprel
    return new[top]


class Maker:
    """Makes sentences of each kind."""

    def __init__(self, rng, phrases, clauses):
        self.rng, self.phrases, self.clauses = rng, phrases, clauses

    def phrase(self, w, head, deprel):
        """A noun phrase; returns (top row, plural, feminine)."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.4:
            s, words, k = rng.choice(self.phrases)
            top = copy(w, s, words, k, head, deprel, True)
            feats = s.feats[k]
            return top, "Number=Plur" in feats or any(s.deprels[i] == "conj" and s.heads[i] - 1 == k for i in words), "Gender=Fem" in feats
        if kind < 0.55:
            title = rng.choice(["M.", "Mme", ""])
            if title:
                top = w.add(title, {"M.": "monsieur", "Mme": "madame"}[title], "NOUN",
                            f"Gender={'Masc' if title == 'M.' else 'Fem'}|Number=Sing", head, deprel)
                w.add(rng.choice(LAST), w.rows[-1][0], "PROPN", "_", top, "nmod")
                w.rows[-1][1] = w.rows[-1][0]
            else:
                top = self.name(w, head, deprel)
            return top, False, title == "Mme"
        noun = rng.choice(OFFICES)
        plural = rng.random() < 0.25 and noun not in ("porte-parole",)
        elided = noun[0] in VOWELS
        if plural:
            det = w.add("les", "le", "DET", "Definite=Def|Number=Plur|PronType=Art", None, "det")
            form = "généraux" if noun == "général" else noun + "s"
        else:
            det = w.add("l'" if elided else "le", "le", "DET",
                        "Definite=Def|Number=Sing|PronType=Art" if elided else "Definite=Def|Gender=Masc|Number=Sing|PronType=Art", None, "det")
            form = noun
        top = w.add(form, noun, "NOUN", f"Gender=Masc|Number={'Plur' if plural else 'Sing'}", head, deprel)
        det[4] = top
        if rng.random() < 0.5:
            self.complement(w, top)
        if not plural and rng.random() < 0.6:
            comma = rng.random() < 0.5
            if comma:
                mark = w.add(",", ",", "PUNCT", "_", None, "punct")
            name = self.name(w, top, "appos" if comma else "nmod")
            if comma:
                mark[4] = name
        return top, plural, False

    def name(self, w, head, deprel):
        """A first name and a surname."""
        first = self.rng.choice(FIRST)
        top = w.add(first, first, "PROPN", "_", head, deprel)
        last = self.rng.choice(LAST)
        w.add(last, last, "PROPN", "_", top, "flat:name")
        return top

    def complement(self, w, top):
        """« de la Défense », « de l'armée »."""
        noun = self.rng.choice(OF)
        case = w.add("de", "de", "ADP", "_", None, "case")
        masculine = noun in ("ministère", "gouvernement", "syndicat", "parti")
        if noun[0] in VOWELS:
            det = w.add("l'", "le", "DET", "Definite=Def|Number=Sing|PronType=Art", None, "det")
        elif masculine:
            det = w.add("le", "le", "DET", "Definite=Def|Gender=Masc|Number=Sing|PronType=Art", None, "det")
        else:
            det = w.add("la", "le", "DET", "Definite=Def|Gender=Fem|Number=Sing|PronType=Art", None, "det")
        gender = "Masc" if masculine or noun == "Intérieur" else "Fem"
        row = w.add(noun, noun.lower() if noun[0].isupper() else noun, "NOUN", f"Gender={gender}|Number=Sing", top, "nmod")
        case[4] = det[4] = row

    def day(self, w, head):
        """« jeudi », « hier »."""
        day = self.rng.choice(DAYS)
        if day == "hier":
            w.add(day, day, "ADV", "_", head, "advmod")
        else:
            w.add(day, day, "NOUN", "Gender=Masc|Number=Sing", head, "obl:mod")

    def saying(self, w, head, deprel):
        """« a annoncé jeudi le ministre »: returns the verb's row."""
        rng = self.rng
        at = len(w.rows)
        if rng.random() < 0.7:
            form, lemma = rng.choice(SAY)
            aux = w.add("a", "avoir", "AUX", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", None, "aux:tense")
            if rng.random() < 0.12:
                adverb = w.add(rng.choice(["aussi", "également", "notamment", "ainsi", "encore"]), "", "ADV", "_", None, "advmod")
                adverb[1] = adverb[0]
            else:
                adverb = None
            verb = w.add(form, lemma, "VERB", SINGULAR, head, deprel)
            aux[4] = verb
            if adverb:
                adverb[4] = verb
            if rng.random() < 0.35:
                self.day(w, verb)
            _, plural, _ = self.phrase(w, verb, "nsubj")
            if plural:
                w.rows[at][0], w.rows[at][3] = "ont", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
            elif rng.random() < 0.15:
                w.rows[at][0], w.rows[at][3] = "avait", "Mood=Ind|Number=Sing|Person=3|Tense=Imp|VerbForm=Fin"
            return verb
        one, many, lemma = rng.choice(PRESENT)
        verb = w.add(one, lemma, "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", head, deprel)
        if rng.random() < 0.15:
            self.day(w, verb)
        _, plural, _ = self.phrase(w, verb, "nsubj")
        if plural:
            verb[0], verb[3] = many, verb[3].replace("Sing", "Plur")
        return verb

    def place(self, w, head):
        """« à Goma », « dans la capitale »: sometimes."""
        if self.rng.random() < 0.3:
            case = w.add("à", "à", "ADP", "_", None, "case")
            town = w.add(self.rng.choice("Goma Paris Bamako Dakar Lyon Beyrouth Alger Tunis Kaboul Nouméa".split()), "", "PROPN", "_", head, "obl:mod")
            town[1], case[4] = town[0], town

    def stop(self, w, root):
        w.add(".", ".", "PUNCT", "_", root, "punct")

    def incise(self):
        """Clause, then the verb that says it."""
        w, rng = Words(), self.rng
        quoted = rng.random() < 0.5
        marks = rng.choice([("«", "»"), ('"', '"'), ("“", "”")])
        s, words, top = rng.choice(self.clauses)
        if quoted:
            first = w.add(marks[0], marks[0], "PUNCT", "_", None, "punct")
        root = copy(w, s, words, top, None, "root")
        root[4] = None
        if quoted:
            first[4] = root
            if rng.random() < 0.2:
                w.add(".", ".", "PUNCT", "_", root, "punct")
            w.add(marks[1], marks[1], "PUNCT", "_", root, "punct")
        comma = w.add(",", ",", "PUNCT", "_", None, "punct") if not quoted or rng.random() < 0.8 else None
        verb = self.saying(w, root, "parataxis:insert")
        self.place(w, verb)
        if comma:
            comma[4] = verb
        self.stop(w, root)
        return w

    def comme(self):
        """« comme l'a annoncé le ministre », « ce qu'a confirmé la police »."""
        w, rng = Words(), self.rng
        if rng.random() < 0.5:
            ce = w.add("ce", "ce", "PRON", "Gender=Masc|Number=Sing|Person=3|PronType=Dem", None, "nsubj")
            ce[0] = "c'"
            copula = w.add("est", "être", "AUX", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", None, "cop")
            root = w.add("ce", "ce", "PRON", "Gender=Masc|Number=Sing|Person=3|PronType=Dem", None, "root")
            ce[4] = copula[4] = root
            what = w.add("qu'", "que", "PRON", "PronType=Rel", None, "obj")
            verb = self.saying(w, root, "acl:relcl")
            what[4] = verb
            if what is not None and not verb[3].endswith("Part") and verb[0][0] not in VOWELS:
                what[0] = "que"
            self.place(w, verb)
            self.stop(w, root)
            return w
        mark = w.add("comme", "comme", "SCONJ", "_", None, "mark")
        it = w.add("l'", "le", "PRON", "Number=Sing|Person=3|PronType=Prs", None, "obj")
        verb = self.saying(w, None, "advcl")
        if not verb[3].endswith("Part") and verb[0][0] not in VOWELS:
            it[0] = "le"
        mark[4] = it[4] = verb
        comma = w.add(",", ",", "PUNCT", "_", verb, "punct")
        s, words, top = rng.choice(self.clauses)
        root = copy(w, s, words, top, None, "root", True)
        root[4] = None
        verb[4] = root
        self.stop(w, root)
        return w

    def passive(self):
        """« ont été tués trois civils », « a été dissoute l'assemblée », and the same in order."""
        w, rng = Words(), self.rng
        masculine, feminine, lemma = rng.choice(ACT)
        inverted = rng.random() < 0.5
        feats_aux = "Mood=Ind|Number={}|Person=3|Tense=Pres|VerbForm=Fin"
        if not inverted:
            subject, plural, fem = self.phrase(w, None, "nsubj:pass")
        have = w.add("a", "avoir", "AUX", "", None, "aux:tense")
        been = w.add("été", "être", "AUX", "Tense=Past|VerbForm=Part", None, "aux:pass")
        verb = w.add(masculine, lemma, "VERB", "", None, "root")
        if inverted:
            subject, plural, fem = self.phrase(w, verb, "nsubj:pass")
        subject[4] = verb
        number = "Plur" if plural else "Sing"
        have[0], have[3] = "ont" if plural else "a", feats_aux.format(number)
        form = feminine if fem else masculine
        verb[0] = form + "s" if plural and form[-1] not in "s" else form
        verb[3] = f"Gender={'Fem' if fem else 'Masc'}|Number={number}|Tense=Past|VerbForm=Part|Voice=Pass"
        have[4] = been[4] = verb
        self.place(w, verb)
        self.stop(w, verb)
        return w

    def active(self):
        """« le groupe a dissous l'assemblée jeudi »: the plain order, with objects after the participle."""
        w, rng = Words(), self.rng
        form, lemma = rng.choice(ACT)[::2] if rng.random() < 0.8 else rng.choice(SAY)
        subject, plural, _ = self.phrase(w, None, "nsubj")
        number = "Plur" if plural else "Sing"
        have = w.add("ont" if plural else "a", "avoir", "AUX", f"Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin", None, "aux:tense")
        verb = w.add(form, lemma, "VERB", SINGULAR, None, "root")
        if rng.random() < 0.25:
            self.day(w, verb)
        subject[4] = have[4] = verb
        self.phrase(w, verb, "obj")
        self.place(w, verb)
        self.stop(w, verb)
        return w

    def relative(self):
        """« le quartier où vivent les familles », « la ville que contrôlent les rebelles »."""
        w, rng = Words(), self.rng
        s, words, k = rng.choice(self.phrases)
        subject = copy(w, s, words, k, None, "nsubj", True)
        plural = "Number=Plur" in s.feats[k]
        if rng.random() < 0.5:
            one, many, lemma, reflexive = rng.choice(HAPPEN)
            where = w.add("où", "où", "ADV", "PronType=Rel", None, "advmod")
            itself = None
            if reflexive:
                itself = w.add("se", "se", "PRON", "Person=3|PronType=Prs|Reflex=Yes", None, "expl:comp")
            verb = w.add(one, lemma, "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", subject, "acl:relcl")
            if itself:
                itself[4] = verb
            where[4] = verb
            forms = (one, many)
        else:
            one, many, lemma = rng.choice(DIRECT)
            what = w.add("qu'" if one[0] in VOWELS else "que", "que", "PRON", "PronType=Rel", None, "obj")
            verb = w.add(one, lemma, "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", subject, "acl:relcl")
            what[4] = verb
            forms = (one, many)
        _, many_subjects, _ = self.phrase(w, verb, "nsubj")
        if many_subjects:
            verb[0], verb[3] = forms[1], verb[3].replace("Sing", "Plur")
        form, _, lemma = rng.choice(ACT)
        have = w.add("ont" if plural else "a", "avoir", "AUX", f"Mood=Ind|Number={'Plur' if plural else 'Sing'}|Person=3|Tense=Pres|VerbForm=Fin", None, "aux:tense")
        root = w.add(form, lemma, "VERB", SINGULAR, None, "root")
        subject[4] = have[4] = root
        self.phrase(w, root, "obj")
        self.stop(w, root)
        return w

    def opening(self):
        """« Dans la nuit ont commencé les combats », « Ainsi s'est achevée … »: the subject ends the sentence."""
        w, rng = Words(), self.rng
        start = w.add(rng.choice(["ainsi", "là", "puis", "ensuite", "enfin", "ici"]), "", "ADV", "_", None, "advmod")
        start[1] = start[0]
        one, many, lemma, reflexive = rng.choice(HAPPEN)
        itself = w.add("se", "se", "PRON", "Person=3|PronType=Prs|Reflex=Yes", None, "expl:comp") if reflexive else None
        verb = w.add(one, lemma, "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", None, "root")
        start[4] = verb
        if itself:
            itself[4] = verb
        _, plural, _ = self.phrase(w, verb, "nsubj")
        if plural:
            verb[0], verb[3] = many, verb[3].replace("Sing", "Plur")
        self.stop(w, verb)
        return w


def main():
    """Write the sentences."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebanks", required=True)
    args.add_argument("--count", type=int, default=1400)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rng = random.Random(7)
    maker = Maker(rng, *harvest(args.treebanks))
    kinds = [(maker.incise, 5), (maker.comme, 2), (maker.passive, 2), (maker.active, 4), (maker.relative, 2), (maker.opening, 1)]
    bag = [k for k, n in kinds for _ in range(n)]
    with open(args.out, "w", encoding="utf-8") as out:
        for _ in range(args.count):
            out.write(rng.choice(bag)().text())


if __name__ == "__main__":
    main()
