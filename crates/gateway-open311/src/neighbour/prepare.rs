//! What goes to a neighbour for a lead (转办内容): its service for our class, the words, the place, our number; nothing of the reporter.

use http_api::Answer;
use kernel::problem::Problem;
use serde_json::{Map, Value};

use super::{Exchange, Outward, Prepared, ServicePair, store};

/// The longest description by the specification, in characters.
const LONGEST: usize = 4_000;

impl Exchange {
    /// What goes to the neighbour of this code.
    ///
    /// # Errors
    /// `neighbour-unknown`, `neighbour-class-unmapped`, `neighbour-place-missing`.
    pub async fn prepare(&self, code: &str, lead: &Outward) -> Answer<Prepared> {
        let neighbour = store::one(self.database().pool(), self.home_region(), code).await?.filter(|neighbour| neighbour.active);
        let unknown = || Problem::invalid("neighbour-unknown", "没有这个邻市，或对接已停用").field("neighbour", "没有这个邻市");
        let neighbour = neighbour.ok_or_else(unknown)?;
        let service = service_of(&neighbour.services, lead.class_code.as_deref()).or(neighbour.fallback_service.as_deref());
        let unmapped = || {
            let detail = "这个类别在该邻市没有对应的服务，请管理员在“邻市对接”中补上对应，或设置其他类的服务";
            Problem::invalid("neighbour-class-unmapped", detail).field("neighbour", detail)
        };
        let service = service.ok_or_else(unmapped)?;
        if lead.position.is_none() && lead.address.is_none() {
            let detail = "没有地点，邻市无法办理，请先更正位置或地址";
            return Err(Problem::invalid("neighbour-place-missing", detail).field("neighbour", detail).into());
        }
        Ok(Prepared { name: neighbour.name.clone(), request: Value::Object(fields(service, lead)) })
    }
}

/// The neighbour's service for a class: the pair with the most of its digits.
fn service_of<'a>(pairs: &'a [ServicePair], class: Option<&str>) -> Option<&'a str> {
    let fits = pairs.iter().filter(|pair| class.is_some_and(|class| class.starts_with(&pair.class)));
    fits.max_by_key(|pair| pair.class.len()).map(|pair| pair.service.as_str())
}

/// What stands before our number in the words of a referral: it is known by it where its answer was lost, and when it is read back.
const MARK: &str = "（转办编号 ";

/// The number of the one who referred a request, where its words bear one.
pub(crate) fn referred_number(words: &str) -> Option<&str> {
    let (_, after) = words.rsplit_once(MARK)?;
    after.split_once('；').map(|(number, _)| number.trim()).filter(|number| (1..=40).contains(&number.len()))
}

fn fields(service: &str, lead: &Outward) -> Map<String, Value> {
    let tail = format!("\n{MARK}{}；转办理由：{}）", lead.number, lead.reason);
    let room = LONGEST.saturating_sub(tail.chars().count());
    let words: String = lead.description.chars().take(room).collect();
    let tail: String = tail.chars().take(LONGEST).collect();
    let mut fields = Map::new();
    let mut put = |name: &str, value: String| fields.insert(name.to_owned(), Value::String(value));
    put("service_code", service.to_owned());
    put("description", words + &tail);
    if let Some((lon, lat)) = lead.position {
        put("lat", lat.to_string());
        put("long", lon.to_string());
    }
    if let Some(address) = &lead.address {
        put("address_string", address.chars().take(500).collect());
    }
    // Tells our reports apart where a server knows no idempotency key.
    put("account_id", lead.number.clone());
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(class: &str, service: &str) -> ServicePair {
        ServicePair { class: class.to_owned(), service: service.to_owned() }
    }

    #[test]
    fn the_longest_pair_decides_and_a_class_without_one_has_none() {
        let pairs = [pair("06", "street"), pair("06010", "rubbish"), pair("0601", "clean")];
        assert_eq!(service_of(&pairs, Some("06010")), Some("rubbish"));
        assert_eq!(service_of(&pairs, Some("06012")), Some("clean"));
        assert_eq!(service_of(&pairs, Some("07001")), None);
        assert_eq!(service_of(&pairs, None), None);
    }

    #[test]
    fn our_number_is_never_cut_off() {
        let lead = Outward {
            number: "N1".to_owned(),
            class_code: None,
            description: "长".repeat(9_000),
            address: None,
            position: None,
            reason: "在邻市".to_owned(),
        };
        let fields = fields("x", &lead);
        let text = fields["description"].as_str().unwrap();
        assert_eq!(text.chars().count(), LONGEST);
        assert!(text.ends_with("（转办编号 N1；转办理由：在邻市）"));
        assert_eq!(referred_number(text), Some("N1"));
        assert_eq!(referred_number("路口有垃圾（转办编号）"), None);
    }
}
