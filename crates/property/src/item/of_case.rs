//! `GET /api/v1/cases/{id}/property`: what was taken in a case, and where it is.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Hold, Measure, held::PropertyHold, list::PropertyRow, store};
use crate::{CaseProperty, HoldState, Property, Wish, rights};

/// What was taken in a case (案件财物).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasePropertyView {
    items: Vec<PropertyRow>,
    /// How the registration stands; nothing where there never was one.
    registration: Option<PropertyHold>,
    /// How the seizure stands.
    seizure: Option<PropertyHold>,
    /// The ordinals of the parties.
    parties: Vec<i16>,
    /// The measures under which things may be entered now.
    measures: Vec<Measure>,
    /// What does not fit: things that are still kept although the case says that they are dealt with, or although the period is over; a
    /// measure without a list.
    warnings: Vec<String>,
    /// Whether the caller may enter things now; the reason where not.
    may_enter: bool,
    refusal: Option<String>,
}

/// What does not fit between the case and the register.
fn warnings(items: &[PropertyRow], holds: &[Hold], case: &CaseProperty) -> Vec<String> {
    let mut told = Vec::new();
    for hold in holds {
        let same =
            |row: &&PropertyRow| row.measure == hold.measure || (row.measure == Measure::Sealing && hold.measure == Measure::Seizure);
        let kept = items.iter().filter(same).filter(|row| !row.state.is_gone()).count();
        let word = if hold.measure == Measure::Registration { "先行登记保存" } else { "查封、扣押" };
        match hold.state {
            HoldState::Settled if case.merged && kept > 0 => {
                told.push(format!("案件已经并入他案，{word}的 {kept} 件随主案处理，在这里不能退还、移交或者销毁"));
            }
            HoldState::Settled if kept > 0 && !case.forfeits => {
                told.push(format!("案件对{word}已经作出处理，仍有 {kept} 件没有退还、移交，应当立即办理（行政强制法第二十八条第二款）"));
            }
            HoldState::Settled if kept > 0 && case.contested => {
                told.push(format!("没收决定正在复议、诉讼，{kept} 件在结束以前不得处置"));
            }
            HoldState::Settled if kept > 0 => {
                told.push(format!("案件已经决定没收，仍有 {kept} 件没有退还、拍卖、上缴或者销毁（行政处罚法第七十四条）"));
            }
            HoldState::Expired => told.push(format!(
                "{word}已经超过期限，应当立即解除并退还（{}）；登记在册 {kept} 件",
                if hold.measure == Measure::Registration { "行政处罚法第五十六条" } else { "行政强制法第二十八条" }
            )),
            HoldState::Standing if !items.iter().any(|row| same(&row)) => {
                told.push(format!("已经{word}，还没有登记物品：清单应当当场制作并交付（行政强制法第二十四条）"));
            }
            _ => {}
        }
    }
    let taken = items.iter().filter(|row| row.measure == Measure::Confiscated && !row.state.is_gone()).count();
    if taken > 0 && !case.forfeits {
        told.push(format!("没收决定已经撤销或者不再执行，仍有 {taken} 件没收的财物，应当立即退还（国家赔偿法第三十六条第一项）"));
    }
    told
}

/// Shows what was taken in a case.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/property", tag = "property", operation_id = "list_case_property",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CasePropertyView, description = "The items")))]
pub(crate) async fn of_case(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CasePropertyView>> {
    let case = room.cases().opened(&allowed.caller, id, Wish::See).await?;
    let entering = match Allowed::<rights::KeepProperty>::check(allowed.caller.clone()) {
        Ok(_) => room.cases().opened(&allowed.caller, id, Wish::Enter).await.err().map(|refused| refused.problem().detail.clone()),
        Err(refused) => Some(refused.detail),
    };
    let now = room.clock().now();
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::of_case(&mut connection, &case.key).await?;
    let cases = [case];
    let items: Vec<PropertyRow> = rows.into_iter().filter_map(|row| PropertyRow::of(row, &cases, now)).collect();
    let [case] = cases;
    let holds: Vec<Hold> = [Measure::Registration, Measure::Seizure].iter().filter_map(|measure| Hold::of(*measure, &case)).collect();
    let shown = |measure: Measure| holds.iter().find(|hold| hold.measure == measure).map(|hold| hold.shown(now));
    let open = |measure: Measure| holds.iter().any(|hold| hold.measure == measure && hold.state != HoldState::Settled);
    let mut measures = Vec::new();
    if open(Measure::Registration) {
        measures.push(Measure::Registration);
    }
    if open(Measure::Seizure) {
        measures.extend([Measure::Seizure, Measure::Sealing]);
    }
    if case.forfeits {
        measures.push(Measure::Confiscated);
    }
    let none = "案件还没有办理先行登记保存、查封扣押或者没收，没有可以登记的财物".to_owned();
    let refusal = entering.or_else(|| measures.is_empty().then_some(none));
    Ok(Json(CasePropertyView {
        warnings: warnings(&items, &holds, &case),
        registration: shown(Measure::Registration),
        seizure: shown(Measure::Seizure),
        parties: case.parties,
        may_enter: refusal.is_none(),
        refusal,
        measures,
        items,
    }))
}
