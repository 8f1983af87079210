//! From TOML to the orders of an office.

use super::fields::{Fields, Node};
use crate::ids::{CandidateId, OpeningId};
use crate::policy::order::Order;
use crate::words::OrderKind;

const KEYS: &[&str] = &["order", "candidate", "opening", "text", "office", "date"];

/// The orders of a list; `None` if one of them has a fault.
pub(super) fn read(list: &Node<'_>, example: bool) -> Option<Vec<Order>> {
    let nodes = list.items()?;
    let mut orders: Vec<Order> = Vec::new();
    for node in &nodes {
        let order = order(node, example);
        if let Some(order) = &order {
            contradicted(order, &orders, node);
        }
        orders.extend(order);
    }
    (orders.len() == nodes.len()).then_some(orders)
}

fn order(node: &Node<'_>, example: bool) -> Option<Order> {
    let fields = node.fields()?;
    fields.only(&[KEYS]);
    let kind = fields.need("order", "write pin (this placement is fixed) or forbid (it is never made)");
    let kind = kind.and_then(|it| it.word("order", OrderKind::ALL, OrderKind::as_str));
    let text = |key, what| written(&fields, key, what);
    let candidate = text("candidate", "write the candidate's id");
    let opening = text("opening", "write the opening's id");
    let reason = text("text", "write the reason in the office's words");
    let office = text("office", "write which office ordered it");
    let dated = fields.need("date", "write the day of the order");
    let date = dated.as_ref().and_then(Node::day);
    Some(Order {
        kind: kind?,
        candidate: CandidateId::from(candidate?),
        opening: OpeningId::from(opening?),
        text: reason?.to_owned(),
        office: office?.to_owned(),
        date: date?,
        example,
        place: node.place(),
        date_at: dated?.place(),
        path: node.path().to_owned(),
    })
}

fn written<'r>(fields: &Fields<'r>, key: &str, what: &str) -> Option<&'r str> {
    fields.need(key, what).and_then(|it| it.text())
}

/// Notes that an earlier order speaks of the same pair, or pins the same candidate.
fn contradicted(order: &Order, earlier: &[Order], node: &Node<'_>) {
    let same = |it: &&Order| it.candidate == order.candidate && it.opening == order.opening;
    let pins = |it: &Order| it.kind == OrderKind::Pin && it.candidate == order.candidate;
    if let Some(first) = earlier.iter().find(same) {
        node.fault(format!(
            "line {} has an order for `{}` and `{}` already; keep one of the two",
            first.place.0, order.candidate, order.opening
        ));
    } else if let Some(first) = earlier.iter().find(|it| pins(it) && pins(order)) {
        node.fault(format!(
            "line {} pins `{}` already, and a person has one placement; keep one of the two",
            first.place.0, order.candidate
        ));
    }
}
