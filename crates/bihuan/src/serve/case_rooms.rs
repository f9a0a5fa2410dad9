//! The room of cases as documents and archives see it: who may see a case, and who may add to it.

use archives::{CaseContents, CasePaper, CaseTold};
use async_trait::async_trait;
use cases::{Cases, OpenedCase};
use docket::{Actor, Change, Header, KeyOf, NewEntry, ledger::payload};
use documents::{Documents, Doing, Done, Owner};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use kernel::{clock::SharedClock, problem::Problem};
use parties::{Paper, Papers};
use payments::Payments;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::case_evidence::{handled, may_by};

/// Cases that dossiers are made of.
pub struct CasesWithPapers {
    /// The cases.
    pub cases: Cases,
    /// Their documents.
    pub documents: Documents,
}

impl CaseContents for CasesWithPapers {
    fn told<'a>(&'a self, caller: &'a Caller, case: Uuid) -> BoxFuture<'a, Answer<CaseTold>> {
        Box::pin(async move {
            let opened = self.cases.opened(caller, case).await?;
            let told = self.cases.told(caller, case).await?;
            let key = opened.header.key();
            let issued = self.documents.issued(&key).await?;
            let papers = issued.into_iter().map(|paper| CasePaper { title: paper.title, file: paper.file }).collect();
            Ok(CaseTold { key, number: opened.header.number, told, papers })
        })
    }
}

/// The issued documents of cases, for the pages of their parties.
pub struct IssuedPapers(pub Documents);

impl Papers for IssuedPapers {
    fn issued<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<Paper>>> {
        Box::pin(async move {
            let issued = self.0.issued(case).await?;
            let papers = issued.into_iter().filter_map(|it| {
                let (file, issued_at) = (it.file.to_string(), it.issued_at?);
                Some(Paper { id: it.id, kind: it.kind, title: it.title, file, issued_at, void: it.void })
            });
            Ok(papers.collect())
        })
    }
}

/// Cases that documents belong to.
pub struct CasesWithDocuments {
    /// The cases.
    pub cases: Cases,
    /// When a document was issued.
    pub clock: SharedClock,
    /// What is owed.
    pub payments: Payments,
}

/// Whose hand a kind of document needs instead of the officers': the right of the cases' room, and the article that keeps them apart.
fn other_hand(kind: Option<&str>) -> Option<(&'static str, &'static str)> {
    match kind {
        Some("D02") => Some(("case.review", "行政处罚法第五十八条")),
        Some("D10" | "D11") => Some(("case.host", "行政处罚法第六十四条第四项")),
        Some("D12") => Some(("case.approve", "行政处罚法第五十七条第二款")),
        _ => None,
    }
}

/// Refuses a document that is not of the caller's hand.
fn in_hand(case: &OpenedCase, caller: &Caller, doing: Doing, kind: Option<&str>) -> Result<(), Problem> {
    let handles = case.officers.contains(&caller.person.uuid());
    if let Some((right, article)) = other_hand(kind) {
        if case.is_over {
            return Err(Problem::conflict("case-over", "案件已经归档或者并入他案，不能再添加材料"));
        }
        if handles || !may_by(caller, right) {
            let why = "这份文书不由承办人制作：由法制审核人员、听证主持人或者机关负责人制作";
            return Err(Problem::forbidden("document-of-another-hand", why).citing(article));
        }
        return Ok(());
    }
    // What was decided is taken back by who decides.
    if doing == Doing::Void && matches!(kind, Some("D14" | "D15" | "D16")) && !handles && may_by(caller, "case.approve") && !case.is_over {
        return Ok(());
    }
    handled(case, caller)?;
    if doing == Doing::Void && matches!(kind, Some("D14" | "D15" | "D16")) {
        let why = "处罚决定书和不予处罚决定书由机关负责人作废，承办人不能作废";
        return Err(Problem::forbidden("document-of-another-hand", why).citing("行政处罚法第五十七条"));
    }
    Ok(())
}

#[async_trait]
impl Owner for CasesWithDocuments {
    fn kind(&self) -> &'static str {
        "case"
    }

    async fn allow(&self, caller: &Caller, docket: &KeyOf, doing: Doing, kind: Option<&str>) -> Answer<Header> {
        let case = self.cases.opened(caller, docket.id.uuid()).await?;
        match doing {
            Doing::See => return Ok(case.header),
            Doing::Read => {
                if !case.officers.contains(&caller.person.uuid()) {
                    self.cases.read_by(caller, docket, kind).await?;
                }
                return Ok(case.header);
            }
            Doing::Write | Doing::Issue | Doing::Void => in_hand(&case, caller, doing, kind)?,
        }
        if doing == Doing::Issue && kind.is_some_and(|kind| !case.may_issue(kind)) {
            let why = "这份文书所记载的环节还没有办理，不能先行签发；先在“下一步”里办理该环节";
            return Err(Problem::conflict("document-too-early", why).citing("行政处罚法第五十七条").into());
        }
        Ok(case.header)
    }

    async fn known(&self, caller: &Caller, docket: &KeyOf, kind: &str) -> Answer<Map<String, Value>> {
        let mut known = self.cases.known_of_document(caller, docket.id.uuid(), kind).await?;
        if kind == "E06"
            && let Some(of) = self.payments.known(docket).await?
        {
            // 行政强制法第三十五条第三项: a clear sum, and how it is paid.
            known.insert("fine_fen".to_owned(), json!(of.fine_fen));
            known.insert("extra_fen".to_owned(), json!(of.surcharge_fen));
            known.insert("total_fen".to_owned(), json!(of.fine_fen + of.surcharge_fen));
            known.insert("payment".to_owned(), json!({ "bank": of.bank, "bank_address": "", "account": of.account, "online": of.online }));
        }
        Ok(known)
    }

    async fn fits(&self, connection: &mut PgConnection, docket: &KeyOf, kind: &str, says: &Value) -> Answer<()> {
        match kind {
            "D14" | "D15" => self.cases.fits_decision(connection, docket, says).await,
            _ => Ok(()),
        }
    }

    async fn hear(&self, connection: &mut PgConnection, caller: &Caller, docket: &KeyOf, done: &Done) -> Answer<()> {
        let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
        let locked = docket::lock(connection, docket, None).await?.ok_or_else(gone)??;
        let line = payload([
            ("document", json!(done.document)),
            ("kind", json!(done.kind)),
            ("number", json!(done.number)),
            ("digest", json!(done.file.as_ref().map(|file| format!("sha256:{file}")))),
            ("reason", json!(done.reason)),
        ]);
        let action = if done.doing == Doing::Void { "document-voided" } else { "document-issued" };
        let entry =
            NewEntry { actor: Actor::Person(caller.person), role: caller.roles.first().cloned(), action, place: None, payload: line };
        locked.change(connection, self.clock.now(), Change { details: true, entries: vec![entry], ..Change::default() }).await?;
        Ok(())
    }
}
