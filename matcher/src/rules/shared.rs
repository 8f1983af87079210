//! Columns whose rows mostly say the same.

use std::hash::Hash;
use std::ops::Index;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::ids::{Column, Ix};

/// One value of every row, each distinct value held once.
#[derive(Debug)]
pub(super) struct Shared<I, T> {
    values: Vec<T>,
    places: Column<I, u32>,
}

/// Rows that one thread gathers by itself.
const PORTION: usize = 1024;

impl<I: Ix + Sync, T: Clone + Eq + Hash + Send> Shared<I, T> {
    /// The values of rows `0..count`.
    pub(super) fn of_rows(count: usize, value: impl Fn(I) -> T + Sync) -> Self {
        let portion = |portion: usize| {
            let rows = portion * PORTION..count.min((portion + 1) * PORTION);
            numbered(rows.map(|row| value(I::new(row))))
        };
        let portions: Vec<_> = (0..count.div_ceil(PORTION)).into_par_iter().map(portion).collect();
        let mut places = Vec::with_capacity(count);
        let (mut known, mut values) = (FxHashMap::default(), Vec::new());
        for (own, of) in portions {
            let own: Vec<u32> = own.into_iter().map(|value| place(&mut known, &mut values, value)).collect();
            places.extend(of.into_iter().map(|at| own[at as usize]));
        }
        Self { values, places: Column::from_vec(places) }
    }
}

/// Each distinct value in the order in which they come, and the place of each there.
fn numbered<T: Clone + Eq + Hash>(rows: impl Iterator<Item = T>) -> (Vec<T>, Vec<u32>) {
    let (mut known, mut values) = (FxHashMap::default(), Vec::new());
    let places = rows.map(|value| place(&mut known, &mut values, value)).collect();
    (values, places)
}

fn place<T: Clone + Eq + Hash>(known: &mut FxHashMap<T, u32>, values: &mut Vec<T>, value: T) -> u32 {
    let next = u32::try_from(values.len()).unwrap_or(u32::MAX);
    *known.entry(value).or_insert_with_key(|value| {
        values.push(value.clone());
        next
    })
}

impl<I: Ix, T> Shared<I, T> {
    /// The distinct values.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// Of each row the place of its value among [`Self::values`].
    pub(super) fn places(&self) -> &[u32] {
        self.places.as_slice()
    }
}

impl<I: Ix, T> Index<I> for Shared<I, T> {
    type Output = T;

    fn index(&self, row: I) -> &T {
        &self.values[self.places[row] as usize]
    }
}
