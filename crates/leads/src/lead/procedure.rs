//! The lead's procedure: what may be done in which state, what follows, and why not.

use kernel::procedure::{Offer, Procedure, Refusal};

use super::{
    Charge,
    ClockOrder::{CancelAll, Extend, Pause, Resume, Start, Stop},
    Facts, Joint, Layer, Limit, NextHolder, Referral, State, Step, Verb, charge, joint, layer, referral, rules,
};

/// A verb with the part of its content that the guards look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// 发起核实
    RequestVerify,
    /// 核实反馈
    Verify {
        /// The report is true.
        genuine: bool,
    },
    /// 受理
    Accept {
        /// A class is given with it, or there is one already.
        with_class: bool,
    },
    /// 不予受理
    Reject,
    /// 并案
    Merge,
    /// 立案
    File {
        /// The filing standard (立案标准) is ticked.
        standard: bool,
    },
    /// 派遣
    Dispatch,
    /// 接单
    Take,
    /// 撤回指派
    Unassign,
    /// 回退
    SendBack,
    /// 申请延期
    RequestExtension {
        /// Hours of the limit's own kind.
        hours: u32,
    },
    /// 同意延期
    GrantExtension {
        /// Hours of the limit's own kind.
        hours: u32,
    },
    /// 不同意延期
    RefuseExtension,
    /// 挂账
    Suspend,
    /// 恢复
    Resume,
    /// 处置反馈
    Fix {
        /// Photos before, sent with it.
        before_photos: usize,
        /// Photos after, sent with it.
        after_photos: usize,
    },
    /// 发起核查
    RequestCheck,
    /// 核查反馈
    Check {
        /// It is fixed.
        passed: bool,
    },
    /// 返工
    Rework,
    /// 结案
    Close {
        /// The closing standard (结案标准) is ticked.
        standard: bool,
    },
    /// 作废
    Void,
    /// 更正
    Correct,
    /// 指定跟办人
    Appoint,
    /// 催办
    Remind,
    /// 备注
    Comment,
    /// 联合处置
    Joint(Joint),
    /// 转邻市
    Referral(Referral),
    /// 领导包案
    Charge(Charge),
    /// 分层响应
    Layer(Layer),
}

impl Action {
    /// The verb.
    #[must_use]
    pub const fn verb(&self) -> Verb {
        match self {
            Self::RequestVerify => Verb::RequestVerify,
            Self::Verify { .. } => Verb::Verify,
            Self::Accept { .. } => Verb::Accept,
            Self::Reject => Verb::Reject,
            Self::Merge => Verb::Merge,
            Self::File { .. } => Verb::File,
            Self::Dispatch => Verb::Dispatch,
            Self::Take => Verb::Take,
            Self::Unassign => Verb::Unassign,
            Self::SendBack => Verb::SendBack,
            Self::RequestExtension { .. } => Verb::RequestExtension,
            Self::GrantExtension { .. } => Verb::GrantExtension,
            Self::RefuseExtension => Verb::RefuseExtension,
            Self::Suspend => Verb::Suspend,
            Self::Resume => Verb::Resume,
            Self::Fix { .. } => Verb::Fix,
            Self::RequestCheck => Verb::RequestCheck,
            Self::Check { .. } => Verb::Check,
            Self::Rework => Verb::Rework,
            Self::Close { .. } => Verb::Close,
            Self::Void => Verb::Void,
            Self::Correct => Verb::Correct,
            Self::Appoint => Verb::Appoint,
            Self::Remind => Verb::Remind,
            Self::Comment => Verb::Comment,
            Self::Joint(joint) => joint.verb(),
            Self::Referral(referral) => referral.verb(),
            Self::Charge(charge) => charge.verb(),
            Self::Layer(layer) => layer.verb(),
        }
    }
}

/// The procedure of leads.
#[derive(Debug, Clone, Copy)]
pub struct LeadProcedure;

/// Filing and closing standards must be ticked, send-backs reasoned, closings shown by photos (GB/T 30428.8 practice).
const FILING_AND_CLOSING: &str = "GB/T 30428.8 立案、处置和结案";
/// Collectors verify and check within their own limits; nobody checks what he reported (house rule, configurable).
pub(crate) const HOUSE: &str = "闭环办理规则";

/// In which states a verb has its place; in others it is not even offered.
const fn belongs(verb: Verb, state: State) -> bool {
    use State::{Accepted, Checked, Checking, Dispatched, Filed, Fixed, Fixing, Referred, Reported, Suspended, Verifying};
    match verb {
        Verb::Reject => matches!(state, Reported),
        // Also while a collector is at it: whoever was named may be ill or gone.
        Verb::RequestVerify => matches!(state, Reported | Verifying),
        Verb::Accept => matches!(state, Reported | Verifying),
        Verb::Verify => matches!(state, Verifying),
        Verb::Merge => matches!(state, Reported | Accepted),
        Verb::File => matches!(state, Accepted),
        Verb::Dispatch => matches!(state, Filed | Dispatched),
        Verb::Take => matches!(state, Dispatched | Fixing),
        Verb::Unassign => matches!(state, Fixing),
        Verb::SendBack | Verb::RequestExtension | Verb::GrantExtension | Verb::RefuseExtension => matches!(state, Dispatched | Fixing),
        Verb::Suspend => matches!(state, Filed | Dispatched | Fixing),
        Verb::Resume => matches!(state, Suspended),
        Verb::Fix => matches!(state, Dispatched | Fixing),
        Verb::RequestCheck => matches!(state, Fixed | Checking),
        Verb::Check => matches!(state, Checking),
        Verb::Rework => matches!(state, Fixed | Checked),
        Verb::Close => matches!(state, Fixed | Checking | Checked),
        Verb::Void => matches!(state, Accepted | Filed | Dispatched | Fixing | Suspended | Fixed | Checking | Checked | Referred),
        Verb::Correct => matches!(state, Reported | Verifying | Accepted | Filed | Dispatched | Fixing),
        Verb::Appoint | Verb::Remind | Verb::Comment => state.is_open(),
        Verb::CallJoint | Verb::AskJoint | Verb::JointTake | Verb::JointDone | Verb::JointReturn | Verb::JointWithdraw => {
            joint::belongs(verb, state)
        }
        Verb::Refer | Verb::TakeBack | Verb::ReferralEnd => referral::belongs(verb, state),
        Verb::Charge | Verb::EndCharge | Verb::Instruct | Verb::AnswerInstruction | Verb::WithdrawInstruction => charge::belongs(state),
        Verb::Raise | Verb::ReturnRaised | Verb::SendDown => layer::belongs(verb, state),
    }
}

/// Why a verb that has its place here may still not be done.
fn guard(verb: Verb, state: State, facts: &Facts) -> Option<Refusal> {
    let refuse = |code, reason: &str| Some(Refusal::new(code, reason));
    match verb {
        Verb::Accept if state == State::Verifying => refuse("verification-pending", "正在核实，等采集员反馈后再受理"),
        Verb::Accept if !facts.placed => refuse("not-placed", "还没有定位到单元网格，请先在地图上标出位置"),
        Verb::Accept if facts.follower_missing => {
            Some(Refusal::new("follower-missing", "该来源的件须专人跟办，请先指定跟办人").citing(HOUSE))
        }
        Verb::Verify | Verb::Check if !facts.actor_holds => refuse("not-yours", "该任务派给了其他人员"),
        Verb::Check if facts.actor_reported && !facts.reporter_may_check => {
            Some(Refusal::new("own-report", "本人上报的线索应由其他人员核查").citing(HOUSE))
        }
        Verb::File if !facts.classified => refuse("not-classified", "还没有确定类别，请先选择大小类"),
        Verb::Take | Verb::Fix | Verb::Unassign | Verb::SendBack | Verb::RequestExtension if !facts.actor_holds => {
            refuse("not-your-unit", "该件不在您的单位办理")
        }
        Verb::Fix if state == State::Dispatched => refuse("not-taken", "请先接单，再反馈处置结果"),
        Verb::Unassign if !facts.handler_named => refuse("nobody-named", "尚未指派处置人员"),
        Verb::SendBack if facts.handler_named => {
            Some(Refusal::new("handler-named", "已指派处置人员，请先撤回指派再回退").citing(FILING_AND_CLOSING))
        }
        Verb::SendBack if facts.sent_back_before => {
            Some(Refusal::new("sent-back-before", "本单位已回退过一次；确有争议请申请延期并联系派遣员协调").citing(FILING_AND_CLOSING))
        }
        Verb::RequestExtension if facts.extension_pending => refuse("extension-pending", "已有一次延期申请等待审批"),
        Verb::RequestExtension if facts.extensions >= rules::MOST_EXTENSIONS => {
            Some(Refusal::new("extensions-used", format!("已延期 {} 次，不能再延；确需更长时间请申请挂账", facts.extensions)).citing(HOUSE))
        }
        Verb::GrantExtension | Verb::RefuseExtension if !facts.extension_pending => refuse("no-extension-asked", "没有待审批的延期申请"),
        Verb::RequestCheck if facts.check_passed == Some(false) => refuse("check-failed", "核查未通过，请退回返工"),
        Verb::Close if state != State::Checked && !referral::closes_by_word(state, facts) => {
            Some(Refusal::new("not-checked", "核查通过后才能结案").citing(FILING_AND_CLOSING))
        }
        // What a neighbour city ended has no photos of ours.
        Verb::Close if !facts.referral_ended && (facts.before_photos == 0 || facts.after_photos == 0) => {
            Some(Refusal::new("photos-missing", "结案须有处置前、处置后照片").citing(FILING_AND_CLOSING))
        }
        Verb::Close if facts.closing_held => {
            Some(Refusal::new("closing-held", "有未消除的疑点：请先在“疑点”里判定，属实的退回返工").citing(HOUSE))
        }
        Verb::Refer => referral::guard(verb, facts),
        _ => joint::guard(verb, facts).or_else(|| charge::guard(verb, facts)).or_else(|| layer::guard(verb, facts)),
    }
}

impl Procedure for LeadProcedure {
    type State = State;
    type Facts = Facts;
    type Verb = Verb;
    type Action = Action;
    type Step = Step;

    fn offers(state: State, facts: &Facts) -> Vec<Offer<Verb>> {
        Verb::ALL.iter().filter(|verb| belongs(**verb, state)).map(|&verb| Offer { verb, refusal: guard(verb, state, facts) }).collect()
    }

    fn apply(state: State, facts: &Facts, action: &Action) -> Result<Step, Refusal> {
        let verb = action.verb();
        if !belongs(verb, state) {
            let reason = if state.is_open() {
                format!("当前状态为“{}”，不能{}", state.label(), verb.label())
            } else {
                format!("该件已办结（{}），不能再{}", state.label(), verb.label())
            };
            return Err(Refusal::new("not-in-this-state", reason).citing(HOUSE));
        }
        if let Some(refusal) = guard(verb, state, facts) {
            return Err(refusal);
        }
        step(state, facts, action)
    }
}

fn step(state: State, facts: &Facts, action: &Action) -> Result<Step, Refusal> {
    let same = Step::to(state, NextHolder::Same);
    Ok(match action {
        // Another collector works within the same limit.
        Action::RequestVerify if state == State::Verifying => Step::to(State::Verifying, NextHolder::Named("collector")),
        Action::RequestVerify => {
            Step::to(State::Verifying, NextHolder::Named("collector")).clock(Pause(Limit::Accept)).clock(Start(Limit::Verify))
        }
        Action::Verify { .. } => {
            Step::to(State::Reported, NextHolder::Role("operator")).clock(Stop(Limit::Verify)).clock(Resume(Limit::Accept))
        }
        Action::Accept { with_class } => {
            if !with_class && !facts.classified {
                return Err(Refusal::new("not-classified", "请选择大小类后再受理"));
            }
            Step::to(State::Accepted, NextHolder::Role("shift_leader")).clock(Stop(Limit::Accept)).clock(Start(Limit::File))
        }
        // The refusal with its reason is what the source is answered; so is the voiding.
        Action::Reject => Step::to(State::Rejected, NextHolder::Nobody).clock(Stop(Limit::Reply)).clock(CancelAll),
        Action::Merge => Step::to(State::Merged, NextHolder::Nobody).clock(CancelAll),
        Action::File { standard } => {
            if !standard {
                return Err(Refusal::new("standard-missing", "请勾选立案标准").citing(FILING_AND_CLOSING));
            }
            Step::to(State::Filed, NextHolder::Role("dispatcher")).clock(Stop(Limit::File)).clock(Start(Limit::Dispatch))
        }
        // A second dispatch before the unit took it moves the task; the disposal clock starts with the new unit.
        Action::Dispatch if state == State::Dispatched => {
            Step::to(State::Dispatched, NextHolder::Unit).clock(Stop(Limit::Fix)).clock(Start(Limit::Fix))
        }
        Action::Dispatch => Step::to(State::Dispatched, NextHolder::Unit).clock(Stop(Limit::Dispatch)).clock(Start(Limit::Fix)),
        Action::Take => Step::to(State::Fixing, NextHolder::Unit),
        Action::Unassign => Step::to(State::Dispatched, NextHolder::Unit),
        Action::SendBack => Step::to(State::Filed, NextHolder::Role("dispatcher")).clock(Stop(Limit::Fix)).clock(Start(Limit::Dispatch)),
        Action::RequestExtension { hours } | Action::GrantExtension { hours } => {
            if !(1..=rules::LONGEST_EXTENSION_HOURS).contains(hours) {
                let reason = format!("延期应为 1 至 {} 小时", rules::LONGEST_EXTENSION_HOURS);
                return Err(Refusal::new("extension-out-of-range", reason));
            }
            match action {
                Action::GrantExtension { .. } => same.clock(Extend(Limit::Fix, hours * 60)),
                _ => same,
            }
        }
        Action::Suspend => Step::to(State::Suspended, NextHolder::Role("shift_leader")).clock(Pause(if state == State::Filed {
            Limit::Dispatch
        } else {
            Limit::Fix
        })),
        Action::Resume => match facts.suspended_from {
            Some(State::Filed) => Step::to(State::Filed, NextHolder::Role("dispatcher")).clock(Resume(Limit::Dispatch)),
            Some(State::Fixing) => Step::to(State::Fixing, NextHolder::Unit).clock(Resume(Limit::Fix)),
            _ => Step::to(State::Dispatched, NextHolder::Unit).clock(Resume(Limit::Fix)),
        },
        Action::Fix { before_photos, after_photos } => {
            if *after_photos == 0 {
                return Err(Refusal::new("after-photo-missing", "请至少拍一张处置后的照片").citing(FILING_AND_CLOSING));
            }
            if facts.before_photos + before_photos == 0 {
                return Err(Refusal::new("before-photo-missing", "上报时没有照片，请补一张处置前的照片").citing(FILING_AND_CLOSING));
            }
            Step::to(State::Fixed, NextHolder::Role("operator")).clock(Stop(Limit::Fix)).clock(Start(Limit::Check))
        }
        Action::RequestCheck => Step::to(State::Checking, NextHolder::Named("collector")),
        Action::Check { passed: true } => {
            Step::to(State::Checked, NextHolder::Role("shift_leader")).clock(Stop(Limit::Check)).clock(Start(Limit::Close))
        }
        Action::Check { passed: false } => Step::to(State::Fixed, NextHolder::Role("operator")),
        Action::Rework if facts.referral_ended => referral::again(state, facts),
        Action::Rework => {
            let stop = Stop(if state == State::Checked { Limit::Close } else { Limit::Check });
            Step::to(State::Fixing, NextHolder::Unit).clock(stop).clock(Start(Limit::Fix))
        }
        Action::Close { standard } => {
            if !standard {
                return Err(Refusal::new("standard-missing", "请勾选结案标准").citing(FILING_AND_CLOSING));
            }
            Step::to(State::Closed, NextHolder::Nobody).clock(Stop(Limit::Check)).clock(Stop(Limit::Close)).clock(Stop(Limit::Reply))
        }
        Action::Void => Step::to(State::Voided, NextHolder::Nobody).clock(Stop(Limit::Reply)).clock(CancelAll),
        Action::RefuseExtension | Action::Correct | Action::Appoint | Action::Remind | Action::Comment => same,
        // The limits of joint tasks are theirs, a round each; the lead's own go on.
        Action::Joint(_) => same,
        Action::Referral(referral) => referral::step(*referral, state, facts),
        // The lead stays where it is, and whose it is; the limits of instructions are theirs, a round each.
        Action::Charge(_) => same,
        Action::Layer(_) => layer::step(),
    })
}
