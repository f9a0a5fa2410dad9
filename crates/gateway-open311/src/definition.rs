//! GET Service Definition (服务定义): what more a service asks.

use axum::{extract::State, response::Response};
use catalogue::Class;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    Gateway,
    asked::{Arguments, Asked},
    fault::{Errors, Fault},
    format::Document,
    services::OTHER,
    xml::Xml,
};

/// The attribute by which a reporter says what is wrong with the thing: its conditions decide the disposal limit.
const CONDITION: &str = "CONDITION";

/// An answer that may be chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Open311Value)]
pub(crate) struct Choice {
    /// What is sent back.
    key: String,
    /// What people read.
    name: String,
}

/// A question (属性) of a service.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Open311Attribute)]
pub(crate) struct Attribute {
    /// Whether it is answered, or only read.
    variable: bool,
    /// Its code.
    code: String,
    /// `singlevaluelist` or `multivaluelist`.
    datatype: &'static str,
    /// Whether it must be answered.
    required: bool,
    /// How to answer.
    datatype_description: String,
    /// Where it stands among the others, from 1.
    order: u32,
    /// The question.
    description: String,
    /// The answers to choose from.
    values: Vec<Choice>,
}

/// The definition of a service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311ServiceDefinition)]
pub(crate) struct ServiceDefinition {
    /// The service.
    service_code: String,
    /// Its questions.
    attributes: Vec<Attribute>,
}

impl Document for ServiceDefinition {
    fn write(&self, xml: &mut Xml) {
        xml.element("service_definition", |xml| {
            xml.leaf("service_code", &self.service_code);
            xml.element("attributes", |xml| self.attributes.iter().for_each(|attribute| attribute.write(xml)));
        });
    }
}

impl Attribute {
    fn write(&self, xml: &mut Xml) {
        xml.element("attribute", |xml| {
            xml.leaf("variable", self.variable);
            xml.leaf("code", &self.code);
            xml.leaf("datatype", self.datatype);
            xml.leaf("required", self.required);
            xml.leaf("datatype_description", &self.datatype_description);
            xml.leaf("order", self.order);
            xml.leaf("description", &self.description);
            xml.element("values", |xml| {
                for choice in &self.values {
                    xml.element("value", |xml| {
                        xml.leaf("key", &choice.key);
                        xml.leaf("name", &choice.name);
                    });
                }
            });
        });
    }

    /// Reads the answer to this question.
    fn answered(&self, given: &[&str]) -> Result<Option<Value>, Fault> {
        let Self { code, description, .. } = self;
        if given.is_empty() {
            return if self.required { Err(Fault::invalid(format!("请回答 attribute[{code}]：{description}"))) } else { Ok(None) };
        }
        if let Some(wrong) = given.iter().find(|answer| !self.values.iter().any(|choice| choice.key == **answer)) {
            let choices: Vec<&str> = self.values.iter().map(|choice| choice.key.as_str()).collect();
            return Err(Fault::invalid(format!("attribute[{code}] 没有“{wrong}”这个选项，可选：{}", choices.join("、"))));
        }
        match given {
            [one] => Ok(Some(Value::from(*one))),
            several if self.datatype == "multivaluelist" => Ok(Some(Value::from(several.to_vec()))),
            _ => Err(Fault::invalid(format!("attribute[{code}] 只能选一项"))),
        }
    }
}

/// The conditions that decide the limits of a class, in the order of the catalogue.
pub(crate) fn conditions_of(class: &Class) -> Vec<&str> {
    let mut conditions: Vec<&str> = Vec::new();
    for condition in class.limits.iter().flat_map(|limit| &limit.conditions) {
        if !conditions.contains(&condition.as_str()) {
            conditions.push(condition);
        }
    }
    conditions
}

/// What a class asks.
fn attributes_of(class: &Class) -> Vec<Attribute> {
    let conditions = conditions_of(class);
    if conditions.is_empty() {
        return Vec::new();
    }
    vec![Attribute {
        variable: true,
        code: CONDITION.to_owned(),
        datatype: "singlevaluelist",
        // A citizen may not be able to tell a broken cover from a shifted one; the collector verifies it anyway.
        required: false,
        datatype_description: "选择一项；看不清可不选".to_owned(),
        order: 1,
        description: "现场是什么情况".to_owned(),
        values: conditions.into_iter().map(|condition| Choice { key: condition.to_owned(), name: condition.to_owned() }).collect(),
    }]
}

/// The answers in the form `attribute[CODE]` and `attribute[CODE][]`, judged by what the class asks.
pub(crate) fn read_answers(class: Option<&Class>, arguments: &Arguments) -> Result<Map<String, Value>, Fault> {
    let attributes = class.map(attributes_of).unwrap_or_default();
    let given = answers(arguments);
    if let Some((unknown, _)) = given.iter().find(|(code, _)| !attributes.iter().any(|attribute| attribute.code == *code)) {
        return Err(Fault::invalid(format!("该服务没有 attribute[{unknown}]，请先读取服务定义")));
    }
    let mut read = Map::new();
    for attribute in &attributes {
        let given: Vec<&str> = given.iter().filter(|(code, _)| *code == attribute.code).map(|(_, answer)| *answer).collect();
        if let Some(value) = attribute.answered(&given)? {
            read.insert(attribute.code.clone(), value);
        }
    }
    Ok(read)
}

fn answers(arguments: &Arguments) -> Vec<(&str, &str)> {
    let code = |name: &'_ str| -> Option<(usize, usize)> {
        let inside = name.strip_prefix("attribute[")?;
        let inside = inside.strip_suffix("[]").unwrap_or(inside).strip_suffix(']')?;
        Some(("attribute[".len(), "attribute[".len() + inside.len()))
    };
    let answered = arguments.0.iter().filter_map(|(name, value)| {
        let (from, to) = code(name)?;
        Some((&name[from..to], value.trim()))
    });
    answered.filter(|(_, value)| !value.is_empty()).collect()
}

/// Shows what a service asks.
///
/// # Errors
/// 404 for a service that is not there or asks nothing, 400 and 404 for the jurisdiction, 429.
#[utoipa::path(get, path = "/open311/v2/services/{document}", operation_id = "open311_service_definition", tag = "open311",
    params(("document" = String, Path, description = "`<service_code>.json` or `<service_code>.xml`"),
        ("jurisdiction_id" = Option<String>, Query, description = "The jurisdiction, where one is set")),
    responses(
        (status = 200, description = "The definition", content((ServiceDefinition = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn definition(State(gateway): State<Gateway>, asked: Asked) -> Response {
    asked.format.answer(show(&gateway, &asked))
}

fn show(gateway: &Gateway, asked: &Asked) -> Result<ServiceDefinition, Fault> {
    gateway.count_read(asked.address)?;
    gateway.check_jurisdiction(&asked.arguments)?;
    if asked.name.is_empty() {
        return Err(Fault::invalid("缺少 service_code（service_code was not provided）"));
    }
    let class = gateway.catalogue().class(&asked.name);
    if class.is_none() && asked.name != OTHER {
        return Err(Fault::not_found("没有这个 service_code（service_code was not found）"));
    }
    let attributes = class.as_deref().map(attributes_of).unwrap_or_default();
    if attributes.is_empty() {
        return Err(Fault::not_found("该服务没有需要补充的属性（metadata 为 false），可直接上报"));
    }
    Ok(ServiceDefinition { service_code: asked.name.clone(), attributes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(datatype: &'static str, required: bool) -> Attribute {
        let values = ["破损", "缺失"].map(|name| Choice { key: name.to_owned(), name: name.to_owned() }).to_vec();
        let text = String::new;
        Attribute {
            variable: true,
            code: "C".to_owned(),
            datatype,
            required,
            datatype_description: text(),
            order: 1,
            description: text(),
            values,
        }
    }

    #[test]
    fn answers_are_judged_by_the_definition() {
        assert!(question("singlevaluelist", true).answered(&[]).is_err());
        assert_eq!(question("singlevaluelist", false).answered(&[]).unwrap(), None);
        assert_eq!(question("singlevaluelist", true).answered(&["破损"]).unwrap(), Some("破损".into()));
        assert!(question("singlevaluelist", true).answered(&["破损", "缺失"]).is_err());
        assert!(question("multivaluelist", true).answered(&["破损", "丢了"]).is_err());
        assert_eq!(question("multivaluelist", true).answered(&["破损", "缺失"]).unwrap(), Some(vec!["破损", "缺失"].into()));
    }

    #[test]
    fn both_ways_of_writing_an_attribute_are_read() {
        let pairs = [("attribute[A]", "1"), ("attribute[B][]", "2"), ("attribute[B][]", "3"), ("attribute", "4"), ("attribute[C]", " ")];
        let arguments = Arguments(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        assert_eq!(answers(&arguments), [("A", "1"), ("B", "2"), ("B", "3")]);
    }
}
