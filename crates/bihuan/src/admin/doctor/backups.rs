//! The backups: how old the newest is.

use std::{fs, path::Path};

use chrono::{DateTime, Duration, Utc};

use super::finding::{Check, Finding};

const BACKUPS: Check = Check("backups", "备份");
/// A daily backup may run for two hours.
const DAILY: Duration = Duration::hours(26);
/// After a week nobody makes backups any more.
const WEEK: Duration = Duration::days(7);

/// Looks at the folder of backups.
pub fn look(folder: &Path, now: DateTime<Utc>) -> Finding {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(_) => {
            return BACKUPS.notice(
                format!("{} 无法查看，不知道有没有备份", folder.display()),
                "用 --backups 或 BIHUAN_BACKUPS 指明备份目录；还没有安排备份的，见 deploy/bihuan-backup.timer。",
            );
        }
    };
    let made = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let is_backup = entry.path().extension().is_some_and(|extension| extension == "age");
        Some(DateTime::<Utc>::from(entry.metadata().ok().filter(|meta| is_backup && meta.is_file())?.modified().ok()?))
    });
    let Some(newest) = made.max() else {
        return BACKUPS.wrong(format!("{} 里没有备份", folder.display()), "运行 bihuan admin backup，并启用 deploy/bihuan-backup.timer。");
    };
    let age = now - newest;
    let found = format!("最新的一份在 {} 小时前", age.num_hours().max(0));
    let advice = "看 systemctl status bihuan-backup；立即运行一次 bihuan admin backup。";
    if age > WEEK {
        BACKUPS.wrong(found, advice)
    } else if age > DAILY {
        BACKUPS.warning(found, advice)
    } else {
        BACKUPS.well(found)
    }
}
