//! The phrase library (用语库): texts for a field of a kind of document. An organ's are drafted by its officers and published by others; an
//! officer's own are for him alone. What stands in braces, such as {地点}, is filled from the case when it is used.

pub(crate) mod act;
pub(crate) mod change;
pub(crate) mod fill;
pub(crate) mod list;
pub(crate) mod store;
pub(crate) mod take;
pub(crate) mod write;

use http_api::Answer;
use identity::Caller;
use kernel::{codes, personal::redact, problem::Problem};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Documents, form};
use store::PhraseRow;

codes! {
    /// How far a phrase is (用语状态).
    PhraseState {
        /// Written, not published: whoever writes for the organ sees it.
        Draft = "draft", "草稿";
        /// Offered to everybody of the organ; a person's own is so from the start.
        Published = "published", "已发布";
        /// No longer offered.
        Withdrawn = "withdrawn", "已停用";
    }
}

/// What a phrase says, and where.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseText {
    /// The kind of document, such as `D15`; empty for any kind that has the field.
    #[serde(default)]
    pub kind: String,
    /// The field, such as `reasons`.
    pub field: String,
    /// What it is found by, at most 40 characters.
    pub title: String,
    /// The text, at most 1,000 characters; a line is a paragraph where the field has paragraphs.
    pub text: String,
}

impl PhraseText {
    /// The text without blanks around it, if it fits its field.
    pub(crate) fn checked(self) -> Result<Self, Problem> {
        let mut problem = Problem::invalid("phrase-invalid", "用语不符合要求");
        let trimmed = |text: &str| text.trim().replace("\r\n", "\n");
        let it = Self { kind: trimmed(&self.kind), field: trimmed(&self.field), title: trimmed(&self.title), text: trimmed(&self.text) };
        let takes = |template: &form::Template| {
            let blank = template.read(&serde_json::json!({})).ok();
            blank.is_some_and(|read| read.data().get(&it.field).is_some_and(|value| value.is_array() || value.is_string()))
        };
        let templates = form::templates();
        let mut say = |wrong: bool, field: &'static str, words: String| {
            if wrong {
                problem = std::mem::replace(&mut problem, Problem::invalid("phrase-invalid", "")).field(field, words);
            }
        };
        if it.kind.is_empty() {
            say(!templates.iter().any(takes), "field", "没有文书有这个填写项".to_owned());
        } else {
            say(!form::of(&it.kind).is_some_and(takes), "field", "这种文书没有这个填写项".to_owned());
        }
        let control = |text: &str, lines: bool| text.chars().any(|it| it.is_control() && !(lines && it == '\n'));
        say(
            it.title.is_empty() || it.title.chars().count() > 40 || control(&it.title, false),
            "title",
            "请填写名称，最多 40 字".to_owned(),
        );
        say(
            it.text.is_empty() || it.text.chars().count() > 1_000 || control(&it.text, true),
            "text",
            "请填写内容，最多 1000 字".to_owned(),
        );
        say(redact(&it.text) != it.text, "text", "用语里不能有电话号码、证件号码等个人信息".to_owned());
        if let Some(unknown) = fill::unknown(&it.text) {
            say(true, "text", format!("没有“{{{unknown}}}”这个占位符"));
        }
        if problem.fields.is_empty() { Ok(it) } else { Err(problem) }
    }
}

/// Nobody finds it, or not he.
fn not_found() -> Problem {
    Problem::not_found("phrase-not-found", "没有找到这条用语，或不在您的权限范围内")
}

/// Whether a right is the caller's.
fn publishes(caller: &Caller) -> bool {
    caller.may::<crate::rights::PublishPhrases>()
}

impl Documents {
    /// The organ that the caller works for.
    async fn organ_of_caller(&self, connection: &mut PgConnection, caller: &Caller) -> Answer<Option<Uuid>> {
        Ok(self.organ_of(connection, Some(caller.organisation.uuid())).await?.map(|(organ, _)| organ))
    }

    /// A phrase that the caller may see, locked; with it whether he may change it.
    async fn phrase_for(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Answer<(PhraseRow, bool)> {
        let row = store::locked(connection, self.home_region(), id).await?.ok_or_else(not_found)?;
        if let Some(person) = row.person {
            return if person == caller.person.uuid() { Ok((row, true)) } else { Err(not_found().into()) };
        }
        if row.organisation != self.organ_of_caller(connection, caller).await? {
            return Err(not_found().into());
        }
        // What is published is changed by whoever publishes; a draft by whoever writes.
        let may = row.state == PhraseState::Draft.code() || publishes(caller);
        Ok((row, may))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: &str, field: &str, text: &str) -> PhraseText {
        PhraseText { kind: kind.into(), field: field.into(), title: "首次违法".into(), text: text.into() }
    }

    #[test]
    fn a_phrase_fits_its_field_and_holds_nobodys_number() {
        assert!(text("D15", "reasons", "{当事人称呼}系首次被查处。").checked().is_ok());
        assert!(text("", "reasons", "首次被查处").checked().is_ok());
        let fields = |it: PhraseText| it.checked().unwrap_err().fields.iter().map(|field| field.field.to_string()).collect::<Vec<_>>();
        assert_eq!(fields(text("D15", "weather", "晴")), ["field"]);
        assert_eq!(fields(text("", "nothing", "晴")), ["field"]);
        assert_eq!(fields(text("D15", "payment", "到银行")), ["field"]);
        assert_eq!(fields(text("D15", "reasons", "电话13900000001")), ["text"]);
        assert_eq!(fields(text("D15", "reasons", "在{天上}")), ["text"]);
        assert_eq!(fields(text("D15", "reasons", " ")), ["text"]);
    }
}
