//! What a party brings, and its rights as to persons and papers (当事人一方): A08, A09, A10, D17.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Opinion, Party},
    make::form,
    missing::Wanted,
    part::parts,
};

parts! {
    /// The papers of A08 (回避).
    RecusalPart {
        /// What the head of the organ decides.
        Decision = "decision", "回避决定书", true;
        /// What the party asks for.
        Application = "application", "回避申请书", false;
    }
}

form! {
    /// A08 回避申请书／决定书 (an officer is to keep away from the case).
    Recusal {
        /// The case.
        case: CaseOf,
        /// Who asks.
        party: Party,
        /// Who is to keep away.
        subject: String,
        /// What he is in the case.
        subject_role: String,
        /// When it was asked for.
        requested_on: Option<NaiveDate>,
        /// Which relation there is.
        reasons: Vec<String>,
        /// Whether he keeps away.
        granted: bool,
        /// What was found.
        ground: String,
        /// What the head of the organ decides.
        head_opinion: Opinion,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第四十三条").named(&it.party).text(&it.subject, "subject", "被申请回避人").dated(it.dated_on);
        match it.part {
            RecusalPart::Application => both.texts(&it.reasons, "reasons", "申请回避的理由"),
            RecusalPart::Decision => both
                .day(it.requested_on, "requested", "提出申请的日期")
                .text(&it.ground, "ground", "决定的理由")
                .approved(&it.head_opinion)
                .when(it.head_opinion.name.trim().is_empty() || it.head_opinion.name.trim() != it.subject.trim(), "other-head", "被申请回避人以外的负责人的决定"),
        }
    };
    part RecusalPart
}

parts! {
    /// The papers of A09 (代理与身份).
    AgencyPart {
        /// Who speaks for the party.
        Power = "power", "授权委托书", false;
        /// Who its legal representative is.
        Representative = "representative", "法定代表人（负责人）身份证明", false;
    }
}

form! {
    /// A09 授权委托书、法定代表人身份证明 (who speaks for the party).
    Agency {
        /// The case.
        case: CaseOf,
        /// Who gives the power.
        party: Party,
        /// Who gets it.
        agent: String,
        /// Number of the agent's identity document.
        agent_id: String,
        /// Where the agent works, or what he is to the party.
        agent_relation: String,
        /// How he is reached.
        agent_telephone: String,
        /// What he may do, each thing by itself.
        powers: Vec<String>,
        /// From.
        from_on: Option<NaiveDate>,
        /// To.
        to_on: Option<NaiveDate>,
        /// Number of the representative's identity document.
        head_id: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| match it.part {
        AgencyPart::Power => Wanted::by("行政处罚法第六十四条第五项")
            .named(&it.party)
            .text(&it.agent, "agent", "受委托人")
            .text(&it.agent_id, "agent-id", "受委托人的证件号码")
            .texts(&it.powers, "powers", "委托权限")
            .when(it.from_on.is_some() && it.to_on >= it.from_on, "period", "委托期限")
            .dated(it.dated_on),
        AgencyPart::Representative => Wanted::by("行政处罚法第四十条")
            .named(&it.party)
            .when(matches!(&it.party, Party::Organisation { head, .. } if !head.trim().is_empty()), "head", "法定代表人或者负责人姓名")
            .text(&it.head_id, "head-id", "法定代表人或者负责人的证件号码")
            .dated(it.dated_on),
    };
    part AgencyPart
}

form! {
    /// A10 送达地址（电子送达）确认书 (where papers reach the party, and whether electronically).
    AddressConfirmation {
        /// The case.
        case: CaseOf,
        /// Who confirms.
        party: Party,
        /// Where papers go.
        service_address: String,
        /// Postal code.
        postcode: String,
        /// Who receives them.
        recipient: String,
        /// How he is reached.
        service_telephone: String,
        /// Whether it agrees to service by electronic means.
        electronic: bool,
        /// By which means: text message, platform.
        electronic_means: String,
        /// The address of it: number of a mobile phone, account.
        electronic_address: String,
        /// E-mail or fax.
        email: String,
        /// Whether it was told what follows.
        told: bool,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第六十一条")
        .named(&it.party)
        .text(&it.service_address, "service-address", "送达地址")
        .text(&it.recipient, "recipient", "收件人")
        .when(!it.electronic || !it.electronic_address.trim().is_empty() || !it.email.trim().is_empty(), "electronic-address", "电子送达的地址")
        .when(it.told, "told", "告知送达地址确认的法律后果")
        .dated(it.dated_on)
}

form! {
    /// D17 首违不罚承诺书 (promise after a first, slight act).
    Promise {
        /// The case.
        case: CaseOf,
        /// Who promises.
        party: Party,
        /// The act that it owns.
        facts: Vec<String>,
        /// That it was corrected.
        correction: String,
        /// What is promised.
        promises: Vec<String>,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第三十三条")
        .named(&it.party)
        .texts(&it.facts, "facts", "违法行为")
        .text(&it.correction, "correction", "及时改正的情况")
        .texts(&it.promises, "promises", "承诺事项")
        .dated(it.dated_on)
}
