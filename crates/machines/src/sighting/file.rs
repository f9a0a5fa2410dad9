//! Filing sightings as leads (转线索): at once where somebody waits, by the worker where nobody does.

use std::time::Duration;

use http_api::Answer;
use kernel::position::Position;
use serde_json::json;
use uuid::Uuid;

use super::{SightingState, not_found, store};
use crate::{Machines, kind, port::ToFile};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(2);
/// How long it waits after a failure.
const LATER: Duration = Duration::from_secs(5);
/// Sightings of one look.
const BATCH: i64 = 64;

impl Machines {
    /// Files what is to be filed for as long as it is let. Cut off at any moment, it files the same sighting again, which is the same lead.
    pub async fn work_sightings(&self) {
        loop {
            let worked = match self.file_approved().await {
                Ok(filed) => self.close_seen_gone().await.map(|closed| filed + closed),
                Err(error) => Err(error),
            };
            let pause = match worked {
                Ok(0) => LOOK,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "sightings wait to be filed or closed");
                    LATER
                }
            };
            tokio::select! {
                () = self.waker().notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Files the sightings that are to be leads, and says how many.
    ///
    /// # Errors
    /// The desk's or the database's; the rest is filed later.
    pub async fn file_approved(&self) -> Answer<usize> {
        let waiting = store::to_file(self.database().pool(), self.home_region(), BATCH).await?;
        for id in &waiting {
            self.file_sighting(*id).await?;
        }
        Ok(waiting.len())
    }

    /// Files one sighting; nothing where it is filed already.
    pub(super) async fn file_sighting(&self, id: Uuid) -> Answer<()> {
        let (pool, region) = (self.database().pool(), self.home_region());
        let record = store::own(pool, region, id).await?.ok_or_else(not_found)?;
        if record.state != SightingState::Approved.code() {
            return Ok(());
        }
        let kind = kind::of(record.kind);
        let name = kind.map_or("", |kind| kind.name.as_str());
        let mut description = format!("{}识别到{name}", record.device_name);
        if let Some(note) = &record.note {
            description.push('：');
            description.push_str(note);
        }
        let kept = record.picture.clone().filter(|picture| !picture.contains(':'));
        let filed = self
            .desk()
            .file(ToFile {
                key: id.to_string(),
                description,
                class_code: record.class_code.clone().or_else(|| kind.map(|kind| kind.class_code.clone())).unwrap_or_default(),
                position: record.lon.zip(record.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
                address: Some(record.address.clone()).filter(|address| !address.is_empty()),
                photos: kept.into_iter().collect(),
                details: json!({
                    "sighting": id, "device": record.device, "machine_kind": record.kind, "model": record.model,
                    "confidence": (f64::from(record.confidence) * 1000.0).round() / 1000.0, "picture": record.picture,
                }),
                seen_at: record.first_at,
                simulated: record.simulated,
            })
            .await?;
        store::filed(pool, region, id, (filed.id, &filed.number)).await?;
        Ok(())
    }
}
