//! What a document takes over from the documents of its docket that were issued before it (承前): a number, a day, the things and the facts
//! that both must say alike.

use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use serde_json::{Map, Value};

use super::store::{self, DocumentRecord};
use crate::{
    Documents, form,
    owner::{Doing, Owner},
};

/// Documents of one docket at most, as everywhere.
const MOST: i64 = 2_000;

/// What a kind takes over from another that went before it.
struct Taken {
    /// From which kinds, the first that was issued; where a kind has several papers, from its first.
    from: &'static [&'static str],
    /// The field that its number goes into.
    number: &'static str,
    /// The field that its day goes into; none where the day does not matter.
    day: &'static str,
    /// Fields of the same name in both.
    fields: &'static [&'static str],
}

const fn taken(from: &'static [&'static str], number: &'static str, day: &'static str, fields: &'static [&'static str]) -> Taken {
    Taken { from, number, day, fields }
}

/// The penalty decision.
const DECISION: &[&str] = &["D15", "D14"];

/// What a kind takes over.
fn of(kind: &str) -> Vec<Taken> {
    let decision = |fields: &'static [&'static str]| taken(DECISION, "decision_number", "decided_on", fields);
    match kind {
        "B09" => vec![taken(&["B08"], "notice_number", "registered_on", &[])],
        "B16" => vec![taken(&["B15"], "order_number", "", &[])],
        "B17" => vec![taken(&["B17"], "notice_number", "", &["project", "place", "scope"])],
        "C03" => vec![taken(&["C02"], "decision_number", "", &["things", "measure"])],
        "C09" => vec![taken(&["C02"], "decision_number", "", &["things", "from_on", "to_on", "kept_at"])],
        "C05" | "C06" | "C07" | "C08" => {
            vec![taken(&["C02"], "decision_number", "decided_on", &["things", "measure", "from_on", "to_on"])]
        }
        "D05" | "D06" => vec![taken(&["D03", "D04"], "notice_number", "", &[])],
        // The notice of the right to a hearing, where it went out apart.
        "D07" => vec![taken(&["D04", "D03"], "notice_number", "", &[])],
        "D11" => vec![taken(&["D08"], "", "", &["held_at", "place", "host", "recorder"])],
        "D09" => vec![taken(&["D08"], "", "", &["held_at", "place", "host", "recorder", "contact"])],
        "D18" => vec![taken(DECISION, "decision_number", "", &[])],
        "D23" => vec![taken(DECISION, "corrected_number", "decided_on", &[])],
        "D22" | "E04" | "E05" | "E07" | "E12" | "E13" => vec![decision(&[])],
        "E03" => vec![taken(&["D14"], "decision_number", "decided_on", &["place"])],
        "E06" => vec![decision(&[])],
        "E08" => vec![taken(&["D19", "D15"], "decision_number", "decided_on", &[]), taken(&["E06"], "reminder_number", "", &["duties"])],
        "E09" => vec![taken(&["D19"], "decision_number", "decided_on", &["object", "due_on"])],
        "E10" => vec![taken(&["E10", "D19", "B15"], "decision_number", "decided_on", &["object", "performer", "costs", "total_fen"])],
        "E14" => vec![decision(&["facts", "reasons", "basis"]), taken(&["E06"], "reminder_number", "", &[])],
        "E15" => vec![taken(&["E08", "E10"], "decision_number", "", &["object"])],
        "F03" => vec![taken(&["F02"], "transfer_number", "", &[])],
        "F05" => vec![taken(&["D15", "D14", "D16"], "decision_number", "", &[])],
        _ => Vec::new(),
    }
}

/// The day of a document itself. A form with both says under `decided_on` when the decision that it goes back to was made.
fn own_day(fields: &Map<String, Value>) -> Option<&Value> {
    let day = ["dated_on", "decided_on", "noticed_on", "ordered_on", "reminded_on"].iter().find_map(|name| fields.get(*name));
    day.filter(|day| day.is_string())
}

/// Whether later documents go back to this paper: of several papers of one kind they mean the first, such as the decision of E10.
fn is_meant(kind: &str, fields: &Map<String, Value>) -> bool {
    let first = form::of(kind).and_then(|template| template.parts().first().map(|part| part.code));
    first.is_none_or(|first| fields.get("part").and_then(Value::as_str) == Some(first))
}

impl Documents {
    /// What a document of a kind takes over, by the names of its fields; only from documents that the caller may read.
    pub(super) async fn taken_over(&self, caller: &Caller, owner: &dyn Owner, key: &KeyOf, kind: &str) -> Answer<Map<String, Value>> {
        let mut said = Map::new();
        let wanted = of(kind);
        if wanted.is_empty() {
            return Ok(said);
        }
        let records = store::of_docket(self.database().pool(), &key.region, key.id.uuid(), MOST).await?;
        for taken in wanted {
            let Some((record, fields)) = self.meant(caller, owner, &records, taken.from).await? else { continue };
            if let Some(number) = record.number.as_ref().filter(|_| !taken.number.is_empty()) {
                said.insert(taken.number.to_owned(), number.clone().into());
            }
            if let Some(day) = own_day(&fields).filter(|_| !taken.day.is_empty()) {
                said.insert(taken.day.to_owned(), day.clone());
            }
            for name in taken.fields {
                if let Some(value) = fields.get(*name).filter(|value| !value.is_null()) {
                    said.insert((*name).to_owned(), value.clone());
                }
            }
        }
        Ok(said)
    }

    /// The newest document that is meant of the first of these kinds that has one, with what it says.
    async fn meant<'r>(
        &self,
        caller: &Caller,
        owner: &dyn Owner,
        records: &'r [DocumentRecord],
        kinds: &[&str],
    ) -> Answer<Option<(&'r DocumentRecord, Map<String, Value>)>> {
        for kind in kinds {
            for record in records.iter().rev().filter(|one| one.kind == *kind && one.file.is_some() && one.voided_at.is_none()) {
                let key = KeyOf { region: record.region.clone(), id: record.docket_id.into() };
                if owner.allow(caller, &key, Doing::Read, Some(&record.kind)).await.is_err() {
                    return Ok(None);
                }
                let mut connection = self.database().pool().acquire().await?;
                match self.content(&mut connection, record).await? {
                    Ok(Value::Object(fields)) if is_meant(kind, &fields) => return Ok(Some((record, fields))),
                    _ => {}
                }
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_papers_the_first_is_gone_back_to_by_its_own_day() {
        let samples = form::of("E10").unwrap().samples();
        let meant: Vec<_> = samples.iter().filter_map(Value::as_object).filter(|fields| is_meant("E10", fields)).collect();
        let [decision] = meant.as_slice() else { panic!("{} papers are meant", meant.len()) };
        // Decided on the 12th was what the party did not do.
        assert_eq!((&decision["part"], own_day(decision)), (&"decision".into(), Some(&"2026-10-22".into())));
        let of = |kind: &str| form::of(kind).unwrap().sample().as_object().unwrap().clone();
        assert_eq!(own_day(&of("C02")), Some(&"2026-10-12".into()));
        assert!(is_meant("C02", &of("C02")));
    }

    /// A field that a kind does not have would be taken over in vain.
    #[test]
    fn what_is_taken_over_is_a_field_of_both() {
        let fields = |kind: &str| {
            let template = crate::form::of(kind).unwrap_or_else(|| panic!("no template {kind}"));
            template.read(&Value::Object(Map::new())).unwrap().data().as_object().unwrap().clone()
        };
        for kind in crate::kinds() {
            for taken in of(&kind.code) {
                let own = fields(&kind.code);
                for name in [taken.number, taken.day].into_iter().filter(|name| !name.is_empty()) {
                    assert!(own.contains_key(name), "{}: {name}", kind.code);
                }
                for name in taken.fields.iter().filter(|name| own.contains_key(**name)) {
                    assert!(taken.from.iter().any(|from| fields(from).contains_key(*name)), "{}: {name}", kind.code);
                }
            }
        }
    }
}
