//! Filing upheld findings as leads (转线索): at once where somebody waits, by the worker where nobody does.

use chrono::TimeDelta;
use http_api::Answer;
use kernel::{clock::shanghai, position::Position};
use serde_json::json;

use super::{
    picture,
    store::{self, Kept},
    view::{FindingNumber, rule_of},
};
use crate::{Findings, Rule, port::ToFile};

/// Findings of one look.
const BATCH: i64 = 32;
/// How long one waits that could not be filed.
const AGAIN: TimeDelta = TimeDelta::seconds(60);
/// Points of the track that go with a lead; all of them stay with the finding.
const MOST_POINTS: usize = 60;

impl Findings {
    /// Files the findings that are to be leads, and says how many. One that is refused waits a minute and holds no other up.
    ///
    /// # Errors
    /// The database's.
    pub async fn file_upheld(&self) -> Answer<usize> {
        let mut filed = 0;
        for kept in store::to_file(self.pool(), self.region(), self.parts().wall.now(), BATCH).await? {
            filed += usize::from(self.file(&kept).await?);
        }
        Ok(filed)
    }

    /// Files one, and says whether it is a lead now.
    pub(super) async fn file(&self, kept: &Kept) -> Answer<bool> {
        let filed = match self.parts().desk.file(self.to_file(kept).await).await {
            Ok(lead) => store::filed(self.pool(), self.region(), kept.id, (lead.id, &lead.number)).await.map_err(Into::into),
            Err(error) => Err(error),
        };
        let Err(error): Answer<()> = filed else { return Ok(true) };
        tracing::warn!(code = error.problem().code, finding = %kept.id, "an upheld finding is filed later");
        store::file_later(self.pool(), self.region(), kept.id, self.parts().wall.now() + AGAIN).await?;
        Ok(false)
    }

    async fn to_file(&self, kept: &Kept) -> ToFile {
        let rule = rule_of(kept);
        let time = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai()).format("%m月%d日 %H:%M:%S").to_string();
        let plate = if kept.plate.is_empty() { "未报车牌的车辆" } else { kept.plate.as_str() };
        let numbers: Vec<FindingNumber> = kept.numbers.0.iter().map(|number| FindingNumber::of(rule, *number)).collect();
        let said: Vec<String> = numbers.iter().map(|it| format!("{} {} {}", it.label, it.value, it.unit)).collect();
        let description = format!(
            "{plate} {}：{}至{}，{}。{}。{}",
            rule.label(),
            time(kept.began_at),
            time(kept.ended_at),
            kept.words,
            said.join("，"),
            kept.reason.as_deref().unwrap_or_default(),
        );
        let step = kept.track.0.len().div_ceil(MOST_POINTS).max(1);
        ToFile {
            // The same file has the same name: filed again, it is the same photo of the same lead.
            photos: self.photo(kept).await.into_iter().collect(),
            key: format!("finding-{}", kept.id),
            description,
            class_code: kept.class_code.clone().unwrap_or_else(|| rule.class_code().unwrap_or(Rule::UNCLASSED).to_owned()),
            position: Position::new(kept.lon, kept.lat).ok(),
            details: json!({
                "finding": kept.id, "rule": rule, "rule_label": rule.label(), "vehicle": kept.vehicle, "plate": kept.plate,
                "began_at": kept.began_at, "ended_at": kept.ended_at, "numbers": numbers, "words": kept.words,
                "rules_version": kept.rules_version, "terrain_version": kept.terrain_version, "provisional": kept.provisional,
                "track": kept.track.0.iter().step_by(step).map(|spot| json!([spot.0, spot.1, spot.2, spot.3])).collect::<Vec<_>>(),
            }),
            began_at: kept.began_at,
            simulated: kept.simulated,
        }
    }

    /// The picture of track and places as a photo of the lead; none where it cannot be made: the finding draws it itself.
    async fn photo(&self, kept: &Kept) -> Option<String> {
        let (drawing, fonts) = (picture::draw(kept), self.parts().fonts.clone());
        let made = tokio::task::spawn_blocking(move || picture::paint(&drawing, &fonts)).await.ok().flatten();
        let Some(bytes) = made else {
            tracing::warn!(finding = %kept.id, "no picture could be made for the lead of a finding");
            return None;
        };
        match self.parts().files.put(bytes.into(), None).await {
            Ok(meta) => Some(meta.id.to_string()),
            Err(error) => {
                tracing::warn!(code = error.problem().code, finding = %kept.id, "the picture of a finding could not be kept");
                None
            }
        }
    }
}
