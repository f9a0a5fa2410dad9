//! What a change of these settings leaves in the history (设置变更记录).

use identity::{
    Caller,
    audit::{self, SettingChange},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{Duty, IntakeSetting, Rule};
use crate::Leads;

impl Rule {
    /// The rule as the history keeps it.
    pub(crate) fn traced(&self) -> Value {
        json!({
            "priority": self.priority, "class_prefix": self.class_prefix, "region_prefix": self.region_prefix, "weekdays": self.weekdays,
            "from_hour": self.from_hour, "to_hour": self.to_hour, "on_duty": self.on_duty, "unit": self.unit_id, "note": self.note,
        })
    }
}

impl Duty {
    /// The turn as the history keeps it.
    pub(super) fn traced(&self) -> Value {
        json!({ "unit": self.unit_id, "person": self.person_id, "from": self.from_at, "to": self.to_at })
    }
}

/// The settings as the history keeps them: source and class, and whether they go through by themselves.
pub(super) fn intake(settings: &[IntakeSetting]) -> Value {
    let items = settings
        .iter()
        .map(|setting| json!({ "source": setting.source, "class_prefix": setting.class_prefix, "automatic": setting.automatic }));
    json!({ "items": items.collect::<Vec<_>>() })
}

/// Writes a line of the history, in the transaction of the change.
pub(crate) async fn leave(
    leads: &Leads,
    connection: &mut PgConnection,
    caller: &Caller,
    action: &'static str,
    target: &str,
    (before, after): (Value, Value),
) -> sqlx::Result<()> {
    let change = SettingChange { region: leads.home_region(), action, target, before, after };
    audit::record(connection, leads.clock().now(), caller.person, change).await
}
