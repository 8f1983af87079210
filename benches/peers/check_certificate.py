"""Checks results of `anzhi solve` by another program: python3 check_certificate.py OUT...

Judges tables, plan and prices of each folder (docs/bare.md) by the inequality of matcher/src/certificate.rs; ends
with 1 if any is refused. Which of several optimal plans the lottery picks is not checked here.
"""

import csv
import hashlib
import json
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

LEVELS = ["reserved", *(f"tier_{tier}" for tier in range(1, 9)), "score", "kept"]
UNIT = {name: tuple(int(level == name) for level in LEVELS) for name in LEVELS}
ZERO, MOST = (0,) * len(LEVELS), 2**60


def need(holds, why):
    if not holds:
        raise ValueError(why)


def plus(one, other, times=1):
    return tuple(a + b * times for a, b in zip(one, other))


def numbered(ids):
    ids = sorted(ids)
    need(len(set(ids)) == len(ids), "an id comes twice")
    return {name: row for row, name in enumerate(ids)}


class Result:
    def __init__(self, folder):
        self.folder = folder
        self.asked = json.loads((folder / "objective.json").read_bytes())
        self.cap, self.proof = self.asked["household_cap"], json.loads((folder / "certificate.json").read_bytes())
        formats = [self.asked["format"], self.proof["format"], self.proof["levels"]]
        need(formats == ["anzhi.bare-objective/1", "anzhi.bare-certificate/1", LEVELS], f"other formats: {formats}")
        people, openings = (sorted(self.rows(name), key=lambda row: row["id"]) for name in ("candidates", "openings"))
        self.people, self.openings = (numbered(row["id"] for row in table) for table in (people, openings))
        self.seats, self.tier = [int(row["seats"]) for row in openings], [int(row["tier"]) for row in people]
        self.households = numbered({row["household"] for row in people} - {""})
        self.household = [self.households.get(row["household"]) for row in people]
        kinds = numbered(set().union(*(own := [set(row["kinds"].split(";")) - {""} for row in people])))
        self.kinds = [[row for row, names in enumerate(own) if kind in names] for kind in kinds]
        orders = [(row["order"], self.place(row)) for row in self.rows("orders", False)]
        self.pins, self.forbidden = ({place for order, place in orders if order == of} for of in ("pin", "forbid"))
        self.keep = {self.place(row) for row in self.rows("keep", False)}
        self.pairs = [{} for _ in people]
        for row in self.rows("pairs"):
            person, opening = self.place(row)
            self.pairs[person][opening] = int(row["score"])
            need(0 <= int(row["score"]) <= 10**9, "a score is not from 0 to 1000000000")
        for person, opening in self.forbidden:
            self.pairs[person].pop(opening, None)
        groups = sorted((self.group(row, kinds), row["id"]) for row in self.rows("groups", False))
        self.groups, names = [group for group, _ in groups], {name: row for row, (_, name) in enumerate(groups)}
        self.members = [set(self.kinds[kind - 1]) if kind else None for _, kind, *_ in self.groups]
        self.at = {opening: [] for opening in range(len(self.seats))}  # the groups of each opening
        for row, opening in ((row, at) for row, group in enumerate(self.groups) for at in group[0] or self.at):
            self.at[opening].append(row)
        self.ids = {"household": self.households, "opening": self.openings, "cap": names, "reserve": names}
        self.plan = dict(self.place(row) for row in self.rows("plan"))
        need(len(self.plan) == len(self.rows("plan")), "somebody is placed twice")

    def rows(self, name, needed=True):
        path = self.folder / f"{name}.csv"
        return list(csv.DictReader(path.open(encoding="utf-8", newline=""), strict=True)) if needed or path.exists() else []

    def place(self, row):
        return self.people[row["candidate"]], self.openings[row["opening"]]

    def group(self, row, kinds):  # as groups are compared; a kind and a cap are one more than their number, or 0
        need(row["unfilled"] in ("open", "free"), "an unknown word for unfilled seats")
        openings = tuple(sorted(self.openings[name] for name in row["openings"].split(";") if name))
        kind, hard = kinds[row["kind"]] + 1 if row["kind"] else 0, int(row["unfilled"] == "free")
        need(not hard or kind and len(openings) == 1, "only a kind at one opening has seats left free")
        return openings, kind, int(row["reserve"] or 0), hard, int(row["cap"]) + 1 if row["cap"] else 0

    def counting(self, person, opening):
        rows = [row for row in self.at[opening] if self.members[row] is None or person in self.members[row]]
        need(sum(self.groups[row][3] for row in rows) <= 1, "groups that leave seats free share somebody")
        return tuple(rows)

    def value(self, person, opening):
        worth = plus(UNIT[f"tier_{self.tier[person]}"], UNIT["score"], self.pairs[person][opening])
        return plus(worth, UNIT["kept"], (person, opening) in self.keep)

    def achieved(self):
        """Checks that it is a plan, and counts what it is worth."""
        need(all(self.plan.get(person) == opening for person, opening in self.pins), "a pin is missed")
        at, groups, worth = [0] * len(self.seats), [0] * len(self.groups), ZERO
        for person, opening in self.plan.items():
            need(opening in self.pairs[person], "a placement is no pair, or forbidden")
            at[opening] += 1
            for row in self.counting(person, opening):
                groups[row] += 1
            worth = plus(worth, self.value(person, opening))
        households = Counter(self.household[person] for person in self.plan if self.household[person] is not None)
        need(self.cap is None or max([1, *households.values()]) <= self.cap, "a household is above its cap")
        for (openings, _, reserve, hard, cap), placed in zip(self.groups, groups):
            need(not cap or placed < cap, "a group is above its cap")
            worth = plus(worth, UNIT["reserved"], min(reserve, placed))
            if hard:
                at[openings[0]] += max(0, reserve - placed)
        need(all(taken <= seats for taken, seats in zip(at, self.seats)), "an opening has too few seats")
        tiers = [*self.asked["placed_per_tier"], *[0] * 8][:8]
        said = (self.asked["reserved_filled"], *tiers, self.asked["score"], self.asked["kept"])
        need(worth == said, f"the plan is worth {worth}, objective.json says {said}")
        return worth

    def prices(self, records):
        lists = {of: [ZERO] * len(names) for of, names in self.ids.items()}
        for record in records:
            price = tuple(record["price"])
            need(len(price) == len(LEVELS) and all(type(it) is int and abs(it) < MOST for it in price), "a price is no price")
            lists[record["of"]][self.ids[record["of"]][record["id"]]] = price
        return lists

    def prove(self, worth, prices, scored, only_placed):
        """Checks that no plan (of the people of this one, if `only_placed`) is worth more than this one."""
        need(all(price >= ZERO for of in prices.values() for price in of), "a price is below nothing")
        pool, bound, added, past, ways = list(self.seats), ZERO, [], [], {}
        for (openings, _, reserve, hard, cap), y, x in zip(self.groups, prices["cap"], prices["reserve"]):
            need((cap or y == ZERO) and (reserve or x == ZERO), "a price of what there is not")
            bound = plus(plus(bound, y, max(0, cap - 1)), x, reserve)
            past.append(plus(x, UNIT["reserved"], -1))
            added.append(y if hard or not reserve else plus(y, min(past[-1], ZERO)))
            if hard:
                pool[openings[0]] -= reserve
        none = [price for price, seats in zip(prices["opening"], self.seats) if not seats]
        need(not any(map(any, none + ([] if self.cap else prices["household"]))), "a price of what there is not")
        for price, times in [*zip(prices["opening"], pool), *((h, self.cap or 0) for h in prices["household"])]:
            bound = plus(bound, price, times)
        cut = (lambda worth: worth) if scored else (lambda worth: (*worth[:-2], 0, 0))

        def surplus(person, opening):
            way = (opening, self.counting(person, opening))
            if way not in ways:
                hard = [past[row] for row in way[1] if self.groups[row][3] and self.groups[row][2]]
                cheaper = min([prices["opening"][opening], *hard])
                ways[way] = tuple(map(sum, zip(cheaper, *(added[row] for row in way[1]))))
            household = [prices["household"][of] for of in [self.household[person]] if of is not None]
            return plus(cut(self.value(person, opening)), plus(ways[way], *household or [ZERO]), -1)

        pinned = {person for person, _ in self.pins}
        for person in self.plan if only_placed else range(len(self.pairs)):
            own = surplus(person, self.plan[person]) if person in self.plan else ZERO
            bound = plus(bound, own)
            if person not in pinned:
                others = (surplus(person, opening) for opening in self.pairs[person] if self.seats[opening])
                need(own >= max([ZERO, *others]), "a pair is worth more than its prices")
        need(bound == cut(worth), f"the prices are worth {bound}, the plan {cut(worth)}")

    def digest(self):
        seed = self.asked["seed"] or ""
        lot = sorted((hashlib.sha256(f"{seed}\n{name}".encode()).digest(), row) for name, row in self.people.items())
        lots = {row: place for place, (_, row) in enumerate(lot)}
        numbers = [max(self.tier, default=1), len(self.households), self.cap or 0, len(self.seats), *self.seats, len(self.people)]
        for row, (tier, household, pairs) in enumerate(zip(self.tier, self.household, self.pairs)):
            numbers += [tier - 1, 0 if household is None else household + 1, lots[row]]
            numbers += [len(pairs), *chain(*sorted(pairs.items()))]
        numbers += [len(self.kinds), *chain(*((len(kind), *kind) for kind in self.kinds)), len(self.groups)]
        numbers += chain(*((len(openings), *openings, *others) for openings, *others in self.groups))
        numbers += chain(*((len(of), *chain(*sorted(of))) for of in (self.pins, self.forbidden, self.keep)))
        text = bytearray(b"anzhi.instance/2")
        for number in numbers:
            while number > 0x7F:
                text.append(number & 0x7F | 0x80)
                number >>= 7
            text.append(number)
        return hashlib.sha256(text).digest()

    def check(self):
        worth, before = self.achieved(), "seating" in self.proof
        need(self.asked["lottery"] == ("before-score" if before else "after-score"), "the lottery stands elsewhere")
        numbers = [len(self.people), *(self.plan.get(row, -1) + 1 for row in range(len(self.people)))]
        for name, scored, only_placed in (("prices", not before, False), ("seating", True, True))[: 1 + before]:
            prices = self.prices(self.proof[name])
            self.prove(worth, prices, scored, only_placed)
            for of in self.ids:  # in this order
                numbers += [len(prices[of]), *chain(*prices[of])]
        instance = self.digest()
        need(instance.hex() == self.asked["digest"], "objective.json speaks of another instance")
        text = b"".join((b"anzhi.plan/2", instance, *(number.to_bytes(8, "little", signed=True) for number in numbers)))
        need(hashlib.sha256(text).hexdigest() == self.proof["subject"], "the certificate speaks of another plan or prices")

refused = not sys.argv[1:]
for name in sys.argv[1:]:
    try:
        Result(Path(name)).check()
        print(f"{name}: proved")
    except Exception as why:  # whatever is wrong with a file, it proves nothing
        refused = True
        lacks = isinstance(why, FileNotFoundError) and "only results of tables with a certificate are judged"
        print(f"{name}: REFUSED: {why if isinstance(why, ValueError) else lacks or repr(why)}")
sys.exit(refused)
