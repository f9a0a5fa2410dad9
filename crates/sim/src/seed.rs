//! Building the demo city on an empty server, through the interface, in the administrator's name. What is there already is left alone,
//! so that a set-up that was cut off goes on where it stopped.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Timelike, Utc};
use futures::{StreamExt, TryStreamExt};
use kernel::clock::shanghai;
use reqwest::Method;
use serde_json::{Value, json};

mod papers;

use crate::{
    cast::{self, FIRST_PASSWORD, PASSWORD},
    city::City,
    client::{Seat, Server, is},
};

/// Passwords are hashed on purpose slowly; more at once than this only wait for one another.
const AT_ONCE: usize = 4;

/// Builds the city. `say` hears what is being done.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub async fn build(server: &Server, city: &City, border: &Value, now: DateTime<Utc>, say: &(dyn Fn(&str) + Sync)) -> Result<()> {
    let seat = Seat::new(cast::ADMINISTRATOR, PASSWORD);
    say("导入区划与 155 个单元网格");
    send(server, &seat, "regions?complete=true", city.regions_geojson()).await.context("区划未能导入")?;
    send(server, &seat, "background", border.clone()).await.context("底图界线未能导入")?;
    send(server, &seat, "roads", city.roads_geojson()).await.context("道路未能导入")?;
    say("导入部件");
    send(server, &seat, "components?system=wgs84", city.components_geojson()).await.context("部件未能导入")?;
    say("建立单位");
    let units = organisations(server, &seat, city).await.context("单位未能建立")?;
    say("建立账号");
    people(server, &seat, city, &units).await.context("账号未能建立")?;
    certificates(server, &seat, now).await.context("执法证未能登记")?;
    say("设置派遣规则与值班");
    settings(server, &seat, city, &units, now).await.context("办理设置未能写入")
}

async fn send(server: &Server, seat: &Seat, what: &str, document: Value) -> Result<Value> {
    let body = serde_json::to_vec(&document)?;
    // The server reads the same document meanwhile; holding it twice is enough.
    drop(document);
    let answer = server.send_file(seat, &format!("/api/v1/catalogue/imports/{what}"), "application/geo+json", body).await?;
    if answer["rejected"].as_u64().unwrap_or(0) > 0 {
        tracing::warn!(what, rejected = %answer["rejected"], first = %answer["faults"][0], "some features were not taken");
    }
    Ok(answer)
}

/// The ids of all organisations by name.
pub(crate) async fn unit_ids(server: &Server, seat: &Seat) -> Result<HashMap<String, String>> {
    let known = server.call(seat, Method::GET, "/api/v1/organisations", None, None).await?;
    let pair = |one: &Value| Some((one["name"].as_str()?.to_owned(), one["id"].as_str()?.to_owned()));
    Ok(known["items"].as_array().into_iter().flatten().filter_map(pair).collect())
}

async fn organisations(server: &Server, seat: &Seat, city: &City) -> Result<HashMap<String, String>> {
    let mut ids = unit_ids(server, seat).await?;
    for (sort, unit) in cast::units(city).into_iter().enumerate() {
        if ids.contains_key(&unit.name) {
            continue;
        }
        let parent = ids.get(&unit.parent).with_context(|| format!("{} is not there", unit.parent))?;
        let form = json!({ "parent_id": parent, "name": unit.name, "kind": unit.kind, "region": unit.region, "sort": sort + 1 });
        let made = server.call(seat, Method::POST, "/api/v1/organisations", None, Some(&form)).await?;
        ids.insert(unit.name, made["id"].as_str().context("an organisation without an id")?.to_owned());
    }
    Ok(ids)
}

async fn people(server: &Server, seat: &Seat, city: &City, units: &HashMap<String, String>) -> Result<()> {
    let members: Vec<_> = cast::members(city);
    futures::stream::iter(members)
        .map(|member| async move {
            let unit = units.get(&member.unit).with_context(|| format!("{} is not there", member.unit))?;
            let machine = member.role == "machine";
            let mut form = json!({
                "account": member.account, "name": member.name, "organisation_id": unit, "roles": [member.role],
                "regions": member.regions, "auxiliary": member.role == "auxiliary",
            });
            if !machine {
                form["password"] = json!(FIRST_PASSWORD);
            }
            match server.call(seat, Method::POST, "/api/v1/people", None, Some(&form)).await {
                Ok(_) if machine => {}
                Ok(_) => server.settle_password(&member.account, FIRST_PASSWORD, PASSWORD).await?,
                // Made before the set-up was cut off: the password may or may not have been settled.
                Err(error) if is(&error, "account-taken") => {
                    if !machine && let Err(error) = server.settle_password(&member.account, FIRST_PASSWORD, PASSWORD).await {
                        tracing::debug!(%error, "the password is settled already");
                    }
                }
                Err(error) => return Err(error),
            }
            anyhow::Ok(())
        })
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<()>>()
        .await?;
    Ok(())
}

/// Certificates of the officers and the reviewer's qualification, simulated like everything else.
async fn certificates(server: &Server, seat: &Seat, now: DateTime<Utc>) -> Result<()> {
    let today = now.with_timezone(&shanghai()).date_naive();
    let (from, until) = (today - Duration::days(700), today + Duration::days(1100));
    for role in ["officer", "legal_reviewer"] {
        let people = server.call(seat, Method::GET, &format!("/api/v1/people?role={role}&limit=200"), None, None).await?;
        for person in people["items"].as_array().into_iter().flatten() {
            let (id, account) = (person["id"].as_str().unwrap_or_default(), person["account"].as_str().unwrap_or_default());
            let number = (role == "officer").then(|| format!("模拟证-{account}"));
            let term = number.as_ref().map(|_| (from, until));
            let form = json!({
                "number": number, "valid_from": term.map(|it| it.0), "valid_until": term.map(|it| it.1), "legal_qualified": role == "legal_reviewer",
            });
            server.call(seat, Method::PUT, &format!("/api/v1/people/{id}/certificate"), None, Some(&form)).await?;
        }
    }
    Ok(())
}

async fn settings(server: &Server, seat: &Seat, city: &City, units: &HashMap<String, String>, now: DateTime<Utc>) -> Result<()> {
    let id_of = |name: &str| units.get(name).with_context(|| format!("{name} is not there"));
    let known = server.call(seat, Method::GET, "/api/v1/dispatch-draft", None, None).await?;
    let key = |rule: &Value| format!("{} {} {}", rule["priority"], rule["class_prefix"], rule["region_prefix"]);
    let known: HashSet<String> = known["items"].as_array().into_iter().flatten().map(key).collect();
    for rule in cast::rules(city) {
        let mut form = json!({
            "priority": rule.priority, "class_prefix": rule.class, "region_prefix": rule.region, "unit_id": id_of(&rule.unit)?,
            "note": rule.note, "on_duty": rule.night,
        });
        if rule.night {
            form["from_hour"] = json!(20);
            form["to_hour"] = json!(8);
        }
        if !known.contains(&key(&form)) {
            server.call(seat, Method::POST, "/api/v1/dispatch-rules", None, Some(&form)).await?;
        }
    }
    // Also after a start that was cut off between the rules and their publishing.
    let draft = server.call(seat, Method::GET, "/api/v1/dispatch-draft", None, None).await?;
    if draft["changes"].as_array().is_some_and(|changes| !changes.is_empty()) && draft["in_force"] == json!(0) {
        server.call(seat, Method::POST, "/api/v1/dispatch-rule-sets", None, Some(&json!({ "note": "模拟城市的派遣规则" }))).await?;
    }
    // Fines of the demo are paid into no account of this world.
    let payee = server.call(seat, Method::GET, "/api/v1/payment-payee", None, None).await?;
    if payee["payee"].is_null() {
        let form =
            json!({ "organ": format!("{}综合行政执法局（模拟）", city.county.name), "bank": "模拟银行", "account": "0000000000000000" });
        server.call(seat, Method::PUT, "/api/v1/payment-payee", None, Some(&form)).await?;
    }
    papers::settle(server, seat, &city.county.name, id_of(cast::BUREAU)?).await.context("机关信息和用语未能写入")?;
    // What a camera sees is classed and placed already: no operator need look at it first.
    let intake = json!({ "items": [{ "source": "machine", "class_prefix": "", "automatic": true }] });
    server.call(seat, Method::PUT, "/api/v1/intake-settings", None, Some(&intake)).await?;
    // A few units run a whole working day late; they are prompted, and supervised when they do not answer.
    let notices = json!({
        "automatic": true, "prompt_after": 8, "supervise_after": 8, "reply_prompt": 8, "reply_supervise": 8, "reply_account": 16,
    });
    server.call(seat, Method::PUT, "/api/v1/notice-settings", None, Some(&notices)).await?;
    // A reply of phrases, or copied from another lead, waits for the operator.
    let checking = json!({ "mode": "hold", "holding": ["empty", "copied"] });
    server.call(seat, Method::PUT, "/api/v1/reply-check-settings", None, Some(&checking)).await?;
    let roster = server.call(seat, Method::GET, "/api/v1/duty", None, None).await?;
    if roster["items"].as_array().is_none_or(Vec::is_empty) {
        let evening = now.with_timezone(&shanghai());
        let today = now - Duration::hours(i64::from(evening.hour())) - Duration::minutes(i64::from(evening.minute()));
        for day in 0..45 {
            let from = today + Duration::days(day) + Duration::hours(20);
            let turn = json!({ "unit_id": id_of(&cast::special_squad(7))?, "from": from, "to": from + Duration::hours(12) });
            server.call(seat, Method::POST, "/api/v1/duty", None, Some(&turn)).await?;
        }
    }
    Ok(())
}
