//! What an action changes of the lead's own row, whoever carried it out.

use docket::Header;

use crate::lead::{Action, Charge, Layer, State, record::LeadRecord};

/// What an action changes of the lead's own facts, whoever carried it out.
pub(super) fn settle(record: &mut LeadRecord, header: &Header, state: State, action: &Action) {
    match action {
        Action::Verify { genuine } => record.verified = Some(*genuine),
        Action::Suspend => record.suspended_from = Some(state.code().to_owned()),
        Action::Resume => record.suspended_from = None,
        Action::RequestExtension { hours } => record.extension_hours = i32::try_from(*hours).ok(),
        Action::GrantExtension { .. } => {
            record.extension_hours = None;
            record.extension_reason = None;
            record.extensions += 1;
        }
        // Nobody waits for more time on what is over.
        Action::RefuseExtension | Action::Void => {
            record.extension_hours = None;
            record.extension_reason = None;
        }
        Action::SendBack => {
            record.sent_back_by.extend(header.unit);
            record.handler = None;
            record.raised_from = None;
            record.extension_hours = None;
            record.extension_reason = None;
        }
        Action::Unassign => record.handler = None,
        Action::Dispatch | Action::Layer(_) => {
            record.handler = None;
            // Levels share the extensions: who has used them up does not get them back by raising.
            if matches!(action, Action::Dispatch) {
                record.extensions = 0;
            }
            record.extension_hours = None;
            record.extension_reason = None;
            record.raised_from = None;
            if matches!(action, Action::Layer(Layer::Raise)) {
                record.raised_from = header.unit;
                record.raised_by.extend(header.unit);
            }
        }
        Action::Charge(Charge::End) => (record.leader, record.charged_at, record.charge_reason) = (None, None, None),
        Action::Fix { .. } => {
            record.check_passed = None;
            // Who has replied no longer waits for more time.
            record.extension_hours = None;
            record.extension_reason = None;
        }
        Action::Check { passed } => record.check_passed = Some(*passed),
        Action::Rework => {
            // What is fixed again is answered anew.
            record.reply = None;
            record.rework_count += 1;
            record.check_passed = None;
        }
        _ => {}
    }
}
