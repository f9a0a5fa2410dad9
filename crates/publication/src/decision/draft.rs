//! Write the draft of a publication from the case, masked (拟公开稿).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{personal::redact, problem::Problem};
use serde_json::json;
use sqlx::types::Json as Stored;
use uuid::Uuid;

use super::{
    PublicationContent, PublicationState,
    rules::{PublicationStep, against},
    store,
    view::PublicationView,
};
use crate::{DecisionParty, DecisionText, PartyIs, Publications, mask, rights};

/// The unified social credit code of an enterprise or household (统一社会信用代码, GB 32100), if the text is one; nothing otherwise. One in
/// thirty identity numbers passes its check digit as well: what is a citizen's number is none.
pub(crate) fn credit_code(text: &str) -> Option<String> {
    /// GB 32100-2015, 4.7: the characters, and the weights of the first seventeen.
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let text = text.trim().to_ascii_uppercase();
    let values: Vec<usize> = text.chars().map(|c| LETTERS.find(c)).collect::<Option<_>>()?;
    let (check, body) = values.split_last().filter(|_| values.len() == 18)?;
    let sum: usize = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    (*check == (31 - sum % 31) % 31 && redact(&text) == text.as_str()).then_some(text)
}

/// Whether digits and a day of birth stand where a citizen's number has them (GB 11643), whatever its check digit: a household's number that
/// was mistyped from its owner's is no code either.
fn is_shaped_like_a_citizens(code: &str) -> bool {
    let number = |from: usize, to: usize| code.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let digits = code.bytes().take(17).all(|byte| byte.is_ascii_digit());
    let born = number(6, 10).is_some_and(|year| (1900..2100).contains(&year))
        && number(10, 12).is_some_and(|month| (1..=12).contains(&month))
        && number(12, 14).is_some_and(|day| (1..=31).contains(&day));
    digits && born
}

/// The code under which a party may be published: of a natural person never one.
fn code_of(party: &DecisionParty) -> Option<String> {
    match party.is {
        PartyIs::Person => None,
        PartyIs::Household => credit_code(&party.number).filter(|code| !is_shaped_like_a_citizens(code)),
        PartyIs::Unit => credit_code(&party.number),
    }
}

/// Whether a party is published by name.
fn is_named(party: &DecisionParty) -> bool {
    party.is == PartyIs::Unit || code_of(party).is_some()
}

/// The natural persons of a decision, by name, as they are masked.
pub(super) fn people(text: &DecisionText) -> Vec<String> {
    text.parties.iter().filter(|party| !is_named(party)).map(|party| party.name.clone()).collect()
}

/// Whether a code that somebody typed may be published: a true one, and no number of a natural person of this decision.
pub(super) fn may_stand(text: &DecisionText, code: &str) -> bool {
    let is_persons = |party: &DecisionParty| !is_named(party) && party.number.trim().eq_ignore_ascii_case(code.trim());
    credit_code(code).is_some() && !text.parties.iter().any(is_persons)
}

/// The refusal of words with a person's name or number in them.
pub(super) fn unmasked() -> Problem {
    Problem::invalid("publication-unmasked", "公开内容里还有当事人的姓名或者不能公开的号码")
        .citing("行政处罚法第五十条；个人信息保护法第三十四条")
}

/// Whether one of these people is named in words.
pub(super) fn names_one(words: &str, people: &[String]) -> bool {
    people.iter().any(|name| name.chars().count() > 1 && words.contains(name.as_str()))
}

/// The parties as they are published: an enterprise by name, also a household that has a credit code; anybody else as 姓某某.
fn parties(text: &DecisionText) -> (String, String) {
    let shown = text.parties.iter().map(|party| if is_named(party) { party.name.clone() } else { mask::person(&party.name) });
    let codes: Vec<String> = text.parties.iter().filter_map(code_of).collect();
    (shown.collect::<Vec<_>>().join("、"), codes.join("、"))
}

/// The content as the program would publish it. Without a decision that was issued in the house its number stays empty, for somebody to type.
pub(super) fn masked(text: &DecisionText, number: Option<&str>, organ: &str, matter: &str) -> PublicationContent {
    let people = people(text);
    let (party, credit_code) = parties(text);
    let mask = |words: &str| mask::mask(words, &people).text;
    PublicationContent {
        number: redact(number.unwrap_or_default()).into_owned(),
        organ: organ.to_owned(),
        party,
        credit_code,
        matter: mask(matter),
        facts: mask(&text.facts),
        basis: mask(&text.basis),
        penalty: mask(&text.penalty),
        decided_on: text.decided_on,
    }
}

/// Makes the draft anew from the case; what was written by hand is gone, and what was checked counts no more.
///
/// # Errors
/// `publication-not-found`, `publication-not-here`, `forbidden` without the right to see the parties.
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/draft", tag = "publication", operation_id = "draft_publication",
    params(("id" = Uuid, Path, description = "The publication")), responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn draft(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Path(id): Path<Uuid>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let number = room.number_of(id).await?;
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, None).await?;
    if let Some(why) = against(PublicationStep::Draft, &row, me) {
        return Err(why.into());
    }
    let key = row.key();
    let text = room.decisions().text(&mut transaction, caller, &key).await?;
    row.content = Some(Stored(masked(&text, number.as_deref(), caller.organisation_name(), &row.matter)));
    PublicationState::Drafted.code().clone_into(&mut row.state);
    (row.drafted_by, row.drafted_at) = (Some(me), Some(now));
    (row.checked_by, row.checked_at, row.secrecy_by, row.secrecy_at, row.secrecy_note) = (None, None, None, None, None);
    store::keep(&mut transaction, &row).await?;
    room.note(&mut transaction, &key, Some(caller), "publication-drafted", json!({ "publication": id, "revision": row.revision })).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}

impl Publications {
    /// The number of the decision that a publication is about, if it was issued in the house; nothing is held.
    pub(super) async fn number_of(&self, id: Uuid) -> Answer<Option<String>> {
        let key = store::key_of(self.database().pool(), id).await?.ok_or_else(super::no_publication)?;
        self.decisions().number(&key).await
    }

    /// The answer of every step: the publication as it then stands.
    pub(super) async fn one_view(&self, row: store::PublicationRow, me: Uuid) -> Answer<Json<PublicationView>> {
        let view = self.views(vec![row], me).await?.pop();
        Ok(Json(view.ok_or_else(super::no_publication)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_true_credit_code_counts_as_one() {
        // The example of GB 32100-2015.
        assert_eq!(credit_code("91350100M000100Y43").as_deref(), Some("91350100M000100Y43"));
        assert_eq!(credit_code("91350100m000100y43").as_deref(), Some("91350100M000100Y43"));
        for text in ["91350100M000100Y44", "33048219900101000X", "", "91350100M000100Y4", "甲"] {
            assert_eq!(credit_code(text), None, "{text}");
        }
    }

    #[test]
    fn an_identity_number_never_passes_as_a_code_and_a_person_never_stands_by_name() {
        // Made-up numbers whose check digits hold by GB 11643 and, by chance, by GB 32100 as well.
        let passing = ["330482196001010519", "33048219600101048X"];
        let text = |is: PartyIs, number: &str| DecisionText {
            parties: vec![DecisionParty { is, name: "测甲乙".into(), number: number.into() }],
            facts: "测甲乙堆放物料".into(),
            basis: String::new(),
            penalty: String::new(),
            decided_on: chrono::NaiveDate::default(),
        };
        for number in passing {
            assert_eq!(credit_code(number), None, "{number}");
            for is in [PartyIs::Person, PartyIs::Household] {
                let content = masked(&text(is, number), None, "甲", "乙");
                assert_eq!((content.party.as_str(), content.credit_code.as_str()), ("测某某", ""), "{number}");
                assert!(!content.facts.contains("测甲乙") && !may_stand(&text(is, number), number), "{number}");
            }
        }
        // Of a natural person no code is taken, however true; a household stands by its own.
        let code = "91350100M000100Y43";
        assert_eq!(masked(&text(PartyIs::Person, code), None, "甲", "乙").credit_code, "");
        assert!(!may_stand(&text(PartyIs::Person, code), code));
        assert_eq!(masked(&text(PartyIs::Household, code), None, "甲", "乙").credit_code, code);
    }

    #[test]
    fn a_mistyped_owners_number_is_no_code_of_a_household() {
        // Shaped like a citizen's, wrong by GB 11643, right by GB 32100.
        let number = "330482196001015060";
        assert!(credit_code(number).is_some() && is_shaped_like_a_citizens(number));
        let party = DecisionParty { is: PartyIs::Household, name: "测甲乙".into(), number: number.into() };
        assert_eq!(code_of(&party), None);
    }
}
