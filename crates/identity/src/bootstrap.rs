//! The first people of an installation, made without anybody being signed in: from the shell, the demo city and tests.

use kernel::{
    id::{OrganisationId, PersonId, uuid_at},
    problem::Problem,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    audit,
    error::Result,
    organisation::{self, OrganisationKind, create::check_form},
    password::{Password, refuse_weak},
    person::{self, rules},
    role::Role,
    service::Identity,
    session,
};

/// The first administrator (首位管理员) and the organisation at the root of the tree.
#[derive(Clone, Debug)]
pub struct FirstAdministrator {
    /// What the administrator types to sign in.
    pub account: String,
    /// The name that colleagues read.
    pub name: String,
    /// The password; it need not be changed, since its owner typed it.
    pub password: Password,
    /// The root's name, e.g. the bureau's.
    pub organisation: String,
    /// The prefix of region codes of the whole installation.
    pub region: String,
}

/// Makes the first administrator; refused when there is one already who could make others.
pub async fn administrator(identity: &Identity, first: FirstAdministrator) -> Result<PersonId> {
    if session::store::any_administrator(identity.pool()).await? {
        return Err(Problem::conflict("administrator-exists", "已有系统管理员，请由其新增人员。").into());
    }
    let tree = identity.organisations().await?;
    let root = match tree.all().first() {
        Some(root) => OrganisationId::from(root.id),
        None => {
            let bureau = SeedOrganisation {
                id: None,
                parent: None,
                name: first.organisation,
                kind: OrganisationKind::Bureau,
                region: first.region,
                sort: 0,
            };
            organisation(identity, bureau).await?
        }
    };
    let person_of = SeedPerson {
        id: None,
        account: first.account,
        name: first.name,
        organisation: root,
        roles: vec![Role::Administrator.code().into()],
        regions: Vec::new(),
        auxiliary: false,
        password: Some(first.password),
        must_change_password: false,
    };
    person(identity, person_of).await
}

/// An organisation to begin with.
#[derive(Clone, Debug)]
pub struct SeedOrganisation {
    /// Its id, where the caller needs the same one every time.
    pub id: Option<Uuid>,
    /// The organisation above.
    pub parent: Option<OrganisationId>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The prefix of region codes it works in.
    pub region: String,
    /// Its place among its sisters.
    pub sort: i32,
}

/// Makes an organisation.
pub async fn organisation(identity: &Identity, seed: SeedOrganisation) -> Result<OrganisationId> {
    check_form(&seed.name, &seed.region)?;
    let now = identity.now();
    let id = seed.id.unwrap_or_else(|| OrganisationId::new(now).uuid());
    let row = organisation::store::Row {
        id,
        parent_id: seed.parent.map(OrganisationId::uuid),
        name: seed.name.trim(),
        kind: seed.kind,
        region: &seed.region,
        sort: seed.sort,
        active: true,
    };
    let mut transaction = identity.pool().begin().await?;
    let made = organisation::store::insert(&mut transaction, &row, now).await.map_err(organisation::create::refuse_twin)?;
    audit::store::record(&mut transaction, uuid_at(now), now, None, "organisation-created", &id.to_string(), &json!(made)).await?;
    transaction.commit().await?;
    identity.forget();
    Ok(OrganisationId::from(id))
}

/// A person to begin with.
#[derive(Clone, Debug)]
pub struct SeedPerson {
    /// The id, where the caller needs the same one every time.
    pub id: Option<Uuid>,
    /// What the person types to sign in.
    pub account: String,
    /// The name that colleagues read.
    pub name: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Role codes.
    pub roles: Vec<String>,
    /// Prefixes of region codes; empty means the organisation's own.
    pub regions: Vec<String>,
    /// Whether an auxiliary (协管员).
    pub auxiliary: bool,
    /// The password; machines have none.
    pub password: Option<Password>,
    /// Whether it must be changed at the first sign-in.
    pub must_change_password: bool,
}

/// Makes a person, by the same rules of form as an administrator would.
pub async fn person(identity: &Identity, seed: SeedPerson) -> Result<PersonId> {
    let phc = match &seed.password {
        Some(password) => Some(hash(identity, password.clone(), &seed.account).await?),
        None => None,
    };
    person_with_hash(identity, seed, phc).await
}

/// The hash of a password that several people of a demo or a test share: hashing once instead of hundreds of times.
pub async fn hash(identity: &Identity, password: Password, account: &str) -> Result<PasswordHash> {
    refuse_weak("password", &password, account)?;
    Ok(PasswordHash(identity.hasher().hash(password).await?))
}

/// A hash that can be given to [`person_with_hash`].
#[derive(Clone)]
pub struct PasswordHash(String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PasswordHash(***)")
    }
}

/// Makes a person whose password was hashed before.
pub async fn person_with_hash(identity: &Identity, seed: SeedPerson, hash: Option<PasswordHash>) -> Result<PersonId> {
    let account = rules::account(&seed.account);
    let (roles, regions) = (rules::tidy(seed.roles), rules::tidy(seed.regions));
    let auxiliary = rules::is_auxiliary(&roles, seed.auxiliary);
    let problem = rules::check_names(rules::form(), &account, &seed.name);
    rules::judge(rules::check_post(problem, &*identity.grants().await?, &roles, &regions, auxiliary))?;
    let now = identity.now();
    let id = seed.id.unwrap_or_else(|| PersonId::new(now).uuid());
    let row = person::store::NewPersonRow {
        id,
        account: &account,
        name: seed.name.trim(),
        organisation_id: seed.organisation.uuid(),
        roles: &roles,
        regions: &regions,
        auxiliary,
        kind: if rules::is_machine(&roles) { "machine" } else { "staff" },
    };
    let mut transaction = identity.pool().begin().await?;
    person::store::insert(&mut transaction, &row, now).await.map_err(person::create::refuse_taken)?;
    if let Some(PasswordHash(phc)) = hash {
        session::store::set_password(&mut transaction, id, &phc, seed.must_change_password, now).await?;
    }
    let payload =
        json!({ "account": account, "organisation": seed.organisation, "roles": roles, "regions": regions, "auxiliary": auxiliary });
    audit::store::record(&mut transaction, uuid_at(now), now, None, "person-created", &id.to_string(), &payload).await?;
    transaction.commit().await?;
    Ok(PersonId::from(id))
}

/// Makes a key of a machine, for the demo city's own machine sources; the key is not kept.
pub async fn api_key(identity: &Identity, machine: PersonId, name: &str) -> Result<String> {
    let key = format!("bh_{}", session::new_token());
    let now = identity.now();
    let mut connection = identity.pool().acquire().await?;
    person::store::insert_key(&mut connection, uuid_at(now), &session::TokenHash::of(&key), machine.uuid(), name, now).await?;
    Ok(key)
}
