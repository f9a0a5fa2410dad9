//! The list of the erased (删除名单), kept beside the master key: a backup from before an erasure brings a person's key back, and this list
//! takes it away again at the next start.
//!
//! A line is `time region subject`. It names nobody: a subject is a random id, and what it led to is gone.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

/// The list's file.
const ERASED: &str = "erased.list";

/// One who was erased: home district, subject, time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Erased {
    pub region: String,
    pub subject: Uuid,
    pub at: DateTime<Utc>,
}

/// Reads the list; an absent one is empty. A last line that a power cut left half written is skipped, any other fault is one.
pub(super) fn read(folder: &Path) -> io::Result<Vec<Erased>> {
    let path = folder.join(ERASED);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut list = Vec::new();
    for line in text.split_inclusive('\n') {
        match parse(line) {
            Some(erased) => list.push(erased),
            None if !line.ends_with('\n') || line.trim().is_empty() => {}
            None => return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{}：有一行无法识别", path.display()))),
        }
    }
    Ok(list)
}

fn parse(line: &str) -> Option<Erased> {
    let mut words = line.strip_suffix('\n')?.split(' ');
    let at = DateTime::parse_from_rfc3339(words.next()?).ok()?.to_utc();
    let region = words.next()?.to_owned();
    let subject = words.next()?.parse().ok()?;
    Some(Erased { region, subject, at })
}

/// Adds to the list; on disk when it returns.
pub(super) fn append(folder: &Path, erased: &[&Erased]) -> io::Result<()> {
    if erased.is_empty() {
        return Ok(());
    }
    let mut lines = String::new();
    for one in erased {
        let at = one.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        lines.push_str(&format!("{at} {} {}\n", one.region, one.subject));
    }
    let mut file = fs::OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(folder.join(ERASED))?;
    let mut kept = Vec::new();
    file.read_to_end(&mut kept)?;
    // What a power cut left of a line goes: its subject is added again from the table.
    let whole = kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if whole < kept.len() {
        file.set_len(u64::try_from(whole).unwrap_or_default())?;
    }
    file.write_all(lines.as_bytes())?;
    file.sync_all()
}

/// Those of the first list whose subject the second does not name.
pub(super) fn missing<'a>(from: &'a [Erased], known: &[Erased]) -> Vec<&'a Erased> {
    let known: BTreeSet<(&str, Uuid)> = known.iter().map(|one| (one.region.as_str(), one.subject)).collect();
    from.iter().filter(|one| !known.contains(&(one.region.as_str(), one.subject))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn the_list_survives_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_empty());
        let at = Utc.with_ymd_and_hms(2026, 11, 2, 1, 2, 3).unwrap();
        let one = Erased { region: "330482".into(), subject: Uuid::from_u128(1), at };
        let other = Erased { region: "330482".into(), subject: Uuid::from_u128(2), at };
        append(folder.path(), &[&one]).unwrap();
        let path = folder.path().join(ERASED);
        fs::write(&path, [fs::read(&path).unwrap(), b"2026-11-02T01:02".to_vec()].concat()).unwrap();
        assert_eq!(read(folder.path()).unwrap(), std::slice::from_ref(&one));
        append(folder.path(), &[&other]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [one.clone(), other.clone()]);
        assert_eq!(missing(&[one.clone(), other.clone()], &[one]), [&other]);
        fs::write(&path, "somebody\n").unwrap();
        assert_eq!(read(folder.path()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
