//! `GET /api/v1/centre/loans`: the loans, and the reminder of what is overdue.

use axum::extract::State;
use chrono::{Days, NaiveDate};
use database::keyset;
use docket::KeyOf;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    LoanState, loans,
    view::{CentreLoan, all},
};
use crate::{Centre, rights, service::Told, words::wrong};

/// Loans of a page.
const ROWS: usize = 50;
/// A borrower is reminded again after so many days. Provisional: the house's own.
const REMIND_EVERY: u64 = 3;

/// Which loans.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CentreLoanFilter {
    /// `asked`, `approved`, `refused`, `lent`, `returned`, `withdrawn`, `expired`; `open` for the first two and what is lent, `overdue`.
    state: Option<String>,
    /// Only the caller's own.
    #[serde(default)]
    mine: bool,
    volume: Option<Uuid>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Lists loans on the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/centre/loans", tag = "centre", operation_id = "list_centre_loans", params(CentreLoanFilter),
    responses((status = 200, body = Page<CentreLoan>, description = "A page of loans")))]
pub(crate) async fn list(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Query(filter): Query<CentreLoanFilter>,
) -> Answer<Json<Page<CentreLoan>>> {
    let me = allowed.caller.person.uuid();
    let mut wanted = loans::Wanted {
        borrower: filter.mine.then_some(me),
        volume: filter.volume,
        before: filter.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?,
        most: i64::try_from(ROWS).unwrap_or(50) + 1,
        ..loans::Wanted::default()
    };
    match filter.state.as_deref().unwrap_or_default() {
        "" => {}
        "open" => wanted.states = ["asked", "approved", "lent"].map(str::to_owned).to_vec(),
        "overdue" => wanted.overdue = Some(centre.today()),
        state if state.parse::<LoanState>().is_ok() => wanted.states = vec![state.to_owned()],
        _ => return Err(wrong("state", "没有这种状态").into()),
    }
    let items = all(&centre, &allowed.scope(), &wanted, me).await?;
    let (items, next_cursor) = keyset::page(items, ROWS, |it| it.id);
    Ok(Json(Page { items, next_cursor }))
}

impl Centre {
    /// Reminds the borrowers of overdue files, each every few days, and says how many; what was agreed to and has had its time ends.
    ///
    /// # Errors
    /// The database's.
    pub async fn remind(&self) -> Answer<usize> {
        let today = self.today();
        self.expire(today).await?;
        let mut transaction = self.database().pool().begin().await?;
        let overdue = loans::to_remind(&mut transaction, today, today - Days::new(REMIND_EVERY)).await?;
        for it in &overdue {
            let title = format!("借阅的档案 {}（案件 {}）应在 {} 前归还，已经超期", it.code, it.case_number, it.due_on);
            self.tell(&mut transaction, &[it.asked_by], &title, Some(it.docket)).await?;
            loans::reminded(&mut transaction, it.id, today).await?;
        }
        transaction.commit().await?;
        Ok(overdue.len())
    }

    /// Ends the loans that were agreed to and have had their time: the electronic file is shut, the paper file was never fetched.
    async fn expire(&self, today: NaiveDate) -> Answer<()> {
        let mut transaction = self.database().pool().begin().await?;
        for it in loans::expire(&mut transaction, today).await? {
            let key = KeyOf { region: it.region, id: it.docket.into() };
            let facts = json!({ "loan": it.id, "volume": it.code, "form": it.form, "state": LoanState::Expired });
            let told = Told { action: "centre-loan-expired", topic: Some("centre.loan-expired"), facts };
            self.note(&mut transaction, &key, None, told).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
