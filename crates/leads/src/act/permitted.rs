//! Which right a verb asks for.

use identity::Caller;

use crate::{lead::Verb, rights};

/// Whether a caller has the right that a verb asks for.
pub(crate) fn rights_of(caller: &Caller, verb: Verb) -> bool {
    match verb {
        Verb::RequestVerify | Verb::Accept | Verb::Reject | Verb::Merge | Verb::RequestCheck | Verb::Correct | Verb::Appoint => {
            caller.may::<rights::Triage>()
        }
        Verb::Rework => caller.may::<rights::Triage>(),
        Verb::File | Verb::Close | Verb::Void | Verb::Suspend | Verb::Resume | Verb::GrantExtension | Verb::RefuseExtension => {
            caller.may::<rights::FileAndClose>()
        }
        // The neighbour's word is nobody's here to say.
        Verb::ReferralEnd => false,
        Verb::Dispatch | Verb::CallJoint | Verb::JointWithdraw | Verb::Refer | Verb::TakeBack => caller.may::<rights::DispatchLead>(),
        Verb::Verify | Verb::Check => caller.may::<rights::Inspect>(),
        Verb::Take | Verb::Fix | Verb::JointTake | Verb::JointDone => caller.may::<rights::FixLead>(),
        Verb::Unassign | Verb::SendBack | Verb::RequestExtension | Verb::JointReturn => caller.may::<rights::LeadUnit>(),
        Verb::Raise | Verb::ReturnRaised | Verb::SendDown => caller.may::<rights::LeadUnit>(),
        Verb::Charge | Verb::EndCharge => caller.may::<rights::Charge>(),
        Verb::Instruct | Verb::WithdrawInstruction => caller.may::<rights::Instruct>(),
        Verb::AnswerInstruction => caller.may::<rights::AnswerInstruction>(),
        Verb::Remind | Verb::Comment | Verb::AskJoint => caller.may::<rights::Remark>(),
    }
}
