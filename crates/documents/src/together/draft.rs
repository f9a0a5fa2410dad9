//! Draft a decision and what goes with it (三书拟制): what the case knows, and texts of the phrase library.

use axum::extract::State;
use docket::Header;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{COMPANIONS, TogetherOf, standing};
use crate::{
    Documents,
    document::{DocumentList, content, draft::MOST, store},
    owner::Doing,
    phrase::{
        PhraseState,
        fill::filled,
        store::{self as phrases, Sought},
    },
    rights,
};

/// Drafts what is not there yet of a decision, the advice on compliance and the notice of the repair of credit. What is drafted or issued
/// already stays as it is.
///
/// # Errors
/// `docket-not-found`, `document-kind-unknown`, `documents-too-many`, and what the docket's room refuses.
#[utoipa::path(post, path = "/api/v1/dockets/{docket}/documents/actions/draft-together", tag = "documents", operation_id = "draft_together",
    request_body = TogetherOf, params(("docket" = Uuid, Path, description = "The docket")),
    responses((status = 200, body = DocumentList, description = "The three, the decision first")))]
pub(crate) async fn draft(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path(docket): Path<Uuid>,
    Json(of): Json<TogetherOf>,
) -> Answer<Json<DocumentList>> {
    let kinds = of.kinds()?;
    let caller = &allowed.caller;
    // What a case knows is asked before anything is written: it tells who the party is, and the ledger says so.
    let mut begun = Vec::new();
    let (header, owner) = room.docket_for(caller, docket, Doing::Write, Some(kinds[0])).await?;
    let there = store::of_docket(room.database().pool(), room.home_region(), docket, MOST).await?;
    for kind in kinds {
        if standing(&there, kind).is_none() {
            room.docket_for(caller, docket, Doing::Write, Some(kind)).await?;
            let template = content::template(kind)?;
            begun.push((template, room.begun(caller, &header, owner.as_ref(), template).await?));
        }
    }
    let facts = owner.facts(caller, &header.key()).await?;
    let mut transaction = room.database().pool().begin().await?;
    // Drafted twice at the same moment, the second finds what the first drafted.
    docket::lock(&mut transaction, &header.key(), None).await?;
    let there = store::of_docket(&mut *transaction, room.home_region(), docket, MOST).await?;
    for (template, mut data) in begun {
        if standing(&there, template.code).is_some() {
            continue;
        }
        if COMPANIONS.contains(&template.code) {
            room.fill_by_phrases(&mut transaction, caller, &header, template.code, &mut data, &facts).await?;
        }
        let read = room.read_draft(&mut transaction, &header, template, &data).await?;
        room.draft_in(&mut transaction, caller, header.clone(), template, &read).await?;
    }
    transaction.commit().await?;
    Ok(Json(room.together(docket, kinds).await?))
}

impl Documents {
    /// The three documents of a docket as they stand, the decision first.
    pub(super) async fn together(&self, docket: Uuid, kinds: [&'static str; 3]) -> Answer<DocumentList> {
        let there = store::of_docket(self.database().pool(), self.home_region(), docket, MOST).await?;
        let three = kinds.iter().filter_map(|kind| standing(&there, kind).cloned()).collect();
        Ok(DocumentList { items: self.views(three).await? })
    }

    /// Fills the blank paragraphs of a document with the phrase that is used most for each.
    async fn fill_by_phrases(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        header: &Header,
        kind: &str,
        data: &mut Value,
        facts: &Map<String, Value>,
    ) -> Answer<()> {
        let organ = self.organ_of(connection, header.unit).await?.map(|(organ, _)| organ);
        let sought = Sought {
            organ,
            person: caller.person.uuid(),
            kind: Some(kind),
            state: Some(PhraseState::Published),
            most: 500,
            ..Sought::default()
        };
        let found = phrases::find(connection, self.home_region(), &sought).await?;
        let said = data.clone();
        let Some(fields) = data.as_object_mut() else { return Ok(()) };
        for (name, value) in fields {
            let blank = value.as_array().is_some_and(Vec::is_empty);
            let Some(phrase) = found.iter().find(|phrase| blank && phrase.field == *name) else { continue };
            let (text, _) = filled(&phrase.text, &said, facts);
            *value = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            phrases::used(connection, phrase.id).await?;
        }
        Ok(())
    }
}
