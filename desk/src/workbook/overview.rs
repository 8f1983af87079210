//! 总览: the first sheet. Under which policy and decisions the match was made, what came out, how to object, who signs.

use std::collections::BTreeSet;

use anzhi::report::{EntryRecord, Report, RuleRecord, StandingCounts, TierRecord};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::table::{Cell, Page, safe, width_of};
use super::width::{height, lines};
use super::{Extras, sheet_name};
use crate::intake::keeps_a_table_out;
use crate::messages::{
    Labels, Language, choice_value, join, list_name, period, render, source_name, text, word,
};

/// Widths of the sheet's columns, in units.
const GRID: [usize; 6] = [24, 14, 14, 14, 26, 34];

/// First and last column of a part of a row.
type Span = (u16, u16);

const WHOLE: Span = (0, 5);
const PAIR: &[Span] = &[(0, 0), (1, 5)];
const FIGURES: &[Span] = &[(0, 0), (1, 1), (2, 2), (3, 3)];
const TIERS: &[Span] = &[(0, 0), (1, 1), (2, 2), (3, 4), (5, 5)];
const REASONS: &[Span] = &[(0, 1), (2, 2)];
const DECISIONS: &[Span] = &[(0, 0), (1, 3), (4, 4), (5, 5)];
const CHOICES: &[Span] = &[(0, 0), (1, 2), (3, 4), (5, 5)];
const RULES: &[Span] = &[(0, 0), (1, 1), (2, 3), (4, 4), (5, 5)];
const WEIGHTS: &[Span] = &[(0, 0), (1, 1)];

/// Writes the first sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    page: &Page<'_>,
    labels: &Labels<'_>,
    (report, extras): (&Report, &Extras),
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(page.language, "sheet.overview"))?;
    page.set_up(sheet);
    for (column, width) in (0_u16..).zip(GRID) {
        sheet.set_column_width(column, width_of(width))?;
    }
    let mut form = Form { sheet, page, at: 0 };
    form.title(text(page.language, "overview.title"))?;
    alarms(&mut form, report, extras)?;
    basics(&mut form, report)?;
    figures(&mut form, report)?;
    tiers(&mut form, labels, report)?;
    reasons(&mut form, report)?;
    decisions(&mut form, report)?;
    rules(&mut form, report)?;
    weights(&mut form, report)?;
    form.at += 1;
    form.line("overview.objection", &page.styles.note)?;
    form.at += 1;
    form.line("overview.signature", &page.styles.note)
}

/// A sheet that is filled from top to bottom, row by row, over the grid.
struct Form<'a, 'b> {
    sheet: &'a mut Worksheet,
    page: &'a Page<'b>,
    at: u32,
}

impl Form<'_, '_> {
    const fn language(&self) -> Language {
        self.page.language
    }

    fn title(&mut self, said: &str) -> Result<(), XlsxError> {
        let styles = self.page.styles;
        self.sheet.merge_range(0, WHOLE.0, 0, WHOLE.1, said, &styles.title)?;
        self.sheet.set_row_height(0, 28)?;
        self.at = 1;
        Ok(())
    }

    /// A line over the whole width, its letters so many tenths of the usual size.
    fn said(&mut self, said: &str, look: &Format, tenths: usize) -> Result<(), XlsxError> {
        let said = safe(said);
        self.sheet.merge_range(self.at, WHOLE.0, self.at, WHOLE.1, &said, look)?;
        self.sheet.set_row_height(
            self.at,
            height((lines(&said, units_of(WHOLE) * 10 / tenths) * tenths).div_ceil(10)),
        )?;
        self.at += 1;
        Ok(())
    }

    fn line(&mut self, key: &str, look: &Format) -> Result<(), XlsxError> {
        self.said(text(self.language(), key), look, 10)
    }

    /// A warning that nobody can overlook.
    fn alarm(&mut self, said: &str) -> Result<(), XlsxError> {
        let styles = self.page.styles;
        self.said(said, &styles.alarm, 14)
    }

    /// The name of a section, with the headings of its table.
    fn section(&mut self, name: &str, spans: &[Span], headings: &[&str]) -> Result<(), XlsxError> {
        let (styles, language) = (self.page.styles, self.language());
        self.at += 1;
        self.sheet.write_string_with_format(self.at, 0, text(language, name), &styles.section)?;
        self.sheet.set_row_height(self.at, 20)?;
        self.at += 1;
        if headings.is_empty() {
            return Ok(());
        }
        for (span, heading) in spans.iter().zip(headings) {
            self.part(*span, &Cell::text(text(language, heading)), Some(&styles.heading))?;
        }
        self.at += 1;
        Ok(())
    }

    fn row(&mut self, spans: &[Span], cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let mut most = 1;
        for (span, cell) in spans.iter().zip(cells) {
            self.part(*span, cell, None)?;
            most = most.max(cell.lines(units_of(*span)));
        }
        self.sheet.set_row_height(self.at, height(most))?;
        self.at += 1;
        Ok(())
    }

    fn part(&mut self, span: Span, cell: &Cell<'_>, look: Option<&Format>) -> Result<(), XlsxError> {
        let plain = &self.page.styles.plain;
        if span.0 == span.1 && look.is_none() {
            return cell.write(self.sheet, (self.at, span.0), plain);
        }
        let said = if let Cell::Text(said) = cell { safe(said) } else { "".into() };
        let look = look.unwrap_or(&plain.text);
        if span.0 == span.1 {
            self.sheet.write_string_with_format(self.at, span.0, said, look)?;
        } else {
            self.sheet.merge_range(self.at, span.0, self.at, span.1, &said, look)?;
        }
        Ok(())
    }
}

/// Units of the columns of a span.
fn units_of((first, last): Span) -> usize {
    let columns = GRID.iter().skip(usize::from(first)).take(usize::from(last - first) + 1);
    columns.sum()
}

/// What must not be overlooked.
fn alarms(form: &mut Form<'_, '_>, report: &Report, extras: &Extras) -> Result<(), XlsxError> {
    let language = form.language();
    let unread: BTreeSet<&str> = extras
        .faults
        .iter()
        .filter(|it| keeps_a_table_out(it.code, &it.place.file))
        .map(|it| it.place.file.as_str())
        .collect();
    if !unread.is_empty() {
        let files = join(language, &unread.into_iter().collect::<Vec<_>>());
        form.alarm(&render(language, "overview.unread", &[("files", &files)]))?;
    }
    if report.seed.draft {
        form.alarm(text(language, "overview.draft"))?;
    }
    let policy = &report.policy;
    if !policy.in_force {
        let (date, period) = (report.date.to_string(), period(language, policy.from, policy.until));
        let values = [("date", date.as_str()), ("period", &period)];
        form.alarm(&render(language, "overview.out_of_force", &values))?;
    }
    if !policy.missing.is_empty() {
        let topics: Vec<_> = policy.missing.iter().map(|it| word(language, *it)).collect();
        let values = [("topics", join(language, &topics))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        form.alarm(&render(language, "overview.decision_needed", &values))?;
    }
    if policy.decisions.iter().any(|it| it.example) {
        form.alarm(text(language, "overview.example"))?;
    }
    let invented = report.candidates.iter().filter(|it| it.synthetic).count();
    if invented > 0 {
        form.alarm(&render(language, "overview.synthetic", &[("n", &invented.to_string())]))?;
    }
    Ok(())
}

fn basics(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let language = form.language();
    let (policy, seed, summary) = (&report.policy, &report.seed, &report.summary);
    let seed_said = if seed.seed.is_empty() { text(language, "overview.seed_none") } else { &seed.seed };
    let (seats, filled) = (summary.welfare_seats.to_string(), summary.welfare_filled.to_string());
    let seats = [("seats", seats.as_str()), ("filled", &filled)];
    form.section("overview.basics", PAIR, &[])?;
    let facts = [
        ("overview.policy", policy.title.clone()),
        ("overview.period", period(language, policy.from, policy.until)),
        ("overview.date", report.date.to_string()),
        ("overview.status", word(language, report.plan.status).to_owned()),
        ("overview.welfare_seats", render(language, "overview.welfare_filled", &seats)),
        ("overview.seed", seed_said.to_owned()),
        ("overview.digest", seed.list_digest.clone()),
    ];
    let salt = report
        .salt
        .as_ref()
        .map(|salt| ("overview.ties", render(language, "overview.ties_by_digest", &[("salt", salt)])));
    for (key, said) in facts.into_iter().chain(salt) {
        form.row(PAIR, &[Cell::text(text(language, key)), Cell::text(said)])?;
    }
    Ok(())
}

fn figures(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let (language, summary) = (form.language(), &report.summary);
    let headings = ["overview.list", "overview.received", "overview.accepted", "overview.set_aside"];
    form.section("overview.rows", FIGURES, &headings)?;
    for it in &summary.rows {
        let counts = [it.received, it.accepted, it.received.saturating_sub(it.accepted)];
        let mut cells = vec![Cell::text(list_name(language, &it.list))];
        cells.extend(counts.map(|count| Cell::Number(count as u64)));
        form.row(FIGURES, &cells)?;
    }
    let headings =
        ["overview.of_whom", "word.standing.eligible", "word.standing.unresolved", "word.standing.barred"];
    form.section("overview.standings", FIGURES, &headings)?;
    let pairs = summary.pairs;
    let pairs =
        StandingCounts { eligible: pairs.eligible, unresolved: pairs.unresolved, barred: pairs.barred };
    let lines = [
        ("overview.any_opening", summary.candidates),
        ("overview.welfare_post", summary.welfare_candidates),
        ("overview.pairs", pairs),
    ];
    for (key, it) in lines {
        let mut cells = vec![Cell::text(text(language, key))];
        cells.extend([it.eligible, it.unresolved, it.barred].map(Cell::Number));
        form.row(FIGURES, &cells)?;
    }
    Ok(())
}

fn tiers(form: &mut Form<'_, '_>, labels: &Labels<'_>, report: &Report) -> Result<(), XlsxError> {
    if report.summary.tiers.is_empty() {
        return Ok(());
    }
    let language = form.language();
    let headings =
        ["column.tier", "overview.people", "overview.placed", "overview.groups", "overview.clause"];
    form.section("overview.tiers", TIERS, &headings)?;
    for it in &report.summary.tiers {
        let record = labels.tier_record(it.tier);
        let cells = [
            Cell::text(labels.tier(it.tier)),
            Cell::Number(it.candidates),
            Cell::Number(it.placed),
            Cell::text(record.map_or_else(String::new, |tier| groups(language, tier))),
            Cell::text(record.map_or("", |tier| &tier.clause)),
        ];
        form.row(TIERS, &cells)?;
    }
    Ok(())
}

fn groups(language: Language, tier: &TierRecord) -> String {
    let said: Vec<_> = tier.entries.iter().map(|it| entry(language, it)).collect();
    join(language, &said)
}

fn entry(language: Language, entry: &EntryRecord) -> String {
    let key = if entry.registered_unemployed { "overview.entry_registered" } else { "overview.entry" };
    let who = beneficiaries(language, &entry.beneficiaries);
    render(language, key, &[("group", word(language, entry.group)), ("who", who)])
}

fn beneficiaries(language: Language, wire: &str) -> &str {
    match wire {
        "disabled" => text(language, "word.beneficiaries.disabled"),
        "family_member" => text(language, "word.beneficiaries.family_member"),
        "both" => text(language, "word.beneficiaries.both"),
        other => other,
    }
}

fn reasons(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let language = form.language();
    let counted = report.summary.unplaced.iter().filter(|it| it.count > 0);
    let counted: Vec<_> = counted.collect();
    if counted.is_empty() {
        return Ok(());
    }
    form.section("overview.unplaced", REASONS, &["column.reason", "overview.people"])?;
    for it in counted {
        form.row(REASONS, &[Cell::text(word(language, it.reason)), Cell::Number(it.count)])?;
    }
    Ok(())
}

fn decisions(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let (language, policy) = (form.language(), &report.policy);
    if !policy.decisions.is_empty() {
        let headings = ["overview.topic", "overview.decision", "overview.office", "overview.decided"];
        form.section("overview.decisions", DECISIONS, &headings)?;
    }
    for it in &policy.decisions {
        let date = it.date.to_string();
        let date =
            if it.example { render(language, "overview.decided_example", &[("date", &date)]) } else { date };
        let cells = [
            Cell::text(word(language, it.topic)),
            Cell::text(it.decision.as_str()),
            Cell::text(it.office.as_str()),
            Cell::text(date),
        ];
        form.row(DECISIONS, &cells)?;
    }
    orders(form, report)?;
    let headings = ["overview.topic", "overview.choice", "overview.clause", "overview.source"];
    form.section("overview.choices", CHOICES, &headings)?;
    for it in &policy.choices {
        let cells = [
            Cell::text(word(language, it.topic)),
            Cell::text(choice_value(language, it.topic, &it.value)),
            Cell::text(it.clause.as_str()),
            Cell::text(source_name(language, &it.source)),
        ];
        form.row(CHOICES, &cells)?;
    }
    Ok(())
}

fn orders(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let (language, orders) = (form.language(), &report.policy.orders);
    if !orders.is_empty() {
        let headings = ["overview.order", "overview.order_reason", "overview.office", "overview.decided"];
        form.section("overview.orders", DECISIONS, &headings)?;
    }
    for it in orders {
        let date = it.date.to_string();
        let date =
            if it.example { render(language, "overview.decided_example", &[("date", &date)]) } else { date };
        let values = [("candidate", it.candidate.as_str()), ("opening", it.opening.as_str())];
        let said = [&values[..], &[("reason", &it.reason)]].concat();
        let cells = [
            Cell::text(word(language, it.order)),
            Cell::text(render(language, "overview.order_said", &said)),
            Cell::text(it.office.as_str()),
            Cell::text(date),
        ];
        form.row(DECISIONS, &cells)?;
    }
    Ok(())
}

fn rules(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let language = form.language();
    let headings =
        ["overview.rule", "overview.rule_id", "overview.clause", "overview.source", "overview.quote"];
    form.section("overview.rules", RULES, &headings)?;
    for it in &report.policy.rules {
        form.row(RULES, &rule(language, it))?;
    }
    Ok(())
}

fn rule(language: Language, it: &RuleRecord) -> [Cell<'_>; 5] {
    [
        Cell::text(word(language, it.rule)),
        Cell::text(it.id.as_str()),
        Cell::text(it.clause.as_str()),
        Cell::text(source_name(language, &it.source)),
        Cell::text(it.quote.as_deref().unwrap_or_default()),
    ]
}

fn weights(form: &mut Form<'_, '_>, report: &Report) -> Result<(), XlsxError> {
    let language = form.language();
    form.section("overview.weights", WEIGHTS, &["overview.criterion", "overview.weight"])?;
    for it in &report.policy.weights {
        form.row(WEIGHTS, &[Cell::text(word(language, it.criterion)), Cell::Number(u64::from(it.weight))])?;
    }
    Ok(())
}
