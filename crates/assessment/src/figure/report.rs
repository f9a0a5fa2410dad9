//! The indicators of subjects in a period (考核指标).

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{Duration, NaiveDate, NaiveTime};
use http_api::{Answer, Json, Query};
use identity::{Allowed, Scope};
use kernel::{clock::shanghai, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::store::{self, Asked, Counted};
use crate::{
    Assessment,
    indicator::{self, Better, By, Indicator, RULE, Term},
    item::Kind,
    period::Period,
    rights,
    setting::{self, IndicatorSettings},
};

/// Subjects of one report; a county has some two thousand grids.
const MOST_SUBJECTS: usize = 5_000;
/// Counts read for one report, far more than that many subjects have.
const MOST_COUNTS: i64 = 500_000;
/// Leads that wait to be counted are told up to so many.
const MOST_WAITING: i64 = 10_000;

/// Which report.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// The first day, by the city's calendar.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How subjects are put together.
    #[param(inline)]
    pub by: By,
    /// Only what lies in this region: a code or its first digits.
    pub region: Option<String>,
}

impl Wanted {
    /// The period, and the region if it is one.
    pub(crate) fn parse(&self, today: NaiveDate) -> Result<(Period, Option<&str>), Problem> {
        let region = self.region.as_deref().map(str::trim).filter(|region| !region.is_empty());
        if region.is_some_and(|code| code.len() > 15 || !code.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(Problem::invalid("query-invalid", "区域代码应为数字").field("region", "区域代码应为数字"));
        }
        Ok((Period::new(self.from, self.to, today)?, region))
    }

    /// What was asked for, as the audit of exports keeps it.
    pub(crate) fn told(&self) -> Value {
        json!({ "from": self.from, "to": self.to, "by": self.by.code(), "region": self.region })
    }
}

/// A column of the report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IndicatorColumn {
    /// The indicator's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Which way is better; none of a plain count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub better: Option<Better>,
    /// The numerator in words.
    pub numerator: String,
    /// The denominator in words; none of a plain count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// Where the formula comes from.
    pub source: String,
}

/// One indicator of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub(crate) struct IndicatorFigure {
    /// So many fulfil it.
    pub numerator: i64,
    /// Of so many; none of a plain count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
    /// The count, or the rate between 0 and 1; none when the denominator is zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
}

/// A row of the report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IndicatorSubject {
    /// A region's code, or an id.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A figure a column, in the columns' order.
    pub figures: Vec<IndicatorFigure>,
    /// Points, 0 to 100; none where nothing with a weight has a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

/// The report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IndicatorReport {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The day by whose end things are looked at.
    pub as_of: NaiveDate,
    /// How subjects are put together.
    pub by: By,
    /// How denominators are counted, in words.
    pub rule: &'static str,
    /// The columns.
    pub indicators: Vec<IndicatorColumn>,
    /// The rows.
    pub subjects: Vec<IndicatorSubject>,
    /// All rows together.
    pub total: IndicatorSubject,
    /// There were more rows than a report takes.
    pub cut: bool,
    /// Leads that changed a moment ago and are not counted yet.
    pub waiting: i64,
    /// Leads from before the first start are still being counted.
    pub filling: bool,
}

/// Reads the indicators of a period.
///
/// # Errors
/// `period-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "indicators", operation_id = "read_indicators", params(Wanted),
    responses((status = 200, body = IndicatorReport, description = "The report")))]
pub(crate) async fn figures(
    State(room): State<Assessment>,
    allowed: Allowed<rights::SeeIndicators>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<IndicatorReport>> {
    Ok(Json(report(&room, &allowed.scope(), &wanted).await?))
}

/// The report within a scope; also for export.
pub(crate) async fn report(room: &Assessment, scope: &Scope, wanted: &Wanted) -> Answer<IndicatorReport> {
    let (period, region) = wanted.parse(room.today())?;
    let columns: Vec<&Indicator> = indicator::all().iter().filter(|indicator| indicator.is_of(wanted.by)).collect();
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| columns.iter().any(|it| it.numerator.kind == *kind)).collect();
    let pool = room.database().pool();
    let asked = Asked { by: wanted.by, period, scope, region };
    let counted = store::counted(pool, &asked, &kinds, MOST_COUNTS).await?;
    let (waiting, filled) = store::waiting(pool, MOST_WAITING).await?;
    let settings = settings_of(room, period.as_of).await?;
    let total = subject(&settings, wanted.by, &columns, &counted.iter().collect::<Vec<_>>());
    let mut rows: BTreeMap<&str, Vec<&Counted>> = BTreeMap::new();
    for count in &counted {
        rows.entry(count.subject.as_str()).or_default().push(count);
    }
    let cut = rows.len() > MOST_SUBJECTS;
    let names = names(room, wanted.by, rows.keys().copied()).await?;
    let mut subjects: Vec<IndicatorSubject> = rows
        .into_iter()
        .take(MOST_SUBJECTS)
        .map(|(code, counts)| IndicatorSubject {
            name: names.get(code).cloned().unwrap_or_else(|| code.to_owned()),
            code: code.to_owned(),
            ..subject(&settings, wanted.by, &columns, &counts)
        })
        .collect();
    if !matches!(wanted.by, By::County | By::Township | By::Grid) {
        subjects.sort_by(|one, other| one.name.cmp(&other.name));
    }
    Ok(IndicatorReport {
        from: period.from,
        to: period.to,
        as_of: period.as_of,
        by: wanted.by,
        rule: RULE,
        indicators: columns.iter().map(|indicator| column(indicator)).collect(),
        subjects,
        total: IndicatorSubject { name: "合计".to_owned(), ..total },
        cut,
        waiting,
        filling: !filled,
    })
}

fn column(indicator: &Indicator) -> IndicatorColumn {
    IndicatorColumn {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        better: indicator.better,
        numerator: indicator.numerator_words.clone(),
        denominator: indicator.denominator_words.clone(),
        source: indicator.source.clone(),
    }
}

/// A row without its name.
fn subject(settings: &IndicatorSettings, by: By, columns: &[&Indicator], counts: &[&Counted]) -> IndicatorSubject {
    let figures: Vec<IndicatorFigure> = columns.iter().map(|indicator| figure(indicator, counts)).collect();
    let value_of = |code: &str| {
        let (indicator, figure) = columns.iter().zip(&figures).find(|(indicator, _)| indicator.code == code)?;
        Some((figure.value?, indicator.denominator.is_some()))
    };
    let scored = settings.score(by.subject(), value_of);
    let (score, grade) = (scored.map(|(score, _)| score), scored.and_then(|(_, grade)| grade).map(str::to_owned));
    IndicatorSubject { code: String::new(), name: String::new(), figures, score, grade }
}

fn figure(indicator: &Indicator, counts: &[&Counted]) -> IndicatorFigure {
    let count = |term: Term| -> i64 {
        let of_term = |count: &&&Counted| count.kind == term.kind as i16 && term.part.holds(count.qualities());
        counts.iter().filter(of_term).map(|count| count.n).sum()
    };
    let numerator = count(indicator.numerator);
    let denominator = indicator.denominator.map(count);
    let value = match denominator {
        // No denominator, no figure: it is shown as “—”, never as 0 or 100 %.
        Some(0) => None,
        Some(of) => Some(numerator as f64 / of as f64),
        None => Some(numerator as f64),
    };
    IndicatorFigure { numerator, denominator, value }
}

/// What was in force by the end of a day.
async fn settings_of(room: &Assessment, day: NaiveDate) -> sqlx::Result<IndicatorSettings> {
    let midnight = (day + Duration::days(1)).and_time(NaiveTime::MIN).and_local_timezone(shanghai());
    let end = midnight.single().map_or_else(|| room.clock().now(), |end| end.to_utc());
    let mut connection = room.database().pool().acquire().await?;
    let found = setting::store::in_force(&mut connection, room.home_region(), end).await?;
    Ok(found.map_or_else(setting::built_in, |(_, settings)| settings))
}

/// The names of subjects by their codes.
async fn names<'s>(room: &Assessment, by: By, codes: impl Iterator<Item = &'s str>) -> Answer<BTreeMap<String, String>> {
    let codes: Vec<&str> = codes.take(MOST_SUBJECTS).collect();
    let ids = || codes.iter().filter_map(|code| code.parse::<Uuid>().ok());
    Ok(match by {
        By::County | By::Township | By::Grid => codes.iter().map(|code| ((*code).to_owned(), place_name(room, by, code))).collect(),
        By::Unit => {
            let organisations = room.identity().organisations().await?;
            ids().map(|id| (id.to_string(), organisations.name(id).to_owned())).collect()
        }
        By::Collector | By::Operator | By::ShiftLeader | By::Dispatcher => {
            let names = room.identity().names_of(&ids().collect::<Vec<_>>()).await?;
            names.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
        }
    })
}

fn place_name(room: &Assessment, by: By, code: &str) -> String {
    match by {
        By::Township if code.len() < 9 => "未定位到镇街".to_owned(),
        By::Grid if code.len() < 15 => "未定位到网格".to_owned(),
        _ => room.catalogue().region(code).map_or_else(|| code.to_owned(), |region| region.name),
    }
}
