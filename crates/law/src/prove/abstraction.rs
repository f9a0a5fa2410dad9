//! What the walk leaves out, and why the proof still stands; where the walk begins.

use serde::Serialize;

use crate::procedure::{Aside, Asides, Case, Correction, Crime, Defence, Hearing, Party, State, Track};

/// A fact that the walk holds in a coarser form than life has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Abstraction {
    /// The fact, in Chinese.
    pub fact: &'static str,
    /// What the walk makes of it.
    pub becomes: &'static str,
    /// Why nothing is lost.
    pub reason: &'static str,
}

const fn of(fact: &'static str, becomes: &'static str, reason: &'static str) -> Abstraction {
    Abstraction { fact, becomes, reason }
}

/// Every abstracted fact with its reason.
pub const ABSTRACTIONS: &[Abstraction] = &[
    of(
        "日期、期限",
        "未届满、已届满两种，届满可在任何时刻发生",
        "守则只看期限是否届满；届满的先后次序全部走到，日期由期限规则另行计算并测试",
    ),
    of("罚款数额", "四档：未拟、简易程序额度以内、一般、应告知听证", "守则只在第五十一条、第六十三条的界限上分别；额度本身是地方配置"),
    of("处罚与幅度、与告知相比", "以内、有事由的减轻、超出；相同、较轻、较重", "守则只看比较的结果；每一次决定都试遍全部组合"),
    of(
        "人员",
        "每一步都试遍：两人持证、不足两人、应回避者参与；负责人、承办人自批；主持人三种；审核人三种",
        "守则按办理时的人员判断，不依赖以前各步由谁办理",
    ),
    of("当事人", "成年或者单位、十四至十八周岁、不予处罚的人", "法律只按这三种分别；公民与单位的额度差别已在罚款数额的档次里"),
    of("多个当事人", "每次告知、送达试遍“及于全部”和“未及于全部”", "任何一人未被告知，守则即拒绝；各人期限以最后届满者为准"),
    of(
        "并行事项（涉案财物、回避、涉嫌犯罪、管辖争议）",
        "四种可以在同一案件中任意同时存在，登记保存和查封扣押也可以同时存在",
        "没有省略；两件财物、两次回避申请的先后另由各自的期限表示",
    ),
    of(
        "有并行事项的案件",
        "当事人成年、不复杂、无须法制审核、不以逾期不改正为要件；管辖争议另含无管辖权",
        "这些事实只被另外的守则读取，没有一个守则同时读取它们和并行事项；并行事项只会增加拒绝",
    ),
    of("送达以后", "立案至决定之间的事实归零", "送达以后没有守则再读取这些事实；另有测试逐项改动这些事实并比较可办事项"),
    of(
        "陈述申辩的结局、听证的放弃",
        "已复核、已放弃、已期满同样看待；听证放弃与期满同样看待",
        "守则只分别是否还在期限以内、是否已提出而未复核、是否已经听证；另有测试比较可办事项",
    ),
    of("移送公安期间的告知、审核", "归零", "退回以后一律从调查重新开始"),
    of("九十日办案期限、备案和公开的天数", "不限制环节", "逾期是程序违法和内部责任，不使后续行为变为不允许；期限在各环节列明并预警"),
    of("柔性执法次数", "零至三次", "三次以上与三次相同：柔性措施用尽"),
    of("并案、分案", "并入的案件为终点，分案留在原状态", "财物和期限随主案；分出的案件从立案起是另一个案件，与全部案件一同被走到"),
    of(
        "案件能够办结",
        "不依赖当事人配合：只用机关、其他机关和期限届满的环节也能归档",
        "补充调查可以循环，故证明的是任何时刻都还有路可走，而不是次数有限",
    ),
];

/// Every case with which the walk begins.
pub(super) fn beginnings() -> Vec<Case> {
    let mut found = Vec::new();
    for track in [Track::Ordinary, Track::OffSite, Track::Simple, Track::MinorQuick] {
        let spot = matches!(track, Track::Simple | Track::MinorQuick);
        for bits in 0..32_u8 {
            let bit = |place: u8| bits >> place & 1 == 1;
            // On the spot nothing is complex, and no review is due: what is goes to the ordinary procedure.
            if spot && (bit(2) || bit(3)) {
                continue;
            }
            for party in [Party::Grown, Party::Youth, Party::Excused] {
                let correction = if bit(4) { Correction::Due } else { Correction::NotFirst };
                let (power, timely, complex, review_due) = (!bit(0), !bit(1), bit(2), bit(3));
                found.push(Case { power, timely, complex, review_due, party, correction, ..Case::opened(track) });
            }
        }
        found.push(Case { aside: Asides::ALL, ..Case::opened(track) });
        found.push(Case { aside: Asides::of(&[Aside::Dispute, Aside::Police]), power: false, ..Case::opened(track) });
    }
    for rung in 0..=3 {
        found.push(Case { rung, ..Case::opened(Track::Soft) });
    }
    found
}

/// The case with what no later guard reads set back to how a case begins, and with ends that all guards take alike made one.
#[must_use]
pub fn forgotten(case: &Case) -> Case {
    let mut case = *case;
    if matches!(case.defence, Defence::Considered | Defence::Waived) {
        case.defence = Defence::Lapsed;
    }
    if case.hearing == Hearing::Waived {
        case.hearing = Hearing::Lapsed;
    }
    if matches!(case.state, State::TransferPolice | State::PoliceFiled | State::Closed) && case.crime != Crime::Cleared {
        // Whatever comes back from the police begins with an investigation.
        case.reopen();
    }
    let late = case.state.is_after_service()
        || matches!(
            case.state,
            State::Decided
                | State::Withdrawn
                | State::Terminated
                | State::Closed
                | State::NoPenalty
                | State::NotFiled
                | State::Archived
                | State::Merged
                | State::TransferOrgan
        );
    // A criminal case may come back, and then what was told before counts again.
    if !late || case.crime == Crime::Filed {
        return case;
    }
    Case {
        track: case.track,
        state: case.state,
        party: case.party,
        aside: case.aside,
        crime: case.crime,
        sealed: case.sealed,
        registration: case.registration,
        seizure: case.seizure,
        overdue: case.overdue,
        urged: case.urged,
        remedy: case.remedy,
        fate: case.fate,
        window: case.window,
        published: case.published,
        recorded: case.recorded,
        ..Case::default()
    }
}
