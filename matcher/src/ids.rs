//! Names from outside (`CandidateId`) and dense rows inside (`CandidateIx`, [`Column`]).
//!
//! An outside name is text that the caller chose; it never is a person's name or number. A row is a small
//! number that one [`crate::problem::Problem`] gave out in order of the outside names, so that equal input in
//! any order gives equal rows.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::text::ShortText;

macro_rules! outside_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(ShortText);

        impl $name {
            /// The text of the name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name as it is held: it compares without being read.
            #[allow(dead_code, reason = "not every name is sorted by")]
            pub(crate) const fn text(&self) -> &ShortText {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

outside_name! {
    /// A candidate (求职者), as the caller calls them.
    CandidateId
}
outside_name! {
    /// A household (家庭): people who share priority groups and may share a cap.
    HouseholdId
}
outside_name! {
    /// An employer (用人单位).
    EmployerId
}
outside_name! {
    /// An opening (岗位): one advertised kind of work with equal seats.
    OpeningId
}
outside_name! {
    /// A region of the administrative division, by its code in the document's `regions`.
    RegionCode
}
outside_name! {
    /// A skill of the document's `skills`.
    SkillId
}

/// A row index that one kind of [`Column`] accepts.
pub trait Ix: Copy + Ord {
    /// The row with this number.
    fn new(row: usize) -> Self;
    /// The number of the row.
    fn get(self) -> usize;
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The row with this number; numbers beyond `u32` stick at its end, where no row is.
            #[must_use]
            pub fn new(row: usize) -> Self {
                Self(u32::try_from(row).unwrap_or(u32::MAX))
            }

            /// The number of the row.
            #[must_use]
            pub const fn get(self) -> usize {
                self.0 as usize
            }
        }

        impl Ix for $name {
            fn new(row: usize) -> Self {
                Self::new(row)
            }

            fn get(self) -> usize {
                Self::get(self)
            }
        }
    };
}

row! {
    /// A row of the candidate columns. Dense, in order of [`CandidateId`].
    CandidateIx
}
row! {
    /// A row of the opening columns. Dense, in order of [`OpeningId`].
    OpeningIx
}
row! {
    /// A row of the household columns. Dense, in order of [`HouseholdId`].
    HouseholdIx
}
row! {
    /// A kind of person that a group of an instance is for.
    KindIx
}

/// One attribute of every row of one kind. Indexing by the wrong kind of row does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<I, T> {
    values: Vec<T>,
    kind: PhantomData<fn(I)>,
}

impl<I: Ix, T> Column<I, T> {
    /// A column of these values, the first for row 0.
    #[must_use]
    pub const fn from_vec(values: Vec<T>) -> Self {
        Self { values, kind: PhantomData }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a row, or `None` where the row is not of this column.
    #[must_use]
    pub fn get(&self, row: I) -> Option<&T> {
        self.values.get(row.get())
    }

    /// Every row with its value, in row order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (I, &T)> + Clone {
        self.values.iter().enumerate().map(|(row, value)| (I::new(row), value))
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = I> + use<I, T> {
        (0..self.values.len()).map(I::new)
    }

    /// The values in row order.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.values
    }

    /// The values in row order, to be changed in place.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.values
    }
}

impl<I: Ix, T> std::ops::Index<I> for Column<I, T> {
    type Output = T;

    fn index(&self, row: I) -> &T {
        &self.values[row.get()]
    }
}

impl<I: Ix, T> std::ops::IndexMut<I> for Column<I, T> {
    fn index_mut(&mut self, row: I) -> &mut T {
        &mut self.values[row.get()]
    }
}

impl<I: Ix, T> FromIterator<T> for Column<I, T> {
    fn from_iter<S: IntoIterator<Item = T>>(values: S) -> Self {
        Self::from_vec(values.into_iter().collect())
    }
}
