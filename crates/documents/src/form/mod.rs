//! The templates (文书模板): for each kind that has one, what it must say (a typed struct), what must not be missing before it is issued, and
//! sample data. The layout lies in `templates/documents/<code>/template.typ`, the sample beside it.

mod approval;
pub mod block;
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
    Ok(Read {
        missing: form.missing(),
        organ_word: organ.word.clone(),
        organ_name: organ.name.clone(),
        data: serde_json::to_value(&form)?,
        words: form.words(),
    })
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
    "A02" 1 Filing;
    "B01" 1 SiteRecord;
    "B03" 1 Interview;
    "B15" 1 OrderToCorrect;
    "B16" 1 Recheck;
    "C02" 1 Seizure;
    "C03" 1 SeizureList;
    "D01" 1 ClosingReport;
    "D02" 1 LegalReview;
    "D03" 1 PriorNotice;
    "D06" 1 DefenceReview;
    "D08" 1 HearingNotice;
    "D10" 1 HearingRecord;
    "D12" 1 Discussion;
    "D13" 1 DecisionSheet;
    "D14" 1 OnSpotDecision;
    "D15" 1 PenaltyDecision;
    "D16" 1 NoPenalty;
    "E01" 1 ServiceReceipt;
    "E06" 1 Reminder;
    "F05" 1 ClosingSheet;
    "F06" 1 Archive;
}

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
