//! What the guards need to know besides the state.

/// Facts of a lead and of the person who acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// It has a class (大小类).
    pub classified: bool,
    /// It has a unit grid (单元网格).
    pub placed: bool,
    /// Photos of the situation before the fix, the reporter's included.
    pub before_photos: usize,
    /// Photos after the fix.
    pub after_photos: usize,
    /// Somebody of the unit was named to fix it.
    pub handler_named: bool,
    /// The actor's unit already sent it back once.
    pub sent_back_before: bool,
    /// An extension waits for an answer.
    pub extension_pending: bool,
    /// Extensions granted so far.
    pub extensions: u32,
    /// What the last check after a fix said.
    pub check_passed: Option<bool>,
    /// The state it was suspended from.
    pub suspended_from: Option<super::State>,
    /// The actor reported it himself.
    pub actor_reported: bool,
    /// The person or unit who must act now is the actor, or anyone of the actor's role.
    pub actor_holds: bool,
    /// The system acts by a rule, for nobody.
    pub by_rule: bool,
    /// Whether one person may report and check the same lead (configurable; the house says no).
    pub reporter_may_check: bool,
    /// Its source asks for a person who follows it up, and nobody is appointed yet (跟办人).
    pub follower_missing: bool,
    /// Joint tasks that are not over (协办).
    pub joint_open: u32,
    /// A joint task was asked for on the spot and waits for the dispatcher.
    pub joint_asked: bool,
    /// The joint task of the actor's unit that is not over: whether it was taken.
    pub joint_taken: Option<bool>,
    /// A strong suspicion about this round stands open or upheld, where the district lets that hold closing back (疑点).
    pub closing_held: bool,
    /// There is a neighbour city to refer to (邻市).
    pub neighbours: bool,
    /// The state that the last referral left, and goes back to.
    pub referred_from: Option<super::State>,
    /// The neighbour city said that it is over, and nobody has taken it up again since.
    pub referral_ended: bool,
    /// A leader has it in charge (包案).
    pub charged: bool,
    /// The actor is that leader.
    pub actor_in_charge: bool,
    /// Instructions that nobody answered yet (批示).
    pub instructions_open: u32,
    /// The actor's unit has it, or he is of the centre while no unit has it: the one who answers instructions.
    pub actor_answers: bool,
    /// There is a unit of a higher level above the one that has it (上级单位).
    pub level_above: bool,
    /// There are units below the one that has it (下级单位).
    pub units_below: bool,
    /// It was raised to the unit that has it.
    pub raised_here: bool,
    /// The unit that has it raised it once already.
    pub raised_before: bool,
}
