//! Soft means (柔性执法): education, dissuasion, an interview; counted, and harder for who comes again.

use super::super::{
    Action, Actor, Ask, Guard, State, Track, Transition,
    guard::{guard, standing},
    transition::step,
};

const SLIGHT: Guard = guard(
    "soft-slight",
    "行政处罚法第六条、第三十三条",
    "危害后果不轻微，不得以劝导代替处理",
    "转为普通程序立案调查",
    |_, attempt| attempt.slight,
);
const EDUCATE_FIRST: Guard = standing(
    "ladder-educate",
    "行政处罚法第六条；本机关柔性执法阶梯",
    "当事人此前已被说服教育，再次违法应当升级",
    "改用劝导、约谈，或者转为普通程序",
    |case| case.rung == 0,
);
const DISSUADE_NEXT: Guard = standing(
    "ladder-dissuade",
    "行政处罚法第六条；本机关柔性执法阶梯",
    "当事人此前已被劝导，再次违法应当升级",
    "改用约谈，或者转为普通程序",
    |case| case.rung <= 1,
);
const INTERVIEW_LAST: Guard = standing(
    "ladder-interview",
    "行政处罚法第五十四条；本机关柔性执法阶梯",
    "当事人此前已被约谈，柔性措施用尽",
    "转为普通程序立案调查",
    |case| case.rung <= 2,
);

const ONLY: &[Track] = &[Track::Soft];

pub(super) const STEPS: &[Transition] = &[
    step(Action::Educate, ONLY, &[State::Clue], Actor::Officers, "行政处罚法第六条")
        .to(State::Persuaded)
        .guards(&[&SLIGHT, &EDUCATE_FIRST])
        .asks(&[Ask::Slight])
        .effect(|case, _| case.rung = 1),
    step(Action::Dissuade, ONLY, &[State::Clue], Actor::Officers, "行政处罚法第六条")
        .to(State::Persuaded)
        .guards(&[&SLIGHT, &DISSUADE_NEXT])
        .asks(&[Ask::Slight])
        .effect(|case, _| case.rung = 2),
    step(Action::Interview, ONLY, &[State::Clue], Actor::Officers, "行政处罚法第六条")
        .to(State::Persuaded)
        .guards(&[&SLIGHT, &INTERVIEW_LAST])
        .asks(&[Ask::Slight])
        .effect(|case, _| case.rung = 3),
    step(Action::Comply, ONLY, &[State::Persuaded], Actor::Officers, "行政处罚法第六条").to(State::Closed).papers(&["F05"]),
    step(Action::NotComply, ONLY, &[State::Persuaded], Actor::Officers, "行政处罚法第六条").to(State::Clue),
];
