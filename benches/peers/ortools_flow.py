"""OR-tools' SimpleMinCostFlow on a bare instance: python3 ortools_flow.py FILE [--whole]

Region by region (connected components), unless --whole. Only the calls of `solve` are timed (CPU seconds).
"""

import argparse
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

import bare
import network as networks

PEER = "ortools"


def call(network, cost):
    """One call: the flow and its CPU seconds; no flow where the costs are refused as too large."""
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, cost)
    nodes = np.arange(network.nodes)
    solver.set_nodes_supplies(nodes, network.supply)
    start = time.process_time()
    status = solver.solve()
    seconds = time.process_time() - start
    if status == solver.BAD_COST_RANGE:
        return None, seconds
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"no optimum: {status}")
    return solver.flows(np.arange(len(network.tail))), seconds


def solve(instance, limit=None):
    """The chosen pairs and the CPU seconds of all calls; weights stay below the limit."""
    if not len(instance.opening):
        return np.zeros(0, dtype=np.int64), 0.0
    network = networks.build(instance)
    limit = limit or (1 << 61) // (network.nodes + 1)
    while True:
        flow, seconds = levels(network, networks.chunks(instance, network, limit))
        if flow is not None:
            return np.flatnonzero(flow[: network.pairs]), seconds
        limit //= 8


def levels(network, runs):
    """Solves run after run of levels, each on the optimal face of the one before."""
    whole = np.zeros(len(network.tail), dtype=np.int64)
    arcs, left, total = np.arange(len(network.tail)), network, 0.0
    for number, run in enumerate(runs):
        cost = networks.costs(left, run)
        flow, seconds = call(left, cost)
        total += seconds
        if flow is None:
            return None, total
        if number + 1 == len(runs):
            whole[arcs] = flow
            return whole, total
        price = networks.potentials(left, cost, flow)
        reduced = cost + price[left.tail] - price[left.head]
        fixed, free = np.flatnonzero(reduced < 0), np.flatnonzero(reduced == 0)
        whole[arcs[fixed]] = flow[fixed]
        np.subtract.at(left.supply, left.tail[fixed], flow[fixed])
        np.add.at(left.supply, left.head[fixed], flow[fixed])
        arcs, left = arcs[free], left.select(free)
    return None, total


def components(instance):
    """Rows of candidates and openings of each connected component that has pairs."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n, size = instance.people, instance.people + len(instance.seats)
    tails, heads = [instance.candidates()], [instance.opening.astype(np.int32) + np.int32(n)]
    if instance.household_cap:
        members = np.flatnonzero(instance.household != bare.NONE)
        members = members[np.argsort(instance.household[members], kind="stable")]
        same = instance.household[members][1:] == instance.household[members][:-1]
        tails.append(members[1:][same])
        heads.append(members[:-1][same])
    for group in instance.groups:
        tails.append(n + group.openings[1:].astype(np.int64))
        heads.append(n + group.openings[:-1].astype(np.int64))
    tail, head = np.concatenate(tails), np.concatenate(heads)
    graph = coo_matrix((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(size, size))
    return connected_components(graph, directed=False)


def regions(instance):
    """Instances of the components, each with the rows of its pairs in the whole."""
    count, of = components(instance)
    if count == 1:
        yield instance, slice(None)
        return
    n = instance.people
    by_region = [np.argsort(part, kind="stable") for part in (of[:n], of[n:])]
    sizes = [np.bincount(part, minlength=count) for part in (of[:n], of[n:])]
    ends = [np.cumsum(part) for part in sizes]
    degrees, new_row = np.diff(instance.first), np.zeros(len(instance.seats), dtype=np.int64)
    for region in np.flatnonzero((sizes[0] > 0) & (sizes[1] > 0)):
        people, openings = (rows[end[region] - size[region] : end[region]] for rows, end, size in zip(by_region, ends, sizes))
        own = degrees[people]
        first = np.concatenate([[0], np.cumsum(own)])
        rows = np.repeat(instance.first[people] - first[:-1], own) + np.arange(first[-1])
        new_row[openings] = np.arange(len(openings))
        part = bare.Instance(
            instance.tiers, instance.tier[people], instance.household[people], instance.household_cap,
            instance.seats[openings], first, new_row[instance.opening[rows]], instance.score[rows],
            *shares(instance, people, openings, new_row),
        )
        yield part, rows


def shares(instance, people, openings, new_row):
    """The kinds and groups of one component."""
    if not instance.groups:
        return [], []
    inside = np.zeros(len(instance.seats), dtype=bool)
    inside[openings] = True
    kinds = [np.flatnonzero(mask[people]) for mask in instance.kind_of()]
    groups = [group for group in instance.groups if inside[group.openings[0]]]
    return kinds, [bare.Group(new_row[g.openings], g.kind, g.reserve, g.left_free, g.cap) for g in groups]


def run(instance, whole=False, limit=None):
    chosen, total = [], 0.0
    for part, rows in [(instance, slice(None))] if whole else regions(instance):
        pairs, seconds = solve(part, limit)
        chosen.append(pairs if isinstance(rows, slice) else rows[pairs])
        total += seconds
    return np.concatenate([np.zeros(0, dtype=np.int64), *chosen]), total


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--whole", action="store_true", help="as one network")
    options = parser.parse_args()
    instance = bare.read(options.file)
    try:
        chosen, seconds = run(instance, options.whole)
    except networks.Unsupported as fault:
        sys.exit(f"{PEER}: {fault}")
    peak = bare.peak_mb()
    bare.line(PEER, options.file, bare.judge(instance, chosen), seconds, peak)


if __name__ == "__main__":
    main()
