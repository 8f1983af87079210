"""One command for the table of peers: python3 table.py [NAME ...] [options]

Draws each instance (kept in a folder and drawn once), runs our solver and every peer on it one after the other,
fails if two objectives differ, and prints a Markdown table.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import common

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
KEYS = ("placed_per_tier", "reserved_filled", "score")
SEED = 0x5EED
NAMES = (
    "county city tight skew coarse ties quota household wide giant province "
    "machol common lowdeg clones onestar chain"
).split()
PEERS = ("ortools", "lemon-simplex", "lemon-scaling")
# what a peer needs too long for (minutes), or cannot hold; --all runs them too
SLOW = {("province", "lemon-simplex"), ("province", "lemon-scaling")}


def lemon():
    return str(TARGET / "lemon")


def build(solver=True):
    """The generator, our solver and the LEMON driver."""
    cargo = ["cargo", "build", "--release", "--quiet", "-p", "anzhi-benches", "--bin", "bare"]
    subprocess.run(cargo + (["--bin", "solve_bare"] if solver else []), cwd=ROOT, check=True)
    source = HERE / "lemon.cpp"
    if not Path(lemon()).exists() or Path(lemon()).stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["g++", "-O2", "-std=c++17", "-o", lemon(), str(source)], check=True)


def draw(name, path, people=None, seed=SEED):
    words = [str(TARGET / "release" / "bare"), name, "--seed", str(seed), "--out", str(path)]
    words += ["--people", str(people)] if people else []
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def command(peer, path, options):
    if peer == "anzhi":
        return [*options.solver.split(), str(path), "--runs", str(options.runs), "--threads", str(options.threads)]
    if peer.startswith("lemon"):
        return [lemon(), peer.removeprefix("lemon-"), str(path)]
    return [sys.executable, str(HERE / {"ortools": "ortools_flow.py", "highs": "highs_check.py"}[peer]), str(path)]


def run(peer, path, options):
    """The line of a peer; None if it ran out of time or says that it cannot."""
    line = common.ask(command(peer, path, options), options.limit, f"{path.stem}: {peer}")
    if line is None and peer == "anzhi":
        raise SystemExit(1)
    if line and options.threads == 1:
        line["solve_seconds"] = line.get("cpu_seconds", line["solve_seconds"])
    return line


def measure(name, options):
    """The lines of all solvers on one instance, the best of several runs each; fails where objectives differ."""
    path = Path(options.folder) / f"{name}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or options.people or options.seed != SEED:
        print(draw(name, path, options.people, options.seed), file=sys.stderr)
    lines = {}
    for peer in ([] if options.no_solver else ["anzhi"]) + options.peers:
        if (name, peer) in SLOW and not options.all:
            continue
        repeats = 1 if peer == "anzhi" else options.peer_runs
        found = [line for line in (run(peer, path, options) for _ in range(repeats)) if line]
        if found:
            lines[peer] = sorted(found, key=lambda line: line["solve_seconds"])[len(found) // 2]
            print(json.dumps(lines[peer]), file=sys.stderr)
    objectives = {peer: [line[key] for key in KEYS] for peer, line in lines.items()}
    if len({json.dumps(objective) for objective in objectives.values()}) > 1:
        raise SystemExit(f"{name}: THE OBJECTIVES DIFFER: {objectives}")
    return lines


def cell(line):
    return f"{seconds(line['solve_seconds'])} ({line['peak_mb']:.0f} MB)" if line else "–"


def seconds(number):
    return f"{number * 1000:.2f} ms" if number < 0.1 else f"{number:.2f} s"


def row(name, lines, peers, ours):
    cells = [name]
    if ours:
        own = lines.get("anzhi")
        others = [line["solve_seconds"] for peer, line in lines.items() if peer != "anzhi"]
        cells.append(cell(own))
        cells.append(seconds(own["lottery_seconds"]) if own else "–")
        cells.append(seconds(own["check_seconds"]) if own else "–")
        cells.append(f"{min(others) / own['solve_seconds']:.1f} ×" if own and others else "–")
    fastest = min((line["solve_seconds"] for peer, line in lines.items() if peer != "anzhi"), default=None)
    for peer in peers:
        text = cell(lines.get(peer))
        cells.append(f"**{text}**" if peer in lines and lines[peer]["solve_seconds"] == fastest else text)
    return common.line(cells)


def head(options):
    what = (
        "CPU seconds of the solve call (wall clock of anzhi with several threads), the best of its runs, with the lottery and the tie rule, which no "
        "peer has; peak memory of the whole process; every objective equal."
    )
    ours = [] if options.no_solver else ["anzhi", "its lottery", "its check", "fastest peer / anzhi"]
    common.head(f"seed {options.seed}", what, ["instance", *ours, *options.peers])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"instances, all by default: {' '.join(NAMES)}")
    parser.add_argument("--peers", type=lambda text: text.split(","), default=list(PEERS), help="with commas; highs too")
    parser.add_argument("--skip", action="append", default=[], metavar="NAME", help="leave this instance out")
    parser.add_argument("--all", action="store_true", help="slow peers on the province too")
    parser.add_argument("--no-solver", action="store_true", help="peers only")
    parser.add_argument("--solver", default=str(TARGET / "release" / "solve_bare"), help="our solver's command")
    parser.add_argument("--runs", type=int, default=5, help="runs of our solver")
    parser.add_argument("--peer-runs", type=int, default=1, help="runs of each peer, of which the median counts")
    parser.add_argument("--threads", type=int, default=1, help="threads of our solver")
    parser.add_argument("--limit", type=float, default=600, help="seconds of the clock for each run")
    parser.add_argument("--people", type=int, help="another size")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folder", default=str(Path(tempfile.gettempdir()) / "anzhi-bare"), help="of the instances")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"unknown: {' '.join(sorted(unknown))}")
    return options


def main():
    options = arguments()
    build(solver=not options.no_solver and "solve_bare" in options.solver)
    head(options)
    for name in options.names or NAMES:
        if name not in options.skip:
            print(row(name, measure(name, options), options.peers, not options.no_solver), flush=True)


if __name__ == "__main__":
    main()
