//! Reading the history of settings.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    kind,
    store::{self, Line, Wanted},
};
use crate::{Role, allowed::Allowed, authority::keeps_everything, rights::SeeSettingsHistory, service::Identity};

/// Which part of the history.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// `intake`, `dispatch-rule`, `duty`, `class`, `role`, `organisation`, `person`, `webhook`.
    pub(super) kind: Option<String>,
    /// Who changed it.
    pub(super) person: Option<Uuid>,
    /// Not before.
    pub(super) from: Option<DateTime<Utc>>,
    /// Before.
    pub(super) to: Option<DateTime<Utc>>,
    /// Where the last page ended.
    pub(super) cursor: Option<String>,
    /// How many lines, at most 200.
    pub(super) limit: Option<i64>,
}

/// Who changed a setting.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedBy {
    /// The person; none for the installation itself, on the shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Uuid>,
    pub(super) name: String,
}

/// A change of a setting (设置变更).
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingChangeView {
    pub(super) id: Uuid,
    pub(super) at: DateTime<Utc>,
    /// The kind's code.
    pub(super) kind: &'static str,
    /// The kind in Chinese.
    pub(super) kind_label: &'static str,
    /// What was done.
    pub(super) action: String,
    /// What was done, in Chinese.
    pub(super) action_label: String,
    pub(super) actor: ChangedBy,
    /// What it was done to: an id or a code.
    pub(super) target: String,
    /// Its name of today, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) target_name: Option<String>,
    /// The setting before; `null` for a new one.
    pub(super) before: Value,
    /// The setting after; `null` for one that is gone.
    pub(super) after: Value,
    /// The names of today of people and organisations that stand in it by their ids.
    pub(super) names: BTreeMap<String, String>,
}

/// The lines within the caller's districts, as people read them, and the cursor of the next page.
pub(super) async fn page(
    identity: &Identity,
    allowed: &Allowed<SeeSettingsHistory>,
    filter: &Filter,
    most: i64,
) -> Answer<(Vec<SettingChangeView>, Option<String>)> {
    let invalid = || Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新开始。");
    let before: Option<(DateTime<Utc>, Uuid)> = filter.cursor.as_deref().map(keyset::decode).transpose().map_err(|_| invalid())?;
    // Times before the epoch or far beyond the calendar are nobody's, and the database does not know all of them.
    let known = |at: &DateTime<Utc>| (0..253_402_300_800).contains(&at.timestamp());
    if before.as_ref().is_some_and(|(at, _)| !known(at)) {
        return Err(invalid().into());
    }
    let mut problem = Problem::invalid("query-invalid", "筛选条件有误。");
    let actions = filter.kind.as_deref().map(kind::actions_of);
    if matches!(actions, Some(None)) {
        problem = problem.field("kind", "没有这一类设置");
    }
    for (name, at) in [("from", &filter.from), ("to", &filter.to)] {
        if at.as_ref().is_some_and(|at| !known(at)) {
            problem = problem.field(name, "时间超出范围");
        }
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    let limit = filter.limit.unwrap_or(50).clamp(1, most);
    let scope = allowed.scope();
    let wanted = Wanted {
        regions: &scope.regions,
        whole: keeps_everything(identity, &allowed.caller).await?,
        actions: actions.flatten(),
        actor: filter.person,
        from: filter.from,
        to: filter.to,
        before,
        limit: limit + 1,
    };
    let lines = store::lines(identity.pool(), &wanted).await?;
    let (lines, next) = keyset::page(lines, usize::try_from(limit).unwrap_or_default(), |line| (line.at, line.id));
    Ok((show(identity, lines).await?, next))
}

async fn show(identity: &Identity, lines: Vec<Line>) -> Answer<Vec<SettingChangeView>> {
    let mut ids = BTreeSet::new();
    for line in &lines {
        ids.extend(line.actor_id);
        ids.extend(line.target.parse::<Uuid>().ok());
        gather(&line.payload, &mut ids);
    }
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let people = identity.names_of(&ids).await?;
    let tree = identity.organisations().await?;
    let name = |id: Uuid| people.get(&id).cloned().or_else(|| tree.get(id).map(|one| one.name.clone()));
    let view = |line: Line| {
        let (kind, kind_label, action_label) = kind::told(&line.action);
        let mut mentioned = BTreeSet::new();
        gather(&line.payload, &mut mentioned);
        let (before, after) = sides(line.payload);
        let target_name = match line.target.parse() {
            Ok(id) => name(id),
            Err(_) => Role::from_code(&line.target).map(|role| role.label().to_owned()),
        };
        SettingChangeView {
            id: line.id,
            at: line.at,
            kind,
            kind_label,
            action: line.action,
            action_label,
            actor: ChangedBy {
                id: line.actor_id,
                name: line.actor_id.map_or_else(|| nobody(kind).to_owned(), |id| name(id).unwrap_or_default()),
            },
            target: line.target,
            target_name,
            before,
            after,
            names: mentioned.into_iter().filter_map(|id| Some((id.to_string(), name(id)?))).collect(),
        }
    };
    Ok(lines.into_iter().map(view).collect())
}

/// Who changes settings that no person changed: the set-up makes people and units, the rules change what they were told to keep.
fn nobody(kind: &str) -> &'static str {
    if matches!(kind, "person" | "organisation" | "role") { "安装程序" } else { "系统自动" }
}

/// The ids that stand in a line.
fn gather(value: &Value, ids: &mut BTreeSet<Uuid>) {
    match value {
        Value::String(text) => ids.extend(text.parse::<Uuid>().ok()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, ids)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, ids)),
        _ => {}
    }
}

/// Before and after; a line that tells of something new holds it as a whole.
fn sides(mut payload: Value) -> (Value, Value) {
    match payload.as_object_mut() {
        Some(fields) if fields.contains_key("from") || fields.contains_key("to") => {
            (fields.remove("from").unwrap_or(Value::Null), fields.remove("to").unwrap_or(Value::Null))
        }
        Some(fields) if fields.is_empty() => (Value::Null, Value::Null),
        _ => (Value::Null, payload),
    }
}

/// 设置变更记录：谁、什么时候、把什么从什么改成什么，最近的在前。
#[utoipa::path(get, path = "/api/v1/settings-history", tag = "settings", operation_id = "list_settings_history", params(Filter),
    responses((status = 200, body = Page<SettingChangeView>)), extensions(("x-right" = json!("settings-history.see"))))]
pub(crate) async fn list(
    State(identity): State<Identity>,
    allowed: Allowed<SeeSettingsHistory>,
    Query(filter): Query<Filter>,
) -> Answer<Json<Page<SettingChangeView>>> {
    let (items, next_cursor) = page(&identity, &allowed, &filter, 200).await?;
    Ok(Json(Page { items, next_cursor }))
}
