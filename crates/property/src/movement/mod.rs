//! Movements (出入库): an item comes in, changes its place, is lent for appraisal, leaves. Each is a line; lines are only added.

pub(crate) mod make;
pub(crate) mod reveal;
pub(crate) mod rules;
pub(crate) mod store;

use chrono::NaiveDate;
use kernel::codes;
use uuid::Uuid;

codes! {
    /// What happens to an item (出入库种类).
    #[schema(as = PropertyMovementKind)]
    MovementKind {
        /// It comes into a storage place (入库).
        In = "in", "入库";
        /// It goes from one place to another (移库).
        Moved = "moved", "移库";
        /// Lent for testing, inspection, quarantine or appraisal (送检).
        Lent = "lent", "送检测、检验、检疫、鉴定";
        /// It comes back from there (收回入库).
        Back = "back", "送检收回";
        /// Given back to the party, or fetched by who may (退还、取回).
        Returned = "returned", "退还";
        /// Auctioned or sold (拍卖、变卖).
        Sold = "sold", "拍卖、变卖";
        /// Destroyed before witnesses (销毁).
        Destroyed = "destroyed", "销毁";
        /// Given to another organ, with the case or for its own (移交).
        HandedOver = "handed_over", "移交其他机关";
        /// Given up to the treasury, or its proceeds (上缴国库).
        Forfeited = "forfeited", "上缴国库";
        /// Written off after a stock-take (灭失核销).
        Lost = "lost", "灭失核销";
    }
}

codes! {
    /// How an item stands (财物状态).
    #[schema(as = PropertyState)]
    State {
        /// On the list of what was taken, in no store yet (已登记).
        Listed = "listed", "已登记，未入库";
        /// In a storage place (在库).
        Stored = "stored", "在库";
        /// With an expert (送检).
        Lent = "lent", "送检";
        /// Sold; the proceeds are still held (已变卖).
        Sold = "sold", "已拍卖、变卖，价款待处理";
        /// Given back (已退还).
        Returned = "returned", "已退还";
        /// Destroyed (已销毁).
        Destroyed = "destroyed", "已销毁";
        /// With another organ (已移交).
        HandedOver = "handed_over", "已移交";
        /// With the treasury (已上缴).
        Forfeited = "forfeited", "已上缴国库";
        /// Written off (已核销).
        Lost = "lost", "灭失，已核销";
    }
}

impl State {
    /// Nothing happens to it any more.
    #[must_use]
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Returned | Self::Destroyed | Self::HandedOver | Self::Forfeited | Self::Lost)
    }
}

/// Where an item is and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// How it stands.
    pub state: State,
    /// The place, while it is in one.
    pub place: Option<Uuid>,
    /// Until when it is lent, while it is.
    pub lent_until: Option<NaiveDate>,
    /// Movements so far.
    pub moves: i32,
}

impl Stand {
    /// As an item begins.
    pub const LISTED: Self = Self { state: State::Listed, place: None, lent_until: None, moves: 0 };

    /// What becomes of it by a movement; nothing where that movement cannot happen from here.
    #[must_use]
    pub fn after(self, kind: MovementKind, to: Option<Uuid>, until: Option<NaiveDate>) -> Option<Self> {
        use MovementKind as K;
        let (state, place, lent_until) = match (self.state, kind) {
            (State::Listed, K::In) | (State::Lent, K::Back) => (State::Stored, Some(to?), None),
            (State::Stored, K::Moved) if to.is_some() && to != self.place => (State::Stored, to, None),
            (State::Stored, K::Lent) => (State::Lent, None, Some(until?)),
            (State::Listed | State::Stored | State::Sold, K::Returned) => (State::Returned, None, None),
            (State::Stored, K::Sold) => (State::Sold, None, None),
            (State::Stored, K::Destroyed) => (State::Destroyed, None, None),
            (State::Listed | State::Stored, K::HandedOver) => (State::HandedOver, None, None),
            (State::Stored | State::Sold, K::Forfeited) => (State::Forfeited, None, None),
            (State::Stored, K::Lost) => (State::Lost, None, None),
            _ => return None,
        };
        Some(Self { state, place, lent_until, moves: self.moves + 1 })
    }
}

/// How an item stands after these movements, each with its place of arrival and its day of return; nothing where one of them could not happen.
#[must_use]
pub fn fold(movements: impl IntoIterator<Item = (MovementKind, Option<Uuid>, Option<NaiveDate>)>) -> Option<Stand> {
    movements.into_iter().try_fold(Stand::LISTED, |stand, (kind, to, until)| stand.after(kind, to, until))
}
