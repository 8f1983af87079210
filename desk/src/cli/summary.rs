//! One screen about a finished run.

use std::path::Path;

use anzhi::issue::{IssueCode, Severity};
use anzhi::report::{PlanStatus, Report, StandingCounts};
use anzhi::words::OrderKind;

use super::faults::Listed;
use super::names;
use super::screen::Columns;
use crate::intake::{Intake, SheetKind};
use crate::messages::{self, Language};
use crate::run::{Sentence, files};

/// What the summary speaks of.
pub(super) struct Run<'r> {
    pub(super) report: &'r Report,
    pub(super) intake: &'r Intake,
    pub(super) listed: &'r [Listed],
    pub(super) out: &'r Path,
}

impl Run<'_> {
    pub(super) fn summary(&self, language: Language) -> String {
        let mut rows = Columns::default();
        let label = |key: &'static str| Sentence::new(key).say(language);
        rows.row([label("sum_policy"), self.policy(language)]);
        rows.row([label("sum_seed"), self.seed(language)]);
        if let Some(salt) = &self.report.salt {
            let said = Sentence::new("sum_ties_by_digest").with("salt", salt).say(language);
            rows.row([label("sum_ties"), said]);
        }
        for (at, decision) in self.report.policy.decisions.iter().enumerate() {
            let key = if decision.example { "sum_decision_example" } else { "sum_decision_used" };
            let sentence = Sentence::new(key).with("topic", messages::word(language, decision.topic));
            let sentence = sentence.with("office", &decision.office).with("date", decision.date);
            let head = if at == 0 { label("sum_decisions") } else { String::new() };
            rows.row([head, sentence.with("decision", &decision.decision).say(language)]);
        }
        if !self.report.policy.orders.is_empty() {
            rows.row([label("sum_orders"), self.orders(language)]);
        }
        rows.row([label("sum_read"), self.read(language)]);
        let summary = &self.report.summary;
        rows.row([label("sum_standing"), standing(summary.candidates, language)]);
        rows.row([label("sum_welfare"), standing(summary.welfare_candidates, language)]);
        rows.row([label("sum_plan"), self.plan(language)]);
        self.tiers(&mut rows, language);
        self.unplaced(&mut rows, language);
        rows.row([label("sum_findings"), self.findings(language)]);
        rows.row([label("sum_result"), self.out.join(files::WORKBOOK).display().to_string()]);
        rows.text(0)
    }

    fn policy(&self, language: Language) -> String {
        let policy = &self.report.policy;
        let key = if policy.in_force { "sum_policy_in_force" } else { "sum_policy_out_of_dates" };
        let sentence = Sentence::new(key).with("title", &policy.title).with("name", &policy.name);
        let open = || "…".to_owned();
        let sentence = sentence.with("from", policy.from.map_or_else(open, |day| day.to_string()));
        let sentence = sentence.with("until", policy.until.map_or_else(open, |day| day.to_string()));
        sentence.with("date", self.report.date).say(language)
    }

    fn orders(&self, language: Language) -> String {
        let orders = &self.report.policy.orders;
        let pins = orders.iter().filter(|it| it.order == OrderKind::Pin).count();
        let sentence = Sentence::new("sum_orders_counted").with("pins", pins);
        sentence.with("forbidden", orders.len() - pins).say(language)
    }

    fn seed(&self, language: Language) -> String {
        let seed = &self.report.seed;
        let key = if seed.draft { "sum_seed_draft" } else { "sum_seed_given" };
        let digest = seed.list_digest.get(..16).unwrap_or(&seed.list_digest);
        Sentence::new(key).with("seed", &seed.seed).with("digest", digest).say(language)
    }

    /// Rows of the tables where there were tables, else those of the document.
    fn read(&self, language: Language) -> String {
        let summary = &self.report.summary;
        let mut parts = Vec::new();
        let place = |list: &str| SheetKind::ALL.iter().position(|kind| kind.as_str() == list);
        let mut lists: Vec<_> = summary.rows.iter().collect();
        lists.sort_by_key(|row| place(&row.list));
        for row in lists {
            let table = self.intake.counts.iter().find(|(kind, _)| kind.as_str() == row.list);
            let received = table.map_or(row.received, |(_, count)| count.received.max(row.received));
            let lost = received.saturating_sub(row.accepted);
            // the built-in places and skills are no rows that anybody handed in
            let ours = matches!(row.list.as_str(), "regions" | "skills") && table.is_none();
            if received == 0 || ours {
                continue;
            }
            let key = if lost == 0 { "sum_list" } else { "sum_list_rejected" };
            let sentence = Sentence::new(key).with("list", messages::list_name(language, &row.list));
            parts.push(sentence.with("received", received).with("rejected", lost).say(language));
        }
        messages::join(language, &parts)
    }

    fn plan(&self, language: Language) -> String {
        let summary = &self.report.summary;
        let key = match self.report.plan.status {
            PlanStatus::Optimal => "sum_plan_optimal",
            PlanStatus::DecisionNeeded => "sum_plan_decision",
            PlanStatus::NoPosts => "sum_plan_no_posts",
            PlanStatus::NotAsked => "sum_plan_not_asked",
        };
        let sentence = Sentence::new(key).with("seats", summary.welfare_seats);
        sentence.with("filled", summary.welfare_filled).say(language)
    }

    fn tiers(&self, rows: &mut Columns, language: Language) {
        let tiers = &self.report.summary.tiers;
        if tiers.is_empty() || self.report.plan.status != PlanStatus::Optimal {
            return;
        }
        let said: Vec<String> = tiers
            .iter()
            .map(|tier| {
                let sentence =
                    Sentence::new("sum_tier").with("tier", names::tier(self.report, tier.tier, language));
                sentence.with("placed", tier.placed).with("candidates", tier.candidates).say(language)
            })
            .collect();
        rows.row([Sentence::new("sum_placed").say(language), messages::join(language, &said)]);
    }

    fn unplaced(&self, rows: &mut Columns, language: Language) {
        for (at, reason) in self.report.summary.unplaced.iter().filter(|it| it.count > 0).enumerate() {
            let head = if at == 0 { Sentence::new("sum_unplaced").say(language) } else { String::new() };
            let sentence = Sentence::new("sum_reason").with("count", reason.count);
            rows.row([head, sentence.with("reason", messages::word(language, reason.reason)).say(language)]);
        }
    }

    fn findings(&self, language: Language) -> String {
        let of = |severity| self.listed.iter().filter(|it| it.severity == severity).count();
        let policy = self.listed.iter().filter(|it| it.code == IssueCode::PolicyOutOfDates).count();
        let sentence = Sentence::new("sum_found").with("warnings", of(Severity::Warning) - policy);
        let sentence = sentence.with("rejected", of(Severity::Rejected));
        sentence.with("adverts", of(Severity::Advert)).say(language)
    }
}

fn standing(counts: StandingCounts, language: Language) -> String {
    let sentence = Sentence::new("sum_standings").with("eligible", counts.eligible);
    sentence.with("unresolved", counts.unresolved).with("barred", counts.barred).say(language)
}
