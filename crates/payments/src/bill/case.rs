//! The bill of a case for its page (案件缴款): the bill, or why there is none, and what a reminder needs.

use axum::extract::State;
use chrono::NaiveDate;
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    BillState,
    make::{against, handled},
    standing, store,
    view::{self, FineBill},
};
use crate::{FinedCase, Known, Payments, payee, rights};

/// What must be there before the court is applied to (催告和申请执行的要件).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineNeed {
    /// What.
    words: String,
    /// The article.
    article: &'static str,
    /// It is there.
    met: bool,
}

/// The bill of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseFineBill {
    #[serde(skip_serializing_if = "Option::is_none")]
    bill: Option<FineBill>,
    /// The caller may make one now.
    may_make: bool,
    /// The caller may divide the fine into parts now.
    may_divide: bool,
    /// Why not, in the server's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<String>,
    /// The last day of what was put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    deferred_until: Option<NaiveDate>,
    /// Of an overdue bill.
    needs: Vec<FineNeed>,
}

/// What must be there before the court is applied to: what the case's own table holds, and nothing counted here.
fn needs_of(bill: &FineBill, case: &FinedCase) -> Vec<FineNeed> {
    let yuan = |fen: i64| law::surcharge::yuan(u64::try_from(fen).unwrap_or_default());
    let need = |met, article, words: String| FineNeed { words, article, met };
    let reminded = case.reminded_on.is_some();
    let most = if bill.owed.capped { "（已达罚款数额，不再增加）" } else { "" };
    let sums = format!("罚款 {}，加处罚款 {}{most}", yuan(bill.owed.fine_fen), yuan(bill.owed.surcharge_fen));
    let court = match (case.court_closed, case.court_until) {
        (true, _) => "申请人民法院强制执行的三个月期限已经届满".to_owned(),
        (false, Some(until)) => format!("在复议、诉讼期限届满之日起三个月内申请（{until} 以前）"),
        (false, None) => "在复议、诉讼期限届满之日起三个月内申请".to_owned(),
    };
    vec![
        need(true, "行政处罚法第六十七条第三款", format!("缴款期限已过（{}）", bill.owed.next_due_on.unwrap_or(bill.due_on))),
        need(reminded, "行政强制法第三十五条第三项", format!("催告书写明金额和给付方式：{sums}")),
        need(reminded, "行政强制法第三十五条第一、二、四项", "催告书写明履行期限、方式和陈述申辩权".to_owned()),
        need(
            reminded,
            "行政强制法第五十四条",
            case.reminded_on.map_or_else(|| "催告书已送达".to_owned(), |on| format!("催告书已送达（{on}）")),
        ),
        need(case.reminder_over, "行政强制法第五十四条、第六十九条", "催告书送达满十个工作日仍未履行".to_owned()),
        need(case.remedy_over, "行政强制法第五十三条", "复议、诉讼期限已经届满，没有正在进行的复议、诉讼".to_owned()),
        need(case.remedy_over && !case.court_closed, "行政强制法第五十三条", court),
    ]
}

/// Reads the bill of a case that one may see.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/fine-bill", tag = "payments", operation_id = "read_fine_bill",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CaseFineBill, description = "The bill, if there is one")))]
pub(crate) async fn show(
    State(room): State<Payments>,
    allowed: Allowed<rights::SeePayments>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CaseFineBill>> {
    let seen = room.cases().seen(&allowed.caller, id).await?;
    let mut transaction = room.database().pool().begin().await?;
    let _held = room.hold(&mut transaction, &seen.key).await?;
    let bills = store::of_case(&mut *transaction, &seen.key.region, id).await?;
    let mut bill = bills.into_iter().next();
    let case = match &mut bill {
        Some(bill) => standing(&room, &mut transaction, bill, room.clock().now()).await?,
        None => room.cases().fine(&mut transaction, &seen.key).await?,
    };
    let has_bill = bill.as_ref().is_some_and(|bill| !matches!(bill.state(), BillState::Cancelled | BillState::Refunded));
    let has_payee = payee::store::newest(&mut *transaction, room.home_region()).await?.is_some();
    let may = allowed.caller.may::<rights::MakeBills>() && handled(&case, &allowed.caller).is_ok();
    let problem = against(&case, has_bill, has_payee);
    let bill = match bill {
        Some(bill) => Some(view::whole(&room, &mut transaction, bill, &case).await?),
        None => None,
    };
    transaction.commit().await?;
    let open = bill.as_ref().filter(|bill| matches!(bill.state, BillState::Open | BillState::Partly));
    let due = |bill: &&FineBill| bill.owed.next_due_on.is_some_and(|due| due < room.today());
    let needs = open.filter(due).map_or_else(Vec::new, |bill| needs_of(bill, &case));
    Ok(Json(CaseFineBill {
        may_make: may && problem.is_none(),
        may_divide: may && case.deferred && open.is_some(),
        refusal: problem.filter(|_| bill.is_none()).map(|problem| problem.detail),
        deferred_until: case.deferred_until.filter(|_| case.deferred),
        needs,
        bill,
    }))
}

impl Payments {
    /// The bank and account that fines are paid into, and whether it can be done online; nothing before a person set it.
    ///
    /// # Errors
    /// The database's.
    pub async fn payee(&self) -> Answer<Option<(String, String, bool)>> {
        let row = payee::store::newest(self.database().pool(), self.home_region()).await?;
        Ok(row.map(|row| (row.bank, row.account, self.provider().is_some())))
    }

    /// What is owed of a case's fine today, for a document; nothing without a bill that waits for money.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn known(&self, key: &KeyOf) -> Answer<Option<Known>> {
        let mut connection = self.database().pool().acquire().await?;
        let bills = store::of_case(&mut *connection, &key.region, key.id.uuid()).await?;
        let Some(bill) = bills.into_iter().find(|bill| matches!(bill.state(), BillState::Open | BillState::Partly)) else {
            return Ok(None);
        };
        let case = self.cases().fine(&mut connection, key).await?;
        let owed = super::account(&mut connection, &bill, &case).await?.owed(self.today())?;
        let payee = payee::store::of_version(&mut *connection, &bill.region, bill.payee).await?;
        Ok(Some(Known {
            fine_fen: owed.fine_fen,
            surcharge_fen: owed.surcharge_fen,
            capped: owed.surcharge.capped,
            until: owed.surcharge.until,
            bank: payee.bank,
            account: payee.account,
            online: self.provider().is_some(),
        }))
    }
}
