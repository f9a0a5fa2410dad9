//! Storage places (保管场所): where things are kept. They are settings, with a history.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// What a storage place is (场所种类).
    #[schema(as = PropertyPlaceKind)]
    PlaceKind {
        /// A room or hall of the organ (仓库).
        Store = "store", "仓库";
        /// A yard for vehicles (停车场).
        Yard = "yard", "停车场";
        /// Sealed where it stands (就地查封).
        Sealed = "sealed", "就地查封处";
        /// With somebody else who was commissioned (委托第三人保管); 行政强制法第二十六条第二款 answers for him.
        Third = "third", "委托第三人保管";
    }
}

/// The problem of a place that is not there for the caller, or closed.
pub(crate) fn no_place() -> Problem {
    Problem::not_found("property-place-not-found", "没有这个保管场所，或者不在您的辖区内").field("place", "请选择保管场所")
}
