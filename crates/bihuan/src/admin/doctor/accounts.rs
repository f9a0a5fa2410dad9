//! The accounts: a second factor for who decides, more than one administrator.

use database::Database;
use identity::Weaknesses;

use super::finding::{Check, Finding};

const SECOND: Check = Check("second-factor", "动态口令");
const ADMINISTRATORS: Check = Check("administrators", "系统管理员");

/// Looks at the accounts in use.
pub async fn look(database: &Database) -> sqlx::Result<[Finding; 2]> {
    let weak = Weaknesses::read(database.pool()).await?;
    let second = if weak.without_second_factor == 0 {
        SECOND.well(format!("{} 个有决定权的账号都启用了", weak.deciding))
    } else {
        let more = if weak.without_second_factor > weak.named.len() as i64 { "等" } else { "" };
        SECOND.warning(
            format!("{} 个有决定权的账号中 {} 个没有启用：{}{more}", weak.deciding, weak.without_second_factor, weak.named.join("、")),
            "请本人在工作台右上角“账号安全”里启用；等保三级要求两种以上的鉴别方式（GB/T 22239—2019 8.1.4.1）。",
        )
    };
    let administrators = match weak.administrators {
        0 => ADMINISTRATORS.wrong("一个也没有", "运行 bihuan admin create-administrator。"),
        1 => ADMINISTRATORS.warning("只有一位：忘了口令就没有人能重置", "在工作台“组织人员”里再设一位。"),
        more => ADMINISTRATORS.well(format!("{more} 位")),
    };
    Ok([second, administrators])
}
