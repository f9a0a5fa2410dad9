//! Begin a document (起草文书): the fields of its kind with what its docket and its organ's settings know already.

use axum::extract::State;
use docket::{Header, KeyOf};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    content,
    draft::MOST,
    store::{self, DocumentRecord},
};
use crate::{
    Documents,
    form::{self, Template},
    kind::kind,
    organ::OrganFacts,
    owner::{Doing, Owner},
    rights,
};

/// A document to be written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BegunDocument {
    /// The kind.
    kind: String,
    /// Its fields, filled as far as the docket and its organ's settings know them.
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
    let data = room.begun(&allowed.caller, &header, owner.as_ref(), template).await?;
    Ok(Json(BegunDocument { data, sample: template.sample(), parts: parts(template), kind }))
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
    /// A new document of a docket as far as it is known.
    pub(crate) async fn begun(&self, caller: &Caller, header: &Header, owner: &dyn Owner, template: &Template) -> Answer<Value> {
        let key = header.key();
        let mut known = owner.known(caller, &key, template.code).await?;
        known.extend(self.taken_over(caller, owner, &key, template.code).await?);
        let mut data = filled(template, known);
        let mut connection = self.database().pool().acquire().await?;
        let organ = self.organ_of(&mut connection, header.unit).await?.map(|(_, facts)| facts);
        OrganFacts::stamp(organ.as_ref(), &mut data);
        if let Some(facts) = organ {
            facts.fill(&mut data);
        }
        if let Some(number) = self.decision_number(&header.key()).await?
            && let Some(field) = data.get_mut("decision_number").filter(|field| *field == "")
        {
            *field = number.into();
        }
        if let Some(served) = data.get_mut("documents").filter(|_| template.code == "E01") {
            *served = self.to_be_served(&header.key()).await?;
        }
        Ok(data)
    }

    /// What a receipt of service is for: the documents for the party that were issued since the last receipt was drafted.
    async fn to_be_served(&self, docket: &KeyOf) -> Answer<Value> {
        let records = store::of_docket(self.database().pool(), &docket.region, docket.id.uuid(), MOST).await?;
        let receipt = records.iter().rev().find(|it| it.kind == "E01" && it.voided_at.is_none()).map(|it| it.drafted_at);
        let since =
            |it: &&DocumentRecord| it.issued_at.is_some_and(|at| receipt.is_none_or(|receipt| at > receipt)) && it.voided_at.is_none();
        let mut issued: Vec<&DocumentRecord> = records.iter().filter(since).collect();
        issued.sort_by_key(|it| (it.issued_at, it.kind.as_str()));
        let served = issued.into_iter().filter_map(|it| {
            let kind = kind(&it.kind).filter(|kind| kind.to_party)?;
            Some(json!({ "name": kind.name, "number": it.number.clone().unwrap_or_default(), "copies": 1 }))
        });
        Ok(served.collect())
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
