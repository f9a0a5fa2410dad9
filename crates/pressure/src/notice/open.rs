//! Opening a notice, whoever issues it (签发): the leads are locked, the text is made, and everything is one transaction.

use chrono::{DateTime, Utc};
use docket::{Actor, Change, Event, Header, Holder, KeyOf, NewEntry, Opening, ledger::payload};
use http_api::Answer;
use kernel::{
    id::{DocketId, OrganisationId},
    light::Light,
    problem::Problem,
};
use leads::{RunningLimit, Standing};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    CHANGED, HOUSE, KIND, MOST_LEADS, NoticeLimit, NoticeState, Stage, clock,
    store::{self, NoticeRecord, Pressed},
    wording::{self, Before},
};
use crate::{Pressure, setting};

/// A notice that is to be issued.
pub(super) struct ToIssue<'a> {
    pub stage: Stage,
    pub unit: Uuid,
    pub leads: Vec<Standing>,
    pub demand: Option<&'a str>,
    /// The notice before it on the ladder, which is over by now.
    pub before: Option<(Uuid, Before)>,
    pub actor: Actor,
    pub issued_by: Option<Uuid>,
    pub role: Option<String>,
}

/// What is said of a notice to others: no words of anybody.
pub(super) fn told(header: &Header, stage: Stage, action: &str) -> Value {
    json!({
        "kind": KIND, "number": header.number, "title": header.title, "state": header.state, "stage": stage.code(), "action": action,
        "jurisdiction": header.jurisdiction, "unit": header.unit, "holder_role": header.holder_role, "holder_unit": header.holder_unit,
        "due_at": header.due_at, "version": header.version, "simulated": header.simulated,
    })
}

/// The disposal limit that a notice may press for; refuses where there is none.
///
/// # Errors
/// `notice-refused`, with the lead's number and the reason.
pub(super) fn pressing(lead: &Standing, any_stage: bool) -> Result<&RunningLimit, Problem> {
    let refuse = |why: &str| Problem::conflict("notice-refused", format!("{} {why}", lead.number)).citing(HOUSE);
    let limit = lead.limit.as_ref().filter(|limit| limit.name == "fix");
    match limit {
        None => Err(refuse("不在处置单位计时办理，不能就它发督办文书")),
        Some(limit) if limit.light == Light::Green && !any_stage => {
            Err(refuse(&format!("尚未预警（{}），亮黄灯后才能提示；平时可以催办", limit.words)))
        }
        Some(limit) => Ok(limit),
    }
}

/// The unit of these leads; refuses where there are none, too many, or several units.
///
/// # Errors
/// `notice-invalid`, `notice-refused`.
pub(super) fn one_unit(leads: &[Standing]) -> Result<Uuid, Problem> {
    let invalid = |detail: &str| Problem::invalid("notice-invalid", detail.to_owned()).field("leads", detail.to_owned());
    if leads.is_empty() || leads.len() > MOST_LEADS {
        return Err(invalid("一份文书应写 1 至 20 件线索，且都在您的权限范围内"));
    }
    let mut units = leads.iter().map(|lead| lead.unit);
    let Some(unit) = units.next().flatten() else { return Err(invalid("线索尚未派给处置单位")) };
    if units.any(|other| other != Some(unit)) {
        return Err(invalid("一份文书只能发给一个单位，所选线索属于不同单位"));
    }
    Ok(unit)
}

/// The longest region that holds all of these: a unit grid, a community, a township or the county.
fn common_ground(leads: &[Standing], home: &str) -> String {
    let first = leads.first().map_or(home, |lead| lead.jurisdiction.as_str());
    let holds = |digits: &usize| first.get(..*digits).is_some_and(|ground| leads.iter().all(|it| it.jurisdiction.starts_with(ground)));
    [15, 12, 9, 6].into_iter().find(holds).and_then(|digits| first.get(..digits)).unwrap_or(home).to_owned()
}

/// Text and reply limit of a notice, as it would be issued now.
pub(super) async fn compose(
    room: &Pressure,
    connection: &mut PgConnection,
    notice: &ToIssue<'_>,
    now: DateTime<Utc>,
) -> Answer<(String, String, u32, DateTime<Utc>)> {
    let (_, settings) = setting::store::read(connection, room.home_region()).await?;
    let hours = settings.reply_hours(notice.stage);
    let reply_by = clock::after(room.calendar(), now, hours);
    let organisations = room.identity().organisations().await?;
    let unit = organisations.name(notice.unit);
    let facts = wording::Facts {
        stage: notice.stage,
        unit,
        leads: &notice.leads,
        before: notice.before.as_ref().map(|(_, before)| before),
        demand: notice.demand,
        now,
        reply_by,
    };
    Ok((wording::title(notice.stage, unit, &notice.leads), wording::text(&facts), hours, reply_by))
}

/// Issues a notice in the caller's transaction.
///
/// # Errors
/// `notice-open` when one of the leads has an open notice, `lead-moved` when one is no longer what the text would say.
pub(super) async fn issue(room: &Pressure, connection: &mut PgConnection, notice: &ToIssue<'_>) -> Answer<KeyOf> {
    let (now, region) = (room.clock().now(), room.home_region());
    let pressed = lock_leads(connection, notice).await?;
    let ids: Vec<Uuid> = pressed.iter().map(|(it, _)| it.lead).collect();
    store::release_moved(connection, region, &ids, notice.unit).await?;
    if let Some((lead, number)) = store::already_open(connection, region, &ids).await?.first() {
        let of = notice.leads.iter().find(|it| it.key.id.uuid() == *lead).map_or("", |it| it.number.as_str());
        return Err(Problem::conflict("notice-open", format!("{of} 已有未办结的督办文书 {number}")).citing(HOUSE).into());
    }
    let (title, text, hours, _) = compose(room, connection, notice, now).await?;
    let key = KeyOf { region: region.to_owned(), id: DocketId::new(now) };
    let number = room.numbers().next(region, KIND, now).await?;
    let limit = clock::start(room.calendar(), now, &[], NoticeLimit::Reply, hours);
    let unit = OrganisationId::from(notice.unit);
    let previous = notice.before.as_ref().map(|(id, _)| *id);
    let jurisdiction = common_ground(&notice.leads, region);
    let simulated = notice.leads.iter().all(|lead| lead.simulated);
    let event = json!({
        "kind": KIND, "number": number, "title": title, "state": NoticeState::Issued.code(), "stage": notice.stage.code(), "action": "issue",
        "jurisdiction": jurisdiction, "unit": notice.unit, "holder_unit": notice.unit, "due_at": limit.due_at, "version": 1,
        "simulated": simulated,
    });
    let line = payload([
        ("stage", json!(notice.stage.code())),
        ("unit", json!(notice.unit)),
        ("leads", json!(notice.leads.iter().map(|lead| &lead.number).collect::<Vec<_>>())),
        ("previous", json!(previous)),
        ("text", json!(text)),
    ]);
    let opening = Opening {
        key: key.clone(),
        kind: KIND,
        number: number.clone(),
        state: NoticeState::Issued.code(),
        title,
        jurisdiction,
        position: None,
        holder: Holder { role: None, unit: Some(unit), person: None },
        unit: Some(unit),
        simulated,
        // Found by its filters; words of notices would blur how rare words of reports are.
        text: String::new(),
        facets: Vec::new(),
        entries: vec![entry(notice, "issue", line)],
        deadlines: vec![limit],
        events: vec![Event { topic: CHANGED, payload: event }],
    };
    docket::open(connection, now, &[opening]).await?;
    let record = NoticeRecord {
        stage: notice.stage.code().to_owned(),
        text,
        issued_by: notice.issued_by,
        reply_hours: i32::try_from(hours).unwrap_or(i32::MAX),
        reply: None,
        replied_by: None,
        replied_at: None,
        verdict: None,
        judged_by: None,
        previous,
    };
    store::insert(connection, &key, notice.stage, &record).await?;
    let (pressed, locked): (Vec<_>, Vec<_>) = pressed.into_iter().unzip();
    store::insert_leads(connection, &key, &pressed).await?;
    for lead in locked {
        let line = payload([
            ("notice", json!(key.id)),
            ("unit", json!(notice.unit)),
            ("text", json!(format!("{} {number}", notice.stage.label()))),
        ]);
        lead.change(connection, now, Change { entries: vec![entry(notice, "notice", line)], ..Change::default() }).await?;
    }
    Ok(key)
}

fn entry(notice: &ToIssue<'_>, action: &'static str, payload: Value) -> NewEntry {
    NewEntry { actor: notice.actor.clone(), role: notice.role.clone(), action, place: None, payload }
}

/// Locks the leads in the order of their ids, and refuses when one has moved on since it was looked at.
async fn lock_leads(connection: &mut PgConnection, notice: &ToIssue<'_>) -> Answer<Vec<(Pressed, docket::Locked)>> {
    let mut locked = Vec::with_capacity(notice.leads.len());
    for lead in &notice.leads {
        let limit = pressing(lead, notice.before.is_some())?;
        let moved = || Problem::conflict("lead-moved", format!("{} 刚有变化，请刷新后再签发", lead.number));
        let header = docket::lock(connection, &lead.key, None).await?.ok_or_else(moved)??;
        let still = header.deadlines.iter().any(|row| row.name == limit.name && row.round == limit.round && row.state == "running");
        if !header.header.open || header.header.unit != Some(notice.unit) || !still {
            return Err(moved().into());
        }
        let pressed = Pressed { lead: lead.key.id.uuid(), limit: limit.name, round: limit.round, due_at: limit.due_at };
        locked.push((pressed, header));
    }
    Ok(locked)
}
