//! The tree of organisations as one picture in memory.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use uuid::Uuid;

use super::Organisation;

/// Every organisation, by id and by parent.
#[derive(Clone, Debug, Default)]
pub struct OrganisationTree {
    by_id: HashMap<Uuid, Organisation>,
    children: BTreeMap<Option<Uuid>, Vec<Uuid>>,
}

impl OrganisationTree {
    /// The tree of these organisations, which come in the order in which people read them.
    pub(crate) fn new(organisations: Vec<Organisation>) -> Self {
        let mut children: BTreeMap<Option<Uuid>, Vec<Uuid>> = BTreeMap::new();
        for organisation in &organisations {
            children.entry(organisation.parent_id).or_default().push(organisation.id);
        }
        let by_id = organisations.into_iter().map(|organisation| (organisation.id, organisation)).collect();
        Self { by_id, children }
    }

    /// The organisation of this id.
    pub fn get(&self, id: Uuid) -> Option<&Organisation> {
        self.by_id.get(&id)
    }

    /// The name of the organisation of this id; empty if there is none.
    pub fn name(&self, id: Uuid) -> &str {
        self.by_id.get(&id).map_or("", |organisation| organisation.name.as_str())
    }

    /// Every organisation, from the roots down, sisters in their order.
    pub fn all(&self) -> Vec<&Organisation> {
        self.walk(self.children.get(&None).cloned().unwrap_or_default())
    }

    /// The organisation and every one below it, itself first.
    pub fn subtree(&self, id: Uuid) -> Arc<Vec<Uuid>> {
        Arc::new(self.walk(vec![id]).into_iter().map(|organisation| organisation.id).collect())
    }

    /// Whether `below` is `above` or lies below it.
    pub fn is_within(&self, below: Uuid, above: Uuid) -> bool {
        let mut seen = HashSet::new();
        let mut at = Some(below);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            if !seen.insert(id) {
                return false;
            }
            at = self.by_id.get(&id).and_then(|organisation| organisation.parent_id);
        }
        false
    }

    fn walk(&self, start: Vec<Uuid>) -> Vec<&Organisation> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open: Vec<Uuid> = start.into_iter().rev().collect();
        while let Some(id) = open.pop() {
            // A ring cannot be made through this program; seen guards against one made by hand.
            if let Some(organisation) = self.by_id.get(&id)
                && seen.insert(id)
            {
                found.push(organisation);
                open.extend(self.children.get(&Some(id)).into_iter().flatten().rev());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::OrganisationKind;

    fn organisation(id: u128, parent: Option<u128>) -> Organisation {
        Organisation {
            id: Uuid::from_u128(id),
            parent_id: parent.map(Uuid::from_u128),
            name: format!("单位{id}"),
            kind: OrganisationKind::Squad,
            region: "330681".into(),
            sort: 0,
            active: true,
            version: 1,
        }
    }

    #[test]
    fn a_subtree_is_itself_and_all_below_in_reading_order() {
        let tree = OrganisationTree::new(vec![
            organisation(1, None),
            organisation(2, Some(1)),
            organisation(3, Some(1)),
            organisation(4, Some(2)),
        ]);
        let ids = |id: u128| tree.subtree(Uuid::from_u128(id)).iter().map(Uuid::as_u128).collect::<Vec<_>>();
        assert_eq!(ids(1), [1, 2, 4, 3]);
        assert_eq!(ids(2), [2, 4]);
        assert_eq!(ids(9), [0u128; 0]);
        assert!(tree.is_within(Uuid::from_u128(4), Uuid::from_u128(1)));
        assert!(!tree.is_within(Uuid::from_u128(1), Uuid::from_u128(4)));
    }

    #[test]
    fn a_ring_made_by_hand_does_not_hang() {
        let tree = OrganisationTree::new(vec![organisation(1, Some(2)), organisation(2, Some(1))]);
        assert_eq!(tree.subtree(Uuid::from_u128(1)).len(), 2);
        assert!(!tree.is_within(Uuid::from_u128(1), Uuid::from_u128(3)));
    }
}
