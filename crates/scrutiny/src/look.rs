//! Looking at leads (查找疑点): from what was answered on site to what does not fit.
//!
//! The same evidence makes the same keys, so looking twice finds nothing twice. What was found before keeps the numbers of then.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use files::Alike;
use futures::future::BoxFuture;
use http_api::Answer;
use kernel::clock::shanghai;
use leads::{Evidence, EvidenceAct, EvidenceVerb, PhotoUse, Scrutineer};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Scrutiny, act,
    rule::{
        Strength,
        place::{self, Stood},
        reuse,
    },
    setting,
    suspicion::{Found, SuspicionKind, store},
};

/// Photos of an answer that are looked at; the lead room takes no more.
const MOST_PHOTOS: usize = 24;
/// Photos that are asked about at once.
const AT_ONCE: usize = 9;
/// Like photos of one request that are looked at, the nearest first.
const MOST_ALIKE: i64 = 40;
/// Leads of one photo that are looked at, the first ones.
const MOST_USES: i64 = 5;
/// Suspicions of one photo that are kept, the nearest first.
const MOST_OF_A_PHOTO: usize = 3;

impl Scrutineer for Scrutiny {
    fn look<'a>(&'a self, connection: &'a mut PgConnection, key: &'a KeyOf) -> BoxFuture<'a, Answer<()>> {
        Box::pin(async move {
            self.look_at(connection, std::slice::from_ref(key)).await?;
            Ok(())
        })
    }
}

impl Scrutiny {
    /// Looks at these leads as they stand, and says how many suspicions are new.
    pub(crate) async fn look_at(&self, connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<usize> {
        let mut new = 0;
        let hold = setting::store::holds_closing(connection, self.home_region()).await?;
        for lead in self.leads().evidence(connection, keys).await? {
            if lead.acts.is_empty() {
                continue;
            }
            act::store::keep(connection, &lead).await?;
            for act in &lead.acts {
                let mut found = Vec::new();
                if act.verb != EvidenceVerb::Verify {
                    self.photos(connection, &lead, act, &mut found).await?;
                }
                far_answer(&lead, act, &mut found);
                if act.verb != EvidenceVerb::Fix {
                    self.ways(connection, &lead, act, &mut found).await?;
                }
                for found in found {
                    new += usize::from(self.keep(connection, &lead, act, &found, hold).await?);
                }
            }
        }
        Ok(new)
    }

    async fn keep(
        &self,
        connection: &mut PgConnection,
        lead: &Evidence,
        act: &EvidenceAct,
        found: &Found,
        hold: bool,
    ) -> sqlx::Result<bool> {
        let about = store::About {
            region: &lead.key.region,
            lead: Some((lead.key.id.uuid(), &lead.number)),
            jurisdiction: &lead.jurisdiction,
            position: lead.position,
            round_begun: act.begun,
            simulated: lead.simulated,
        };
        let Some(id) = store::insert(connection, &about, found, self.clock().now()).await? else { return Ok(false) };
        // A verification comes before the work: what is odd about it says nothing of how it was fixed.
        let of_this_round = act.begun == lead.round_begun && act.verb != EvidenceVerb::Verify;
        if hold && lead.open && found.strength == Strength::Strong && of_this_round {
            self.leads().hold_closing(connection, &lead.key, id).await?;
            store::set_holds(connection, id, true).await?;
        }
        Ok(true)
    }

    /// Photos that were used before, that are too old, or that were taken elsewhere.
    async fn photos(&self, connection: &mut PgConnection, lead: &Evidence, act: &EvidenceAct, found: &mut Vec<Found>) -> sqlx::Result<()> {
        let photos = &act.photos[..act.photos.len().min(MOST_PHOTOS)];
        for trace in self.files().traces(connection, photos).await? {
            if let (Some(taken), Some(begun)) = (trace.taken_at, act.begun)
                && let Some(strength) = reuse::taken_early(taken, begun, lead.opened_at)
            {
                let reason =
                    format!("{}的拍摄时间早于{}", photo_word(act), if strength == Strength::Strong { "该问题上报" } else { "本轮处置" });
                let early = finding(lead, act, SuspicionKind::PhotoEarly, strength, reuse::TIME, reason, &trace.file)
                    .number("相机记录的拍摄时间", clock(taken))
                    .number("上报时间", clock(lead.opened_at))
                    .number("本轮派遣或返工时间", clock(begun))
                    .number("相机时区", if trace.zoned { "照片已注明" } else { "照片未注明，按北京时间" });
                found.push(Found { photo: Some(trace.file.clone()), ..early });
            }
            if let (Some(taken), Some(place)) = (trace.position, lead.position)
                && let Some((strength, metres)) = place::far(Stood { place: taken, accuracy: None }, place)
            {
                let reason = format!("{}的拍摄位置距线索位置 {}", photo_word(act), distance(metres));
                let away = finding(lead, act, SuspicionKind::PhotoPlace, strength, place::FAR, reason, &trace.file)
                    .number("拍摄位置距线索", distance(metres));
                found.push(Found { photo: Some(trace.file.clone()), stood: Some(taken), ..away });
            }
        }
        // The simulator paints a handful of pictures and uses them everywhere.
        if lead.simulated {
            return Ok(());
        }
        for chunk in photos.chunks(AT_ONCE) {
            let alike = self.files().alike_in(connection, chunk, MOST_ALIKE).await?;
            let mut asked: Vec<String> = chunk.iter().cloned().chain(alike.iter().map(|other| other.file.clone())).collect();
            asked.sort_unstable();
            asked.dedup();
            let uses = self.leads().photo_uses(connection, &asked, MOST_USES).await?;
            for photo in chunk {
                found.extend(used_before(lead, act, photo, &alike, &uses));
            }
        }
        Ok(())
    }

    /// Ways that nobody travels, between this answer and the ones before and after it.
    async fn ways(&self, connection: &mut PgConnection, lead: &Evidence, act: &EvidenceAct, found: &mut Vec<Found>) -> sqlx::Result<()> {
        let (Some(person), Some(place), Some(at)) = (act.person, act.place, act.stood_at) else { return Ok(()) };
        let own = Stood { place, accuracy: act.accuracy };
        for near in act::store::neighbours(connection, person, at, lead.key.id.uuid()).await? {
            let Ok(there) = kernel::position::Position::new(near.lon, near.lat) else { continue };
            let other = Stood { place: there, accuracy: near.accuracy };
            let Some((strength, way)) = place::impossible((own, at), (other, near.stood_at)) else { continue };
            // Of two answers the later one is odd: where this is the earlier, the other lead is looked at once more.
            if (near.stood_at, near.docket_id) > (at, lead.key.id.uuid()) {
                crate::store::note(connection, &lead.key.region, near.docket_id).await?;
                continue;
            }
            let mut ends = [format!("{}:{}", lead.key.id.uuid(), act.seq), format!("{}:{}", near.docket_id, near.seq)];
            ends.sort_unstable();
            let reason = format!("同一人两次现场反馈相距 {}，间隔 {} 秒", distance(way.metres), way.seconds);
            let fast = finding(lead, act, SuspicionKind::Speed, strength, place::SPEED, reason, "")
                .number("两处相距", distance(way.metres))
                .number("间隔", format!("{} 秒", way.seconds))
                .number("相当于时速", format!("{:.0} 公里", way.speed()))
                .number("另一次反馈", clock(near.stood_at));
            let key = format!("speed:{}:{}", ends[0], ends[1]);
            found.push(Found { key, other_lead: Some((near.docket_id, near.number)), stood: Some(place), ..fast });
        }
        Ok(())
    }
}

/// An answer from elsewhere. A fix may be reported from the office: that is never more than weak.
fn far_answer(lead: &Evidence, act: &EvidenceAct, found: &mut Vec<Found>) {
    let (Some(stood), Some(place)) = (act.place, lead.position) else { return };
    let Some((strength, metres)) = place::far(Stood { place: stood, accuracy: act.accuracy }, place) else { return };
    let strength = if act.verb == EvidenceVerb::Fix { Strength::Weak } else { strength };
    let reason = format!("{}时距线索位置 {}", act_word(act), distance(metres));
    let away = finding(lead, act, SuspicionKind::FarAnswer, strength, place::FAR, reason, "")
        .number("距线索", distance(metres))
        .number("定位精度", act.accuracy.map_or_else(|| "设备未注明".to_owned(), distance))
        .number("定位时间", act.stood_at.map_or_else(|| "设备未注明".to_owned(), clock));
    found.push(Found { stood: Some(stood), ..away });
}

/// Where this photo, or one that looks like it, was used before; the nearest first.
fn used_before(lead: &Evidence, act: &EvidenceAct, photo: &str, alike: &[Alike], uses: &[PhotoUse]) -> Vec<Found> {
    let own_role = if act.verb == EvidenceVerb::Fix { "after" } else { "check" };
    let own = lead.key.id.uuid();
    let bits_of = |file: &str| {
        if file == photo {
            return Some(0);
        }
        alike.iter().find(|other| other.asked == photo && other.file == file).and_then(|other| u32::try_from(other.bits).ok())
    };
    let mut before: Vec<(u32, &PhotoUse, Strength)> = uses
        .iter()
        .filter(|other| match other.lead == own {
            true => other.at < act.at || (other.at == act.at && other.role != own_role),
            false => (other.at, other.lead) < (act.at, own),
        })
        .filter_map(|other| {
            let bits = bits_of(&other.file)?;
            Some((bits, other, reuse::same_picture(bits)?))
        })
        .collect();
    before.sort_by(|one, other| (one.0, one.1.at, &one.1.file).cmp(&(other.0, other.1.at, &other.1.file)));
    before.dedup_by(|one, other| (one.1.lead, &one.1.file) == (other.1.lead, &other.1.file));
    before.truncate(MOST_OF_A_PHOTO);
    let suspect = |(bits, other, strength): (u32, &PhotoUse, Strength)| {
        let whose = if other.lead == own { "本件".to_owned() } else { format!(" {} ", other.number) };
        let how = if bits == 0 { "相同" } else { "几乎相同" };
        let reason = format!("{}与{whose}{}的照片{how}", photo_word(act), role_word(&other.role));
        let end = format!("{photo}:{}:{}", other.file, other.lead);
        let same = finding(lead, act, SuspicionKind::PhotoReuse, strength, reuse::REUSE, reason, &end)
            .number("照片指纹相差", format!("{bits} 位（共 64 位）"))
            .number("文件", if other.file == photo { "同一个文件" } else { "不同文件" })
            .number("那张照片加入时间", clock(other.at))
            .number("本次反馈时间", clock(act.at));
        Found {
            photo: Some(photo.to_owned()),
            other_photo: Some(other.file.clone()),
            other_lead: (other.lead != own).then(|| (other.lead, other.number.clone())),
            ..same
        }
    };
    before.into_iter().map(suspect).collect()
}

fn finding(
    lead: &Evidence,
    act: &EvidenceAct,
    kind: SuspicionKind,
    strength: Strength,
    rule: &'static str,
    reason: String,
    end: &str,
) -> Found {
    let id: Uuid = lead.key.id.uuid();
    Found {
        key: format!("{}:{id}:{}:{end}", kind.code(), act.seq),
        kind,
        strength,
        rule,
        person: act.person,
        unit: act.unit.or(lead.unit),
        reason,
        numbers: Vec::new(),
        photo: None,
        other_photo: None,
        other_lead: None,
        stood: None,
        leads: Vec::new(),
    }
}

const fn act_word(act: &EvidenceAct) -> &'static str {
    match act.verb {
        EvidenceVerb::Verify => "核实反馈",
        EvidenceVerb::Fix => "处置反馈",
        EvidenceVerb::Check => "核查反馈",
    }
}

const fn photo_word(act: &EvidenceAct) -> &'static str {
    match act.verb {
        EvidenceVerb::Verify => "核实照片",
        EvidenceVerb::Fix => "处置后照片",
        EvidenceVerb::Check => "核查照片",
    }
}

fn role_word(role: &str) -> &'static str {
    role.parse::<leads::lead::PhotoRole>().map_or("", leads::lead::PhotoRole::label)
}

fn distance(metres: f64) -> String {
    if metres >= 10_000.0 { format!("{:.1} 公里", metres / 1000.0) } else { format!("{metres:.0} 米") }
}

fn clock(at: DateTime<Utc>) -> String {
    at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M").to_string()
}
