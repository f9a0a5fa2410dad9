//! The keys: there, and readable by the program alone.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use super::finding::{Check, Finding};

const KEYS: Check = Check("keys", "密钥");

/// Looks at the folder of keys.
pub fn look(data: &Path) -> Vec<Finding> {
    let folder = data.join("keys");
    if !data.is_dir() {
        return Vec::new();
    }
    if !folder.is_dir() {
        return vec![KEYS.notice(format!("{} 还没有建立", folder.display()), "首次启动服务时生成；生成后请立即各抄一份放进保险柜。")];
    }
    let mut findings = Vec::new();
    for (name, without) in [
        ("master.key", "把保险柜里的 master.key 放回去；没有它，个人信息无法解密。"),
        ("root.key", "把保险柜里的 root.key 放回去；没有它，会生成新的签名密钥。"),
    ] {
        let file = folder.join(name);
        match fs::metadata(&file) {
            Err(_) if !file.exists() => findings.push(KEYS.warning(format!("没有 {name}"), without)),
            Err(error) => findings.push(KEYS.warning(format!("{name} 无法查看：{error}"), "以运行服务的用户或 root 身份执行本命令。")),
            Ok(meta) if meta.mode() & 0o077 != 0 => findings.push(
                KEYS.wrong(format!("{name} 别的用户也能读（权限 {:o}）", meta.mode() & 0o777), format!("chmod 600 {}", file.display())),
            ),
            Ok(_) => {}
        }
    }
    if findings.is_empty() {
        findings.push(KEYS.well("master.key 与 root.key 都在，只有程序能读。备份里没有它们，请确认保险柜里各有一份"));
    }
    findings
}
