"""One command for the table of scoring peers: python3 table.py [SIZE/VARIANT ...] [options]

Draws each population, scores it, writes its tables (kept in a folder), runs every peer on them one after the other, fails if
two result tables differ, and prints a Markdown table.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import common  # noqa: E402

ROOT = HERE.parent.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
NAMES = ("fair/tight", "fair/loose", "town/tight", "town/loose", "city/tight")
PEERS = ("duckdb-wide", "duckdb-narrow", "duckdb-narrow-blocks", "polars")
SIDES = ("openings", "candidates")


def build():
    cargo = ["cargo", "build", "--release", "--quiet", "-p", "anzhi-benches", "--bin", "score"]
    subprocess.run(cargo, cwd=ROOT, check=True)


def ours(name, options, *more):
    words = [str(TARGET / "release" / "score"), *name.split("/"), "--seed", str(options.seed), *more]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def peer_command(peer, folder, options):
    words = ["--k", str(options.k), "--threads", str(options.threads)]
    kind, _, form = peer.partition("-")
    return [sys.executable, str(HERE / f"{kind}_score.py"), str(folder), *words, *(["--form", form] if form else [])]


def run(peer, name, folder, options):
    """The line of a program; None if it ran out of time or of memory."""
    if peer == "anzhi":
        more = ["--k", str(options.k), "--threads", str(options.threads), "--runs", str(options.runs)]
        return json.loads(ours(name, options, *more).splitlines()[-1])
    return common.ask(peer_command(peer, folder, options), options.limit, f"{name}: {peer}")


def measure(name, options):
    """The lines of all programs on one population; fails where an eligible list differs."""
    folder = Path(options.folder) / f"{name.replace('/', '-')}-{options.seed:x}"
    if not (folder / "refused.csv").exists():
        ours(name, options, "--tables", str(folder))
    lines = {}
    for peer in ["anzhi", *options.peers]:
        line = run(peer, name, folder, options)
        if line:
            lines[peer] = line
            print(json.dumps(line), file=sys.stderr)
    sums = {peer: [(line[side]["rows"], line[side]["eligible"]) for side in SIDES] for peer, line in lines.items()}
    if len({json.dumps(it) for it in sums.values()}) > 1:
        raise SystemExit(f"{name}: THE RESULT TABLES DIFFER: {sums}")
    return lines


def seconds(number):
    return f"{number * 1000:.1f} ms" if number < 0.1 else f"{number:.2f} s"


def cell(line):
    return f"{seconds(line['cpu_seconds'])} ({line['peak_mb']:.0f} MB)" if line else "–"


def row(name, lines, peers):
    own, others = lines["anzhi"], [line for peer, line in lines.items() if peer != "anzhi"]
    fastest = min(others, key=lambda line: line["cpu_seconds"], default=None)
    ratio = f"{fastest['cpu_seconds'] / own['cpu_seconds']:.1f} ×" if fastest else "–"
    cells = [name.replace("/", ", "), str(fastest["eligible_pairs"]) if fastest else "–", cell(own), ratio]
    for peer in peers:
        text = cell(lines.get(peer))
        cells.append(f"**{text}**" if fastest is not None and lines.get(peer) is fastest else text)
    return common.line(cells)


def head(options):
    what = "Processor seconds; peak memory of the whole process; every list of eligible pairs equal."
    columns = ["population", "eligible pairs", "anzhi", "fastest peer / anzhi", *options.peers]
    common.head(f"seed {options.seed}; k = {options.k}", what, columns)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SIZE/VARIANT", help=f"{' '.join(NAMES)} by default")
    parser.add_argument("--peers", type=lambda text: text.split(","), default=list(PEERS), help="with commas")
    parser.add_argument("--runs", type=int, default=3, help="runs of ours, of which the best counts")
    parser.add_argument("--k", type=int, default=20, help="length of a list")
    parser.add_argument("--threads", type=int, default=1, help="of every program")
    parser.add_argument("--limit", type=float, default=900, help="seconds of the clock for each run of a peer")
    parser.add_argument("--seed", type=int, default=0x5EED)
    parser.add_argument("--folder", default=str(Path(tempfile.gettempdir()) / "anzhi-score"), help="of the tables")
    return parser.parse_args()


def main():
    options = arguments()
    build()
    head(options)
    for name in options.names or NAMES:
        print(row(name, measure(name, options), options.peers), flush=True)


if __name__ == "__main__":
    main()
