"""What the tables of peers share: running a program under a limit, and the head of a table."""

import datetime
import json
import os
import platform
import subprocess
import sys


def ask(words, limit, what):
    """The last line of a program, as JSON; None, with a word about it, if it ran out of time or failed."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        print(f"{what} stopped after {limit} s", file=sys.stderr)
        return None
    if done.returncode:
        print(f"{what} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def head(of, what, columns):
    """Where and when it was measured, `of` which population; `what` the cells are; the names of the columns."""
    print(f"{machine()}; {datetime.date.today()}; {of}; load {os.getloadavg()[0]:.1f} at the start.")
    print(f"{what}\n")
    print("| " + " | ".join(columns) + " |")
    print("| --- " * len(columns) + "|")


def line(cells):
    return "| " + " | ".join(cells) + " |"
