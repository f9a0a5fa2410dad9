//! The body of a report as pairs: a form, as the specification says, or a JSON object with the same names.

use axum::{
    Form, Json,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde_json::Value;

use crate::{asked::Arguments, fault::Fault};

/// Reads the body.
pub(super) async fn read(request: Request) -> Result<Arguments, Fault> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    if let Some((_, charset)) = kind.split_once("charset=")
        && !matches!(charset.trim_matches([' ', '"', ';']), "utf-8" | "utf8" | "us-ascii")
    {
        return Err(Fault { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, description: "内容应为 UTF-8 编码".to_owned() });
    }
    let essence = kind.split(';').next().unwrap_or_default().trim();
    match essence {
        "application/x-www-form-urlencoded" => match Form::<Vec<(String, String)>>::from_request(request, &()).await {
            Ok(Form(pairs)) => Ok(Arguments(pairs)),
            Err(rejection) => Err(refused(rejection.into_response().status(), "表单无法读取")),
        },
        "application/json" => match Json::<Value>::from_request(request, &()).await {
            Ok(Json(Value::Object(fields))) => fields.into_iter().try_fold(Vec::new(), flatten).map(Arguments),
            Ok(_) => Err(Fault::invalid("JSON 应为一个对象，字段名与表单参数相同")),
            Err(rejection) => Err(refused(rejection.into_response().status(), "请求体不是合法的 JSON")),
        },
        // Nothing at all is a form without arguments: what is missing in it is said by name.
        "" => Ok(Arguments::default()),
        _ => Err(Fault {
            status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
            description: "内容类型应为 application/x-www-form-urlencoded".to_owned(),
        }),
    }
}

fn refused(status: StatusCode, description: &str) -> Fault {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault { status, description: "内容过大".to_owned() };
    }
    Fault::invalid(description)
}

/// One field of a JSON body as pairs; `attribute` may be an object of its own.
fn flatten(mut pairs: Vec<(String, String)>, (name, value): (String, Value)) -> Result<Vec<(String, String)>, Fault> {
    match value {
        Value::Object(answers) if name == "attribute" => {
            for (code, answer) in answers {
                pairs = flatten(pairs, (format!("attribute[{code}]"), answer))?;
            }
        }
        Value::Array(values) => {
            for value in values {
                pairs.push((name.clone(), plain(&name, value)?));
            }
        }
        value => {
            let text = plain(&name, value)?;
            pairs.push((name, text));
        }
    }
    Ok(pairs)
}

fn plain(name: &str, value: Value) -> Result<String, Fault> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Array(_) | Value::Object(_) => Err(Fault::invalid(format!("{name} 应为文字或数字"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_json_report_is_the_form_in_other_clothes() {
        let Value::Object(fields) = json!({ "lat": 30.7, "attribute": { "A": "1", "B": ["2", "3"] }, "phone": null }) else {
            unreachable!()
        };
        let mut pairs = fields.into_iter().try_fold(Vec::new(), flatten).unwrap();
        pairs.sort();
        let expected = [("attribute[A]", "1"), ("attribute[B]", "2"), ("attribute[B]", "3"), ("lat", "30.7"), ("phone", "")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(flatten(Vec::new(), ("lat".to_owned(), json!({ "x": 1 }))).is_err());
    }
}
