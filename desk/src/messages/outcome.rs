//! What the plan says of a person, as one sentence for the window: why, why not, what would help.

use anzhi::report::{
    CandidateReport, EntryRecord, HallRecord, HitRecord, LossRecord, OrderRecord, OutcomeRecord,
    PlacementRecord, ReasonRecord, Report, TierRecord,
};
use anzhi::words::{Criterion, OrderKind, ReasonCode, Topic};

use super::Language;
use super::catalogue::{counted, join, join_or, render, text};
use super::hits::{employer_knows, hit_clause, hit_help, missing_together};
use super::labels::Labels;
use super::values::hundredths;
use super::words::{accommodation_name, word};

/// What the plan says of a candidate, as one true sentence for them and for nobody else: it may name their group, class or
/// level. It holds no name and no number of a document.
#[must_use]
pub fn outcome_sentence(labels: &Labels<'_>, report: &Report, candidate: &CandidateReport) -> String {
    let window = Window { language: labels.language(), labels, report, candidate };
    let said = match &candidate.outcome {
        OutcomeRecord::Placed { opening } => window.placed(opening.as_str()),
        OutcomeRecord::Unplaced(reason) => {
            window.reason(reason) + &window.rise(reason.code) + &window.market()
        }
        OutcomeRecord::NoPosts => text(window.language, "outcome.no_posts").to_owned() + &window.market(),
    };
    capitalised(&said) + text(window.language, "join.stop")
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// What one sentence is made from.
struct Window<'a> {
    language: Language,
    labels: &'a Labels<'a>,
    report: &'a Report,
    candidate: &'a CandidateReport,
}

impl Window<'_> {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        render(self.language, key, values)
    }

    fn placed(&self, opening: &str) -> String {
        let placement = self.labels.placement(self.candidate.id.as_str());
        let tier = self.tier_held(placement.map(|it| it.tier).or(self.candidate.tier));
        let score = hundredths(placement.map_or(0, |it| u64::from(it.assignment_score)));
        let named = self.labels.opening_with_employer(opening);
        let values = [("opening", named.as_str()), ("tier", &tier), ("score", &score)];
        let conditions = placement.map_or_else(String::new, |it| self.conditions(it));
        let pinned = self.order(OrderKind::Pin, opening).map_or_else(String::new, |it| {
            let date = it.date.to_string();
            let values = [("office", it.office.as_str()), ("date", &date), ("reason", &it.reason)];
            self.say("outcome.placed_pinned", &values)
        });
        self.say("outcome.placed", &values)
            + &conditions
            + &pinned
            + text(self.language, "outcome.placed_signature")
    }

    fn conditions(&self, placement: &PlacementRecord) -> String {
        let mut said = String::new();
        if !placement.accommodations.is_empty() {
            let ids = placement.accommodations.iter();
            let names: Vec<_> = ids.map(|id| accommodation_name(self.language, id)).collect();
            let names = join(self.language, &names);
            said += &self.say("outcome.placed_accommodations", &[("accommodations", &names)]);
        }
        if placement.conditional && !placement.missing.is_empty() {
            let (data, bring) = missing_together(self.language, &placement.missing);
            said += &self.say("outcome.placed_condition", &[("data", &data), ("bring", &bring)]);
        }
        said
    }

    fn tier_held(&self, tier: Option<u8>) -> String {
        let Some(record) = tier.and_then(|tier| self.labels.tier_record(tier)) else {
            return text(self.language, "outcome.placed_others").to_owned();
        };
        let entries = entries_held(record, self.candidate);
        let groups: Vec<_> = entries.iter().map(|it| word(self.language, it.group)).collect();
        let clause = entries.first().map_or(record.clause.as_str(), |it| it.clause.as_str());
        let (tier, groups) = (self.labels.tier(record.tier), join(self.language, &groups));
        let key = if groups.is_empty() { "outcome.placed_tier_plain" } else { "outcome.placed_tier" };
        self.say(key, &[("tier", &tier), ("groups", &groups), ("clause", clause)])
    }

    fn reason(&self, reason: &ReasonRecord) -> String {
        match reason.code {
            ReasonCode::Declined => self.declined(reason),
            ReasonCode::Prohibited => self.prohibited(reason),
            ReasonCode::NoDecision => self.no_decision(reason),
            ReasonCode::NoOpening => self.no_opening(reason),
            ReasonCode::MissingDatum => self.missing_datum(reason),
            ReasonCode::HouseholdPlaced => self.household_placed(),
            ReasonCode::Reserve => self.reserve(reason),
            ReasonCode::FewerOfTier => self.fewer_of_tier(reason),
            ReasonCode::FewerOfLower => {
                let loss = self.tiers_lost(reason.loss.as_ref(), "outcome.loss_lower_bare");
                let seats = self.seats(reason);
                self.say("outcome.fewer_of_lower", &[("seats", &seats), ("loss", &loss)])
            }
            ReasonCode::LowerScore => self.lower_score(reason),
            ReasonCode::LaterLot => self.later_lot(reason),
        }
    }

    fn declined(&self, reason: &ReasonRecord) -> String {
        let example = reason.opening.as_ref().map_or_else(String::new, |id| {
            let opening = self.labels.opening(id.as_str());
            self.say("outcome.declined_example", &[("opening", &opening)])
        });
        self.say("outcome.declined", &[("example", &example)])
    }

    fn prohibited(&self, reason: &ReasonRecord) -> String {
        let order = reason.opening.as_ref().and_then(|id| self.order(OrderKind::Forbid, id.as_str()));
        let Some(order) = order else { return text(self.language, "outcome.prohibited_bare").to_owned() };
        let opening = self.labels.opening(order.opening.as_str());
        let date = order.date.to_string();
        let values = [("office", order.office.as_str()), ("date", &date), ("opening", &opening)];
        self.say("outcome.prohibited", &[&values[..], &[("reason", &order.reason)]].concat())
    }

    /// What an officer ordered for the person and an opening.
    fn order(&self, kind: OrderKind, opening: &str) -> Option<&OrderRecord> {
        let mut orders = self.report.policy.orders.iter();
        orders.find(|it| {
            it.order == kind && it.candidate == self.candidate.id && it.opening.as_str() == opening
        })
    }

    fn no_decision(&self, reason: &ReasonRecord) -> String {
        let topics: Vec<_> = self.report.policy.missing.iter().map(|it| word(self.language, *it)).collect();
        let topics = join(self.language, &topics);
        let mut said = self.say("outcome.no_decision", &[("topics", &topics)]);
        if reason.openings > 0 {
            let openings = counted(self.language, "count.openings", reason.openings);
            said += &self.say("outcome.no_decision_openings", &[("openings", &openings)]);
        }
        said
    }

    fn no_opening(&self, reason: &ReasonRecord) -> String {
        let hits = self.hits(&reason.failing) + &self.remedies(&reason.failing);
        let opening = reason.opening.as_ref().map(|id| self.labels.opening(id.as_str()));
        match (opening, hits.is_empty()) {
            (Some(opening), false) => {
                self.say("outcome.no_opening", &[("opening", &opening), ("hits", &hits)])
            }
            (None, false) => self.say("outcome.no_opening_hits", &[("hits", &hits)]),
            (_, true) => text(self.language, "outcome.no_opening_bare").to_owned(),
        }
    }

    fn hits(&self, failing: &[HitRecord]) -> String {
        let clauses: Vec<_> = failing.iter().map(|hit| hit_clause(self.language, hit)).collect();
        clauses.join(text(self.language, "join.clause"))
    }

    /// What the person could do, where something could be done about every rule that says no.
    fn remedies(&self, failing: &[HitRecord]) -> String {
        let mut remedies: Vec<&str> = Vec::new();
        for hit in failing {
            let help = hit_help(self.language, hit);
            if help.is_none() && hit.closers.is_empty() {
                return String::new();
            }
            remedies.extend(help.filter(|help| !remedies.contains(help)));
        }
        let joint = text(self.language, "join.clause");
        remedies.iter().flat_map(|help| [joint, help]).collect()
    }

    fn missing_datum(&self, reason: &ReasonRecord) -> String {
        let Some(opening) = reason.opening.as_ref().filter(|_| !reason.missing.is_empty()) else {
            return text(self.language, "outcome.missing_datum_bare").to_owned();
        };
        let opening = self.labels.opening(opening.as_str());
        let (asked, own): (Vec<_>, Vec<_>) =
            reason.missing.iter().cloned().partition(|it| employer_knows(it.datum));
        let (of_employer, _) = missing_together(self.language, &asked);
        if own.is_empty() {
            let values = [("opening", opening.as_str()), ("data", &of_employer)];
            return self.say("outcome.missing_datum_employer", &values);
        }
        let (data, bring) = missing_together(self.language, &own);
        let values = [("opening", opening.as_str()), ("data", &data), ("bring", &bring)];
        let said = self.say("outcome.missing_datum", &values);
        if asked.is_empty() {
            return said;
        }
        said + &self.say("outcome.missing_datum_also", &[("data", &of_employer)])
    }

    fn household_placed(&self) -> String {
        let mut choices = self.report.policy.choices.iter();
        let choice = choices.find(|it| it.topic == Topic::HouseholdCap && it.value.parse::<u32>().is_ok());
        let cap = choice.map_or_else(
            || text(self.language, "outcome.household_cap_bare").to_owned(),
            |it| self.say("outcome.household_cap", &[("n", &it.value), ("clause", &it.clause)]),
        );
        self.say("outcome.household_placed", &[("cap", &cap)])
    }

    fn reserve(&self, reason: &ReasonRecord) -> String {
        match reason.loss.as_ref().map(|it| it.reserved) {
            Some(seats) if seats > 0 => self.say("outcome.reserve_seats", &[("n", &seats.to_string())]),
            _ => text(self.language, "outcome.reserve_bare").to_owned(),
        }
    }

    fn fewer_of_tier(&self, reason: &ReasonRecord) -> String {
        let loss = self.tiers_lost(reason.loss.as_ref(), "outcome.loss_bare");
        self.say("outcome.fewer_of_tier", &[("seats", &self.seats(reason)), ("loss", &loss)])
    }

    fn lower_score(&self, reason: &ReasonRecord) -> String {
        let lost = reason.loss.as_ref().map_or(0, |it| u64::try_from(it.score).unwrap_or(0));
        let values = [("seats", self.seats(reason)), ("score", hundredths(lost))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.say("outcome.lower_score", &values) + &self.weakest(reason)
    }

    /// The criterion that costs the person most at the opening the reason speaks of, if it costs anything.
    fn weakest(&self, reason: &ReasonRecord) -> String {
        let pair = reason.opening.as_ref().and_then(|id| {
            let ranked = self.labels.ranked(self.candidate.id.as_str(), id.as_str())?;
            Some((self.labels.opening(id.as_str()), ranked))
        });
        let Some((opening, ranked)) = pair else { return String::new() };
        let own = |criterion| !matches!(criterion, Criterion::Priority | Criterion::Category);
        let lost = self.report.policy.weights.iter().zip(&ranked.points);
        let lost = lost.filter(|(it, _)| own(it.criterion)).map(|(it, points)| {
            (u16::from(it.weight) * u16::from(100_u8.saturating_sub(*points)), it.criterion, *points)
        });
        match lost.reduce(|most, next| if next.0 > most.0 { next } else { most }) {
            Some((1.., criterion, points)) => {
                let (criterion, points) = (word(self.language, criterion), points.to_string());
                let values = [("opening", opening.as_str()), ("criterion", criterion), ("points", &points)];
                self.say("outcome.lower_score_opening", &values)
            }
            _ => String::new(),
        }
    }

    fn later_lot(&self, reason: &ReasonRecord) -> String {
        let seats = self.seats(reason);
        if self.report.seed.draft {
            return self.say("outcome.later_lot_draft", &[("seats", &seats)]);
        }
        self.say("outcome.later_lot", &[("seats", &seats), ("seed", &self.report.seed.seed)])
    }

    /// Which openings might have been the person's and who holds their seats; empty where the reason does not count them.
    fn seats(&self, reason: &ReasonRecord) -> String {
        match &reason.hall {
            _ if reason.seats == 0 => String::new(),
            Some(hall) => self.hall(reason, hall),
            None => self.own_seats(reason) + text(self.language, "outcome.seats_limited"),
        }
    }

    /// The openings in whose seats nobody is left over, and who has these.
    fn hall(&self, reason: &ReasonRecord, hall: &HallRecord) -> String {
        let count = |key, number| counted(self.language, key, number);
        let [above, same] = if self.is_in_no_tier() {
            ["outcome.hall_tiers", "outcome.hall_others"]
        } else {
            ["outcome.hall_above", "outcome.hall_same"]
        };
        let parts = [(above, hall.above), (same, hall.same), ("outcome.hall_pinned", hall.pinned)];
        let said = parts.iter().filter(|(_, people)| *people > 0);
        let said = said.map(|(key, people)| self.say(key, &[("people", &count("count.people", *people))]));
        let who = join(self.language, &said.collect::<Vec<_>>());
        let (openings, seats) = (count("count.openings", hall.openings), count("count.seats", hall.seats));
        let own = count("count.openings", reason.openings);
        let values = [("openings", openings.as_str()), ("seats", &seats), ("who", &who)];
        let said = if hall.openings == reason.openings {
            self.say("outcome.hall_own", &values)
        } else {
            self.say("outcome.hall_wider", &[&values[..], &[("own", &own)]].concat())
        };
        if hall.kept == 0 {
            return said;
        }
        said + &self.say("outcome.hall_kept", &[("seats", &count("count.further_seats", hall.kept))])
    }

    fn is_in_no_tier(&self) -> bool {
        self.candidate.tier.is_none_or(|tier| self.labels.tier_record(tier).is_none())
    }

    fn own_seats(&self, reason: &ReasonRecord) -> String {
        let others = self.is_in_no_tier();
        let held = reason.held_above + reason.held_same;
        let key = match (reason.held_above, reason.held_same) {
            (0, 0) => "outcome.seats",
            _ if held < reason.seats => "outcome.seats_some_held",
            (_, 0) if others => "outcome.seats_tiers_held",
            (_, 0) => "outcome.seats_above_held",
            (0, _) if others => "outcome.seats_others_held",
            (0, _) => "outcome.seats_same_held",
            _ if others => "outcome.seats_all_held_others",
            _ => "outcome.seats_all_held",
        };
        let openings = counted(self.language, "count.openings", reason.openings);
        let seats = counted(self.language, "count.seats", reason.seats);
        let (held, above, same) =
            (held.to_string(), reason.held_above.to_string(), reason.held_same.to_string());
        let values = [
            ("openings", openings.as_str()),
            ("seats", &seats),
            ("held", &held),
            ("above", &above),
            ("same", &same),
        ];
        self.say(key, &values)
    }

    fn tiers_lost(&self, loss: Option<&LossRecord>, bare: &str) -> String {
        let tiers = loss.map_or(&[][..], |it| &it.placed_per_tier);
        let named: Vec<String> = (1_u8..)
            .zip(tiers)
            .filter(|(_, fewer)| **fewer > 0)
            .map(|(tier, fewer)| {
                let people = counted(self.language, "count.people", fewer.unsigned_abs());
                self.say("outcome.loss_tier", &[("tier", &self.labels.tier(tier)), ("people", &people)])
            })
            .collect();
        if named.is_empty() { text(self.language, bare).to_owned() } else { join(self.language, &named) }
    }

    /// The highest tier to which a proof would raise the person, where being in a tier would have helped.
    fn rise(&self, code: ReasonCode) -> String {
        let helps = matches!(
            code,
            ReasonCode::FewerOfTier
                | ReasonCode::FewerOfLower
                | ReasonCode::LowerScore
                | ReasonCode::LaterLot
        );
        let Some(tier) = self.candidate.could_rise.iter().map(|it| it.tier).min().filter(|_| helps) else {
            return String::new();
        };
        let groups = self.candidate.could_rise.iter().filter(|it| it.tier == tier);
        let named =
            groups.map(|it| self.say("outcome.rise_group", &[("group", word(self.language, it.group))]));
        let groups = join_or(self.language, &named.collect::<Vec<_>>());
        self.say("outcome.rise", &[("groups", &groups), ("tier", &self.labels.tier(tier))])
    }

    /// The best opening of the shortlist that is not assigned but recommended.
    fn market(&self) -> String {
        let best =
            self.candidate.shortlist.iter().find(|it| {
                self.labels.opening_record(&it.id).is_some_and(|opening| !opening.kind.is_welfare())
            });
        best.map_or_else(String::new, |it| {
            let (opening, score) = (self.labels.opening(&it.id), hundredths(u64::from(it.score)));
            self.say("outcome.market", &[("opening", &opening), ("score", &score)])
        })
    }
}

/// The entries of a tier through which a person is in it for certain. Where only entries that ask for registered
/// unemployment fit, the person's registration is known, and all of them hold.
fn entries_held<'a>(tier: &'a TierRecord, candidate: &CandidateReport) -> Vec<&'a EntryRecord> {
    let meant = |it: &&EntryRecord| it.beneficiaries == "both" || it.beneficiaries == candidate.kind.as_str();
    let fit = tier.entries.iter().filter(meant).filter(|it| candidate.groups.contains(&it.group));
    let (asked, certain): (Vec<_>, Vec<_>) = fit.partition(|it| it.registered_unemployed);
    if certain.is_empty() { asked } else { certain }
}
