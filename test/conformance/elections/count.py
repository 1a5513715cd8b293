"""Count one lot by any rule, written from docs/verify.md alone. Python 3, standard library only.

Everything is a whole number or a Fraction. Balances of Equal Shares and loads of Phragmen are whole
numbers over one common denominator; a float only chooses which exact comparisons are worth making.
"""
import heapq
from fractions import Fraction
from functools import cmp_to_key, reduce
from math import gcd, lcm


class Lot:
    """projects: dicts with id, cost (minor units), withdrawn, popular. ballots: tuples of (index, points)."""

    def __init__(self, rules, own, projects, ballots, totals=None):
        self.rule, self.kind, self.projects = rules["rule"], rules["ballot"]["kind"], projects
        self.unit = 10 ** rules["decimals"]
        self.budget, self.seats, self.cap, self.reserve = own["budget"], own["seats"], own["cap"], own["reserve"]
        self.longest = own["max_length"] or rules["ballot"]["max_length"] or len(projects)
        c = rules["conventions"]
        self.min_votes, self.bar, self.threshold = c["min_votes"], c["cost_bar"], c["threshold"]
        self.missing, self.stop, self.grades = c["missing"], c["fit"] == "stop", len(rules["ballot"]["grades"])
        self.totals = totals
        groups = {}
        for b in ballots:
            groups[b] = groups.get(b, 0) + 1
        self.groups = list(groups.items())
        self.n = totals["n"] if totals else len(ballots)
        self.blank = totals["blank"] if totals else groups.get((), 0)
        self.cost = [p["cost"] for p in projects]
        self.votes = totals["votes"] if totals else [0] * len(projects)
        for b, times in self.groups:
            for p, _ in b:
                self.votes[p] += times
        ids = [p["id"] for p in projects]
        place = {name: i for i, name in enumerate(c["order"] or sorted(ids, key=str.encode))}
        self.place = [place[name] for name in ids]
        self.open = [p for p in range(len(projects)) if self.eligible(p)]

    def eligible(self, p):
        if self.projects[p]["withdrawn"] or self.votes[p] < self.min_votes or 0 < self.cap < self.cost[p]:
            return False
        return not self.bar or self.votes[p] * self.bar * self.budget >= self.cost[p] * self.n

    def tie(self, p):
        return self.cost[p], self.tie_votes(p), self.place[p]

    def tie_votes(self, p):
        return 0 if self.kind == "grades" else -self.votes[p]

    def told(self, tied):
        """How a tie is reported."""
        first, by = min(tied, key=self.tie), "cost"
        for p in tied:
            if p != first and self.cost[p] == self.cost[first]:
                if self.tie_votes(p) == self.tie_votes(first):
                    by = "order"
                    break
                by = "votes"
        names = sorted((self.projects[p]["id"] for p in tied), key=str.encode)
        return {"projects": names, "first": self.projects[first]["id"], "by": by}

    def weight(self, utility, ballot, i):
        if utility == "points":
            return ballot[i][1]
        if utility == "borda":
            return len(ballot) - 1 - i
        if utility == "borda_city":
            return max(0, self.longest - i)
        return 1  # cost (a factor that all supporters share) and card

    def sums(self, utility):
        if utility in ("cost", "card"):
            return self.votes
        if self.totals:
            return self.totals["score"]
        total = [0] * len(self.projects)
        for b, times in self.groups:
            for i, (p, _) in enumerate(b):
                total[p] += times * self.weight(utility, b, i)
        return total

    def score(self):
        return self.sums({"ordinal": "borda_city", "points": "points"}.get(self.kind, "card"))

    def ranking(self, key, among, ties):
        order = sorted(sorted(among, key=self.tie), key=key, reverse=True)
        i = 0
        while i < len(order):
            j = i
            while j < len(order) and key(order[j]) == key(order[i]):
                j += 1
            if j > i + 1:
                ties.append(self.told(order[i:j]))
            i = j
        return order

    def per_cost(self, utility):
        if utility == "cost":
            return lambda p: self.votes[p]
        total = self.sums(utility)

        def key(p):
            if total[p] == 0:
                return -1, Fraction(0)
            return (1, Fraction(0)) if self.cost[p] == 0 else (0, Fraction(total[p], self.cost[p]))
        return key


def walk(lot, order, stop, left, seats, may, taken):
    """One pass over a ranking; left and seats are None without a limit. Gives what is left of both."""
    for p in order:
        if p in taken or not may(p, taken):
            continue
        if seats == 0:
            break
        if left is not None and lot.cost[p] > left:
            if stop:
                break
            continue
        taken.append(p)
        left = None if left is None else left - lot.cost[p]
        seats = None if seats is None else seats - 1
    return left, seats


def award(lot, order, stop):
    taken, left, seats = [], lot.budget or None, lot.seats or None
    if lot.reserve:
        def popular(p, so_far):
            return lot.projects[p]["popular"] and sum(lot.cost[q] for q in so_far) < lot.reserve
        left, seats = walk(lot, order, stop, left, seats, popular, taken)
    walk(lot, order, stop, left, seats, lambda p, _: True, taken)
    return taken


def greedy(lot, rule, ties):
    score, among = None, lot.open
    if rule.startswith("greedy_score"):
        score = lot.score()
        if rule.endswith("_threshold"):
            among = [p for p in among if score[p] >= lot.threshold]
        key = score.__getitem__
    else:
        key = lot.per_cost(rule[len("greedy_"):])
    return award(lot, lot.ranking(key, among, ties), lot.stop or rule.endswith("_no_skip"))


class Market:
    """Equal Shares with one utility."""

    def __init__(self, lot, utility):
        self.lot, self.utility, self.supporters, may_win = lot, utility, {}, set(lot.open)
        for g, (b, times) in enumerate(lot.groups):
            for i, (p, _) in enumerate(b):
                w = lot.weight(utility, b, i)
                if w > 0 and p in may_win:
                    self.supporters.setdefault(p, []).append((g, times, w))
        self.common = {p: reduce(lcm, {w for _, _, w in s}) for p, s in self.supporters.items()}

    def price(self, p):
        """rho as a fraction (num, den), unreduced; None if the supporters cannot pay."""
        cost, share = self.lot.cost[p] * self.den, self.common[p]
        money = self.money
        who = [(money[g] * (share // w), money[g] * t, t * w) for g, t, w in self.supporters[p] if money[g]]
        if sum(m for _, m, _ in who) < cost:
            return None
        who.sort()
        weight, owed = sum(w for _, _, w in who), cost
        for each, all_of_it, w in who:
            if owed * share <= each * weight:  # owed / weight <= money / w
                return owed, weight * self.den
            owed -= all_of_it
            weight -= w
        return None

    def key(self, p, price):
        """The price per utility: with cost utilities it is divided by the cost."""
        num, den = price
        return (num, den * self.lot.cost[p]) if self.utility == "cost" else (num, den)

    def play(self, start, most):
        """One outcome; it stops once more than most is spent. Gives winners in order, money spent, ties."""
        lot = self.lot
        self.den, self.money = start.denominator, [start.numerator] * len(lot.groups)
        bought = sorted((p for p in self.supporters if lot.cost[p] == 0), key=lot.tie)
        spent, ties, queue = 0, [], []
        for p in self.supporters:
            if lot.cost[p] > 0:
                heapq.heappush(queue, (0.0, p))
        while spent <= most:
            best, tied, aside, limit = None, [], [], float("inf")
            while queue and queue[0][0] * (1 - 1e-9) <= limit:  # prices only rise: an old one is a lower bound
                _, p = heapq.heappop(queue)
                price = self.price(p)
                if price is None:
                    continue
                num, den = self.key(p, price)
                near = num / den
                aside.append((near, p))
                limit = min(limit, near * (1 + 1e-9))
                if best is None or num * best[1] < best[0] * den:
                    best, tied = (num, den), [p]
                elif num * best[1] == best[0] * den:
                    tied.append(p)
            if not tied:
                break
            if len(tied) > 1:
                ties.append(lot.told(tied))
            p = min(tied, key=lot.tie)
            self.pay(p, best)
            bought.append(p)
            spent += lot.cost[p]
            for entry in aside:
                if entry[1] != p:
                    heapq.heappush(queue, entry)
        return bought, spent, ties

    def pay(self, p, key):
        num, den = (key[0] * self.lot.cost[p], key[1]) if self.utility == "cost" else key
        common = gcd(num, den)
        num, den = num // common, den // common
        grown = lcm(self.den, den)
        factor, each = grown // self.den, num * (grown // den)
        if factor > 1:
            self.money = [m * factor for m in self.money]
        self.den, money = grown, self.money
        for g, _, w in self.supporters[p]:
            money[g] = max(0, money[g] - each * w)

    def raised(self, variant):
        """The outcome of a variant: winners, ties, endowment, k."""
        lot = self.lot
        share = Fraction(lot.budget, lot.n)
        unlimited = 1 << 80
        if variant == "_add1_integral":
            share = Fraction(lot.budget // (lot.n * lot.unit) * lot.unit)
        if variant == "" or variant == "_add1_overspend" and sum(lot.cost[p] for p in self.supporters) <= lot.budget:
            won, _, ties = self.play(share, unlimited)
            return won, ties, share, 0
        k, last = 0, None
        while True:
            now, spent, ties = self.play(share + k * lot.unit, lot.budget)
            if spent > lot.budget:
                won, ties, k = last if last else (now, ties, 0)
                return won, ties, share + k * lot.unit, k
            left = lot.budget - spent
            if variant != "_add1_overspend" and not any(lot.cost[p] <= left for p in self.supporters if p not in now):
                return now, ties, share + k * lot.unit, k
            last = now, ties, k
            k += 1


def equal_shares(lot, rule, out):
    name, _, compare = rule[len("mes_"):].partition("_comparison")
    compare = rule.endswith("_comparison")
    name, completion = name.replace("add1u", "add1_util"), ""
    for suffix in ("_util", "_votes"):
        if name.endswith(suffix):
            name, completion = name[:-len(suffix)], suffix
    variant = next((v for v in ("_add1_overspend", "_add1_integral", "_add1") if name.endswith(v)), "")
    utility = name[:len(name) - len(variant)]
    won, ties, endowment, k = [], [], Fraction(0), 0
    if lot.n:
        won, ties, endowment, k = Market(lot, utility).raised(variant)
    out["endowment"], out["raises"] = str(endowment / lot.unit), k
    chosen, ties = list(won), list(ties)
    if completion:
        key = lot.per_cost("cost" if completion == "_votes" else utility)
        order = lot.ranking(key, [p for p in lot.open if p not in won], ties)
        walk(lot, order, False, lot.budget - sum(lot.cost[p] for p in won), None, lambda p, _: True, chosen)
    out["completed"], out["ties"] = chosen[len(won):], ties
    if compare:
        other_ties = []
        other = greedy(lot, "greedy_score", other_ties)
        mine, theirs, more, less, same = set(chosen), set(other), 0, 0, 0
        for b, times in lot.groups:
            a, c = sum(p in mine for p, _ in b), sum(p in theirs for p, _ in b)
            more, less, same = more + times * (a > c), less + times * (a < c), same + times * (a == c)
        out["comparison"] = {"prefer_equal_shares": more, "prefer_greedy": less, "indifferent": same, "equal_shares_kept": less <= more}
        if less > more:
            chosen, out["completed"], out["ties"] = other, [], other_ties
    return chosen


def phragmen(lot, ties):
    named = {p: [] for p in lot.open if lot.cost[p] <= lot.budget and lot.votes[p] > 0}
    for g, (b, times) in enumerate(lot.groups):
        for p, _ in b:
            if p in named:
                named[p].append((g, times))
    load, den, left, won = [0] * len(lot.groups), 1, lot.budget, []
    while named:
        new = {p: (sum(load[g] * t for g, t in who) + lot.cost[p] * den, lot.votes[p]) for p, who in named.items()}
        least = min(new.values(), key=cmp_to_key(lambda a, b: a[0] * b[1] - b[0] * a[1]))
        tied = [p for p, x in new.items() if x[0] * least[1] == least[0] * x[1]]
        if any(lot.cost[p] > left for p in tied):
            break
        if len(tied) > 1:
            ties.append(lot.told(tied))
        p = min(tied, key=lot.tie)
        common = gcd(least[0], least[1])
        num, factor = least[0] // common, least[1] // common
        load, den = [x * factor for x in load], den * factor
        for g, _ in named.pop(p):
            load[g] = num
        left -= lot.cost[p]
        won.append(p)
    return won


def per_dollar(lot, out):
    chunks = []
    for p in lot.open:
        by, votes, start = {}, lot.votes[p], 0
        for b, times in lot.groups:
            for q, x in b:
                if q == p:
                    x = lot.cost[p] if lot.kind == "approval" else x
                    by[x] = by.get(x, 0) + times
        for x in sorted(by):
            chunks.append((p, x - start, votes))
            votes, start = votes - by[x], x
    funded, left, won, ended = {}, lot.budget, [], False
    for votes in sorted({c[2] for c in chunks}, reverse=True):
        level = sorted((c for c in chunks if c[2] == votes), key=lambda c: lot.tie(c[0]))
        if sum(c[1] for c in level) > left:
            level.sort(key=lambda c: c[1])
            for size in sorted({c[1] for c in level}):
                same = [c[0] for c in level if c[1] == size]
                if len(same) > 1:
                    out["ties"].append(lot.told(same))
        for p, size, _ in level:
            given = min(size, left)
            if given:
                funded[p] = funded.get(p, 0) + given
            left -= given
            if given < size:
                ended = True
                break
            if p not in won:
                won.append(p)
        if ended or left == 0:
            break
    out["funded"] = funded
    return won


def majority(lot, out):
    if lot.totals:
        given = [list(g) for g in lot.totals["grades"]]
    else:
        given = [[0] * lot.grades for _ in lot.projects]
        for b, times in lot.groups:
            for p, x in b:
                given[p][x] += times
    judges = lot.n - lot.blank
    for p, g in enumerate(given):
        lacking = judges - sum(g)
        if lacking and not lot.projects[p]["withdrawn"]:
            if lot.missing == "refused":
                raise ValueError("unequal numbers of grades")
            g[middle(g) if lot.missing == "median" and sum(g) else 0] += lacking
    value = {p: majority_value(given[p]) for p in lot.open}
    order = lot.ranking(value.__getitem__, lot.open, out["ties"])
    ranks = {}
    for i, p in enumerate(order):
        ranks[p] = ranks[order[i - 1]] if i and value[order[i - 1]] == value[p] else i + 1
    out["ranks"] = ranks
    return award(lot, order, lot.stop)


def middle(grades):
    at = (sum(grades) - 1) // 2
    for grade, times in enumerate(grades):
        if at < times:
            return grade
        at -= times


def majority_value(grades):
    """The grades in the order in which lower medians are taken away, so that values compare as lists do.

    Taking lower medians walks outwards from the middle: for N grades sorted, place (N-1)//2 first; then, N being
    even, one above and one below in turn, N being odd, one below and one above."""
    row = [g for g, times in enumerate(grades) for _ in range(times)]
    n = len(row)
    if n == 0:
        return []
    low, high = (n - 1) // 2, (n - 1) // 2 + 1
    out, rest = [row[low]], n - 1
    low -= 1
    while rest:
        if rest % 2:
            out.append(row[high])
            high += 1
        else:
            out.append(row[low])
            low -= 1
        rest -= 1
    return out


def money(lot, minor):
    whole, rest = divmod(minor, lot.unit)
    if not rest:
        return str(whole)
    return "%d.%s" % (whole, str(lot.unit + rest)[1:].rstrip("0"))


def ejr_plus(lot, won):
    """Projects that break EJR+ with cost utilities."""
    if lot.kind == "grades" or not lot.budget:
        return []
    worth, support = [], {}
    for g, (b, _) in enumerate(lot.groups):
        worth.append(sum(lot.cost[p] for p, _ in b if p in won))
        for p, _ in b:
            if p not in won:
                support.setdefault(p, []).append(g)
    broken = []
    for p in range(len(lot.projects)):
        k = 0
        for g in sorted(support.get(p, []), key=worth.__getitem__):
            k += lot.groups[g][1]
            if not lot.projects[p]["withdrawn"] and (worth[g] + lot.cost[p]) * lot.n <= k * lot.budget:
                broken.append(p)
                break
    return broken


def from_totals(rule):
    """Whether totals are enough for a rule."""
    return rule.startswith("greedy") or rule == "majority_judgment"


def result(lot):
    """What result.json says of the lot, without its name."""
    out = {"ties": []}
    if lot.rule.startswith("greedy"):
        won = greedy(lot, lot.rule, out["ties"])
    elif lot.rule.startswith("mes"):
        won = equal_shares(lot, lot.rule, out)
    elif lot.rule == "phragmen":
        won = phragmen(lot, out["ties"])
    elif lot.rule == "per_dollar":
        won = per_dollar(lot, out)
    else:
        won = majority(lot, out)

    def ids(projects):
        return [lot.projects[p]["id"] for p in projects]
    spent = sum(out["funded"].values()) if "funded" in out else sum(lot.cost[p] for p in won)
    told = {"rule": lot.rule, "winners": ids(won), "total_cost": money(lot, spent), "budget": money(lot, lot.budget) if lot.budget else "",
            "voters": lot.n, "completed": ids(out.get("completed", [])), "endowment": out.get("endowment", ""), "raises": out.get("raises", 0),
            "comparison": out.get("comparison"), "ranks": {lot.projects[p]["id"]: r for p, r in out.get("ranks", {}).items()},
            "funded": {lot.projects[p]["id"]: money(lot, x) for p, x in out.get("funded", {}).items()}, "ties": out["ties"]}
    told = {key: value for key, value in told.items() if value or key == "winners"}
    if not lot.totals:
        chosen = set(won)
        told["voters_without_winner"] = sum(times for b, times in lot.groups if not any(p in chosen for p, _ in b))
        if broken := ejr_plus(lot, chosen):
            told["ejr_plus_violations"] = ids(broken)
    return told
