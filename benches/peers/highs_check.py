"""HiGHS on a bare instance, level by level: python3 highs_check.py FILE [--mip]

Every kind of constraint, straight from its definition; nothing of the flow networks of the other peers. Each level
(reserved seats filled, people placed of each tier, score) is maximised with the levels above it held at their
best values. Linear programs first; where an answer is not whole, or with --mip, integer programs.
"""

import argparse
import time

import highspy
import numpy as np

import bare

PEER = "highs"


class Model:
    """Columns: one for each pair, one for each group with a reserve (how many of its seats are filled)."""

    def __init__(self, instance):
        self.instance = instance
        self.pairs = len(instance.opening)
        self.reserves = [row for row, group in enumerate(instance.groups) if group.reserve]
        self.columns = self.pairs + len(self.reserves)
        self.rows, self.upper = [], []
        self.who = instance.candidates()
        self.inside = self.group_pairs()
        self.write_rows()

    def group_pairs(self):
        masks, instance = self.instance.kind_of(), self.instance
        found = []
        for group in instance.groups:
            inside = np.isin(instance.opening, group.openings)
            if group.kind != bare.NONE:
                inside &= masks[group.kind][self.who]
            found.append(np.flatnonzero(inside))
        return found

    def row(self, columns, values, upper):
        self.rows.append((np.asarray(columns, dtype=np.int64), np.broadcast_to(values, len(columns))))
        self.upper.append(upper)

    def one_each(self, of, limits):
        """Rows that limit the pairs of each part, `of` naming the part of each pair."""
        order = np.argsort(of, kind="stable")
        ends = np.cumsum(np.bincount(of, minlength=len(limits)))
        for part, limit in enumerate(limits):
            start = ends[part - 1] if part else 0
            if ends[part] > start:
                self.row(order[start : ends[part]], 1.0, limit)

    def write_rows(self):
        instance = self.instance
        self.one_each(self.who, np.ones(instance.people))
        kept = {}
        for column, row in enumerate(self.reserves, self.pairs):
            group = instance.groups[row]
            inside = self.inside[row]
            self.row([column, *inside], np.concatenate([[1.0], -np.ones(len(inside))]), 0.0)
            if group.left_free and group.kind != bare.NONE:
                assert len(group.openings) == 1, "a kept share of several openings is not judged here"
                kept.setdefault(int(group.openings[0]), []).append((column, group.reserve))
        for opening, seats in enumerate(instance.seats):
            pairs = np.flatnonzero(instance.opening == opening)
            free = kept.get(opening, [])
            columns = [*pairs, *(column for column, _ in free)]
            values = np.concatenate([np.ones(len(pairs)), -np.ones(len(free))])
            self.row(columns, values, float(seats) - sum(reserve for _, reserve in free))
        if instance.household_cap:
            of = instance.household[self.who]
            shares = np.flatnonzero(of != bare.NONE)
            for home in np.unique(of[shares]):
                self.row(shares[of[shares] == home], 1.0, float(instance.household_cap))
        for group, inside in zip(instance.groups, self.inside):
            if group.cap != bare.NONE:
                self.row(inside, 1.0, float(group.cap))

    def levels(self):
        """The objective of each level over all columns."""
        reserved = np.zeros(self.columns)
        reserved[self.pairs :] = 1.0
        yield reserved
        for tier in range(self.instance.tiers):
            yield np.concatenate([self.instance.tier[self.who] == tier, np.zeros(len(self.reserves))]).astype(float)
        yield np.concatenate([self.instance.score, np.zeros(len(self.reserves))]).astype(float)

    def solver(self):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", 0.0)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(self.rows)
        lp.col_cost_ = np.zeros(self.columns)
        lp.col_lower_ = np.zeros(self.columns)
        reserves = [self.instance.groups[row].reserve for row in self.reserves]
        lp.col_upper_ = np.concatenate([np.ones(self.pairs), reserves]).astype(float)
        lp.row_lower_ = np.full(len(self.rows), -highspy.kHighsInf)
        lp.row_upper_ = np.array(self.upper, dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in self.rows])])
        lp.a_matrix_.index_ = np.concatenate([columns for columns, _ in self.rows] or [[]])
        lp.a_matrix_.value_ = np.concatenate([values for _, values in self.rows] or [[]])
        lp.sense_ = highspy.ObjSense.kMaximize
        highs.passModel(lp)
        return highs


def solve(instance, mip=False):
    """The chosen pairs and the CPU seconds of all calls."""
    model = Model(instance)
    if not model.pairs:
        return np.zeros(0, dtype=np.int64), 0.0
    highs, total = model.solver(), 0.0
    columns = np.arange(model.columns, dtype=np.int32)
    whole = np.full(model.columns, highspy.HighsVarType.kInteger)
    if mip:
        highs.changeColsIntegrality(model.columns, columns, whole)
    for level in model.levels():
        if not level.any():
            continue
        highs.changeColsCost(model.columns, columns, level)
        start = time.process_time()
        highs.run()
        total += time.process_time() - start
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"no optimum: {highs.getModelStatus()}")
        values = np.array(highs.getSolution().col_value)
        if not mip and np.abs(values - values.round()).max() > 1e-6:
            answer, again = solve(instance, mip=True)
            return answer, total + again
        best = round(float(level @ values.round()))
        used = np.flatnonzero(level).astype(np.int32)
        highs.addRow(float(best), highspy.kHighsInf, len(used), used, level[used])
    return np.flatnonzero(values[: model.pairs] > 0.5), total


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--mip", action="store_true", help="integer programs from the start")
    options = parser.parse_args()
    instance = bare.read(options.file)
    chosen, seconds = solve(instance, options.mip)
    peak = bare.peak_mb()
    bare.line(PEER, options.file, bare.judge(instance, chosen), seconds, peak)


if __name__ == "__main__":
    main()
