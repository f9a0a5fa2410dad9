//! The small county: regions, organisations, people, dispatch rules.

use identity::{
    Identity, OrganisationKind, Password,
    bootstrap::{self, SeedOrganisation, SeedPerson},
};
use kernel::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

use super::{House, PASSWORD, Units};

/// The county's code.
pub(super) const COUNTY: &str = "330482";

fn square(west: f64, width: f64) -> Value {
    let (south, north, east) = (30.7, 30.71, west + width);
    json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
}

fn feature(code: &str, name: &str, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": { "code": code, "name": name, "simulated": true }, "geometry": geometry })
}

/// A strip of two townships, a community in each, two grids in each of those.
pub(super) fn regions() -> Value {
    let mut features = vec![feature(COUNTY, "模拟县", square(121.0, 0.04))];
    for (township, name, west) in [("330482901", "模拟西街道", 121.0), ("330482902", "模拟东街道", 121.02)] {
        let community = format!("{township}001");
        features.push(feature(township, name, square(west, 0.02)));
        features.push(feature(&community, "模拟社区", square(west, 0.02)));
        features.push(feature(&format!("{community}001"), "第001单元网格", square(west, 0.01)));
        features.push(feature(&format!("{community}002"), "第002单元网格", square(west + 0.01, 0.01)));
    }
    json!({ "type": "FeatureCollection", "features": features })
}

pub(super) async fn units(identity: &Identity) -> Units {
    let bureau = unit(identity, None, "模拟县局", OrganisationKind::Bureau, COUNTY).await;
    Units {
        bureau,
        west: unit(identity, Some(bureau), "西街道中队", OrganisationKind::Squad, "330482901").await,
        east: unit(identity, Some(bureau), "东街道中队", OrganisationKind::Squad, "330482902").await,
        neighbour: unit(identity, None, "邻县局", OrganisationKind::Bureau, "330483").await,
    }
}

async fn unit(identity: &Identity, parent: Option<OrganisationId>, name: &str, kind: OrganisationKind, region: &str) -> OrganisationId {
    let seed = SeedOrganisation { id: None, parent, name: name.into(), kind, region: region.into(), sort: 0 };
    bootstrap::organisation(identity, seed).await.expect("an organisation")
}

/// One or two of every role; those who end in `91` work in the county next door, in `east` in the eastern township only.
pub(super) async fn people(house: &House) {
    let Units { bureau, west, east, neighbour } = house.units;
    // One hash for all: hashing is slow on purpose.
    let hash = bootstrap::hash(&house.identity, Password::new(PASSWORD), "nobody").await.expect("a hash");
    let of = [
        ("operator01", bureau, "operator"),
        ("shift_leader01", bureau, "shift_leader"),
        ("dispatcher01", bureau, "dispatcher"),
        ("collector01", bureau, "collector"),
        ("collector02", bureau, "collector"),
        ("unit_handler01", west, "unit_handler"),
        ("unit_handler02", west, "unit_handler"),
        ("unit_leader01", west, "unit_leader"),
        ("unit_handler_east", east, "unit_handler"),
        ("unit_leader_east", east, "unit_leader"),
        ("officer01", west, "officer"),
        ("officer02", west, "officer"),
        ("officer03", bureau, "officer"),
        ("officer_east", east, "officer"),
        ("legal_reviewer01", bureau, "legal_reviewer"),
        ("leader02", bureau, "leader"),
        ("auxiliary01", west, "auxiliary"),
        ("evaluator01", bureau, "evaluator"),
        ("leader01", bureau, "leader"),
        ("administrator01", bureau, "administrator"),
        ("operator_east", east, "operator"),
        ("collector_east", east, "collector"),
        ("operator91", neighbour, "operator"),
        ("shift_leader91", neighbour, "shift_leader"),
        ("dispatcher91", neighbour, "dispatcher"),
        ("collector91", neighbour, "collector"),
        ("unit_leader91", neighbour, "unit_leader"),
        ("administrator91", neighbour, "administrator"),
        ("leader91", neighbour, "leader"),
    ];
    for (account, organisation, role) in of {
        let seed = seed(account, organisation, &[role], &[]);
        bootstrap::person_with_hash(&house.identity, seed, Some(hash.clone())).await.expect("a person");
    }
}

fn seed(account: &str, organisation: OrganisationId, roles: &[&str], regions: &[&str]) -> SeedPerson {
    SeedPerson {
        id: None,
        account: account.into(),
        name: format!("测试{account}"),
        organisation,
        roles: roles.iter().map(|&role| role.to_owned()).collect(),
        regions: regions.iter().map(|&region| region.to_owned()).collect(),
        auxiliary: false,
        password: None,
        must_change_password: false,
    }
}

pub(super) async fn person(
    identity: &Identity,
    account: &str,
    organisation: OrganisationId,
    roles: &[&str],
    regions: &[&str],
    password: Option<Password>,
) -> PersonId {
    let seed = SeedPerson { password, ..seed(account, organisation, roles, regions) };
    bootstrap::person(identity, seed).await.expect("a person")
}

impl House {
    /// Publishes a dispatch rule for each township: everything goes to its own squad.
    pub async fn with_rules(&self) {
        let administrator = self.signed_in("administrator01").await;
        for (township, unit) in [("330482901", self.units.west), ("330482902", self.units.east)] {
            let rule = json!({ "priority": 100, "region_prefix": township, "unit_id": unit, "note": "属地" });
            administrator.post("/api/v1/dispatch-rules", rule).await.fine();
        }
        administrator.post("/api/v1/dispatch-rule-sets", json!({ "note": "属地派遣" })).await.fine();
    }
}
