//! The penalty decision against the case (决定书与决定内容核对): a paper that says another sum, basis or party than was decided is not issued.

use docket::KeyOf;
use http_api::Answer;
use kernel::problem::Problem;
use serde_json::Value;
use sqlx::PgConnection;

use super::{
    not_found,
    penalty::{PenaltyKind, Plan},
    store,
};
use crate::Cases;

/// What an issued decision must say.
const CONTENT: &str = "行政处罚法第五十九条";

/// What is violated and what punishes it, out of a case's articles: two parts where they follow from the library, the same text twice where
/// somebody typed it.
pub(super) fn provisions(articles: &str) -> (&str, &str) {
    let parts = articles.strip_prefix("违反").and_then(|rest| rest.split_once("；依据"));
    parts.unwrap_or((articles, articles))
}

/// Without what is set otherwise on paper: blanks, book-title marks, brackets.
fn plain(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && !"《》（）()、，。；“”".contains(*it)).collect()
}

/// A sum in words.
fn yuan(fen: i64) -> String {
    format!("{}.{:02} 元", fen / 100, fen % 100)
}

/// Who a paper names: name and number.
type Named = (String, String);

/// How a decision differs from what was decided: the field, and what stands where.
fn differences(says: &Value, plan: &Plan, articles: &str, parties: &[Named]) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let penalties = says["penalties"].as_array().map(Vec::as_slice).unwrap_or_default();
    found.extend(penalties_differ(penalties, plan).into_iter().map(|detail| ("penalties", detail)));
    let basis = provisions(articles).1;
    if !plain(says["basis"].as_str().unwrap_or_default()).contains(&plain(basis)) {
        found.push(("basis", format!("处罚依据与案件不一致，案件的依据是 {basis}")));
    }
    let party = &says["party"];
    let named = plain(party["name"].as_str().unwrap_or_default());
    let number = ["id_number", "credit_code"].map(|field| party[field].as_str().unwrap_or_default()).concat();
    // Two parties may bear one name: the paper is for any of them.
    let mut namesakes = parties.iter().filter(|(name, _)| plain(name) == named).peekable();
    if namesakes.peek().is_none() {
        found.push(("party.name", "当事人的姓名或者名称与案件不一致".to_owned()));
    } else if !namesakes.any(|(_, known)| known.is_empty() || number.trim().eq_ignore_ascii_case(known)) {
        found.push(("party.id_number", "当事人的证件号码与案件不一致".to_owned()));
    }
    found
}

/// What a kind of penalty is told by in a line of the paper.
const fn word(kind: PenaltyKind) -> &'static str {
    match kind {
        PenaltyKind::Warning => "警告",
        PenaltyKind::Criticism => "通报批评",
        PenaltyKind::Fine => "罚款",
        PenaltyKind::Confiscation => "没收",
        PenaltyKind::SuspendPermit => "暂扣",
        PenaltyKind::LowerGrade => "降低资质",
        PenaltyKind::RevokePermit => "吊销",
        PenaltyKind::RestrictBusiness => "限制开展",
        PenaltyKind::StopBusiness => "停产停业",
        PenaltyKind::CloseDown => "责令关闭",
        PenaltyKind::BarFromWork => "限制从业",
    }
}

/// The lines of penalties against what was decided, both ways: what was decided is written, what is written was decided; the fine and what is
/// confiscated each by its own sum.
fn penalties_differ(penalties: &[Value], plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    let (mut fined, mut confiscated, mut written) = (0_i64, 0_i64, Vec::new());
    for penalty in penalties {
        let text = penalty["text"].as_str().unwrap_or_default();
        let bare = plain(text);
        let kinds: Vec<PenaltyKind> = PenaltyKind::ALL.iter().copied().filter(|kind| bare.contains(word(*kind))).collect();
        if kinds.is_empty() {
            found.push(format!("“{}”不是决定的处罚", text.trim()));
        }
        let undecided = kinds.iter().filter(|kind| !plan.kinds.contains(*kind));
        found.extend(undecided.map(|kind| format!("写了没有决定的“{}”", kind.label())));
        if let Some(fen) = penalty["amount_fen"].as_i64() {
            match (kinds.contains(&PenaltyKind::Fine), kinds.contains(&PenaltyKind::Confiscation)) {
                (true, true) => found.push("罚款和没收应当分别写明数额".to_owned()),
                (true, false) => fined += fen,
                (false, true) => confiscated += fen,
                (false, false) => found.push(format!("“{}”没有数额，却写了 {}", text.trim(), yuan(fen))),
            }
        }
        written.extend(kinds);
    }
    let unwritten = plan.kinds.iter().filter(|kind| !written.contains(*kind));
    found.extend(unwritten.map(|kind| format!("没有写明决定的“{}”", kind.label())));
    for (name, said, decided) in [("罚款", fined, plan.fine_fen), ("没收", confiscated, plan.confiscated_fen)] {
        if said != decided {
            found.push(format!("{name}数额为 {}，决定的是 {}", yuan(said), yuan(decided)));
        }
    }
    found
}

impl Cases {
    /// Refuses what goes with a penalty decision before there is one.
    ///
    /// # Errors
    /// `decision-missing`; the database's.
    pub async fn require_decision(&self, connection: &mut PgConnection, docket: &KeyOf) -> Answer<()> {
        if self.decided(connection, docket).await?.is_some() {
            return Ok(());
        }
        let why = "还没有作出处罚决定，不能签发随决定送达的文书";
        Err(Problem::conflict("decision-missing", why).citing(CONTENT).into())
    }

    /// Looks whether a penalty decision says what was decided.
    ///
    /// # Errors
    /// `decision-missing` where nothing was decided; `decision-differs` naming each difference.
    pub async fn fits_decision(&self, connection: &mut PgConnection, docket: &KeyOf, says: &Value) -> Answer<()> {
        let dossier = store::dossier(connection, docket).await?.ok_or_else(not_found)?;
        let record = &dossier.record;
        let (Some(plan), Some(_)) = (&record.plan, record.decided_at) else {
            let why = "还没有作出处罚决定，不能签发处罚决定书";
            return Err(Problem::conflict("decision-missing", why).citing(CONTENT).into());
        };
        let mut parties = Vec::with_capacity(dossier.parties.len());
        for party in &dossier.parties {
            let fields = self.vault().read(connection, &docket.region, party.subject.into()).await??;
            let field =
                |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
            parties.push((field("name"), field("id_number")));
        }
        let differences = differences(says, plan, &record.articles, &parties);
        if differences.is_empty() {
            return Ok(());
        }
        let told = differences.iter().map(|(_, detail)| detail.as_str()).collect::<Vec<_>>().join("；");
        let problem = Problem::conflict("decision-differs", format!("决定书与作出的决定不一致，不能签发：{told}")).citing(CONTENT);
        Err(differences.into_iter().fold(problem, |problem, (field, detail)| problem.field(field, detail)).into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_decision_that_says_another_sum_basis_or_party_differs() {
        let plan = Plan {
            kinds: vec![PenaltyKind::Warning, PenaltyKind::Fine],
            fine_fen: 20_000,
            confiscated_fen: 0,
            surcharge: true,
            reasons: "模拟".into(),
            mitigation: None,
        };
        let articles = "违反《模拟条例》第11条；依据《模拟条例》第12条";
        let parties = [("测试当事人甲".to_owned(), "33048219900101000X".to_owned())];
        let good = json!({
            "penalties": [{ "text": "给予警告" }, { "text": "处以罚款", "amount_fen": 20_000 }], "basis": "依据 《模拟条例》 第12条 的规定",
            "party": { "kind": "person", "name": "测试当事人甲", "id_number": "33048219900101000x" },
        });
        let fields = |change: fn(&mut Value)| {
            let mut says = good.clone();
            change(&mut says);
            differences(&says, &plan, articles, &parties).into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        assert!(fields(|_| ()).is_empty());
        assert_eq!(fields(|it| it["penalties"][1]["amount_fen"] = json!(20_001)), ["penalties"]);
        // The warning is not written, and what stands in its place was not decided.
        assert_eq!(fields(|it| it["penalties"][0]["text"] = json!("责令改正")), ["penalties", "penalties"]);
        assert_eq!(fields(|it| it["basis"] = json!("《模拟条例》第13条")), ["basis"]);
        assert_eq!(fields(|it| it["party"]["name"] = json!("测试当事人乙")), ["party.name"]);
        assert_eq!(fields(|it| it["party"]["id_number"] = json!("330482199001010001")), ["party.id_number"]);
        assert_eq!(provisions("浙江省某条例"), ("浙江省某条例", "浙江省某条例"));
        // Of two parties of one name the paper is for either.
        let namesakes = [("测试当事人甲".to_owned(), "330482199001010001".to_owned()), parties[0].clone()];
        assert!(differences(&good, &plan, articles, &namesakes).is_empty());
    }

    #[test]
    fn a_penalty_that_was_not_decided_differs_and_a_fine_is_no_confiscation() {
        let plan = Plan {
            kinds: vec![PenaltyKind::Fine, PenaltyKind::Confiscation],
            fine_fen: 20_000,
            confiscated_fen: 5_000,
            surcharge: true,
            reasons: "模拟".into(),
            mitigation: None,
        };
        let line = |text: &str, fen: Option<i64>| json!({ "text": text, "amount_fen": fen });
        let (fine, goods) = (line("处以罚款", Some(20_000)), line("没收违法所得", Some(5_000)));
        assert!(penalties_differ(&[fine.clone(), goods.clone()], &plan).is_empty());
        // The same sum, in the wrong places.
        assert_eq!(penalties_differ(&[line("处以罚款", Some(5_000)), line("没收违法所得", Some(20_000))], &plan).len(), 2);
        assert_eq!(penalties_differ(&[fine.clone(), goods.clone(), line("吊销许可证件", None)], &plan), ["写了没有决定的“吊销许可证件”"]);
        assert_eq!(penalties_differ(&[fine.clone(), goods, line("其他", None)], &plan), ["“其他”不是决定的处罚"]);
        assert_eq!(penalties_differ(&[fine], &plan).len(), 2, "neither written nor its sum");
        assert_eq!(penalties_differ(&[line("罚款并没收违法所得", Some(25_000))], &plan)[0], "罚款和没收应当分别写明数额");
    }
}
