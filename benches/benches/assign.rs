//! The solve with its certificate, and the certificate's check alone.
#![allow(missing_docs, reason = "criterion's macros")]

use anzhi::assign::{AssignOptions, solve};
use anzhi_benches::{LOTTERY, Size, instance};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const SIZES: &[Size] = &[
    Size { candidates: 500, openings: 30, seats: 40, pairs: 20 },
    Size { candidates: 2_400, openings: 140, seats: 200, pairs: 40 },
    Size { candidates: 5_000, openings: 400, seats: 600, pairs: 40 },
];

fn assign(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("assign");
    group.sample_size(10);
    for size in SIZES {
        let options = AssignOptions::default().lottery(LOTTERY);
        for (cap, name) in [(None, "no cap"), (Some(1), "one of a household")] {
            let instance = instance(*size, cap);
            group.throughput(Throughput::Elements(instance.pair_count() as u64));
            group.bench_with_input(
                BenchmarkId::new(name, size.candidates),
                &instance,
                |bencher, instance| {
                    bencher.iter(|| solve(instance, &options));
                },
            );
            if let Ok(solution) = solve(&instance, &options) {
                let id = BenchmarkId::new(format!("verify, {name}"), size.candidates);
                group.bench_with_input(id, &instance, |bencher, instance| {
                    bencher.iter(|| solution.certificate().verify(instance, solution.placements()));
                });
            }
        }
    }
    group.finish();
}

criterion_group!(benches, assign);
criterion_main!(benches);
