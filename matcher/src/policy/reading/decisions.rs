//! From TOML to [`Decisions`]: what an office decided where the source text of a policy is silent, and what it ordered
//! for single people.

use super::fields::{Fields, Node};
use super::page::Page;
use super::tiers::{self, EntryPlace, How, ReadTiers};
use super::{format_is, orders, scores};
use crate::day::Day;
use crate::error::Error;
use crate::policy::model::{Basis, Source, Tier};
use crate::policy::order::Order;
use crate::words::{LotteryStage, Topic, Unresolved};

/// The value of `format` that this version reads.
pub const DECISIONS_FORMAT: &str = "anzhi.decisions/1";

/// Local decisions (本地决定): what is decided, by which office, on which date. Read-only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decisions {
    pub(in crate::policy) policy: String,
    /// Where the file says for which policy it is.
    pub(in crate::policy) policy_at: (usize, usize),
    pub(in crate::policy) example: bool,
    pub(in crate::policy) taken: Vec<Decision>,
    pub(in crate::policy) orders: Vec<Order>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) struct Decision {
    pub(in crate::policy) text: String,
    pub(in crate::policy) office: String,
    pub(in crate::policy) date: Day,
    pub(in crate::policy) basis: Basis,
    pub(in crate::policy) settles: Settles,
    pub(in crate::policy) topic_at: (usize, usize),
    pub(in crate::policy) date_at: (usize, usize),
    pub(in crate::policy) path: String,
}

/// What a decision settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Settles {
    Tiers { tiers: Vec<Tier>, places: Vec<EntryPlace> },
    HouseholdCap(Option<u32>),
    Unresolved(Unresolved),
    Lottery(LotteryStage),
}

impl Settles {
    pub(in crate::policy) const fn topic(&self) -> Topic {
        match self {
            Self::Tiers { .. } => Topic::Tiers,
            Self::HouseholdCap(_) => Topic::HouseholdCap,
            Self::Unresolved(_) => Topic::Unresolved,
            Self::Lottery(_) => Topic::Lottery,
        }
    }
}

impl Decisions {
    /// Reads a decisions file and checks it as far as it can be checked alone; the format is described in
    /// `docs/policies.md`. Whether it fits a policy is asked by [`crate::policy::Policy::with_decisions`].
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Policy`] with every fault of the text in order, each with line and column.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let page = Page::new(text);
        let decisions = page.parse().and_then(|tree| read(&Fields::root(&page, &tree)));
        page.finish(decisions)
    }

    /// The name of the policy for which the decisions are.
    #[must_use]
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// Whether the file is marked as an example, decided by nobody.
    #[must_use]
    pub const fn is_example(&self) -> bool {
        self.example
    }

    /// What is settled, in file order.
    pub fn topics(&self) -> impl Iterator<Item = Topic> {
        self.taken.iter().map(|decision| decision.settles.topic())
    }
}

fn read(root: &Fields<'_>) -> Option<Decisions> {
    if !format_is(root, DECISIONS_FORMAT) {
        return None;
    }
    root.only(&[&["format", "policy", "example", "decisions", "orders"]]);
    let policy = root.need("policy", "name the policy for which the decisions are, e.g. \"zhongshan\"");
    let example = root.get("example").map_or(Some(false), |node| node.flag());
    let marked = example.unwrap_or(false);
    let orders = root.get("orders").map_or(Some(Vec::new()), |node| orders::read(&node, marked));
    let nodes = tables(root)?;
    let mut lines: Vec<(Topic, usize)> = Vec::new();
    let mut decisions = Vec::new();
    for node in &nodes {
        decisions.extend(decision(node, &mut lines));
    }
    let complete = decisions.len() == nodes.len();
    let policy = policy?;
    let (name, policy_at) = (policy.text()?.to_owned(), policy.place());
    complete.then_some(Decisions {
        policy: name,
        policy_at,
        example: example?,
        taken: decisions,
        orders: orders?,
    })
}

/// The tables of decisions; a file that holds orders may be without.
fn tables<'r>(root: &Fields<'r>) -> Option<Vec<Node<'r>>> {
    if root.get("orders").is_some() && root.get("decisions").is_none() {
        return Some(Vec::new());
    }
    let list = root.need("decisions", "add a `[[decisions]]` table for each decision")?;
    let nodes = list.items()?;
    if nodes.is_empty() {
        list.fault("the file holds no decision; add a `[[decisions]]` table");
    }
    Some(nodes)
}

fn decision(node: &Node<'_>, lines: &mut Vec<(Topic, usize)>) -> Option<Decision> {
    let fields = node.fields()?;
    let named = fields.need("topic", "write what is decided: tiers, household_cap, unresolved or lottery");
    let topic = named.as_ref().and_then(|it| it.word("topic", Topic::ALL, Topic::as_str));
    if let (Some(topic), Some(named)) = (topic, &named) {
        let own = if topic == Topic::Tiers { "tiers" } else { "value" };
        fields.only(&[&["topic", "text", "office", "date", own]]);
        match lines.iter().find(|(other, _)| *other == topic) {
            Some((_, line)) => {
                named.fault(format!("`{topic}` is decided in line {line} already; keep one of the two"));
            }
            None => lines.push((topic, named.place().0)),
        }
    }
    let text = fields.need("text", "write the decision in the office's words").and_then(|it| it.text());
    let office = fields.need("office", "write which office decided").and_then(|it| it.text());
    let dated = fields.need("date", "write the day of the decision");
    let date = dated.as_ref().and_then(Node::day);
    let clause = match (office, date) {
        (Some(office), Some(date)) => format!("{office}，{date}"),
        _ => String::new(),
    };
    let settles = topic.and_then(|topic| settles(&fields, topic, &clause));
    Some(Decision {
        text: text?.to_owned(),
        office: office?.to_owned(),
        date: date?,
        basis: basis(topic?.as_str(), &clause),
        settles: settles?,
        topic_at: named?.place(),
        date_at: dated?.place(),
        path: node.path().to_owned(),
    })
}

/// The colon keeps these ids apart from those of a policy, which hold none.
fn basis(what: &str, clause: &str) -> Basis {
    Basis { id: format!("decision:{what}"), clause: clause.to_owned(), quote: None, source: Source::Decision }
}

fn settles(fields: &Fields<'_>, topic: Topic, clause: &str) -> Option<Settles> {
    let value = || fields.need("value", "write what is decided");
    Some(match topic {
        Topic::Tiers => {
            let node = fields.need("tiers", "list the tiers, first tier first, each with its entries")?;
            // an entry is named after its place below the decision: `tiers[0].entries[1]`
            let below = node.path().len() - "tiers".len();
            let how = How {
                keys: &[],
                basis: |_: &Fields<'_>, path: &str| Some(basis(path.get(below..).unwrap_or(path), clause)),
            };
            let ReadTiers { tiers, places } = tiers::read(&node, &how)?;
            Settles::Tiers { tiers, places }
        }
        Topic::HouseholdCap => Settles::HouseholdCap(scores::household_cap(&value()?).ok()?),
        Topic::Unresolved => Settles::Unresolved(scores::unresolved(&value()?).ok()?),
        Topic::Lottery => Settles::Lottery(scores::lottery(&value()?).ok()?),
    })
}
