//! One shipped county, stage by stage.
#![allow(missing_docs, reason = "criterion's macros")]

use anzhi::{Problem, RunOptions, run};
use anzhi_benches::{county, problem};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("county");
    group.sample_size(10);
    for name in ["xinhuang", "dianjiang"] {
        let (Some((document, policy, on)), Some(problem)) = (county(name), problem(name)) else { continue };
        let pairs = problem.candidates().len() as u64 * problem.openings().len() as u64;
        group.throughput(Throughput::Elements(pairs));
        group.bench_function(BenchmarkId::new("check", name), |bencher| {
            bencher.iter(|| Problem::new(document.clone(), policy.clone(), on));
        });
        group.bench_with_input(BenchmarkId::new("score", name), &problem, |bencher, problem| {
            bencher.iter(|| problem.score());
        });
        let options = RunOptions::new(None, RunOptions::TOP);
        group.bench_with_input(BenchmarkId::new("run", name), &problem, |bencher, problem| {
            bencher.iter(|| run(problem, &options));
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
