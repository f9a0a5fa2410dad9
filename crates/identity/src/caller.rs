//! Who calls, what he may do and how far it reaches: the one place where rights are decided.

use std::{collections::BTreeMap, sync::Arc};

use kernel::id::{OrganisationId, PersonId};
use uuid::Uuid;

use crate::{
    right::Right,
    role::{Reach, Role, grants::Grants},
    session::TokenHash,
};

/// A person as the sign-in found him, before his rights are looked at.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The person.
    pub person: PersonId,
    /// The name that colleagues read.
    pub name: String,
    /// The account.
    pub account: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The organisation's name.
    pub organisation_name: String,
    /// Role codes.
    pub roles: Vec<String>,
    /// Prefixes of region codes; never empty in a person who may see anything.
    pub regions: Vec<String>,
    /// Whether an auxiliary (协管员).
    pub auxiliary: bool,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// Whether a second factor is asked at sign-in.
    pub totp_enabled: bool,
}

/// Who calls. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person.
    pub person: PersonId,
    /// The name that colleagues read.
    pub name: String,
    /// The account.
    pub account: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Role codes.
    pub roles: Vec<String>,
    /// Whether an auxiliary (协管员).
    pub auxiliary: bool,
    profile: Arc<Profile>,
    /// Each right held, with the widest reach of the roles that give it.
    held: Arc<BTreeMap<String, Reach>>,
    /// The own organisation and every one below it.
    subtree: Arc<Vec<Uuid>>,
    /// The session's key; nothing for a program with an API key.
    session: Option<TokenHash>,
}

/// What a caller's right covers: lists are filtered by it, single things checked against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Prefixes of region codes; none means nothing, an empty prefix means everywhere.
    pub regions: Vec<String>,
    /// Only what these organisations hold; `None` means whoever holds it.
    pub units: Option<Vec<Uuid>>,
    /// The caller.
    pub person: PersonId,
}

impl Scope {
    /// Whether a place with this region code lies inside.
    pub fn covers_region(&self, region: &str) -> bool {
        self.regions.iter().any(|prefix| region.starts_with(prefix.as_str()))
    }

    /// Whether what this organisation holds is inside; what nobody holds is inside for those who see every unit.
    pub fn covers_unit(&self, unit: Option<Uuid>) -> bool {
        match (&self.units, unit) {
            (None, _) => true,
            (Some(units), Some(unit)) => units.contains(&unit),
            (Some(_), None) => false,
        }
    }
}

impl Caller {
    /// Puts a caller together from what is known: the person, what the roles allow, and the organisations below his own.
    pub fn assemble(profile: Profile, grants: &Grants, subtree: Arc<Vec<Uuid>>) -> Self {
        let mut held: BTreeMap<String, Reach> = BTreeMap::new();
        for role in profile.roles.iter().filter_map(|code| Role::from_code(code)) {
            for right in grants.of(role.code()) {
                // An auxiliary never decides, whatever the roles say.
                if profile.auxiliary && grants.decides(right) {
                    continue;
                }
                let reach = held.entry(right.clone()).or_insert(role.reach());
                if role.reach() == Reach::Region {
                    *reach = Reach::Region;
                }
            }
        }
        Self {
            person: profile.person,
            name: profile.name.clone(),
            account: profile.account.clone(),
            organisation: profile.organisation,
            roles: profile.roles.clone(),
            auxiliary: profile.auxiliary,
            profile: Arc::new(profile),
            held: Arc::new(held),
            subtree,
            session: None,
        }
    }

    pub(crate) fn with_session(mut self, session: TokenHash) -> Self {
        self.session = Some(session);
        self
    }

    pub(crate) fn session(&self) -> Option<&TokenHash> {
        self.session.as_ref()
    }

    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The prefixes of region codes that the person works in.
    pub fn regions(&self) -> &[String] {
        &self.profile.regions
    }

    /// The name of the person's organisation.
    pub fn organisation_name(&self) -> &str {
        &self.profile.organisation_name
    }

    /// Whether the password must be changed before anything else is allowed.
    pub fn must_change_password(&self) -> bool {
        self.profile.must_change_password
    }

    /// Whether the person fills this role.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.iter().any(|code| code == role.code())
    }

    /// The names of the rights held, sorted.
    pub fn rights(&self) -> impl Iterator<Item = &str> {
        self.held.keys().map(String::as_str)
    }

    /// Whether the caller may do this at all; [`Caller::scope`] says how far.
    pub fn may<R: Right>(&self) -> bool {
        // The definition in code speaks too: a table row cannot make an auxiliary decide.
        !(self.auxiliary && R::DECIDES) && self.held.contains_key(R::NAME)
    }

    /// Whether the caller holds the right of this name.
    pub fn may_by_name(&self, right: &str) -> bool {
        self.held.contains_key(right)
    }

    /// How far the right reaches; nothing if the caller does not hold it.
    pub fn scope<R: Right>(&self) -> Option<Scope> {
        if self.may::<R>() { self.scope_by_name(R::NAME) } else { None }
    }

    /// How far the right of this name reaches; nothing if the caller does not hold it.
    pub fn scope_by_name(&self, right: &str) -> Option<Scope> {
        let reach = self.held.get(right)?;
        Some(Scope {
            regions: self.profile.regions.clone(),
            units: match reach {
                Reach::Region => None,
                Reach::Unit => Some(self.subtree.as_ref().clone()),
            },
            person: self.person,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;

    crate::rights! {
        /// See.
        See = "test.see", "看", decides = false, roles = ["collector", "auxiliary", "unit_handler", "operator"];
        /// Decide.
        Decide = "test.decide", "定", decides = true, roles = ["collector", "operator", "unit_leader"];
    }

    fn caller(roles: &[&str], auxiliary: bool) -> (Caller, Uuid) {
        let now = Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap();
        let organisation = OrganisationId::new(now);
        let profile = Profile {
            person: PersonId::new(now),
            name: "测试01".into(),
            account: "test01".into(),
            organisation,
            organisation_name: "测试队".into(),
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
            regions: vec!["330681".into()],
            auxiliary,
            must_change_password: false,
            totp_enabled: false,
        };
        let grants = Grants::by_default(&rights());
        (Caller::assemble(profile, &grants, Arc::new(vec![organisation.uuid()])), organisation.uuid())
    }

    #[test]
    fn an_auxiliary_never_decides_whatever_the_roles() {
        let every_role: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        let (auxiliary, _) = caller(&every_role, true);
        assert!(auxiliary.may::<See>());
        assert!(!auxiliary.may::<Decide>());
        assert!(auxiliary.scope::<Decide>().is_none());
        assert!(!auxiliary.may_by_name("test.decide"));
        assert!(caller(&["collector"], false).0.may::<Decide>());
    }

    #[test]
    fn unit_roles_reach_their_own_subtree_and_the_widest_role_wins() {
        let (handler, organisation) = caller(&["unit_handler"], false);
        let scope = handler.scope::<See>().unwrap();
        assert_eq!(scope.units, Some(vec![organisation]));
        assert!(scope.covers_unit(Some(organisation)) && !scope.covers_unit(None) && !scope.covers_unit(Some(Uuid::nil())));
        let (both, _) = caller(&["unit_handler", "operator", "unit_leader"], false);
        assert_eq!(both.scope::<See>().unwrap().units, None);
    }

    #[test]
    fn regions_are_prefixes_and_unknown_roles_give_nothing() {
        let (operator, _) = caller(&["operator"], false);
        let scope = operator.scope::<See>().unwrap();
        assert!(scope.covers_region("330681004") && !scope.covers_region("330602"));
        assert!(!caller(&["god"], false).0.may::<See>());
    }
}
