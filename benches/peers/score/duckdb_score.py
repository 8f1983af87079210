"""DuckDB on the tables of a folder: python3 duckdb_score.py FOLDER [--k 20] [--threads 1] [--form wide|narrow|wide-blocks|narrow-blocks].

The rules and the score stand in the SQL files; pairs.sql says what the two forms are.
"""

import sys
from pathlib import Path

import duckdb
from common import Timer, apart, arguments, line, peak_mb, side

HERE = Path(__file__).resolve().parent
WISH = """CASE WHEN {w} IS NULL THEN 0 WHEN {w} = occupation THEN 100 WHEN {w} < 0 OR occupation < 0 THEN 0
    WHEN {w} // 100 = occupation // 100 THEN 75 WHEN {w} // 10000 = occupation // 10000 THEN 50
    WHEN {w} // 1000000 = occupation // 1000000 THEN 25 ELSE 0 END"""


SOME = "block AS (SELECT * FROM openings WHERE opening BETWEEN {first} AND {last})"
FOUND = ", found AS MATERIALIZED (SELECT p.person, o.opening FROM block o JOIN people p ON {rules})"
WIDE = {"source": SOME, "joined": "block o JOIN people p ON {rules}"}
NARROW = {
    "source": SOME + FOUND,
    "joined": "found f JOIN block o ON o.opening = f.opening JOIN people p ON p.person = f.person",
}
QUIET = "SET enable_progress_bar = false"  # it would go to standard output
ALL = 1 << 31
# what is joined, and the openings of a block
FORMS = {"wide": (WIDE, ALL), "narrow": (NARROW, ALL), "wide-blocks": (WIDE, 250), "narrow-blocks": (NARROW, 250)}


def text(name, **values):
    return (HERE / name).read_text().format(**values)


def pairs(parts, first, last):
    rules = text("rules.sql")
    parts = {name: part.format(rules=rules, first=first, last=last) for name, part in parts.items()}
    return text("pairs.sql", **parts, **{f"wish{n}": WISH.format(w=f"wish{n}") for n in (1, 2, 3)})


def answer(base, form, k):
    """Both result tables; the number of eligible pairs."""
    (parts, block), count = FORMS[form], 0
    base.execute(text("start.sql"))
    end = base.execute("SELECT max(opening) + 1 FROM openings").fetchone()[0]
    for first in range(0, end, block):
        base.execute(pairs(parts, first, min(first + block, end) - 1))
        base.execute(text("both.sql", k=k))
        count += base.execute("SELECT count(*) FROM pairs").fetchone()[0]
    base.execute(text("end.sql", k=k))
    return count


def prepare(folder, file):
    """Reads the tables once, in a process of its own, so that its memory is not counted."""
    base = duckdb.connect(file)
    base.execute(QUIET)
    base.execute(text("load.sql", folder=folder))
    base.close()


def loaded(folder):
    """All tables in memory, as a user would have them."""
    file = folder / "score.duckdb"
    if not file.exists():
        apart(prepare, str(folder), str(file))
    base = duckdb.connect()
    base.execute(QUIET)
    base.execute(f"ATTACH '{file}' AS kept (READ_ONLY)")
    for name in ("people", "openings", "refused"):
        base.execute(f"CREATE TABLE {name} AS FROM kept.{name}")
    base.execute("DETACH kept")
    return base


def main():
    options = arguments(__doc__, form=("wide", *FORMS))
    base = loaded(Path(options.folder))
    base.execute(f"SET threads = {options.threads}; SET preserve_insertion_order = false")
    before = peak_mb()
    with Timer() as timer:
        count = answer(base, options.form, options.k)
    tables = [base.execute(f"FROM {name}").fetchnumpy() for name in ("of_openings", "of_candidates")]
    openings, candidates = (side(it["owner"], it["key"], shift) for it, shift in zip(tables, (48, 32)))
    line("duckdb", timer, openings, candidates, form=options.form, eligible_pairs=count, loaded_mb=round(before))


if __name__ == "__main__":
    main()
