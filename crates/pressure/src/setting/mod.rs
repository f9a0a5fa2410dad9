//! When notices are issued by themselves, and how long a unit has to reply (督办设置).

pub(crate) mod read;
pub(crate) mod save;
pub(crate) mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::notice::Stage;

/// The setting. The numbers are the house's own: no regulation that we know of sets them, so each city does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeSettings {
    /// Issue by itself. Off until the city turns it on.
    pub automatic: bool,
    /// Working hours after a unit's disposal limit ran out until the prompt, 0 to 400.
    pub prompt_after: u32,
    /// Working hours after a prompt's reply limit ran out until the supervision, 0 to 400.
    pub supervise_after: u32,
    /// Working hours to reply to a prompt, 1 to 400.
    pub reply_prompt: u32,
    /// Working hours to reply to a supervision, 1 to 400.
    pub reply_supervise: u32,
    /// Working hours to reply to a proposal to hold to account, 1 to 400.
    pub reply_account: u32,
    /// Who gets in charge what a supervision or account did not move (包案领导); nobody, and the ladder ends with people.
    #[serde(default)]
    pub charge_leader: Option<Uuid>,
    /// Working hours after such a notice's reply limit ran out until then, 0 to 400.
    #[serde(default = "charge_after")]
    pub charge_after: u32,
}

/// A working day, unless the city says otherwise.
const fn charge_after() -> u32 {
    8
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            automatic: false,
            prompt_after: 2,
            supervise_after: 4,
            reply_prompt: 8,
            reply_supervise: 8,
            reply_account: 16,
            charge_leader: None,
            charge_after: charge_after(),
        }
    }
}

impl NoticeSettings {
    /// Working hours to reply to a notice of this stage.
    pub(crate) const fn reply_hours(&self, stage: Stage) -> u32 {
        match stage {
            Stage::Prompt => self.reply_prompt,
            Stage::Supervise => self.reply_supervise,
            Stage::Account => self.reply_account,
        }
    }
}
