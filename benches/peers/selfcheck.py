"""The drivers against each other and, where it is small enough, against the definition.

python3 selfcheck.py [--count N] [--seed S]: N random small instances with every kind of constraint, then every
family of the generator at 60 people under three seeds. Needs what table.py builds.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import bare
import highs_check
import ortools_flow
import table

CRASHES = []
KEYS = ("placed_per_tier", "reserved_filled", "score")


def random_instance(rng):
    n, o, tiers = int(rng.integers(1, 9)), int(rng.integers(1, 6)), int(rng.integers(1, 6))
    top = int(rng.choice([0, 1, 3, 10_000, 1_000_000_000]))
    has = rng.random((n, o)) < rng.choice([0.3, 0.6, 1.0])
    first = np.concatenate([[0], np.cumsum(has.sum(axis=1))])
    opening = np.nonzero(has)[1]
    household = np.full(n, bare.NONE, dtype=np.uint32)
    cap = 0
    if rng.random() < 0.5:
        cap = int(rng.integers(1, 3))
        household[:] = rng.integers(0, max(n // 2, 1), n)
        household[rng.random(n) < 0.3] = bare.NONE
    seats = rng.integers(0, 4, o)
    kinds, groups = random_groups(rng, n, o, seats)
    return bare.Instance(
        tiers, rng.integers(0, tiers, n).astype(np.uint8), household, cap, seats.astype(np.uint32), first,
        opening.astype(np.uint32), rng.integers(0, top + 1, len(opening)).astype(np.uint32), kinds, groups,
    )


def random_groups(rng, n, o, seats):
    if rng.random() < 0.4:
        return [], []
    of = rng.integers(0, 3, n)
    kinds = [np.flatnonzero(of == kind) for kind in range(2)]
    groups = []
    for opening in range(o):
        free = int(seats[opening])
        for kind in range(2):
            if rng.random() < 0.5:
                continue
            reserve = int(rng.integers(0, free + 1))
            free -= reserve
            cap = int(rng.integers(reserve, reserve + 3)) if rng.random() < 0.5 else bare.NONE
            groups.append(bare.Group(np.array([opening]), kind, reserve, bool(rng.random() < 0.5), cap))
    ends = sorted(set(rng.integers(1, o + 1, 2).tolist()), reverse=True)
    for end in ends if rng.random() < 0.5 else []:
        cap = int(rng.integers(0, 6)) if rng.random() < 0.6 else bare.NONE
        reserve = int(rng.integers(0, 3)) if rng.random() < 0.5 else 0
        groups.append(bare.Group(np.arange(end), bare.NONE, min(reserve, cap), False, cap))
    return kinds, groups


def brute_force(instance):
    """The definition: every way, the best objective."""
    ways = [[None, *range(instance.first[person], instance.first[person + 1])] for person in range(instance.people)]
    best = None
    for way in itertools.product(*ways):
        chosen = np.array([pair for pair in way if pair is not None], dtype=np.int64)
        try:
            objective = bare.judge(instance, chosen)
        except AssertionError:
            continue
        key = (objective["reserved_filled"], objective["placed_per_tier"], objective["score"])
        best = max(best, key) if best else key
    return dict(zip(("reserved_filled", "placed_per_tier", "score"), best))


def answers(path, deep):
    instance = bare.read(path)
    yield "ortools", bare.judge(instance, ortools_flow.run(instance)[0])
    yield "ortools whole", bare.judge(instance, ortools_flow.run(instance, whole=True)[0])
    yield "ortools by levels", bare.judge(instance, ortools_flow.run(instance, limit=1)[0])
    yield "highs", bare.judge(instance, highs_check.solve(instance)[0])
    for kind in ("simplex", "scaling", "simplex 1", "scaling 1"):
        done = subprocess.run([table.lemon(), *kind.split(), path], capture_output=True, text=True, timeout=60)
        # LEMON 1.3.1's CostScaling::priceRefinement may write behind its buckets (ranks are not bounded there)
        if done.returncode < 0 and kind.startswith("scaling"):
            CRASHES.append(kind)
            continue
        done.check_returncode()
        yield f"lemon {kind}", {key: json.loads(done.stdout)[key] for key in KEYS}
    if deep and np.prod(np.diff(instance.first) + 1.0) <= 3000:
        yield "definition", brute_force(instance)


def compare(path, deep=True):
    """Fails unless all agree, and keeps the instance then; says whether the definition was among them."""
    try:
        found = list(answers(path, deep))
        for peer, objective in found[1:]:
            if any(objective[key] != found[0][1][key] for key in KEYS):
                raise ArithmeticError(f"{peer} differs from {found[0][0]}: {found}")
    except Exception as fault:
        kept = Path(tempfile.gettempdir()) / "selfcheck-failed.bin"
        kept.write_bytes(Path(path).read_bytes())
        print(f"see {kept}: {getattr(fault, 'stderr', '')}", file=sys.stderr)
        raise
    return found[-1][0] == "definition"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table.build(solver=False)
    rng, deep = np.random.default_rng(options.seed), 0
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "instance.bin")
        for _ in range(options.count):
            bare.write(path, random_instance(rng))
            deep += compare(path)
        for name in table.NAMES:
            for seed in range(3):
                table.draw(name, path, people=60, seed=seed)
                compare(path, deep=False)
    print(f"{options.count} random instances agree ({deep} of them with the definition), and {len(table.NAMES)} families")
    print(f"{len(CRASHES)} runs of LEMON's CostScaling crashed")


if __name__ == "__main__":
    main()
