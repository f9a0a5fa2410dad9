//! The data folder, the roots' folder, and the room on their disks.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use nix::sys::statvfs::statvfs;

use super::finding::{Check, Finding};

const DATA: Check = Check("data-folder", "数据目录");
const DISK: Check = Check("disk", "磁盘空间");
const ROOTS: Check = Check("roots", "签名根的外部存放");

/// With less than this nothing can be written soon.
const LEAST: u64 = 1 << 30;
/// With less than this it is time to make room.
const LITTLE: u64 = 10 << 30;

/// Looks at the folders.
pub fn look(data: &Path, roots: Option<&Path>) -> Vec<Finding> {
    if !data.is_dir() {
        return vec![DATA.wrong(
            format!("{} 不存在", data.display()),
            "用 --data 或 BIHUAN_DATA 指明数据目录；还没有安装的，先运行 bihuan admin create-administrator。",
        )];
    }
    let mut findings = vec![data_folder(data), disk("数据目录", data)];
    let files = data.join("files");
    if files.is_dir() && device(&files) != device(data) {
        findings.push(disk("照片与文件", &files));
    }
    findings.push(roots_outside(data, roots));
    findings
}

fn data_folder(data: &Path) -> Finding {
    match fs::metadata(data) {
        Err(error) => DATA.wrong(format!("{} 无法查看：{error}", data.display()), "以运行服务的用户或 root 身份执行本命令。"),
        Ok(meta) if meta.mode() & 0o002 != 0 => DATA.warning(
            format!("{} 任何用户都能写（权限 {:o}）", data.display(), meta.mode() & 0o777),
            format!("chmod o-w {}", data.display()),
        ),
        Ok(meta) => DATA.well(format!("{}（权限 {:o}）", data.display(), meta.mode() & 0o777)),
    }
}

fn device(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|meta| meta.dev())
}

fn disk(what: &str, path: &Path) -> Finding {
    let advice = || "清理或扩大磁盘；旧备份请移到别处。磁盘写满时上报会被拒绝。".to_owned();
    match statvfs(path) {
        Err(error) => DISK.warning(format!("{what}所在磁盘无法查看：{error}"), advice()),
        Ok(disk) => {
            let free = disk.blocks_available() * disk.fragment_size();
            let all = (disk.blocks() * disk.fragment_size()).max(1);
            let found = format!("{what}所在磁盘还剩 {:.1} GB（共 {:.0} GB）", giga(free), giga(all));
            if free < LEAST {
                DISK.wrong(found, advice())
            } else if free < LITTLE || free.saturating_mul(20) < all {
                DISK.warning(found, advice())
            } else {
                DISK.well(found)
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn giga(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}

fn roots_outside(data: &Path, roots: Option<&Path>) -> Finding {
    let Some(roots) = roots else {
        return ROOTS.warning(
            "签名根与数据库放在一起：能改数据库的人也能改它",
            "把 BIHUAN_ROOTS 指向另一台机器的共享目录，或每天把 roots/ 复制到只能追加的介质。",
        );
    };
    if !roots.is_dir() {
        return ROOTS.wrong(format!("{} 不存在", roots.display()), "挂上这个目录，或改正 BIHUAN_ROOTS；在此之前写不出签名根。");
    }
    let inside = roots.canonicalize().ok().zip(data.canonicalize().ok()).is_some_and(|(roots, data)| roots.starts_with(data));
    if inside || device(roots) == device(data) {
        return ROOTS.warning(format!("{} 与数据在同一块磁盘上", roots.display()), "把 BIHUAN_ROOTS 指向另一台机器的共享目录。");
    }
    ROOTS.well(roots.display().to_string())
}
