//! The tables of a city read from their folder, on one core: `pairs.csv` sorted, and in no order.
#![allow(missing_docs, reason = "criterion's macros")]

use std::fs;

use anzhi::plan::Lottery;
use anzhi_benches::SEED;
use anzhi_benches::bare::{Family, Rows};
use anzhi_desk::bare::{Asked, read};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn tables(criterion: &mut Criterion) {
    let room = tempfile::tempdir().expect("a folder");
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no threads were started before");
    let asked = Asked { lottery: Lottery::new(None).expect("no seed"), household_cap: None, keep: None };
    let mut group = criterion.benchmark_group("tables");
    group.sample_size(10);
    let city = Family::named("city").expect("a family").draw(SEED);
    for (name, rows) in [("sorted", Rows::Sorted), ("shuffled", Rows::Shuffled(SEED))] {
        let folder = room.path().join(name);
        city.write_tables(&folder, rows).expect("tables");
        let bytes = fs::read_dir(&folder).expect("tables").flatten().filter_map(|it| it.metadata().ok());
        group.throughput(Throughput::Bytes(bytes.map(|it| it.len()).sum()));
        group.bench_function(BenchmarkId::new("read", name), |bencher| {
            bencher.iter_batched(|| (), |()| read(&folder, &asked), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, tables);
criterion_main!(benches);
