//! `/metrics` of the running program: who may read it, what stands in it, and that dashboard and alerts ask for what is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use promql_parser::{
    label::MatchOp,
    parser::{self, Expr, VectorSelector},
    util::{ExprVisitor, walk_expr},
};
use serde_json::{Value, json};

use crate::program::Installation;

/// Each series' name with the values of each of its labels.
type Known = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Reads the text form of Prometheus through its own grammar of selectors: a line without its value is one.
fn known(text: &str) -> Known {
    let mut known = Known::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (series, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("not a sample: {line}"));
        assert!(value.parse::<f64>().is_ok(), "not a value: {line}");
        let Ok(Expr::VectorSelector(series)) = parser::parse(series) else { panic!("not a series: {line}") };
        let labels = known.entry(series.name.unwrap()).or_default();
        for label in series.matchers.matchers {
            labels.entry(label.name).or_default().insert(label.value);
        }
    }
    known
}

/// Looks whether what an expression asks for is there.
struct Asked<'k>(&'k Known, Vec<String>);

impl Asked<'_> {
    fn selector(&mut self, asked: &VectorSelector) {
        let name = asked.name.clone().unwrap_or_default();
        // What Prometheus itself adds.
        if name == "up" {
            return;
        }
        let Some(labels) = self.0.get(&name) else {
            self.1.push(format!("no series {name}"));
            return;
        };
        for label in asked.matchers.matchers.iter().filter(|label| label.name != "job") {
            match (&label.op, labels.get(&label.name)) {
                (_, None) => self.1.push(format!("{name} has no label {}", label.name)),
                (MatchOp::Equal, Some(values)) if !values.contains(&label.value) => {
                    self.1.push(format!("{name} has no {}={:?}", label.name, label.value));
                }
                (MatchOp::Re(_), Some(_)) if label.value == "5.." => {}
                (MatchOp::Re(_), Some(values)) if !label.value.split('|').all(|value| values.contains(value)) => {
                    self.1.push(format!("{name} has not all of {}=~{:?}", label.name, label.value));
                }
                _ => {}
            }
        }
    }
}

impl ExprVisitor for Asked<'_> {
    type Error = String;

    fn pre_visit(&mut self, expression: &Expr) -> Result<bool, String> {
        match expression {
            Expr::VectorSelector(asked) => self.selector(asked),
            Expr::MatrixSelector(asked) => self.selector(&asked.vs),
            Expr::Aggregate(aggregate) => {
                let labels = aggregate.modifier.iter().flat_map(|modifier| modifier.labels().labels.clone());
                for label in labels.filter(|label| !self.0.values().any(|labels| labels.contains_key(label))) {
                    self.1.push(format!("nothing has the label {label}"));
                }
            }
            _ => {}
        }
        Ok(true)
    }
}

fn wrong(known: &Known, expression: &str) -> Vec<String> {
    let parsed = parser::parse(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
    let mut asked = Asked(known, Vec::new());
    walk_expr(&mut asked, &parsed).unwrap();
    asked.1
}

fn deployed(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(file)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dashboard_and_alerts_ask_for_what_the_program_says_and_nothing_personal_is_said() {
    let installation = Installation::new();
    let token = installation.data().join("token");
    std::fs::write(&token, "0123456789abcdef0123456789abcdef").unwrap();
    let server = installation.serve_with(&["--metrics-token-file", token.to_str().unwrap()]);
    let visitor = server.visitor();
    for (account, status) in [("administrator01", 200), ("nobody-by-this-name", 401)] {
        let answer = visitor.post("/api/v1/session", json!({ "account": account, "password": crate::program::PASSWORD })).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let report = visitor.post("/api/v1/public/reports", json!({ "description": "界碑旁的路灯不亮" })).await;
    assert_eq!(report.status, 201, "{}", report.text);
    let id = "01900000-0000-7000-8000-00000000abcd";
    visitor.get(&format!("/api/v1/leads/{id}")).await;
    visitor.get("/an-address-that-only-one-person-types").await;

    let answer = visitor.get("/metrics").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.kind.starts_with("text/plain; version=0.0.4"), "{}", answer.kind);
    for private in [id, "only-one-person", "nobody-by-this-name", "administrator01", "界碑", "127.0.0.1"] {
        assert!(!answer.text.contains(private), "{private} in the metrics");
    }
    let known = known(&answer.text);
    let sample = |series: &str| {
        let line = answer.text.lines().find(|line| line.strip_prefix(series).is_some_and(|rest| rest.starts_with(' ')));
        line.and_then(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok()).unwrap_or_else(|| panic!("no {series} in {}", answer.text))
    };
    assert_eq!(sample("bihuan_reports_total{outcome=\"kept\"}"), 1.0);
    assert_eq!(sample("bihuan_intake_commits_total"), 1.0);
    assert_eq!(sample("bihuan_sign_ins_total{outcome=\"success\"}"), 1.0);
    assert_eq!(sample("bihuan_sign_ins_total{outcome=\"failed\"}"), 1.0);
    assert_eq!(sample("bihuan_database_up"), 1.0);
    assert!(sample("process_resident_memory_bytes") > 1e6);
    let open: f64 = ["green", "yellow", "red", "none"].map(|light| sample(&format!("bihuan_leads_open{{light=\"{light}\"}}"))).iter().sum();
    assert_eq!(open, 1.0);
    assert!(known["bihuan_http_requests_total"]["route"].contains("/api/v1/leads/{id}"), "{:?}", known["bihuan_http_requests_total"]);

    // Through a proxy on this machine, and with a token from wherever.
    let ask = |headers: &[(&str, &str)]| {
        let mut request = visitor.client.get(format!("{}/metrics", server.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        async move { request.send().await.unwrap().status().as_u16() }
    };
    assert_eq!(ask(&[("x-forwarded-for", "192.0.2.9")]).await, 403);
    let bearer = "Bearer 0123456789abcdef0123456789abcdef";
    assert_eq!(ask(&[("x-forwarded-for", "192.0.2.9"), ("authorization", bearer)]).await, 200);

    let dashboard: Value = serde_json::from_str(&deployed("grafana/bihuan.json")).unwrap();
    let targets = dashboard["panels"].as_array().unwrap().iter().flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let mut expressions: Vec<String> = targets.map(|target| target["expr"].as_str().unwrap().to_owned()).collect();
    let panels = expressions.len();
    let rules = deployed("prometheus/bihuan.rules.yml");
    expressions.extend(rules.lines().filter_map(|line| line.trim().strip_prefix("expr: ")).map(str::to_owned));
    assert_eq!(expressions.len() - panels, rules.matches("- alert: ").count(), "one line of an expression an alert");
    assert!(panels > 30 && expressions.len() > panels + 10);
    let wrong: Vec<String> = expressions
        .iter()
        .flat_map(|expression| wrong(&known, expression).into_iter().map(move |why| format!("{expression}: {why}")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(!self::wrong(&known, "sum by (colour) (rate(bihuan_reports_total{outcome=\"eaten\"}[5m]))").is_empty(), "the check can fail");
    assert!(!self::wrong(&known, "bihuan_nothing_total").is_empty(), "the check can fail");
    assert!(server.stop());
}
