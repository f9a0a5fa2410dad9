//! The templates (文书模板): for each kind that has one, what it must say (a typed struct), what must not be missing before it is issued, and
//! sample data. The layout lies in `templates/documents/<code>/template.typ`, the sample beside it.

mod approval;
pub mod block;
mod companion;
mod decision;
mod letter;
mod make;
mod missing;
mod notice;
mod on_spot;
mod record;
mod report;
mod seizure;
mod service;

use std::sync::LazyLock;

use kernel::problem::Problem;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::words::enrich;

pub use approval::*;
pub use companion::*;
pub use decision::*;
pub use letter::*;
pub use missing::Missing;
pub use notice::*;
pub use on_spot::*;
pub use record::*;
pub use report::*;
pub use seizure::*;
pub use service::*;

/// What a document of one kind says.
pub trait Form: Serialize + DeserializeOwned {
    /// The elements that it lacks.
    fn missing(&self) -> Vec<Missing>;

    /// Paragraphs that follow from the facts by rules: remedies, payment.
    fn words(&self) -> Map<String, Value> {
        Map::new()
    }

    /// The organ that issues it.
    fn organ(&self) -> &block::Organ;
}

/// A template as the press and the operations use it.
pub struct Template {
    /// The kind's code.
    pub code: &'static str,
    /// Grows with every change of layout or fields.
    pub version: i32,
    /// The layout's source.
    pub(crate) source: &'static str,
    sample: &'static str,
    read: fn(&Value) -> Result<Read, serde_json::Error>,
}

/// Data that were read as a form.
pub struct Read {
    /// The elements that are missing.
    pub missing: Vec<Missing>,
    /// The word that the organ's numbers begin with.
    pub organ_word: String,
    /// The organ's name.
    pub organ_name: String,
    /// The data in the form's own order, with every field.
    data: Value,
    words: Map<String, Value>,
}

impl Read {
    /// The facts as they are kept.
    #[must_use]
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// What the template gets: the facts with their words, and how the paper stands.
    pub(crate) fn sheet(&self, about: Value) -> Value {
        let mut it = self.data.clone();
        enrich(&mut it);
        serde_json::json!({ "it": it, "words": self.words, "about": about })
    }
}

impl Template {
    /// Where its layout stands in the press.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}/template.typ", self.code)
    }

    /// Invented data for looking at it.
    #[must_use]
    pub fn sample(&self) -> Value {
        serde_json::from_str(self.sample).expect("a sample of this repository is JSON")
    }

    /// Reads data as this form.
    ///
    /// # Errors
    /// `document-data-invalid`, naming the field.
    pub fn read(&self, data: &Value) -> Result<Read, Problem> {
        (self.read)(data).map_err(|error| {
            // What serde says names the field and what stood there; the latter may be personal.
            let known = error.to_string();
            let field = known.split('`').nth(1).unwrap_or("data").to_owned();
            Problem::invalid("document-data-invalid", format!("文书内容的字段 {field} 不符合 {} 的要求", self.code))
        })
    }
}

fn read<F: Form>(data: &Value) -> Result<Read, serde_json::Error> {
    let form: F = serde_json::from_value(data.clone())?;
    let organ = form.organ();
    let (mut missing, data) = (form.missing(), serde_json::to_value(&form)?);
    if unfilled(&data) {
        missing.push(Missing {
            element: "unfilled".to_owned(),
            label: "用语中还没有填写的内容（〔待填：……〕）".to_owned(),
            article: "文书填写规则".to_owned(),
            settled_at: None,
        });
    }
    Ok(Read { missing, organ_word: organ.word.clone(), organ_name: organ.name.clone(), data, words: form.words() })
}

/// Whether a phrase left something open, anywhere.
fn unfilled(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(OPEN),
        Value::Array(items) => items.iter().any(unfilled),
        Value::Object(fields) => fields.values().any(unfilled),
        _ => false,
    }
}

macro_rules! templates {
    ($($code:literal $version:literal $form:ty;)*) => {
        static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| vec![$(Template {
            code: $code,
            version: $version,
            source: include_str!(concat!("../../../../templates/documents/", $code, "/template.typ")),
            sample: include_str!(concat!("../../../../templates/documents/", $code, "/sample.json")),
            read: read::<$form>,
        }),*]);
    };
}

templates! {
    "A02" 2 Filing;
    "B01" 2 SiteRecord;
    "B03" 2 Interview;
    "B15" 2 OrderToCorrect;
    "B16" 2 Recheck;
    "C02" 2 Seizure;
    "C03" 2 SeizureList;
    "D01" 2 ClosingReport;
    "D02" 2 LegalReview;
    "D03" 2 PriorNotice;
    "D06" 2 DefenceReview;
    "D08" 2 HearingNotice;
    "D10" 2 HearingRecord;
    "D12" 2 Discussion;
    "D13" 2 DecisionSheet;
    "D14" 2 OnSpotDecision;
    "D15" 2 PenaltyDecision;
    "D16" 2 NoPenalty;
    "D24" 1 ComplianceAdvice;
    "D25" 1 RepairNotice;
    "E01" 2 ServiceReceipt;
    "E06" 2 Reminder;
    "F05" 2 ClosingSheet;
    "F06" 2 Archive;
}

/// How what a phrase could not fill begins: 〔待填：地点〕.
pub(crate) const OPEN: &str = "〔待填：";

/// What all templates share.
pub(crate) const FRAME: &str = include_str!("../../../../templates/documents/frame.typ");
/// The strip for the printer that an officer carries, of the same data as D14.
pub(crate) const STRIP: &str = include_str!("../../../../templates/documents/D14/strip.typ");

/// All templates.
#[must_use]
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

/// The template of a kind.
#[must_use]
pub fn of(code: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.code == code)
}
