//! A file that another room holds becomes evidence of a case (收入证据): what a party sent from his page, what came with a referral.

use chrono::{DateTime, Utc};
use docket::KeyOf;
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
    /// How it was come by.
    pub manner: Manner,
    /// Its title.
    pub title: String,
    /// The file, kept.
    pub file: LargeFile,
    /// When it was handed in.
    pub obtained_at: DateTime<Utc>,
    /// Who handed it in, and how, without a name.
    pub note: String,
    /// Why it is in whose hands: the first line of its custody.
    pub custody: &'static str,
}

impl Evidence {
    /// Makes a file that was handed in evidence of a case that the caller handles, in the caller's transaction. Answers its number.
    ///
    /// # Errors
    /// As adding evidence: `case-not-found`, `case-not-handled`, `case-over`, `evidence-full`; the database's.
    pub async fn take_in(&self, connection: &mut PgConnection, caller: &Caller, case: Uuid, taken: TakenIn) -> Answer<i32> {
        let case = self.cases().opened(caller, case, Wish::Add).await?;
        self.take_in_with(connection, caller, &case.key, taken).await
    }

    /// Whether a caller may add evidence to a case.
    ///
    /// # Errors
    /// As adding evidence: `case-not-found`, `case-not-handled`, `case-over`; the database's.
    pub async fn may_add(&self, caller: &Caller, case: Uuid) -> Answer<()> {
        self.cases().opened(caller, case, Wish::Add).await.map(drop)
    }

    /// The same for a case that the caller opens in this very transaction: nobody else can see it yet.
    ///
    /// # Errors
    /// `case-not-found`, `evidence-full`; the database's.
    pub async fn take_in_with(&self, connection: &mut PgConnection, caller: &Caller, case: &KeyOf, taken: TakenIn) -> Answer<i32> {
        let now = self.clock().now();
        let title = required("title", "证据名称", &taken.title, LONGEST_LINE)?;
        let note = required("note", "说明", &taken.note, LONGEST_NOTE)?;
        let payload = json!({ "evidence": taken.id, "kind": taken.kind, "form": Form::Original, "manner": taken.manner,
            "digest": format!("sha256:{}", taken.file.id), "sm3": taken.file.sm3.as_ref().map(|sm3| format!("sm3:{sm3}")), "size": taken.file.size });
        self.note(connection, case, caller, "evidence-added", payload).await?;
        let ordinal = store::last_ordinal(connection, case).await? + 1;
        if i64::from(ordinal) > MOST_ITEMS {
            return Err(Problem::conflict("evidence-full", format!("一个案件最多 {MOST_ITEMS} 份证据")).into());
        }
        let row = store::ItemRow {
            id: taken.id,
            region: case.region.clone(),
            docket: case.id.uuid(),
            ordinal,
            kind: taken.kind.code().to_owned(),
            title,
            manner: taken.manner.code().to_owned(),
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
            reason: taken.custody.to_owned(),
            noted_by: caller.person.uuid(),
            noted_at: now,
        };
        custody::store::insert(connection, &first).await?;
        Ok(ordinal)
    }
}
