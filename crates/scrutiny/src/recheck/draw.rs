//! Draw a sample and give it to collectors who had no part in it (抽取盲核样本).

use axum::extract::State;
use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem, share::sample_size};
use leads::ClosedLead;
use serde::Deserialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    collectors::{AT_ONCE, Collectors},
    list::Reverification,
    sample::ticket,
    store::{self, DrawRecord, NewItem},
};
use crate::{Scrutiny, rights};

/// The longest period, in days.
const LONGEST: i64 = 366;
/// More closed leads are not drawn from at once.
const MOST_CLOSED: i64 = 200_000;
/// More is not asked of collectors at once.
const MOST_DRAWN: i64 = 2_000;

/// The draw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawReverification {
    /// The first city day of closing.
    from: NaiveDate,
    /// The last.
    to: NaiveDate,
    /// The published seed: words that nobody could have chosen to suit himself, such as the numbers of a public lottery; 6 to 100 characters.
    seed: String,
    /// Half the width of the wanted 95 % interval over all units, 0.02 to 0.3.
    half_width: f64,
}

/// The instants between which these city days lie.
pub(super) fn instants(from: NaiveDate, to: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let begin = |day: NaiveDate| shanghai().from_utc_datetime(&day.and_time(chrono::NaiveTime::MIN)).to_utc() - chrono::TimeDelta::hours(8);
    (begin(from), begin(to.checked_add_days(Days::new(1)).unwrap_or(to)))
}

/// Draws a sample of the leads closed in a period and gives each to a collector who neither reported nor verified, fixed or checked it and
/// does not belong to its unit. A lead for which there is nobody is kept as such.
///
/// # Errors
/// `reverification-invalid`, `nothing-closed`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reverifications", tag = "scrutiny", operation_id = "draw_reverification",
    request_body = DrawReverification, responses((status = 201, body = Reverification, description = "The draw")))]
pub(crate) async fn draw(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::DrawSamples>,
    Json(request): Json<DrawReverification>,
) -> Answer<(axum::http::StatusCode, Json<Reverification>)> {
    let region = room.home_region();
    let scope = allowed.scope();
    if scope.units.is_some() || !scope.covers_region(region) {
        return Err(Problem::forbidden("scope-exceeded", "盲核抽样对全区进行，不在您的管辖范围内").into());
    }
    let seed = check(&request, room.today())?;
    let mut transaction = room.database().pool().begin().await?;
    let mut closed = room.leads().closed_between(&mut transaction, region, instants(request.from, request.to), MOST_CLOSED).await?;
    let population = i64::try_from(closed.len()).unwrap_or(i64::MAX);
    if population == 0 {
        return Err(Problem::conflict("nothing-closed", "这段时间没有由单位处置并结案的线索，无从抽取").into());
    }
    if population == MOST_CLOSED {
        return Err(invalid("to", "这段时间结案过多，请缩短时段"));
    }
    let size = sample_size(population, request.half_width);
    if size > MOST_DRAWN {
        return Err(invalid("half_width", &format!("需要抽 {size} 件，一次最多 {MOST_DRAWN} 件，请放宽误差或缩短时段")));
    }
    closed.sort_by_cached_key(|lead| ticket(&seed, &lead.number));
    closed.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let draw = DrawRecord {
        id: Uuid::now_v7(),
        region: region.to_owned(),
        from_day: request.from,
        to_day: request.to,
        seed,
        half_width: request.half_width,
        population,
        size,
        drawn_by: allowed.caller.person.uuid(),
        drawn_at: room.clock().now(),
    };
    store::insert_draw(&mut transaction, &draw).await?;
    room.give_out(&mut transaction, &draw, &closed).await?;
    transaction.commit().await?;
    Ok((axum::http::StatusCode::CREATED, Json(room.draws(vec![draw]).await?.remove(0))))
}

fn invalid(field: &'static str, words: &str) -> http_api::ApiProblem {
    Problem::invalid("reverification-invalid", words.to_owned()).field(field, words.to_owned()).into()
}

fn check(request: &DrawReverification, today: NaiveDate) -> Answer<String> {
    let seed = request.seed.trim();
    if request.to < request.from || request.to > today || (request.to - request.from).num_days() >= LONGEST {
        return Err(invalid("to", "时段应在今天以前，最长一年"));
    }
    if !(6..=100).contains(&seed.chars().count()) {
        return Err(invalid("seed", "随机种子 6 至 100 个字，请用事先公布、无人能左右的内容，例如某期公开摇号的号码"));
    }
    if !(0.02..=0.3).contains(&request.half_width) {
        return Err(invalid("half_width", "误差应在 2 至 30 个百分点之间"));
    }
    Ok(seed.to_owned())
}

impl Scrutiny {
    /// Gives each lead to whoever has least of those who had no part in it.
    async fn give_out(&self, connection: &mut PgConnection, draw: &DrawRecord, drawn: &[ClosedLead]) -> Answer<()> {
        let mut collectors = Collectors::on_hand(self, connection).await?;
        let mut rank = 0;
        for chunk in drawn.chunks(AT_ONCE) {
            let evidence = self.evidence_of(connection, &draw.region, chunk.iter().map(|lead| lead.id)).await?;
            for lead in chunk {
                rank += 1;
                let Some(of) = evidence.get(&lead.id) else { continue };
                let collector = collectors.choose(lead, of);
                let closed_in = of.closed_at.unwrap_or(draw.drawn_at).with_timezone(&shanghai()).date_naive();
                let item = NewItem { draw: draw.id, rank, region: &draw.region, lead, closed_in, collector };
                store::insert_item(connection, &item).await?;
            }
        }
        Ok(())
    }
}
