//! Items as other rooms put them together: the dossier, documents.

use docket::KeyOf;
use files::FileId;
use http_api::Answer;
use sqlx::PgConnection;

use super::store;
use crate::Evidence;

/// An item with its file (证据材料).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// Its number inside the case.
    pub ordinal: i32,
    /// What people call it; an excluded one says so.
    pub title: String,
    /// It was excluded (已排除).
    pub excluded: bool,
    /// Its file.
    pub file: FileId,
    /// The ending of a name for it.
    pub ending: &'static str,
    /// Bytes.
    pub size: i64,
}

impl Evidence {
    /// All items of a case, in their order. Who may see them was decided by the caller.
    ///
    /// # Errors
    /// The database's.
    pub async fn exhibits(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Vec<Exhibit>> {
        let items = store::of_case(connection, key).await?;
        let hashes: Vec<String> = items.iter().map(|item| item.file.clone()).collect();
        let files = store::files(connection, &hashes).await?;
        let mut exhibits = Vec::with_capacity(items.len());
        for item in items {
            let Some(file) = files.iter().find(|file| file.sha256 == item.file) else { continue };
            let title = if item.excluded_at.is_some() { format!("{}（已排除）", item.title) } else { item.title };
            let ending = files::ending_of(&file.media_type);
            let (excluded, size) = (item.excluded_at.is_some(), file.size);
            exhibits.push(Exhibit { ordinal: item.ordinal, title, excluded, file: FileId::parse(&item.file)?, ending, size });
        }
        Ok(exhibits)
    }
}
