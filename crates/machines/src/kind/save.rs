//! Set a kind's rules, or let it file by itself again (识别种类设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{KindSetting, Rules, list::MachineKind, store};
use crate::{Machines, rights, scope::require_ground};

/// A day: nothing is kept quiet for longer.
const LONGEST_QUIET: i32 = 24 * 60;
/// The looks that are kept.
const MOST_LOOKS: u8 = 32;

/// A kind's rules as they are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MachineKindInput {
    rules: Rules,
    /// Lets it file by itself again on every device, and forgets the verdicts that paused it.
    #[serde(default)]
    resume: bool,
}

/// Sets a kind's rules.
///
/// # Errors
/// `machine-kind-not-found`, `machine-kind-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/machine-kinds/{number}", tag = "machines", operation_id = "save_machine_kind", request_body = MachineKindInput,
    params(("number" = i16, Path, description = "The kind's number"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = MachineKind, description = "The kind")))]
pub(crate) async fn save(
    State(machines): State<Machines>,
    allowed: Allowed<rights::KeepDevices>,
    Path(number): Path<i16>,
    IfMatch(seen): IfMatch,
    Json(input): Json<MachineKindInput>,
) -> Answer<Json<MachineKind>> {
    let region = machines.home_region();
    require_ground(&allowed.scope(), region)?;
    check(&input.rules)?;
    let mut transaction = machines.database().pool().begin().await?;
    // Watches before their kind, as verdicts lock them; undone with the rest where the rules are refused.
    if input.resume {
        store::resume(&mut transaction, region, number).await?;
    }
    let before = store::one(&mut transaction, region, number).await?.ok_or_else(not_found)?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(changed().into());
    }
    let paused_at = if input.resume { None } else { before.paused_at };
    let wanted = KindSetting { kind: before.kind, rules: input.rules, paused_at, version: before.version + 1 };
    if !store::save(&mut transaction, region, &wanted).await? {
        return Err(changed().into());
    }
    let change = SettingChange {
        region,
        action: "machine-kind-changed",
        target: &wanted.kind.name,
        before: traced(&before),
        after: traced(&wanted),
    };
    audit::record(&mut transaction, machines.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    machines.forget();
    let kinds = machines.kinds().await?;
    Ok(Json(kinds.into_iter().nth(usize::try_from(number - 1).unwrap_or_default()).ok_or_else(not_found)?))
}

fn check(rules: &Rules) -> Result<(), Problem> {
    let share = |value: f64| (0.0..=1.0).contains(&value);
    if rules.of == 0 || rules.of > MOST_LOOKS || rules.need == 0 || rules.need > rules.of {
        return Err(invalid("rules.need", "确认次数应在 1 与观察次数之间，观察次数最多 32"));
    }
    if !share(f64::from(rules.least_confidence)) || !share(rules.floor) {
        return Err(invalid("rules.floor", "置信度和准确率下限应在 0 与 1 之间"));
    }
    if !(0..=LONGEST_QUIET).contains(&rules.quiet_minutes) {
        return Err(invalid("rules.quiet_minutes", "静默期应在 0 至 1440 分钟之间"));
    }
    Ok(())
}

fn traced(setting: &KindSetting) -> Value {
    json!({ "name": setting.kind.name, "rules": setting.rules, "paused": setting.paused_at.is_some() })
}

fn not_found() -> Problem {
    Problem::not_found("machine-kind-not-found", "没有这个识别种类")
}

fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "这个识别种类刚被别人改过，请刷新后再改")
}

fn invalid(field: &'static str, detail: &str) -> Problem {
    Problem::invalid("machine-kind-invalid", "识别种类设置填写有误").field(field, detail.to_owned())
}
