//! What must be there before an action is tried: the lead it goes into, the person it names, the photos it brings.

use docket::KeyOf;
use http_api::Answer;
use identity::Right;
use kernel::problem::Problem;
use sqlx::PgConnection;
use uuid::Uuid;

use super::perform::{Command, covers, not_found, state_of};
use crate::{
    Leads,
    lead::{rules, store},
};

/// Locks a lead and the one it is to go into, in one order for everybody, and refuses when that one is over: otherwise two leads could
/// go into each other at the same time, and both would be gone.
pub(super) async fn require_open(connection: &mut PgConnection, from: &KeyOf, target: &KeyOf) -> Answer<()> {
    if from.id.uuid() < target.id.uuid() {
        docket::lock(connection, from, None).await?.ok_or_else(not_found)??;
    }
    let locked = docket::lock(connection, target, None).await?.ok_or_else(not_found)??;
    if state_of(&locked.header)?.is_open() {
        return Ok(());
    }
    let detail = format!("{} 已办结，不能并入", locked.header.number);
    Err(Problem::conflict("merge-target-closed", detail).into())
}

/// Refuses to name a person who could not do it: one unknown or disabled, without the right, or for whom the lead is out of reach.
pub(crate) async fn require_able<R: Right>(leads: &Leads, id: Uuid, field: &'static str, person: Option<Uuid>) -> Answer<()> {
    let Some(person) = person else { return Ok(()) };
    let header = store::header(leads.database().pool(), id).await?.ok_or_else(not_found)?;
    let named = leads.identity().caller_of(person.into()).await?;
    if named.and_then(|named| named.scope::<R>()).is_some_and(|scope| covers(&scope, &header)) {
        return Ok(());
    }
    let detail = "该人员不存在、已停用，或不能办理这条线索";
    Err(Problem::invalid("person-not-able", detail).field(field, detail).into())
}

pub(super) async fn check_photos(leads: &Leads, command: &Command) -> Answer<()> {
    if command.photos.len() > 2 * rules::MOST_PHOTOS {
        return Err(Problem::invalid("too-many-photos", format!("一次最多 {} 张照片", rules::MOST_PHOTOS)).into());
    }
    let files: Vec<String> = command.photos.iter().map(|(file, _)| file.clone()).collect();
    require_files(leads, &files).await
}

/// Refuses photos that were never uploaded.
pub(crate) async fn require_files(leads: &Leads, files: &[String]) -> Answer<()> {
    if files.is_empty() {
        return Ok(());
    }
    let ids = files.iter().map(|file| files::FileId::parse(file)).collect::<Result<Vec<_>, _>>()?;
    if leads.files().exists(&ids).await? {
        return Ok(());
    }
    Err(Problem::invalid("photo-missing", "有照片尚未上传成功，请重新上传").field("photos", "照片不存在").into())
}
