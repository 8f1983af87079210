//! What requests share: prepared policies, and turns at the engine.

use std::num::NonZeroUsize;
use std::sync::Arc;

use actix_web::web;
use anzhi::error::Error;
use anzhi::policy::Policy;
use dashmap::DashMap;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::problem::{Kind, Problem};

/// Most policies that are kept; a service is asked under few, and a stranger must not fill the memory.
const MOST_POLICIES: usize = 256;

/// Prepared policies by the SHA-256 of their text. Values are shared, not borrowed: no guard of the map ever leaves
/// this file, so none can be alive across an `.await` or a second call.
#[derive(Debug, Default)]
pub struct Policies(DashMap<[u8; 32], Arc<Policy>>);

impl Policies {
    /// The policy of this text. Reads outside the map: two callers may both read, one result is kept.
    ///
    /// # Errors
    ///
    /// Those of [`Policy::from_toml`]; a faulty text is not kept.
    pub fn read(&self, text: &str) -> Result<Arc<Policy>, Error> {
        let digest: [u8; 32] = Sha256::digest(text).into();
        if let Some(known) = self.0.get(&digest) {
            return Ok(Arc::clone(known.value()));
        }
        let fresh = Arc::new(Policy::from_toml(text)?);
        if self.0.len() >= MOST_POLICIES {
            return Ok(fresh);
        }
        Ok(Arc::clone(self.0.entry(digest).or_insert(fresh).value()))
    }

    /// How many are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is kept yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What every worker of the server shares.
#[derive(Debug)]
pub struct State {
    policies: Arc<Policies>,
    turns: Arc<Semaphore>,
    body_limit: usize,
}

impl State {
    /// A fresh state: so many runs at the same time, bodies of so many bytes.
    #[must_use]
    pub fn new(runs: NonZeroUsize, body_limit: usize) -> Self {
        let turns = runs.get().min(Semaphore::MAX_PERMITS);
        Self { policies: Arc::default(), turns: Arc::new(Semaphore::new(turns)), body_limit }
    }

    /// The largest body in bytes.
    #[must_use]
    pub const fn body_limit(&self) -> usize {
        self.body_limit
    }

    /// The prepared policies.
    #[must_use]
    pub fn policies(&self) -> &Policies {
        &self.policies
    }

    /// Runs work for the processor off the workers, when its turn comes. A client that goes away gives up the answer;
    /// the turn ends with the work.
    ///
    /// # Errors
    ///
    /// Those of the work; [`Kind::Crashed`] if it did not come to an end.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Policies) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let crashed = || Problem::new(Kind::Crashed, "the work did not come to an end; nothing was kept");
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| crashed())?;
        let policies = Arc::clone(&self.policies);
        let done = web::block(move || {
            let answer = work(&policies);
            drop(turn);
            answer
        });
        done.await.map_err(|_| crashed())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_once_and_a_faulty_one_is_not_kept() {
        let policies = Policies::default();
        let text = Policy::builtin_text("general").expect("built in");
        let first = policies.read(text).expect("a policy");
        assert!(Arc::ptr_eq(&first, &policies.read(text).expect("the same")));
        assert!(policies.read("format = 1").is_err());
        assert_eq!(policies.len(), 1);
    }

    #[test]
    fn strangers_cannot_fill_the_memory() {
        let policies = Policies::default();
        let text = Policy::builtin_text("general").expect("built in");
        for number in 0..MOST_POLICIES + 5 {
            policies.read(&format!("{text}\n# {number}\n")).expect("a policy");
        }
        assert_eq!(policies.len(), MOST_POLICIES);
    }

    #[actix_web::test]
    async fn work_that_panics_is_a_problem_and_gives_its_turn_back() {
        let state = State::new(NonZeroUsize::MIN, 1);
        let lost = state.run(|_| -> Result<(), Problem> { panic!("on purpose") }).await;
        assert_eq!(lost.expect_err("a problem").kind(), Kind::Crashed);
        assert_eq!(state.run(|_| Ok(7)).await.expect("the next turn"), 7);
    }
}
