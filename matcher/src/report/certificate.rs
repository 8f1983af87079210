//! **Wire**: the certificate of a plan, `format: "anzhi.certificate/2"`.

use serde::{Deserialize, Serialize};

use crate::certificate::{Certificate, CertificateParts, PriceParts};
use crate::instance::LEVELS;

/// The value of [`CertificateRecord::format`].
const FORMAT: &str = "anzhi.certificate/2";

/// The proof that a plan cannot be beaten, as numbers. Rows are households and public-welfare posts in order of id, and
/// the reserves of posts as groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRecord {
    /// Always `anzhi.certificate/2`.
    pub format: String,
    /// What it is about: SHA-256 of the instance's digest, the plan and the prices, as bytes.
    pub subject: [u8; 32],
    /// The prices.
    pub prices: PricesRecord,
    /// The prices of the seating, where the lottery stands before the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seating: Option<PricesRecord>,
}

/// Prices: each a list of reserved seats, people of tier 1 to 8, score, placements kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricesRecord {
    /// By household.
    pub households: Vec<[i64; LEVELS]>,
    /// By post.
    pub openings: Vec<[i64; LEVELS]>,
    /// The cap of each group.
    pub caps: Vec<[i64; LEVELS]>,
    /// The reserved seats of each group.
    pub reserves: Vec<[i64; LEVELS]>,
}

impl CertificateRecord {
    pub(crate) fn of(certificate: &Certificate) -> Self {
        let parts = certificate.to_parts();
        Self {
            format: FORMAT.to_owned(),
            subject: parts.subject,
            prices: parts.prices.into(),
            seating: parts.seating.map(PricesRecord::from),
        }
    }

    /// The certificate, if the format is right. Whether it proves anything is for its check to say.
    pub(crate) fn certificate(&self) -> Option<Certificate> {
        let parts = CertificateParts {
            subject: self.subject,
            prices: self.prices.clone().into(),
            seating: self.seating.clone().map(PriceParts::from),
        };
        (self.format == FORMAT).then(|| Certificate::from_parts(&parts))
    }
}

impl From<PriceParts> for PricesRecord {
    fn from(parts: PriceParts) -> Self {
        let PriceParts { households, openings, caps, reserves } = parts;
        Self { households, openings, caps, reserves }
    }
}

impl From<PricesRecord> for PriceParts {
    fn from(record: PricesRecord) -> Self {
        let PricesRecord { households, openings, caps, reserves } = record;
        Self { households, openings, caps, reserves }
    }
}
