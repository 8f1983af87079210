//! Solves that are followed, limited and ended.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use anzhi::assign::{AssignOptions, LotteryStage, Phase, Progress, Unsolved, Watch, solve, solve_with};
use anzhi::instance::Instance;

use super::samples::{County, county};

const STAGES: [LotteryStage; 2] = [LotteryStage::AfterScore, LotteryStage::BeforeScore];

fn options(stage: LotteryStage) -> AssignOptions {
    AssignOptions::default().lottery(stage)
}

const LARGE: County =
    County { candidates: 2000, openings: 150, seats_each: 1, pairs_each: 40, regions: 2, scores: 3, seed: 9 };

fn large() -> Instance {
    Instance::new(county(LARGE)).unwrap()
}

#[test]
fn a_limit_means_the_same_with_any_number_of_threads() {
    let instance = large();
    for stage in STAGES {
        let solution = solve(&instance, &options(stage)).unwrap();
        let units = solution.work().units();
        for threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let within = |limit: u64| {
                pool.install(|| solve_with(&instance, &options(stage), Watch::default().at_most(limit)))
            };
            assert_eq!(within(units).unwrap().certificate(), solution.certificate());
            for limit in [0, units / 2, units - 1] {
                assert_eq!(within(limit).unwrap_err(), Unsolved::LimitReached { limit }, "{threads} threads");
            }
        }
    }
}

#[test]
fn whoever_is_told_of_the_progress_can_end_the_solve_and_nothing_is_left() {
    let instance = large();
    let copy = instance.clone();
    for stage in STAGES {
        let whole = solve(&instance, &options(stage)).unwrap();
        let told = AtomicU64::new(0);
        let count = |_: Progress| {
            told.fetch_add(1, Ordering::Relaxed);
            ControlFlow::Continue(())
        };
        let followed = solve_with(&instance, &options(stage), Watch::default().telling(&count)).unwrap();
        assert_eq!(followed.placements(), whole.placements());
        let times = told.load(Ordering::Relaxed);
        assert!(times > 3, "told {times} times");
        for stop_at in [1, 2, times / 2] {
            let told = AtomicU64::new(0);
            let stop = |_: Progress| {
                let now = told.fetch_add(1, Ordering::Relaxed) + 1;
                if now < stop_at { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            let ended = solve_with(&instance, &options(stage), Watch::default().telling(&stop));
            assert_eq!(ended.unwrap_err(), Unsolved::Stopped);
            assert_eq!(instance, copy);
            let again = solve(&instance, &options(stage)).unwrap();
            assert_eq!(again.certificate(), whole.certificate());
            assert_eq!(again.work(), whole.work());
        }
    }
}

#[test]
fn the_work_told_is_the_work_of_the_solution() {
    let instance = large();
    let last = AtomicU64::new(0);
    let follow = |progress: Progress| {
        last.fetch_max(progress.units, Ordering::Relaxed);
        ControlFlow::Continue(())
    };
    let solution =
        solve_with(&instance, &AssignOptions::default(), Watch::default().telling(&follow)).unwrap();
    assert!(last.load(Ordering::Relaxed) <= solution.work().units());
    assert!(last.load(Ordering::Relaxed) + 200_000 > solution.work().units());
}

#[test]
fn each_phase_is_told_when_it_begins() {
    let instance = large();
    for stage in STAGES {
        let told = Mutex::new(Vec::new());
        let follow = |progress: Progress| {
            told.lock().unwrap().push(progress);
            ControlFlow::Continue(())
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        pool.install(|| solve_with(&instance, &options(stage), Watch::default().telling(&follow)).unwrap());
        let told = told.into_inner().unwrap();
        assert_eq!(told[0], Progress { units: 0, phase: Phase::Optimum });
        assert!(told.is_sorted_by_key(|progress| progress.units));
        assert!(told.iter().any(|progress| progress.phase == Phase::Lottery));
        assert_eq!(told.last().unwrap().phase, Phase::Prices);
    }
}
