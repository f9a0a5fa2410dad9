//! Off-site enforcement (非现场执法): the record of a device, reviewed twice, and told to the party.

use super::{
    super::{Action, Actor, Ask, Guard, Mode, Screening, State, Track, Transition, guard::guard, transition::step},
    general::EVERY_PARTY,
};

const DEVICE_LAWFUL: Guard = guard(
    "device-lawful",
    "行政处罚法第四十一条第一款",
    "该事项用电子技术监控设备取证没有法律、行政法规依据，或者设备未经审核、设置地点未公布",
    "核实依据，完成设备的法制和技术审核并公布设置地点；否则转为普通程序另行取证",
    |_, attempt| attempt.power,
);
const TOLD_LAWFULLY: Guard = guard(
    "told-lawfully",
    "行政处罚法第四十一条第三款、第六十一条第二款",
    "电子方式告知未经当事人同意，且无其他途径到达",
    "签订电子送达确认书，或者以其他措施及时告知并提供查询、陈述、申辩的便利",
    |_, attempt| attempt.mode != Mode::ElectronicUnagreed,
);

const ONLY: &[Track] = &[Track::OffSite];

pub(super) const STEPS: &[Transition] = &[
    step(Action::ScreenTechnically, ONLY, &[State::Captured], Actor::Technician, "行政处罚法第四十一条第二款")
        .guards(&[&DEVICE_LAWFUL])
        .asks(&[Ask::Power])
        .when(|case| case.screening == Screening::Missing)
        .effect(|case, _| case.screening = Screening::Technical)
        .papers(&["B12"])
        .within(&["D41"]),
    step(Action::ScreenLegally, ONLY, &[State::Captured], Actor::Reviewer, "行政处罚法第四十一条第二款")
        .to(State::Screened)
        .when(|case| case.screening == Screening::Technical)
        .effect(|case, _| case.screening = Screening::Both)
        .papers(&["B12"]),
    step(Action::TellFacts, ONLY, &[State::Screened, State::Filed, State::Investigating], Actor::Clerk, "行政处罚法第四十一条第三款")
        .guards(&[&TOLD_LAWFULLY, &EVERY_PARTY])
        .asks(&[Ask::Mode, Ask::Everyone])
        .when(|case| !case.facts_told)
        .effect(|case, _| case.facts_told = true)
        .papers(&["B13"])
        .within(&["D42"]),
];
