//! Hashing with argon2id, a few at a time, on threads of its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use kernel::problem::Problem;
use tokio::sync::{mpsc, oneshot};

use super::Password;

/// Hashes at once: each takes 19 MiB and a core for some tens of milliseconds. Threads of their own and not the runtime's many: the
/// allocator keeps for each thread what it once took, and a morning's sign-ins would leave hundreds of megabytes behind.
const AT_ONCE: usize = 2;
/// Hashes that may wait; who comes beyond waits for a place to wait.
const WAITING: usize = 256;

/// What an unknown account's password is compared with, so that its refusal takes as long as any other.
static NOBODY: LazyLock<String> = LazyLock::new(|| compute("nobody has this password").unwrap_or_default());

type Job = Box<dyn FnOnce() + Send>;

/// Hashes and compares passwords, a bounded number at once.
#[derive(Clone, Debug)]
pub(crate) struct Hasher {
    jobs: mpsc::Sender<Job>,
}

impl Hasher {
    /// The threads end when the last clone is gone.
    pub(crate) fn new() -> Self {
        let (jobs, waiting) = mpsc::channel::<Job>(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..AT_ONCE {
            let waiting = waiting.clone();
            std::thread::spawn(move || {
                // Ready before the first stranger comes, whose refusal would take twice as long otherwise.
                LazyLock::force(&NOBODY);
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
                    let Some(job) = next else { return };
                    // A job that panics has dropped its answer, which its caller hears of; the thread goes on.
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            });
        }
        Self { jobs }
    }

    /// The PHC string to keep.
    pub(crate) async fn hash(&self, password: Password) -> Result<String, Problem> {
        self.seated(move || compute(password.expose())).await?
    }

    /// Whether the password is the one of this PHC string. `None` compares with nobody's and is always false.
    pub(crate) async fn verify(&self, password: Password, phc: Option<String>) -> Result<bool, Problem> {
        self.seated(move || {
            let known = phc.is_some();
            let phc = phc.unwrap_or_else(|| NOBODY.clone());
            Argon2::default().verify_password(password.expose().as_bytes(), phc.as_str()).is_ok() && known
        })
        .await
    }

    async fn seated<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let (done, outcome) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Who asked may have gone meanwhile.
            let _ = done.send(work());
        });
        self.jobs.send(job).await.map_err(|_| unavailable())?;
        outcome.await.map_err(|_| unavailable())
    }
}

fn compute(password: &str) -> Result<String, Problem> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| unavailable())
}

fn unavailable() -> Problem {
    Problem::unavailable("busy", "系统正忙，请稍后再试。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let hasher = Hasher::new();
        let phc = hasher.hash(Password::new("river-lamp-42")).await.unwrap();
        assert!(phc.starts_with("$argon2id$"));
        assert!(hasher.verify(Password::new("river-lamp-42"), Some(phc.clone())).await.unwrap());
        assert!(!hasher.verify(Password::new("river-lamp-43"), Some(phc)).await.unwrap());
        assert!(!hasher.verify(Password::new("nobody has this password"), None).await.unwrap());
    }
}
