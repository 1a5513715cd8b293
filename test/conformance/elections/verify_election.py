#!/usr/bin/env python3
"""Recount the elections a city published, written from docs/verify.md and docs/log.md alone.

usage: verify_election.py SITE [VERIFIER-KEY] [--election ID] [--checkpoint FILE]... [--witness KEY[@URL]]...

--election asks for that one, published or not. SITE is a folder with log/ (or journal/) and elections/. Standard library only, Ed25519 included; no code of Parvis.
Ends with 0 when the log holds, and every election published in it gives the result that was published.
"""
import hashlib
import json
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "log")]

import count  # noqa: E402
from verify_log import check, options, verify  # noqa: E402

FREEZE, SEAL, PUBLISH = "participation.rules.freeze", "participation.ballots.seal", "participation.result.publish"
WITHDRAW = "participation.election.withdraw"
COLUMNS = ["project_id", "cost", "name", "category", "district", "neighborhood", "beneficiaries", "popular", "latitude", "longitude"]
WITHDRAWN = 999999999


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def sums(files):
    return sha("".join("%s  %s\n" % (f["sha256"], f["name"]) for f in files).encode())


# Files have one form only.
def read_json(raw, what, keys):
    """JSON in its one form: known keys in their order, two spaces a level."""
    def known(pairs):
        names = [k for k, _ in pairs]
        check(len(set(names)) == len(names), what + " names a key twice")
        return dict(pairs)
    value = json.loads(raw, object_pairs_hook=known)
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    check(text.encode() == raw, what + " is not in its form")
    check(list(value) == keys, what + " has other keys")
    return value


def quoted(cell):
    return '"%s"' % cell.replace('"', '""') if re.search('[;"\r\n]', cell) else cell


def line(*cells):
    return ";".join(map(quoted, cells))


def cells(text):
    """One line of a .pb file."""
    out, at = [], 0
    while True:
        if text[at:at + 1] == '"':
            end = at + 1
            while text[end:end + 1] != '"' or text[end:end + 2] == '""':
                check(end < len(text), "a quote has no end")
                end += 2 if text[end:end + 2] == '""' else 1
            out.append(text[at + 1:end].replace('""', '"'))
            at = end + 1
        else:
            end = text.find(";", at)
            end = len(text) if end < 0 else end
            out.append(text[at:end])
            at = end
        if at == len(text):
            return out
        check(text[at] == ";", "a quoted field goes on")
        at += 1


def minor(text, decimals, what):
    """A decimal number of currency in minor units."""
    check(re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", text), what + " is not an amount: " + text)
    whole, _, part = text.partition(".")
    check(len(part) <= decimals, what + " has more decimals than the rules: " + text)
    return int(whole + part.ljust(decimals, "0"))


# rules.toml
def canonical(rules):
    def value(v):
        if isinstance(v, bool):
            return "true" if v else "false"
        if isinstance(v, list):
            return "[" + ", ".join(map(value, v)) + "]"
        if isinstance(v, str):
            plain = v.replace("\\", "\\\\").replace('"', '\\"')
            return '"' + re.sub("[\x00-\x1f\x7f]", lambda m: "\\u%04X" % ord(m[0]), plain) + '"'
        return str(v)
    out, tables = [], [("", rules, ["format", "title", "rule", "currency", "decimals", "budget"]),
                       ("[ballot]", rules["ballot"], ["kind", "min_length", "max_length", "max_points", "max_sum_points", "grades"]),
                       ("[conventions]", rules["conventions"], ["min_votes", "cost_bar", "threshold", "missing", "fit", "order"]),
                       ("[publish]", rules["publish"], ["ballots", "totals", "what_if"])]
    tables += [("[[lots]]", lot, ["id", "name", "budget", "seats", "cap", "reserve", "max_length"]) for lot in rules["lots"]]
    for name, table, keys in tables:
        out += [name] * bool(name) + ["%s = %s" % (k, value(table[k])) for k in keys]
    return "".join(x + "\n" for x in out).encode()


def read_rules(raw):
    try:
        rules = tomllib.loads(raw.decode())
        check(canonical(rules) == raw and rules["format"] == "parvis-rules/1", "rules.toml is not in its form")
    except (KeyError, ValueError) as problem:
        sys.exit("refused: rules.toml: %s" % problem)
    return rules


class OneLot:
    """What is published of one lot."""

    def __init__(self, manifest, rules, n, files):
        self.manifest, self.rules, self.said = manifest, rules, manifest["lots"][n - 1]
        self.own, self.folder, self.files = rules["lots"][n - 1], "lots/%d/" % n, files
        self.kind = rules["ballot"]["kind"]
        self.csv = files[self.folder + "projects.csv"].decode()
        self.projects = self.read_projects()
        self.index = {p["id"]: i for i, p in enumerate(self.projects)}
        check(len(self.index) == len(self.projects), "two projects have the same id")

    def read_projects(self):
        rows = [cells(x) for x in self.csv.split("\n")[:-1]]
        head, rows, out = rows[0], rows[1:], []
        check(self.csv == "".join(line(*r) + "\n" for r in [head] + rows), "projects.csv is not in its form")
        check(head[:2] == COLUMNS[:2] and head == [c for c in COLUMNS if c in head], "projects.csv has other columns")
        check(all(any(r[i] for r in rows) for i in range(2, len(head))), "projects.csv has an empty column")
        for r in rows:
            check(len(r) == len(head) and r[0].strip() == r[0] != "" and "," not in r[0] and not re.search("[\x00-\x1f\x7f]", "".join(r)),
                  "projects.csv has a malformed row")
            gone, cost = r[1] == str(WITHDRAWN), minor(r[1], self.rules["decimals"], "a cost")
            out.append({"id": r[0], "cost": 0 if gone else cost, "withdrawn": gone, "popular": dict(zip(head, r)).get("popular") == "1"})
        return out

    def meta(self, votes):
        m, b = self.manifest, self.rules["ballot"]
        points = len(b["grades"]) - 1 if self.kind == "grades" else b["max_points"]
        scoring = "cumulative" if self.kind == "points" and b["max_sum_points"] else "scoring"
        words = {"greedy_score": "greedy", "greedy_score_no_skip": "greedy-no-skip", "greedy_score_threshold": "greedy-threshold",
                 "mes_cost": "equalshares", "mes_cost_comparison": "equalshares-comparison", "mes_cost_add1": "equalshares/add1",
                 "mes_cost_add1_overspend_comparison": "equalshares/add1-comparison"}
        budget = self.own["budget"] or self.own["seats"] * self.own["cap"]
        lot = count.Lot(self.rules, self.own, [], [])
        rows = [("description", m["title"]), ("country", m["country"]), ("unit", m["unit"]),
                ("district", clean(self.own["name"]) if len(self.rules["lots"]) > 1 else None), ("instance", m["instance"]),
                ("num_projects", len(self.projects)), ("num_votes", votes), ("budget", count.money(lot, budget)),
                ("vote_type", self.kind if self.kind in ("approval", "ordinal") else scoring), ("rule", words.get(self.rules["rule"], "unknown")),
                ("date_begin", ".".join(reversed(m["begin"].split("-")))), ("date_end", ".".join(reversed(m["end"].split("-")))),
                ("currency", clean(self.rules["currency"]) or None), ("min_length", b["min_length"] or None),
                ("max_length", self.longest() or None), ("max_points", points if points > 0 else None),
                ("max_sum_points", b["max_sum_points"] or None),
                ("min_project_score_threshold", self.rules["conventions"]["threshold"] or None)]
        return "".join(line(k, str(v)) + "\n" for k, v in rows if v is not None)

    def longest(self):
        return self.own["max_length"] or self.rules["ballot"]["max_length"]

    def ballots(self):
        """The ballots of ballots.pb, each held against the rules."""
        scored = self.kind in ("points", "grades", "amounts")
        text = self.files[self.folder + "ballots.pb"].decode()
        body = text.split("\nVOTES\n", 1)[1] if "\nVOTES\n" in text else ""
        rows = body.split("\n")[1:-1]
        head = "META\nkey;value\n" + self.meta(len(rows)) + "PROJECTS\n" + self.csv + "VOTES\nvoter_id;vote" + ";points" * scored + "\n"
        check(text == head + "".join(r + "\n" for r in rows), "ballots.pb does not say what the rules and projects.csv say")
        out, bare = [], []
        for number, row in enumerate(rows, 1):
            voter, _, ballot = row.partition(";")
            check(voter == str(number), "ballots are not numbered from 1")
            bare.append(ballot.encode())
            out.append(self.ballot(ballot, scored))
        check(bare == sorted(bare), "ballots are not sorted")
        return out

    def ballot(self, text, scored):
        fields = cells(text)
        check(len(fields) == 1 + scored and line(*fields) == text, "a malformed ballot: " + text)
        ids = fields[0].split(",") if fields[0] else []
        points = fields[1].split(",") if scored and fields[1] else [0] * (not scored and len(ids))
        check(len(points) == len(ids) == len(set(ids)) and all(i in self.index for i in ids), "an impossible ballot: " + text)
        check(all(str(int(x)) == str(x) for x in points), "impossible points: " + text)
        points = [int(x) for x in points]
        if self.kind != "ordinal":
            check(ids == sorted(ids, key=str.encode), "a ballot is not in its order: " + text)
        b, longest = self.rules["ballot"], self.longest()
        fine = not ids or len(ids) >= b["min_length"] and (not longest or len(ids) <= longest)
        fine = fine and (not b["max_points"] or max(points, default=0) <= b["max_points"])
        fine = fine and (not b["max_sum_points"] or sum(points) <= b["max_sum_points"])
        least, most = (0, len(b["grades"]) - 1) if self.kind == "grades" else (1, 1 << 30)
        fine = fine and (not scored or all(least <= x <= most for x in points))
        check(fine, "a ballot that the rules do not allow: " + text)
        return tuple(zip((self.index[i] for i in ids), points))

    def totals(self):
        rows = [cells(x) for x in self.files[self.folder + "totals.csv"].decode().split("\n")[:-1]]
        rule, kind = self.rules["rule"], self.kind
        per_cost = rule.startswith("greedy_") and not rule.startswith("greedy_score")
        utility = rule[len("greedy_"):] if per_cost else {"ordinal": "borda_city", "points": "points"}.get(kind, "card")
        head, summed = ["project_id", "votes"], utility not in ("cost", "card")
        head += ["score"] * summed + ["grade_%d" % g for g in range(len(self.rules["ballot"]["grades"]))]
        check(rows[0] == head and [r[0] for r in rows[1:]] == [p["id"] for p in self.projects], "totals.csv is not in its form")
        check(all(len(r) == len(head) and all(re.fullmatch("0|[1-9][0-9]*", x) for x in r[1:]) for r in rows[1:]), "totals.csv is malformed")
        raw = "".join(line(*r) + "\n" for r in rows)
        check(raw.encode() == self.files[self.folder + "totals.csv"], "totals.csv is not in its form")
        numbers = [[int(x) for x in r[1:]] for r in rows[1:]]
        n, blank = self.said.get("ballots", 0), self.said.get("blank", 0)
        check(all(r[0] <= n - blank for r in numbers), "more votes than ballots")
        grades = [r[1:] for r in numbers] if kind == "grades" else None
        check(not grades or all(sum(g) == r[0] for g, r in zip(grades, numbers)), "grades are not as many as votes")
        return {"n": n, "blank": blank, "votes": [r[0] for r in numbers], "score": [r[1] for r in numbers] if summed else None, "grades": grades}

    def check(self, claimed):
        how, says = self.said["published"], self.rules["publish"]
        check(self.said["id"] == self.own["id"] == claimed["lot"], "a lot has another name")
        lot = None
        if how == "ballots":
            lot = count.Lot(self.rules, self.own, self.projects, self.ballots())
            check((self.said.get("ballots", 0), self.said.get("blank", 0)) == (lot.n, lot.blank), "the numbers of ballots differ")
        elif how == "totals":
            lot = count.Lot(self.rules, self.own, self.projects, [], self.totals())
        if lot:
            allowed = "ballots" if says["ballots"] and lot.n >= 100 else "totals" if (says["ballots"] or says["totals"]) and lot.n >= 20 else "winners"
            check(how == allowed, "more, or less, is published than the rules and the number of ballots allow")
        if lot and (how == "ballots" or count.from_totals(self.rules["rule"])):
            self.same(claimed, {"lot": self.own["id"]} | count.result(lot))
            return "%s: %d ballots counted again (%s)" % (self.own["id"], lot.n, how)
        self.plausible(claimed, lot)
        return "%s: not counted again (%s)" % (self.own["id"], how)

    def same(self, claimed, found):
        for key in sorted(set(claimed) | set(found)):
            check(claimed.get(key) == found.get(key), "%s: the count gives %r, not %r" % (key, found.get(key), claimed.get(key)))

    def plausible(self, claimed, lot):
        won = claimed["winners"]
        check(claimed["rule"] == self.rules["rule"] and len(set(won)) == len(won), "an impossible result")
        check(all(w in self.index and not self.projects[self.index[w]]["withdrawn"] for w in won), "a winner that cannot win")
        spent, bare = sum(self.projects[self.index[w]]["cost"] for w in won), count.Lot(self.rules, self.own, self.projects, [])
        dollars = self.rules["rule"] == "per_dollar"
        check(not bare.budget or spent <= bare.budget or dollars, "the winners cost more than the envelope")
        check(not bare.seats or len(won) <= bare.seats, "more winners than seats")
        if lot:
            check(claimed.get("voters") == lot.n and (dollars or claimed.get("total_cost") == count.money(bare, spent)), "the result does not agree with itself")
            check("voters_without_winner" not in claimed, "too much is published")
        else:
            check(list(claimed) == ["lot", "rule", "winners"] and list(self.said) == ["id", "published"], "too much is published")


def clean(text):
    return re.sub("[\x00-\x1f\x7f]", " ", text)


# The acts.
def in_force(acts):
    """The last act of each kind; a second one corrects the first, and nothing comes after what follows it."""
    last = {}
    for leaf, act in acts:
        verb = act["verb"]
        if verb in last and verb != WITHDRAW:
            check(act.get("corrects") == last[verb]["id"], "a second act %s (leaf %d) does not correct the first" % (verb, leaf))
        check(not (verb == FREEZE and (SEAL in last or PUBLISH in last)), "rules frozen too late (leaf %d)" % leaf)
        check(not (verb == SEAL and PUBLISH in last), "ballots sealed too late (leaf %d)" % leaf)
        last[verb] = act
    return last


def binds(act, arg, digest, what):
    check(act is None or act.get("args", {}).get(arg) == digest, "%s is not what the act %s binds" % (what, act and act["verb"]))


def election(folder, name, acts):
    last = in_force(acts)
    check(FREEZE in last, "the rules were never frozen")
    if WITHDRAW in last and not (folder / "manifest.json").exists():
        return "%s: withdrawn" % name
    raw = (folder / "manifest.json").read_bytes()
    binds(last[PUBLISH], "manifest", sha(raw), "manifest.json")
    m = read_json(raw, "manifest.json", ["format", "id", "title", "country", "unit", "instance", "begin", "end", "engine", "sealed", "lots", "files"])
    check(m["format"] == "parvis-election/1" and m["id"] == name, "the manifest is of another election")
    check(not m["sealed"] or SEAL in last, "the ballots were never sealed")
    want = ["rules.toml"]
    for n, lot in enumerate(m["lots"], 1):
        check(list(lot) == [k for k in ("id", "published", "ballots", "blank") if lot.get(k)], "a lot is malformed")
        want += ["lots/%d/projects.csv" % n] + ["lots/%d/%s" % (n, {"ballots": "ballots.pb", "totals": "totals.csv"}[lot["published"]])
                                                for _ in [0] if lot["published"] != "winners"]
    check([f["name"] for f in m["files"]] == want + ["result.json"], "the manifest does not name the right files")
    files = {}
    for f in m["files"]:
        check(list(f) == ["name", "size", "sha256"], "a file is malformed")
        files[f["name"]] = raw = (folder / f["name"]).read_bytes()
        check(len(raw) == f["size"] and sha(raw) == f["sha256"], f["name"] + " is not the file that the manifest names")
    binds(last[FREEZE], "rules", sha(files["rules.toml"]), "rules.toml")
    binds(last[FREEZE], "projects", sums(f for f in m["files"] if f["name"].endswith("projects.csv")), "projects.csv")
    binds(last.get(SEAL), "ballots", sums(f for f in m["files"] if f["name"].endswith(("ballots.pb", "totals.csv"))), "ballots.pb")
    rules = read_rules(files["rules.toml"])
    result = read_json(files["result.json"], "result.json", ["format", "election", "rules_sha256", "lots"])
    check(result["format"] == "parvis-result/1" and result["election"] == name and result["rules_sha256"] == sha(files["rules.toml"]),
          "the result is of another election")
    check(len(rules["lots"]) == len(m["lots"]) == len(result["lots"]), "the lots are not as many everywhere")
    told = [OneLot(m, rules, n, files).check(claimed) for n, claimed in enumerate(result["lots"], 1)]
    return "%s: %s" % (name, "; ".join(told))


def main():
    args, asked = sys.argv[1:], None
    if "--election" in args:
        at = args.index("--election")
        asked = args[at + 1]
        del args[at:at + 2]
    rest, kept, witnesses = options(args)
    site = pathlib.Path(rest[0])
    log = next((f for f in (site / "log", site / "journal") if f.is_dir()), site / "log")
    acts, summary = verify(log, rest[1] if len(rest) > 1 else None, kept, witnesses)
    print("log accepted: " + summary)
    about = {}
    for leaf, act in acts:
        if act["what"].get("type") == "election" and act["verb"] in (FREEZE, SEAL, PUBLISH, WITHDRAW):
            about.setdefault(act["what"]["id"], []).append((leaf, act))
    if asked:
        about = {asked: about.get(asked, [])}
    for name, list_of_acts in about.items():
        published = any(act["verb"] == PUBLISH for _, act in list_of_acts)
        check(published or not asked, "no act publishes the election")
        if published:
            check(re.fullmatch("[0-9A-Za-z](-?[0-9A-Za-z]+)*", name), "an unsafe name")
            print("accepted: " + election(site / "elections" / name, name, list_of_acts))


if __name__ == "__main__":
    try:
        main()
    except (ValueError, KeyError, IndexError, TypeError, OSError) as problem:
        sys.exit("refused: malformed: %r" % problem)
