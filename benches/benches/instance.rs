//! The checks of an instance and its order: without groups, with a kind at one opening in a third of the openings, with
//! households.
#![allow(missing_docs, reason = "criterion's macros")]

use anzhi::instance::Instance;
use anzhi_benches::SEED;
use anzhi_benches::bare::Family;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn instance(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("instance");
    group.sample_size(10);
    for family in ["city", "quota", "household"].into_iter().filter_map(Family::named) {
        let parts = family.draw(SEED).into_parts(true);
        group.throughput(Throughput::Elements(parts.pairs.len() as u64));
        group.bench_function(BenchmarkId::new("new", family.name), |bencher| {
            bencher.iter_batched(|| parts.clone(), Instance::new, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, instance);
criterion_main!(benches);
