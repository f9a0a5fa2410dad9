//! `POST /api/v1/centre/loans/{id}/actions/{action}`: what becomes of a loan.

use axum::extract::State;
use chrono::Days;
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::{clock::shanghai, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    LoanForm, LoanState, LoanStep, VolumeState, loans,
    store::{self, VolumeRow},
    view::{CentreLoan, all},
};
use crate::{
    Centre, rights,
    service::Told,
    words::{NOTE, optional, required},
};

/// A loan is made longer so often at most. Provisional: the house's own.
const MOST_RENEWALS: i32 = 2;

/// A step of a loan (借阅办理).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreLoanChange {
    /// Of `refuse`: why; of `return`: how the file came back; else a remark.
    note: Option<String>,
}

fn no_loan() -> Problem {
    Problem::not_found("loan-not-found", "没有这次借阅，或者不在您的查看范围内")
}

fn state_wrong(row: &loans::LoanRow, step: LoanStep) -> Problem {
    let state = row.state.parse::<LoanState>().map_or("", LoanState::label);
    Problem::conflict("loan-state", format!("这次借阅{state}，不能办理“{}”", step.label())).cured_by("刷新后按现在的状态办理", None)
}

fn other_hand(why: &'static str) -> Problem {
    Problem::forbidden("loan-hands", why).cured_by("请另一名有权限的人员办理", None)
}

/// Takes a step. Who agrees, hands over and takes back is another than who borrows.
///
/// # Errors
/// `loan-not-found`, `loan-state`, `loan-hands`, `volume-lent`, `loan-overdue`, `loan-renewals`; `forbidden` without the step's own right;
/// a missing reason.
#[utoipa::path(post, path = "/api/v1/centre/loans/{id}/actions/{action}", tag = "centre", operation_id = "take_centre_loan_step",
    request_body = CentreLoanChange,
    params(("id" = Uuid, Path, description = "The loan"), ("action" = String, Path, description = "approve, refuse, withdraw, hand-over, return, renew, inspect")),
    responses((status = 200, body = CentreLoan, description = "The loan")))]
pub(crate) async fn step(
    State(centre): State<Centre>,
    allowed: Allowed<rights::BorrowVolumes>,
    Path((id, action)): Path<(Uuid, String)>,
    Json(wanted): Json<CentreLoanChange>,
) -> Answer<Json<CentreLoan>> {
    let (caller, scope) = (&allowed.caller, allowed.scope());
    let mut transaction = centre.database().pool().begin().await?;
    let this = loans::Wanted { id: Some(id), most: 1, ..loans::Wanted::default() };
    let volume = loans::list(&mut transaction, &scope, centre.home_region(), &this).await?.pop().ok_or_else(no_loan)?.loan.volume;
    let step: LoanStep = action.parse().map_err(|()| Problem::not_found("loan-step-unknown", "没有这个操作"))?;
    may(caller, step)?;
    // The volume is held before the loan is read again: two who hand it over at once do so one after another.
    let volume = store::hold(&mut transaction, &scope, centre.home_region(), volume).await?.ok_or_else(no_loan)?;
    let mut row = loans::list(&mut transaction, &scope, centre.home_region(), &this).await?.pop().ok_or_else(no_loan)?.loan;
    apply(&centre, &mut transaction, caller, (&mut row, &volume), step, wanted.note.as_deref()).await?;
    loans::update(&mut transaction, &row).await?;
    let key = KeyOf { region: row.region.clone(), id: volume.docket.into() };
    let facts = json!({ "loan": row.id, "volume": volume.code, "form": row.form, "state": row.state, "due_on": row.due_on });
    let (action, topic) = verbs(step);
    centre.note(&mut transaction, &key, Some(caller), Told { action, topic: Some(topic), facts }).await?;
    if matches!(step, LoanStep::Approve | LoanStep::Refuse | LoanStep::Renew) {
        let title = format!("档案 {}（案件 {}）的借阅：{}", volume.code, volume.case_number, step.label());
        centre.tell(&mut transaction, &[row.asked_by], &title, Some(volume.docket)).await?;
    }
    transaction.commit().await?;
    let shown = all(&centre, &scope, &this, caller.person.uuid()).await?.pop();
    Ok(Json(shown.ok_or_else(no_loan)?))
}

fn may(caller: &Caller, step: LoanStep) -> Result<(), Problem> {
    match step {
        LoanStep::Approve | LoanStep::Refuse | LoanStep::Renew => Allowed::<rights::DecideLoans>::check(caller.clone()).map(drop),
        LoanStep::HandOver | LoanStep::Return => Allowed::<rights::KeepStores>::check(caller.clone()).map(drop),
        LoanStep::Withdraw | LoanStep::Inspect => Ok(()),
    }
}

const fn verbs(step: LoanStep) -> (&'static str, &'static str) {
    match step {
        LoanStep::Approve => ("centre-loan-approved", "centre.loan-approved"),
        LoanStep::Refuse => ("centre-loan-refused", "centre.loan-refused"),
        LoanStep::Withdraw => ("centre-loan-withdrawn", "centre.loan-withdrawn"),
        LoanStep::HandOver => ("centre-lent", "centre.lent"),
        LoanStep::Return => ("centre-returned", "centre.returned"),
        LoanStep::Renew => ("centre-loan-renewed", "centre.loan-renewed"),
        LoanStep::Inspect => ("centre-inspected", "centre.inspected"),
    }
}

async fn apply(
    centre: &Centre,
    connection: &mut PgConnection,
    caller: &Caller,
    (row, volume): (&mut loans::LoanRow, &VolumeRow),
    step: LoanStep,
    note: Option<&str>,
) -> Answer<()> {
    let (me, now, today) = (caller.person.uuid(), centre.now(), centre.today());
    let (state, form): (LoanState, LoanForm) = match (row.state.parse(), row.form.parse()) {
        (Ok(state), Ok(form)) => (state, form),
        _ => return Err(no_loan().into()),
    };
    let days = Days::new(u64::from(row.days.unsigned_abs()));
    let own = row.asked_by == me;
    let next = match (state, step, form) {
        (LoanState::Asked, LoanStep::Approve | LoanStep::Refuse, _) => {
            if own {
                return Err(other_hand("自己的借阅由另一人审批").into());
            }
            let agreed = step == LoanStep::Approve;
            row.decision = if agreed {
                optional("note", "意见", note, NOTE)?
            } else {
                Some(required("note", "不同意的理由", note.unwrap_or_default(), NOTE)?)
            };
            (row.decided_by, row.decided_at) = (Some(me), Some(now));
            // An electronic file is there at once; a paper file counts from the day it is handed over.
            row.due_on = (agreed && form == LoanForm::Electronic).then(|| today + days);
            if agreed { LoanState::Approved } else { LoanState::Refused }
        }
        (LoanState::Asked | LoanState::Approved, LoanStep::Withdraw, _) => {
            if !own {
                return Err(other_hand("借阅申请由申请人自己撤回").into());
            }
            LoanState::Withdrawn
        }
        (LoanState::Approved, LoanStep::HandOver, LoanForm::Paper) => {
            if own {
                return Err(other_hand("档案由保管人员交出，不能自己交给自己").into());
            }
            let until = row.decided_at.map(|at| at.with_timezone(&shanghai()).date_naive() + days);
            if until.is_some_and(|until| until < today) {
                return Err(Problem::conflict("loan-overdue", "同意借阅以后没有按期领取，已经失效").cured_by("重新申请", None).into());
            }
            if volume.state != VolumeState::Shelved.code() {
                return Err(Problem::conflict("volume-lent", "档案不在架上，不能交出").cured_by("等前一人归还，或者核对位置", None).into());
            }
            store::stand(connection, volume.id, VolumeState::Lent.code()).await?;
            (row.handed_by, row.handed_at, row.due_on) = (Some(me), Some(now), Some(today + days));
            LoanState::Lent
        }
        (LoanState::Lent, LoanStep::Return, _) => {
            if own {
                return Err(other_hand("归还由保管人员点收，不能自己点收").into());
            }
            row.condition = Some(required("note", "归还时的情况（册数、页数、有无损坏）", note.unwrap_or_default(), NOTE)?);
            store::stand(connection, volume.id, VolumeState::Shelved.code()).await?;
            (row.returned_to, row.returned_at) = (Some(me), Some(now));
            LoanState::Returned
        }
        (LoanState::Lent, LoanStep::Renew, _) => {
            if own {
                return Err(other_hand("自己的续借由另一人同意").into());
            }
            let due = row.due_on.unwrap_or(today);
            if due < today {
                return Err(Problem::conflict("loan-overdue", "已经超期，不能续借").cured_by("先归还，再重新申请", None).into());
            }
            if row.renewals >= MOST_RENEWALS {
                return Err(Problem::conflict("loan-renewals", format!("最多续借 {MOST_RENEWALS} 次"))
                    .cured_by("先归还，再重新申请", None)
                    .into());
            }
            (row.renewals, row.due_on) = (row.renewals + 1, Some(due + days));
            LoanState::Lent
        }
        (LoanState::Approved, LoanStep::Inspect, LoanForm::Electronic) => {
            if !own {
                return Err(other_hand("只有申请人可以查阅").into());
            }
            if row.due_on.is_some_and(|due| due < today) {
                return Err(Problem::conflict("loan-overdue", "查阅期限已过").cured_by("重新申请", None).into());
            }
            loans::inspected(connection, row.id, me, now).await?;
            LoanState::Approved
        }
        _ => return Err(state_wrong(row, step).into()),
    };
    next.code().clone_into(&mut row.state);
    Ok(())
}
