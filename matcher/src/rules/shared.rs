//! Columns whose rows mostly say the same.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Index;

use crate::ids::{Column, Ix};

/// One value of every row, each distinct value held once.
#[derive(Debug)]
pub(super) struct Shared<I, T> {
    values: Vec<T>,
    places: Column<I, u32>,
}

impl<I: Ix, T: Clone + Eq + Hash> FromIterator<T> for Shared<I, T> {
    fn from_iter<S: IntoIterator<Item = T>>(rows: S) -> Self {
        let mut known: HashMap<T, u32> = HashMap::new();
        let mut values = Vec::new();
        let place = |value: T| {
            let next = u32::try_from(values.len()).unwrap_or(u32::MAX);
            *known.entry(value).or_insert_with_key(|value| {
                values.push(value.clone());
                next
            })
        };
        let places = rows.into_iter().map(place).collect();
        Self { values, places }
    }
}

impl<I: Ix, T> Index<I> for Shared<I, T> {
    type Output = T;

    fn index(&self, row: I) -> &T {
        &self.values[self.places[row] as usize]
    }
}
