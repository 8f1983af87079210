//! Instances of a county's size: threads change nothing, and the work stays within what is promised.

use anzhi::assign::{AssignOptions, LotteryStage, forced_in_every, solve};
use anzhi::instance::Instance;

use super::samples::{County, county};

const STAGES: [LotteryStage; 2] = [LotteryStage::AfterScore, LotteryStage::BeforeScore];

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    let shape = County {
        candidates: 420,
        openings: 70,
        seats_each: 2,
        pairs_each: 6,
        regions: 7,
        scores: 4,
        seed: 3,
    };
    let instance = Instance::new(county(shape)).unwrap();
    for stage in STAGES {
        let mut answers = Vec::new();
        for threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            answers.push(pool.install(|| {
                let solution = solve(&instance, &AssignOptions::default().lottery(stage)).unwrap();
                let forced = forced_in_every(&instance, &solution);
                let plan = (solution.placements().clone(), solution.certificate().clone());
                (plan, solution.work(), forced)
            }));
        }
        assert!(answers[0].1.parts >= 7, "several parts, or threads have nothing to share");
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
}
