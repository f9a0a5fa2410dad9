//! What the documents of the simulated city need (文书设置): what the organ says of itself, and the phrases that its officers write with.

use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    cast::PASSWORD,
    client::{Seat, Server},
};

/// Phrases: kind of document, field, title, text.
const PHRASES: &[(&str, &str, &str, &str)] = &[
    ("D15", "facts", "巡查发现", "{发生日期}，本机关执法人员巡查时，在{地点}发现{当事人称呼}{违法事实}。"),
    (
        "D15",
        "course",
        "告知后未陈述申辩",
        "本机关依法向{当事人称呼}送达《行政处罚事先告知书》，告知拟作出行政处罚的内容、事实、理由、依据以及依法享有的陈述、申辩权利。{当事人称呼}在规定期限内未提出陈述、申辩。",
    ),
    ("", "reasons", "初次违法及时改正", "{当事人称呼}系首次被查处，案发后及时改正，主动配合调查，参照裁量基准，属较轻情形。"),
    ("D06", "conclusion", "申辩理由不成立", "经复核，{当事人称呼}提出的理由没有证据证明，不影响违法事实的认定，不予采纳。"),
    ("D16", "education", "当面教育", "执法人员当面说明{违反规定}的内容和危害后果，发放普法材料，{当事人称呼}表示今后遵守。"),
    ("D24", "risks", "再次违法的后果", "同类行为再次发生的，将依法从重处罚，处罚信息依法公开，并可能影响信用评价。"),
    (
        "D24",
        "advice",
        "日常合规三条",
        "对照{处罚依据}开展一次自查，发现问题当场改正。\n明确专人负责门前和经营场所的环境卫生、垃圾投放，并留存检查记录。\n需要占用道路、处置建筑垃圾的，事先依法申请许可。",
    ),
    (
        "D25",
        "conditions",
        "修复条件",
        "已经履行处罚决定确定的义务，违法行为已经改正。\n最短公示期已经届满。\n公示期间没有因新的违法行为被处罚。",
    ),
    ("D25", "materials", "修复材料", "信用修复申请表。\n信用承诺书。\n履行义务的证明材料，如缴款票据、整改照片。"),
    ("D25", "ways", "修复途径", "向{机关}提交书面申请，或者通过信用网站在线提交；本机关核实后提出意见。"),
];

/// Sets the organ and publishes the phrases, unless they are there.
pub(super) async fn settle(server: &Server, seat: &Seat, county: &str, bureau: &str) -> Result<()> {
    let there = server.call(seat, Method::GET, "/api/v1/document-organs", None, None).await?;
    if there["items"].as_array().is_none_or(Vec::is_empty) {
        let facts = json!({
            "name": format!("{county}综合行政执法局（模拟）"), "word": "模综执", "address": "模拟路1号", "postcode": "000000",
            "telephone": "0000-00000000", "review_body": format!("{county}人民政府（模拟）"), "review_address": "模拟路2号",
            "court": format!("{county}人民法院（模拟）"), "bank": "模拟银行", "account": "0000000000000000",
        });
        // The cases of the history are older than the city: its organ was there before them.
        let form = json!({ "facts": facts, "effective_from": "2020-01-01" });
        server.call(seat, Method::PUT, &format!("/api/v1/document-organs/{bureau}"), None, Some(&form)).await?;
    }
    let (writer, publisher) = (Seat::new("case_officer01", PASSWORD), Seat::new("legal_reviewer01", PASSWORD));
    let there = server.call(&publisher, Method::GET, "/api/v1/phrases", None, None).await?;
    let mut known: Vec<Value> = there["items"].as_array().cloned().unwrap_or_default();
    for (kind, field, title, text) in PHRASES {
        let is = |it: &&Value| it["title"] == *title && it["field"] == *field;
        if known.iter().find(is).is_none() {
            let new = json!({ "phrase": { "kind": kind, "field": field, "title": title, "text": text } });
            known.push(server.call(&writer, Method::POST, "/api/v1/phrases", None, Some(&new)).await?);
        }
        let phrase = known.iter().find(is).context("a phrase that is not there")?;
        if phrase["state"] == "draft" {
            let path = format!("/api/v1/phrases/{}/actions/publish", phrase["id"].as_str().unwrap_or_default());
            server.call(&publisher, Method::POST, &path, phrase["version"].as_i64(), None).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_has_a_name_of_its_own_in_its_field() {
        let names: std::collections::BTreeSet<_> = PHRASES.iter().map(|(_, field, title, _)| (field, title)).collect();
        assert_eq!(names.len(), PHRASES.len());
    }
}
