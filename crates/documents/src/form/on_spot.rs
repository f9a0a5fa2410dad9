//! D14 当场行政处罚决定书: the penalty of the simple procedure, on A4 and on the strip of the printer that an officer carries.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Form,
    block::{Officer, Organ, Party, Payment, Penalty, Remedies},
    missing::{Missing, Wanted},
};
use crate::words::{self, Route};

/// D14 当场行政处罚决定书 (penalty on the spot).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnSpotDecision {
    /// Who decides.
    pub organ: Organ,
    /// Against whom.
    pub party: Party,
    /// When, on the clock of the city.
    pub done_at: Option<NaiveDateTime>,
    /// Where.
    pub place: String,
    /// The act (违法行为).
    pub fact: String,
    /// What was violated.
    pub violated: String,
    /// By which provision the penalty is imposed.
    pub basis: String,
    /// The penalties.
    pub penalties: Vec<Penalty>,
    /// Where a fine is paid.
    pub payment: Option<Payment>,
    /// Why the fine was collected on the spot (当场收缴理由); empty where it was not.
    pub collected: String,
    /// What the party said (陈述申辩).
    pub defence: String,
    /// Before whom it may be fought.
    pub remedies: Remedies,
    /// The officers.
    pub officers: Vec<Officer>,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
}

impl Form for OnSpotDecision {
    fn missing(&self) -> Vec<Missing> {
        let fine = self.penalties.iter().filter_map(|one| one.amount_fen).fold(0, u64::saturating_add);
        // 200 yuan for a person, 3,000 for an organisation.
        let most = match self.party {
            Party::Person { .. } => 20_000,
            Party::Organisation { .. } => 300_000,
        };
        Wanted::by("行政处罚法第五十二条")
            .text(self.party.name(), "party", "当事人姓名或者名称")
            .text(&self.fact, "facts", "违法行为")
            .text(&self.violated, "violated", "违反的规定")
            .text(&self.basis, "basis", "行政处罚的依据")
            .penalties(&self.penalties)
            .when(self.done_at.is_some(), "time", "时间")
            .text(&self.place, "place", "地点")
            .remedies(&self.remedies)
            .organ(&self.organ)
            .when(self.decided_on.is_some(), "date", "作出决定的日期")
            .officers(&self.officers)
            .and_by("行政处罚法第五十一条")
            .when(fine <= most, "amount-within-simple", "简易程序的罚款限额（公民二百元，法人、其他组织三千元）")
            .and_by("行政处罚法第四十四条、第四十五条")
            .text(&self.defence, "notice", "告知和陈述、申辩情况")
            .and_by("行政处罚法第六十七条")
            .when(fine == 0 || !self.collected.trim().is_empty() || paid(self.payment.as_ref()), "payment", "罚款的缴纳方式")
            .end()
    }

    fn words(&self) -> Map<String, Value> {
        let mut said = Map::new();
        let remedies = words::remedies(Route::ReviewFirst, "本决定", &self.remedies.review(), &self.remedies.court);
        said.insert("remedies".to_owned(), remedies.into());
        let payment = self.payment.as_ref().filter(|_| self.collected.trim().is_empty());
        let paid = payment.map(|it| words::payment(self.party.you(), &it.bank, &it.bank_address, &it.account, it.online));
        said.insert("payment".to_owned(), paid.unwrap_or_default().into());
        said
    }

    fn organ(&self) -> &Organ {
        &self.organ
    }
}

fn paid(payment: Option<&Payment>) -> bool {
    payment.is_some_and(|it| !it.bank.trim().is_empty() && !it.account.trim().is_empty())
}
