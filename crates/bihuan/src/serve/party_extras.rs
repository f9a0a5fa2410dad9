//! What other rooms tell a party about his case (其他事项): what is still to be paid, and from when credit may be repaired. Of the case alone; of
//! its other parties nothing.

use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use law::surcharge::yuan;
use parties::{Extras, Section};
use payments::{Known, Payments};
use publication::{Earliest, Publications};

/// The bill of a case.
pub struct Bills(pub Payments);

/// The repair of credit after a case.
pub struct Repairs(pub Publications);

/// What is to be paid, in plain words. The code to pay by stands on the notice: whoever has it may pay, so it is not shown twice.
fn to_pay(of: &Known) -> Section {
    let fen = |fen: i64| yuan(u64::try_from(fen).unwrap_or_default());
    let mut lines = vec![format!("本案罚款还应缴 {}。", fen(of.fine_fen))];
    if of.surcharge_fen > 0 {
        let capped = if of.capped { "，已到上限，不再增加" } else { "" };
        lines.push(format!("加处罚款 {}（算到 {}{capped}）。", fen(of.surcharge_fen), of.until));
    }
    lines.push(format!("到银行缴纳：{}，账号 {}。", of.bank, of.account));
    if of.online {
        lines.push("也可以网上缴纳，缴款码在缴款通知书上。".to_owned());
    }
    let online = |words: &str| of.online.then(|| words.to_owned());
    Section { title: "缴款".to_owned(), lines, link: online("/pay"), link_label: online("网上缴纳") }
}

/// From when credit may be repaired, in plain words.
fn to_repair(of: &Earliest) -> Section {
    let mut lines = vec![format!("处罚决定正在公示，到 {} 期满，期满自动结束。", of.ends_by_itself)];
    if of.ready {
        lines.push("现在可以申请信用修复，提前结束公示：向办案机关提交申请和信用承诺书。".to_owned());
    } else {
        lines.push(format!("最早 {} 可以申请信用修复，提前结束公示；申请时提交信用承诺书。", of.from));
        lines.extend(of.missing.iter().map(|missing| format!("现在还不能申请：{}。", missing.what)));
    }
    Section { title: "信用修复".to_owned(), lines, link: Some("/decisions".to_owned()), link_label: Some("查看公示".to_owned()) }
}

impl Extras for Bills {
    fn told<'a>(&'a self, case: &'a KeyOf, _party: i16) -> BoxFuture<'a, Answer<Vec<Section>>> {
        Box::pin(async move { Ok(self.0.known(case).await?.iter().map(to_pay).collect()) })
    }
}

impl Extras for Repairs {
    fn told<'a>(&'a self, case: &'a KeyOf, _party: i16) -> BoxFuture<'a, Answer<Vec<Section>>> {
        Box::pin(async move { Ok(self.0.earliest_repair(case.id.uuid()).await?.iter().map(to_repair).collect()) })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use publication::RepairMissing;

    use super::*;

    #[test]
    fn a_party_reads_what_he_owes_and_from_when_credit_may_be_repaired() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut known = Known {
            fine_fen: 100_000,
            surcharge_fen: 3_000,
            capped: false,
            until: day("2026-12-01"),
            bank: "模拟银行".into(),
            account: "0000".into(),
            online: true,
        };
        let pay = to_pay(&known);
        assert_eq!((pay.lines.len(), pay.link.as_deref()), (4, Some("/pay")));
        (known.online, known.surcharge_fen) = (false, 0);
        assert_eq!((to_pay(&known).lines.len(), to_pay(&known).link), (2, None));
        let from = day("2027-02-02");
        let missing = vec![RepairMissing { what: "最短公示期未满".into(), from: Some(from) }];
        let told = to_repair(&Earliest { from, ends_by_itself: day("2027-11-02"), ready: false, missing });
        assert!(told.lines[1].contains("2027-02-02") && told.lines[2].ends_with("最短公示期未满。"), "{:?}", told.lines);
    }
}
