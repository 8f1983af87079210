//! Stable placements, and the check for blocking pairs alone. No household cap: it would be refused.
#![allow(missing_docs, reason = "criterion's macros")]

use anzhi::stable::{blocking_pairs, stable};
use anzhi_benches::{Size, instance};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const SIZES: &[Size] = &[
    Size { candidates: 2_000, openings: 400, seats: 1_600, pairs: 40 },
    Size { candidates: 50_000, openings: 5_000, seats: 40_000, pairs: 40 },
];

fn market(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stable");
    group.sample_size(10);
    for size in SIZES {
        let instance = instance(*size, None);
        group.throughput(Throughput::Elements(instance.pair_count() as u64));
        group.bench_with_input(BenchmarkId::new("place", size.candidates), &instance, |bencher, instance| {
            bencher.iter(|| stable(instance));
        });
        if let Ok(found) = stable(&instance) {
            let id = BenchmarkId::new("check", size.candidates);
            group.bench_with_input(id, &instance, |bencher, instance| {
                bencher.iter(|| blocking_pairs(instance, found.placements()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, market);
criterion_main!(benches);
