//! From where the program can be reached, and whether that is meant.

use std::{net::SocketAddr, path::Path};

use super::finding::{Check, Finding};

const REACH: Check = Check("reach", "监听地址");
const DEMO: Check = Check("demo", "演示模式");

/// Looks at the address.
pub fn look(http: SocketAddr, tls: bool, data: &Path) -> Vec<Finding> {
    let open = !http.ip().is_loopback();
    let mut findings = vec![match (open, tls) {
        (true, false) => REACH.warning(
            format!("{http} 对外开放而没有 TLS：口令与个人信息会明文传输"),
            "设置 BIHUAN_TLS_CERT 与 BIHUAN_TLS_KEY，或只监听 127.0.0.1 并放在反向代理之后。",
        ),
        (true, true) => REACH.well(format!("{http}，有 TLS")),
        (false, _) => REACH.well(format!("{http}，只有本机能直接访问")),
    }];
    // The demo's passwords are published.
    if data.join("demo-city.json").exists() {
        let found = "这是演示数据：账号口令是公开的，数据均为模拟";
        findings.push(if open {
            DEMO.wrong(format!("{found}，却监听在 {http}"), "演示只监听 127.0.0.1；正式使用请换一个空的数据目录。")
        } else {
            DEMO.notice(found, "正式使用请换一个空的数据目录。")
        });
    }
    findings
}
