"""Polars on the tables of a folder: python3 polars_score.py FOLDER [--k 20] [--threads 1].

One lazy query for each opening, its requirements as literals, which is several times as fast as a join by conditions. The
rules and the score are those of rules.sql and pairs.sql.
"""

import os
import sys
from pathlib import Path

from common import Timer, apart, arguments, line, peak_mb, side

OPTIONS = arguments(__doc__)
os.environ["POLARS_MAX_THREADS"] = str(OPTIONS.threads)
import polars as pl  # noqa: E402, the number of threads is read at import

LAST = 0xFFFF_FFFF
c, when = pl.col, pl.when
WISHES = ("wish1", "wish2", "wish3")


def prepare(folder):
    """People with a column for each slot that is wanted, in one file: a process of its own, whose memory is not counted."""
    read = lambda name: pl.read_csv(f"{folder}/{name}.csv", infer_schema_length=None)  # noqa: E731
    slots = sorted(set(read("wanted")["slot"]))
    earned = read("credits").with_columns(c("earned").cast(pl.UInt8)).pivot("slot", index="person", values="earned")
    earned = earned.rename({name: f"earned{name}" for name in earned.columns if name != "person"})
    missing = [f"earned{slot}" for slot in slots if f"earned{slot}" not in earned.columns]
    people = read("people").filter(c("ok") == 1).join(earned, on="person", how="left").sort("person")
    people = people.with_columns(c("^earned.*$").fill_null(0), *(pl.lit(0, pl.UInt8).alias(name) for name in missing))
    days, most = c("days").fill_null(-1), c("limit_km").fill_null(20) * 1000
    people.with_columns(days, most.alias("most")).write_parquet(f"{folder}/people.parquet")
    wanted = read("wanted").group_by("opening").agg("slot", "weight")
    openings = read("openings").filter(c("open") == 1).join(wanted, on="opening", how="left", maintain_order="left")
    openings.write_parquet(f"{folder}/openings.parquet")


def load(folder):
    """People as a frame, openings as records, refusals by opening."""
    if not Path(f"{folder}/openings.parquet").exists():
        apart(prepare, folder)
    refused = pl.read_csv(f"{folder}/refused.csv").group_by("opening").agg("person")
    openings = pl.read_parquet(f"{folder}/openings.parquet").to_dicts()
    return pl.read_parquet(f"{folder}/people.parquet"), openings, dict(refused.iter_rows())


def square(o):
    axes = [c(axis) - o[axis] for axis in "xyz"]
    return axes[0] * axes[0] + axes[1] * axes[1] + axes[2] * axes[2]


def same(o, level, of=None):
    return pl.lit(False) if o[level] is None else (c(of or level) == o[level]).fill_null(False)


def rules(o, refused):
    """The conditions of rules.sql, those that an opening does not state left out."""
    if o["accepts"] is not None:
        accepted = (c("class") & o["accepts"]) != 0
        yield accepted | (c("family") == 1) if o["welfare"] else accepted
    if o["education"] is not None:
        yield c("education") >= o["education"]
    for name in ("able1", "able2", "able3"):
        need = o["need" + name[-1]]
        if need:
            yield (c(name) & need) == need
    if o["licences"]:
        yield (c("licences") & o["licences"]) == o["licences"]
    for sex in ("man", "woman"):
        if o[f"min_{sex}"] is not None or o[f"max_{sex}"] is not None:
            yield c(sex).is_null() | c(sex).is_between(o[f"min_{sex}"] or 0, o[f"max_{sex}"] or 200)
    if o["welfare"]:
        yield c("welfare_ok") == 1
        yield same(o, "county", "registered") | same(o, "county", "residence")
    if not o["home"]:
        yield c("limit_km").is_null() | within(o)
    if refused:
        yield ~c("person").is_in(refused)


def within(o):
    near = pl.lit(False)
    if o["x"] is not None:
        far = c("limit_km") * 1000 + 1
        near = (square(o) < far * far).fill_null(False)
    neighbours = same(o, "village") | same(o, "township")
    return near | ((c("exact") == 0) & neighbours if o["exact"] else neighbours)


def skills(o):
    if not o["slot"]:
        return pl.lit(50)
    earned = [c(f"earned{slot}").cast(pl.Int64) * weight for slot, weight in zip(o["slot"], o["weight"])]
    return sum(earned[1:], earned[0]) // sum(o["weight"])


def commute(o):
    if o["home"]:
        return pl.lit(100)
    by_division = when(c("county").is_null()).then(50) if o["county"] is not None else pl.lit(50)
    if o["county"] is not None:
        for level, points in (("village", 100), ("township", 80), ("county", 50), ("city", 20)):
            by_division = by_division.when(same(o, level)).then(points)
        by_division = by_division.otherwise(0)
    if not o["exact"]:
        return by_division
    metres = square(o).cast(pl.Float64).sqrt().floor().cast(pl.Int64)
    rest = pl.max_horizontal(c("most") - metres, 0)
    return when(c("exact") == 1).then(100 * rest // c("most")).otherwise(by_division)


def near(wish, offered):
    """Points of one wish: the same code, minor, middle, major group; local codes (below 0) are the same or not."""
    same_code = when(c(wish) == offered).then(100)
    if offered < 0:
        return same_code.otherwise(0)
    for digits, points in ((100, 75), (10_000, 50), (1_000_000, 25)):
        same_code = same_code.when((c(wish) >= 0) & (c(wish) // digits == offered // digits)).then(points)
    return same_code.otherwise(0)


def occupation(o):
    if o["occupation"] is None:
        return pl.lit(50)
    best = pl.max_horizontal(*(near(wish, o["occupation"]) for wish in WISHES))
    return when(c("wish1").is_null()).then(50).otherwise(best)


def score(o):
    wage = pl.lit(50)
    if o["wage"] is not None:
        wage = when(c("wage").is_null()).then(50).otherwise(pl.min_horizontal(100 * o["wage"] // c("wage"), 100))
    form = pl.lit(50)
    if o["forms"]:
        form = when(c("forms") == 0).then(50).when((c("forms") & o["forms"]) != 0).then(100).otherwise(0)
    category = when((c("category") & o["named"]) != 0).then(o["targeted"]).otherwise(40)
    terms = ((30, skills(o)), (20, commute(o)), (15, occupation(o)), (10, wage), (10, form), (5, category))
    return sum(((weight * term).cast(pl.Int64) for weight, term in terms), 10 * c("priority"))


def pairs(people, o, refused):
    conditions = pl.all_horizontal(*rules(o, refused.get(o["opening"])), pl.lit(True))
    columns = (c("person"), c("days"), score(o).alias("score"))
    return people.filter(conditions).select(*columns).collect()


def main():
    people, openings, refused = load(OPTIONS.folder)
    lazy, loaded = people.lazy(), peak_mb()
    with Timer() as timer:
        of_openings, found = [], []
        for o in openings:
            eligible = pairs(lazy, o, refused)
            order = (c("score") * 2**48) + ((c("days") + 1) * 2**32) + (LAST - c("person"))
            best = eligible.select(order.top_k(OPTIONS.k).alias("key"))
            of_openings.append(best.with_columns(pl.lit(o["opening"]).alias("owner")))
            key = c("score") * 2**32 + (LAST - o["opening"])
            found.append(eligible.select("person", key.alias("key")))
        of_openings, found = pl.concat(of_openings), pl.concat(found)
        of_candidates = found.group_by("person").agg(c("key").top_k(OPTIONS.k)).explode("key")
    openings = side(of_openings["owner"], of_openings["key"], 48)
    candidates = side(of_candidates["person"], of_candidates["key"], 32)
    line("polars", timer, openings, candidates, eligible_pairs=len(found), loaded_mb=round(loaded))


if __name__ == "__main__":
    sys.exit(main())
