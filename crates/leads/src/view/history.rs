//! The history of a lead, out of the ledger, in words.

use std::collections::BTreeSet;

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use serde_json::Value;
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Leads,
    act::{covers, not_found},
    answer::AnswerState,
    joint,
    lead::{Verb, store},
    list::row::Names,
    publication,
    reply_check::ReplyCheckState,
    rights,
};

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActorView {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
}

/// One line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryLine {
    seq: i64,
    at: DateTime<Utc>,
    actor: ActorView,
    action: String,
    label: String,
    summary: String,
    payload: Value,
    hash: String,
}

/// The lines.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct History {
    /// Oldest first.
    items: Vec<HistoryLine>,
}

/// A line of the ledger as it is read.
#[derive(Debug, FromRow)]
pub(crate) struct EntryRow {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Option<String>,
    pub action: String,
    pub payload: String,
    pub hash: String,
}

/// Shows the history of one lead.
///
/// # Errors
/// `lead-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/leads/{id}/history", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    responses((status = 200, body = History, description = "The ledger's lines, oldest first")))]
pub(crate) async fn history(State(leads): State<Leads>, allowed: Allowed<rights::Read>, Path(id): Path<Uuid>) -> Answer<Json<History>> {
    let pool = leads.database().pool();
    let scope = allowed.scope();
    let header = store::header(pool, id).await?.ok_or_else(not_found)?;
    if !covers(&scope, &header) && !joint::admits(&joint::store::of(&mut *pool.acquire().await?, &header.key()).await?, &scope) {
        return Err(not_found().into());
    }
    let entries = store::entries(pool, &header.region, id).await?;
    let persons: BTreeSet<Uuid> = entries.iter().flat_map(|entry| [person_of(&entry.actor), appointed(entry)]).flatten().collect();
    let names = Names::of(&leads, persons).await?;
    let items = entries
        .into_iter()
        .map(|entry| {
            let payload: Value = serde_json::from_str(&entry.payload).unwrap_or(Value::Null);
            HistoryLine {
                seq: entry.seq,
                at: entry.at,
                actor: show_actor(&entry, &names),
                label: label_of(&entry.action),
                summary: summary_of(&leads, &names, &entry.action, &payload),
                action: entry.action,
                payload,
                hash: entry.hash,
            }
        })
        .collect();
    Ok(Json(History { items }))
}

/// Whom a line appoints.
fn appointed(entry: &EntryRow) -> Option<Uuid> {
    let payload: Value = ([Verb::Appoint.code(), Verb::Charge.code()].contains(&entry.action.as_str()))
        .then(|| serde_json::from_str(&entry.payload).ok())??;
    payload.get("person")?.as_str()?.parse().ok()
}

fn person_of(actor: &str) -> Option<Uuid> {
    actor.strip_prefix("person:")?.parse().ok()
}

fn show_actor(entry: &EntryRow, names: &Names) -> ActorView {
    let role = entry.role.as_deref().and_then(identity::Role::from_code).map(|role| role.label().to_owned());
    match person_of(&entry.actor) {
        Some(id) => ActorView { id: Some(id), name: names.person(Some(id)).map(|person| person.name).unwrap_or_default(), role },
        None => {
            let name = match entry.actor.as_str() {
                "public" => "市民",
                "system:rules" => "自动规则",
                "system:source" => "来源系统",
                "system:neighbour" => "邻市",
                "system:scheduler" => "时限监控",
                "system:calendar" => "放假安排",
                "system:supervision" => "督办规则",
                "system:retention" => "保存期限",
                _ => "系统",
            };
            ActorView { id: None, name: name.to_owned(), role }
        }
    }
}

/// An action in Chinese.
pub(crate) fn label_of(action: &str) -> String {
    let label = match action {
        "report" => "上报",
        "limit-warned" => "时限预警",
        "limit-missed" => "超过时限",
        "limit-recounted" => "按新的放假安排或工作时间重算时限",
        "reception" => "接访",
        "reveal" => "查看联系方式",
        "erase-reporter" => "删除报料人信息",
        "correct-reporter" => "更正报料人信息",
        "copy-reporter" => "向本人提供个人信息副本",
        "rate" => "市民评价",
        "answer" => "答复来源",
        crate::reply_check::ACTION => "答复核验",
        publication::WITHHOLD => "撤回照片公开",
        publication::PUBLISH => "恢复照片公开",
        publication::COVER => "遮挡公开照片",
        "notice" => "督办文书",
        "case" => "转为案件",
        "handed-over" => "移交案件管理中心",
        "case-result" => "案件办理结果",
        "referral" => "邻市进展",
        _ => return action.parse::<Verb>().map_or_else(|()| action.to_owned(), |verb| verb.label().to_owned()),
    };
    label.to_owned()
}

/// What a line says, in Chinese.
pub(crate) fn summary_of(leads: &Leads, names: &Names, action: &str, payload: &Value) -> String {
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut parts = Vec::new();
    match action {
        "report" => {
            if let Some(class) = text("class") {
                let by = match (text("class_chosen_by").as_deref(), payload["class_model"].as_i64()) {
                    (Some("words"), Some(model)) => format!("按第 {model} 号类别模型建议"),
                    (Some("words"), None) => "按文字建议".to_owned(),
                    _ => "上报人选择".to_owned(),
                };
                parts.push(format!("{by}类别 {} {}", class, leads.class_name(&class).unwrap_or_default()));
            }
            if let Some(at) = text("spooled_at").and_then(|at| at.parse::<DateTime<Utc>>().ok()) {
                parts.push(format!("数据库中断期间于 {} 收下", at.with_timezone(&kernel::clock::shanghai()).format("%Y-%m-%d %H:%M:%S")));
            }
            if let Some(grid) = text("grid") {
                parts.push(format!("定位到 {}", leads.region_name(&grid).unwrap_or(grid)));
            }
        }
        "limit-warned" | "limit-missed" | "limit-recounted" => {
            let limit = text("limit").and_then(|code| code.parse::<crate::lead::Limit>().ok());
            parts.push(limit.map_or_else(String::new, |limit| format!("{}时限", limit.label())));
        }
        "verify" => parts.push(if payload["genuine"] == true { "情况属实".to_owned() } else { "情况不属实".to_owned() }),
        "check" => parts.push(if payload["passed"] == true { "核查通过".to_owned() } else { "核查未通过".to_owned() }),
        "rate" => parts.push(format!("{} 星", payload["stars"])),
        "appoint" | "charge" => {
            let person = names.person(text("person").and_then(|id| id.parse().ok()));
            parts.extend(person.map(|person| person.name));
        }
        "answer" => {
            parts.extend(text("source").map(|source| names.settings.source_name(&source)));
            parts.extend(text("state").and_then(|state| state.parse::<AnswerState>().ok()).map(|state| state.label().to_owned()));
            parts.extend(text("how"));
        }
        crate::reply_check::ACTION => {
            parts.extend(text("state").and_then(|state| state.parse::<ReplyCheckState>().ok()).map(|state| state.label().to_owned()));
            let findings: Vec<&str> = payload["findings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            parts.push(findings.join("、"));
        }
        publication::COVER => parts.push(format!("{} 处", payload["areas"].as_array().map_or(0, Vec::len))),
        "comment" if text("from").as_deref() == Some("source") => parts.push("来源补充".to_owned()),
        "ask-joint" if payload["straight"] == true => parts.push("直接呼叫".to_owned()),
        "instruct" => parts.push(format!("{} 工作时内答复", payload["hours"])),
        "answer-instruction" | "withdraw-instruction" => parts.push(format!("第 {} 条批示", payload["instruction"])),
        "request-extension" | "grant-extension" => parts.push(format!("{} 小时", payload["hours"])),
        "merge" => parts.push(format!("并入 {}", text("number").unwrap_or_default())),
        _ => {}
    }
    if let Some(unit) = text("unit").and_then(|unit| unit.parse().ok()) {
        parts.push(names.organisations.name(unit).to_owned());
    }
    let assisting = payload["assisting"].as_array().into_iter().flatten().filter_map(|unit| unit.as_str()?.parse().ok());
    let assisting: Vec<&str> = assisting.map(|unit| names.organisations.name(unit)).collect();
    if !assisting.is_empty() {
        parts.push(format!("协办 {}", assisting.join("、")));
    }
    if let Some(number) = payload["rule_set"].as_i64() {
        parts.push(format!("第 {number} 版派遣规则"));
    }
    if action != "report"
        && let Some(class) = text("class")
    {
        parts.push(format!("{class} {}", leads.class_name(&class).unwrap_or_default()));
    }
    parts.extend(
        ["neighbour", "remote_id", "rule", "standard", "ask", "reason", "note", "text", "address"]
            .into_iter()
            .filter(|name| action != "report" || *name != "text")
            .filter_map(text),
    );
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}
