//! Every operation of the document, tried by people of all roles from the township next door.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};

use crate::district_cases::{
    CASES,
    Case::{Hides, Own, Refused, Shared},
};
use crate::program::{Answer, Caller, Installation, PASSWORD};
use crate::{district_centre::CENTRE_CASES, district_findings::FINDING_CASES, district_law::LAW_CASES};
use crate::{district_quality::QUALITY_CASES, district_waste::WASTE_CASES, landmark};

/// Who tries, all of them from the eastern township.
const ROLES: [&str; 8] =
    ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "evaluator", "administrator"];

/// What stands in the western township, by the first part of the paths that lead to it.
struct West {
    ids: BTreeMap<&'static str, String>,
    squad: String,
    /// What no answer to a stranger may hold.
    marks: Vec<String>,
}

/// Every operation with what must become of it.
fn cases() -> impl Iterator<Item = &'static (crate::district_cases::Case, &'static str)> {
    CASES.iter().chain(LAW_CASES).chain(QUALITY_CASES).chain(CENTRE_CASES).chain(WASTE_CASES).chain(FINDING_CASES)
}

async fn made(caller: &Caller, path: &str, body: Value) -> String {
    let answer = caller.post(path, body).await;
    assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.text);
    answer.body["id"].as_str().unwrap_or_default().to_owned()
}

async fn multipart(caller: &Caller, path: &str) -> Answer {
    let body = "--x\r\ncontent-disposition: form-data; name=\"source\"\r\n\r\nhotline\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"界碑.csv\"\r\ncontent-type: text/csv\r\n\r\nid,text\n1,界碑乙\n\r\n--x--\r\n";
    caller.try_send(Method::POST, path, Some(body.as_bytes().to_vec()), "multipart/form-data; boundary=x").await.unwrap()
}

async fn build(administrator: &Caller, squad: String, server: &crate::program::Server) -> West {
    let mut ids = BTreeMap::new();
    let photo = landmark::photo(administrator).await;
    let report = json!({ "description": "界碑甲旁堆着垃圾", "position": { "x": 121.005, "y": 30.705 }, "class_code": "06010", "telephone": "13900000001", "photos": [photo] });
    let receipt = server.visitor().post("/api/v1/public/reports", report).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let number = receipt.body["number"].as_str().unwrap().to_owned();
    let lead = administrator.get(&format!("/api/v1/leads?q={number}")).await.body["items"][0]["id"].as_str().unwrap().to_owned();
    let rule = json!({ "priority": 10, "region_prefix": "330482901", "unit_id": squad, "note": "界碑规则" });
    ids.insert("dispatch-rules", made(administrator, "/api/v1/dispatch-rules", rule).await);
    ids.insert("precedents", made(administrator, "/api/v1/precedents", landmark::precedent(&squad)).await);
    // Two published sets and a draft that differs, all of the west, and a replay of that draft.
    for priority in [20, 30] {
        made(administrator, "/api/v1/dispatch-rule-sets", json!({ "note": "界碑版本" })).await;
        let another = json!({ "priority": priority, "region_prefix": "330482901", "unit_id": squad, "note": "界碑规则" });
        made(administrator, "/api/v1/dispatch-rules", another).await;
    }
    ids.insert("dispatch-what-ifs", made(administrator, "/api/v1/dispatch-what-ifs", json!({})).await);
    let turn = json!({ "unit_id": squad, "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z" });
    ids.insert("duty", made(administrator, "/api/v1/duty", turn).await);
    let mapping = json!({ "name": "界碑方案", "source": "hotline", "columns": { "description": "text", "external_id": "id" } });
    ids.insert("import-mappings", made(administrator, "/api/v1/import-mappings", mapping).await);
    let import = multipart(administrator, "/api/v1/imports").await;
    assert_eq!(import.status, 201, "{}", import.text);
    ids.insert("imports", import.body["id"].as_str().unwrap().to_owned());
    let hook = json!({ "url": "http://127.0.0.1:9/", "topics": ["lead.*"], "active": false });
    let hook = administrator.post("/api/v1/webhooks", hook).await;
    assert_eq!(hook.status, 201, "{}", hook.text);
    ids.insert("webhooks", hook.body["id"].as_str().unwrap().to_owned());
    let person = json!({ "account": "machine_west", "name": "界碑机器", "organisation_id": squad, "roles": ["machine"], "regions": [] });
    ids.insert("people", made(administrator, "/api/v1/people", person).await);
    let key = made(administrator, &format!("/api/v1/people/{}/api-keys", ids["people"]), json!({ "name": "界碑密钥" })).await;
    ids.insert("key", key);
    ids.insert("answers", landmark::owed(administrator, server).await);
    ids.insert("reply-checks", landmark::checked(administrator).await);
    ids.insert("sightings", landmark::sighted(administrator, server).await);
    ids.insert("organisations", squad.clone());
    ids.insert("leads", lead.clone());
    ids.insert("photo", photo);
    let mut marks = crate::district_waste::build(administrator, server, &mut ids).await;
    marks.extend([number, lead, "界碑".into(), "machine_west".into(), "127.0.0.1:9".into(), "13900000001".into()]);
    West { ids, squad, marks }
}

/// The address of an operation with what is there in the west, and a body that would be right.
fn aimed(west: &West, template: &str, method: &Method) -> (String, Option<Value>) {
    let room = template.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default();
    let id = west.ids.get(room).map_or("019a0000-0000-7000-8000-000000000000", String::as_str);
    let code = match room {
        "roles" => "operator",
        "sources" => "landmark",
        "devices" => "landmark-camera",
        "indicators" => "reports",
        "matters" => "M001",
        "document-kinds" => "D15",
        _ => "06010",
    };
    let path = crate::district_waste::aimed(template, &west.ids)
        .replace("/vehicles/{id}", "/vehicles/1")
        .replace("{phone}", "13900000009")
        .replace("{id}", id)
        .replace("{key_id}", &west.ids["key"])
        .replace("{code}", code)
        .replace("{docket}", &west.ids["leads"])
        .replace("{delivery}", "1")
        .replace("/photos/{file}", &format!("/photos/{}", west.ids["photo"]))
        .replace("{grid}", "330482901001001")
        .replace("{ordinal}", "1")
        .replace("{organisation}", &west.squad)
        .replace("{day}", "2026-11-02")
        .replace("{person}", &west.ids["people"])
        .replace("{submission}", "019a0000-0000-7000-8000-000000000000")
        .replace("{document}", "019a0000-0000-7000-8000-000000000000")
        .replace("/party-files/{file}", &format!("/party-files/{}", west.ids["photo"]))
        .replace("{action}", "file")
        .replace("{number}", "1");
    // A period that every day of the tests lies in.
    let period = if room == "machine-coverage" {
        "?from=2026-11-02&to=2026-11-20"
    } else if room == "reverified-units" {
        "?from=2026-10-01&to=2028-09-30"
    } else if room == "discretion-figures" {
        "?from=2026-10-01&to=2028-09-30&matter=M001"
    } else if room == "case-analysis" {
        "?from=2026-10-01&to=2028-09-30&by=unit"
    } else if room == "best-handlers" {
        "?from=2026-11-01&to=2026-11-20"
    } else if room == "indicators" {
        "?from=2026-10-01&to=2028-09-30&by=township"
    } else if template.ends_with("/track") {
        "?day=2026-11-02"
    } else if template.ends_with("matters/imports") {
        "?reason=x"
    } else if template.ends_with("property/labels") {
        "?items=019a0000-0000-7000-8000-000000000000"
    } else if template.ends_with("jurisdiction") {
        "?region=330482901"
    } else {
        ""
    };
    let path = path + period;
    if matches!(*method, Method::GET | Method::DELETE) {
        return (path, None);
    }
    let squad = &west.squad;
    if let Some(body) = crate::district_findings::body(template) {
        return (path, Some(body));
    }
    if let Some(body) = crate::district_quality::body(template, &west.ids["people"]) {
        return (path, Some(body));
    }
    let body = match template.rsplit('/').next().unwrap_or_default() {
        "disclosures" => json!({ "kind": "other-notice", "title": "x", "body": "x" }),
        _ if room == "disclosures" || room == "certificate-codes" => json!({}),
        _ if room == "waste" => crate::district_waste::body(template, &west.ids),
        _ if room == "centre" => crate::district_centre::body(template, &west.ids["leads"]),
        last if matches!(room, "publications" | "credit-repairs" | "remedies") || last == "remedies" => {
            crate::district_law::public_body(last, room)
        }
        "accept" | "escalate" if room == "notices" => json!({}),
        "reply" => json!({ "text": "x" }),
        "return" | "withdraw" => json!({ "reason": "x" }),
        "notices" => json!({ "leads": [west.ids["leads"]] }),
        "vehicle-terminal-settings" => json!({ "visitors": true }),
        "{phone}" => json!({ "plate": "x", "vendor": "standard", "active": true }),
        "light-settings" => json!({ "items": [{ "class_prefix": "06", "percent": 50 }] }),
        "receptions" => json!({ "received_at": "2026-11-20T00:00:00Z", "summary": "x" }),
        "unit-hours" => json!({ "unit": squad, "from": "2026-11-23", "reason": "x" }),
        "preview" if room == "unit-hours" => json!({ "from": "2026-11-23" }),
        "reply-check-settings" => json!({ "mode": "hold", "holding": ["short"] }),
        "text-codes" => json!({ "telephone": "13900000001" }),
        "text-code-settings" => json!({ "mode": "off", "daily_most": 10 }),
        "release" if room == "reward-barred" => json!({ "telephones": ["13900000001"], "reason": "x" }),
        "release" => json!({ "reason": "x" }),
        "rewrite" => json!({ "words": "x" }),
        "notice-settings" => landmark::notice_settings(),
        "draft" if room == "matters" => json!({ "row": { "name": "x" }, "reason": "x" }),
        "suggestions" => json!({ "text": "x" }),
        "{action}" if matches!(room, "benchmarks" | "referrals") => json!({}),
        _ if room == "benchmarks" => json!({ "rules": {}, "reason": "x" }),
        "empowerments" => landmark::announcement(),
        "draft" if room == "privacy-notices" => json!({ "text": "x", "minors": "x" }),
        "privacy-requests" => json!({ "kind": "copy", "telephone": "13900000001", "identified": "x" }),
        "decide" => json!({ "granted": true }),
        "retention-settings" => json!({ "items": [] }),
        "retention-holds" => json!({ "number": "x", "reason": "x" }),
        "impact-assessments" => {
            json!({ "title": "x", "occasion": "other", "text": "x", "reviewer": "x", "assessed_on": "2026-01-01" })
        }
        "verify" => json!({ "genuine": true }),
        "accept" => json!({ "class_code": "06010", "standard": "x" }),
        "merge" => json!({ "into": west.ids["leads"] }),
        "file" | "close" => json!({ "standard": "x" }),
        "dispatch" => json!({ "unit": squad }),
        "call-joint" => json!({ "units": [squad], "ask": "x" }),
        "ask-joint" => json!({ "unit": squad, "ask": "x" }),
        "charge" => json!({ "leader": west.ids["people"], "reason": "x" }),
        "instruct" => json!({ "text": "x", "hours": 8 }),
        "withdraw-instruction" => json!({ "instruction": 1, "reason": "x" }),
        "answer-instruction" => json!({ "instruction": 1, "text": "x" }),
        "send-down" => json!({ "unit": squad }),
        "joint-pairs" => json!({ "items": [{ "to": squad }] }),
        "duty-position-settings" => json!({ "sharing": true, "hours": 2 }),
        "layer-settings" => json!({ "automatic": true }),
        "joint-done" => json!({ "note": "x" }),
        "joint-return" => json!({ "reason": "x" }),
        "joint-withdraw" => json!({ "unit": squad, "reason": "x" }),
        "grant-extension" => json!({ "hours": 1 }),
        "request-extension" => json!({ "hours": 1, "reason": "x" }),
        "places" => json!({ "jurisdiction": "330482901", "name": "x", "kind": "store", "keeper_role": "officer" }),
        _ if template.ends_with("property/places/{id}") => json!({ "version": 1, "keeper_role": "officer", "closed": false }),
        "movements" => json!({ "kind": "in", "seen": 0, "reason": "x" }),
        "tows" => json!({ "plate": "浙F00000", "name": "x", "condition": "x", "towed_at": "2026-01-01T00:00:00Z", "towed_from": "x",
            "reason": "x", "place": west.ids["leads"], "brought_by": "x", "photos": [] }),
        "tell" => json!({ "how": "x" }),
        "stocktakes" => json!({ "place": west.ids["leads"] }),
        "scans" => json!({ "code": "x" }),
        "settle" if template.contains("payment-receipts") => json!({ "code": "1", "reason": "x" }),
        "settle" => json!({ "reason": "x" }),
        "property" => json!({ "items": [] }),
        "check" if room == "campaigns" => json!({ "found": false }),
        "check" => json!({ "passed": true }),
        "correct" => json!({ "address": "x" }),
        "comment" => json!({ "text": "x" }),
        "fix" => json!({ "note": "x", "after_photos": ["0".repeat(64)] }),
        "refer" => json!({ "neighbour": "next-door", "reason": "x" }),
        "reject" | "send-back" | "take-back" | "refuse-extension" | "suspend" | "rework" | "void" | "reveal" | "erase-reporter"
        | "end-charge" | "raise" | "return-raised" => {
            json!({ "reason": "x" })
        }
        "appoint" => json!({ "person": west.ids["people"] }),
        "judge" if template.contains("party-submissions") => json!({ "take": true }),
        "party-deliveries" => json!({ "document": "019a0000-0000-7000-8000-000000000000", "party": 1 }),
        "judge" => json!({ "verdict": "dismissed", "note": "x" }),
        "reopen" | "hear" => json!({ "note": "x" }),
        "answer" => json!({ "held": true }),
        "reverifications" => json!({ "from": "2026-10-01", "to": "2026-10-02", "seed": "landmark", "half_width": 0.1 }),
        "campaigns" => {
            json!({ "name": "x", "class_code": "06010", "look_for": "x", "area": "330482901", "due_on": "2099-01-01" })
        }
        "certificate" => json!({ "legal_qualified": true }),
        "end" => json!({ "note": "x" }),
        "reward-programmes" => json!({ "name": "x", "rules": landmark::reward_rules() }),
        "reward-previews" => json!({ "rules": landmark::reward_rules() }),
        "reward-approvals" => json!({ "awards": [west.ids["leads"]] }),
        "reward-barred" => json!({ "telephones": ["13900000001"] }),
        "reward-payouts" => json!({ "programme": west.ids["leads"] }),
        "confirmations" => json!({ "csv": "编号,结果,流水号\n" }),
        "refuse" => json!({ "reason": "x" }),
        "scrutiny-settings" => json!({ "hold_closing": true }),
        "withhold" | "publish" if room == "leads" => json!({ "reason": "x" }),
        "cover" => json!({ "areas": [{ "left": 0, "top": 0, "width": 5000, "height": 5000 }] }),
        "give" => json!({ "how": "x" }),
        "messages" => landmark::message(2),
        "choice" => json!({ "number": null, "automatic": true }),
        "try" => json!({ "text": "x" }),
        "preview" => json!({ "mapping": landmark::source()["mapping"], "message": landmark::message(3) }),
        "reset-password" => json!({ "password": "another-lamp-43" }),
        "api-keys" => json!({ "name": "x" }),
        "indicator-settings" => json!({ "weights": {}, "grades": [{ "name": "x", "from": 0.0 }] }),
        "intake-settings" => json!({ "items": [{ "source": "portal", "class_prefix": "", "automatic": true }] }),
        "import-mappings" => json!({ "name": "x", "source": "hotline", "columns": { "description": "text" } }),
        "limits" => json!({ "value": 3.0, "unit": "working_day" }),
        "classes" => json!({ "code": "06901", "name": "x" }),
        "webhooks" => json!({ "url": "http://127.0.0.1:9/", "topics": ["lead.*"] }),
        "organisations" => json!({ "parent_id": squad, "name": "x", "kind": "squad", "region": "330482901" }),
        "people" => {
            json!({ "account": "intruder01", "name": "x", "organisation_id": squad, "roles": ["operator"], "password": "another-lamp-43" })
        }
        "documents" => json!({ "kind": "D15", "data": {} }),
        "draft-together" | "issue-together" => json!({ "decision": "D15" }),
        "uses" => json!({ "docket": west.ids["leads"] }),
        "duty" => json!({ "unit_id": squad, "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z" }),
        "regions" | "background" | "roads" => landmark::regions(),
        _ => match room {
            "discretion-watch-settings" => json!({ "least_cases": 5, "maximum_percent": 50, "uniform_percent": 80 }),
            "referrals" => json!({ "lead": west.ids["leads"], "facts": "x", "place": "x" }),
            "referral-settings" => {
                json!({ "receipt": 1, "split": 1, "register": 1, "answer": 1, "feedback": 1, "assist": 1 })
            }
            "fine-bills" => json!({ "parts": [] }),
            "payment-payee" => json!({ "organ": "x", "bank": "x", "account": "0000" }),
            "payment-receipts" | "payment-days" => json!({ "reason": "x" }),
            "payment-refunds" => json!({ "approve": true }),
            "dispatch-rule-sets" => json!({ "note": "x" }),
            "dispatch-rules" => json!({ "priority": 1, "region_prefix": "330482901", "unit_id": squad }),
            "precedents" => landmark::precedent(squad),
            "roles" => json!({ "rights": ["lead.read"] }),
            "sources" => landmark::source(),
            "documents" => json!({ "data": {} }),
            "document-organs" => json!({ "facts": { "name": "xx", "word": "x" } }),
            "phrases" => json!({ "kind": "D15", "field": "reasons", "title": "x", "text": "x" }),
            "neighbours" => json!({ "name": "x", "url": "http://127.0.0.1:9/", "active": true, "pulls": false, "poll_minutes": 10 }),
            "devices" => landmark::device(),
            "machine-events" => landmark::events(),
            "machine-kinds" => landmark::rules(),
            "webhooks" => json!({ "active": true }),
            "reward-programmes" => json!({ "rules": landmark::reward_rules(), "from_day": "2099-01-01" }),
            "people" | "organisations" => json!({ "name": "x" }),
            _ => json!({}),
        },
    };
    (path, Some(body))
}

#[tokio::test]
async fn the_township_next_door_does_nothing_and_reads_nothing() {
    let installation = Installation::new();
    let server = installation.serve();
    let administrator = server.signed_in("administrator01", PASSWORD).await;
    let document = server.visitor().get("/api/v1/openapi.json").await.body;
    let mut operations = BTreeSet::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete", "head", "options"] {
            if item.get(method).is_some() {
                operations.insert(format!("{} {template}", method.to_uppercase()));
            }
        }
    }
    let known: BTreeSet<String> = cases().map(|(_, name)| (*name).to_owned()).collect();
    assert_eq!(known.len(), cases().count(), "an operation stands there twice");
    let without: Vec<_> = operations.difference(&known).collect();
    assert!(without.is_empty(), "no line in CASES for {without:#?}");
    let gone: Vec<_> = known.difference(&operations).collect();
    assert!(gone.is_empty(), "CASES names what is not there: {gone:#?}");

    let imported = administrator.post("/api/v1/catalogue/imports/regions?complete=true", landmark::regions()).await;
    assert!(imported.status < 300, "{}", imported.text);
    let root = administrator.root().await;
    let squad = |name: &str, region: &str| json!({ "parent_id": root, "name": name, "kind": "squad", "region": region });
    let west_squad = made(&administrator, "/api/v1/organisations", squad("界碑中队", "330482901")).await;
    let east_squad = made(&administrator, "/api/v1/organisations", squad("东边中队", "330482902")).await;
    let mut strangers = Vec::new();
    for role in ROLES {
        strangers.push((role, administrator.hire(&server, &format!("{role}_east"), role, &east_squad).await));
    }
    let west = build(&administrator, west_squad, &server).await;
    let owner = installation.owner().await;
    let books = async || {
        let query =
            "select (select count(*) from ledger_entry) + (select count(*) from identity_change) + (select count(*) from import_job)";
        sqlx::query_scalar::<_, i64>(query).fetch_one(&owner.owner_pool).await.unwrap()
    };
    // The import is done before anything is counted.
    for _ in 0..200 {
        let import = administrator.get(&format!("/api/v1/imports/{}", west.ids["imports"])).await;
        if import.body["state"] == "done" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let before = books().await;

    let mut wrong = Vec::new();
    let mut answered = BTreeSet::new();
    for (role, stranger) in &strangers {
        for (case, name) in cases().filter(|(case, _)| *case != Own) {
            let (method, template) = name.split_once(' ').unwrap();
            let method: Method = method.parse().unwrap();
            let (path, body) = aimed(&west, template, &method);
            let answer = if *name == "POST /api/v1/imports" {
                multipart(stranger, &path).await
            } else {
                stranger.send_as_seen(method, &path, body).await
            };
            let leaked = west.marks.iter().find(|mark| answer.text.contains(mark.as_str()));
            let fits = match case {
                Refused => answer.is_refused() && leaked.is_none(),
                Hides => answer.status < 500 && leaked.is_none(),
                Shared => answer.status < 500,
                Own => true,
            };
            if !fits {
                let text: String = answer.text.chars().take(300).collect();
                wrong.push(format!("{role}: {name} → {} {leaked:?} {text}", answer.status));
            }
            if answer.status < 300 {
                answered.insert(*name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    crate::district_waste::exports(&strangers, &west.marks).await;
    assert_eq!(books().await, before, "something was written");
    // Whoever hides everything hides this too: each list answers somebody.
    for (_, name) in cases().filter(|(case, name)| *case == Hides && *name != "GET /api/v1/components") {
        assert!(answered.contains(name), "{name} answers nobody");
    }
    // And those whose ground it is do see it.
    let seen = administrator.get(&format!("/api/v1/leads/{}", west.ids["leads"])).await;
    assert!(seen.text.contains("界碑"), "{}", seen.text);
    owner.close().await.unwrap();
    assert!(server.stop(), "{}", installation.log());
}
