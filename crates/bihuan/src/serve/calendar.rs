//! The calendar in force: the one that ships with the program, and the yearly notices laid over it since.

use std::path::Path;

use anyhow::{Context, Result};
use kernel::calendar::Calendar;

/// Lays every `<data>/calendar/*.csv` (`date,kind,name`, as data/holidays.csv) over the shipped calendar, in the order of their names.
///
/// # Errors
/// A notice that does not read: a wrong calendar would move every deadline, so the program does not start with it.
pub fn in_force(data: &Path) -> Result<Calendar> {
    let folder = data.join("calendar");
    let mut calendar = Calendar::shipped();
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(calendar) };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("放假安排 {} 无法读取", file.display()))?;
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let version = format!("{}+{name}", calendar.version());
        calendar = calendar.with_notice(&version, &text).with_context(|| format!("放假安排 {} 有误", file.display()))?;
    }
    Ok(calendar)
}
