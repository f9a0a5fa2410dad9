//! A file that another room holds becomes evidence of a case (收入证据): what a party sent from his page.

use chrono::{DateTime, Utc};
use files::LargeFile;
use http_api::Answer;
use identity::Caller;
use kernel::problem::Problem;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Form, Kind, LONGEST_LINE, LONGEST_NOTE, MOST_ITEMS, Manner, required, store};
use crate::{Evidence, Wish, custody};

/// What is taken in.
#[derive(Debug, Clone)]
pub struct TakenIn {
    /// The item's id.
    pub id: Uuid,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// The file, kept.
    pub file: LargeFile,
    /// When it was handed in.
    pub obtained_at: DateTime<Utc>,
    /// Who handed it in, and how, without a name.
    pub note: String,
}

impl Evidence {
    /// Makes a file that was handed in evidence of a case that the caller handles, in the caller's transaction. Answers its number.
    ///
    /// # Errors
    /// As adding evidence: `case-not-found`, `case-not-handled`, `case-over`, `evidence-full`; the database's.
    pub async fn take_in(&self, connection: &mut PgConnection, caller: &Caller, case: Uuid, taken: TakenIn) -> Answer<i32> {
        let (case, now) = (self.cases().opened(caller, case, Wish::Add).await?, self.clock().now());
        let title = required("title", "证据名称", &taken.title, LONGEST_LINE)?;
        let note = required("note", "说明", &taken.note, LONGEST_NOTE)?;
        let payload = json!({ "evidence": taken.id, "kind": taken.kind, "form": Form::Original, "manner": Manner::HandedIn,
            "digest": format!("sha256:{}", taken.file.id), "sm3": taken.file.sm3.as_ref().map(|sm3| format!("sm3:{sm3}")), "size": taken.file.size });
        self.note(connection, &case.key, caller, "evidence-added", payload).await?;
        let ordinal = store::last_ordinal(connection, &case.key).await? + 1;
        if i64::from(ordinal) > MOST_ITEMS {
            return Err(Problem::conflict("evidence-full", format!("一个案件最多 {MOST_ITEMS} 份证据")).into());
        }
        let row = store::ItemRow {
            id: taken.id,
            region: case.key.region.clone(),
            docket: case.key.id.uuid(),
            ordinal,
            kind: taken.kind.code().to_owned(),
            title,
            manner: Manner::HandedIn.code().to_owned(),
            form: Form::Original.code().to_owned(),
            original_at: None,
            obtained_at: taken.obtained_at,
            place: None,
            obtained_by: Vec::new(),
            note: Some(note),
            file: taken.file.id.to_string(),
            covers: None,
            added_by: caller.person.uuid(),
            added_at: now,
            excluded_at: None,
            excluded_by: None,
            exclusion: None,
        };
        store::insert(connection, &row).await?;
        let first = custody::store::CustodyRow {
            item: row.id,
            ordinal: 1,
            holder: Some(caller.person.uuid()),
            holder_words: None,
            place: None,
            reason: "收入当事人网上提交的材料".to_owned(),
            noted_by: caller.person.uuid(),
            noted_at: now,
        };
        custody::store::insert(connection, &first).await?;
        Ok(ordinal)
    }
}
