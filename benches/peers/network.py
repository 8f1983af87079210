"""A bare instance as a flow network, and the weights that make one number of the levels of its objective.

Levels, highest first: reserved seats filled, people placed of tier 1, 2, ..., total score. Every unit of supply
is a person, or a household that may place so many; it may also stay out. Rewards stand on arcs.
"""

import dataclasses

import numpy as np

from bare import NONE


class Unsupported(Exception):
    """The instance is no flow."""


@dataclasses.dataclass
class Network:
    """Arcs as columns; `tier` is the tier whose count the arc raises, or -1; pair arcs come first."""

    nodes: int
    supply: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    capacity: np.ndarray
    tier: np.ndarray
    reserve: np.ndarray
    score: np.ndarray
    pairs: int

    def select(self, arcs):
        columns = (self.tail, self.head, self.capacity, self.tier, self.reserve, self.score)
        return dataclasses.replace(self, **dict(zip(COLUMNS, (column[arcs] for column in columns))))


COLUMNS = ("tail", "head", "capacity", "tier", "reserve", "score")
KINDS = (np.int32, np.int32, np.int32, np.int8, np.int8, np.int32)


class Builder:
    def __init__(self, instance):
        self.instance = instance
        self.nodes = instance.people + len(instance.seats)
        self.blocks = []

    def node(self):
        self.nodes += 1
        return self.nodes - 1

    def arcs(self, tail, head, capacity, tier=-1, reserve=0, score=0):
        parts = (tail, head, capacity, tier, reserve, score)
        columns = np.broadcast_arrays(*(np.atleast_1d(part) for part in parts))
        self.blocks.append([column.astype(kind) for column, kind in zip(columns, KINDS)])

    def shared(self, tail, head, capacity, reserve):
        """An arc whose first units fill reserved seats."""
        reserve = min(reserve, capacity)
        if reserve:
            self.arcs(tail, head, reserve, reserve=1)
        if capacity > reserve:
            self.arcs(tail, head, capacity - reserve)


def build(instance):
    n, seats = instance.people, instance.seats.astype(np.int64)
    builder = Builder(instance)
    who = instance.candidates()
    head = instance.opening.astype(np.int32) + np.int32(n)
    tops = kind_groups(builder, who, head)
    builder.arcs(who, head, 1, instance.tier[who], 0, instance.score)
    builder.blocks.insert(0, builder.blocks.pop())
    sink = builder.node()
    everybody_groups(builder, tops, seats, sink)
    supply = people(builder, sink)
    columns = [np.concatenate(parts) for parts in zip(*builder.blocks)]
    supply = np.concatenate([supply, np.zeros(builder.nodes - len(supply), dtype=np.int64)])
    supply[sink] -= supply.sum()
    return Network(builder.nodes, supply, *columns, pairs=len(who))


def kind_groups(builder, who, head):
    """A node for each kind of a group of one opening; `head` is changed. Returns the node that all of an opening pass."""
    instance, n = builder.instance, builder.instance.people
    tops = n + np.arange(len(instance.seats), dtype=np.int64)
    groups = [group for group in instance.groups if group.kind != NONE]
    if not groups:
        return tops
    if any(len(group.openings) != 1 for group in groups):
        raise Unsupported("a share of several openings for a kind of person")
    masks = instance.kind_of()
    nodes = np.full((len(instance.kinds), len(instance.seats)), -1, dtype=np.int64)
    for group in groups:
        opening = int(group.openings[0])
        if nodes[group.kind, opening] != -1:
            raise Unsupported("two groups of one opening and kind")
        nodes[group.kind, opening] = builder.node()
    named = np.zeros(len(who), dtype=np.int64)
    for kind, mask in enumerate(masks):
        of_kind = nodes[kind, instance.opening]
        hit = mask[who] & (of_kind != -1)
        head[hit] = of_kind[hit]
        named += hit
    if (named > 1).any():
        raise Unsupported("a person of two kinds with groups of one opening")
    kept = {}
    for group in groups:
        if group.left_free:
            kept.setdefault(int(group.openings[0]), []).append(group)
    for opening, left_free in kept.items():
        tops[opening] = builder.node()
        left = int(instance.seats[opening]) - sum(group.reserve for group in left_free)
        if left > 0:
            builder.arcs(n + opening, tops[opening], left)
    for group in groups:
        opening = int(group.openings[0])
        node, most = nodes[group.kind, opening], min(group.cap, int(instance.seats[opening]))
        if not group.left_free:
            builder.shared(node, n + opening, most, group.reserve)
            continue
        own = min(group.reserve, most)
        if own:
            builder.arcs(node, tops[opening], own, reserve=1)
        if most > own:
            builder.arcs(node, n + opening, most - own)
    return tops


def everybody_groups(builder, tops, seats, sink):
    """Nested groups: each opening leads to its smallest group, each group to the next."""
    groups = [group for group in builder.instance.groups if group.kind == NONE]
    groups.sort(key=lambda group: len(group.openings))
    at, load = tops.copy(), seats.copy()
    waiting = {}
    for group in groups:
        inside = group.openings.astype(np.int64)
        node = builder.node()
        waiting[node] = (group, int(seats[inside].sum()))
        below = np.unique(at[inside])
        for child in below:
            members = inside[at[inside] == child]
            if len(members) != (at == child).sum():
                raise Unsupported("groups that cross")
            connect(builder, child, node, int(load[members[0]]), waiting)
        at[inside] = node
        load[inside] = seats[inside].sum()
    plain = np.flatnonzero(at == tops)
    builder.arcs(tops[plain], np.full(len(plain), sink), seats[plain])
    for node in np.unique(at[at != tops]):
        connect(builder, int(node), sink, int(load[at == node][0]), waiting)


def connect(builder, child, parent, seats, waiting):
    if child in waiting:
        group, total = waiting[child]
        builder.shared(child, parent, min(total, group.cap), group.reserve)
    else:
        builder.arcs(child, parent, seats)


def people(builder, sink):
    """Who enters: people alone and, under a cap, households. Everybody may stay out."""
    instance, n = builder.instance, builder.instance.people
    supply = np.zeros(builder.nodes, dtype=np.int64)
    shares = np.zeros(n, dtype=bool)
    if instance.household_cap:
        shares = instance.household != NONE
    alone = np.flatnonzero(~shares)
    supply[alone] = 1
    builder.arcs(alone, np.full(len(alone), sink), 1)
    if shares.any():
        members = np.flatnonzero(shares)
        _, of, sizes = np.unique(instance.household[members], return_inverse=True, return_counts=True)
        homes = builder.nodes + np.arange(len(sizes), dtype=np.int64)
        builder.nodes += len(sizes)
        units = np.minimum(sizes, instance.household_cap)
        supply = np.concatenate([supply, units])
        builder.arcs(homes[of], members, 1)
        builder.arcs(homes, np.full(len(homes), sink), units)
    return supply


def level_bounds(instance, network):
    """How much each level can change along one simple cycle (reserved, tiers, score), and whether placeable sets
    are a matroid.

    A simple cycle enters each node once, so it changes at most one pair at each node that pairs lead to. Who is
    placed changes by one person in and one out, except that it may swap the members of households.
    """
    stops = min(instance.people, len(np.unique(network.head[: network.pairs])))
    score = int(network.score.max(initial=0)) * max(stops, 1)
    tiers = np.ones(instance.tiers, dtype=np.int64)
    shares = (instance.household != NONE) & bool(instance.household_cap)
    matroid = True
    if shares.any():
        members = np.flatnonzero(shares)
        codes = np.unique(instance.household[members].astype(np.int64) * 256 + instance.tier[members])
        homes, tier = codes // 256, codes % 256
        _, of, kinds = np.unique(homes, return_inverse=True, return_counts=True)
        mixed = np.bincount(tier[kinds[of] > 1], minlength=instance.tiers)
        matroid = not mixed.any()
        tiers += np.minimum(mixed, stops)
    return max(stops, 1), tiers.tolist(), score, matroid


def weights(instance, network):
    """The least whole weights that make one number of all levels: (reserve, tiers, score), and the bounds."""
    _, tiers, score, matroid = level_bounds(instance, network)
    if matroid:
        unit = score + 1
        count = instance.tiers
        return [(count + 1) * unit, *((count - tier) * unit for tier in range(count)), 1]
    levels, above = [1], score
    for change in reversed(tiers):
        levels.append(above + 1)
        above += change * (above + 1)
    return [above + 1, *reversed(levels)]


def chunks(instance, network, limit):
    """Levels cut into runs whose weights stay below the limit: a list of weight vectors, solved in turn.

    Later runs are solved on the optimal face of the earlier ones.
    """
    whole = weights(instance, network)
    if whole[0] <= limit:
        return [whole]
    reserves, tiers, score, _ = level_bounds(instance, network)
    bounds = [reserves, *tiers, score]
    runs, run, above = [], [0] * len(bounds), 0
    for level in reversed(range(len(bounds))):
        weight = 1 if level == len(bounds) - 1 else above + 1
        if weight > limit:
            runs.append(run)
            run, above, weight = [0] * len(bounds), 0, 1
        run[level] = weight
        above += bounds[level] * weight
    runs.append(run)
    return runs[::-1]


def costs(network, run):
    """The cost of each arc under a vector of weights."""
    table = np.array([*run[1:-1], 0], dtype=np.int64)
    rewards = table[network.tier]
    rewards += network.reserve * np.int64(run[0])
    rewards += network.score * np.int64(run[-1])
    return -rewards


def potentials(network, cost, flow):
    """Shortest distances in the residual network (Bellman and Ford): the prices of an optimal flow."""
    forth, back = flow < network.capacity, flow > 0
    tail = np.concatenate([network.tail[forth], network.head[back]])
    head = np.concatenate([network.head[forth], network.tail[back]])
    cost = np.concatenate([cost[forth], -cost[back]])
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    starts = np.flatnonzero(np.diff(head, prepend=-1))
    heads = head[starts]
    distance = np.zeros(network.nodes, dtype=np.int64)
    for _ in range(network.nodes + 1):
        best = np.minimum(np.minimum.reduceat(distance[tail] + cost, starts), distance[heads])
        if (best == distance[heads]).all():
            return distance
        distance[heads] = best
    raise ArithmeticError("the flow was not optimal")
