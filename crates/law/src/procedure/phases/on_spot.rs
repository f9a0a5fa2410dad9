//! The simple procedure (简易程序) and minor and quick (轻微速罚), which keeps within the same bounds.

use super::{
    super::{
        Action, Actor, Ask, Change, Defence, Finding, Guard, Notice, State, Track, Transition, Weight,
        guard::{guard, standing},
        transition::step,
    },
    general::{
        AFTER_SERVICE, DEFENCE_SETTLED, ELECTRONIC_AGREED, EVERY_PARTY, IN_POWER, NO_OPEN_CRIME, NO_SECOND_FINE, NOT_EXCUSED, NOT_RECUSED,
        NOT_TOO_LATE, NOTICE_SERVED, ORDER_UNHEEDED, PUBLIC_LAST, SPOT, TWO_CERTIFICATES, WITHIN_RANGE, WITNESSED, YOUTH_LIGHTER,
    },
};

const THRESHOLD: Guard = standing(
    "simple-threshold",
    "行政处罚法第五十一条",
    "超出简易程序：公民罚款二百元、单位罚款三千元以下或者警告，才可以当场决定",
    "转为普通程序立案调查",
    |case| case.weight == Weight::Light,
);
const PLAIN_FACTS: Guard = guard(
    "plain-facts",
    "行政处罚法第五十一条",
    "违法事实不确凿，或者没有法定依据",
    "转为普通程序查明事实；不能成立的不予处罚",
    |_, attempt| attempt.clear,
);
pub(super) const NOT_HEAVIER_THAN_TOLD: Guard = guard(
    "not-heavier-than-told",
    "行政处罚法第四十四条、第四十五条第二款",
    "处罚重于告知的内容",
    "在告知的范围以内决定；有新的事实的补充调查并重新告知",
    |_, attempt| attempt.change != Change::Heavier,
);

pub(super) const STEPS: &[Transition] = &[
    step(Action::ShowCard, SPOT, &[State::Clue], Actor::Officers, "行政处罚法第五十二条第一款、第五十五条")
        .to(State::OnSpot)
        .guards(&[&IN_POWER, &NOT_TOO_LATE, &TWO_CERTIFICATES, &NOT_RECUSED])
        .asks(&[Ask::Crew]),
    step(Action::TellOnSpot, SPOT, &[State::OnSpot], Actor::Officers, "行政处罚法第四十四条")
        .to(State::Noticed)
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED, &EVERY_PARTY])
        .asks(&[Ask::Crew, Ask::Weight, Ask::Everyone])
        .effect(|case, attempt| {
            (case.notice, case.defence) = (Notice::Served, Defence::Open);
            (case.weight, case.finding) = (attempt.weight, Finding::Punishable);
            case.told = case.told.max(attempt.weight);
        })
        .papers(&["B01"]),
    step(Action::DecideOnSpot, SPOT, &[State::OnSpot, State::Noticed], Actor::Officers, "行政处罚法第五十一条、第五十二条")
        .to(State::Decided)
        .guards(&[
            &NOTICE_SERVED,
            &DEFENCE_SETTLED,
            &THRESHOLD,
            &NOT_EXCUSED,
            &ORDER_UNHEEDED,
            &NO_OPEN_CRIME,
            &TWO_CERTIFICATES,
            &NOT_RECUSED,
            &PLAIN_FACTS,
            &NOT_HEAVIER_THAN_TOLD,
            &WITHIN_RANGE,
            &NO_SECOND_FINE,
            &YOUTH_LIGHTER,
        ])
        .asks(&[Ask::Crew, Ask::Clear, Ask::Change, Ask::Range, Ask::SecondFine, Ask::Lenient])
        // The form of the organ bears its seal before it is filled in (行政处罚法第五十二条第一款).
        .effect(|case, _| case.sealed = true)
        .papers(&["D14"]),
    step(Action::HandDecision, SPOT, &[State::Decided], Actor::Officers, "行政处罚法第五十二条第一款")
        .to(State::Served)
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED, &EVERY_PARTY, &WITNESSED, &ELECTRONIC_AGREED, &PUBLIC_LAST])
        .asks(&[Ask::Crew, Ask::Mode, Ask::Everyone])
        .papers(&["D14", "E01"])
        .within(&["D09", "D15", "D25"]),
    step(Action::Record, SPOT, AFTER_SERVICE, Actor::Officers, "行政处罚法第五十二条第三款")
        .when(|case| !case.recorded)
        .effect(|case, _| case.recorded = true)
        .within(&["D15"]),
    step(Action::NotFile, SPOT, &[State::OnSpot], Actor::Officers, "行政处罚法第四十条")
        .to(State::NotFiled)
        .guards(&[&NO_OPEN_CRIME])
        .papers(&["A03"]),
    step(
        Action::TurnOrdinary,
        &[Track::Simple, Track::MinorQuick, Track::Soft],
        &[State::Clue, State::OnSpot, State::Noticed],
        Actor::Officers,
        "行政处罚法第五十四条第一款",
    )
    .to(State::Clue)
    .effect(|case, _| {
        case.track = Track::Ordinary;
        case.reopen();
    }),
];
