"""Reads instance.bin (the binary form of a bare instance) and judges plans. See README.md for the form."""

import dataclasses
import json
import resource
import sys
from pathlib import Path

import numpy as np

NONE = 0xFFFF_FFFF


@dataclasses.dataclass
class Group:
    openings: np.ndarray
    kind: int
    reserve: int
    left_free: bool
    cap: int


@dataclasses.dataclass
class Instance:
    tiers: int
    tier: np.ndarray
    household: np.ndarray
    household_cap: int
    seats: np.ndarray
    first: np.ndarray
    opening: np.ndarray
    score: np.ndarray
    kinds: list
    groups: list

    @property
    def people(self):
        return len(self.tier)

    def candidates(self):
        """The candidate of each pair."""
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.first))

    def kind_of(self):
        """Candidates by kind as sets of rows: a mask for each kind."""
        masks = np.zeros((len(self.kinds), self.people), dtype=bool)
        for mask, rows in zip(masks, self.kinds):
            mask[rows] = True
        return masks


def read(path):
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    place = 8

    def take(dtype, count):
        nonlocal place
        size = np.dtype(dtype).itemsize * count
        values = raw[place : place + size].view(dtype)
        place += -(-size // 8) * 8
        return values

    if bytes(raw[:8]) != b"ANZHIBI1":
        raise ValueError(f"{path} is no bare instance")
    n, o, m, _, cap, kinds, groups, tiers = (int(number) for number in take("<u8", 8))
    tier, household, seats = take("u1", n), take("<u4", n), take("<u4", o)
    first, opening, score = take("<u8", n + 1).astype(np.int64), take("<u4", m), take("<u4", m)
    kinds = [take("<u4", int(take("<u8", 1)[0])) for _ in range(kinds)]
    read_groups = []
    for _ in range(groups):
        openings = take("<u4", int(take("<u8", 1)[0]))
        kind, reserve, left_free, most = (int(number) for number in take("<u4", 4))
        read_groups.append(Group(openings, kind, reserve, left_free == 1, most))
    return Instance(tiers, tier, household, cap, seats, first, opening, score, kinds, read_groups)


def write(path, instance):
    """The inverse of `read`, for random instances."""
    parts = []

    def put(dtype, values):
        data = np.asarray(values, dtype=dtype).tobytes()
        parts.append(data + bytes(-len(data) % 8))

    of_household = instance.household[instance.household != NONE]
    households = int(of_household.max()) + 1 if len(of_household) else 0
    sizes = [instance.people, len(instance.seats), len(instance.opening), households]
    put("<u8", [*sizes, instance.household_cap, len(instance.kinds), len(instance.groups), instance.tiers])
    put("u1", instance.tier)
    put("<u4", instance.household)
    put("<u4", instance.seats)
    put("<u8", instance.first)
    put("<u4", instance.opening)
    put("<u4", instance.score)
    for rows in instance.kinds:
        put("<u8", [len(rows)])
        put("<u4", rows)
    for group in instance.groups:
        put("<u8", [len(group.openings)])
        put("<u4", group.openings)
        put("<u4", [group.kind, group.reserve, int(group.left_free), group.cap])
    Path(path).write_bytes(b"ANZHIBI1" + b"".join(parts))


def judge(instance, chosen):
    """The objective of the chosen pairs (rows), by the definition; fails if they are no plan."""
    who, where = instance.candidates()[chosen], instance.opening[chosen].astype(np.int64)
    assert len(np.unique(who)) == len(who), "somebody is placed twice"
    taken = np.bincount(where, minlength=len(instance.seats))
    assert (taken <= instance.seats).all(), "an opening has too many people"
    if instance.household_cap:
        of_household = instance.household[who]
        counts = np.bincount(of_household[of_household != NONE].astype(np.int64))
        assert (counts <= instance.household_cap).all(), "too many of a household"
    masks, filled, kept = instance.kind_of(), 0, np.zeros(len(instance.seats), dtype=np.int64)
    for group in instance.groups:
        inside = np.isin(where, group.openings)
        if group.kind != NONE:
            inside &= masks[group.kind][who]
        count = int(inside.sum())
        assert group.cap == NONE or count <= group.cap, "a cap is broken"
        filled += min(count, group.reserve)
        if group.left_free and group.kind != NONE:
            assert len(group.openings) == 1, "a kept share of several openings is not judged here"
            kept[group.openings[0]] += max(group.reserve - count, 0)
    assert (taken + kept <= instance.seats).all(), "a seat that is kept free is taken"
    placed = np.bincount(instance.tier[who], minlength=instance.tiers)
    return {
        "placed_per_tier": placed.tolist(),
        "reserved_filled": filled,
        "score": int(instance.score[chosen].astype(np.int64).sum()),
    }


def peak_mb():
    """Most memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(peer, path, objective, seconds, peak):
    """The line of JSON that every peer prints."""
    record = {"peer": peer, "instance": Path(path).stem, **objective}
    print(json.dumps({**record, "solve_seconds": round(seconds, 6), "peak_mb": round(peak, 1)}))
    sys.stdout.flush()
