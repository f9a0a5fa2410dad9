//! Set what an organ says of itself, from a day on (设置机关信息).

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::{
    Allowed, OrganisationKind,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    OrganFacts,
    list::OrganSettings,
    store::{self, OrganRow},
};
use crate::{Documents, rights};

/// Characters of a name or an address.
const MOST: usize = 80;
/// Versions of one organ.
const VERSIONS: i32 = 500;

/// What an organ says of itself from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOrganFacts {
    facts: OrganFacts,
    /// The first day it holds; today where nothing is said. Only an organ's first version may begin in the past.
    effective_from: Option<NaiveDate>,
}

/// The facts without blanks around them, if each has its shape.
fn checked(facts: &OrganFacts) -> Result<OrganFacts, Problem> {
    let mut wrong = Vec::new();
    let mut text = |field: &'static str, text: &str, least: usize, most: usize, fits: fn(char) -> bool| {
        let text = text.trim();
        let count = text.chars().count();
        if (count == 0 && least > 0) || count > most || (count > 0 && count < least) || !text.chars().all(fits) {
            wrong.push((field, if count == 0 { "请填写".to_owned() } else { format!("格式不对，最多 {most} 字") }));
        }
        text.to_owned()
    };
    let any: fn(char) -> bool = |it| !it.is_control();
    // A word with digits or brackets in it would read as part of the year or the serial.
    let word: fn(char) -> bool = |it| it.is_alphabetic();
    let number: fn(char) -> bool = |it| it.is_ascii_digit() || " -()（）转".contains(it);
    let it = OrganFacts {
        name: text("name", &facts.name, 2, MOST, any),
        word: text("word", &facts.word, 1, 10, word),
        address: text("address", &facts.address, 0, MOST, any),
        postcode: text("postcode", &facts.postcode, 0, 6, |it| it.is_ascii_digit()),
        telephone: text("telephone", &facts.telephone, 0, 40, number),
        review_body: text("review_body", &facts.review_body, 0, MOST, any),
        review_address: text("review_address", &facts.review_address, 0, MOST, any),
        court: text("court", &facts.court, 0, MOST, any),
        bank: text("bank", &facts.bank, 0, MOST, any),
        bank_address: text("bank_address", &facts.bank_address, 0, MOST, any),
        account: text("account", &facts.account, 0, 40, |it| it.is_ascii_alphanumeric() || " -".contains(it)),
    };
    if wrong.is_empty() {
        return Ok(it);
    }
    let problem = Problem::invalid("organ-facts-invalid", "机关信息不完整或者格式不对");
    Err(wrong.into_iter().fold(problem, |problem, (field, words)| problem.field(format!("facts.{field}"), words)))
}

/// Sets what an organ says of itself. What was set before stays, for the days before.
///
/// # Errors
/// `organ-unknown`, `organ-facts-invalid`, `organ-word-taken`, `organ-too-early`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/document-organs/{organisation}", tag = "documents", operation_id = "set_document_organ",
    params(("organisation" = Uuid, Path, description = "The organisation")), request_body = NewOrganFacts,
    responses((status = 200, body = OrganSettings, description = "The organs")))]
pub(crate) async fn set(
    State(room): State<Documents>,
    allowed: Allowed<rights::SetOrgans>,
    Path(organisation): Path<Uuid>,
    Json(wanted): Json<NewOrganFacts>,
) -> Answer<Json<OrganSettings>> {
    room.require_ground(&allowed.scope())?;
    let region = room.home_region();
    let tree = room.organisations().await?;
    let known = tree.get(organisation).filter(|one| one.active && (one.region.starts_with(region) || region.starts_with(&one.region)));
    if known.is_none_or(|one| one.kind == OrganisationKind::Company) {
        return Err(Problem::not_found("organ-unknown", "没有这个单位，或者它不能以自己的名义制作文书").into());
    }
    let facts = checked(&wanted.facts)?;
    let (now, today) = (room.clock().now(), room.today());
    let effective_from = wanted.effective_from.unwrap_or(today);
    let mut transaction = room.database().pool().begin().await?;
    // Two organs that take one word at the same moment would share their counts.
    database::advisory::lock_in_transaction(&mut transaction, "documents.organs").await.map_err(|error| {
        tracing::warn!(%error, "the organs could not be held");
        Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
    })?;
    if store::is_word_of_another(&mut transaction, region, &facts.word, organisation).await? {
        let words = format!("机关代字“{}”是其他机关用过的，两个机关不能共用文号", facts.word);
        return Err(Problem::conflict("organ-word-taken", words.clone()).field("facts.word", words).into());
    }
    let before = store::newest(&mut transaction, region, organisation).await?;
    if before.is_some() && effective_from < today {
        let words = "生效日期不能早于今天：以前的文书按当时的机关信息制作";
        return Err(Problem::invalid("organ-too-early", words).field("effective_from", words).into());
    }
    let version = before.as_ref().map_or(1, |row| row.version + 1);
    if version > VERSIONS {
        return Err(Problem::conflict("organ-versions-too-many", format!("一个机关最多 {VERSIONS} 个版本")).into());
    }
    let row = OrganRow { organisation, version, facts, effective_from, set_by: allowed.caller.person.uuid(), set_at: now };
    store::insert(&mut transaction, region, &row).await?;
    let target = organisation.to_string();
    let change = SettingChange {
        region,
        action: "document-organ-set",
        target: &target,
        before: before.as_ref().map_or(Value::Null, told),
        after: told(&row),
    };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(room.organs().await?))
}

/// What the history of settings says of a version.
fn told(row: &OrganRow) -> Value {
    let mut told = json!(row.facts);
    told["unit"] = json!(row.organisation);
    told["effective_from"] = json!(row.effective_from);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_trimmed_and_each_wrong_one_is_named() {
        let good =
            OrganFacts {
                name: " 模拟县综合行政执法局 ".into(), word: "模综执".into(), postcode: "314000".into(), ..OrganFacts::default()
            };
        assert_eq!(checked(&good).unwrap().name, "模拟县综合行政执法局");
        let bad = OrganFacts {
            word: "模〔2026〕".into(), postcode: "31400号".into(), telephone: "见官网".into(), ..OrganFacts::default()
        };
        let problem = checked(&bad).unwrap_err();
        let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_ref()).collect();
        assert_eq!((problem.code, fields), ("organ-facts-invalid", vec!["facts.name", "facts.word", "facts.postcode", "facts.telephone"]));
    }
}
