//! Items from the course of a lead. Pure: the same course makes the same items, in the same order.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use leads::{Course, CourseLimit, Turn, lead::Limit};
use uuid::Uuid;

use super::{Item, Kind, Origin, city_day};

/// A limit that ran out.
#[derive(Debug, Clone)]
struct RanOut {
    /// What it was due at then.
    due: DateTime<Utc>,
    /// Whether it had been extended before.
    extended: bool,
    /// When it was taken back by an extension or a suspension.
    until: Option<DateTime<Utc>>,
}

/// A round of a limit that runs.
#[derive(Debug, Clone)]
struct Span {
    /// When it ends, as it was last set.
    due: Option<DateTime<Utc>>,
    met: bool,
    ran_out: Vec<RanOut>,
    extended: bool,
    /// A collector has answered: what follows is the centre's.
    answered: bool,
    unit: Option<Uuid>,
    person: Option<Uuid>,
}

/// The disposal that waits to be closed.
#[derive(Debug, Clone)]
struct Closing {
    span: Span,
    /// The unit replied within its limit.
    in_time: bool,
}

struct Maker<'a> {
    now: DateTime<Utc>,
    limits: HashMap<Limit, std::vec::IntoIter<&'a CourseLimit>>,
    running: HashMap<Limit, Span>,
    items: Vec<Item>,
    origin: Origin,
    place: String,
    unit: Option<Uuid>,
    closing: Option<Closing>,
    reworked: Option<NaiveDate>,
    last_dispatch: Option<usize>,
}

/// The items of a lead as they stand by `now`.
pub(crate) fn items(course: &Course, now: DateTime<Utc>) -> Vec<Item> {
    let mut limits: HashMap<Limit, Vec<&CourseLimit>> = HashMap::new();
    for limit in &course.limits {
        limits.entry(limit.limit).or_default().push(limit);
    }
    let mut maker = Maker {
        now,
        limits: limits.into_iter().map(|(limit, rounds)| (limit, rounds.into_iter())).collect(),
        running: HashMap::new(),
        items: Vec::with_capacity(12),
        origin: Origin::of(&course.source, course.source_kind),
        place: course.key.region.clone(),
        unit: None,
        closing: None,
        reworked: None,
        last_dispatch: None,
    };
    for line in &course.turns {
        maker.take(line.at, line.person, &line.turn);
    }
    maker.finish();
    let mut items = maker.items;
    // What was superseded on the very day it would count on never counted on any.
    items.retain(|item| item.superseded.is_none_or(|day| day > item.day));
    items.sort();
    items
}

impl Maker<'_> {
    fn take(&mut self, at: DateTime<Utc>, person: Option<Uuid>, turn: &Turn) {
        let day = city_day(at);
        match turn {
            Turn::Reported(grid) => {
                self.place = grid.clone().unwrap_or_else(|| self.place.clone());
                let collector = person.filter(|_| self.origin == Origin::Patrol);
                self.occurred(Kind::Report, day, None, collector);
                self.start(Limit::Accept, None);
            }
            Turn::Moved(grid) => {
                // A report without a place counts where it was found to lie; one that had a place stays where it was.
                if self.place.len() < grid.len() {
                    self.items.iter_mut().for_each(|item| item.place.clone_from(grid));
                }
                self.place.clone_from(grid);
            }
            Turn::VerifyOrdered(collector) => match self.running.get_mut(&Limit::Verify) {
                Some(span) => span.person = *collector,
                None => {
                    self.take_back(Limit::Accept, at);
                    self.start(Limit::Verify, *collector);
                }
            },
            Turn::Verified => self.end(Limit::Verify, Kind::Verify, at, person),
            Turn::Accepted => {
                self.end(Limit::Accept, Kind::Accept, at, person);
                self.mark(Kind::Report, |report| report.ended = Some(day));
                self.occurred(Kind::Accepted, day, None, person);
                self.start(Limit::File, None);
            }
            Turn::Rejected | Turn::Merged => {
                self.end(Limit::Accept, Kind::Accept, at, person);
                self.running.clear();
            }
            Turn::Filed => {
                self.mark(Kind::Accepted, |accepted| accepted.ended = Some(day));
                let in_time = self.running.remove(&Limit::File).is_none_or(|span| span.met);
                self.occurred(Kind::Filed, day, Some(day), person);
                self.mark(Kind::Filed, |filed| filed.in_time = in_time);
                // What the rules took through at once had no limits on the way.
                if person.is_some() {
                    self.start(Limit::Dispatch, None);
                }
            }
            Turn::Dispatched(unit) => {
                self.unit = *unit;
                if self.running.contains_key(&Limit::Dispatch) {
                    self.end(Limit::Dispatch, Kind::Dispatch, at, person);
                    self.last_dispatch = self.items.len().checked_sub(1);
                } else {
                    self.spoil_dispatch(day);
                    self.drop_disposal(at);
                }
                self.start(Limit::Fix, None);
            }
            // The dispatch was right; the disposal goes on with another unit, whose round of the limit is another.
            Turn::Raised(unit) | Turn::HandedDown(unit) => {
                self.unit = *unit;
                self.drop_disposal(at);
                self.start(Limit::Fix, None);
            }
            Turn::SentBack => {
                self.spoil_dispatch(day);
                self.drop_disposal(at);
                self.unit = None;
                self.start(Limit::Dispatch, None);
            }
            Turn::Extended => {
                self.take_back(Limit::Fix, at);
                if let Some(span) = self.running.get_mut(&Limit::Fix) {
                    span.extended = true;
                }
            }
            Turn::Suspended => [Limit::Dispatch, Limit::Fix].into_iter().for_each(|limit| self.take_back(limit, at)),
            Turn::RanOut(limit, due) => {
                if let Some(span) = self.running.get_mut(limit) {
                    span.ran_out.push(RanOut { due: *due, extended: span.extended, until: None });
                }
            }
            Turn::Fixed => {
                let span = self.running.get(&Limit::Fix).cloned();
                self.end(Limit::Fix, Kind::Fix, at, person);
                self.closing = span.map(|span| Closing { in_time: in_time(&span, at), span });
                self.start(Limit::Check, None);
            }
            Turn::CheckOrdered(collector) => {
                if let Some(span) = self.running.get_mut(&Limit::Check).filter(|span| !span.answered) {
                    span.person = *collector;
                }
            }
            Turn::Checked => {
                if let Some(mut span) = self.running.remove(&Limit::Check) {
                    if !span.answered {
                        span.person = person.or(span.person);
                        self.finished(Kind::Check, &span, at);
                    }
                    span.answered = true;
                    self.running.insert(Limit::Check, span);
                }
            }
            Turn::Reworked => {
                if let Some(closing) = self.closing.take() {
                    self.close(&closing, None, Some(day));
                }
                self.reworked = self.reworked.or(Some(day));
                self.drop_limit(Limit::Check, Kind::Check, at);
                self.start(Limit::Fix, None);
            }
            Turn::Closed => {
                if let Some(closing) = self.closing.take() {
                    self.close(&closing, Some(at), None);
                }
                self.running.clear();
            }
            Turn::Voided => {
                self.mark(Kind::Accepted, |accepted| accepted.spoilt = Some(day));
                self.mark(Kind::Filed, |filed| filed.spoilt = Some(day));
                self.drop_disposal(at);
                if let Some(closing) = self.closing.take() {
                    self.close(&closing, None, Some(day));
                }
                for (limit, kind) in OWN {
                    self.drop_limit(limit, kind, at);
                }
                self.running.clear();
            }
        }
    }

    /// What still runs at the end of what is known.
    fn finish(&mut self) {
        if let Some(closing) = self.closing.take() {
            self.close(&closing, None, None);
        }
        for (limit, kind) in OWN.into_iter().chain([(Limit::Fix, Kind::Fix)]) {
            let Some(span) = self.running.remove(&limit).filter(|span| !span.answered) else { continue };
            self.versions(kind, &span);
            if let Some(due) = span.due.filter(|due| *due <= self.now) {
                self.push(kind, city_day(due), &span, |_| {});
                if kind == Kind::Fix {
                    self.close(&Closing { in_time: false, span }, None, None);
                }
            }
        }
    }

    fn occurred(&mut self, kind: Kind, day: NaiveDate, ended: Option<NaiveDate>, person: Option<Uuid>) {
        let (origin, place) = (self.origin, self.place.clone());
        self.items.push(Item {
            kind,
            day,
            ended,
            spoilt: None,
            superseded: None,
            in_time: true,
            extended: false,
            origin,
            place,
            unit: None,
            person,
        });
    }

    fn push(&mut self, kind: Kind, day: NaiveDate, span: &Span, more: impl FnOnce(&mut Item)) {
        self.occurred(kind, day, None, span.person);
        if let Some(item) = self.items.last_mut() {
            (item.in_time, item.extended, item.unit) = (false, span.extended, span.unit);
            more(item);
        }
    }

    fn mark(&mut self, kind: Kind, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.iter_mut().rfind(|item| item.kind == kind) {
            change(item);
        }
    }

    /// The next round of a limit begins. Without a row of its own it does not run.
    fn start(&mut self, limit: Limit, person: Option<Uuid>) {
        let Some(row) = self.limits.get_mut(&limit).and_then(Iterator::next) else { return };
        let unit = self.unit.filter(|_| limit == Limit::Fix);
        let span = Span { due: row.due_at, met: row.met, ran_out: Vec::new(), extended: false, answered: false, unit, person };
        self.running.insert(limit, span);
    }

    /// It ran out once, and then was given more time or stood still: from that day on it counts as if it had not.
    fn take_back(&mut self, limit: Limit, at: DateTime<Utc>) {
        if let Some(last) = self.running.get_mut(&limit).and_then(|span| span.ran_out.last_mut()) {
            last.until.get_or_insert(at);
        }
    }

    fn end(&mut self, limit: Limit, kind: Kind, at: DateTime<Utc>, person: Option<Uuid>) {
        let Some(mut span) = self.running.remove(&limit) else { return };
        span.person = person.or(span.person);
        self.finished(kind, &span, at);
    }

    fn finished(&mut self, kind: Kind, span: &Span, at: DateTime<Utc>) {
        self.versions(kind, span);
        let (in_time, ended) = (in_time(span, at), city_day(at));
        let day = span.due.filter(|_| !in_time).map_or(ended, city_day);
        self.push(kind, day, span, |item| (item.ended, item.in_time) = (Some(ended), in_time));
    }

    /// A limit that is nobody's any more: where it had run out, it counts until then.
    fn drop_limit(&mut self, limit: Limit, kind: Kind, at: DateTime<Utc>) {
        let Some(span) = self.running.remove(&limit).filter(|span| !span.answered) else { return };
        self.versions(kind, &span);
        if let Some(due) = span.due.filter(|due| *due <= at) {
            self.push(kind, city_day(due), &span, |item| item.superseded = Some(city_day(at)));
            if kind == Kind::Fix {
                self.close(&Closing { in_time: false, span }, None, Some(city_day(at)));
            }
        }
    }

    fn drop_disposal(&mut self, at: DateTime<Utc>) {
        self.drop_limit(Limit::Fix, Kind::Fix, at);
    }

    /// The days that a limit was due on before it was due on another.
    fn versions(&mut self, kind: Kind, span: &Span) {
        for RanOut { due, extended, until } in &span.ran_out {
            let Some(until) = until.map(city_day) else { continue };
            // What it was then: an extension that came later is no part of it.
            let then = Span { extended: *extended, ..span.clone() };
            self.push(kind, city_day(*due), &then, |item| item.superseded = Some(until));
            if kind == Kind::Fix {
                self.push(Kind::Closing, city_day(*due), &then, |item| (item.superseded, item.person) = (Some(until), None));
            }
        }
    }

    fn close(&mut self, closing: &Closing, closed: Option<DateTime<Utc>>, superseded: Option<NaiveDate>) {
        let Some(due) = closing.span.due.map(city_day) else { return };
        let (ended, in_time, reworked) = (closed.map(city_day), closing.in_time, self.reworked);
        // Closed before the deadline it counts on that day, otherwise on the deadline's.
        let day = ended.filter(|ended| in_time && *ended < due).unwrap_or(due);
        self.push(Kind::Closing, day, &closing.span, |item| {
            (item.ended, item.superseded, item.spoilt, item.in_time, item.person) = (ended, superseded, reworked, in_time, None);
        });
    }

    fn spoil_dispatch(&mut self, day: NaiveDate) {
        if let Some(item) = self.last_dispatch.take().and_then(|at| self.items.get_mut(at)) {
            item.spoilt = Some(day);
        }
    }
}

/// The limits of the centre's own work, and the kinds of their items.
const OWN: [(Limit, Kind); 4] =
    [(Limit::Accept, Kind::Accept), (Limit::Verify, Kind::Verify), (Limit::Dispatch, Kind::Dispatch), (Limit::Check, Kind::Check)];

/// Whether it was done within the limit. In whole seconds, as the clocks count; what was told to have run out did.
fn in_time(span: &Span, at: DateTime<Utc>) -> bool {
    span.due.is_none_or(|due| at.timestamp() <= due.timestamp() && !span.ran_out.iter().any(|out| out.due == due))
}
