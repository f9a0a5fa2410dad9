//! What each role allows at present.

use std::collections::{BTreeMap, BTreeSet};

use crate::right::RightDefinition;

/// A right as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRight {
    /// The stable name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// Whether it decides.
    pub decides: bool,
}

/// Which role allows what, as one consistent picture.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    rights: BTreeMap<String, KnownRight>,
    by_role: BTreeMap<String, BTreeSet<String>>,
}

impl Grants {
    /// The picture of these rights and of (role, right) pairs.
    pub(crate) fn new(rights: Vec<KnownRight>, pairs: Vec<(String, String)>) -> Self {
        let rights = rights.into_iter().map(|right| (right.name.clone(), right)).collect();
        let mut by_role: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (role, right) in pairs {
            by_role.entry(role).or_default().insert(right);
        }
        Self { rights, by_role }
    }

    /// The picture of a fresh installation with these rights.
    pub fn by_default(definitions: &[RightDefinition]) -> Self {
        Self::new(
            definitions
                .iter()
                .map(|right| KnownRight { name: right.name.into(), label: right.label.into(), decides: right.decides })
                .collect(),
            definitions.iter().flat_map(|right| right.default_roles.iter().map(|&role| (role.to_owned(), right.name.to_owned()))).collect(),
        )
    }

    /// The names of the rights of a role.
    pub fn of(&self, role: &str) -> impl Iterator<Item = &String> {
        self.by_role.get(role).into_iter().flatten()
    }

    /// Whether a right decides; an unknown one is taken to.
    pub fn decides(&self, right: &str) -> bool {
        self.rights.get(right).is_none_or(|right| right.decides)
    }

    /// Whether any right of this role decides.
    pub fn role_decides(&self, role: &str) -> bool {
        self.of(role).any(|right| self.decides(right))
    }

    /// The right of this name.
    pub fn right(&self, name: &str) -> Option<&KnownRight> {
        self.rights.get(name)
    }
}
