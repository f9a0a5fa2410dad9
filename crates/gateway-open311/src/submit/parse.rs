//! A report parsed to what the house knows: a class, a place, words, a reporter for the vault.

use catalogue::Class;
use kernel::{
    personal::{PersonName, Telephone},
    position::{CoordinateSystem, Position},
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    Gateway, NewRequest,
    asked::Arguments,
    definition,
    fault::Fault,
    neighbour::referred_number,
    services::{OTHER, OTHER_NAME},
};

/// The longest description, in characters, by the specification.
const LONGEST_DESCRIPTION: usize = 4_000;
/// The longest of the other texts.
const LONGEST_TEXT: usize = 500;
/// The longest link.
const LONGEST_URL: usize = 2_000;

/// Parses a report.
pub(super) fn report(gateway: &Gateway, arguments: &Arguments, idempotency: Option<&str>) -> Result<NewRequest, Fault> {
    let class = class(gateway, arguments)?;
    let place = place(gateway, arguments)?;
    let answers = definition::read_answers(class.as_deref(), arguments)?;
    let description = match bounded(arguments, "description", LONGEST_DESCRIPTION)? {
        Some(text) => text.to_owned(),
        None => format!("（上报人未填写说明）{}", class.as_ref().map_or(OTHER_NAME, |class| class.name.as_str())),
    };
    let media_url = media_url(arguments)?;
    let mut details = Map::new();
    if !answers.is_empty() {
        details.insert("attributes".to_owned(), Value::Object(answers));
    }
    if let Some(url) = media_url {
        details.insert("media_url".to_owned(), Value::from(url));
    }
    // Whoever holds no key could make us overlook what another city was told.
    let referred = referred_number(&description).filter(|_| gateway.asks_for_key()).map(str::to_owned);
    if let Some(number) = &referred {
        details.insert("referred_number".to_owned(), Value::from(number.as_str()));
    }
    let minute = gateway.now().timestamp().div_euclid(60);
    let sameness = |moment: &str| key(arguments, moment);
    Ok(NewRequest {
        key: idempotency.map_or_else(|| sameness(&minute.to_string()), sameness),
        // A report and its repetition may lie on both sides of a full minute.
        earlier_key: idempotency.is_none().then(|| sameness(&(minute - 1).to_string())),
        class_code: class.map(|class| class.code.clone()),
        description,
        position: place.position,
        address: place.address,
        component_code: place.component,
        name: name(arguments)?,
        telephone: arguments.get("phone").map(Telephone::parse).transpose()?,
        details: Value::Object(details),
        referred,
    })
}

/// The key by which the same report is known again. Who sent it and all it says go into it, so that two reporters never meet in one key
/// and a key that was used again by mistake swallows nothing; what it says cannot be read out of it.
fn key(arguments: &Arguments, moment: &str) -> String {
    let said = |name: &str| arguments.get(name).unwrap_or_default().to_owned();
    let names = ["api_key", "device_id", "account_id", "service_code", "lat", "long", "address_string", "address_id", "description"];
    let mut digest = Sha256::new();
    let attributes = arguments.0.iter().filter(|(name, _)| name.starts_with("attribute["));
    let parts = names.iter().map(|name| said(name)).chain(attributes.flat_map(|(name, value)| [name.clone(), value.clone()]));
    for part in parts.chain([moment.to_owned()]) {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

/// The class of the service; none for the service of unknown kind.
fn class(gateway: &Gateway, arguments: &Arguments) -> Result<Option<std::sync::Arc<Class>>, Fault> {
    match arguments.get("service_code") {
        None => Err(Fault::invalid("缺少 service_code（service_code was not provided）")),
        Some(OTHER) => Ok(None),
        Some(code) => match gateway.catalogue().class(code) {
            Some(class) => Ok(Some(class)),
            None => Err(Fault::not_found("没有这个 service_code（service_code was not found）")),
        },
    }
}

struct Place {
    position: Option<Position>,
    address: Option<String>,
    component: Option<String>,
}

/// Where: coordinates, or words, or the id of a unit grid or a component; at least one of them.
fn place(gateway: &Gateway, arguments: &Arguments) -> Result<Place, Fault> {
    let degrees = |name: &str| {
        let number = arguments.get(name).map(str::parse::<f64>).transpose();
        number.map_err(|_| Fault::invalid(format!("{name} 应为十进制度数")))
    };
    let position = match (degrees("lat")?, degrees("long")?) {
        (Some(lat), Some(long)) => {
            Some(Position::from(CoordinateSystem::Wgs84, long, lat).map_err(|error| Fault::invalid(format!("lat、long 不可用：{error}")))?)
        }
        (None, None) => None,
        _ => return Err(Fault::invalid("lat 与 long 应同时提供")),
    };
    let words = bounded(arguments, "address_string", LONGEST_TEXT)?.map(str::to_owned);
    let (named, component) = match arguments.get("address_id") {
        None => (None, None),
        Some(id) if id.len() == 17 && id.bytes().all(|byte| byte.is_ascii_digit()) => (Some(format!("部件 {id}")), Some(id.to_owned())),
        Some(id) => match gateway.catalogue().region(id).filter(|_| id.len() == 15) {
            Some(grid) => (Some(grid_name(gateway, id, &grid.name)), None),
            None => return Err(Fault::invalid("address_id 应为 15 位单元网格编码或 17 位部件编码，且在本地目录中")),
        },
    };
    if position.is_none() && words.is_none() && named.is_none() {
        return Err(Fault::invalid("缺少地点：请提供 lat 与 long，或 address_string，或 address_id（location was not provided）"));
    }
    Ok(Place { position, address: words.or(named), component })
}

/// A unit grid with the township in front, as people say it.
fn grid_name(gateway: &Gateway, code: &str, name: &str) -> String {
    let township = code.get(..9).and_then(|code| gateway.catalogue().region(code));
    township.map_or_else(|| name.to_owned(), |township| format!("{}{name}", township.name))
}

/// The reporter's name in the order of its script.
fn name(arguments: &Arguments) -> Result<Option<PersonName>, Fault> {
    let (first, last) = (arguments.get("first_name").unwrap_or_default(), arguments.get("last_name").unwrap_or_default());
    let full = if (first.to_owned() + last).is_ascii() { format!("{first} {last}") } else { format!("{last}{first}") };
    let full = full.trim();
    Ok(if full.is_empty() { None } else { Some(PersonName::parse(full)?) })
}

fn media_url(arguments: &Arguments) -> Result<Option<String>, Fault> {
    let Some(url) = bounded(arguments, "media_url", LONGEST_URL)? else { return Ok(None) };
    let is_link = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
        && !url.contains(|c: char| c.is_control() || c.is_whitespace());
    if is_link { Ok(Some(url.to_owned())) } else { Err(Fault::invalid("media_url 应为 http 或 https 链接")) }
}

fn bounded<'a>(arguments: &'a Arguments, name: &str, most: usize) -> Result<Option<&'a str>, Fault> {
    match arguments.get(name) {
        Some(text) if text.chars().count() > most => Err(Fault::invalid(format!("{name} 不能超过 {most} 个字符"))),
        text => Ok(text),
    }
}
