//! The identity of everybody who calls: sessions, keys, rights and organisations behind one handle.

use std::{
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use http_api::rate::RateLimit;
use kernel::{clock::SharedClock, id::PersonId};
use moka::future::Cache;
use sqlx::PgPool;
use tokio::sync::Mutex;

use crate::{
    caller::Caller,
    error::Result,
    oidc::{self, Provider},
    organisation::{self, tree::OrganisationTree},
    password::hash::Hasher,
    person,
    right::RightDefinition,
    role::{self, Role, grants::Grants},
    seal::Seal,
    session::{self, Live, TokenHash},
};

/// How long another node may go on with a picture that this one changed.
const KEEP: Duration = Duration::from_secs(3);
/// Sign-ins a minute from one address: a whole office behind one address must be able to start its day.
const SIGN_INS_PER_ADDRESS: u32 = 120;
/// The same in the demo city, whose simulated people all come from this machine.
const SIGN_INS_PER_ADDRESS_IN_DEMO: u32 = 2_000;

/// What identity needs to know of the installation.
#[derive(Clone)]
pub struct Settings {
    /// The key that seals one-time-code secrets; kept outside the database and its backup.
    pub seal_key: [u8; 32],
    /// Whether cookies are marked `Secure`: yes wherever people reach the program through TLS.
    pub secure_cookies: bool,
    /// Whether this is the demo city.
    pub demo: bool,
}

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Settings")
            .field("seal_key", &"***")
            .field("secure_cookies", &self.secure_cookies)
            .field("demo", &self.demo)
            .finish()
    }
}

/// The handle to identity. Cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    pool: PgPool,
    clock: SharedClock,
    settings: Settings,
    seal: Seal,
    hasher: Hasher,
    sign_in_rate: RateLimit,
    /// The city's identity provider, where there is one.
    provider: OnceLock<Provider>,
    /// One seat an account at the sign-in.
    turns: Cache<String, Arc<Mutex<()>>>,
    /// Raised by every change of who may do what. It is part of every cache key, so what was read before a change can
    /// never be found after it, not even by a reader that was under way.
    epoch: AtomicU64,
    callers: Cache<(u64, TokenHash), Option<Arc<Live>>>,
    trees: Cache<u64, Arc<OrganisationTree>>,
    grants: Cache<u64, Arc<Grants>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Identity").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl Identity {
    /// Identity on this database, by this clock.
    pub fn new(pool: PgPool, clock: SharedClock, settings: Settings) -> Self {
        fn cache<K: std::hash::Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static>(most: u64) -> Cache<K, V> {
            Cache::builder().max_capacity(most).time_to_live(KEEP).build()
        }
        let sign_ins = if settings.demo { SIGN_INS_PER_ADDRESS_IN_DEMO } else { SIGN_INS_PER_ADDRESS };
        Self(Arc::new(Inner {
            pool,
            clock,
            seal: Seal::new(&settings.seal_key),
            settings,
            hasher: Hasher::new(),
            sign_in_rate: RateLimit::new(sign_ins, Duration::from_secs(60)),
            provider: OnceLock::new(),
            turns: Cache::builder().max_capacity(10_000).time_to_idle(Duration::from_secs(60)).build(),
            epoch: AtomicU64::new(0),
            callers: cache(50_000),
            trees: cache(4),
            grants: cache(4),
        }))
    }

    /// Makes the features' rights known. A right seen for the first time is given to its default roles; what an
    /// administrator changed since stays as he left it.
    pub async fn register(&self, definitions: &[RightDefinition]) -> Result<()> {
        let mut transaction = self.pool().begin().await?;
        for definition in definitions {
            if !role::store::define(&mut transaction, definition).await? {
                continue;
            }
            for code in definition.default_roles {
                // What no auxiliary may hold is not given to the auxiliaries' own role, whoever asks for it.
                if Role::from_code(code).is_some_and(|role| role != Role::Auxiliary || !definition.decides) {
                    role::store::grant(&mut transaction, code, definition.name).await?;
                } else {
                    tracing::error!(right = definition.name, role = code, "a right names a role that cannot hold it");
                }
            }
        }
        transaction.commit().await?;
        self.forget();
        Ok(())
    }

    /// Every organisation, at most a few seconds old.
    pub async fn organisations(&self) -> Result<Arc<OrganisationTree>> {
        let tree = self.0.trees.try_get_with(self.epoch(), async { organisation::store::tree(self.pool()).await.map(Arc::new) });
        tree.await.map_err(shared)
    }

    /// What every role allows, at most a few seconds old.
    pub async fn grants(&self) -> Result<Arc<Grants>> {
        let grants = self.0.grants.try_get_with(self.epoch(), async { role::store::grants(self.pool()).await.map(Arc::new) });
        grants.await.map_err(shared)
    }

    /// A person as a caller, for work done in his name without a request. Nothing if he is unknown or disabled.
    pub async fn caller_of(&self, person: PersonId) -> Result<Option<Caller>> {
        match person::store::profile(self.pool(), person.uuid()).await? {
            Some(row) => Ok(Some(self.assemble(row).await?)),
            None => Ok(None),
        }
    }

    /// Whether the session or key behind this caller is still good: long streams ask from time to time.
    pub async fn is_alive(&self, caller: &Caller) -> Result<bool> {
        match caller.session() {
            Some(token) => Ok(self.caller_of_session(token).await?.is_some()),
            None => Ok(self.caller_of(caller.person).await?.is_some()),
        }
    }

    /// Whether the caller's ground is the whole installation's: what concerns all of it is his alone.
    pub async fn keeps_everything(&self, caller: &Caller) -> Result<bool> {
        crate::authority::keeps_everything(self, caller).await
    }

    /// The names of these people, for rows that show who did something.
    pub async fn names_of(&self, people: &[uuid::Uuid]) -> Result<std::collections::HashMap<uuid::Uuid, String>> {
        Ok(person::store::names(self.pool(), people).await?.into_iter().collect())
    }

    /// Throws away what is long past: ended sessions and counted failures. The audits stay.
    pub async fn sweep(&self) -> Result<()> {
        session::store::sweep(self.pool(), self.now()).await?;
        oidc::sweep(self.pool(), self.now()).await?;
        Ok(())
    }

    pub(crate) async fn caller_of_session(&self, token: &TokenHash) -> Result<Option<Caller>> {
        let load = async {
            let Some(row) = session::store::find(self.pool(), token).await? else { return Ok(None) };
            let (last_seen, expires) = (row.last_seen_at, row.expires_at);
            let caller = self.assemble(row.profile).await?.with_session(token.clone());
            Ok::<_, crate::IdentityError>(Some(Arc::new(Live::new(caller, last_seen, expires))))
        };
        let live = self.0.callers.try_get_with((self.epoch(), token.clone()), load).await.map_err(shared_identity)?;
        let Some(live) = live else { return Ok(None) };
        let now = self.now();
        if live.has_ended(now) {
            session::store::end(self.pool(), token).await?;
            return Ok(None);
        }
        if live.touch(now) {
            session::store::touch(self.pool(), token, now).await?;
        }
        Ok(Some(live.caller.clone()))
    }

    /// The machine account whose API key this is, for gateways that speak no HTTP. Nothing if the key is unknown or removed.
    ///
    /// # Errors
    /// The database's.
    pub async fn caller_with_key(&self, key: &str) -> Result<Option<Caller>> {
        self.caller_of_key(&TokenHash::of(key)).await
    }

    pub(crate) async fn caller_of_key(&self, key: &TokenHash) -> Result<Option<Caller>> {
        let load = async {
            let Some(row) = person::store::profile_of_key(self.pool(), key, self.now()).await? else { return Ok(None) };
            let now = self.now();
            let caller = self.assemble(row).await?;
            Ok::<_, crate::IdentityError>(Some(Arc::new(Live::new(caller, now, DateTime::<Utc>::MAX_UTC))))
        };
        let live = self.0.callers.try_get_with((self.epoch(), key.clone()), load).await.map_err(shared_identity)?;
        Ok(live.map(|live| live.caller.clone()))
    }

    async fn assemble(&self, row: person::store::ProfileRow) -> Result<Caller> {
        let (tree, grants) = (self.organisations().await?, self.grants().await?);
        let subtree = tree.subtree(row.organisation_id);
        Ok(Caller::assemble(row.into(), &grants, subtree))
    }

    /// Makes every change of people, roles, organisations and sessions seen from the next request on.
    pub(crate) fn forget(&self) {
        self.0.epoch.fetch_add(1, Ordering::SeqCst);
    }

    fn epoch(&self) -> u64 {
        self.0.epoch.load(Ordering::SeqCst)
    }

    /// The seat of an account at the sign-in.
    pub(crate) async fn turn(&self, account: &str) -> Arc<Mutex<()>> {
        self.0.turns.get_with_by_ref(account, async { Arc::default() }).await
    }

    /// Offers signing in through this provider, beside the password, from now on.
    pub fn offer(&self, provider: Provider) {
        let _ = self.0.provider.set(provider);
    }

    pub(crate) fn provider(&self) -> Option<&Provider> {
        self.0.provider.get()
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.pool
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.0.seal
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    pub(crate) fn sign_in_rate(&self) -> &RateLimit {
        &self.0.sign_in_rate
    }
}

/// The waiters of one cache load share its error; only its text can be had by each.
fn shared(error: Arc<sqlx::Error>) -> crate::IdentityError {
    database::shared(error).into()
}

fn shared_identity(error: Arc<crate::IdentityError>) -> crate::IdentityError {
    Arc::try_unwrap(error).unwrap_or_else(|error| match &*error {
        // That the database is away is told to each who waited: it is no defect of the program.
        crate::IdentityError::Database(cause) if database::is_away(cause) => {
            sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::NotConnected, cause.to_string())).into()
        }
        error => sqlx::Error::Protocol(error.to_string()).into(),
    })
}
