//! The lead procedure, walked through whole: every state, every combination of facts, every action.

use std::collections::{HashMap, HashSet, VecDeque};

use identity::{RightDefinition, Role};
use kernel::procedure::Procedure;
use leads::lead::{Action, Charge, ClockOrder, Facts, Joint, Layer, LeadProcedure, Limit, NextHolder, Referral, State, Verb};

/// Every action, with every content that a guard looks at.
fn actions() -> Vec<Action> {
    let mut all = vec![
        Action::RequestVerify,
        Action::Reject,
        Action::Merge,
        Action::Dispatch,
        Action::Take,
        Action::Unassign,
        Action::SendBack,
        Action::RefuseExtension,
        Action::Suspend,
        Action::Resume,
        Action::RequestCheck,
        Action::Rework,
        Action::Void,
        Action::Correct,
        Action::Appoint,
        Action::Remind,
        Action::Comment,
    ];
    all.extend(Joint::ALL.map(Action::Joint));
    all.extend(Referral::ALL.map(Action::Referral));
    all.extend(Charge::ALL.map(Action::Charge));
    all.extend(Layer::ALL.map(Action::Layer));
    for yes in [false, true] {
        all.extend([
            Action::Verify { genuine: yes },
            Action::Accept { with_class: yes },
            Action::File { standard: yes },
            Action::Check { passed: yes },
            Action::Close { standard: yes },
        ]);
        for after in [0, 1] {
            all.push(Action::Fix { before_photos: usize::from(yes), after_photos: after });
        }
    }
    for hours in [0, 1, 241] {
        all.extend([Action::RequestExtension { hours }, Action::GrantExtension { hours }]);
    }
    let verbs: HashSet<Verb> = all.iter().map(Action::verb).collect();
    assert_eq!(verbs.len(), Verb::ALL.len(), "every verb has an action here");
    all
}

/// Every combination of what the guards may know.
fn all_facts() -> impl Iterator<Item = Facts> {
    let suspended = [None, Some(State::Filed), Some(State::Dispatched), Some(State::Fixing)];
    (0_u32..1 << 12).flat_map(move |bits| {
        let bit = move |n: u32| bits >> n & 1 == 1;
        [None, Some(false), Some(true)].into_iter().flat_map(move |check_passed| {
            suspended.into_iter().flat_map(move |suspended_from| {
                // Extensions and joint tasks are never looked at together; each is walked with the first value of the other.
                let joint = [(0, false, None), (0, true, Some(false)), (2, false, Some(true))];
                let none = (false, None, false);
                // What a leader has in charge and what levels do is walked with the first value of all others.
                let alone = [(true, true, 0, true), (true, false, 10, true), (true, true, 1, false), (true, false, 0, false)];
                // Neither is a referral: what one left is walked with the first value of the others, and asked-for joint work with a neighbour.
                let all = joint.into_iter().map(move |joint| (0, joint, none)).chain([(2, joint[0], none)]);
                let all = all.chain([(0, joint[0], (true, Some(State::Filed), true)), (0, joint[1], (true, None, false))]);
                let all = all.map(|one| (one, (false, false, 0, false)));
                // Neither what a check said nor a suspension is looked at with these.
                let with_charge = check_passed.is_none() && suspended_from.is_none();
                let alone = alone.into_iter().filter(move |_| with_charge);
                let all = all.chain(alone.map(move |charge| ((0, joint[0], none), charge)));
                all.map(
                    move |((extensions, (joint_open, joint_asked, joint_taken), (neighbours, referred_from, referral_ended)), charge)| {
                        Facts {
                            classified: bit(0),
                            placed: bit(1),
                            before_photos: usize::from(bit(2)),
                            after_photos: usize::from(bit(3)),
                            handler_named: bit(4),
                            sent_back_before: bit(5),
                            extension_pending: bit(6),
                            extensions,
                            check_passed,
                            suspended_from,
                            actor_reported: bit(7),
                            actor_holds: bit(8),
                            by_rule: false,
                            reporter_may_check: bit(9),
                            follower_missing: bit(10),
                            joint_open,
                            joint_asked,
                            joint_taken,
                            closing_held: bit(11),
                            neighbours,
                            referred_from,
                            referral_ended,
                            charged: charge.0,
                            actor_in_charge: charge.1,
                            instructions_open: charge.2,
                            actor_answers: charge.3,
                            // Each of these is looked at by verbs of levels alone.
                            level_above: charge.0,
                            units_below: charge.1,
                            raised_here: charge.3,
                            raised_before: charge.2 > 0,
                        }
                    },
                )
            })
        })
    })
}

#[test]
fn offers_agree_with_what_happens() {
    let actions = actions();
    let (mut looked, mut done, mut refused) = (0_u64, 0_u64, 0_u64);
    let (none, all) = (Facts::default(), all_facts().last().unwrap_or_default());
    let mut verbs_done: HashSet<(State, Verb)> = HashSet::new();
    for facts in all_facts() {
        for &state in State::ALL {
            let offers: HashMap<Verb, _> =
                LeadProcedure::offers(state, &facts).into_iter().map(|offer| (offer.verb, offer.refusal)).collect();
            assert!(state.is_open() || offers.is_empty(), "{state} is over and offers nothing");
            for action in &actions {
                // Whether a verb has its place in a state asks no fact: what is not offered is tried with the first and the last facts only.
                if !offers.contains_key(&action.verb()) && facts != none && facts != all {
                    continue;
                }
                looked += 1;
                match (offers.get(&action.verb()), LeadProcedure::apply(state, &facts, action)) {
                    // Not offered: refused. Offered with a refusal: refused with the same words.
                    (None, Ok(step)) => panic!("{action:?} is not offered in {state} and leads to {}", step.to),
                    (Some(Some(refusal)), Ok(step)) => {
                        panic!("{action:?} in {state} is refused by {} and leads to {}", refusal.code, step.to)
                    }
                    (Some(Some(offered)), Err(met)) => assert_eq!(*offered, met, "{action:?} in {state}"),
                    (_, Err(met)) => {
                        assert!(!met.reason.is_empty() && !met.code.is_empty());
                        refused += 1;
                    }
                    (Some(None), Ok(step)) => {
                        done += 1;
                        verbs_done.insert((state, action.verb()));
                        if step.to == State::Closed {
                            let checked = facts.before_photos > 0 && facts.after_photos > 0 && state == State::Checked;
                            assert!(
                                checked
                                    || facts.referral_ended && facts.check_passed != Some(false)
                                    || state == State::Checked && facts.referral_ended,
                                "{facts:?}"
                            );
                            assert!(!facts.closing_held && facts.instructions_open == 0);
                        }
                        assert!(state.is_open(), "what is over stays so");
                        if matches!(action, Action::Charge(_)) {
                            assert!(step.to == state && step.holder == NextHolder::Same && step.clocks.is_empty(), "{action:?} in {state}");
                        }
                        if matches!(action, Action::Layer(_)) {
                            // Owner, running limit and next step are there wherever it goes.
                            let starts = step.clocks == [ClockOrder::Stop(Limit::Fix), ClockOrder::Start(Limit::Fix)];
                            assert!(step.to == State::Dispatched && step.holder == NextHolder::Unit && starts, "{action:?} in {state}");
                            let next = Facts { actor_holds: true, ..facts.clone() };
                            assert!(LeadProcedure::apply(step.to, &next, &Action::Take).is_ok(), "{action:?} in {state}");
                        }
                    }
                }
            }
        }
    }
    for verb in Verb::ALL {
        assert!(verbs_done.iter().any(|(_, done)| done == verb), "{verb} can never be done");
    }
    println!("{looked} questions: {done} steps, {refused} refusals; {} verbs in their states", verbs_done.len());
}

/// A lead as the walk knows it: its state and those facts that actions change.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Model {
    state: State,
    classified: bool,
    placed: bool,
    before: bool,
    after: bool,
    named: bool,
    sent_back: bool,
    pending: bool,
    extensions: u32,
    check_passed: Option<bool>,
    suspended_from: Option<State>,
    /// The one joint task of the walk: asked for, or open and taken or not.
    joint: Option<Option<bool>>,
    /// Where the last referral came from, and whether the neighbour ended it.
    referral: Option<(State, bool)>,
    /// In a leader's charge, and whether an instruction waits.
    charge: Option<bool>,
    /// At the upper unit, and whether the lower one raised it once.
    level: (bool, bool),
}

impl Model {
    fn facts(self) -> Facts {
        Facts {
            classified: self.classified,
            placed: self.placed,
            before_photos: usize::from(self.before),
            after_photos: usize::from(self.after),
            handler_named: self.named,
            sent_back_before: self.sent_back,
            extension_pending: self.pending,
            extensions: self.extensions,
            check_passed: self.check_passed,
            suspended_from: self.suspended_from,
            actor_reported: false,
            actor_holds: true,
            by_rule: false,
            reporter_may_check: false,
            follower_missing: false,
            joint_open: u32::from(matches!(self.joint, Some(Some(_)))),
            joint_asked: self.joint == Some(None),
            joint_taken: self.joint.flatten(),
            closing_held: false,
            neighbours: true,
            referred_from: self.referral.map(|(from, _)| from),
            referral_ended: self.referral.is_some_and(|(_, ended)| ended),
            charged: self.charge.is_some(),
            actor_in_charge: self.charge.is_some(),
            instructions_open: u32::from(self.charge == Some(true)),
            actor_answers: true,
            level_above: !self.level.0,
            units_below: self.level.0,
            raised_here: self.level == (true, true),
            raised_before: !self.level.0 && self.level.1,
        }
    }

    /// What a lead is after an action that was not refused: the same as the room writes into its row.
    fn after(self, to: State, action: &Action) -> Self {
        let mut next = Self { state: to, ..self };
        match action {
            Action::Accept { with_class } => next.classified |= with_class,
            Action::Correct => (next.classified, next.placed) = (true, true),
            Action::Suspend => next.suspended_from = Some(self.state),
            Action::Resume => next.suspended_from = None,
            Action::RequestExtension { .. } => next.pending = true,
            Action::GrantExtension { .. } => (next.pending, next.extensions) = (false, self.extensions + 1),
            Action::RefuseExtension => next.pending = false,
            Action::SendBack => (next.pending, next.sent_back, next.named) = (false, true, false),
            Action::Take => next.named = true,
            Action::Unassign => next.named = false,
            Action::Dispatch => (next.named, next.extensions, next.pending) = (false, 0, false),
            Action::Fix { before_photos, after_photos } => {
                next.before |= *before_photos > 0;
                next.after |= *after_photos > 0;
                (next.check_passed, next.pending) = (None, false);
            }
            Action::Check { passed } => next.check_passed = Some(*passed),
            Action::Rework => {
                next.check_passed = None;
                next.referral = None;
            }
            Action::Referral(Referral::Refer) => next.referral = Some((self.state, false)),
            Action::Referral(Referral::TakeBack) => next.referral = None,
            Action::Referral(Referral::End) => (next.referral, next.check_passed) = (self.referral.map(|(from, _)| (from, true)), None),
            Action::Charge(Charge::Put) if self.charge.is_none() => next.charge = Some(false),
            Action::Charge(Charge::End) => next.charge = None,
            Action::Charge(Charge::Instruct) => next.charge = Some(true),
            Action::Charge(Charge::Answer) => next.charge = Some(false),
            Action::Layer(layer) => {
                (next.named, next.extensions, next.pending) = (false, 0, false);
                next.level = (*layer == Layer::Raise, self.level.1 || *layer == Layer::Raise);
            }
            Action::Joint(Joint::Ask) if self.joint.is_none() => next.joint = Some(None),
            Action::Joint(Joint::Call) if self.joint.flatten().is_none() => next.joint = Some(Some(false)),
            Action::Joint(Joint::Take) => next.joint = Some(Some(true)),
            Action::Joint(Joint::Done | Joint::Return | Joint::Withdraw) => next.joint = None,
            _ => {}
        }
        next
    }
}

#[test]
fn every_lead_that_can_be_can_end_and_none_closes_unchecked() {
    let actions = actions();
    let mut edges: HashMap<Model, Vec<Model>> = HashMap::new();
    let mut waiting: VecDeque<Model> = VecDeque::new();
    for bits in 0_u8..8 {
        let bit = |n: u8| bits >> n & 1 == 1;
        let (classified, placed, before) = (bit(0), bit(1), bit(2));
        let fresh = Model {
            state: State::Reported,
            classified,
            placed,
            before,
            after: false,
            named: false,
            sent_back: false,
            pending: false,
            extensions: 0,
            check_passed: None,
            suspended_from: None,
            joint: None,
            referral: None,
            charge: None,
            level: (false, false),
        };
        waiting.push_back(fresh);
    }
    while let Some(lead) = waiting.pop_front() {
        if edges.contains_key(&lead) {
            continue;
        }
        let steps: Vec<Model> = actions
            .iter()
            .filter_map(|action| Some(lead.after(LeadProcedure::apply(lead.state, &lead.facts(), action).ok()?.to, action)))
            .collect();
        for next in &steps {
            if next.state == State::Referred {
                assert!(next.referral.is_some_and(|(_, ended)| !ended) && !matches!(next.joint, Some(Some(_))), "{lead:?}");
            }
            if next.state == State::Fixing && lead.referral.is_some_and(|(_, ended)| ended) {
                panic!("given back to a unit that it never had: {lead:?}");
            }
            if next.state == State::Closed && !next.referral.is_some_and(|(_, ended)| ended) {
                assert_eq!(
                    (next.check_passed, next.before, next.after, next.classified, next.placed),
                    (Some(true), true, true, true, true),
                    "{lead:?}"
                );
            }
            if next.state == State::Fixed && lead.state == State::Fixing {
                assert!(!matches!(lead.joint, Some(Some(_))), "replied to with an open joint task: {lead:?}");
            }
            if next.state == State::Suspended {
                assert!(next.suspended_from.is_some());
            }
        }
        waiting.extend(&steps);
        edges.insert(lead, steps);
    }
    let reached: HashSet<State> = edges.keys().map(|lead| lead.state).collect();
    assert_eq!(reached.len(), State::ALL.len(), "every state can be reached");
    // Backwards from the ends: whatever is left could never end, and what cannot be closed well must at least have another end.
    let mut into: HashMap<Model, Vec<Model>> = HashMap::with_capacity(edges.len());
    for (lead, to) in &edges {
        for next in to {
            into.entry(*next).or_default().push(*lead);
        }
    }
    for (what, end) in [("any end", None), ("closing", Some(State::Closed))] {
        let mut can: HashSet<Model> =
            edges.keys().copied().filter(|lead| end.map_or(!lead.state.is_open(), |end| lead.state == end)).collect();
        let mut waiting: Vec<Model> = can.iter().copied().collect();
        while let Some(lead) = waiting.pop() {
            for from in into.get(&lead).into_iter().flatten() {
                if can.insert(*from) {
                    waiting.push(*from);
                }
            }
        }
        for lead in edges.keys().filter(|lead| lead.state.is_open()) {
            assert!(can.contains(lead), "never comes to {what}: {lead:?}");
        }
    }
    println!("{} leads reached, {} steps", edges.len(), edges.values().map(Vec::len).sum::<usize>());
}

#[test]
fn what_decides_is_never_an_auxiliarys() {
    let decides = |name: &str| leads::rights().into_iter().find(|right| right.name == name).is_some_and(|right| right.decides);
    for right in ["lead.triage", "lead.file", "lead.dispatch", "lead.unit", "lead.configure", "lead.import", "personal.reveal"] {
        assert!(decides(right), "{right} decides");
    }
    let all: Vec<RightDefinition> = [leads::rights(), identity::rights(), catalogue::rights(), notify::rights()].concat();
    for right in &all {
        let given = right.default_roles.contains(&Role::Auxiliary.code());
        assert!(!(right.decides && given), "{} decides and stands with the auxiliaries", right.name);
    }
}
