//! Guards and lists that several phases share.

use super::super::{
    Approver, Case, Correction, Crew, Crime, Defence, Finding, Guard, Hearing, Mode, Notice, Party, Range, State, Track, Weight,
    guard::{guard, standing},
};

/// Ordinary, fast, off-site: what goes through filing and investigation.
pub(super) const FILED: &[Track] = &[Track::Ordinary, Track::Fast, Track::OffSite];
/// What is decided on the spot.
pub(super) const SPOT: &[Track] = &[Track::Simple, Track::MinorQuick];
/// Both.
pub(super) const PENAL: &[Track] = &[Track::Ordinary, Track::Fast, Track::OffSite, Track::Simple, Track::MinorQuick];
/// Where a decision has reached the party.
pub(super) const AFTER_SERVICE: &[State] = &[
    State::Served,
    State::Performing,
    State::Deferred,
    State::Paid,
    State::Reminded,
    State::OwnEnforcement,
    State::CourtApplied,
    State::CourtRuled,
];

pub(super) const TWO_CERTIFICATES: Guard = guard(
    "two-certificates",
    "行政处罚法第四十二条第一款",
    "持有效执法证件的执法人员不足两人",
    "由两名以上持有效执法证件的执法人员办理，证件号不得相同",
    |_, attempt| attempt.crew != Crew::OneCertificate,
);
pub(super) const NOT_RECUSED: Guard = guard(
    "not-recused",
    "行政处罚法第四十三条第一款",
    "应当回避的人员不得参与",
    "更换与本案没有利害关系的执法人员",
    |_, attempt| attempt.crew != Crew::Recused,
);
pub(super) const HEAD_APPROVES: Guard = guard(
    "head-approves",
    "行政处罚法第五十七条",
    "承办人不得审批自己的案件",
    "报机关负责人审批，审批人与承办人不得为同一人",
    |_, attempt| attempt.approver == Approver::Head,
);
pub(super) const IN_POWER: Guard = standing(
    "in-power",
    "行政处罚法第十七条、第二十二条、第三十八条；浙江省综合行政执法条例第八条",
    "事项不在本机关公布的执法目录内，或者违法行为发生地不属本机关管辖",
    "移送有管辖权的机关；有争议的协商或者报请指定管辖",
    |case| case.power,
);
pub(super) const NOT_TOO_LATE: Guard = standing(
    "not-too-late",
    "行政处罚法第三十六条",
    "违法行为超过二年（涉及公民生命健康安全、金融安全且有危害后果的五年）才被发现",
    "不予立案；行为有连续或者继续状态的，自行为终了之日重新核算",
    |case| case.timely,
);
pub(super) const NO_DISPUTE: Guard = standing(
    "no-dispute",
    "行政处罚法第二十五条第二款",
    "管辖争议尚未解决",
    "协商解决，协商不成的报请共同的上一级行政机关指定管辖",
    |case| !case.dispute,
);
pub(super) const NO_OPEN_CRIME: Guard = standing(
    "no-open-crime",
    "行政处罚法第八条第二款、第二十七条、第五十七条第一款第四项",
    "涉嫌犯罪尚未移送，或者移送尚无结果，不得以行政处理代替移送",
    "按规定移送公安机关；退回或者不予批准移送的，依法继续处理",
    |case| matches!(case.crime, Crime::Unknown | Crime::Cleared),
);
pub(super) const NOTICE_SERVED: Guard = standing(
    "notice-served",
    "行政处罚法第四十四条、第六十二条",
    "尚未告知当事人拟作出的处罚内容及事实、理由、依据和权利",
    "先批准并送达行政处罚事先告知书",
    |case| case.notice == Notice::Served,
);
pub(super) const DEFENCE_SETTLED: Guard = standing(
    "defence-settled",
    "行政处罚法第四十五条、第六十二条",
    "陈述申辩期限未满，或者提出的意见尚未复核",
    "等待期限届满或者当事人明确放弃；已经提出意见的逐条复核",
    |case| !matches!(case.defence, Defence::Open | Defence::Made),
)
.until(super::super::Clock::Defence);
pub(super) const HEARING_SETTLED: Guard = standing(
    "hearing-settled",
    "行政处罚法第六十三条、第六十四条",
    "听证权利尚未届满、放弃或者行使完毕",
    "等待五个工作日届满或者当事人放弃；已经申请的组织听证",
    |case| {
        let settled = matches!(case.hearing, Hearing::Held | Hearing::Lapsed | Hearing::Waived);
        settled || (case.weight != Weight::Heavy && case.hearing == Hearing::Untold)
    },
)
.until(super::super::Clock::Hearing);
pub(super) const NOT_EXCUSED: Guard = standing(
    "not-excused",
    "行政处罚法第三十条、第三十一条",
    "不满十四周岁，或者不能辨认、控制自己行为的人不予行政处罚",
    "决定不予处罚，责令监护人管教或者看管治疗",
    |case| case.party != Party::Excused,
);
pub(super) const YOUTH_LIGHTER: Guard = guard(
    "youth-lighter",
    "行政处罚法第三十条",
    "已满十四周岁不满十八周岁的，应当从轻或者减轻处罚",
    "按从轻或者减轻的幅度拟定处罚",
    |case, attempt| case.party != Party::Youth || attempt.lenient,
);
pub(super) const WITHIN_RANGE: Guard = guard(
    "within-range",
    "行政处罚法第五条第二款、第三十二条",
    "处罚超出法定幅度且没有减轻事由",
    "在幅度以内拟定；减轻处罚的须有第三十二条的情形并写明理由",
    |_, attempt| attempt.range != Range::Outside,
);
pub(super) const NO_SECOND_FINE: Guard = guard(
    "no-second-fine",
    "行政处罚法第二十九条",
    "同一违法行为已经被罚款",
    "不再罚款；可以给予其他种类的处罚",
    |_, attempt| !attempt.second_fine,
);
pub(super) const PROVED: Guard = standing(
    "proved",
    "行政处罚法第四十条、第五十七条第一款、第三十三条",
    "没有查明应受处罚的违法事实，或者属于依法不予处罚的情形",
    "决定不予处罚；确有新的证据的补充调查",
    |case| matches!(case.finding, Finding::Punishable | Finding::FirstSlight),
);
pub(super) const ORDER_UNHEEDED: Guard = standing(
    "order-unheeded",
    "行政处罚法第二十八条第一款；以“逾期不改正”为要件的各该条款",
    "以逾期不改正为处罚要件，尚无送达的责令改正通知书和未改正的复查记录",
    "先责令限期改正，期满复查；已经改正的不予处罚",
    |case| matches!(case.correction, Correction::NotFirst | Correction::Unheeded),
);
pub(super) const EVERY_PARTY: Guard = guard(
    "every-party",
    "行政处罚法第四十四条、第六十一条",
    "有当事人未被告知或者未被送达",
    "分别向每一当事人告知、送达",
    |_, attempt| attempt.everyone,
);
pub(super) const WITNESSED: Guard = guard(
    "witnessed",
    "民事诉讼法第八十九条；行政处罚法第六十一条",
    "留置送达没有见证人签名，也没有拍照、录像",
    "邀请基层组织或者所在单位的代表见证，或者拍照、录像记录送达过程",
    |_, attempt| attempt.mode != Mode::LeftUnwitnessed,
);
pub(super) const ELECTRONIC_AGREED: Guard = guard(
    "electronic-agreed",
    "行政处罚法第六十一条第二款",
    "当事人没有签订电子送达确认书",
    "签订送达地址（电子送达）确认书，或者改用其他方式",
    |_, attempt| attempt.mode != Mode::ElectronicUnagreed,
);
pub(super) const PUBLIC_LAST: Guard = guard(
    "public-last",
    "民事诉讼法第九十五条；行政处罚法第六十一条",
    "没有试过其他送达方式，不得公告送达",
    "先用其他方式送达；下落不明或者均无法送达的，记明原因和经过后公告",
    |_, attempt| attempt.mode != Mode::PublicFirst,
);

/// Nothing of the property is still held.
pub(super) const fn is_property_settled(case: &Case) -> bool {
    use super::super::{Registration, Seizure};
    matches!(case.registration, Registration::Free | Registration::Settled) && matches!(case.seizure, Seizure::Free | Seizure::Settled)
}
