"""Checks results of `anzhi solve` by another program: python3 check_certificate.py OUT...

Reads tables, plan and prices of each folder (docs/bare.md) and judges them by the inequality of
matcher/src/certificate.rs, in whole numbers of any size; needs nothing but Python. Prints a line a folder, and ends
with 1 if any is refused. Which of several optimal plans the lottery picks is not checked here.
"""

import csv
import hashlib
import json
import struct
import sys
from pathlib import Path

LEVELS = ["reserved", *(f"tier_{tier}" for tier in range(1, 9)), "score", "kept"]
ZERO = (0,) * len(LEVELS)


class Refused(Exception):
    pass


def need(holds, why):
    if not holds:
        raise Refused(why)


def unit(name):
    return tuple(int(level == name) for level in LEVELS)


def plus(one, other, times=1):
    return tuple(a + b * times for a, b in zip(one, other))


def rows(folder, name, optional=False):
    if optional and not (folder / name).exists():
        return []
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def numbered(ids):
    """The row of each id, in order of its bytes."""
    ids = sorted(ids)
    need(len(set(ids)) == len(ids), "an id comes twice")
    return {name: row for row, name in enumerate(ids)}


class Instance:
    def __init__(self, folder, asked):
        people = sorted(rows(folder, "candidates.csv"), key=lambda row: row["id"])
        openings = sorted(rows(folder, "openings.csv"), key=lambda row: row["id"])
        self.people = numbered(row["id"] for row in people)
        self.openings = numbered(row["id"] for row in openings)
        self.seats = [int(row["seats"]) for row in openings]
        self.tier = [int(row["tier"]) for row in people]
        self.households = numbered({row["household"] for row in people} - {""})
        self.household = [self.households.get(row["household"]) for row in people]
        self.cap = asked["household_cap"]
        kinds = [set(row["kinds"].split(";")) - {""} for row in people]
        names = numbered(set().union(*kinds))
        self.kinds = [[row for row, own in enumerate(kinds) if name in own] for name in names]
        lot = [hashlib.sha256(f"{asked['seed'] or ''}\n{name}".encode()).digest() for name in self.people]
        self.lots = [0] * len(lot)
        for place, row in enumerate(sorted(range(len(lot)), key=lambda row: (lot[row], row))):
            self.lots[row] = place
        orders = [(row["order"], self.place(row)) for row in rows(folder, "orders.csv", True)]
        need({order for order, _ in orders} <= {"pin", "forbid"}, "an unknown order")
        self.pins = sorted({place for order, place in orders if order == "pin"})
        self.forbidden = sorted({place for order, place in orders if order == "forbid"})
        self.keep = sorted({self.place(row) for row in rows(folder, "keep.csv", True)})
        self.pairs = [{} for _ in people]
        forbidden = set(self.forbidden)
        for row in rows(folder, "pairs.csv"):
            person, opening = self.place(row)
            need(opening not in self.pairs[person], "a pair comes twice")
            if (person, opening) not in forbidden:
                self.pairs[person][opening] = int(row["score"])
        groups = sorted(rows(folder, "groups.csv", True), key=lambda row: row["id"])
        numbered(row["id"] for row in groups)
        groups = [(self.group(row, names), row["id"]) for row in groups]
        groups.sort(key=lambda entry: entry[0])  # equal ones stay in order of id
        self.groups = [group for group, _ in groups]
        self.group_names = {name: row for row, (_, name) in enumerate(groups)}
        counted = [self.tier, *([cap] for cap in (self.cap,) if cap is not None), self.seats]
        counted += [[row for own in self.pairs for row in own.values()], [group[2] for group in self.groups]]
        need(all(number >= 0 for numbers in counted for number in numbers), "a number is below nothing")
        need(all(1 <= tier <= 8 for tier in self.tier), "there is no such tier")
        self.ways()

    def place(self, row):
        return self.people[row["candidate"]], self.openings[row["opening"]]

    def group(self, row, kinds):
        """In the order in which groups are compared; a kind and a cap are one more than their number, or 0."""
        need(row["unfilled"] in ("open", "free"), "an unknown word for unfilled seats")
        openings = tuple(sorted(self.openings[name] for name in row["openings"].split(";") if name))
        kind, free = kinds[row["kind"]] + 1 if row["kind"] else 0, int(row["unfilled"] == "free")
        need(not free or kind and len(openings) == 1, "only a kind at one opening has seats left free")
        return openings, kind, int(row["reserve"] or 0), free, int(row["cap"]) + 1 if row["cap"] else 0

    def ways(self):
        """Which groups count a pair: all of its opening, and those of a kind that the person is of."""
        every = range(len(self.seats))
        self.at = [[] for _ in self.seats]
        for row, (openings, *_) in enumerate(self.groups):
            for opening in openings or every:
                self.at[opening].append(row)
        kinds = [None, *map(set, self.kinds)]
        self.members = [kinds[kind] for _, kind, *_ in self.groups]
        hard = [row for row, group in enumerate(self.groups) if group[3] and group[2]]
        for one in hard:
            for other in self.at[self.groups[one][0][0]]:
                apart = other <= one or other not in hard or not self.members[one] & self.members[other]
                need(apart, "two groups that leave seats free share people")

    def counting(self, person, opening):
        return [row for row in self.at[opening] if self.members[row] is None or person in self.members[row]]

    def digest(self):
        text = bytearray(b"anzhi.instance/2")

        def add(*numbers):
            for number in numbers:
                while number > 0x7F:
                    text.append(number & 0x7F | 0x80)
                    number >>= 7
                text.append(number)

        add(max(self.tier, default=1), len(self.households), self.cap or 0, len(self.seats), *self.seats)
        add(len(self.people))
        for tier, household, lot, pairs in zip(self.tier, self.household, self.lots, self.pairs):
            add(tier - 1, 0 if household is None else household + 1, lot, len(pairs))
            add(*(number for pair in sorted(pairs.items()) for number in pair))
        add(len(self.kinds))
        for kind in self.kinds:
            add(len(kind), *kind)
        add(len(self.groups))
        for openings, *numbers in self.groups:
            add(len(openings), *openings, *numbers)
        for places in (self.pins, self.forbidden, self.keep):
            add(len(places), *(number for place in places for number in place))
        return hashlib.sha256(text).digest()


def achieved(it, plan):
    """Checks that it is a plan, and counts what it is worth."""
    need(all(plan.get(person) == opening for person, opening in it.pins), "a pin is missed")
    at, households, groups, worth = [0] * len(it.seats), [0] * len(it.households), [0] * len(it.groups), ZERO
    for person, opening in plan.items():
        need(opening in it.pairs[person], "a placement is no pair, or forbidden")
        at[opening] += 1
        if it.household[person] is not None:
            households[it.household[person]] += 1
        for row in it.counting(person, opening):
            groups[row] += 1
        worth = plus(worth, value(it, person, opening))
    need(it.cap is None or max(households, default=0) <= it.cap, "a household has more placements than its cap")
    free = [0] * len(it.seats)
    for (openings, _, reserve, hard, cap), placed in zip(it.groups, groups):
        need(not cap or placed < cap, "a group has more placements than its cap")
        worth = plus(worth, unit("reserved"), min(reserve, placed))
        if hard:
            free[openings[0]] += max(0, reserve - placed)
    need(all(a + b <= seats for a, b, seats in zip(at, free, it.seats)), "an opening has too few seats")
    return worth


def value(it, person, opening):
    worth = plus(unit(f"tier_{it.tier[person]}"), unit("score"), it.pairs[person][opening])
    return plus(worth, unit("kept"), int((person, opening) in it.keep_set))


def proved(it, plan, worth, prices, scored, only_placed):
    """Checks that no plan (of the people of this one, if `only_placed`) is worth more than this one."""
    one, cut = unit("reserved"), (lambda it: it) if scored else (lambda it: (*it[:-2], 0, 0))
    need(all(price >= ZERO for prices_of in prices.values() for price in prices_of), "a price is below nothing")
    pool, bound, added = list(it.seats), ZERO, []
    for (openings, _, reserve, hard, cap), y, x in zip(it.groups, prices["cap"], prices["reserve"]):
        need((cap or y == ZERO) and (reserve or x == ZERO), "a price of what there is not")
        bound = plus(plus(bound, y, max(0, cap - 1)), x, reserve)
        past = plus(x, one, -1)
        added.append(y if hard or not reserve else plus(y, min(past, ZERO)))
        if hard:
            pool[openings[0]] -= reserve
    for seats, q in zip(pool, prices["opening"]):
        bound = plus(bound, q, seats)
    for h in prices["household"]:
        need(it.cap is not None or h == ZERO, "a price of what there is not")
        bound = plus(bound, h, it.cap or 0)
    ways = {}

    def surplus(person, opening):
        counting = tuple(it.counting(person, opening))
        if (opening, counting) not in ways:
            cost = prices["opening"][opening]
            for row in counting:
                if it.groups[row][3] and it.groups[row][2]:
                    cost = min(cost, plus(prices["reserve"][row], one, -1))
            for row in counting:
                cost = plus(cost, added[row])
            ways[opening, counting] = cost
        above = plus(cut(value(it, person, opening)), ways[opening, counting], -1)
        household = it.household[person]
        return above if household is None else plus(above, prices["household"][household], -1)

    pinned = {person for person, _ in it.pins}
    for person, pairs in enumerate(it.pairs):
        if person not in plan and only_placed:
            continue
        own = surplus(person, plan[person]) if person in plan else ZERO
        bound = plus(bound, own)
        if person not in pinned:
            need(own >= ZERO, "somebody pays more than their place is worth")
            usable = (opening for opening in pairs if it.seats[opening])
            need(all(surplus(person, opening) <= own for opening in usable), "a pair is worth more than its prices")
    need(bound == cut(worth), f"the prices are worth {bound}, the plan {cut(worth)}")


def price_lists(it, records):
    ids = {"household": it.households, "opening": it.openings, "cap": it.group_names, "reserve": it.group_names}
    lists = {of: [ZERO] * len(names) for of, names in ids.items()}
    for record in records:
        price = tuple(record["price"])
        need(len(price) == len(LEVELS) and all(type(level) is int for level in price), "a price is no price")
        lists[record["of"]][ids[record["of"]][record["id"]]] = price
    return lists


def check(folder):
    asked = json.loads((folder / "objective.json").read_text(encoding="utf-8"))
    proof = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    need(asked["format"] == "anzhi.bare-objective/1", "another format of objective.json")
    need(proof["format"] == "anzhi.bare-certificate/1" and proof["levels"] == LEVELS, "another format of certificate.json")
    it = Instance(folder, asked)
    it.keep_set = set(it.keep)
    places = [it.place(row) for row in rows(folder, "plan.csv")]
    plan = dict(places)
    need(len(plan) == len(places), "somebody is placed twice")
    worth = achieved(it, plan)
    said = [asked["reserved_filled"], *asked["placed_per_tier"]]
    said = (*said, *[0] * (len(LEVELS) - 2 - len(said)), asked["score"], asked["kept"])
    need(worth == said, f"the plan is worth {worth}, objective.json says {said}")
    before = asked["lottery"] == "before-score"
    need(before == ("seating" in proof), "the lottery stands elsewhere in the proof")
    sets = [price_lists(it, proof["prices"])]
    proved(it, plan, worth, sets[0], not before, False)
    if before:
        sets.append(price_lists(it, proof["seating"]))
        proved(it, plan, worth, sets[1], True, True)
    digest = it.digest()
    need(digest.hex() == asked["digest"], "objective.json speaks of another instance")
    text = hashlib.sha256(b"anzhi.plan/2" + digest + struct.pack("<Q", len(it.people)))
    for row in range(len(it.people)):
        text.update(struct.pack("<Q", plan.get(row, -1) + 1))
    for prices in sets:
        for of in ("household", "opening", "cap", "reserve"):
            text.update(struct.pack("<Q", len(prices[of])))
            for price in prices[of]:
                text.update(struct.pack("<11q", *price))
    need(text.hexdigest() == proof["subject"], "the certificate speaks of another instance, plan or prices")


def main():
    refused = 0
    for folder in sys.argv[1:]:
        try:
            check(Path(folder))
            print(f"{folder}: proved")
        except (Refused, OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, csv.Error) as why:
            refused += 1
            print(f"{folder}: REFUSED: {why if isinstance(why, Refused) else repr(why)}")
    sys.exit(1 if refused or not sys.argv[1:] else 0)


if __name__ == "__main__":
    main()
