//! Which user of the operating system PostgreSQL runs as: it refuses to be root.

use crate::{DatabaseError, Result, error::io};
use nix::unistd::{Uid, User, chown, geteuid};
use std::{os::unix::process::CommandExt, path::Path, process::Command};

/// The user nobody of every Linux system.
const NOBODY: u32 = 65_534;

/// The user of the PostgreSQL processes, and the user of this one.
#[derive(Debug, Clone)]
pub struct Account {
    user: User,
    caller: User,
}

impl Account {
    /// The user for a cluster: this process's own, or for root the one that owns the cluster already, `postgres`,
    /// `bihuan` or nobody.
    pub fn choose(owner_of_cluster: Option<u32>) -> Result<Self> {
        let uid = geteuid();
        let caller = named(uid)?;
        if !uid.is_root() {
            return Ok(Self { user: caller.clone(), caller });
        }
        let by_name = |name: &str| User::from_name(name).ok().flatten().filter(|user| !user.uid.is_root());
        let owner = owner_of_cluster.filter(|uid| *uid != 0).and_then(|uid| User::from_uid(Uid::from_raw(uid)).ok().flatten());
        let user = match owner.or_else(|| by_name("postgres")).or_else(|| by_name("bihuan")) {
            Some(user) => user,
            None => named(Uid::from_raw(NOBODY))?,
        };
        Ok(Self { user, caller })
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.user.name
    }

    /// The user's number.
    pub fn uid(&self) -> u32 {
        self.user.uid.as_raw()
    }

    /// The users who may connect: this process's and PostgreSQL's own.
    pub fn callers(&self) -> Vec<&str> {
        let mut names = vec![self.caller.name.as_str()];
        if self.user.name != self.caller.name {
            names.push(&self.user.name);
        }
        names
    }

    /// Whether PostgreSQL runs as another user than this process.
    pub fn differs(&self) -> bool {
        self.user.uid != self.caller.uid
    }

    /// A command of PostgreSQL that runs as its user, speaks English and is not led astray by the environment.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C").env("TZ", "UTC");
        for name in ["PGDATA", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGOPTIONS", "PGSERVICE", "PG_COLOR"] {
            command.env_remove(name);
        }
        if self.differs() {
            command.uid(self.user.uid.as_raw()).gid(self.user.gid.as_raw());
        }
        command
    }

    /// Gives a path to PostgreSQL's user.
    pub fn own(&self, path: &Path) -> Result<()> {
        if self.differs() {
            chown(path, Some(self.user.uid), Some(self.user.gid)).map_err(|errno| io("chown", path)(errno.into()))?;
        }
        Ok(())
    }

    /// Whether the user's right bits let it enter a folder with this owner and mode.
    pub fn may_enter(&self, owner: u32, group: u32, mode: u32) -> bool {
        let bit = if owner == self.uid() {
            0o100
        } else if group == self.user.gid.as_raw() {
            0o010
        } else {
            0o001
        };
        mode & bit != 0
    }
}

fn named(uid: Uid) -> Result<User> {
    User::from_uid(uid).ok().flatten().ok_or(DatabaseError::NamelessUser { uid: uid.as_raw() })
}
