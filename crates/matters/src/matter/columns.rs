//! The columns of a sheet of matters, in the order of the sheets that go out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{codes::FineParty, facts::MatterFacts, fine::yuan};

macro_rules! columns {
    ($($(#[$doc:meta])* $field:ident = $label:literal;)*) => {
        /// A row of the sheet as text (事项表的一行); amounts in yuan, days as 2026-08-15, the other values as the sheet writes them.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(default)]
        pub struct MatterRow {
            $($(#[$doc])* pub $field: String,)*
        }

        /// The columns: the name of the field, and what people read.
        pub(super) const COLUMNS: &[(&str, &str)] = &[$((stringify!($field), $label)),*];

        impl MatterRow {
            /// A row from its cells, each found by the place of its column.
            pub(super) fn from_cells(cell: impl Fn(&str) -> Option<String>) -> Self {
                Self { $($field: cell(stringify!($field)).unwrap_or_default(),)* }
            }

            /// The cells in the order of the columns.
            pub(super) fn cells(self) -> Vec<String> {
                vec![$(self.$field),*]
            }
        }
    };
}

columns! {
    /// The matter's code.
    code = "编号";
    /// The code of the place's own catalogue.
    external_code = "事项编码";
    /// The field.
    domain = "领域";
    /// The conduct.
    name = "违法行为";
    /// The instrument.
    law = "法律法规";
    /// How high it stands.
    rank = "效力位阶";
    /// 全国, a province, a city, or the beginning of a region code.
    region = "适用地域";
    /// The article that the conduct breaks.
    violated_article = "违反条款";
    /// The article that carries the penalty.
    penalty_article = "处罚条款";
    /// 个人, 单位, 个人/单位 or 见formula.
    target = "处罚对象";
    /// What must come before the fine.
    precondition = "前置条件";
    /// The least for a citizen, in yuan.
    ind_min = "个人下限（元）";
    /// The most for a citizen, in yuan.
    ind_max = "个人上限（元）";
    /// The least for an organisation, in yuan.
    unit_min = "单位下限（元）";
    /// The most for an organisation, in yuan.
    unit_max = "单位上限（元）";
    /// A fine that is no fixed range.
    formula = "计算公式";
    /// Confiscation and the like.
    other_measure = "其他处罚或措施";
    /// What the sheet says of the simple procedure; may be left out, and must fit article 51 where it is given.
    simple_individual = "个人可否简易程序";
    /// The same for organisations.
    simple_unit = "单位可否简易程序";
    /// When a hearing must be offered.
    hearing_hint = "听证告知";
    /// The department that the text names.
    enforcer = "法定执法主体";
    /// How far it may be relied upon, by its code.
    status = "状态";
    /// The first day.
    effective_from = "生效日期";
    /// The last day.
    effective_to = "失效日期";
    /// Caveats.
    note = "备注";
    /// Y, S or N.
    verified = "核对";
    /// Where it was read.
    source = "来源";
}

impl MatterRow {
    /// The row that a version came from, or would have come from.
    #[must_use]
    pub fn of(code: &str, facts: &MatterFacts) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let day = |value: Option<chrono::NaiveDate>| value.map(|day| day.to_string()).unwrap_or_default();
        let amount = |party, least: bool| {
            let range = facts.range(party);
            range.map(|range| yuan(if least { range.min_fen } else { range.max_fen })).unwrap_or_default()
        };
        let simple = |party| facts.simple_use(party).map(|it| it.label().to_owned()).unwrap_or_default();
        Self {
            code: code.to_owned(),
            external_code: text(&facts.external_code),
            domain: facts.domain.clone(),
            name: facts.name.clone(),
            law: facts.law.clone(),
            rank: facts.rank.label().to_owned(),
            region: facts.region.clone(),
            violated_article: text(&facts.violated_article),
            penalty_article: facts.penalty_article.clone(),
            target: facts.target.label().to_owned(),
            precondition: text(&facts.precondition.text),
            ind_min: amount(FineParty::Individual, true),
            ind_max: amount(FineParty::Individual, false),
            unit_min: amount(FineParty::Organisation, true),
            unit_max: amount(FineParty::Organisation, false),
            formula: text(&facts.formula),
            other_measure: text(&facts.other_measure),
            simple_individual: simple(FineParty::Individual),
            simple_unit: simple(FineParty::Organisation),
            hearing_hint: facts.hearing.label().to_owned(),
            enforcer: facts.enforcer.clone(),
            status: facts.status.code().to_owned(),
            effective_from: day(facts.effective_from),
            effective_to: day(facts.effective_to),
            note: text(&facts.note),
            verified: facts.verified.letter().to_owned(),
            source: facts.source.clone(),
        }
    }
}
