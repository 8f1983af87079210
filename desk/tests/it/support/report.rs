//! A small report by hand: one candidate for every outcome that a plan knows.
#![expect(clippy::expect_used, reason = "a test may stop")]

use anzhi::day::Day;
use anzhi::input::Remedy;
use anzhi::issue::IssueCode;
use anzhi::report::{
    BarredRecord, CandidateReport, ChoiceRecord, CountRecord, DecisionRecord, EntryRecord, FORMAT,
    FindingRecord, HallRecord, HitRecord, LossRecord, MissingRecord, NearRecord, ObjectiveRecord,
    OpeningReport, OrderRecord, OutcomeRecord, PairsRecord, PlacementRecord, PlanReport, PlanStatus,
    PolicyRecord, RankedRecord, ReasonCount, ReasonRecord, RejectedRecord, RemedyRecord, Report, RiseRecord,
    RuleRecord, SeedRecord, StandingCounts, Summary, TierCount, TierRecord, UnresolvedRecord, WeightRecord,
};
use anzhi::words::{
    Criterion, Datum, Group, Item, OpeningKind, OrderKind, PersonKind, ReasonCode, RuleKind, Topic,
};

pub fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Weights in the order of the criteria; they sum to 100.
const WEIGHTS: [u8; 7] = [25, 20, 15, 10, 10, 10, 10];

/// A report of one county on one day, in which every reason occurs once, in the order of the reasons.
pub fn small() -> Report {
    let openings = vec![ranger(), cleaner(), packer()];
    let mut candidates: Vec<_> = ReasonCode::ALL.iter().copied().map(unplaced).collect();
    candidates.push(placed());
    candidates.push(conditional());
    candidates.sort_by(|a, b| a.id.cmp(&b.id));
    Report {
        format: FORMAT.to_owned(),
        date: day("2024-06-30"),
        language: String::new(),
        policy: policy(),
        seed: SeedRecord { seed: "2024-XH-01".to_owned(), draft: false, list_digest: "5f".repeat(32) },
        salt: None,
        summary: summary(),
        plan: plan(),
        openings,
        candidates,
        rejected: vec![rejected()],
        findings: findings(),
    }
}

fn entry(group: Group, beneficiaries: &str) -> EntryRecord {
    EntryRecord {
        group,
        beneficiaries: beneficiaries.to_owned(),
        registered_unemployed: false,
        clause: "二(二)5(3)".to_owned(),
        quote: Some("优先安置".to_owned()),
    }
}

fn policy() -> PolicyRecord {
    let tier = |tier, entries| TierRecord { tier, clause: "二(二)5(3)".to_owned(), entries };
    let first = vec![entry(Group::LowIncome, "disabled"), entry(Group::SeveralDisabled, "disabled")];
    let rule = |(at, rule): (usize, &RuleKind)| RuleRecord {
        rule: *rule,
        id: format!("XH-{:02}", at + 1),
        clause: "二(二)5(1)".to_owned(),
        source: "seed".to_owned(),
        quote: (at % 3 == 0).then(|| "有就业需求和就业条件的城乡就业年龄段未就业残疾人".to_owned()),
    };
    let choice = |topic, value: &str, source: &str| ChoiceRecord {
        topic,
        value: value.to_owned(),
        clause: "县残联 2024-05-20".to_owned(),
        source: source.to_owned(),
    };
    let weight = |(criterion, weight): (&Criterion, u8)| WeightRecord { criterion: *criterion, weight };
    PolicyRecord {
        name: "xinhuang".to_owned(),
        title: "新晃侗族自治县促进残疾人就业三年行动实施方案（2022—2024年）".to_owned(),
        from: Some(day("2022-12-01")),
        until: Some(day("2024-12-31")),
        in_force: true,
        tiers: vec![tier(1, first), tier(2, vec![entry(Group::Watched, "both")])],
        rules: RuleKind::ALL.iter().enumerate().map(rule).collect(),
        weights: Criterion::ALL.iter().zip(WEIGHTS).map(weight).collect(),
        choices: vec![
            choice(Topic::HouseholdCap, "1", "decision"),
            choice(Topic::Unresolved, "conditional", "decision"),
            choice(Topic::Lottery, "after_score", "file"),
        ],
        missing: Vec::new(),
        decisions: vec![DecisionRecord {
            topic: Topic::HouseholdCap,
            decision: "每户每轮安置一人。".to_owned(),
            office: "新晃侗族自治县残疾人联合会".to_owned(),
            date: day("2024-05-20"),
            example: true,
        }],
        orders: vec![
            order(OrderKind::Forbid, &format!("C-{:02}", ReasonCode::Prohibited.index()), "XH-O012"),
            order(OrderKind::Pin, "C-90", "XH-O012"),
        ],
    }
}

fn order(order: OrderKind, candidate: &str, opening: &str) -> OrderRecord {
    OrderRecord {
        order,
        candidate: candidate.into(),
        opening: opening.into(),
        reason: "与本人监护人商定".to_owned(),
        office: "新晃侗族自治县残疾人联合会".to_owned(),
        date: day("2024-06-20"),
        example: false,
    }
}

fn summary() -> Summary {
    let rows = |list: &str, received, accepted| CountRecord { list: list.to_owned(), received, accepted };
    Summary {
        rows: vec![rows("candidates", 13, 12), rows("households", 6, 6), rows("openings", 3, 3)],
        candidates: StandingCounts { eligible: 9, unresolved: 2, barred: 1 },
        welfare_candidates: StandingCounts { eligible: 7, unresolved: 3, barred: 2 },
        pairs: PairsRecord { eligible: 20, unresolved: 6, barred: 10 },
        welfare_seats: 3,
        welfare_filled: 2,
        tiers: [(1, 6, 1), (2, 2, 1), (3, 4, 0)]
            .map(|(tier, candidates, placed)| TierCount { tier, candidates, placed })
            .to_vec(),
        unplaced: ReasonCode::ALL.iter().map(|reason| ReasonCount { reason: *reason, count: 1 }).collect(),
    }
}

fn plan() -> PlanReport {
    let placement = |candidate: &str, opening: &str, tier| PlacementRecord {
        candidate: candidate.into(),
        opening: opening.into(),
        tier,
        assignment_score: 7_275,
        conditional: false,
        missing: Vec::new(),
        accommodations: vec!["vibrating-alarm".to_owned()],
    };
    let on_condition = PlacementRecord {
        conditional: true,
        missing: vec![
            missing(RuleKind::CertificateValid, Datum::CertificateUntil, None),
            missing(RuleKind::Function, Datum::Capacity, Some(Item::P2)),
            missing(RuleKind::Function, Datum::Capacity, Some(Item::M1)),
        ],
        accommodations: Vec::new(),
        ..placement("C-91", "XH-O002", 2)
    };
    PlanReport {
        status: PlanStatus::Optimal,
        placements: vec![placement("C-90", "XH-O012", 1), on_condition],
        objective: Some(ObjectiveRecord {
            reserved_filled: 0,
            placed_per_tier: vec![1, 1, 0],
            score: 14_550,
        }),
    }
}

pub fn missing(rule: RuleKind, datum: Datum, item: Option<Item>) -> MissingRecord {
    MissingRecord { rule, datum, item }
}

/// A pair whose score is the sum of its points.
pub fn ranked(id: &str, points: [u8; 7]) -> RankedRecord {
    let score = points.iter().zip(WEIGHTS).map(|(points, weight)| u32::from(*points) * u32::from(weight));
    RankedRecord {
        id: id.to_owned(),
        score: score.sum(),
        points,
        accommodations: Vec::new(),
        hints: Vec::new(),
    }
}

fn opening(id: &str, title: &str, kind: OpeningKind) -> OpeningReport {
    OpeningReport {
        id: id.into(),
        title: title.to_owned(),
        employer: "XH-E001".into(),
        employer_name: Some("波洲镇人民政府".to_owned()),
        kind,
        seats: 1,
        filled: kind.is_welfare().then_some(1),
        place: Some("431227101".into()),
        place_name: "湖南省·怀化市·新晃侗族自治县·波洲镇".to_owned(),
        eligible: 2,
        unresolved: 1,
        barred: Vec::new(),
        shortlist: Vec::new(),
        to_check: Vec::new(),
        near: Vec::new(),
    }
}

fn ranger() -> OpeningReport {
    let mut it = opening("XH-O012", "护林员", OpeningKind::RuralWelfare);
    let mut first = ranked("C-90", [50, 100, 75, 100, 100, 90, 100]);
    first.accommodations = vec!["vibrating-alarm".to_owned()];
    first.hints = vec![Item::N1];
    it.shortlist = vec![first, ranked("C-08", [20, 80, 50, 100, 50, 90, 0])];
    it
}

fn cleaner() -> OpeningReport {
    let mut it = opening("XH-O002", "=SUM(A1:A9)保洁员", OpeningKind::UrbanWelfare);
    it.to_check = vec![UnresolvedRecord {
        id: "C-91".to_owned(),
        score: 5_000,
        missing: vec![missing(RuleKind::Function, Datum::Capacity, Some(Item::P2))],
    }];
    it
}

fn packer() -> OpeningReport {
    let mut it = opening("XH-O030", "包装工", OpeningKind::Market);
    it.employer_name = None;
    "湖南省·怀化市·新晃侗族自治县·晃州镇".clone_into(&mut it.place_name);
    it.eligible = 0;
    it.barred = vec![BarredRecord { rule: RuleKind::Function, count: 8 }];
    let stool = Remedy::Accommodation { id: "seated-work".to_owned() };
    it.near =
        vec![near(RuleKind::CertificateValid, 2, vec![]), near(RuleKind::Function, 5, vec![(stool, 4, 1)])];
    it
}

fn candidate(id: String, outcome: OutcomeRecord) -> CandidateReport {
    CandidateReport {
        id: id.into(),
        kind: PersonKind::Disabled,
        synthetic: true,
        tier: Some(1),
        groups: vec![Group::LowIncome],
        could_rise: Vec::new(),
        shortlist: Vec::new(),
        to_check: Vec::new(),
        near: Vec::new(),
        outcome,
        text: String::new(),
    }
}

fn placed() -> CandidateReport {
    let outcome = OutcomeRecord::Placed { opening: "XH-O012".into() };
    let mut it = candidate("C-90".to_owned(), outcome);
    it.shortlist = vec![ranked("XH-O012", [50, 100, 75, 100, 100, 90, 100])];
    it
}

fn conditional() -> CandidateReport {
    let outcome = OutcomeRecord::Placed { opening: "XH-O002".into() };
    let mut it = candidate("C-91".to_owned(), outcome);
    it.kind = PersonKind::FamilyMember;
    it.tier = Some(2);
    it.groups = vec![Group::Watched];
    it
}

/// The candidate without a post for this reason, with what a report says beside it.
pub fn unplaced(code: ReasonCode) -> CandidateReport {
    let at = code.index();
    let mut it = candidate(format!("C-{at:02}"), OutcomeRecord::Unplaced(Box::new(reason(code))));
    match code {
        ReasonCode::NoOpening => {
            it.shortlist = vec![ranked("XH-O030", [60, 80, 50, 50, 50, 40, 0])];
            it.near = vec![near(RuleKind::CertificateValid, 12, vec![]), near(RuleKind::Classes, 3, vec![])];
        }
        ReasonCode::LowerScore => it.shortlist = vec![ranked("XH-O012", [20, 80, 50, 100, 50, 90, 0])],
        ReasonCode::MissingDatum => {
            it.to_check = vec![UnresolvedRecord {
                id: "XH-O012".to_owned(),
                score: 4_200,
                missing: reason(code).missing,
            }];
        }
        ReasonCode::FewerOfTier => {
            (it.tier, it.groups) = (Some(3), Vec::new());
            it.could_rise = vec![RiseRecord { tier: 1, group: Group::LowIncome }];
        }
        _ => {}
    }
    it
}

pub fn near(rule: RuleKind, eligible: u64, remedies: Vec<(Remedy, u64, u64)>) -> NearRecord {
    let remedies = remedies.into_iter().map(|(remedy, eligible, unresolved)| RemedyRecord {
        remedy,
        eligible,
        unresolved,
    });
    NearRecord { rule, eligible, unresolved: 0, remedies: remedies.collect(), text: String::new() }
}

pub fn hit(rule: RuleKind, found: &str, asked: &str) -> HitRecord {
    HitRecord {
        rule,
        clause: "二(二)5(3)".to_owned(),
        found: found.to_owned(),
        asked: asked.to_owned(),
        item: None,
        closers: Vec::new(),
    }
}

fn bare(code: ReasonCode) -> ReasonRecord {
    ReasonRecord {
        code,
        opening: Some("XH-O012".into()),
        failing: Vec::new(),
        missing: Vec::new(),
        loss: None,
        openings: 3,
        seats: 5,
        held_above: 2,
        held_same: 3,
        hall: None,
    }
}

fn loss(reserved: i64, placed_per_tier: &[i64], score: i64) -> LossRecord {
    LossRecord { reserved, placed_per_tier: placed_per_tier.to_vec(), score }
}

fn reason(code: ReasonCode) -> ReasonRecord {
    let it = bare(code);
    match code {
        ReasonCode::NoOpening => {
            let mut ears = hit(RuleKind::Function, "0", "3");
            ears.item = Some(Item::H2);
            ears.closers = vec!["vibrating-alarm".to_owned(), "flashing-alarm".to_owned()];
            ReasonRecord { failing: vec![hit(RuleKind::AgeLimits, "57", "18–55"), ears], ..it }
        }
        ReasonCode::MissingDatum => {
            let missing = vec![
                missing(RuleKind::WorkingAge, Datum::Birth, None),
                missing(RuleKind::AgeLimits, Datum::Birth, None),
                missing(RuleKind::Function, Datum::Capacity, Some(Item::P2)),
            ];
            ReasonRecord { missing, ..it }
        }
        ReasonCode::Reserve => ReasonRecord { loss: Some(loss(1, &[0, 0, 0], 0)), ..it },
        ReasonCode::FewerOfTier => ReasonRecord { loss: Some(loss(0, &[1, 0, -1], 120)), ..it },
        ReasonCode::FewerOfLower => {
            ReasonRecord { loss: Some(loss(0, &[0, 1, 1], 0)), held_above: 1, held_same: 2, ..it }
        }
        ReasonCode::LowerScore => ReasonRecord {
            loss: Some(loss(0, &[0, 0, 0], 1_205)),
            hall: Some(HallRecord { openings: 4, seats: 7, above: 1, same: 6, pinned: 0, kept: 0 }),
            ..it
        },
        ReasonCode::LaterLot => ReasonRecord { loss: Some(loss(0, &[0, 0, 0], 0)), ..it },
        _ => it,
    }
}

fn finding(code: IssueCode, path: &str, found: &str) -> FindingRecord {
    FindingRecord {
        code,
        severity: code.severity(),
        path: path.to_owned(),
        found: found.to_owned(),
        text: String::new(),
    }
}

fn rejected() -> RejectedRecord {
    RejectedRecord {
        list: "candidates".to_owned(),
        id: "C-03".to_owned(),
        finding: finding(IssueCode::CandidateTwice, "/candidates/12/id", "/candidates/3"),
    }
}

fn findings() -> Vec<FindingRecord> {
    vec![
        finding(IssueCode::PolicyOutOfDates, "", "2026-06-30"),
        finding(IssueCode::LevelRange, "/candidates/4/certificate/level", "5"),
        finding(IssueCode::ClassesNotStated, "/openings/2/accepts", ""),
        finding(IssueCode::ConditionNotApplied, "/openings/0/conditions/0", "限女性，身体健康"),
    ]
}
