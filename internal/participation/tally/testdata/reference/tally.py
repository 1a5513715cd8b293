"""Slow reference for the rules of package tally, written from their definitions alone.

Reads one election per line (JSON) and writes its result per line. Python 3, standard library only.
Everything is a Fraction or an int; ballots are counted one by one; nothing is shared with the engine.

Input:  {"rule", "kind", "budget", "unit", "max_length", "threshold", "min_votes", "cost_bar",
         "seats", "stop", "reserve", "grades", "fill", "order": [ids] or null,
         "projects": [{"id", "cost", "popular", "withdrawn"}], "ballots": [[[project index, points], ...], ...]}
Output: {"winners": [ids], "funded": {id: amount}, "partial": id or null, "ranks": {id: rank}}
"""
import json
import sys
from fractions import Fraction


class Lot:
    def __init__(self, d):
        self.__dict__.update(d)
        self.P = range(len(self.projects))
        self.n = len(self.ballots)
        self.cost = [p["cost"] for p in self.projects]
        ids = [p["id"] for p in self.projects]
        frozen = self.order if self.order else sorted(ids, key=lambda s: s.encode())
        self.place = [frozen.index(i) for i in ids]
        if self.kind in ("points", "amounts"):
            self.ballots = [[(p, x) for p, x in b if x > 0] for b in self.ballots]
        self.votes = [sum(1 for b in self.ballots for q, _ in b if q == p) for p in self.P]
        self.open = [p for p in self.P if self.eligible(p)]

    def eligible(self, p):
        if self.projects[p]["withdrawn"] or self.votes[p] < self.min_votes:
            return False
        if not self.cost_bar:
            return True
        if self.n == 0:
            return True
        return Fraction(self.votes[p], self.n) >= Fraction(self.cost[p], self.cost_bar * self.budget)

    def tie(self, p):
        """Sort key of ties: lowest cost, most votes (grades are no votes), frozen order."""
        return (self.cost[p], 0 if self.kind == "grades" else -self.votes[p], self.place[p])

    def utility(self, name, ballot, i):
        p, points = ballot[i]
        if name == "cost":
            return self.cost[p]
        if name == "card":
            return 1
        if name == "points":
            return points
        if name == "borda":
            return len(ballot) - (i + 1)
        if name == "borda_city":
            return max(0, self.max_length - (i + 1) + 1)
        raise ValueError(name)

    def scores(self, name):
        total = [0] * len(self.projects)
        for b in self.ballots:
            for i, (p, _) in enumerate(b):
                total[p] += self.utility(name, b, i)
        return total

    def score(self):
        return self.scores({"ordinal": "borda_city", "points": "points"}.get(self.kind, "card"))


INF = (1, 0)


def per_cost(score, cost):
    """Utility per cost, as a sort key: no utility is last, no cost is first."""
    if score == 0:
        return (-1, 0)
    if cost == 0:
        return INF
    return (0, Fraction(score, cost))


def by(lot, key, among):
    """Projects by descending key, ties broken."""
    return sorted(sorted(among, key=lot.tie), key=key, reverse=True)


def award(lot, order, stop):
    left = lot.budget if lot.budget else None
    seats = lot.seats if lot.seats else None
    taken, spent_popular = [], 0

    def fits(p):
        return left is None or lot.cost[p] <= left

    if lot.reserve:
        for p in order:
            if seats == 0 or spent_popular >= lot.reserve:
                break
            if not lot.projects[p]["popular"]:
                continue
            if not fits(p):
                if stop:
                    break
                continue
            taken.append(p)
            spent_popular += lot.cost[p]
            left = None if left is None else left - lot.cost[p]
            seats = None if seats is None else seats - 1
    for p in order:
        if seats == 0:
            break
        if p in taken:
            continue
        if not fits(p):
            if stop:
                break
            continue
        taken.append(p)
        left = None if left is None else left - lot.cost[p]
        seats = None if seats is None else seats - 1
    return taken


def greedy(lot, rule):
    among = lot.open
    if rule == "greedy_score_threshold":
        s = lot.score()
        among = [p for p in among if s[p] >= lot.threshold]
    if rule.startswith("greedy_score"):
        s = lot.score()
        order = by(lot, lambda p: s[p], among)
    elif rule == "greedy_cost":  # cost utility per cost: votes
        order = by(lot, lambda p: lot.votes[p], among)
    else:
        s = lot.scores(rule[len("greedy_"):])
        order = by(lot, lambda p: per_cost(s[p], lot.cost[p]), among)
    return award(lot, order, rule.endswith("no_skip") or lot.stop)


def equal_shares(lot, name, endowment):
    """One outcome of the Method of Equal Shares."""
    money = [endowment] * lot.n
    util = [{} for _ in range(lot.n)]
    for v, b in enumerate(lot.ballots):
        for i, (p, _) in enumerate(b):
            util[v][p] = lot.utility(name, b, i)
            if name == "cost" and lot.cost[p] == 0:
                util[v][p] = 1  # a free project has a price of 0 whatever it is worth
    left = [p for p in lot.open if any(util[v].get(p, 0) > 0 for v in range(lot.n))]
    bought = []
    while True:
        best, tied = None, []
        for p in left:
            rho = price(lot.cost[p], [(money[v], util[v][p]) for v in range(lot.n) if util[v].get(p, 0) > 0])
            if rho is None:
                continue
            if best is None or rho < best:
                best, tied = rho, [p]
            elif rho == best:
                tied.append(p)
        if not tied:
            return bought
        p = min(tied, key=lot.tie)
        for v in range(lot.n):
            if util[v].get(p, 0) > 0:
                money[v] -= min(money[v], best * util[v][p])
        bought.append(p)
        left.remove(p)


def price(cost, supporters):
    """The smallest rho with sum of min(money, rho * utility) = cost, or None."""
    if sum(m for m, _ in supporters) < cost:
        return None
    if cost == 0:
        return Fraction(0)
    supporters = sorted(supporters, key=lambda s: Fraction(s[0]) / s[1])
    paid, weight = Fraction(0), sum(u for _, u in supporters)
    for m, u in supporters:
        rho = (cost - paid) / weight
        if rho * u <= m:
            return rho
        paid += m
        weight -= u
    return None


def mes(lot, rule):
    parts = rule[len("mes_"):]
    compare = parts.endswith("_comparison")
    parts = parts.removesuffix("_comparison").replace("add1u", "add1_util")
    completion = ""
    for c in ("_util", "_votes"):
        if parts.endswith(c):
            completion, parts = c, parts.removesuffix(c)
    variant = ""
    for v in ("_add1_overspend", "_add1_integral", "_add1"):
        if parts.endswith(v):
            variant, parts = v, parts.removesuffix(v)
            break
    chosen = raised(lot, parts, variant) if lot.n else []
    if completion:
        s = lot.votes if completion == "_votes" or parts == "cost" else lot.scores(parts)
        rest = [p for p in lot.open if p not in chosen]
        if completion == "_votes" or parts == "cost":
            order = by(lot, lambda p: s[p], rest)
        else:
            order = by(lot, lambda p: per_cost(s[p], lot.cost[p]), rest)
        left = lot.budget - sum(lot.cost[p] for p in chosen)
        for p in order:
            if lot.cost[p] <= left:
                left -= lot.cost[p]
                chosen = chosen + [p]
    if compare:
        other = greedy(lot, "greedy_score")
        plus = minus = 0
        for b in lot.ballots:
            a, c = sum(p in chosen for p, _ in b), sum(p in other for p, _ in b)
            plus, minus = plus + (a > c), minus + (c > a)
        if minus > plus:
            chosen = other
    return chosen


def raised(lot, name, variant):
    share = Fraction(lot.budget, lot.n)
    if variant == "":
        return equal_shares(lot, name, share)
    wanted = [p for p in lot.open if any(q == p and lot.utility(name, b, i) > 0 or q == p and lot.cost[p] == 0 and name == "cost"
                                         for b in lot.ballots for i, (q, _) in enumerate(b))]
    if variant == "_add1_overspend" and sum(lot.cost[p] for p in wanted) <= lot.budget:
        return equal_shares(lot, name, share)
    if variant == "_add1_integral":
        share = Fraction(lot.budget // (lot.n * lot.unit) * lot.unit)
    k, last = 0, None
    while True:
        now = equal_shares(lot, name, share + k * lot.unit)
        spent = sum(lot.cost[p] for p in now)
        if spent > lot.budget:
            return last
        if variant != "_add1_overspend":
            if not any(p not in now and spent + lot.cost[p] <= lot.budget for p in wanted):
                return now
        k, last = k + 1, now


def phragmen(lot):
    load = [Fraction(0)] * lot.n
    names = [set(p for p, _ in b) for b in lot.ballots]
    left = [p for p in lot.open if lot.cost[p] <= lot.budget and lot.votes[p] > 0]
    bought, money = [], lot.budget
    while left:
        new = {}
        for p in left:
            who = [v for v in range(lot.n) if p in names[v]]
            new[p] = (sum(load[v] for v in who) + lot.cost[p]) / Fraction(len(who))
        least = min(new.values())
        tied = [p for p in left if new[p] == least]
        if any(lot.cost[p] > money for p in tied):
            break
        p = min(tied, key=lot.tie)
        for v in range(lot.n):
            if p in names[v]:
                load[v] = least
        money -= lot.cost[p]
        bought.append(p)
        left.remove(p)
    return bought


def per_dollar(lot):
    """Every unit of money of a project is a candidate; here really one by one, for small budgets."""
    chunks = []
    for p in lot.open:
        given = sorted(lot.cost[p] if lot.kind == "approval" else x for b in lot.ballots for q, x in b if q == p)
        start = 0
        for amount in sorted(set(given)):
            chunks.append((p, amount - start, sum(1 for x in given if x >= amount)))
            start = amount
    funded, partial, left, whole = [0] * len(lot.projects), None, lot.budget, []
    for votes in sorted(set(c[2] for c in chunks), reverse=True):
        level = sorted((c for c in chunks if c[2] == votes), key=lambda c: lot.tie(c[0]))
        if sum(c[1] for c in level) > left:
            level.sort(key=lambda c: (c[1], lot.tie(c[0])))
        stop = False
        for p, size, _ in level:
            if size <= left:
                funded[p] += size
                left -= size
                if p not in whole:
                    whole.append(p)
            else:
                funded[p] += left
                partial = p if left else None
                left, stop = 0, True
                break
        if stop or left == 0:
            break
    return whole, funded, partial


def majority(lot):
    filled = [b for b in lot.ballots if b]
    values = {}
    for p in lot.P:
        if lot.projects[p]["withdrawn"]:
            continue
        grades = sorted(g for b in filled for q, g in b if q == p)
        missing = len(filled) - len(grades)
        fill = grades[(len(grades) - 1) // 2] if lot.fill == "median" and grades else 0
        grades = sorted(grades + [fill] * missing)
        value = []
        while grades:
            value.append(grades.pop((len(grades) - 1) // 2))
        values[p] = value
    order = by(lot, lambda p: values[p], lot.open)
    ranks = {lot.projects[p]["id"]: 1 + sum(values[q] > values[p] for q in lot.open) for p in lot.open}
    return award(lot, order, lot.stop), ranks


def result(d):
    lot = Lot(d)
    out = {"funded": {}, "partial": None, "ranks": {}}
    if lot.rule.startswith("greedy"):
        w = greedy(lot, lot.rule)
    elif lot.rule.startswith("mes"):
        w = mes(lot, lot.rule)
    elif lot.rule == "phragmen":
        w = phragmen(lot)
    elif lot.rule == "per_dollar":
        w, funded, partial = per_dollar(lot)
        out["funded"] = {lot.projects[p]["id"]: x for p, x in enumerate(funded) if x}
        out["partial"] = None if partial is None else lot.projects[partial]["id"]
    else:
        w, out["ranks"] = majority(lot)
    out["winners"] = [lot.projects[p]["id"] for p in w]
    return out


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(result(json.loads(line))), flush=True)
