//! Set weights and grades (修改考核设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::json;

use super::{IndicatorScoring, IndicatorSettings, IndicatorWeight, built_in, read::IndicatorSettingsView, store};
use crate::{Assessment, indicator, rights};

/// More steps no table in use has.
const MOST_STEPS: usize = 20;
/// More grades nobody tells apart.
const MOST_GRADES: usize = 10;

/// Sets weights and grades. They hold from now on: what lies in the past keeps its own.
///
/// # Errors
/// `indicator-settings-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/indicator-settings", tag = "indicators", operation_id = "save_indicator_settings",
    request_body = IndicatorSettings, params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = IndicatorSettingsView, description = "Weights and grades")))]
pub(crate) async fn save(
    State(room): State<Assessment>,
    allowed: Allowed<rights::Weigh>,
    IfMatch(seen): IfMatch,
    Json(wanted): Json<IndicatorSettings>,
) -> Answer<Json<IndicatorSettingsView>> {
    let scope = allowed.scope();
    if scope.units.is_some() || !scope.covers_region(room.home_region()) {
        return Err(Problem::forbidden("scope-exceeded", "考核设置对全区生效，不在您的管辖范围内").into());
    }
    check(&wanted)?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let (version, before) = store::latest(&mut transaction, room.home_region()).await?.unwrap_or_else(|| (0, built_in()));
    if seen.is_some_and(|seen| seen != version) || !store::add(&mut transaction, room.home_region(), version + 1, now, &wanted).await? {
        return Err(Problem::precondition_failed("version-conflict", "考核设置刚被别人改过，请刷新后再改").into());
    }
    let change = SettingChange {
        region: room.home_region(),
        action: "indicator-settings-changed",
        target: room.home_region(),
        before: json!(before),
        after: json!(wanted),
    };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(IndicatorSettingsView::of(wanted, version + 1)))
}

fn invalid(field: &'static str, detail: impl Into<String>) -> Problem {
    Problem::invalid("indicator-settings-invalid", "考核设置填写有误").field(field, detail.into())
}

fn check(wanted: &IndicatorSettings) -> Result<(), Problem> {
    for (subject, weights) in &wanted.weights {
        if !indicator::SUBJECTS.contains(&subject.as_str()) {
            return Err(invalid("weights", format!("没有“{subject}”这类考核对象")));
        }
        for (at, weight) in weights.iter().enumerate() {
            check_weight(subject, weight)?;
            if weights.iter().take(at).any(|other| other.indicator == weight.indicator) {
                return Err(invalid("weights", "同一对象的一项指标只能有一个权重"));
            }
        }
        let sum: f64 = weights.iter().map(|weight| weight.weight).sum();
        if !weights.is_empty() && (sum - 100.0).abs() > 0.001 {
            return Err(invalid("weights", format!("各项权重合计应为 100，现为 {sum}")));
        }
    }
    let descending = wanted.grades.windows(2).all(|pair| pair[0].from > pair[1].from);
    let bounded = wanted.grades.iter().all(|grade| (0.0..=100.0).contains(&grade.from));
    let named = wanted.grades.iter().all(|grade| !grade.name.trim().is_empty() && grade.name.chars().count() <= 10);
    if wanted.grades.is_empty() || wanted.grades.len() > MOST_GRADES || !descending || !bounded || !named {
        return Err(invalid("grades", "等级 1 至 10 个，名称不超过 10 字，起始分由高到低且在 0 至 100 之间"));
    }
    if wanted.grades.last().is_none_or(|grade| grade.from > 0.0) {
        return Err(invalid("grades", "最后一个等级的起始分应为 0"));
    }
    Ok(())
}

fn check_weight(subject: &str, weight: &IndicatorWeight) -> Result<(), Problem> {
    let Some(indicator) = indicator::of(&weight.indicator).filter(|indicator| indicator.is_of_subject(subject)) else {
        return Err(invalid("weights", format!("这类对象没有指标“{}”", weight.indicator)));
    };
    if !(weight.weight > 0.0 && weight.weight <= 100.0) {
        return Err(invalid("weights", format!("“{}”的权重应大于 0、不超过 100", indicator.name)));
    }
    let by_steps = weight.scoring == IndicatorScoring::Steps;
    if !by_steps && indicator.denominator.is_none() {
        return Err(invalid("weights", format!("“{}”是计数，只能分档计分", indicator.name)));
    }
    let steps = &weight.steps;
    let ascending = steps.windows(2).all(|pair| pair[0].from < pair[1].from);
    let bounded = steps.iter().all(|step| (0.0..=100.0).contains(&step.points) && step.from.is_finite());
    let begins = steps.first().is_some_and(|step| step.from == 0.0);
    if by_steps != begins || steps.is_empty() == by_steps || steps.len() > MOST_STEPS || !ascending || !bounded {
        return Err(invalid("weights", format!("“{}”的分档应从 0 起由低到高，每档 0 至 100 分，最多 {MOST_STEPS} 档", indicator.name)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_brings_is_in_order() {
        check(&built_in()).unwrap();
    }

    #[test]
    fn weights_that_make_no_hundred_and_grades_that_leave_a_gap_are_refused() {
        let mut wanted = built_in();
        wanted.weights.get_mut("unit").unwrap()[0].weight = 20.0;
        assert!(check(&wanted).unwrap_err().fields[0].detail.contains("110"));
        let mut wanted = built_in();
        wanted.grades.pop();
        assert!(check(&wanted).is_err());
        let mut wanted = built_in();
        wanted.weights.get_mut("dispatcher").unwrap()[0].steps.clear();
        assert!(check(&wanted).is_err());
    }
}
