//! What a person does next with a lead, as the request that person's page would send.

use anyhow::Result;
use chrono::Utc;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Case, Fate, Stage, stage};
use crate::{
    city::chance::Chance,
    client::Refused,
    words::{self, TROUBLES, Tale},
};

/// A wish: who wants what.
#[derive(Debug)]
pub(crate) enum Wish {
    /// A report from the portal, a patrol, an operator or a camera.
    Report(Box<NewReport>),
    /// An action on a lead, as its state and version were last seen.
    Act { account: String, lead: String, state: String, version: i64, verb: &'static str, body: Value },
    /// A citizen's rating.
    Rate { tracking: String, stars: u8 },
}

/// A report on its way.
#[derive(Debug)]
pub(crate) struct NewReport {
    by: Reporter,
    form: Value,
    tale: Tale,
    has_photo: bool,
    merge_into: Option<usize>,
    fate: Fate,
}

#[derive(Debug, Clone)]
enum Reporter {
    Citizen,
    Staff(String),
    Machine,
}

/// What came of a wish.
pub(crate) enum Outcome {
    /// There is a new lead.
    Reported(Box<Case>),
    /// The lead as it now stands.
    Stands(Value),
    /// Nothing more follows.
    Done,
    /// The server said no.
    Refused(Refused),
    /// The server could not be asked.
    Failed(anyhow::Error),
}

const REJECTIONS: [&str; 3] = [
    "经核实不属于城市管理职责范围，已告知向主管部门反映",
    "描述不清且无法联系上报人，现场未发现问题",
    "该处为居民小区内部事务，请联系物业",
];
const EXTENSIONS: [&str; 4] = ["配件需采购，预计两天到货", "连续降雨无法施工", "需协调权属单位共同处理", "夜间封道许可尚未批下"];
const SEND_BACKS: [&str; 3] = ["现场核对权属，该设施不归本单位管养", "位置在相邻单位责任区内", "需先由执法队处理当事人，再行清运"];
const FIXES: [&str; 5] =
    ["已安排人员到场处理，现场恢复", "已清理完毕", "已维修并复位，完好", "已劝离并教育当事人，现场整洁", "已处置，后续加强巡查"];

/// What a unit replies; now and then it says nothing, as in life.
fn fix_note(number: usize) -> &'static str {
    if number == 24 { "您反映的问题已转相关部门处理，感谢您的监督" } else { FIXES[number % 5] }
}

impl Wish {
    /// The verb of an action; empty for what is none.
    pub(crate) fn verb(&self) -> &'static str {
        match self {
            Self::Act { verb, .. } => verb,
            Self::Report(_) | Self::Rate { .. } => "",
        }
    }

    /// Somebody sees something.
    pub(crate) fn report(stage: &Stage<'_>, chance: &mut Chance, cases: &[Case], live: bool) -> Self {
        let draw = chance.unit();
        let by_camera = draw > 0.9 && stage.machine_key.is_some();
        let tale = words::tale(stage.city, chance, by_camera);
        let township = stage.township_of(&tale.grid);
        let turn = chance.below(2);
        let by = match draw {
            draw if draw < 0.46 => Reporter::Citizen,
            draw if draw < 0.76 => Reporter::Staff(format!("collector{:02}", township * 2 + turn + 1)),
            draw if draw < 0.8 => Reporter::Staff(format!("officer{:02}", township + 1)),
            draw if draw < 0.84 => Reporter::Staff(format!("auxiliary{:02}", township + 1)),
            draw if draw <= 0.9 || !by_camera => Reporter::Staff(format!("operator{:02}", 1 + chance.below(3))),
            _ => Reporter::Machine,
        };
        let scene = TROUBLES[tale.trouble].scene;
        let has_photo = matches!(by, Reporter::Machine) || chance.unit() < 0.85;
        let photos = if has_photo { stage.picture(scene, false, chance.below(2)) } else { Vec::new() };
        let mut form = json!({
            "description": tale.text, "address": tale.address, "photos": photos, "simulated": true,
            "position": { "x": tale.position[0], "y": tale.position[1], "system": "wgs84" },
            "client_key": format!("sim-{:016x}", (chance.unit() * 9e15) as u64 ^ Utc::now().timestamp_micros().unsigned_abs()),
        });
        // Staff know the class; citizens mostly do not, and the words decide.
        let knows = match &by {
            Reporter::Citizen => chance.unit() < 0.15,
            Reporter::Staff(account) => account.starts_with("collector") || chance.unit() < 0.5,
            Reporter::Machine => true,
        };
        if knows {
            form["class_code"] = json!(TROUBLES[tale.trouble].class);
        }
        match &by {
            Reporter::Staff(account) => {
                form["source"] = json!(if account.starts_with("operator") { "operator" } else { "patrol" });
                if let Some(component) = &tale.component {
                    form["component_code"] = json!(component);
                }
            }
            Reporter::Machine => form["source"] = json!("machine"),
            Reporter::Citizen => {}
        }
        // Now and then a second person reports what is reported already.
        let mut merge_into = None;
        if matches!(by, Reporter::Citizen) && chance.unit() < 0.07 {
            merge_into = cases
                .iter()
                .enumerate()
                .rev()
                .take(60)
                .find(|(_, case)| {
                    case.merge_into.is_none()
                        && matches!(case.state.as_str(), "filed" | "dispatched" | "fixing")
                        && case.trouble == tale.trouble
                })
                .map(|(index, _)| index);
        }
        let mut fate = Fate::drawn(chance, false);
        if live && fate.share > 2.0 {
            fate.share = 1.2;
        }
        Self::Report(Box::new(NewReport { by, form, tale, has_photo, merge_into, fate }))
    }

    /// What is done next with a case; `None` when it is over.
    pub(crate) fn step(stage: &Stage<'_>, chance: &mut Chance, cases: &[Case], index: usize) -> Option<Self> {
        let case = &cases[index];
        let fate = &case.fate;
        let number = |chance: &mut Chance, most: usize| 1 + chance.below(most);
        let operator = format!("operator{:02}", number(chance, 3));
        let chief = format!("shift_leader{:02}", number(chance, 2));
        let collector = || {
            // The one of the township who did not report it: nobody checks his own find.
            let first = format!("collector{:02}", case.township * 2 + 1);
            let second = format!("collector{:02}", case.township * 2 + 2);
            if case.reporter.as_deref() == Some(first.as_str()) { second } else { first }
        };
        let scene = TROUBLES[case.trouble].scene;
        let take = chance.below(2);
        let (account, verb, body) = match case.state.as_str() {
            "reported" => {
                let merging = case.merge_into.map(|target| &cases[target]);
                if let Some(target) = merging.filter(|target| matches!(target.state.as_str(), "filed" | "dispatched" | "fixing")) {
                    (operator, "merge", json!({ "into": target.id, "reason": "同一地点同一问题" }))
                } else if fate.reject {
                    (operator, "reject", json!({ "reason": REJECTIONS[chance.below(3)] }))
                } else if fate.verify_first {
                    (operator, "request-verify", json!({ "collector": stage.person(&collector()), "note": "请到现场核实" }))
                } else {
                    (operator, "accept", json!({ "class_code": TROUBLES[case.trouble].class }))
                }
            }
            "verifying" => {
                let found = if fate.untrue { "现场未发现所述问题" } else { "情况属实" };
                let photos = stage.picture(scene, fate.untrue, take);
                (
                    collector_of(case).unwrap_or_else(collector),
                    "verify",
                    json!({ "genuine": !fate.untrue, "note": found, "photos": photos }),
                )
            }
            "accepted" if fate.void => (chief, "void", json!({ "reason": "与在办工程重复，现场已围挡施工" })),
            "accepted" => (chief, "file", json!({ "standard": "现场存在，符合立案标准" })),
            "filed" => {
                let unit = match &case.unit {
                    Some(_) => stage.other_unit(case.unit.as_deref()),
                    None => stage.squad_of(case.township),
                };
                let dispatcher = format!("dispatcher{:02}", number(chance, 2));
                (dispatcher, "dispatch", json!({ "unit": unit?, "note": "请按期处置" }))
            }
            "dispatched" | "fixing" if case.extension_pending => {
                if chance.unit() < 0.8 {
                    (chief, "grant-extension", json!({ "hours": 8 + chance.below(3) * 8 }))
                } else {
                    (chief, "refuse-extension", json!({ "reason": "理由不充分，请增派力量按期完成" }))
                }
            }
            "dispatched" => {
                let (leader, handler) = stage.crew(case.unit.as_deref())?;
                if fate.send_back {
                    (leader.clone(), "send-back", json!({ "reason": SEND_BACKS[chance.below(3)] }))
                } else {
                    (handler.clone(), "take", json!({}))
                }
            }
            "fixing" => {
                let (leader, _) = stage.crew(case.unit.as_deref())?;
                if fate.extend {
                    let hours = 8 + chance.below(3) * 8;
                    (leader.clone(), "request-extension", json!({ "hours": hours, "reason": EXTENSIONS[chance.below(4)] }))
                } else if fate.suspend {
                    (chief, "suspend", json!({ "reason": "涉及管线迁改，待相关单位确定方案" }))
                } else {
                    let before = if case.has_photo { Vec::new() } else { stage.picture(scene, false, take) };
                    let after = stage.picture(scene, true, take);
                    let body = json!({ "note": fix_note(chance.below(25)), "before_photos": before, "after_photos": after });
                    (leader.clone(), "fix", body)
                }
            }
            "suspended" => (chief, "resume", json!({})),
            "fixed" if case.check_failed => (operator, "rework", json!({ "reason": "核查未通过，请重新处置" })),
            "fixed" => (operator, "request-check", json!({ "collector": stage.person(&collector()) })),
            "checking" => {
                let note = if fate.fails_check { "仍有残留，未处置到位" } else { "已处置到位" };
                let photos = stage.picture(scene, !fate.fails_check, take);
                (
                    collector_of(case).unwrap_or_else(collector),
                    "check",
                    json!({ "passed": !fate.fails_check, "note": note, "photos": photos }),
                )
            }
            "checked" => (chief, "close", json!({ "standard": "问题已消除，前后照片齐全" })),
            "closed" => return Some(Self::Rate { tracking: case.tracking.clone()?, stars: fate.stars? }),
            _ => return None,
        };
        Some(Self::Act { account, lead: case.id.clone(), state: case.state.clone(), version: case.version, verb, body })
    }
}

impl Stage<'_> {
    /// Sends what a wish asks for.
    pub(crate) async fn carry_out(&self, wish: Wish) -> Outcome {
        let done = match wish {
            Wish::Report(report) => self.send_report(*report).await.map(|case| Outcome::Reported(Box::new(case))),
            Wish::Act { account, lead, state, version, verb, body } => {
                self.act(&account, &lead, (&state, version), verb, &body).await.map(Outcome::Stands)
            }
            Wish::Rate { tracking, stars } => {
                let path = format!("/api/v1/public/reports/{tracking}/rating");
                self.server.open(Method::POST, &path, Some(&json!({ "stars": stars }))).await.map(|_| Outcome::Done)
            }
        };
        done.unwrap_or_else(|error| match error.downcast::<Refused>() {
            Ok(refused) if refused.status.is_client_error() => Outcome::Refused(refused),
            Ok(refused) => Outcome::Failed(refused.into()),
            Err(error) => Outcome::Failed(error),
        })
    }

    async fn act(&self, account: &str, lead: &str, seen: (&str, i64), verb: &str, body: &Value) -> Result<Value> {
        self.server.act(self.seat(account)?, lead, seen, verb, body).await
    }

    async fn send_report(&self, report: NewReport) -> Result<Case> {
        let made = match &report.by {
            Reporter::Citizen => self.server.open(Method::POST, "/api/v1/public/reports", Some(&report.form)).await?,
            Reporter::Staff(account) => {
                self.server.call(self.seat(account)?, Method::POST, "/api/v1/leads", None, Some(&report.form)).await?
            }
            Reporter::Machine => {
                let key = self.machine_key.as_deref().unwrap_or_default();
                self.server.with_header("authorization", &format!("Bearer {key}"), "/api/v1/leads", &report.form).await?
            }
        };
        let tracking = made["tracking_code"].as_str().map(str::to_owned);
        let id = match made["id"].as_str() {
            Some(id) => id.to_owned(),
            // A citizen is given no id; the centre finds the report by its number.
            None => self.id_of(made["number"].as_str().unwrap_or_default()).await?,
        };
        let mut case = Case {
            id,
            version: 1,
            state: "reported".to_owned(),
            due_at: None,
            township: self.township_of(&report.tale.grid),
            unit: None,
            class: None,
            trouble: report.tale.trouble,
            tracking: tracking.filter(|_| matches!(report.by, Reporter::Citizen)),
            has_photo: report.has_photo,
            extension_pending: false,
            check_failed: false,
            collector: None,
            reporter: match &report.by {
                Reporter::Staff(account) if account.starts_with("collector") => Some(account.clone()),
                _ => None,
            },
            merge_into: report.merge_into,
            fate: report.fate,
            refusals: 0,
        };
        // What a camera sees is with a unit already.
        if matches!(report.by, Reporter::Machine) {
            let path = format!("/api/v1/leads/{}", case.id);
            let lead = self.server.call(self.shift_leader(), Method::GET, &path, None, None).await?;
            case.state = lead["state"].as_str().unwrap_or("reported").to_owned();
            case.version = lead["version"].as_i64().unwrap_or(1);
            case.unit = lead["unit"]["id"].as_str().map(str::to_owned);
            case.due_at = lead["due_at"].as_str().and_then(|text| text.parse().ok());
        }
        Ok(case)
    }

    async fn id_of(&self, number: &str) -> Result<String> {
        let path = format!("/api/v1/leads?q={number}&limit=1");
        let page = self.server.call(self.seat(stage::DESK)?, Method::GET, &path, None, None).await?;
        page["items"][0]["id"].as_str().map(str::to_owned).ok_or_else(|| anyhow::anyhow!("the report {number} is not in the list"))
    }
}

/// The collector whom the centre named, if it named one of them.
fn collector_of(case: &Case) -> Option<String> {
    case.collector.clone().filter(|account| account.starts_with("collector"))
}
