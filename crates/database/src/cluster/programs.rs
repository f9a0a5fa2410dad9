//! Finding PostgreSQL's programs.

use crate::{DatabaseError, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest major version that the SQL of this program runs on.
const OLDEST: u32 = 15;

/// A folder of PostgreSQL programs of one version.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    version: u32,
}

impl Programs {
    /// The programs for a new cluster: the named folder, the one beside this program, or Debian's newest.
    pub fn find(named: Option<&Path>) -> Result<Self> {
        Self::for_cluster(named, None)
    }

    /// The programs for a cluster of a version: Debian keeps several side by side, there the same version goes first.
    pub fn for_cluster(named: Option<&Path>, cluster: Option<u32>) -> Result<Self> {
        let candidates = candidates(named);
        let mut found: Vec<Self> = candidates.iter().filter_map(|folder| Self::in_folder(folder)).collect();
        if let Some(cluster) = cluster
            && let Some(at) = found.iter().position(|programs| programs.version == cluster)
        {
            found.swap(0, at);
        }
        match found.into_iter().next() {
            Some(old) if old.version < OLDEST => Err(DatabaseError::TooOld { bin: old.folder, found: old.version }),
            Some(programs) => Ok(programs),
            None => {
                let looked = candidates.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ");
                Err(DatabaseError::BinariesNotFound { looked })
            }
        }
    }

    /// The programs in a folder, if there are any.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let version = major_version(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { folder: folder.to_owned(), version })
    }

    /// The folder they stand in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Their major version.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// One of them.
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

fn candidates(named: Option<&Path>) -> Vec<PathBuf> {
    // A folder that was named is meant: nothing else is tried behind its back.
    if let Some(named) = named {
        return vec![named.to_owned()];
    }
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(|folder| folder.join("postgresql/bin")))
        .filter(|folder| folder.is_dir());
    beside.into_iter().chain(debian_folders()).collect()
}

/// Debian's folders, the newest version first.
fn debian_folders() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir("/usr/lib/postgresql") else { return vec![PathBuf::from("/usr/lib/postgresql/*/bin")] };
    let mut versions: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("postgres").exists())
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, folder)| folder).collect()
}

/// 15 of "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
fn major_version(said: &str) -> Option<u32> {
    let number = said.split_whitespace().nth(2)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_postgres_says() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 19beta2\n"), Some(19));
        assert_eq!(major_version("no such thing"), None);
    }

    #[test]
    fn a_named_folder_without_programs_is_an_error_that_names_it() {
        let error = Programs::find(Some(Path::new("/nonexistent/bin"))).unwrap_err().to_string();
        assert!(error.contains("/nonexistent/bin") && error.contains("BIHUAN_PG_BIN"), "{error}");
    }
}
