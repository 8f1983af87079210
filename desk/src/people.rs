//! Numbers and names of people: checked, then dropped. What leaves this module is a birth date, a sex, a
//! class and a level, or a fault that never repeats the number.
//!
//! * [`Citizen`]: the 18-character citizen number (GB 11643-1999, check character ISO 7064 MOD 11-2).
//! * [`Certificate`]: the 20-character number of the certificate of disability, with its re-issue suffix.
//! * [`mask_name`], [`mask_number`], [`mask_telephone`], [`hide_numbers`]: for lists that are published.

mod certificate;
mod citizen;
mod masks;

pub use certificate::{Certificate, CertificateFault, Columns, Mismatch};
pub use citizen::{Birth, Citizen, CitizenFault};
pub use masks::{hide_numbers, mask_name, mask_number, mask_telephone};
