//! Who fills a role, in which units, on which ground: for telling people, not for showing them.

use kernel::id::PersonId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::{Identity, error::Result};

impl Identity {
    /// Active people of any of these roles: in these units if given; and, if a region is given, those whose ground holds it or lies in
    /// its township. At most `most`, in the caller's transaction.
    ///
    /// # Errors
    /// The database's.
    pub async fn people_of(
        &self,
        connection: &mut PgConnection,
        roles: &[&str],
        units: Option<&[Uuid]>,
        region: Option<&str>,
        most: i64,
    ) -> Result<Vec<PersonId>> {
        let people = store::of_roles(connection, roles, units, region, most).await?;
        Ok(people.into_iter().map(PersonId::from).collect())
    }

    /// The units in which somebody who is active fills this role.
    ///
    /// # Errors
    /// The database's.
    pub async fn units_with(&self, role: &str) -> Result<Vec<Uuid>> {
        Ok(store::units_with(self.pool(), role).await?)
    }
}
