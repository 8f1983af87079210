//! **Wire**: the certificate of a bare plan, `format: "anzhi.bare-certificate/1"`.

use anzhi::certificate::{Certificate, CertificateParts, PriceParts};
use anzhi::instance::{LEVELS, MAX_TIERS};
use serde::{Deserialize, Serialize};

use super::{Bare, Ids};
use crate::run::Sentence;

/// The value of [`ProofRecord::format`].
const FORMAT: &str = "anzhi.bare-certificate/1";

type Price = [i64; LEVELS];

/// The proof that a plan cannot be beaten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofRecord {
    /// Always `anzhi.bare-certificate/1`.
    pub format: String,
    /// What it is about: SHA-256 of the instance's digest, the plan and the prices, in hexadecimal.
    pub subject: String,
    /// What the numbers of a price count, most important first.
    pub levels: Vec<String>,
    /// The prices that are not nothing.
    pub prices: Vec<PriceRecord>,
    /// The prices of the seating, where the lottery stands before the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seating: Option<Vec<PriceRecord>>,
}

/// What has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priced {
    /// A place under the cap of a household.
    Household,
    /// A seat of an opening.
    Opening,
    /// A place under the cap of a group.
    Cap,
    /// A reserved seat of a group.
    Reserve,
}

/// One price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceRecord {
    /// Of what.
    pub of: Priced,
    /// Its id.
    pub id: String,
    /// The price, level by level.
    pub price: Price,
}

/// The lists of prices, each with what it prices and the names of its rows.
fn lists<'p>(prices: &'p mut PriceParts, bare: &'p Bare) -> [(Priced, &'p mut Vec<Price>, &'p Ids); 4] {
    [
        (Priced::Household, &mut prices.households, &bare.households),
        (Priced::Opening, &mut prices.openings, &bare.openings),
        (Priced::Cap, &mut prices.caps, &bare.groups),
        (Priced::Reserve, &mut prices.reserves, &bare.groups),
    ]
}

fn records(mut prices: PriceParts, bare: &Bare) -> Vec<PriceRecord> {
    let mut records = Vec::new();
    for (of, list, ids) in lists(&mut prices, bare) {
        for (row, price) in list.iter().enumerate().filter(|(_, price)| price.iter().any(|level| *level != 0))
        {
            records.push(PriceRecord { of, id: ids.name(row).into_owned(), price: *price });
        }
    }
    records
}

fn parts(records: &[PriceRecord], bare: &Bare) -> Result<PriceParts, Sentence> {
    let mut prices = PriceParts::default();
    let mut lists = lists(&mut prices, bare);
    for (_, list, ids) in &mut lists {
        list.resize(ids.len(), [0; LEVELS]);
    }
    for record in records {
        let list = lists.iter_mut().find(|(of, ..)| *of == record.of);
        let price = list.and_then(|(_, list, ids)| list.get_mut(ids.find(&record.id)?));
        match price {
            Some(price) => *price = record.price,
            None => return Err(Sentence::new("bare_price_of_none").with("id", &record.id)),
        }
    }
    Ok(prices)
}

/// The names of the levels.
fn levels() -> Vec<String> {
    let tiers = (1..=MAX_TIERS).map(|tier| format!("tier_{tier}"));
    let named = |name: &str| std::iter::once(name.to_owned());
    named("reserved").chain(tiers).chain(named("score")).chain(named("kept")).collect()
}

impl ProofRecord {
    /// The certificate by id.
    #[must_use]
    pub fn of(certificate: &Certificate, bare: &Bare) -> Self {
        let parts = certificate.to_parts();
        Self {
            format: FORMAT.to_owned(),
            subject: hex(&parts.subject),
            levels: levels(),
            prices: records(parts.prices, bare),
            seating: parts.seating.map(|prices| records(prices, bare)),
        }
    }

    /// The certificate by row. Whether it proves anything is for its check to say.
    ///
    /// # Errors
    ///
    /// The first thing for which it is no certificate of this instance.
    pub fn certificate(&self, bare: &Bare) -> Result<Certificate, Sentence> {
        if self.format != FORMAT || self.levels != levels() {
            return Err(Sentence::new("bare_proof_format")
                .with("found", &self.format)
                .with("wanted", FORMAT));
        }
        let subject = unhex(&self.subject);
        let subject =
            subject.ok_or_else(|| Sentence::new("bare_proof_subject").with("found", &self.subject))?;
        let seating = self.seating.as_ref().map(|prices| parts(prices, bare)).transpose()?;
        let prices = parts(&self.prices, bare)?;
        Ok(Certificate::from_parts(&CertificateParts { subject, prices, seating }))
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let [high, low] = *pair;
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}
