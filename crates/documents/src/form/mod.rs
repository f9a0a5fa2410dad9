//! The templates (文书模板): for each kind that has one, what it must say (a typed struct), what must not be missing before it is issued, and
//! sample data. The layout lies in `templates/documents/<code>/template.typ`, the sample beside it.

mod announcement;
mod approval;
pub mod block;
mod collection;
mod companion;
mod course;
mod court;
mod custody;
mod decision;
mod defence;
mod enforcement;
mod execution;
mod expert;
mod filing;
mod hearing;
mod inquiry;
mod letter;
mod make;
mod measure_sheets;
mod measures;
mod missing;
mod notice;
mod on_spot;
mod orders;
mod oversight;
mod part;
mod party_side;
mod preservation;
mod proof;
mod receipts;
mod record;
mod report;
mod seizure;
mod service;
mod share;
mod substitute;
mod transfer;

use std::sync::LazyLock;

use kernel::problem::Problem;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::words::enrich;

pub use announcement::*;
pub use approval::*;
pub use collection::*;
pub use companion::*;
pub use course::*;
pub use court::*;
pub use custody::*;
pub use decision::*;
pub use defence::*;
pub use enforcement::*;
pub use execution::*;
pub use expert::*;
pub use filing::*;
pub use hearing::*;
pub use inquiry::*;
pub use letter::*;
pub use measure_sheets::*;
pub use measures::*;
pub use missing::Missing;
pub use notice::*;
pub use on_spot::*;
pub use orders::*;
pub use oversight::*;
pub(crate) use part::Part;
pub use part::PartOf;
pub use party_side::*;
pub use preservation::*;
pub use proof::*;
pub use receipts::*;
pub use record::*;
pub use report::*;
pub use seizure::*;
pub use service::*;
pub use share::*;
pub use substitute::*;
pub use transfer::*;

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

    /// Which paper of its kind it is, where the kind has several.
    fn part(&self) -> Option<PartOf> {
        None
    }

    /// The papers of its kind, where it has several.
    #[must_use]
    fn parts() -> Vec<PartOf> {
        Vec::new()
    }
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
    parts: fn() -> Vec<PartOf>,
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
    /// Which paper of its kind it is, where the kind has several.
    pub part: Option<PartOf>,
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

    /// Whether it leaves the organ under the kind's number and seal.
    #[must_use]
    pub fn is_outward(&self) -> bool {
        self.part.is_none_or(|part| part.outward)
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

    /// The papers of its kind, where it has several.
    #[must_use]
    pub fn parts(&self) -> Vec<PartOf> {
        (self.parts)()
    }

    /// Invented data for looking at it: of its first paper, where it has several.
    #[must_use]
    pub fn sample(&self) -> Value {
        self.samples().remove(0)
    }

    /// Invented data of each of its papers.
    #[must_use]
    pub fn samples(&self) -> Vec<Value> {
        match serde_json::from_str(self.sample).expect("a sample of this repository is JSON") {
            Value::Array(papers) => papers,
            paper => vec![paper],
        }
    }

    /// Invented data of one of its papers, or of its first where none is named.
    #[must_use]
    pub fn sample_of(&self, part: Option<&str>) -> Option<Value> {
        self.samples().into_iter().find(|sample| part.is_none_or(|part| sample["part"] == part))
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
    Ok(Read { missing, organ_word: organ.word.clone(), organ_name: organ.name.clone(), part: form.part(), data, words: form.words() })
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
            parts: <$form as Form>::parts,
            read: read::<$form>,
        }),*]);
    };
}

templates! {
    "A01" 1 Clue;
    "A02" 2 Filing;
    "A03" 1 NotFiled;
    "A04" 1 Withdrawal;
    "A05" 1 HandOver;
    "A06" 1 Jurisdiction;
    "A07" 1 Assistance;
    "A08" 1 Recusal;
    "A09" 1 Agency;
    "A10" 1 AddressConfirmation;
    "B01" 2 SiteRecord;
    "B02" 1 Summons;
    "B03" 2 Interview;
    "B04" 1 Pictures;
    "B05" 1 Extraction;
    "B06" 1 Sampling;
    "B07" 1 KeepingSheet;
    "B08" 1 KeepingNotice;
    "B09" 1 KeepingOutcome;
    "B10" 1 Expert;
    "B11" 1 DataRecord;
    "B12" 1 CameraReview;
    "B13" 1 CameraNotice;
    "B14" 1 OrderToStop;
    "B15" 2 OrderToCorrect;
    "B16" 2 Recheck;
    "B17" 1 Works;
    "B18" 1 IdentityCheck;
    "C01" 1 MeasureSheet;
    "C02" 2 Seizure;
    "C03" 2 SeizureList;
    "C04" 1 MeasureRecord;
    "C05" 1 Extension;
    "C06" 1 TestPeriod;
    "C07" 1 Release;
    "C08" 1 Disposal;
    "C09" 1 Keeping;
    "C10" 1 Sale;
    "D01" 2 ClosingReport;
    "D02" 2 LegalReview;
    "D03" 2 PriorNotice;
    "D04" 1 HearingRight;
    "D05" 1 Defence;
    "D06" 2 DefenceReview;
    "D07" 1 HearingAnswer;
    "D08" 2 HearingNotice;
    "D09" 1 HearingAnnouncement;
    "D10" 2 HearingRecord;
    "D11" 1 HearingReport;
    "D12" 2 Discussion;
    "D13" 2 DecisionSheet;
    "D14" 2 OnSpotDecision;
    "D15" 2 PenaltyDecision;
    "D16" 2 NoPenalty;
    "D17" 1 Promise;
    "D18" 1 Confiscation;
    "D19" 1 Demolition;
    "D20" 1 MoreTime;
    "D21" 1 Pause;
    "D22" 1 Publicity;
    "D23" 1 Correction;
    "D24" 1 ComplianceAdvice;
    "D25" 1 RepairNotice;
    "E01" 2 ServiceReceipt;
    "E02" 1 Announcement;
    "E03" 1 OnSpotReceipt;
    "E04" 1 PaymentSlip;
    "E05" 1 Deferral;
    "E06" 2 Reminder;
    "E07" 1 ExtraFine;
    "E08" 1 Execution;
    "E09" 1 DemolitionNotice;
    "E10" 1 Substitute;
    "E11" 1 ImmediateNotice;
    "E12" 1 Agreement;
    "E13" 1 Halted;
    "E14" 1 CourtApplication;
    "E15" 1 ExecutionRecord;
    "F01" 1 TransferSheet;
    "F02" 1 Transfer;
    "F03" 1 Objection;
    "F04" 1 GoodsHandover;
    "F05" 2 ClosingSheet;
    "F06" 2 Archive;
    "F07" 1 Oversight;
}

/// How what a phrase could not fill begins: 〔待填：地点〕.
pub(crate) const OPEN: &str = "〔待填：";

/// What all templates share.
pub(crate) const FRAME: &str = include_str!("../../../../templates/documents/frame.typ");
/// Letters, lists and sheets that kinds share on top of the frame.
pub(crate) const BLOCKS: &str = include_str!("../../../../templates/documents/blocks.typ");
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
