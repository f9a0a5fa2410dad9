//! Looking at pictures that were kept before pictures were looked at (补算照片指纹): a few at a time, beside everything else.

use std::time::Duration;

use http_api::{Answer, ApiProblem};

use crate::{FileId, Files, MediaType, likeness, object, picture, store, trace};

/// Pictures of one round.
const ROUND: i64 = 16;
/// How long the work rests when nothing is left: only an older program beside this one would make more.
const REST: Duration = Duration::from_secs(600);
/// How long it waits between rounds, so that whoever sends pictures finds a seat.
const PAUSE: Duration = Duration::from_millis(200);

impl Files {
    /// Works for ever: looks at what was never looked at. Cut off at any moment, it goes on from there.
    pub async fn work_pictures(&self) {
        loop {
            let pause = match self.look_again().await {
                Ok(0) => REST,
                Ok(_) => PAUSE,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "older pictures could not be looked at; tried again later");
                    REST
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Looks at some pictures that were never looked at, and says how many. One that cannot be read any more is noted as looked at: its
    /// bytes are somebody else's concern.
    ///
    /// # Errors
    /// Store or database out of reach.
    pub async fn look_again(&self) -> Result<usize, ApiProblem> {
        let waiting = store::unlooked(self.database.pool(), ROUND).await?;
        let mut unread = Vec::new();
        for (sha256, media) in &waiting {
            match self.look_at(sha256, media).await {
                Ok((hash, taken)) => store::looked(self.database.pool(), sha256, hash, taken.as_ref()).await?,
                Err(error) => unread.push((sha256, error)),
            }
        }
        // Where none can be read the store is out of reach; where others can, the picture is.
        if unread.len() == waiting.len()
            && let Some((_, error)) = unread.pop()
        {
            return Err(error);
        }
        for (sha256, error) in unread {
            tracing::warn!(file = %sha256, code = error.problem().code, "a picture could not be looked at");
            store::looked(self.database.pool(), sha256, None, None).await?;
        }
        Ok(waiting.len())
    }

    /// Reads one picture; nothing where it is gone or none.
    async fn look_at(&self, sha256: &str, media: &str) -> Answer<(Option<i64>, Option<trace::Taken>)> {
        let (Ok(id), Some(kind)) = (FileId::parse(sha256), MediaType::from_name(media)) else { return Ok((None, None)) };
        let Some(bytes) = object::get(&*self.objects, &object::original(&id)).await? else { return Ok((None, None)) };
        let seen = self.with_pictures(move || Ok((picture::decode(&bytes, kind).ok(), trace::read(&bytes)))).await?;
        Ok((seen.0.as_ref().and_then(likeness::hash), seen.1))
    }
}
