//! Every tile once, spread over threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Kernel;
use crate::ids::CandidateIx;

/// Gives every tile of at most `size` people to one of several workers, made by `new`, and returns the workers.
///
/// Which worker meets which tile is a matter of chance, so nothing that they add up may depend on it.
pub(super) fn sweep<W: Send>(
    kernel: &Kernel,
    size: usize,
    new: impl Fn() -> W + Sync,
    visit: impl Fn(&mut W, &[CandidateIx]) + Sync,
) -> Vec<W> {
    let tiles: Vec<_> = kernel.people.chunks(size).collect();
    let next = AtomicUsize::new(0);
    let workers = rayon::current_num_threads().min(tiles.len());
    let work = |_| {
        let mut worker = new();
        while let Some(tile) = tiles.get(next.fetch_add(1, Ordering::Relaxed)) {
            visit(&mut worker, tile);
        }
        worker
    };
    (0..workers).into_par_iter().with_max_len(1).map(work).collect()
}
