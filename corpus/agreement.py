"""Agreement of the two coders of corpus/second: python corpus/agreement.py. Needs Python alone.

The second coder had the texts only. Two events are the same when the PLOVER event is and the triggers overlap or stand within 60 characters, one to one. Printed:
F1 of events and of statements (half of the shorter content shared, one speaker code in common), and for each field of the shared events the share of equal
values and Krippendorff's alpha (nominal).
"""
import collections
import glob
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def load(pattern):
    return {article["id"]: article for article in (json.load(open(path, encoding="utf-8")) for path in glob.glob(os.path.join(HERE, pattern)))}


def pairs(first, second):
    found = []
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            shared = min(a["trigger_start"] + len(a["trigger"]), b["trigger_start"] + len(b["trigger"])) - max(a["trigger_start"], b["trigger_start"])
            if a["event"] == b["event"] and shared > -60:
                found.append((-shared, i, j))
    taken, other, out = set(), set(), []
    for _, i, j in sorted(found):
        if i not in taken and j not in other:
            taken.add(i), other.add(j), out.append((i, j))
    return out


def codes(entities):
    return sorted((str(e.get("country")), str(e.get("sector"))) for e in entities or [])


FIELDS = {
    "actor": lambda e: codes(e["actor"]),
    "recipient": lambda e: codes(e["recipient"]),
    "place": lambda e: e["event_loc"] and (e["event_loc"]["country"], e["event_loc"]["name"].lower()),
    "time": lambda e: e["time"],
    "mode": lambda e: sorted(e["mode"]),
    "figures": lambda e: sorted((f["kind"], str(f["low"]), str(f["high"])) for f in e["figures"]),
    "auxiliary": lambda e: sorted(e["auxiliary"]),
    "factuality": lambda e: e["factuality"],
    "attribution": lambda e: [(codes([link]), link["stance"]) for link in e["attribution"][-1:]],
}


def alpha(values):
    counts = collections.Counter(value for pair in values for value in pair)
    n = sum(counts.values())
    expected = (n * n - sum(count * count for count in counts.values())) / (n * (n - 1))
    return 1 - sum(a != b for a, b in values) / len(values) / expected if expected else 1.0


def main():
    first, second = load("??/*.json"), load("second/??/*.json")
    right = total = same = statements = 0
    values = collections.defaultdict(list)
    for key, b in second.items():
        a = first[key]
        matched = pairs(a["events"], b["events"])
        right += len(matched)
        total += len(a["events"]) + len(b["events"])
        for i, j in matched:
            for name, field in FIELDS.items():
                values[name].append((str(field(a["events"][i])), str(field(b["events"][j]))))
        statements += len(a["statements"]) + len(b["statements"])
        used = set()
        for s in a["statements"]:
            for number, t in enumerate(b["statements"]):
                ends = (s["content_start"] + len(s["content"]), t["content_start"] + len(t["content"]))
                shared = min(ends) - max(s["content_start"], t["content_start"])
                alike = 2 * shared >= min(len(s["content"]), len(t["content"])) and 3 * shared >= max(len(s["content"]), len(t["content"]))
                if number not in used and alike and codes([s["speaker"]]) == codes([t["speaker"]]):
                    used.add(number)
                    same += 1
                    break
    print(f"{len(second)} articles: events F1 {2 * right / total:.3f}, statements F1 {2 * same / statements:.3f}")
    for name, list_ in values.items():
        print(f"{name:12} equal {sum(a == b for a, b in list_) / len(list_):.3f} alpha {alpha(list_):.3f}")


if __name__ == "__main__":
    main()
