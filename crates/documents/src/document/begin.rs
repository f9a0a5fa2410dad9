//! Begin a document (起草文书): the fields of its kind with what its docket and the last document know already.

use axum::extract::State;
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{content, store};
use crate::{
    Documents,
    form::{self, Template},
    owner::Doing,
    rights,
};

/// What every document of an organ says alike: taken from the last one that was issued.
const ALIKE: [&str; 3] = ["organ", "payment", "remedies"];

/// A document to be written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BegunDocument {
    /// The kind.
    kind: String,
    /// Its fields, filled as far as the docket and the last document know them.
    #[schema(value_type = Object)]
    data: Value,
    /// The same fields with invented content: what belongs where, and of which shape.
    #[schema(value_type = Object)]
    sample: Value,
    /// The papers of the kind, where it has several, each with the fields that it takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartFields>,
}

/// A paper of a kind that has several, and its fields.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DocumentPartFields)]
pub(crate) struct PartFields {
    /// Its code, as the field `part` names it.
    code: &'static str,
    /// What it is called.
    name: &'static str,
    /// Its fields with invented content.
    #[schema(value_type = Object)]
    sample: Value,
}

/// The papers of a template, each with its fields.
pub(crate) fn parts(template: &Template) -> Vec<PartFields> {
    let fields =
        |part: form::PartOf| template.sample_of(Some(part.code)).map(|sample| PartFields { code: part.code, name: part.name, sample });
    template.parts().into_iter().filter_map(fields).collect()
}

/// Answers the fields of a kind, filled with what is known. Nothing is kept; who the party is may be told, which the docket's history then
/// says.
///
/// # Errors
/// `docket-not-found`, `document-kind-unknown`, and what the docket's room refuses.
#[utoipa::path(post, path = "/api/v1/dockets/{docket}/documents/{kind}/actions/begin", tag = "documents", operation_id = "begin_document",
    params(("docket" = Uuid, Path, description = "The docket"), ("kind" = String, Path, description = "The kind, such as D15")),
    responses((status = 200, body = BegunDocument, description = "The fields")))]
pub(crate) async fn begin(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path((docket, kind)): Path<(Uuid, String)>,
) -> Answer<Json<BegunDocument>> {
    let (header, owner) = room.docket_for(&allowed.caller, docket, Doing::Write, Some(&kind)).await?;
    let template = content::template(&kind)?;
    let key: KeyOf = header.key();
    let mut known = room.said_alike(&key).await?;
    known.extend(owner.known(&allowed.caller, &key, &kind).await?);
    known.extend(room.taken_over(&allowed.caller, owner.as_ref(), &key, &kind).await?);
    Ok(Json(BegunDocument { data: filled(template, known), sample: template.sample(), parts: parts(template), kind }))
}

/// The blank fields of a kind, with each known one that it takes.
fn filled(template: &Template, known: Map<String, Value>) -> Value {
    let mut data = template.read(&Value::Object(Map::new())).map_or_else(|_| Value::Object(Map::new()), |read| read.data().clone());
    for (name, value) in known {
        let Some(fields) = data.as_object_mut().filter(|fields| fields.contains_key(&name)) else { continue };
        let blank = fields.insert(name.clone(), value);
        // Of another shape in this kind: it stays blank.
        if template.read(&data).is_err()
            && let (Some(fields), Some(blank)) = (data.as_object_mut(), blank)
        {
            fields.insert(name, blank);
        }
    }
    data
}

impl Documents {
    /// What the last issued document of the district says of the organ, its bank and who reviews.
    async fn said_alike(&self, key: &KeyOf) -> Answer<Map<String, Value>> {
        let mut said = Map::new();
        let mut connection = self.database().pool().acquire().await?;
        for record in store::newest(&mut connection, &key.region, 5).await? {
            let Ok(Value::Object(fields)) = self.content(&mut connection, &record).await? else { continue };
            for name in ALIKE {
                if let Some(value) = fields.get(name).filter(|value| !value.is_null()) {
                    said.entry(name).or_insert_with(|| value.clone());
                }
            }
        }
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_kind_does_not_take_or_takes_in_another_shape_stays_away() {
        let template = crate::form::of("D15").unwrap();
        let known = json!({ "case": { "number": "执〔2026〕1号", "cause": "占道经营" }, "facts": "不是段落", "weather": "晴", "violated": "第十三条" });
        let data = filled(template, known.as_object().unwrap().clone());
        assert_eq!(data["case"]["cause"], "占道经营");
        assert_eq!(data["violated"], "第十三条");
        assert_eq!((&data["facts"], data.get("weather")), (&json!([]), None));
    }

    #[test]
    fn every_kind_begins_blank() {
        for kind in crate::kinds() {
            let Some(template) = crate::form::of(&kind.code) else { continue };
            let blank = filled(template, Map::new());
            assert!(template.read(&blank).is_ok(), "{}", kind.code);
            let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
            assert!(fields(&template.sample()).is_subset(&fields(&blank)), "{}", kind.code);
        }
    }
}
