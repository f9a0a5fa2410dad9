//! The one way through: right, scope, lock, guards, change, ledger, clocks, events, commit.

use docket::{Actor, Change, Event, Facets, Header, Holder, KeyOf, Locked, NewEntry};
use http_api::{Answer, ApiProblem};
use identity::{Allowed, Right, Scope};
use kernel::{
    deadline::service::{ServiceLimit, ServiceUnit},
    id::{OrganisationId, PersonId},
    position::Position,
    problem::Problem,
    procedure::Procedure,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Leads, acceptance,
    act::{
        require::{check_photos, require_open},
        settle::settle,
        stance::{Beside, Stance, facts},
    },
    answer, charge, clocks,
    events::{self, Changed},
    holds, joint, layers,
    lead::{Action, LeadProcedure, Limit, NextHolder, PhotoRole, Referral, State, Step, Verb, record::LeadRecord, rules, store},
    precedent, referral, reply_check,
    view::{self, Lead},
};

/// A lead that is locked for an action, as the action finds it and leaves it.
pub(crate) struct Draft<'a> {
    /// The header as it stands.
    pub header: &'a Header,
    /// The lead's own row.
    pub lead: &'a mut LeadRecord,
    /// What becomes of the header besides the state.
    pub change: &'a mut Change,
    /// What the ledger keeps.
    pub payload: &'a mut Value,
}

/// What an action decides by, and changes of, the locked lead.
type Edit = Box<dyn FnOnce(Draft<'_>) -> Result<(), Problem> + Send + Sync>;

/// An action ready to be carried out.
pub(crate) struct Command {
    /// What.
    pub action: Action,
    /// What the ledger keeps of it.
    pub payload: Value,
    /// Where the actor stood.
    pub place: Option<Position>,
    /// Photos that come with it.
    pub photos: Vec<(String, PhotoRole)>,
    /// The person who is named to act next.
    pub named: Option<PersonId>,
    /// What it asks of the joint tasks.
    pub joint: Option<joint::Order>,
    /// What it asks of a neighbour city.
    pub referral: Option<referral::Order>,
    /// What it asks of the instructions.
    pub charge: Option<charge::Order>,
    /// The lead that this one goes into, which must still be open when it does.
    pub into: Option<KeyOf>,
    /// What it changes of the lead's own row and the header besides the state.
    pub edit: Edit,
}

impl Command {
    /// An action that changes the state and nothing else.
    pub(crate) fn new(action: Action, payload: Value) -> Self {
        Self {
            action,
            payload,
            place: None,
            photos: Vec::new(),
            named: None,
            joint: None,
            referral: None,
            charge: None,
            into: None,
            edit: Box::new(|_| Ok(())),
        }
    }

    /// With a change of the row.
    pub(crate) fn editing(self, edit: impl FnOnce(&mut LeadRecord, &mut Change) + Send + Sync + 'static) -> Self {
        self.deciding(|draft| {
            edit(draft.lead, draft.change);
            Ok(())
        })
    }

    /// With a decision that rests on the lead as it stands under the lock, and may still refuse.
    pub(crate) fn deciding(mut self, edit: impl FnOnce(Draft<'_>) -> Result<(), Problem> + Send + Sync + 'static) -> Self {
        self.edit = Box::new(edit);
        self
    }

    /// Once only, however often it is sent with this key. For actions that leave the version as it is; the others are refused the second
    /// time by their version.
    pub(crate) fn once(mut self, person: PersonId, key: Option<&str>) -> Self {
        if let (Some(key), Value::Object(payload)) = (key, &mut self.payload) {
            // A digest: the key is the client's, and whatever it holds does not belong into the ledger.
            let digest = Sha256::new().chain_update(person.uuid()).chain_update(key).finalize();
            payload.insert(SENT_AS.to_owned(), Value::String(hex::encode(digest)));
        }
        self
    }

    /// With photos.
    pub(crate) fn with_photos(mut self, photos: impl IntoIterator<Item = String>, role: PhotoRole) -> Self {
        self.photos.extend(photos.into_iter().map(|photo| (photo, role)));
        self
    }

    /// Going into another lead.
    pub(crate) fn going_into(mut self, target: KeyOf) -> Self {
        self.into = Some(target);
        self
    }

    /// With an order to the joint tasks.
    pub(crate) fn ordering(mut self, order: joint::Order) -> Self {
        self.joint = Some(order);
        self
    }

    /// Naming who acts next.
    pub(crate) const fn naming(mut self, person: Option<PersonId>) -> Self {
        self.named = person;
        self
    }
}

/// What a payload calls the digest of the key that its action was sent with.
const SENT_AS: &str = "sent_as";

pub(crate) fn not_found() -> Problem {
    Problem::not_found("lead-not-found", "没有找到这条线索，或不在您的权限范围内")
}

/// Whether a header lies inside a scope: by place for those who work in regions, by unit for those who work for one.
pub(crate) fn covers(scope: &Scope, header: &Header) -> bool {
    match scope.units {
        // A unit may be given what lies outside its own ground, and must then see it.
        Some(_) => scope.covers_unit(header.unit),
        None => scope.covers_region(&header.jurisdiction),
    }
}

/// Whether a person may come to a lead for a verb: it lies inside his scope, or his unit has a joint task on it and the verb is of that.
fn admits(scope: &Scope, header: &Header, tasks: &[joint::Task], verb: Verb) -> bool {
    let of_task = matches!(verb, Verb::JointTake | Verb::JointDone | Verb::JointReturn);
    covers(scope, header) || of_task && joint::admits(tasks, scope)
}

/// Carries a command out in the caller's name and answers the lead as it then stands.
pub(crate) async fn perform<R: Right>(leads: &Leads, allowed: &Allowed<R>, id: Uuid, seen: Option<i64>, command: Command) -> Answer<Lead> {
    let scope = allowed.scope();
    let verb = command.action.verb();
    let header = store::header(leads.database().pool(), id).await?.ok_or_else(not_found)?;
    let key = header.key();
    let tasks = joint::store::of(&mut *leads.database().pool().acquire().await?, &key).await?;
    if !admits(&scope, &header, &tasks, verb) {
        return Err(not_found().into());
    }
    check_photos(leads, &command).await?;
    let mut transaction = leads.database().pool().begin().await?;
    if let Some(target) = &command.into {
        require_open(&mut transaction, &key, target).await?;
    }
    let stance = Stance { caller: &allowed.caller, scope: &scope };
    let actor = Actor::Person(allowed.caller.person);
    let role = allowed.caller.roles.first().cloned();
    let changed = carry_out(leads, &mut transaction, &key, seen, Some(&stance), actor, role, command).await?;
    if verb == Verb::File {
        super::dispatch::by_rule(leads, &mut transaction, &changed).await?;
    }
    transaction.commit().await?;
    view::after_action(leads, &allowed.caller, id).await
}

#[expect(clippy::too_many_arguments, reason = "the parts of one sentence: who does what to which lead in which role")]
async fn carry_out(
    leads: &Leads,
    connection: &mut PgConnection,
    key: &KeyOf,
    seen: Option<i64>,
    stance: Option<&Stance<'_>>,
    actor: Actor,
    role: Option<String>,
    command: Command,
) -> Answer<Header> {
    let now = leads.clock().now();
    let locked = docket::lock(connection, key, seen).await?.ok_or_else(not_found)??;
    // It may have left the actor's ground, or his unit, since it was looked up.
    let tasks = joint::store::of(&mut *connection, key).await?;
    if stance.is_some_and(|stance| !admits(stance.scope, &locked.header, &tasks, command.action.verb())) {
        return Err(not_found().into());
    }
    if let Some(sent_as) = command.payload.get(SENT_AS).and_then(Value::as_str)
        && store::was_sent_as(connection, key, sent_as).await?
    {
        return Ok(locked.header);
    }
    if let (Action::Close { .. }, Some(scrutineer)) = (&command.action, leads.scrutineer()) {
        // What was fixed and checked a moment ago may not have been looked at yet.
        scrutineer.look(connection, key).await?;
    }
    let before = store::record(connection, &key.region, key.id.uuid()).await?.ok_or_else(not_found)?;
    let photos = store::photos(connection, &key.region, key.id.uuid()).await?;
    let state = state_of(&locked.header)?;
    let settings = leads.settings().await?;
    let roles: Vec<&str> = photos.iter().map(|photo| photo.role.as_str()).collect();
    let beside = Beside::of(leads, connection, &locked.header, tasks).await?;
    let facts = facts(leads, &settings, stance, &locked.header, &before, &roles, &beside);
    let Beside { tasks, referral, instructions, .. } = beside;
    let step = LeadProcedure::apply(state, &facts, &command.action).map_err(refused)?;
    let (mut record, mut change, mut payload) = (before.clone(), Change::default(), command.payload);
    (command.edit)(Draft { header: &locked.header, lead: &mut record, change: &mut change, payload: &mut payload })?;
    precedent::cite(connection, &key.region, [&payload], now).await?;
    settle(&mut record, &locked.header, state, &command.action);
    let unit = change.unit.map_or(locked.header.unit, |unit| unit.map(OrganisationId::uuid));
    let tree = leads.identity().organisations().await?;
    let calendars = leads.calendars();
    let beginning = layers::Beginning {
        tree: &tree,
        layers: settings.layers,
        action: &command.action,
        from: locked.header.unit,
        to: unit,
        standing: &locked.deadlines,
        calendars: &calendars,
        now,
    };
    let limit = |limit: Limit| {
        let length = if limit == Limit::Fix { beginning.length(fix_limit(&record)) } else { rules::step_limit(limit) };
        (length, settings.warn_point(&key.region, record.class_code.as_deref(), limit))
    };
    change.deadlines = clocks::obey(&calendars, now, unit.map(OrganisationId::from), &locked.deadlines, &step.clocks, limit)?;
    let assist = (fix_limit(&record), limit(Limit::Assist).1);
    let ground = joint::Ground { calendars: &calendars, now, standing: &locked.deadlines, unit, limit: assist };
    let mine = stance.and_then(|stance| joint::mine(&tasks, stance.scope)).map(|task| task.round);
    let joint_changed = joint::settle(&ground, &tasks, mine, command.joint, !step.to.is_open(), &mut change.deadlines)?;
    let warn = limit(Limit::Instruct).1;
    let ground = charge::Ground { calendars: &calendars, now, standing: &locked.deadlines, warn };
    let instruction = charge::settle(&ground, &instructions, command.charge, &mut change.deadlines)?;
    change.state = Some(step.to.code());
    change.open = (!step.to.is_open()).then_some(false);
    change.holder = next_holder(&step, &locked, change.unit, command.named, record.handler);
    change.facets = Facets { before: before.facets(state), after: record.facets(step.to) };
    change.details = record != before || !command.photos.is_empty() || !joint_changed.is_empty() || instruction.is_some();
    change.entries.push(NewEntry {
        actor,
        role,
        action: command.action.verb().code(),
        place: command.place.map(|position| (position.lon, position.lat)),
        payload,
    });
    let over = matches!(step.to, State::Closed | State::Rejected | State::Voided);
    let (mut ended, mut looked) = (Vec::new(), reply_check::Looked::default());
    if over || matches!(command.action, Action::Fix { .. } | Action::Referral(Referral::End)) {
        ended = answer::store::that_end_with(connection, key).await?;
        looked = reply_check::look(leads, connection, &locked.header, &record, over.then_some(step.to), &ended).await?;
        change.entries.extend(looked.entry.take());
    }
    let after = locked.after(now, &change);
    let merged_followers = if over { store::followers_of_merged(connection, key).await? } else { Vec::new() };
    let told = Changed {
        follower: record.follower,
        leader: record.leader.or(before.leader),
        merged_followers,
        joint_given: joint::given(&joint_changed),
        joint_withdrawn: joint::withdrawn(&tasks, &joint_changed),
        ..Changed::from(&locked.header, &after)
    };
    let told = told.payload(command.action.verb().code());
    change.events.push(Event { topic: events::CHANGED, payload: told });
    store::update(connection, &record).await?;
    joint::store::write(connection, key, &joint_changed).await?;
    if let Some(instruction) = &instruction {
        charge::store::write(connection, key, instruction).await?;
    }
    referral::settle(connection, key, now, (state, step.to), referral.as_ref(), command.referral).await?;
    if matches!(command.action, Action::Rework | Action::Dispatch | Action::Layer(_)) {
        holds::store::release_all(connection, key).await?;
    }
    acceptance::remember(leads, connection, key, &before, locked.header.unit, state, &command.action).await?;
    if matches!(command.action, Action::Rework) {
        reply_check::store::forget(connection, key).await?;
    }
    if over {
        answer::owe(leads, connection, key, step.to, record.reply.as_deref(), ended, looked.held).await?;
    }
    let photos: Vec<(&KeyOf, &str, &str)> = command.photos.iter().map(|(file, role)| (key, file.as_str(), role.code())).collect();
    store::insert_photos(connection, now, &photos).await?;
    Ok(locked.change(connection, now, change).await?)
}

/// The disposal limit that was chosen at filing.
fn fix_limit(record: &LeadRecord) -> ServiceLimit {
    record
        .limit_value
        .zip(record.limit_unit.as_deref().and_then(|unit| unit.parse::<ServiceUnit>().ok()))
        .and_then(|(value, unit)| ServiceLimit::new(value, unit).ok())
        .unwrap_or_else(|| rules::step_limit(Limit::Fix))
}

fn next_holder(
    step: &Step,
    locked: &Locked,
    unit: Option<Option<OrganisationId>>,
    named: Option<PersonId>,
    handler: Option<Uuid>,
) -> Option<Holder> {
    let unit = unit.unwrap_or(locked.header.unit.map(OrganisationId::from));
    match step.holder {
        NextHolder::Same => None,
        NextHolder::Role(role) => Some(Holder::role(role)),
        NextHolder::Named(role) => Some(Holder { role: Some(role), unit: None, person: named }),
        NextHolder::Unit => Some(Holder { role: None, unit, person: handler.map(PersonId::from) }),
        NextHolder::Nobody => Some(Holder::NOBODY),
    }
}

/// Carries a command out in the system's own name, in the caller's transaction.
pub(crate) async fn by_system(leads: &Leads, connection: &mut PgConnection, key: &KeyOf, actor: Actor, command: Command) -> Answer<Header> {
    carry_out(leads, connection, key, None, None, actor, None, command).await
}

/// Carries a command out in a person's name whose right and scope another room has looked at, in the caller's transaction.
pub(crate) async fn by_person(
    leads: &Leads,
    connection: &mut PgConnection,
    key: &KeyOf,
    (person, role): (PersonId, Option<String>),
    command: Command,
) -> Answer<Header> {
    carry_out(leads, connection, key, None, None, Actor::Person(person), role, command).await
}

/// The state in a header.
pub(crate) fn state_of(header: &Header) -> Result<State, Problem> {
    header.state.parse().map_err(|()| Problem::internal("state-unknown", "该件的状态无法识别，请联系管理员"))
}

fn refused(refusal: kernel::procedure::Refusal) -> ApiProblem {
    let mut problem = Problem::conflict("action-refused", refusal.reason);
    problem.citation = refusal.citation.map(str::to_owned);
    problem.into()
}
