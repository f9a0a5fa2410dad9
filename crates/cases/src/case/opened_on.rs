//! What a case is opened on: a matter from the legal library, or one that is typed with the reason why.

use http_api::Answer;
use kernel::{personal::redact, position::Position, problem::Problem};
use serde::Deserialize;
use sqlx::types::Json as Kept;
use utoipa::ToSchema;

use super::{
    basis::{
        BasisRow, CaseBasisStep, CaseDerivation,
        derive::{Acting, Computed, Derived, Spot, derived},
        fine_party,
    },
    missing,
    open::{CaseMatter, Judged, NewCase},
    required,
};
use crate::{Cases, LeadFacts};

/// A range that follows from a formula.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseRange {
    /// At least, in fen.
    min_fen: i64,
    /// At most, in fen.
    max_fen: i64,
    /// How it was computed.
    reason: String,
}

/// A position, WGS-84 in degrees.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasePosition {
    /// Degrees east.
    lon: f64,
    /// Degrees north.
    lat: f64,
}

/// A matter with what follows from it.
pub(super) struct StandsOn {
    pub code: String,
    pub derived: Derived,
}

/// Where the act was done: as marked, or as the lead has it.
pub(super) fn position_of(new: &NewCase, lead: Option<&LeadFacts>) -> Result<Option<Position>, Problem> {
    let bad =
        |error: kernel::position::PositionError| Problem::invalid("case-invalid", error.to_string()).field("position", error.to_string());
    let marked = new.position.as_ref().map(|at| Position::new(at.lon, at.lat)).transpose().map_err(bad)?;
    Ok(marked.or_else(|| lead.and_then(|lead| lead.position).and_then(|(lon, lat)| Position::new(lon, lat).ok())))
}

/// The grid of home that the officer marked: it settles whose ground the case lies on, whatever else is named. What a lead brings along does
/// not: its jurisdiction was settled with it.
///
/// # Errors
/// `region-unknown` for a region that the catalogue does not have.
pub(super) fn marked_in(room: &Cases, new: &NewCase, grid: Option<&str>) -> Result<Option<String>, Problem> {
    let home = room.home_region();
    if new.region.as_deref().is_some_and(|code| code != home && room.catalogue().region(code).is_none()) {
        return Err(Problem::invalid("region-unknown", "没有这个区划").field("region", "没有这个区划"));
    }
    Ok(grid.filter(|code| new.position.is_some() && code.starts_with(home)).map(str::to_owned))
}

/// Where the act was done: the unit grid of the mark on the map, or else the region that is named. `marked` holds the grid of the mark, if it
/// lies in one.
pub(super) fn spot_of(room: &Cases, marked: Option<Option<String>>, named: Option<&str>) -> Result<Spot, Problem> {
    let home = room.home_region();
    let name = |code: &str| {
        let levels = [9, 12, 15].into_iter().filter_map(|length| code.get(..length)).filter_map(|code| room.catalogue().region(code));
        levels.map(|region| region.name).collect::<Vec<_>>().join(" / ")
    };
    match marked {
        Some(Some(grid)) if grid.starts_with(home) => {
            Ok(Spot { how: format!("按地图标注的位置，违法行为发生地在{}", name(&grid)), region: grid, inside: true })
        }
        Some(_) => {
            Ok(Spot { region: home.to_owned(), inside: false, how: "地图标注的位置不在本区任何单元网格内".to_owned() })
        }
        None => match named.filter(|code| code.len() >= 9 && code.starts_with(home)) {
            Some(code) => {
                let how = format!("按登记的区划，违法行为发生地在{}", name(code));
                Ok(Spot { region: code.to_owned(), inside: true, how })
            }
            None => Err(missing("position", "违法行为发生地的位置（地图标注，或者选择镇街）")),
        },
    }
}

/// From the library: the version of the act's day, who enforces it there, the range for these parties.
pub(super) async fn from_library(
    room: &Cases,
    new: &NewCase,
    judged: &Judged,
    (code, spot): (&str, &Spot),
    acting: &Acting,
) -> Answer<StandsOn> {
    let kinds: Vec<_> = judged.parties.iter().map(|(party, _)| party.kind).collect();
    let party = fine_party(&kinds);
    let ground = room.matters().ground(code, &spot.region, new.acted_on, party.0).await?;
    let computed = match &new.computed_range {
        Some(range) => Some(Computed {
            min_fen: range.min_fen,
            max_fen: range.max_fen,
            reason: required("computed_range.reason", "罚款幅度的计算", &range.reason)?,
        }),
        None => None,
    };
    let derived = derived(&ground, (acting, spot), new.acted_on, party, computed.as_ref())?;
    Ok(StandsOn { code: code.to_owned(), derived })
}

/// As typed: the reason is kept, and the case is marked.
pub(super) fn typed(matter: CaseMatter, reason: Option<&str>, region: &str) -> Result<StandsOn, Problem> {
    let reason = required("typed_reason", "不从事项库选择的理由", reason.unwrap_or_default())?;
    let step = CaseBasisStep {
        text: "事项、条文、幅度和管辖由登记人填写，未经事项库推定".to_owned(), basis: "登记".to_owned()
    };
    let row = BasisRow {
        typed_reason: Some(reason),
        matter_version: None,
        act_region: region.to_owned(),
        township: region.get(..9).map(str::to_owned),
        holder: None,
        announcement: None,
        ours: matter.ours,
        derivation: Kept(CaseDerivation { steps: vec![step], ..CaseDerivation::default() }),
        settled: None,
    };
    Ok(StandsOn {
        code: matter.code.trim().to_owned(),
        derived: Derived {
            name: redact(matter.name.trim()).into_owned(),
            articles: redact(matter.articles.trim()).into_owned(),
            range: (matter.fine_min_fen.or(matter.fine_max_fen.map(|_| 0)), matter.fine_max_fen),
            order_first: false,
            row,
        },
    })
}
