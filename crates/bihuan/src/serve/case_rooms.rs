//! The room of cases as documents and archives see it: who may see a case, and who may add to it.

use std::sync::Arc;

use archives::{CaseContents, CasePaper, CaseTold};
use async_trait::async_trait;
use cases::{Cases, DecisionServed, OpenedCase};
use chrono::{DateTime, NaiveDate, Utc};
use docket::{Actor, Change, Header, KeyOf, NewEntry, ledger::payload};
use documents::{Documents, Doing, Done, Owner, ServedDecision};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use kernel::{
    calendar::Calendar,
    clock::{SharedClock, shanghai},
    problem::Problem,
};
use law::surcharge::yuan;
use parties::{Paper, Papers};
use payments::Payments;
use publication::{
    DecisionStanding,
    period::{PublicationSeverity, shown_for},
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    case_evidence::{handled, may_by},
    publications::standing,
};

/// Cases that dossiers are made of.
pub struct CasesWithPapers {
    /// The cases.
    pub cases: Cases,
    /// Their documents.
    pub documents: Documents,
    /// What is owed.
    pub payments: Payments,
}

/// What is to be executed (申请强制执行标的情况), in plain words.
fn owed(of: payments::Known) -> Vec<String> {
    let fen = |fen: i64| yuan(u64::try_from(fen).unwrap_or_default());
    let capped = if of.capped { "，已达罚款数额，不再增加" } else { "" };
    vec![
        format!("罚款未缴 {}", fen(of.fine_fen)),
        format!("加处罚款未缴 {}（算至 {}{capped}）", fen(of.surcharge_fen), of.until),
        format!("合计 {}", fen(of.fine_fen + of.surcharge_fen)),
    ]
}

impl CaseContents for CasesWithPapers {
    fn told<'a>(&'a self, caller: &'a Caller, case: Uuid) -> BoxFuture<'a, Answer<CaseTold>> {
        Box::pin(async move {
            let opened = self.cases.opened(caller, case).await?;
            let told = self.cases.told(caller, case).await?;
            let key = opened.header.key();
            let issued = self.documents.issued(&key).await?;
            let papers =
                issued.into_iter().map(|it| CasePaper { kind: it.kind, part: it.part, title: it.title, file: it.file, void: it.void });
            Ok(CaseTold { key, number: opened.header.number, told, papers: papers.collect() })
        })
    }

    fn subject<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<String>>> {
        Box::pin(async move { Ok(self.payments.known(case).await?.filter(|of| of.fine_fen + of.surcharge_fen > 0).map_or(vec![], owed)) })
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
    /// Working days.
    pub calendar: Arc<Calendar>,
}

/// Refuses a document whose days are not those that its article gives, in working days (行政处罚法第八十五条、行政强制法第六十九条).
fn in_working_days(calendar: &Calendar, kind: &str, says: &Value) -> Result<(), Problem> {
    let day = |field: &str| says[field].as_str().and_then(|text| text.get(..10)).and_then(|text| text.parse::<NaiveDate>().ok());
    let late = |begin: Option<NaiveDate>, end: Option<NaiveDate>| {
        begin.zip(end).map(|(begin, end)| (calendar.nth_working_day_after(begin, 7), end)).filter(|(limit, end)| end > limit)
    };
    let (field, article, why) = match kind {
        "B08" => match late(day("dated_on"), day("to_on")) {
            Some((limit, _)) => ("to_on", "行政处罚法第五十六条", format!("先行登记保存的处理期限为七个工作日，不得晚于 {limit}")),
            None => return Ok(()),
        },
        "B09" => match late(day("registered_on"), day("dated_on")) {
            Some((limit, _)) => {
                ("dated_on", "行政处罚法第五十六条", format!("应当在七个工作日内（至 {limit}）作出处理决定；逾期的，登记保存已经解除"))
            }
            None => return Ok(()),
        },
        "E10" if says["part"] == "reminder" => {
            match day("begun_at").map(|begin| calendar.nth_working_day_before(begin, 3)).zip(day("dated_on")) {
                Some((latest, dated)) if dated > latest => {
                    ("dated_on", "行政强制法第五十一条第一款第二项", format!("代履行三个工作日前催告，催告书不得晚于 {latest}"))
                }
                _ => return Ok(()),
            }
        }
        _ => return Ok(()),
    };
    Err(Problem::conflict("document-out-of-time", why.clone()).field(field, why).citing(article))
}

/// Whose hand a kind of document needs instead of the officers': the right of the cases' room, and the article that keeps them apart.
fn other_hand(kind: Option<&str>) -> Option<(&'static str, &'static str)> {
    match kind {
        Some("B12") => Some(("case.review", "行政处罚法第四十一条")),
        Some("D02") => Some(("case.review", "行政处罚法第五十八条")),
        Some("D10" | "D11") => Some(("case.host", "行政处罚法第六十四条第四项")),
        Some("D12") => Some(("case.approve", "行政处罚法第五十七条第二款")),
        _ => None,
    }
}

/// The article by which a paper is the decision of the head of the organ; `part` tells which paper of its kind it is, where there are several.
fn of_the_head(kind: &str, part: Option<&str>) -> Option<&'static str> {
    match (kind, part) {
        ("A04", _) => Some("行政处罚法第五十七条"),
        ("A08", Some("decision")) => Some("行政处罚法第四十三条第三款"),
        ("B07", _) => Some("行政处罚法第五十六条"),
        ("C01", _) => Some("行政强制法第十八条第一项"),
        ("C05", Some("approval")) => Some("行政强制法第二十五条第一款"),
        ("D20" | "D21", _) => Some("行政处罚法第六十条"),
        ("E05", Some("approval")) => Some("行政处罚法第六十六条第二款"),
        ("E13", Some("approval")) => Some("行政强制法第三十九条、第四十条"),
        ("F01", _) => Some("行政执法机关移送涉嫌犯罪案件的规定第五条第二款"),
        _ => None,
    }
}

/// Whether a kind holds a paper that the head of the organ decides.
fn may_be_of_the_head(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| [None, Some("decision"), Some("approval")].into_iter().any(|part| of_the_head(kind, part).is_some()))
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
    // Officers draft what the head decides; the head writes the decision into it and issues it.
    if may_be_of_the_head(kind) && !handles && may_by(caller, "case.approve") && !case.is_over {
        return Ok(());
    }
    handled(case, caller)?;
    if doing == Doing::Void && matches!(kind, Some("D14" | "D15" | "D16")) {
        let why = "处罚决定书和不予处罚决定书由机关负责人作废，承办人不能作废";
        return Err(Problem::forbidden("document-of-another-hand", why).citing("行政处罚法第五十七条"));
    }
    Ok(())
}

/// What goes with a decision, as far as its case and the rule of publication know it: its day, and from when credit may be repaired.
fn companion_knows(decided: Option<DecisionStanding>, now: DateTime<Utc>) -> Map<String, Value> {
    let today = now.with_timezone(&shanghai()).date_naive();
    let mut known = Map::from_iter([("advised_on".to_owned(), json!(today)), ("noticed_on".to_owned(), json!(today))]);
    if let Some(standing) = decided {
        let severity = PublicationSeverity::of(&standing);
        let shown = shown_for(severity, standing.natural);
        let (from, ends) = shown.days(standing.decided_at.with_timezone(&shanghai()).date_naive());
        known.insert("severity".to_owned(), json!(severity.label()));
        known.insert("earliest_on".to_owned(), json!(from));
        known.insert("ends_on".to_owned(), json!(ends));
        known.insert("source".to_owned(), json!(shown.source));
    }
    known
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
        if matches!(kind, "D24" | "D25") {
            let (_, decided) = self.cases.decided_seen(caller, docket.id.uuid()).await?;
            known.extend(companion_knows(decided.map(standing), self.clock.now()));
        }
        if matches!(kind, "D14" | "D15")
            && let Some((bank, account, online)) = self.payments.payee().await?
        {
            known.insert("payment".to_owned(), json!({ "bank": bank, "bank_address": "", "account": account, "online": online }));
        }
        if matches!(kind, "E04" | "E06" | "E07" | "E12" | "E14")
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

    async fn signs(&self, caller: &Caller, docket: &KeyOf, kind: &str, part: Option<&str>) -> Answer<()> {
        let Some(article) = of_the_head(kind, part) else { return Ok(()) };
        let case = self.cases.opened(caller, docket.id.uuid()).await?;
        if case.officers.contains(&caller.person.uuid()) || !may_by(caller, "case.approve") {
            let why = "这份文书由机关负责人决定：承办人拟制，由不承办本案的负责人签发";
            return Err(Problem::forbidden("document-of-another-hand", why).citing(article).into());
        }
        Ok(())
    }

    async fn facts(&self, caller: &Caller, docket: &KeyOf) -> Answer<Map<String, Value>> {
        self.cases.facts_of_document(caller, docket.id.uuid()).await
    }

    async fn served_decisions(&self, caller: &Caller, from: DateTime<Utc>, until: DateTime<Utc>, most: i64) -> Answer<Vec<ServedDecision>> {
        let served = self.cases.decisions_served(caller, from, until, most).await?;
        let told = |it: DecisionServed| ServedDecision { docket: it.id, number: it.number, title: it.title, entered_at: it.entered_at };
        Ok(served.into_iter().map(told).collect())
    }

    async fn fits(&self, connection: &mut PgConnection, docket: &KeyOf, kind: &str, says: &Value) -> Answer<()> {
        match kind {
            "D14" | "D15" => self.cases.fits_decision(connection, docket, says).await,
            "D24" | "D25" => self.cases.require_decision(connection, docket).await,
            _ => Ok(in_working_days(&self.calendar, kind, says)?),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Over the National Day holiday of 2026: the seventh working day after 28 September is 13 October, the third before 9 October 29 September.
    #[test]
    fn seven_and_three_days_are_working_days() {
        let calendar = Calendar::shipped();
        let fits = |kind: &str, says: Value| in_working_days(&calendar, kind, &says).is_ok();
        for (last, within) in [("2026-10-13", true), ("2026-10-14", false)] {
            assert_eq!(fits("B08", json!({ "dated_on": "2026-09-28", "to_on": last })), within, "{last}");
            assert_eq!(fits("B09", json!({ "registered_on": "2026-09-28", "dated_on": last })), within, "{last}");
        }
        for (dated, within) in [("2026-09-29", true), ("2026-09-30", false)] {
            let says = |part: &str| json!({ "part": part, "dated_on": dated, "begun_at": "2026-10-09T09:00:00" });
            assert_eq!(fits("E10", says("reminder")), within, "{dated}");
            assert!(fits("E10", says("bill")));
        }
    }

    /// A part that its kind does not have would be nobody's.
    #[test]
    fn what_the_head_decides_are_papers_that_there_are() {
        let mut found = Vec::new();
        for kind in documents::kinds() {
            let parts: Vec<Option<&str>> = match kind.parts.as_slice() {
                [] => vec![None],
                parts => parts.iter().map(|part| Some(part.code.as_str())).collect(),
            };
            for part in parts.into_iter().filter(|part| of_the_head(&kind.code, *part).is_some()) {
                assert!(may_be_of_the_head(Some(&kind.code)), "{}", kind.code);
                found.push([kind.code.as_str(), part.unwrap_or_default()].join(" ").trim().to_owned());
            }
        }
        let wanted = [
            "A04",
            "A08 decision",
            "B07",
            "C01",
            "C05 approval",
            "D20",
            "D21 suspend",
            "D21 resume",
            "E05 approval",
            "E13 approval",
            "F01",
        ];
        assert_eq!(found, wanted);
        assert!(!may_be_of_the_head(Some("C02")) && !may_be_of_the_head(Some("E10")) && !may_be_of_the_head(None));
    }
}
