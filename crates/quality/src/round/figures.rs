//! The figures of a round (评查通报): of all, of each unit and officer, each with its denominator. Frozen when the round is closed.

use std::collections::BTreeMap;

use http_api::Answer;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{LONGEST, store::RoundRow};
use crate::{
    Quality, RemedyEnded,
    file::{self, store::FileRow},
    finding::{self, FindingState, store::FindingRow},
    service::stretch,
};

/// Reviews and suits that are counted at most.
const MOST_REMEDIES: i64 = 20_000;

/// What is counted, of all or of one unit or officer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// Drawn.
    pub files: u32,
    /// With a final score.
    pub scored: u32,
    /// Of these below the mark or vetoed.
    pub failed: u32,
    /// All points of these, in tenths; 0 for a vetoed one.
    pub tenths: i64,
    pub findings: u32,
    /// Confirmed as corrected.
    pub corrected: u32,
    /// Dropped after an objection: these count for no rate.
    pub dropped: u32,
    /// Not settled.
    pub open: u32,
    /// Reviews that ended in the period, and those of them that corrected the decision.
    pub reviews: u32,
    pub reviews_fell: u32,
    /// Suits that ended in the period, and those of them that were lost.
    pub suits: u32,
    pub suits_fell: u32,
}

/// The figures of a round, kept at its closing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub total: Tally,
    pub units: BTreeMap<Uuid, Tally>,
    pub officers: BTreeMap<Uuid, Tally>,
    /// As many reviews and suits ended as are counted at most: perhaps more.
    #[serde(default)]
    pub cut: bool,
}

impl Figures {
    fn each(&mut self, unit: Option<Uuid>, officer: Option<Uuid>, change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        if let Some(unit) = unit {
            change(self.units.entry(unit).or_default());
        }
        if let Some(officer) = officer {
            change(self.officers.entry(officer).or_default());
        }
    }

    /// Of what was drawn, found, and overturned.
    pub fn of(files: &[FileRow], findings: &[FindingRow], remedies: &[RemedyEnded]) -> Self {
        let mut all = Self::default();
        for file in files {
            all.each(file.unit, file.officer, |it| {
                it.files += 1;
                if let (Some(tenths), Some(failed)) = (file.tenths, file.failed) {
                    it.scored += 1;
                    it.failed += u32::from(failed);
                    it.tenths += if file.vetoed { 0 } else { i64::from(tenths) };
                }
            });
        }
        for finding in findings {
            let state = finding.state.parse().unwrap_or(FindingState::Told);
            all.each(finding.unit, finding.officer, |it| {
                it.findings += 1;
                it.corrected += u32::from(state == FindingState::Confirmed);
                it.dropped += u32::from(state == FindingState::Dropped);
                it.open += u32::from(!state.is_settled());
            });
        }
        for remedy in remedies {
            all.each(remedy.unit, remedy.officer, |it| {
                let fell = u32::from(remedy.fell);
                if remedy.suit {
                    it.suits += 1;
                    it.suits_fell += fell;
                } else {
                    it.reviews += 1;
                    it.reviews_fell += fell;
                }
            });
        }
        all
    }
}

impl Quality {
    /// The figures of a round: frozen ones where it is closed, else as they stand. Reviews and suits are those of the round's ground and period.
    pub(super) async fn figures_of(&self, round: &RoundRow) -> Answer<Figures> {
        if let Some(frozen) = &round.figures {
            return Ok(serde_json::from_value(frozen.clone()).unwrap_or_default());
        }
        let (remedies, cut) = self.remedies_of(round).await?;
        let mut connection = self.database().pool().acquire().await?;
        counted(&mut connection, round.id, &remedies, cut).await
    }

    /// The reviews and suits that ended on a round's ground in its period, and whether there are more.
    pub(super) async fn remedies_of(&self, round: &RoundRow) -> Answer<(Vec<RemedyEnded>, bool)> {
        let (from, to) = stretch(round.plan.from, round.plan.to, LONGEST)?;
        let ground = identity::Scope {
            regions: vec![round.region.clone()],
            units: round.unit.map(|unit| vec![unit]),
            person: kernel::id::PersonId::from(round.created_by),
        };
        let remedies = self.cases().remedies(&ground, from, to, MOST_REMEDIES).await?;
        let cut = remedies.len() as i64 == MOST_REMEDIES;
        Ok((remedies, cut))
    }
}

/// The figures as they stand for this connection.
pub(super) async fn counted(connection: &mut PgConnection, round: Uuid, remedies: &[RemedyEnded], cut: bool) -> Answer<Figures> {
    let files = file::store::of_round(&mut *connection, round).await?;
    let findings = finding::store::of_round(connection, round).await?;
    Ok(Figures { cut, ..Figures::of(&files, &findings, remedies) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_and_a_suit_count_apart_and_for_unit_officer_and_all() {
        let (unit, officer) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let ended = |suit, fell| RemedyEnded { case_id: Uuid::nil(), unit: Some(unit), officer: Some(officer), suit, fell };
        let of = Figures::of(&[], &[], &[ended(false, true), ended(false, false), ended(true, false)]);
        let told = |it: &Tally| (it.reviews, it.reviews_fell, it.suits, it.suits_fell);
        assert_eq!(told(&of.total), (2, 1, 1, 0));
        assert_eq!((told(&of.units[&unit]), told(&of.officers[&officer])), ((2, 1, 1, 0), (2, 1, 1, 0)));
        let kept: Figures = serde_json::from_value(serde_json::to_value(&of).unwrap()).unwrap();
        assert_eq!(kept, of, "what is frozen reads back");
    }
}
