//! Write the draft of a publication from the case, masked (拟公开稿).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::personal::redact;
use serde_json::json;
use sqlx::types::Json as Stored;
use uuid::Uuid;

use super::{
    PublicationContent, PublicationState,
    rules::{PublicationStep, against},
    store,
    view::PublicationView,
};
use crate::{DecisionText, Publications, mask, rights};

/// The unified social credit code of an enterprise or household (统一社会信用代码, GB 32100), if the text is one; nothing otherwise, so that
/// an identity number in its place is never published.
pub(crate) fn credit_code(text: &str) -> Option<String> {
    /// GB 32100-2015, 4.7: the characters, and the weights of the first seventeen.
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let text = text.trim().to_ascii_uppercase();
    let values: Vec<usize> = text.chars().map(|c| LETTERS.find(c)).collect::<Option<_>>()?;
    let (check, body) = values.split_last().filter(|_| values.len() == 18)?;
    let sum: usize = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    (*check == (31 - sum % 31) % 31).then_some(text)
}

/// The natural persons of a decision, by name, as they are masked.
pub(super) fn people(text: &DecisionText) -> Vec<String> {
    text.parties.iter().filter(|(natural, _, number)| *natural && credit_code(number).is_none()).map(|(_, name, _)| name.clone()).collect()
}

/// The parties as they are published: an enterprise by name, also a household that has a credit code; anybody else as 姓某某.
fn parties(text: &DecisionText) -> (String, String) {
    let shown = text.parties.iter().map(|(natural, name, number)| {
        let known = credit_code(number);
        if *natural && known.is_none() { mask::person(name) } else { name.clone() }
    });
    let codes: Vec<String> = text.parties.iter().filter_map(|(_, _, number)| credit_code(number)).collect();
    (shown.collect::<Vec<_>>().join("、"), codes.join("、"))
}

/// The content as the program would publish it.
pub(super) fn masked(text: &DecisionText, organ: &str, matter: &str) -> PublicationContent {
    let people = people(text);
    let (party, credit_code) = parties(text);
    let mask = |words: &str| mask::mask(words, &people).text;
    PublicationContent {
        number: redact(&text.number).into_owned(),
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
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, None).await?;
    if let Some(why) = against(PublicationStep::Draft, &row, me) {
        return Err(why.into());
    }
    let key = row.key();
    let text = room.decisions().text(&mut transaction, caller, &key).await?;
    row.content = Some(Stored(masked(&text, caller.organisation_name(), &row.matter)));
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
}
