//! What was really done (模拟真值): one JSON object a line, for measuring rules against it.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// How a truck cheats, or what its terminal suffers (作假方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cheat {
    /// Off the permitted route (偏离路线).
    OffRoute,
    /// Loaded outside the permitted hours (超时段).
    OffHours,
    /// The lid open on a loaded trip (未密闭).
    LidOpen,
    /// Dumped at another disposal site (未到指定消纳场).
    WrongDestination,
    /// More than permitted on it (超载).
    Overload,
    /// Faster than permitted (超速).
    Speeding,
    /// Switched off on purpose (故意失联): its points of that time never come.
    DarkSignal,
    /// Dumped at a black spot (黑点停留倾倒).
    BlackSpot,
    /// Another device sent under its number (克隆终端).
    ClonedTerminal,
    /// No cheating: no network, points come late and in a batch (盲区补报).
    LatePoints,
}

impl Cheat {
    /// Those of a trip within the permitted hours, each as frequent as the others.
    pub const OF_A_TRIP: [Self; 9] = [
        Self::OffRoute,
        Self::LidOpen,
        Self::WrongDestination,
        Self::Overload,
        Self::Speeding,
        Self::DarkSignal,
        Self::BlackSpot,
        Self::ClonedTerminal,
        Self::LatePoints,
    ];
}

/// One line of truth. Everything in it is simulated.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Truth {
    /// The run.
    Run {
        /// Same seed and begin, same run.
        seed: u64,
        /// When it begins, in simulated time.
        begin: DateTime<Utc>,
        /// When it ends; none for one without end.
        until: Option<DateTime<Utc>>,
        /// How many trucks.
        vehicles: u32,
        /// The share of trips with one of the ways to cheat, each as frequent as the others.
        cheating: f64,
        /// Always.
        simulated: bool,
    },
    /// A place: `site`, `disposal`, `black_spot` or `depot`.
    Place {
        /// Which kind.
        place: &'static str,
        /// Its name.
        name: String,
        /// WGS-84.
        lon: f64,
        /// WGS-84.
        lat: f64,
        /// In metres: trucks stand within it.
        radius: u32,
    },
    /// A vehicle and what it may do.
    Vehicle {
        /// The number of its terminal.
        phone: String,
        /// Its plate.
        plate: String,
        /// Where it loads.
        site: String,
        /// Where it has to dump.
        disposal: String,
        /// From and to, `HH:MM` in Beijing.
        hours: [String; 2],
        /// The most it may carry.
        max_kg: u32,
        /// The fastest it may drive.
        limit_kmh: f64,
        /// From site to disposal, WGS-84.
        route: Vec<[f64; 2]>,
    },
    /// A loaded trip.
    Trip {
        /// The number of its terminal.
        phone: String,
        /// Its plate.
        plate: String,
        /// Its trips counted from 1.
        trip: u32,
        /// When it left the site.
        from: DateTime<Utc>,
        /// When it had dumped.
        to: DateTime<Utc>,
        /// Where it loads.
        site: String,
        /// Where it went.
        destination: String,
        /// What it carried.
        kg: u32,
        /// How it cheated.
        cheat: Option<Cheat>,
        /// The run did not end before.
        finished: bool,
    },
    /// A way of cheating, from when to when.
    Cheat {
        /// How it cheated.
        cheat: Cheat,
        /// The number of its terminal.
        phone: String,
        /// Its plate.
        plate: String,
        /// Its trips counted from 1.
        trip: u32,
        /// When it began.
        from: DateTime<Utc>,
        /// When it was over.
        to: DateTime<Utc>,
        /// Where it began.
        lon: f64,
        /// WGS-84.
        lat: f64,
        /// The run did not end before.
        finished: bool,
    },
    /// What was sent, at the end.
    Summary {
        /// Points that the platform acknowledged.
        acknowledged: u64,
        /// Of them, points that came late in batches.
        late: u64,
        /// Of them, points of clones.
        clones: u64,
        /// Points that were never sent.
        withheld: u64,
        /// Connections that were made.
        connections: u64,
    },
}

impl Truth {
    /// From when to when, where it has a time of its own.
    pub(crate) fn span(&self) -> Option<(i64, i64)> {
        match self {
            Self::Trip { from, to, .. } | Self::Cheat { from, to, .. } => Some((from.timestamp(), to.timestamp())),
            _ => None,
        }
    }

    /// As it is told when the run ends before it does.
    pub(crate) fn unfinished(mut self) -> Self {
        if let Self::Trip { finished, .. } | Self::Cheat { finished, .. } = &mut self {
            *finished = false;
        }
        self
    }
}
