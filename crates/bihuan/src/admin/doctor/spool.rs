//! Reports that wait in the spool, or were put aside there.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::finding::{Check, Finding};

const SPOOL: Check = Check("spool", "暂存的上报");

/// A database that is there has worked the spool off within this, in seconds.
const SOON: i64 = 120;

/// Looks into the folder; no report is opened.
pub fn look(data: &Path, now: DateTime<Utc>) -> Finding {
    let folder = data.join("spool");
    let shelf = match leads::look_into_spool(&folder) {
        Ok(shelf) => shelf,
        Err(error) => return SPOOL.warning(format!("{} 无法查看：{error}", folder.display()), "以运行服务的用户或 root 身份执行本命令。"),
    };
    if shelf.aside > 0 {
        return SPOOL.wrong(
            format!("{} 件没能登记成线索，已移到 {}", shelf.aside, folder.join("aside").display()),
            "在日志里找 a report of the spool was put aside 看原因；排除后停止服务，把文件移回 spool 目录再启动，会重新登记。",
        );
    }
    let age = shelf.oldest.map_or(0, |at| (now - DateTime::<Utc>::from(at)).num_seconds());
    match shelf.waiting {
        0 => SPOOL.well("没有等待登记的"),
        waiting if age > SOON => SPOOL.warning(
            format!("{waiting} 件等着登记，最早的等了 {age} 秒"),
            "数据库恢复后会自动登记：看数据库是否在运行；服务没有运行的，启动它。不要删除 spool 目录。",
        ),
        waiting => SPOOL.notice(format!("{waiting} 件等着登记"), "数据库恢复后会自动登记。"),
    }
}
