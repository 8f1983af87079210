//! What could be changed of an opening, rule by rule, so that more people may take it.

use crate::catalogue;
use crate::day::Day;
use crate::input::{AgeLimits, Demand, OpeningRecord, Remedy};
use crate::words::{Category, Education, Levels, RuleKind};

/// How much farther people might be brought, kilometres.
pub(super) const TRANSPORT_KM: [u32; 3] = [5, 10, 20];

/// By how many steps of five years an upper limit of age is raised.
const AGE_STEPS: [u8; 3] = [1, 2, 3];

/// Every change of one opening that may turn this rule's no or unknown into yes, the smaller change first.
pub(super) fn remedies(rule: RuleKind, opening: &OpeningRecord, on: Day) -> Vec<Remedy> {
    match rule {
        RuleKind::OpeningDates => vec![Remedy::Dates { day: on }],
        RuleKind::Classes => classes(opening),
        RuleKind::AgeLimits => ages(opening.age),
        RuleKind::Education => opening.education.map(education).unwrap_or_default(),
        RuleKind::Licence => licences(opening),
        RuleKind::Function => function(opening),
        RuleKind::Commute if !opening.home_based => commute(opening),
        _ => Vec::new(),
    }
}

fn classes(opening: &OpeningRecord) -> Vec<Remedy> {
    let Some(accepted) = &opening.accepts else { return Vec::new() };
    let mut remedies = Vec::new();
    for category in Category::ALL {
        let mine = accepted.iter().filter(|it| it.category == *category);
        let mut known = mine.fold(Levels::default(), |all, it| all.union(it.levels));
        for milder in [&[4][..], &[3, 4], &[2, 3, 4], &[1, 2, 3, 4]] {
            let levels = known.union(Levels::of(milder).unwrap_or(Levels::ALL));
            if levels != known {
                known = levels;
                remedies.push(Remedy::Classes { category: *category, levels });
            }
        }
    }
    remedies.push(Remedy::AnyClass);
    remedies
}

fn ages(asked: AgeLimits) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    if asked.max_male.or(asked.max_female).is_some() {
        for steps in AGE_STEPS {
            let raised = |most: Option<u8>| most.map(|most| (most / 5 + steps).saturating_mul(5).max(most));
            let (max_male, max_female) = (raised(asked.max_male), raised(asked.max_female));
            remedies.push(Remedy::Ages { limits: AgeLimits { max_male, max_female, ..asked } });
        }
        remedies.push(Remedy::Ages { limits: AgeLimits { max_male: None, max_female: None, ..asked } });
    }
    if asked.min_male.or(asked.min_female).is_some() {
        remedies.push(Remedy::Ages { limits: AgeLimits { min_male: None, min_female: None, ..asked } });
    }
    remedies
}

/// The lowest step is to ask for none: whoever asks for none at least asks whether it is known, and nothing else.
fn education(asked: Education) -> Vec<Remedy> {
    let lower = Education::ALL.iter().rev().filter(|level| (Education::Primary..asked).contains(*level));
    let lower = lower.map(|level| Remedy::Education { level: Some(*level) });
    lower.chain([Remedy::Education { level: None }]).collect()
}

fn licences(opening: &OpeningRecord) -> Vec<Remedy> {
    let mut names = opening.licences.clone();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| Remedy::Licence { name: name.as_str().to_owned() }).collect()
}

fn function(opening: &OpeningRecord) -> Vec<Remedy> {
    let essential = |it: &&Demand| !it.marginal && !it.suggested && it.level > 0;
    let demands: Vec<_> = opening.demands.iter().filter(essential).collect();
    let safety = |demand: &Demand| demand.safety || catalogue::is_safety(demand.item);
    let acts = |it: &&'static catalogue::Accommodation| {
        let on = |demand: &Demand| {
            let safety = safety(demand);
            it.closes.iter().any(|closes| closes.item == demand.item && (closes.hazard || !safety))
        };
        demands.iter().any(|demand| on(demand))
            && !opening.accommodations.iter().any(|id| id.as_str() == it.id)
    };
    let aids = catalogue::accommodations().iter().filter(acts);
    let mut remedies: Vec<_> = aids.map(|it| Remedy::Accommodation { id: it.id.clone() }).collect();
    for demand in &demands {
        let (item, safety) = (demand.item, safety(demand));
        remedies.extend((0..demand.level).rev().map(|level| Remedy::Demand { item, level, safety }));
    }
    remedies
}

/// A public-welfare post has its place, so it is never moved home.
fn commute(opening: &OpeningRecord) -> Vec<Remedy> {
    let farther = TRANSPORT_KM.into_iter().map(|km| Remedy::Transport { km });
    let home = (!opening.kind.is_welfare()).then_some(Remedy::HomeBased);
    farther.chain(home).collect()
}
