//! Laws before the decision: power, limitation, evidence, notice, defence, hearing.

use super::{Law, law};
use crate::procedure::{
    Action, Correction, Crime, Defence, Finding, Hearing, Notice, Party, Registration, Screening, State, Track, Weight,
};

const DISPOSES: &[Action] = &[
    Action::ApproveNotice,
    Action::Decide,
    Action::DecideOnSpot,
    Action::DecideNoPenalty,
    Action::Withdraw,
    Action::Terminate,
    Action::Suspend,
    Action::Merge,
    Action::TransferToOrgan,
    Action::OfferService,
];

/// Where a case is disposed of without a penalty, or leaves the organ.
const DISPOSED: &[State] = &[State::NotFiled, State::NoPenalty, State::Withdrawn, State::Terminated, State::Merged, State::TransferOrgan];

pub(super) const LAWS: &[Law] = &[
    law(
        "in-power",
        "行政处罚法第十七条、第三十八条",
        "目录以外、辖区以外的行为不立案、不处罚",
        &["in-power"],
        |taken| !(taken.penalises() || taken.is(&[Action::File, Action::ShowCard])) || taken.before.power,
    ),
    law("in-time-limit", "行政处罚法第三十六条", "超过追责时效的不立案、不处罚", &["not-too-late"], |taken| {
        !(taken.penalises() || taken.is(&[Action::File, Action::ShowCard])) || taken.before.timely
    }),
    law(
        "jurisdiction-settled",
        "行政处罚法第二十五条",
        "管辖争议未解决，不立案、不告知、不决定",
        &["no-dispute"],
        |taken| !(taken.penalises() || taken.is(&[Action::File, Action::ApproveNotice, Action::DecideNoPenalty])) || !taken.before.dispute,
    ),
    law("keeps-what-is-ours", "行政处罚法第二十二条", "有管辖权的案件不推给别的机关", &["not-ours"], |taken| {
        !taken.is(&[Action::TransferToOrgan]) || !taken.before.power
    }),
    law(
        "crime-first",
        "行政处罚法第八条、第二十七条、第五十七条第一款第四项",
        "涉嫌犯罪的，移送有结果以前不以任何行政处理代替",
        &["no-open-crime"],
        |taken| {
            // What was decided before the crime was found stands and is carried out; see `crime-after-decision`.
            let decided =
                taken.before.state.is_after_service() || taken.before.state == State::Decided || DISPOSED.contains(&taken.before.state);
            // Nor does the organ dispose of anything where a court or a body of review takes a decision away.
            let decided = decided || taken.is(&[Action::Revoked]);
            let ends = taken.before.state != taken.after.state && DISPOSED.contains(&taken.after.state) && !decided;
            !(taken.is(DISPOSES) || ends) || matches!(taken.before.crime, Crime::Unknown | Crime::Cleared)
        },
    ),
    law(
        "transfer-approved",
        "行政执法机关移送涉嫌犯罪案件的规定第五条",
        "移送公安须经负责人批准",
        &["transfer-approved"],
        |taken| !taken.is(&[Action::SendToPolice]) || taken.before.crime == Crime::Approved,
    ),
    law(
        "filed-first",
        "行政处罚法第五十四条第二款",
        "普通程序先立案，再终结调查、登记查扣、告知、决定；公安退回的也一样",
        &[],
        |taken| {
            let needs =
                [Action::Inquire, Action::End, Action::Register, Action::Seize, Action::ApproveNotice, Action::ServeNotice, Action::Decide];
            !taken.is(&needs) || taken.before.filed
        },
    ),
    law(
        "crime-after-decision",
        "行政处罚法第二十七条；行政执法机关移送涉嫌犯罪案件的规定第十一条",
        "决定以后发现的涉嫌犯罪，移送有结果才结案",
        &["crime-transferred"],
        |taken| {
            let open = !matches!(taken.before.crime, Crime::Unknown | Crime::Cleared | Crime::Filed | Crime::FiledLater);
            !taken.is(&[Action::Close]) || !open
        },
    ),
    law(
        "device-record",
        "行政处罚法第四十一条第一、二款",
        "设备记录有法律依据，经技术和法制两次审核才作证据",
        &["record-reviewed", "device-lawful"],
        |taken| {
            let filed = taken.is(&[Action::File]) && taken.before.track == Track::OffSite;
            (!filed || taken.before.screening == Screening::Both) && (!taken.is(&[Action::ScreenTechnically]) || taken.attempt.power)
        },
    ),
    law(
        "device-facts-told",
        "行政处罚法第四十一条第三款",
        "设备记录的事实及时告知当事人",
        &["facts-told"],
        |taken| !taken.is(&[Action::End]) || taken.before.track != Track::OffSite || taken.before.facts_told,
    ),
    law(
        "evidence",
        "行政处罚法第四十条、第五十四条",
        "不调查不终结，事实不清、证据不足不认定违法",
        &["gathered", "facts-clear"],
        |taken| !taken.is(&[Action::End]) || (taken.before.gathered && (taken.attempt.clear || taken.after.finding == Finding::NotProved)),
    ),
    law(
        "proved",
        "行政处罚法第四十条、第三十三条第一、二款",
        "不能成立、轻微无害、没有主观过错的，不告知也不处罚",
        &["proved"],
        |taken| {
            let told = taken.is(&[Action::ApproveNotice]) || taken.penalises();
            !told || matches!(taken.before.finding, Finding::Punishable | Finding::FirstSlight)
        },
    ),
    law(
        "order-first",
        "行政处罚法第二十八条",
        "以逾期不改正为要件的，先责令改正并复查未改正",
        &["order-unheeded"],
        |taken| !taken.penalises() || matches!(taken.before.correction, Correction::NotFirst | Correction::Unheeded),
    ),
    law(
        "correction-in-time",
        "行政处罚法第二十八条",
        "责令改正的期限届满才认定逾期不改正",
        &["correction-period-over"],
        |taken| !taken.is(&[Action::CheckCorrection]) || taken.attempt.heeded || taken.before.correction == Correction::Passed,
    ),
    law(
        "excused",
        "行政处罚法第三十条、第三十一条",
        "不满十四周岁和不能辨认、控制自己行为的人不受处罚",
        &["not-excused"],
        |taken| !taken.penalises() || taken.before.party != Party::Excused,
    ),
    law(
        "notice-before-decision",
        "行政处罚法第四十四条、第六十二条",
        "没有送达事先告知，不作处罚决定",
        &["notice-served"],
        |taken| !taken.penalises() || taken.before.notice == Notice::Served,
    ),
    law(
        "defence-heard",
        "行政处罚法第四十五条、第六十二条",
        "陈述申辩已复核、已明确放弃或者期限已满，才作处罚决定",
        &["defence-settled"],
        |taken| {
            let settled = matches!(taken.before.defence, Defence::Considered | Defence::Waived | Defence::Lapsed);
            !taken.penalises() || settled || taken.before.notice != Notice::Served
        },
    ),
    law(
        "defence-not-passed-over",
        "行政处罚法第四十五条第一款",
        "补充调查不能绕过已提出的陈述申辩",
        &["defence-considered-first"],
        |taken| !taken.is(&[Action::Reinvestigate]) || taken.before.defence != Defence::Made,
    ),
    law("waiver-express", "行政处罚法第六十二条", "放弃陈述申辩须明确表示", &["waiver-express"], |taken| {
        !taken.is(&[Action::WaiveDefence]) || taken.attempt.consent
    }),
    law(
        "no-heavier-for-defence",
        "行政处罚法第四十五条第二款",
        "不因陈述申辩加重处罚",
        &["no-heavier-for-defence", "not-heavier-than-told"],
        |taken| {
            let told_heavier = taken.is(&[Action::ServeNotice]) && taken.before.defended && taken.before.weight > taken.before.told;
            let more = taken.attempt.weight > taken.before.told || taken.attempt.change == crate::procedure::Change::Heavier;
            let meant_heavier = taken.is(&[Action::ApproveNotice]) && taken.before.defended && more;
            let decided_heavier = taken.penalises() && taken.attempt.change == crate::procedure::Change::Heavier;
            (!(told_heavier || meant_heavier) || taken.before.new_facts) && !decided_heavier
        },
    ),
    law("hearing-told", "行政处罚法第六十三条", "较重的处罚告知听证权利", &["tells-hearing"], |taken| {
        !taken.is(&[Action::ServeNotice]) || taken.before.weight != Weight::Heavy || taken.after.hearing == Hearing::Open
    }),
    law(
        "hearing-right",
        "行政处罚法第六十三条、第六十四条",
        "听证权利期满、放弃或者已经听证，才作较重的处罚决定",
        &["hearing-settled"],
        |taken| {
            let settled = matches!(taken.before.hearing, Hearing::Held | Hearing::Lapsed | Hearing::Waived);
            !taken.penalises() || taken.before.weight != Weight::Heavy || settled
        },
    ),
    law(
        "hearing-called",
        "行政处罚法第六十四条第二项、第八十五条",
        "听证提前七个工作日通知",
        &["seven-days-before-hearing", "hearing-called"],
        |taken| {
            (!taken.is(&[Action::CallHearing]) || taken.attempt.in_time)
                && (!taken.is(&[Action::HoldHearing]) || taken.before.hearing == Hearing::Called)
        },
    ),
    law(
        "fast-is-plain",
        "行政处罚法第五十七条第二款、第五十八条、第六十三条",
        "简案快办只用于简单案件，经当事人同意",
        &["fast-plain", "fast-consent"],
        |taken| {
            let (case, fast) = (taken.before, taken.before.track == Track::Fast);
            let chosen = taken.is(&[Action::ChooseFast]);
            let noticed = taken.is(&[Action::ApproveNotice]) && fast;
            (!chosen || (taken.attempt.consent && !case.complex && !case.review_due)) && (!noticed || taken.attempt.weight != Weight::Heavy)
        },
    ),
    law(
        "withdrawn-with-reason",
        "行政处罚法第五十七条第一款",
        "不以撤案、终止代替处罚",
        &["withdraw-ground", "ground-to-terminate"],
        |taken| {
            let punishable = taken.before.finding == Finding::Punishable && taken.before.party != Party::Excused;
            (!taken.is(&[Action::Withdraw]) || !punishable) && (!taken.is(&[Action::Terminate]) || taken.attempt.power)
        },
    ),
    law("nothing-while-suspended", "行政处罚法第五十四条", "中止调查期间不告知、不决定", &[], |taken| {
        !(taken.penalises() || taken.is(&[Action::ApproveNotice, Action::ServeNotice])) || taken.before.state != State::Suspended
    }),
    law(
        "registration-dealt-with",
        "行政处罚法第五十六条",
        "登记保存经事先批准，作出处理后才终结调查",
        &["registration-settled", "register-approved"],
        |taken| {
            let held = matches!(taken.before.registration, Registration::Held | Registration::Expired);
            (!taken.is(&[Action::End]) || !held)
                && (!taken.is(&[Action::Register]) || taken.attempt.approver == crate::procedure::Approver::Head)
        },
    ),
];
