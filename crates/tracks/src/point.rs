//! A point, and how many of them are packed into one value of the database.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::clock::shanghai;

/// What is to be known of a point beside what the vehicle said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u16);

impl Flags {
    /// It was kept by the terminal where there was no network (盲区补报).
    pub const BACKLOG: u16 = 1;
    /// The terminal's time was no date, or one that cannot be; the point stands at the time of its arrival.
    pub const UNDATED: u16 = 1 << 1;
    /// The coordinates are no place on Earth; they are kept as they came.
    pub const NOWHERE: u16 = 1 << 2;
    /// The terminal was not registered (来访终端).
    pub const VISITOR: u16 = 1 << 3;
    /// Made by the city simulator (模拟).
    pub const SIMULATED: u16 = 1 << 4;

    /// Whether a flag is set.
    #[must_use]
    pub fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }

    /// With a flag, where it applies.
    #[must_use]
    pub fn with(self, flag: u16, applies: bool) -> Self {
        if applies { Self(self.0 | flag) } else { self }
    }
}

/// Where a vehicle was (轨迹点), with everything its terminal said then.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Point {
    /// Which vehicle.
    pub vehicle: i64,
    /// When, by the terminal's clock, in seconds since 1970.
    pub at: i64,
    /// When it came here first, in milliseconds since 1970.
    pub taken: i64,
    /// In millionths of a degree, WGS-84, east positive.
    pub longitude: i32,
    /// In millionths of a degree, WGS-84, north positive.
    pub latitude: i32,
    /// Alarm bits of JT/T 808.
    pub alarms: u32,
    /// Status bits of JT/T 808.
    pub status: u32,
    /// In 0.1 km/h.
    pub speed: u16,
    /// In degrees, clockwise from north.
    pub direction: u16,
    /// In metres.
    pub altitude: u16,
    /// What is to be known beside.
    pub flags: Flags,
    /// The additional items as they came; in front of them the six bytes of the terminal's time where the point is undated.
    pub items: Vec<u8>,
}

/// Vehicle, time, coordinates, bits, movement, items: what is compared, in this order.
type Content<'a> = (i64, i64, [i32; 2], [u32; 2], [u16; 3], &'a [u8]);

/// Bytes of a packed point before its items.
const FIXED: usize = 48;
/// Beijing time, in seconds before UTC's.
const OFFSET: i64 = 8 * 3600;
const DAY: i64 = 86_400;
/// Seconds of a slot.
pub(crate) const SLOT: i64 = 600;

impl Point {
    /// Bytes of items that a point can keep: its two bytes of length. Who makes points refuses more.
    pub const MOST_ITEMS: usize = u16::MAX as usize;

    /// Whether both say the same of the same moment: one point that came twice. An undated one has the moment of its arrival, and is another
    /// when it comes again.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.content() == other.content()
    }

    /// What makes a point: everything but when it came and on which way.
    fn content(&self) -> Content<'_> {
        (
            self.vehicle,
            self.at,
            [self.longitude, self.latitude],
            [self.alarms, self.status],
            [self.speed, self.direction, self.altitude],
            &self.items,
        )
    }

    /// When.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.at, 0).unwrap_or_default()
    }

    /// Longitude and latitude in degrees; none where the coordinates are no place.
    #[must_use]
    pub fn place(&self) -> Option<(f64, f64)> {
        (!self.flags.has(Flags::NOWHERE)).then(|| (f64::from(self.longitude) / 1e6, f64::from(self.latitude) / 1e6))
    }

    /// The day and the slot in which it lies.
    pub(crate) fn slot(&self) -> (NaiveDate, i16) {
        slot_of(self.at)
    }

    fn pack(&self, out: &mut Vec<u8>) {
        let items = &self.items[..self.items.len().min(Self::MOST_ITEMS)];
        out.extend_from_slice(&self.vehicle.to_le_bytes());
        out.extend_from_slice(&self.at.to_le_bytes());
        out.extend_from_slice(&self.taken.to_le_bytes());
        out.extend_from_slice(&self.longitude.to_le_bytes());
        out.extend_from_slice(&self.latitude.to_le_bytes());
        out.extend_from_slice(&self.alarms.to_le_bytes());
        out.extend_from_slice(&self.status.to_le_bytes());
        for value in [self.speed, self.direction, self.altitude, self.flags.0, items.len() as u16] {
            out.extend_from_slice(&value.to_le_bytes());
        }
        out.extend_from_slice(items);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        fn next<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
            let (head, rest) = bytes.split_first_chunk::<N>()?;
            *bytes = rest;
            Some(*head)
        }
        let mut point = Self {
            vehicle: i64::from_le_bytes(next(bytes)?),
            at: i64::from_le_bytes(next(bytes)?),
            taken: i64::from_le_bytes(next(bytes)?),
            longitude: i32::from_le_bytes(next(bytes)?),
            latitude: i32::from_le_bytes(next(bytes)?),
            alarms: u32::from_le_bytes(next(bytes)?),
            status: u32::from_le_bytes(next(bytes)?),
            speed: u16::from_le_bytes(next(bytes)?),
            direction: u16::from_le_bytes(next(bytes)?),
            altitude: u16::from_le_bytes(next(bytes)?),
            flags: Flags(u16::from_le_bytes(next(bytes)?)),
            items: Vec::new(),
        };
        let length = u16::from_le_bytes(next(bytes)?);
        let (items, rest) = bytes.split_at_checked(length.into())?;
        point.items = items.to_vec();
        *bytes = rest;
        Some(point)
    }
}

/// The day in Beijing time, and its slot, of seconds since 1970.
pub(crate) fn slot_of(at: i64) -> (NaiveDate, i16) {
    let local = at + OFFSET;
    let day = DateTime::from_timestamp(local.div_euclid(DAY) * DAY, 0).unwrap_or_default().date_naive();
    // 144 slots a day.
    (day, (local.rem_euclid(DAY) / SLOT) as i16)
}

/// Seconds since 1970 at which a day begins in Beijing time.
pub(crate) fn begin_of(day: NaiveDate) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_local_timezone(shanghai()).single().map_or(0, |at| at.timestamp())
}

/// Points as one value.
pub(crate) fn pack<'a>(points: impl IntoIterator<Item = &'a Point>) -> Vec<u8> {
    let mut out = Vec::new();
    for point in points {
        out.reserve(FIXED + 2 + point.items.len());
        point.pack(&mut out);
    }
    out
}

/// The points of a value.
///
/// # Errors
/// A value that was cut off.
pub(crate) fn unpack(mut bytes: &[u8], into: &mut Vec<Point>) -> sqlx::Result<()> {
    while !bytes.is_empty() {
        into.push(Point::unpack(&mut bytes).ok_or_else(cut_off)?);
    }
    Ok(())
}

/// A packed point of which only whose and when was read: of all vehicles at a minute nearly every point is passed over.
#[derive(Clone, Copy)]
pub(crate) struct Packed<'a> {
    pub vehicle: i64,
    pub at: i64,
    bytes: &'a [u8],
}

impl<'a> Packed<'a> {
    /// The next point of a value.
    ///
    /// # Errors
    /// A value that was cut off.
    pub(crate) fn next(bytes: &mut &'a [u8]) -> sqlx::Result<Self> {
        let number = |from: usize| Some(i64::from_le_bytes(bytes.get(from..from + 8)?.try_into().ok()?));
        let length = || Some(u16::from_le_bytes(bytes.get(FIXED..FIXED + 2)?.try_into().ok()?));
        let found = (|| {
            let (vehicle, at, length) = (number(0)?, number(8)?, length()?);
            let (bytes, rest) = bytes.split_at_checked(FIXED + 2 + usize::from(length))?;
            Some((Self { vehicle, at, bytes }, rest))
        })();
        let (point, rest) = found.ok_or_else(cut_off)?;
        *bytes = rest;
        Ok(point)
    }

    /// All of it.
    pub(crate) fn whole(self) -> sqlx::Result<Point> {
        Point::unpack(&mut &*self.bytes).ok_or_else(cut_off)
    }
}

fn cut_off() -> sqlx::Error {
    sqlx::Error::Decode("packed points are cut off".into())
}

/// In the order of their times, each once: of two that are the same the one that came first stays.
pub(crate) fn in_order(points: &mut Vec<Point>) {
    points.sort_by(|one, other| one.content().cmp(&other.content()).then(one.taken.cmp(&other.taken)));
    points.dedup_by(|later, earlier| later.same(earlier));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked_as_the_same(
            numbers in any::<(i64, i64, i64, i32, i32, u32, u32)>(),
            words in any::<[u16; 4]>(),
            items in proptest::collection::vec(any::<u8>(), 0..300),
            cut in 1_usize..40,
        ) {
            let (vehicle, at, taken, longitude, latitude, alarms, status) = numbers;
            let [speed, direction, altitude, flags] = words;
            let flags = Flags(flags);
            let point = Point { vehicle, at, taken, longitude, latitude, alarms, status, speed, direction, altitude, flags, items };
            let packed = pack([&point, &Point::default()]);
            let mut again = Vec::new();
            unpack(&packed, &mut again).expect("whole");
            let mut rest = &packed[..];
            let passed = Packed::next(&mut rest).expect("whole");
            prop_assert_eq!((passed.vehicle, passed.at), (point.vehicle, point.at));
            prop_assert_eq!(&passed.whole().expect("whole"), &point);
            prop_assert!(Packed::next(&mut rest).is_ok() && rest.is_empty() && Packed::next(&mut &packed[..cut]).is_err());
            prop_assert_eq!(again, vec![point, Point::default()]);
            prop_assert!(unpack(&packed[..packed.len() - cut], &mut Vec::new()).is_err(), "cut off");
        }
    }

    #[test]
    fn a_day_begins_in_beijing() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        // 2026-11-22T16:00:00Z, worked out by hand.
        assert_eq!(begin_of(day), 1_795_363_200);
        assert_eq!(slot_of(begin_of(day)), (day, 0));
        assert_eq!(slot_of(begin_of(day) + 86_399), (day, 143));
        assert_eq!(slot_of(begin_of(day) - 1).1, 143);
    }
}
