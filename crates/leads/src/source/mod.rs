//! Sources (来源): where leads come from, each with its own limits, its own fields and its own way back.
//!
//! What the program brings is in [`built_in`]; what a city sets differently, and the sources it adds, stand in the table `source`. A source
//! is never removed, since leads name it; it is switched off.

pub(crate) mod built_in;
pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use kernel::codes;

use kernel::{deadline::service::ServiceLimit, id::PersonId, problem::Problem};
use uuid::Uuid;

use crate::{Leads, import::Mapping, lead::Source, settings::Snapshot};

codes! {
    /// What kind of source it is (来源种类): what may come from it, and what its leads need.
    SourceKind {
        /// Citizens themselves (市民).
        Citizens = "citizens", "市民";
        /// The city's own staff (工作人员).
        Staff = "staff", "工作人员";
        /// Cameras, sensors, trucks (机器).
        Machines = "machines", "机器识别";
        /// Work orders and complaints of a hotline or platform (热线与投诉平台).
        Orders = "orders", "热线与投诉平台";
        /// Letters and petitions (信访), where visitors are received too (接访).
        Petitions = "petitions", "信访";
        /// Proposals of deputies and committee members (议提案).
        Proposals = "proposals", "议提案";
        /// Newspapers, television, the net (媒体).
        Media = "media", "媒体";
        /// Systems of other bureaus and other cities (其他系统).
        Systems = "systems", "其他系统";
    }
}

impl SourceKind {
    /// Whether reports of this kind come as messages or files of another system.
    #[must_use]
    pub const fn is_outside(self) -> bool {
        !matches!(self, Self::Citizens | Self::Staff | Self::Machines)
    }

    /// Whether each lead needs a person who follows it up by name (专人跟办).
    #[must_use]
    pub const fn needs_follower(self) -> bool {
        matches!(self, Self::Proposals | Self::Media)
    }
}

/// A source as it is set (来源设置).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SourceSetting {
    pub source: Source,
    pub name: String,
    pub kind: SourceKind,
    pub active: bool,
    /// Until it must be accepted or refused (受理时限); the centre's own limit without.
    pub accept: Option<ServiceLimit>,
    /// Until the source must have its answer (答复时限); none without.
    pub reply: Option<ServiceLimit>,
    /// Which field of its messages is which field of a lead, by JSON pointer.
    pub mapping: Mapping,
    /// Where answers are sent; without, a person answers and writes it down.
    pub reply_url: Option<String>,
    /// The accounts whose messages are believed (报送账号); every machine account of the county where none is named.
    pub senders: Vec<Uuid>,
    /// 0 as long as it is as the program brings it.
    pub version: i64,
}

impl SourceSetting {
    /// A source that nobody has set up yet.
    pub(crate) fn new(source: Source) -> Self {
        Self {
            name: source.code().to_owned(),
            source,
            kind: SourceKind::Systems,
            active: false,
            accept: None,
            reply: None,
            mapping: Mapping::new(),
            reply_url: None,
            senders: Vec::new(),
            version: 0,
        }
    }

    /// Refuses messages of an account that this source does not know.
    ///
    /// # Errors
    /// `source-not-yours`.
    pub(crate) fn require_sender(&self, person: PersonId) -> Result<(), Problem> {
        if self.senders.is_empty() || self.senders.contains(&person.uuid()) {
            return Ok(());
        }
        Err(Problem::forbidden("source-not-yours", "这个来源只接收指定账号的报送，请用它的接口密钥，或请管理员在来源设置中加上本账号"))
    }

    /// Whether the program brings it.
    pub(crate) fn is_built_in(&self) -> bool {
        built_in::find(&self.source).is_some()
    }
}

impl Leads {
    /// The codes of the sources whose reports are of citizens themselves.
    ///
    /// # Errors
    /// The database's.
    pub async fn sources_of_citizens(&self) -> sqlx::Result<Vec<String>> {
        let settings = self.settings().await?;
        let citizens = settings.sources.iter().filter(|setting| setting.kind == SourceKind::Citizens);
        Ok(citizens.map(|setting| setting.source.code().to_owned()).collect())
    }
}

impl Snapshot {
    /// A source that is set up, active or not.
    pub(crate) fn source(&self, source: &Source) -> Option<&SourceSetting> {
        self.sources.iter().find(|setting| setting.source == *source)
    }

    /// Whether leads of a source need a person who follows them up.
    pub(crate) fn needs_follower(&self, code: &str) -> bool {
        self.sources.iter().any(|setting| setting.source.code() == code && setting.kind.needs_follower())
    }

    /// What people call a source.
    pub(crate) fn source_name(&self, code: &str) -> String {
        self.sources.iter().find(|setting| setting.source.code() == code).map_or_else(|| code.to_owned(), |setting| setting.name.clone())
    }

    /// A source whose reports come from outside, in files or messages.
    ///
    /// # Errors
    /// `source-invalid` for one that is unknown, switched off, or the city's own.
    pub(crate) fn outside_source(&self, code: &str) -> Result<&SourceSetting, Problem> {
        let known = code.parse::<Source>().ok().and_then(|source| self.source(&source)).filter(|setting| setting.kind.is_outside());
        match known {
            Some(setting) if setting.active => Ok(setting),
            Some(_) => Err(invalid("来源已停用")),
            None => Err(invalid("没有这个外部来源")),
        }
    }
}

fn invalid(detail: &str) -> Problem {
    Problem::invalid("source-invalid", detail).field("source", detail)
}
