//! Hashing with argon2id, a few at a time and never on the threads that answer requests.

use std::sync::{Arc, LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use kernel::problem::Problem;
use tokio::sync::Semaphore;

use super::Password;

/// Hashes at once: each takes 19 MiB and a core for some tens of milliseconds.
const AT_ONCE: usize = 4;

/// What an unknown account's password is compared with, so that its refusal takes as long as any other.
static NOBODY: LazyLock<String> = LazyLock::new(|| compute("nobody has this password").unwrap_or_default());

/// Hashes and compares passwords, a bounded number at once.
#[derive(Clone, Debug)]
pub(crate) struct Hasher {
    seats: Arc<Semaphore>,
}

impl Hasher {
    pub(crate) fn new() -> Self {
        // Ready before the first stranger comes, whose refusal would take twice as long otherwise.
        std::thread::spawn(|| LazyLock::force(&NOBODY));
        Self { seats: Arc::new(Semaphore::new(AT_ONCE)) }
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
        let seat = self.seats.clone().acquire_owned().await.map_err(|_| unavailable())?;
        tokio::task::spawn_blocking(move || {
            let _seat = seat;
            work()
        })
        .await
        .map_err(|_| unavailable())
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
