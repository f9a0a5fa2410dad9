//! Before there is a case, and where it belongs (线索、立案、管辖): A01, A03, A04, A05, A06, A07.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Evidence, Officer, Opinion, Party},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Material},
};

/// When a case is filed.
const FILING: &str = "行政处罚法第五十四条";

form! {
    /// A01 案件线索登记表／受理登记表 (a clue is registered).
    Clue {
        /// The clue, and what it is about.
        case: CaseOf,
        /// Where it came from: patrol, complaint, transfer, assignment, camera.
        source: String,
        /// When it came.
        taken_at: Option<NaiveDateTime>,
        /// Who informed, if he is named; kept secret.
        informant: String,
        /// How he is reached; kept secret.
        informant_contact: String,
        /// Whom it is about.
        party: Party,
        /// Where.
        place: String,
        /// What is told.
        facts: Vec<String>,
        /// What came with it.
        materials: Vec<Material>,
        /// Who took it.
        taker: String,
        /// What he proposes.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
    }
    missing |it| Wanted::by(FILING)
        .text(&it.source, "source", "线索来源")
        .when(it.taken_at.is_some(), "time", "登记时间")
        .texts(&it.facts, "facts", "线索内容")
        .text(&it.taker, "taker", "登记人")
        .text(&it.unit_opinion.text, "opinion", "处理意见")
}

parts! {
    /// The papers of A03 (不予立案).
    NotFiledPart {
        /// What the informant gets.
        Notice = "notice", "不予立案告知书", true;
        /// What the head of the organ approves.
        Approval = "approval", "不予立案审批表", false;
    }
}

form! {
    /// A03 不予立案审批表／告知书 (no case is filed).
    NotFiled {
        /// The clue, and what it is about.
        case: CaseOf,
        /// Where it came from.
        source: String,
        /// When it came.
        received_on: Option<NaiveDate>,
        /// Whom it is about.
        party: Party,
        /// Who informed, and is told.
        recipient: String,
        /// What was looked into.
        facts: Vec<String>,
        /// Why no case is filed.
        ground: String,
        /// By which provision.
        basis: String,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by(FILING).text(&it.case.cause, "cause", "反映的事项").text(&it.ground, "ground", "不予立案的理由");
        match it.part {
            NotFiledPart::Notice => both.text(&it.recipient, "recipient", "被告知人").dated(it.dated_on),
            NotFiledPart::Approval => both.texts(&it.facts, "facts", "核查情况").approved(&it.head_opinion).and_by("行政处罚法第四十二条").officers(&it.officers),
        }
    };
    part NotFiledPart
}

form! {
    /// A04 撤销立案（销案）审批表 (a case ends without a decision).
    Withdrawal {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// What was found.
        facts: Vec<String>,
        /// What proves it.
        evidence: Vec<Evidence>,
        /// Why it ends.
        ground: String,
        /// By which provision.
        basis: String,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政处罚法第五十七条")
        .day(it.filed_on, "filed", "立案日期")
        .texts(&it.facts, "facts", "查明的事实")
        .when(it.evidence.iter().any(|one| !one.name.trim().is_empty()), "evidence", "证据")
        .text(&it.ground, "ground", "撤销立案的理由")
        .approved(&it.head_opinion)
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// A05 案件移送函 (a case goes to the organ that has power).
    HandOver {
        /// The case.
        case: CaseOf,
        /// To which organ.
        receiver: String,
        /// Whom it is about.
        party: Party,
        /// The facts.
        facts: Vec<String>,
        /// Why it goes there.
        ground: String,
        /// By which provision.
        basis: String,
        /// What goes with it.
        materials: Vec<Material>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第二十二条、第二十三条")
        .text(&it.receiver, "receiver", "接收机关")
        .texts(&it.facts, "facts", "案件情况")
        .text(&it.ground, "ground", "移送的理由")
        .when(share::listed(&it.materials), "materials", "移送材料清单")
        .dated(it.dated_on)
}

parts! {
    /// The papers of A06 (指定管辖).
    JurisdictionPart {
        /// What the organ asks of the one above.
        Request = "request", "指定管辖请示", true;
        /// What the organ above decides.
        Decision = "decision", "指定管辖决定书", true;
    }
}

form! {
    /// A06 指定管辖请示／决定书 (who has jurisdiction).
    Jurisdiction {
        /// The case.
        case: CaseOf,
        /// To whom: the organ above, or the organs in dispute.
        receiver: String,
        /// Whom it is about.
        party: Party,
        /// The facts.
        facts: Vec<String>,
        /// How each organ sees it, and that they talked about it.
        positions: Vec<String>,
        /// What is asked for.
        requests: Vec<String>,
        /// Which organ has it.
        appointed: String,
        /// Why.
        reasons: Vec<String>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第二十五条").text(&it.receiver, "receiver", "主送机关").texts(&it.facts, "facts", "案件情况").dated(it.dated_on);
        match it.part {
            JurisdictionPart::Request => both.texts(&it.positions, "positions", "管辖争议和协商情况").texts(&it.requests, "requests", "请示事项"),
            JurisdictionPart::Decision => both.text(&it.appointed, "appointed", "指定管辖的机关"),
        }
    };
    part JurisdictionPart
}

parts! {
    /// The papers of A07 (协助调查).
    AssistancePart {
        /// What is asked.
        Request = "request", "协助调查函", true;
        /// What is answered.
        Reply = "reply", "协助调查复函", true;
    }
}

form! {
    /// A07 协助调查函／复函 (another organ helps).
    Assistance {
        /// The case.
        case: CaseOf,
        /// To which organ.
        receiver: String,
        /// About what.
        matter: String,
        /// What is asked for, or found.
        requests: Vec<String>,
        /// By which provision.
        basis: String,
        /// Until when.
        due_on: Option<NaiveDate>,
        /// The letter that is answered.
        letter_number: String,
        /// What goes with it.
        materials: Vec<Material>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第二十六条").text(&it.receiver, "receiver", "主送机关").texts(&it.requests, "requests", "协助事项").dated(it.dated_on);
        match it.part {
            AssistancePart::Request => both.text(&it.matter, "matter", "案件事由").day(it.due_on, "due", "答复期限"),
            AssistancePart::Reply => both.text(&it.letter_number, "letter", "来函文号"),
        }
    };
    part AssistancePart
}
