//! Destroying what was kept long enough (档案销毁): a list, agreed to by another person, carried out before two.

pub(crate) mod list;
pub(crate) mod step;
mod store;

use identity::Scope;
use kernel::{codes, problem::Problem};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{VolumeState, loans, no_volume, store as volumes};
use crate::Centre;

codes! {
    /// How a list stands (销毁清单状态).
    #[schema(as = CentreDestructionState)]
    ListState {
        /// Proposed (待审批).
        Proposed = "proposed", "待审批";
        /// Agreed to (已同意，待销毁).
        Agreed = "agreed", "已同意，待销毁";
        /// Refused (不同意).
        Refused = "refused", "不同意";
        /// Carried out (已销毁).
        Done = "done", "已销毁";
    }
}

/// Holds the volumes of a list, each of which may be destroyed: its time is over, it is on its shelf, nobody wants it.
async fn destroyable(
    centre: &Centre,
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[Uuid],
) -> http_api::Answer<Vec<volumes::VolumeRow>> {
    let today = centre.today();
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let row = volumes::hold(connection, scope, centre.home_region(), *id).await?.ok_or_else(no_volume)?;
        let over = row.keep_until.is_some_and(|day| day < today);
        if !over || row.state != VolumeState::Shelved.code() {
            let why = format!("档案 {} 没有到期，或者不在架上，不能销毁", row.code);
            return Err(Problem::conflict("volume-not-destroyable", why).cured_by("从清单里去掉这一份", None).into());
        }
        rows.push(row);
    }
    if loans::wanted_now(connection, ids, today).await? > 0 {
        return Err(Problem::conflict("volume-lent", "清单里有正在借阅或者申请借阅的档案").cured_by("先办结借阅", None).into());
    }
    Ok(rows)
}
