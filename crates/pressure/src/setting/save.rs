//! Change the setting (修改督办设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::{Value, json};

use super::{NoticeSettings, read::NoticeSettingsView, store};
use crate::{Pressure, rights, scope::require_ground};

/// Ten working weeks: whoever waits longer does not press.
const LONGEST: u32 = 400;

/// Changes when notices are issued by themselves. It holds for what is issued from now on.
///
/// # Errors
/// `notice-settings-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/notice-settings", tag = "notices", operation_id = "save_notice_settings", request_body = NoticeSettings,
    params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = NoticeSettingsView, description = "The setting")))]
pub(crate) async fn save(
    State(room): State<Pressure>,
    allowed: Allowed<rights::SetNotices>,
    IfMatch(seen): IfMatch,
    Json(settings): Json<NoticeSettings>,
) -> Answer<Json<NoticeSettingsView>> {
    let region = room.home_region();
    require_ground(&allowed.scope(), region)?;
    check(&settings)?;
    if let Some(leader) = settings.charge_leader
        && !room.leads().may_have_in_charge(leader, region).await?
    {
        let detail = "该人员不存在、已停用，或不是管辖全区的领导";
        return Err(Problem::invalid("notice-settings-invalid", "督办设置填写有误").field("charge_leader", detail).into());
    }
    let mut transaction = room.database().pool().begin().await?;
    let (version, before) = store::read(&mut transaction, region).await?;
    if seen.is_some_and(|seen| seen != version) || !store::save(&mut transaction, region, version + 1, &settings).await? {
        return Err(Problem::precondition_failed("version-conflict", "督办设置刚被别人改过，请刷新后再改").into());
    }
    let change =
        SettingChange { region, action: "notice-settings-changed", target: region, before: traced(&before), after: traced(&settings) };
    audit::record(&mut transaction, room.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(NoticeSettingsView { settings, version: version + 1 }))
}

/// The setting as the history keeps it.
fn traced(settings: &NoticeSettings) -> Value {
    json!({
        "automatic_notices": settings.automatic, "prompt_after": settings.prompt_after, "supervise_after": settings.supervise_after,
        "reply_prompt": settings.reply_prompt, "reply_supervise": settings.reply_supervise, "reply_account": settings.reply_account,
        "charge_leader": settings.charge_leader, "charge_after": settings.charge_after,
    })
}

fn check(settings: &NoticeSettings) -> Result<(), Problem> {
    let waits =
        [("prompt_after", settings.prompt_after), ("supervise_after", settings.supervise_after), ("charge_after", settings.charge_after)];
    let replies =
        [("reply_prompt", settings.reply_prompt), ("reply_supervise", settings.reply_supervise), ("reply_account", settings.reply_account)];
    let faulty = waits.into_iter().find(|(_, hours)| *hours > LONGEST).map(|(field, _)| (field, "应为 0 至 400 工作时"));
    let faulty = faulty.or_else(|| {
        replies.into_iter().find(|(_, hours)| !(1..=LONGEST).contains(hours)).map(|(field, _)| (field, "应为 1 至 400 工作时"))
    });
    match faulty {
        None => Ok(()),
        Some((field, detail)) => Err(Problem::invalid("notice-settings-invalid", "督办设置填写有误").field(field, detail)),
    }
}
