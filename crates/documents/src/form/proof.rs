//! Pieces of evidence on paper (证据材料): B04, B05, B11, B12, B13, B18.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Officer, Opinion, Party},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Photo},
};

/// Evidence must be checked true before it is used.
const PROOF: &str = "行政处罚法第四十六条";
/// Records of automatic devices.
const DEVICES: &str = "行政处罚法第四十一条";

parts! {
    /// The papers of B04 (照片、视听资料).
    PicturePart {
        /// Photos.
        Photos = "photos", "现场照片（图片）证据", false;
        /// A recording.
        Recording = "recording", "视听资料说明", false;
    }
}

form! {
    /// B04 现场照片（图片）证据／视听资料说明 (pictures and recordings, by their facts).
    Pictures {
        /// The case.
        case: CaseOf,
        /// Whom they concern.
        party: Party,
        /// Photos; of a recording its moments.
        photos: Vec<Photo>,
        /// What the recording shows.
        content: Vec<String>,
        /// The device.
        device: String,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// On what it is kept.
        original: String,
        /// SHA-256 of the file.
        digest: String,
        /// What is proved.
        proves: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Who made it.
        taker: String,
    }
    missing |it| {
        let both = Wanted::by(PROOF).text(&it.proves, "proves", "证明对象");
        match it.part {
            PicturePart::Photos => both.when(share::pictured(&it.photos), "photos", "每张照片的内容、时间、地点和拍摄人"),
            PicturePart::Recording => both
                .texts(&it.content, "content", "视听资料的内容")
                .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
                .text(&it.place, "place", "制作地点")
                .text(&it.taker, "taker", "制作人")
                .text(&it.original, "original", "原始存储介质")
                .text(&it.digest, "digest", "完整性校验值"),
        }
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
    };
    part PicturePart
}

form! {
    /// B05 复印件／证据提取单 (copies and originals that were taken as evidence).
    Extraction {
        /// The case.
        case: CaseOf,
        /// What it is (证据名称).
        name: String,
        /// Where it was found or kept (出处).
        source: String,
        /// Who gave it.
        provider: String,
        /// Copies or originals, and how many pages.
        quantity: String,
        /// What it proves.
        proves: String,
        /// Compared with the original and the same.
        verified: bool,
        /// When it was taken.
        taken_on: Option<NaiveDate>,
        /// Where.
        place: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Remarks.
        note: String,
    }
    missing |it| Wanted::by(PROOF)
        .text(&it.name, "name", "证据名称")
        .text(&it.source, "source", "出处")
        .text(&it.provider, "provider", "提供人")
        .text(&it.proves, "proves", "证明对象")
        .when(it.verified, "verified", "与原件核对无异的说明")
        .day(it.taken_on, "date", "提取日期")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

/// A file of electronic data (电子数据).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataFile {
    /// Its name.
    pub name: String,
    /// How large, with the unit.
    pub size: String,
    /// Its SHA-256.
    pub digest: String,
    /// Remarks.
    pub note: String,
}

form! {
    /// B11 电子数据取证笔录 (how electronic data were taken).
    DataRecord {
        /// The case.
        case: CaseOf,
        /// Whose data.
        party: Party,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Out of which device, account or site.
        device: String,
        /// How its clock differs from standard time.
        clock: String,
        /// By which method and tool.
        method: String,
        /// Step by step.
        findings: Vec<String>,
        /// What was taken.
        files: Vec<DataFile>,
        /// On what it is kept.
        original: String,
        /// Whether certificates were shown and rights told.
        rights_told: bool,
        /// Who of the party was there.
        present: String,
        /// A witness.
        witness: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Who records.
        recorder: String,
    }
    missing |it| Wanted::by(PROOF)
        .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
        .text(&it.place, "place", "地点")
        .text(&it.device, "device", "取证的设备、账号或者网址")
        .text(&it.clock, "clock", "与标准时间的校对情况")
        .text(&it.method, "method", "取证的方法和工具")
        .when(!it.files.is_empty() && it.files.iter().all(|one| !one.name.trim().is_empty() && !one.digest.trim().is_empty()), "files", "电子数据及其完整性校验值")
        .and_by("行政处罚法第五十五条")
        .when(it.rights_told, "rights", "出示执法证件并告知权利")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// B12 电子技术监控记录审核表 (the record of a camera is reviewed as to law and as to technique).
    CameraReview {
        /// The case.
        case: CaseOf,
        /// Number of the device.
        device: String,
        /// Where it stands.
        place: String,
        /// Its certificate, and until when (检定证书).
        certificate: String,
        /// Where its place was published.
        published: String,
        /// Signs on the spot.
        sign: String,
        /// When the act was recorded.
        done_at: Option<NaiveDateTime>,
        /// The vehicle or the party.
        target: String,
        /// What was recorded.
        fact: String,
        /// True, clear, whole, exact.
        clear: bool,
        /// What was violated.
        violated: String,
        /// What the technician says.
        technical_opinion: Opinion,
        /// What the legal reviewer says.
        legal_opinion: Opinion,
    }
    missing |it| Wanted::by(DEVICES)
        .text(&it.device, "device", "设备编号")
        .text(&it.certificate, "certificate", "设备符合标准的证明")
        .text(&it.published, "published", "设置地点的公布情况")
        .text(&it.sign, "sign", "标志设置情况")
        .when(it.done_at.is_some(), "time", "记录时间")
        .text(&it.fact, "fact", "记录的违法事实")
        .when(it.clear, "clear", "真实、清晰、完整、准确的审核结论")
        .when(!it.technical_opinion.text.trim().is_empty() && !it.technical_opinion.name.trim().is_empty(), "technical", "技术审核意见")
        .when(!it.legal_opinion.text.trim().is_empty() && !it.legal_opinion.name.trim().is_empty(), "legal", "法制审核意见")
        .when(it.technical_opinion.name.trim().is_empty() || it.technical_opinion.name.trim() != it.legal_opinion.name.trim(), "two-reviewers", "法制审核和技术审核分别由两人进行")
}

form! {
    /// B13 违法事实告知（提醒）单 (the owner is told what a camera saw).
    CameraNotice {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// When.
        done_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// The vehicle or the thing.
        target: String,
        /// Number of the device.
        device: String,
        /// What was recorded.
        fact: String,
        /// What was violated.
        violated: String,
        /// How the record is looked at.
        inquiry: String,
        /// How one speaks against it.
        contact: String,
        /// Days within which.
        defence_days: u32,
        /// Pictures.
        photos: Vec<Photo>,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by(DEVICES)
        .named(&it.party)
        .when(it.done_at.is_some(), "time", "违法时间")
        .text(&it.place, "place", "违法地点")
        .text(&it.fact, "fact", "违法事实")
        .text(&it.inquiry, "inquiry", "查询的途径")
        .text(&it.contact, "defence", "陈述、申辩的途径")
        .dated(it.dated_on);
    words |it| vec![("defence", vec![super::notice::count(it.defence_days)])]
}

form! {
    /// B18 见证人／当事人身份核验记录 (who somebody is was verified).
    IdentityCheck {
        /// The case.
        case: CaseOf,
        /// Who.
        party: Party,
        /// Party, witness, agent.
        relation: String,
        /// How it was verified.
        method: String,
        /// What came of it.
        result: String,
        /// When.
        checked_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Remarks.
        note: String,
    }
    missing |it| Wanted::by("行政处罚法第四十条")
        .text(it.party.name(), "party", "被核验人")
        .text(&it.relation, "relation", "在本案中的身份")
        .text(&it.method, "method", "核验方式")
        .text(&it.result, "result", "核验结果")
        .when(it.checked_at.is_some(), "time", "核验时间")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}
