//! Numbers of the lead procedure, with their sources.

use kernel::deadline::service::{ServiceLimit, ServiceUnit};

use super::Limit;

/// Reasons, notes and comments are at most so many characters.
pub const LONGEST_NOTE: usize = 2_000;
/// A description is at most so many characters: the longest of the public letters seen has 4,000.
pub const LONGEST_DESCRIPTION: usize = 8_000;
/// An action takes at most so many photos.
pub const MOST_PHOTOS: usize = 9;
/// A unit may be granted so many extensions of one disposal; what needs more is for suspension (挂账) or supervision.
pub const MOST_EXTENSIONS: u32 = 2;
/// The longest single extension, in hours of the limit's own kind.
pub const LONGEST_EXTENSION_HOURS: u32 = 240;

/// So many units assist with a lead at once, at most (1+X).
pub const MOST_ASSISTING: usize = 8;

/// So many instructions of a leader may wait for their answers at once.
pub const MOST_INSTRUCTIONS: u32 = 9;
/// The longest time to answer an instruction, in working hours.
pub const LONGEST_INSTRUCTION_HOURS: u32 = 240;
/// What moves between levels brings at least so many working minutes with it, however little was left (house rule).
pub const LEAST_AFTER_MOVE_MINUTES: u32 = 4 * 60;

/// The limit of a step of the centre's own work. From a city's timer defaults: acceptance and dispatch 15 minutes, verification and
/// check by a collector 30 minutes each, counted in working hours; filing and closing take the same quarter of an hour.
#[must_use]
pub fn step_limit(limit: Limit) -> ServiceLimit {
    let minutes = match limit {
        Limit::Accept | Limit::File | Limit::Dispatch | Limit::Close => 15,
        Limit::Verify | Limit::Check => 30,
        // The disposal limit comes from the class; this is what stands in until one is chosen: two working days.
        Limit::Fix | Limit::Assist => 16 * 60,
        // House rule: after three working days the dispatcher looks after it, or takes it back.
        Limit::Refer => 24 * 60,
        // The leader says how long; what stands in is a working day.
        Limit::Instruct => 8 * 60,
        // Runs only where the source sets it; what stands in is a week's work.
        Limit::Reply => 40 * 60,
    };
    let unit = if matches!(limit, Limit::Fix | Limit::Assist | Limit::Refer | Limit::Reply) {
        ServiceUnit::WorkingDay
    } else {
        ServiceUnit::WorkingHour
    };
    ServiceLimit::of_minutes(minutes, unit).expect("between one minute and ten years")
}
