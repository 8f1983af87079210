//! The fair, tight and loose: from the problem to the 20 best of every opening and of every candidate.
#![allow(missing_docs, reason = "criterion's macros")]

use anzhi_benches::SEED;
use anzhi_benches::crowd::{Crowd, Size, Variant};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const BEST: usize = 20;

fn score(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("score");
    group.sample_size(10);
    for variant in Variant::ALL {
        let Some(size) = Size::named("fair") else { continue };
        let Ok(problem) = (Crowd { size, variant, seed: SEED }).problem() else { continue };
        group.throughput(Throughput::Elements(u64::from(size.people) * u64::from(size.openings)));
        group.bench_with_input(BenchmarkId::new(size.name, variant.name()), &problem, |bencher, problem| {
            bencher.iter(|| problem.score().shortlists(BEST));
        });
    }
    group.finish();
}

criterion_group!(benches, score);
criterion_main!(benches);
