//! Reserved seats of one opening: how many of them its people fill.

use super::status;
use crate::ids::CandidateIx;
use crate::input::OpeningRecord;
use crate::problem::Problem;

/// The most reserved seats that these people can fill: nobody sits on two, and only a certain member of the group on
/// one of its own.
///
/// # Cost
///
/// People × reserved seats, squared at worst (augmenting paths, one by one).
pub(super) fn filled(problem: &Problem, opening: &OpeningRecord, people: &[CandidateIx]) -> u64 {
    let mut seats: Vec<Vec<usize>> = Vec::new();
    for reserve in &opening.reserves {
        let member = |row: &CandidateIx| {
            let person = problem.candidate(*row);
            person.is_some_and(|it| status::group(problem, it, reserve.group) == Some(true))
        };
        let may_sit: Vec<usize> =
            people.iter().enumerate().filter(|(_, row)| member(row)).map(|(at, _)| at).collect();
        let useful = usize::try_from(reserve.seats).unwrap_or(usize::MAX).min(may_sit.len());
        seats.extend(std::iter::repeat_n(may_sit, useful));
    }
    let mut seat_of = vec![None; people.len()];
    let mut count = 0;
    for seat in 0..seats.len() {
        let mut asked = vec![false; people.len()];
        count += u64::from(seat_somebody(seat, &seats, &mut seat_of, &mut asked));
    }
    count
}

/// Finds somebody for the seat, moving those who sit already where that helps.
fn seat_somebody(
    seat: usize,
    seats: &[Vec<usize>],
    seat_of: &mut [Option<usize>],
    asked: &mut [bool],
) -> bool {
    for person in &seats[seat] {
        if std::mem::replace(&mut asked[*person], true) {
            continue;
        }
        let free = match seat_of[*person] {
            None => true,
            Some(other) => seat_somebody(other, seats, seat_of, asked),
        };
        if free {
            seat_of[*person] = Some(seat);
            return true;
        }
    }
    false
}
