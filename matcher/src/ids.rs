//! Rows of dense columns: one number type for each kind of row.

use std::marker::PhantomData;

/// A row index that one kind of [`Column`] accepts.
pub trait Ix: Copy {
    /// The row as a position in the column.
    fn get(self) -> usize;
}

macro_rules! row {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The row at a position; positions beyond `u32::MAX` name the last row there can be.
            pub fn new(row: usize) -> Self {
                Self(u32::try_from(row).unwrap_or(u32::MAX))
            }

            /// The row as a position in the column.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }

        impl Ix for $name {
            fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

row!(CandidateIx, "A row of the candidate columns.");
row!(OpeningIx, "A row of the opening columns.");
row!(HouseholdIx, "A row of the household columns.");

/// One attribute of every row of one kind. Indexing by the wrong kind of row does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<I, T> {
    values: Vec<T>,
    kind: PhantomData<fn(I)>,
}

impl<I: Ix, T> Column<I, T> {
    /// A column of these values in row order.
    pub fn from_vec(values: Vec<T>) -> Self {
        Self { values, kind: PhantomData }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a row, if the row exists.
    pub fn get(&self, row: I) -> Option<&T> {
        self.values.get(row.get())
    }
}

impl<I: Ix, T> std::ops::Index<I> for Column<I, T> {
    type Output = T;

    fn index(&self, row: I) -> &T {
        &self.values[row.get()]
    }
}
