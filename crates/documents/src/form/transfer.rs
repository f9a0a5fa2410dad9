//! What may be a crime goes to the police (涉嫌犯罪移送): F01, F02, F03, F04. The articles are those of 国务院令第310号.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Evidence, Officer, Opinion, Party, Thing},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Material},
};

form! {
    /// F01 涉嫌犯罪案件移送审批表 (the head of the organ decides within three days).
    TransferSheet {
        /// The case.
        case: CaseOf,
        /// Who is suspected.
        party: Party,
        /// The team of two or more.
        officers: Vec<Officer>,
        /// The facts.
        facts: Vec<String>,
        /// What proves them.
        evidence: Vec<Evidence>,
        /// Which crime is thought of, and by which provision.
        crime: String,
        /// When the report reached the head of the organ.
        reported_on: Option<NaiveDate>,
        /// What the team proposes.
        officer_opinion: Opinion,
        /// What the legal reviewer says.
        legal_opinion: Opinion,
        /// What the head of the organ decides.
        head_opinion: Opinion,
        /// Whether it goes to the police.
        granted: bool,
        /// Why not.
        ground: String,
    }
    missing |it| Wanted::by("行政执法机关移送涉嫌犯罪案件的规定第五条")
        .named(&it.party)
        .texts(&it.facts, "facts", "涉嫌犯罪的事实")
        .text(&it.crime, "crime", "涉嫌的罪名和依据")
        .day(it.reported_on, "reported", "提出书面报告的日期")
        .approved(&it.head_opinion)
        .when(it.reported_on.zip(it.head_opinion.on).is_none_or(|(told, decided)| (decided - told).num_days() <= 3), "three-days", "接到报告之日起三日内的决定")
        .when(it.granted || !it.ground.trim().is_empty(), "ground", "不批准移送的理由")
        .officers(&it.officers)
}

parts! {
    /// The papers of F02 (涉嫌犯罪案件移送).
    CrimePart {
        /// What goes to the police.
        Letter = "letter", "涉嫌犯罪案件移送书", true;
        /// What was found.
        Report = "report", "涉嫌犯罪案件情况的调查报告", false;
    }
}

form! {
    /// F02 涉嫌犯罪案件移送书及所附材料 (a case goes to the police).
    Transfer {
        /// The case.
        case: CaseOf,
        /// Which police.
        receiver: String,
        /// Which prosecutor gets a copy.
        copied_to: String,
        /// Who is suspected.
        party: Party,
        /// The facts.
        facts: Vec<String>,
        /// How the inquiry went.
        course: Vec<String>,
        /// What proves them.
        evidence: Vec<Evidence>,
        /// Which crime is thought of, and by which provision.
        crime: String,
        /// Things of the case.
        things: Vec<Thing>,
        /// What goes with it; the list of article six.
        materials: Vec<Material>,
        /// What was decided already.
        decision: Vec<String>,
        /// When the head approved.
        approved_on: Option<NaiveDate>,
        /// The officers.
        officers: Vec<Officer>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政执法机关移送涉嫌犯罪案件的规定第六条").named(&it.party).texts(&it.facts, "facts", "涉嫌犯罪的事实").text(&it.crime, "crime", "涉嫌的罪名和依据").dated(it.dated_on);
        match it.part {
            CrimePart::Letter => both
                .text(&it.receiver, "receiver", "公安机关")
                .when(share::listed(&it.materials), "materials", "移送材料清单")
                .when(it.materials.iter().any(|one| one.name.contains("调查报告")), "report", "涉嫌犯罪案件情况的调查报告")
                .when(it.materials.iter().any(|one| one.name.contains("物品清单")), "goods", "涉案物品清单")
                .and_by("行政执法机关移送涉嫌犯罪案件的规定第五条")
                .day(it.approved_on, "approval", "负责人批准的日期")
                // Within twenty-four hours: the day itself or the next.
                .when(it.approved_on.zip(it.dated_on).is_none_or(|(approved, dated)| (0..=1).contains(&(dated - approved).num_days())), "within-24-hours", "批准后二十四小时内的移送"),
            CrimePart::Report => both.when(it.evidence.iter().any(|one| !one.name.trim().is_empty()), "evidence", "证据").texts(&it.course, "course", "调查经过").officers(&it.officers),
        }
    };
    part CrimePart
}

parts! {
    /// The papers of F03 (对不予立案的复议与监督).
    ObjectionPart {
        /// The police is asked to look again.
        Review = "review", "不予立案复议提请书", true;
        /// The prosecutor is asked to supervise.
        Supervision = "supervision", "立案监督建议书", true;
    }
}

form! {
    /// F03 不予立案复议提请书／立案监督建议 (the police filed no case, and the organ thinks it should).
    Objection {
        /// The case.
        case: CaseOf,
        /// To whom: the police, or the prosecutor.
        receiver: String,
        /// Which police decided.
        police: String,
        /// Who is suspected.
        party: Party,
        /// The letter that transferred the case.
        transfer_number: String,
        /// The notice of the police.
        notice_number: String,
        /// When it was received.
        received_on: Option<NaiveDate>,
        /// Why a case should be filed.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// What goes with it.
        materials: Vec<Material>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政执法机关移送涉嫌犯罪案件的规定第九条")
        .text(&it.receiver, "receiver", "主送机关")
        .named(&it.party)
        .text(&it.notice_number, "notice", "不予立案通知书（复议决定书）的文号")
        .day(it.received_on, "received", "收到通知的日期")
        .texts(&it.reasons, "reasons", "应当立案的理由")
        .dated(it.dated_on)
        .when(it.received_on.zip(it.dated_on).is_none_or(|(received, dated)| (dated - received).num_days() <= 3), "three-days", "自收到通知之日起三日内的提请");
    part ObjectionPart
}

form! {
    /// F04 涉案物品移交清单 (things go to the police within three days after it filed the case).
    GoodsHandover {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Which police.
        receiver: String,
        /// Its notice that a case is filed.
        notice_number: String,
        /// When that was received.
        received_on: Option<NaiveDate>,
        /// The things.
        things: Vec<Thing>,
        /// Papers that go with them.
        materials: Vec<Material>,
        /// When they were handed over.
        handed_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Who hands over.
        officers: Vec<Officer>,
        /// Who takes over.
        taker: String,
        /// Remarks.
        note: String,
    }
    missing |it| Wanted::by("行政执法机关移送涉嫌犯罪案件的规定第十二条")
        .text(&it.receiver, "receiver", "接收的公安机关")
        .text(&it.notice_number, "notice", "立案通知书的文号")
        .things(&it.things)
        .when(it.handed_at.is_some(), "time", "移交时间")
        .text(&it.taker, "taker", "接收人")
        .when(it.received_on.zip(it.handed_at).is_none_or(|(received, handed)| (handed.date() - received).num_days() <= 3), "three-days", "自接到立案通知书之日起三日内的移交")
        .officers(&it.officers)
}
