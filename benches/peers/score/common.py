"""What both peers share: the checksum of a result table and the line that each prints."""

import argparse
import json
import multiprocessing
import resource
import sys
import time

import numpy as np

LAST = np.uint64(0xFFFF_FFFF)


def mixed(number):
    """The finish of SplitMix64, as `anzhi_benches::ranking` has it."""
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return number ^ (number >> np.uint64(31))


def checksum(owner, rank, other, score):
    high, low = ((a.astype(np.uint64) << np.uint64(32) | b.astype(np.uint64)) for a, b in ((owner, rank), (other, score)))
    return f"{int(mixed(mixed(high) ^ low).sum(dtype=np.uint64)):016x}"


def side(owner, key, shift):
    """A result table: owners with the keys of their lists, best first within the owner."""
    owner, key = np.asarray(owner), np.asarray(key).astype(np.uint64)
    order = np.lexsort((LAST * LAST - key, owner))
    owner, key = owner[order], key[order]
    first = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]]) if len(owner) else np.empty(0, dtype=np.int64)
    rank = np.arange(len(owner)) - np.repeat(first, np.diff(np.r_[first, len(owner)]))
    sums = checksum(owner, rank, LAST - (key & LAST), key >> np.uint64(shift))
    return {"rows": len(owner), "eligible": sums}


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def arguments(usage, form=None):
    parser = argparse.ArgumentParser(description=usage)
    parser.add_argument("folder")
    parser.add_argument("--k", type=int, default=20)
    parser.add_argument("--threads", type=int, default=1)
    if form:
        parser.add_argument("--form", default=form[0], choices=form[1:])
    return parser.parse_args()


def apart(work, *words):
    """Does some work in a process of its own; fails where it fails."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=words)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("the tables cannot be read")


class Timer:
    def __enter__(self):
        self.start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.seconds, self.work = time.perf_counter() - self.start[0], time.process_time() - self.start[1]
        self.peak = peak_mb()


def line(peer, timer, openings, candidates, **more):
    record = {"peer": peer, "seconds": round(timer.seconds, 4), "cpu_seconds": round(timer.work, 4), "peak_mb": round(timer.peak)}
    print(json.dumps({**record, **more, "openings": openings, "candidates": candidates}))
    sys.stdout.flush()
