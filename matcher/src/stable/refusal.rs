//! Instances for which there is no stable answer here.

use std::error::Error;
use std::fmt;

use crate::ids::HouseholdIx;
use crate::instance::{Instance, Side, Whose};

/// Why an instance has no stable answer here. Groups are named by their position in [`Instance::groups`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StableRefusal {
    /// A household has more members with openings than the cap lets in.
    HouseholdCap {
        /// The first such household.
        household: HouseholdIx,
    },
    /// A group counts everybody at several openings.
    SeveralOpenings {
        /// The position of the group.
        group: usize,
    },
    /// A group counts a kind of person at several openings.
    People {
        /// The position of the group.
        group: usize,
    },
    /// A group lies in another of the same opening.
    Nested {
        /// The position of the inner group.
        group: usize,
        /// The position of the group around it.
        inside: usize,
    },
}

impl fmt::Display for StableRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HouseholdCap { household } => write!(
                f,
                "the cap binds household {}, so stable placements may not exist; drop the household cap or ask for the \
                 optimum",
                household.get()
            ),
            Self::SeveralOpenings { group } => write!(
                f,
                "group {group} counts everybody at several openings; give each opening a group of its own or ask for \
                 the optimum"
            ),
            Self::People { group } => write!(
                f,
                "group {group} counts a kind of person at several openings; split it over the openings or ask for the \
                 optimum"
            ),
            Self::Nested { group, inside } => write!(
                f,
                "group {group} lies in group {inside} of the same opening; let each person count in one group of an \
                 opening or ask for the optimum"
            ),
        }
    }
}

impl Error for StableRefusal {}

/// Whether every group is of one opening and beside the others, and no household is bound.
pub(super) fn check(instance: &Instance) -> Result<(), StableRefusal> {
    let nesting = instance.nesting();
    for (group, side) in nesting.sides().iter().enumerate() {
        match side {
            Side::Seat(_) => {
                if let Some(inside) = nesting.parent(group) {
                    return Err(StableRefusal::Nested { group, inside });
                }
            }
            Side::Openings => {
                let named = &instance.groups()[group].openings;
                let counted = if named.is_empty() { instance.seats().len() } else { named.len() };
                if counted > 1 {
                    return Err(StableRefusal::SeveralOpenings { group });
                }
            }
            Side::People => return Err(StableRefusal::People { group }),
        }
    }
    let bound = nesting.people_sets().iter().find_map(|set| match set.whose {
        Whose::Household(household) => Some(household),
        Whose::Group(_) => None,
    });
    bound.map_or(Ok(()), |household| Err(StableRefusal::HouseholdCap { household }))
}
