//! Items as the room that indexes recordings sees them: what an item is, and where in it to look.

use http_api::Answer;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::{Evidence, mark};

/// An item, for an index of recordings (录音录像).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingItem {
    /// The case that it belongs to.
    pub docket: Uuid,
    /// What people call it.
    pub title: String,
    /// The kind of its file, by content.
    pub media_type: String,
    /// It was excluded.
    pub excluded: bool,
}

/// A mark of an item, for an index of recordings (标记).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingMark {
    /// The item.
    pub item: Uuid,
    /// From the beginning of the recording, in milliseconds.
    pub from_ms: i64,
    /// What is to be seen or heard there.
    pub words: String,
}

impl Evidence {
    /// What an item is. Who may see it was decided by the caller.
    ///
    /// # Errors
    /// The database's.
    pub async fn recording_item(&self, connection: &mut PgConnection, item: Uuid) -> Answer<Option<RecordingItem>> {
        let Some(row) = store::item(&mut *connection, item).await? else { return Ok(None) };
        let file = store::files(connection, std::slice::from_ref(&row.file)).await?.pop();
        Ok(file.map(|file| RecordingItem {
            docket: row.docket,
            title: row.title,
            media_type: file.media_type,
            excluded: row.excluded_at.is_some(),
        }))
    }

    /// The marks of these items, in the order of each recording. Who may see them was decided by the caller.
    ///
    /// # Errors
    /// The database's.
    pub async fn recording_marks(&self, connection: &mut PgConnection, items: &[Uuid]) -> Answer<Vec<RecordingMark>> {
        let rows = mark::store::of(connection, items).await?;
        Ok(rows.into_iter().map(|row| RecordingMark { item: row.item, from_ms: row.from_ms, words: row.words }).collect())
    }
}
