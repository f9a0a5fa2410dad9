//! Things in the organ's keeping, and what was confiscated (保管、处置、没收): C09, C10, D18.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Officer, Opinion, Party, Payment, Remedies, Thing},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Settled},
};
use crate::words::{self, Route};

parts! {
    /// The papers of C09 (物品保管).
    KeeperPart {
        /// Somebody is asked to keep things.
        Commission = "commission", "物品保管委托书", false;
        /// Things come in or go out.
        Slip = "slip", "物品出入库单", false;
    }
}

form! {
    /// C09 物品保管委托书、出入库单 (things are kept).
    Keeping {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// Who keeps them.
        keeper: String,
        /// Where.
        kept_at: String,
        /// Number of the slip or of the place in the store.
        slip_number: String,
        /// The decision by which they were taken.
        decision_number: String,
        /// The things.
        things: Vec<Thing>,
        /// They go out, not in.
        outgoing: bool,
        /// Why they move.
        ground: String,
        /// From.
        from_on: Option<NaiveDate>,
        /// To.
        to_on: Option<NaiveDate>,
        /// What is to be looked after.
        measures: Vec<String>,
        /// Who hands them over.
        giver: String,
        /// Who takes them.
        taker: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政强制法第二十六条").text(&it.keeper, "keeper", "保管人").text(&it.kept_at, "kept-at", "保管地点").things(&it.things).dated(it.dated_on);
        match it.part {
            KeeperPart::Commission => both.day(it.from_on, "period", "保管的起始日期"),
            KeeperPart::Slip => both.text(&it.slip_number, "slip", "出入库单编号").text(&it.giver, "giver", "移交人").text(&it.taker, "taker", "接收人"),
        }
    };
    part KeeperPart
}

parts! {
    /// The papers of C10 (财物变卖、销毁).
    SalePart {
        /// What the head of the organ approves.
        Approval = "approval", "财物变卖（销毁）审批表", false;
        /// How it went.
        Record = "record", "财物变卖（销毁）记录", false;
    }
}

form! {
    /// C10 财物变卖／销毁审批与记录 (things are sold or destroyed).
    Sale {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// The things, and what becomes of each.
        settled: Vec<Settled>,
        /// Why, and the price that is expected.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// How: auction, sale, destruction.
        method: String,
        /// When it was done.
        begun_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Who bought them or destroyed them.
        performer: String,
        /// What was got.
        proceeds_fen: Option<u64>,
        /// How it went.
        findings: Vec<String>,
        /// Number of the recording.
        recording: String,
        /// A witness.
        witness: String,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| {
        let both = Wanted::by("行政强制法第二十七条、行政处罚法第七十四条")
            .when(share::settled(&it.settled), "settled", "每件物品的名称、数量和处理结果")
            .text(&it.method, "method", "处理方式");
        match it.part {
            SalePart::Approval => both.texts(&it.reasons, "reasons", "处理的理由").text(&it.basis, "basis", "处理的依据").approved(&it.head_opinion),
            SalePart::Record => both
                .when(it.begun_at.is_some(), "time", "时间")
                .text(&it.place, "place", "地点")
                .text(&it.performer, "performer", "买受人或者销毁单位")
                .texts(&it.findings, "findings", "处理的经过和结果")
                .text(&it.witness, "witness", "见证人")
                .officers(&it.officers),
        }
    };
    part SalePart
}

parts! {
    /// The papers of D18 (没收).
    ConfiscationPart {
        /// What is decided.
        Decision = "decision", "没收决定书", true;
        /// What was taken.
        List = "list", "没收物品清单", true;
        /// What became of it.
        Record = "record", "罚没物品处理记录", false;
    }
}

form! {
    /// D18 没收决定／没收物品清单、罚没物品处理记录 (confiscation).
    Confiscation {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// The penalty decision, where one stands beside it.
        decision_number: String,
        /// The facts.
        facts: Vec<String>,
        /// Notice, statement and defence.
        course: Vec<String>,
        /// What was violated.
        violated: String,
        /// By which provision.
        basis: String,
        /// The things.
        things: Vec<Thing>,
        /// Gains that are confiscated.
        confiscated_fen: Option<u64>,
        /// Where gains are paid.
        payment: Option<Payment>,
        /// What became of each.
        settled: Vec<Settled>,
        /// How.
        method: String,
        /// When.
        begun_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// What was got, and that it went to the treasury.
        proceeds_fen: Option<u64>,
        /// Witnesses.
        witness: String,
        /// Who keeps them.
        keeper: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let named = it.things.iter().all(|one| !one.name.trim().is_empty() && !one.quantity.trim().is_empty());
        match it.part {
            ConfiscationPart::Decision => Wanted::by("行政处罚法第五十九条")
                .party(&it.party)
                .texts(&it.facts, "facts", "违法事实")
                .text(&it.violated, "violated", "违反的规定")
                .text(&it.basis, "basis", "没收的依据")
                .when(named && (!it.things.is_empty() || it.confiscated_fen.is_some_and(|fen| fen > 0)), "things", "没收的物品名称、数量或者违法所得数额")
                .remedies(&it.remedies)
                .dated(it.dated_on)
                .and_by("行政处罚法第四十四条、第四十五条")
                .texts(&it.course, "notice", "告知和陈述、申辩情况"),
            ConfiscationPart::List => Wanted::by("行政处罚法第五十九条").named(&it.party).text(&it.decision_number, "decision", "处罚决定书文号").things(&it.things).dated(it.dated_on).and_by("行政处罚法第四十二条").officers(&it.officers),
            ConfiscationPart::Record => Wanted::by("行政处罚法第七十四条")
                .text(&it.decision_number, "decision", "处罚决定书文号")
                .when(share::settled(&it.settled), "settled", "每件物品的名称、数量和处理结果")
                .text(&it.method, "method", "处理方式")
                .when(it.begun_at.is_some(), "time", "处理时间")
                .text(&it.witness, "witness", "见证人")
                .officers(&it.officers),
        }
    };
    words |it| vec![("remedies", words::remedies(Route::Free, "本决定", &it.remedies.review_body, &it.remedies.court))];
    part ConfiscationPart
}
