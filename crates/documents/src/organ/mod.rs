//! What an organ says of itself on its documents (机关信息): name, code word, address, who reviews, which court. Set in versions, each from a
//! day on; a document takes those of the day it is issued on, and keeps them.

pub(crate) mod list;
pub(crate) mod set;
pub(crate) mod store;

use chrono::NaiveDate;
use http_api::Answer;
use identity::OrganisationTree;
use kernel::clock::shanghai;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::{FromRow, PgConnection};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Documents, form::Missing};

/// The page of the desk where organs are set.
pub(crate) const PLACE: &str = "organs";

/// What an organ says of itself (机关信息).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, FromRow, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganFacts {
    /// Its full name (机关全称), as on its seal.
    pub name: String,
    /// The word that its numbers begin with (机关代字).
    pub word: String,
    /// Where it is.
    #[serde(default)]
    pub address: String,
    /// Its postcode.
    #[serde(default)]
    pub postcode: String,
    /// Its telephone.
    #[serde(default)]
    pub telephone: String,
    /// Who reviews what it decides (行政复议机关): 行政复议法 arts. 24 to 26.
    #[serde(default)]
    pub review_body: String,
    /// Where the review body is.
    #[serde(default)]
    pub review_address: String,
    /// The court that hears suits against it (管辖法院): 行政诉讼法 arts. 14 to 18.
    #[serde(default)]
    pub court: String,
    /// The bank that fines are paid at, where the payments room names none.
    #[serde(default)]
    pub bank: String,
    /// Where that bank is.
    #[serde(default)]
    pub bank_address: String,
    /// The account at it.
    #[serde(default)]
    pub account: String,
}

impl OrganFacts {
    /// Writes what the organ says of itself over what a draft says of it: who issues and who reviews is set, not typed.
    pub(crate) fn stamp(of: Option<&Self>, data: &mut Value) {
        let nobody = Self::default();
        let it = of.unwrap_or(&nobody);
        let Some(fields) = data.as_object_mut() else { return };
        fields.insert(
            "organ".to_owned(),
            json!({ "name": it.name, "word": it.word, "address": it.address, "postcode": it.postcode, "telephone": it.telephone }),
        );
        if fields.contains_key("remedies") {
            fields.insert(
                "remedies".to_owned(),
                json!({ "review_body": it.review_body, "review_address": it.review_address, "court": it.court }),
            );
        }
    }

    /// Fills what a new document would else leave to be typed: where a fine is paid, and whom to ask.
    pub(crate) fn fill(&self, data: &mut Value) {
        let Some(fields) = data.as_object_mut() else { return };
        if fields.get("payment").is_some_and(Value::is_null) && !self.bank.is_empty() && !self.account.is_empty() {
            let payment = json!({ "bank": self.bank, "bank_address": self.bank_address, "account": self.account, "online": false });
            fields.insert("payment".to_owned(), payment);
        }
        if fields.get("contact").is_some_and(|it| it == "") && !self.telephone.is_empty() {
            fields.insert("contact".to_owned(), json!(format!("{}，联系电话{}", self.address, self.telephone)));
        }
    }
}

/// Says of each missing element that an organ's settings give where it is set.
pub(crate) fn placed(missing: Vec<Missing>) -> Vec<Missing> {
    let given = |element: &str| matches!(element, "organ" | "review-body" | "court");
    missing.into_iter().map(|one| if given(&one.element) { one.settled_at(PLACE) } else { one }).collect()
}

/// The organ of a unit: the nearest at or above it that is one, or the only one there is.
fn nearest(organs: &[(Uuid, OrganFacts)], tree: &OrganisationTree, unit: Option<Uuid>) -> Option<(Uuid, OrganFacts)> {
    let above = |organ: Uuid| unit.is_some_and(|unit| tree.is_within(unit, organ));
    let around: Vec<&(Uuid, OrganFacts)> = organs.iter().filter(|(organ, _)| above(*organ)).collect();
    let innermost = around.iter().find(|(organ, _)| around.iter().all(|(other, _)| tree.is_within(*organ, *other)));
    match (innermost, organs) {
        (Some(&found), _) => Some(found.clone()),
        (None, [only]) => Some(only.clone()),
        _ => None,
    }
}

impl Documents {
    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }

    /// What the organ of a unit says of itself today, for rooms that put paper out by themselves; nothing where none is set.
    ///
    /// # Errors
    /// The database's.
    pub async fn organ_today(&self, unit: Uuid) -> Answer<Option<OrganFacts>> {
        let mut connection = self.database().pool().acquire().await?;
        Ok(self.organ_of(&mut connection, Some(unit)).await?.map(|(_, facts)| facts))
    }

    /// The organ of a unit today; nothing where none is set.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn organ_of(&self, connection: &mut PgConnection, unit: Option<Uuid>) -> Answer<Option<(Uuid, OrganFacts)>> {
        let organs = store::in_force(connection, self.home_region(), self.today()).await?;
        let tree = self.organisations().await?;
        Ok(nearest(&organs, &tree, unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bureau() -> OrganFacts {
        OrganFacts {
            name: "模拟县综合行政执法局".into(),
            word: "模综执".into(),
            telephone: "0573-00000000".into(),
            review_body: "模拟县人民政府".into(),
            bank: "模拟银行".into(),
            account: "0000".into(),
            ..OrganFacts::default()
        }
    }

    #[test]
    fn what_was_typed_of_the_organ_gives_way_and_only_blank_fields_are_filled() {
        let mut data = json!({ "organ": { "name": "别的局" }, "remedies": { "court": "别的法院" }, "payment": null, "contact": "" });
        OrganFacts::stamp(Some(&bureau()), &mut data);
        bureau().fill(&mut data);
        assert_eq!((&data["organ"]["word"], &data["remedies"]["court"]), (&json!("模综执"), &json!("")));
        assert_eq!((&data["payment"]["account"], &data["contact"]), (&json!("0000"), &json!("，联系电话0573-00000000")));
        let mut paid = json!({ "payment": { "bank": "缴款银行", "account": "1111" }, "contact": "窗口" });
        bureau().fill(&mut paid);
        assert_eq!((&paid["payment"]["account"], &paid["contact"]), (&json!("1111"), &json!("窗口")));
        // Without an organ nothing of one stands there.
        OrganFacts::stamp(None, &mut data);
        assert_eq!(data["organ"]["name"], "");
    }

    #[test]
    fn a_unit_without_an_organ_above_it_belongs_to_the_only_one() {
        let tree = OrganisationTree::default();
        let (one, other) = ((Uuid::from_u128(1), bureau()), (Uuid::from_u128(2), bureau()));
        assert_eq!(nearest(std::slice::from_ref(&one), &tree, Some(Uuid::from_u128(9))).map(|it| it.0), Some(one.0));
        assert!(nearest(&[one.clone(), other.clone()], &tree, Some(Uuid::from_u128(9))).is_none());
        assert_eq!(nearest(&[one, other], &tree, Some(Uuid::from_u128(2))).map(|it| it.0), Some(Uuid::from_u128(2)));
        assert!(nearest(&[], &tree, None).is_none());
    }
}
