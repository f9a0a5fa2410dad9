//! The job that forgets uploads nobody finished.

use http_api::ApiProblem;
use uuid::Uuid;

use super::disk;
use crate::{Files, store};

impl Files {
    /// Forgets expired uploads and removes parts that no row asks for any more. To be called every hour or so, on every node.
    ///
    /// # Errors
    /// The database or the folder out of reach; the next call goes on where this one stopped.
    pub async fn sweep_uploads(&self) -> Result<u64, ApiProblem> {
        let forgotten = store::delete_expired_uploads(self.database.pool(), self.clock.now()).await?;
        // The folder is read before the table: a part's row is written first, so a part seen here without a row is an orphan.
        let parts = self.parts_on_disk().await?;
        let wanted = store::unfinished(self.database.pool(), &parts).await?;
        for id in parts {
            if !wanted.contains(&id) && self.busy.enter(id).is_ok() {
                self.drop_part(id).await;
            }
        }
        Ok(forgotten)
    }

    async fn parts_on_disk(&self) -> Result<Vec<Uuid>, ApiProblem> {
        let mut folder = tokio::fs::read_dir(&self.parts).await.map_err(|error| disk(&error))?;
        let mut parts = Vec::new();
        while let Some(entry) = folder.next_entry().await.map_err(|error| disk(&error))? {
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".part")).and_then(|id| Uuid::parse_str(id).ok());
            parts.extend(id);
        }
        Ok(parts)
    }
}
