//! The rooms of the house: their tables and their rights.

use database::Migration;
use identity::RightDefinition;

/// The tables of every room, the lower ones first.
pub(super) const TABLES: &[&[Migration]] = &[
    docket::MIGRATIONS,
    files::MIGRATIONS,
    identity::MIGRATIONS,
    catalogue::MIGRATIONS,
    matters::MIGRATIONS,
    notify::MIGRATIONS,
    leads::MIGRATIONS,
    assessment::MIGRATIONS,
    machines::MIGRATIONS,
    tracks::MIGRATIONS,
    findings::MIGRATIONS,
    pressure::MIGRATIONS,
    scrutiny::MIGRATIONS,
    campaigns::MIGRATIONS,
    rewards::MIGRATIONS,
    cases::MIGRATIONS,
    gateway_open311::MIGRATIONS,
    privacy::MIGRATIONS,
    evidence::MIGRATIONS,
    property::MIGRATIONS,
    centre::MIGRATIONS,
    payments::MIGRATIONS,
    publication::MIGRATIONS,
    parties::MIGRATIONS,
    quality::MIGRATIONS,
    referrals::MIGRATIONS,
    waste::MIGRATIONS,
];

/// The rights of every room.
pub(super) fn rights() -> Vec<RightDefinition> {
    [
        identity::rights(),
        catalogue::rights(),
        matters::rights(),
        notify::rights(),
        leads::rights(),
        assessment::rights(),
        machines::rights(),
        findings::rights(),
        pressure::rights(),
        gateway_open311::rights(),
        privacy::rights(),
        campaigns::rights(),
        rewards::rights(),
        evidence::rights(),
        property::rights(),
        centre::rights(),
        archives::rights(),
        cases::rights(),
        payments::rights(),
        publication::rights(),
        parties::rights(),
        quality::rights(),
        referrals::rights(),
        waste::rights(),
    ]
    .concat()
}
