//! The pairs as they were tested (结对分析): all of them with their numbers, so that what stands out can be held against what does not.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{MOST, meetings, store};
use crate::{Scrutiny, rights, rule::pairing};

/// Pairs that are shown; those with the smallest chance first.
const ROWS: usize = 500;

/// So long the pairs stay as they were tested: it is the heaviest question of the room, and it is about ninety days.
const KEPT: TimeDelta = TimeDelta::minutes(5);

/// The pairs as they were tested last. Whoever asks meanwhile waits for whoever tests them.
#[derive(Default)]
pub(crate) struct LastTested(Mutex<Option<Arc<Tested>>>);

/// All pairs, whoever asks for them.
struct Tested {
    at: DateTime<Utc>,
    to: NaiveDate,
    leads: usize,
    /// With the cluster of each.
    pairs: Vec<(pairing::Pair, Option<usize>)>,
}

/// Which pairs are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only those that stand out.
    #[serde(default)]
    found: bool,
    /// With one unit, or one of its people.
    other: Option<Uuid>,
    /// Of one person who took part.
    one: Option<Uuid>,
}

/// A pair.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MetPair {
    /// Who took part.
    one: Uuid,
    one_name: String,
    /// `reported`, `verified` or `checked`.
    part: &'static str,
    part_label: &'static str,
    /// Who fixed.
    other: Uuid,
    other_name: String,
    /// The other is a person and no unit.
    of_person: bool,
    met: usize,
    /// Expected by grid, class and half of the day.
    by_territory: f64,
    /// Expected by who was on duty.
    by_duty: f64,
    /// The smaller of both standardised excesses.
    excess: f64,
    /// The chance of so many where nothing but territory and duty brings them together; not yet corrected for how many were tested.
    chance: f64,
    /// It stands out.
    found: bool,
    /// Which found pairs hang together.
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<usize>,
    /// Checked well within ten minutes of the reply.
    quick: usize,
    /// With a suspicion about photos.
    photo: usize,
    /// With one about where it was answered from.
    away: usize,
    rechecked: usize,
    overturned: usize,
}

/// The pairs of the last ninety days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MetPairs {
    from: NaiveDate,
    to: NaiveDate,
    /// Leads that were looked at.
    leads: usize,
    /// More leads than are looked at: the oldest are left out.
    cut: bool,
    /// Pairs with enough meetings to be tested.
    tested: usize,
    /// The chance of finding any where nobody colludes.
    rate: f64,
    items: Vec<MetPair>,
}

impl Scrutiny {
    /// The pairs as they were tested within the last minutes, or now.
    async fn tested(&self) -> Answer<Arc<Tested>> {
        let mut last = self.last_tested().0.lock().await;
        let (now, to) = (self.clock().now(), self.today());
        if let Some(tested) = last.as_ref().filter(|tested| (TimeDelta::zero()..KEPT).contains(&(now - tested.at))) {
            return Ok(Arc::clone(tested));
        }
        let mut connection = self.database().pool().acquire().await?;
        let rows = store::met(&mut connection, self.home_region(), now - TimeDelta::days(pairing::DAYS), MOST).await?;
        drop(connection);
        let tested = tokio::task::spawn_blocking(move || {
            let pairs = pairing::pairs(&meetings(&rows));
            let clusters = pairing::clusters(&pairs);
            Tested { at: now, to, leads: rows.len(), pairs: pairs.into_iter().zip(clusters).collect() }
        });
        let tested = Arc::new(tested.await.map_err(|_| Problem::internal("pairing-broken", "结对分析中断，请重试"))?);
        *last = Some(Arc::clone(&tested));
        Ok(tested)
    }

    async fn met_pairs(&self, ask: &Ask) -> Answer<MetPairs> {
        let all = self.tested().await?;
        let wanted = |it: &pairing::Pair| {
            (it.found || !ask.found) && ask.other.is_none_or(|other| it.other == other) && ask.one.is_none_or(|one| it.one == one)
        };
        let shown: Vec<_> = all.pairs.iter().filter(|(it, _)| wanted(it)).take(ROWS).collect();
        let people: Vec<Uuid> = shown.iter().flat_map(|(it, _)| [Some(it.one), it.of_person.then_some(it.other)]).flatten().collect();
        let names = self.identity().names_of(&people).await?;
        let organisations = self.identity().organisations().await?;
        let view = |(it, cluster): &(pairing::Pair, Option<usize>)| MetPair {
            one_name: names.get(&it.one).cloned().unwrap_or_default(),
            other_name: if it.of_person {
                names.get(&it.other).cloned().unwrap_or_default()
            } else {
                organisations.name(it.other).to_owned()
            },
            one: it.one,
            part: it.part.code(),
            part_label: it.part.label(),
            other: it.other,
            of_person: it.of_person,
            met: it.met,
            by_territory: it.by_territory,
            by_duty: it.by_duty,
            excess: it.excess,
            chance: it.chance,
            found: it.found,
            cluster: *cluster,
            quick: it.quick,
            photo: it.photo,
            away: it.away,
            rechecked: it.rechecked,
            overturned: it.overturned,
        };
        Ok(MetPairs {
            from: all.to - TimeDelta::days(pairing::DAYS),
            to: all.to,
            leads: all.leads,
            cut: all.leads as i64 >= MOST,
            tested: all.pairs.len(),
            rate: pairing::RATE,
            items: shown.into_iter().map(view).collect(),
        })
    }

    /// It is about people of the whole district.
    fn require_all_ground(&self, scope: &identity::Scope) -> Result<(), Problem> {
        if scope.units.is_none() && scope.covers_region(self.home_region()) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "结对分析对全区进行，不在您的管辖范围内"))
    }
}

/// Tests the pairs of the last ninety days.
///
/// # Errors
/// `scope-exceeded`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/pairings", tag = "scrutiny", operation_id = "list_pairings", params(Ask),
    responses((status = 200, body = MetPairs, description = "Those with the smallest chance first")))]
pub(crate) async fn list(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::SeeSuspicions>,
    Query(ask): Query<Ask>,
) -> Answer<Json<MetPairs>> {
    room.require_all_ground(&allowed.scope())?;
    Ok(Json(room.met_pairs(&ask).await?))
}

/// The same as a file (导出).
///
/// # Errors
/// `scope-exceeded`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/pairings/export", tag = "scrutiny", operation_id = "export_pairings", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::SeeSuspicions>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    room.require_all_ground(&allowed.scope())?;
    let found = room.met_pairs(&ask).await?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        "人员",
        "环节",
        "处置方",
        "相遇件数",
        "按辖区应有",
        "按当班应有",
        "标准化超出",
        "偶然概率",
        "是否突出",
        "十分钟内通过",
        "照片疑点",
        "位置疑点",
        "盲核",
        "盲核推翻",
    ];
    // A vector takes every write.
    let _ = writer.write_record(head);
    for it in found.items {
        // A spreadsheet takes what begins like this for a formula.
        let guarded = |name: &str| if name.starts_with(['=', '+', '-', '@']) { format!("'{name}") } else { name.to_owned() };
        let counts = [it.quick, it.photo, it.away, it.rechecked, it.overturned].map(|count| count.to_string());
        let cells = [
            guarded(&it.one_name),
            it.part_label.to_owned(),
            guarded(&it.other_name),
            it.met.to_string(),
            format!("{:.1}", it.by_territory),
            format!("{:.1}", it.by_duty),
            format!("{:.2}", it.excess),
            format!("{:.2e}", it.chance),
            if it.found { "是" } else { "否" }.to_owned(),
        ];
        let _ = writer.write_record(cells.iter().chain(&counts));
    }
    let mut response = writer.into_inner().unwrap_or_default().into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"pairings.csv\""));
    Ok(response)
}
