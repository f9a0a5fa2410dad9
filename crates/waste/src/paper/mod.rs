//! Papers (证照) of places, carriers, vehicles and drivers: what they are, until when they hold.

pub(crate) mod keep;
pub(crate) mod store;

use chrono::{NaiveDate, TimeDelta};
use kernel::codes;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

/// Days before its end at which a paper is told of (暂定).
const SOON: i64 = 30;

codes! {
    /// Whose a paper is (证照归属).
    #[schema(as = WastePaperOwner)]
    PaperOwner {
        /// Of a place (场所).
        Place = "place", "场所";
        /// Of a carrier (运输企业).
        Carrier = "carrier", "运输企业";
        /// Of a vehicle (车辆).
        Vehicle = "vehicle", "车辆";
        /// Of a driver (驾驶员).
        Driver = "driver", "驾驶员";
    }
}

codes! {
    /// What a paper is (证照种类).
    #[schema(as = WastePaperKind)]
    PaperKind {
        /// The vehicle's licence (行驶证).
        VehicleLicence = "vehicle_licence", "行驶证";
        /// The licence of road transport of a carrier (道路运输经营许可证).
        TransportLicence = "transport_licence", "道路运输经营许可证";
        /// The certificate of road transport of a vehicle (道路运输证).
        TransportCertificate = "transport_certificate", "道路运输证";
        /// Insurance (保险单).
        Insurance = "insurance", "保险单";
        /// The permit to build (施工许可证).
        BuildingPermit = "building_permit", "施工许可证";
        /// The plan of how waste is dealt with (建筑垃圾处理方案备案).
        WastePlan = "waste_plan", "建筑垃圾处理方案备案";
        /// The business licence (营业执照).
        BusinessLicence = "business_licence", "营业执照";
        /// The licence to drive (驾驶证).
        DrivingLicence = "driving_licence", "驾驶证";
        /// Something else (其他).
        Other = "other", "其他";
    }
}

/// A paper (证照).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WastePaper {
    id: Uuid,
    owner: Uuid,
    kind: PaperKind,
    kind_label: &'static str,
    number: Option<String>,
    valid_until: Option<NaiveDate>,
    /// It is over.
    expired: bool,
    /// It ends within thirty days.
    soon: bool,
    /// A picture, by its hash.
    file: Option<String>,
    simulated: bool,
}

impl WastePaper {
    pub fn of(row: store::PaperRow, today: NaiveDate) -> Option<Self> {
        let kind: PaperKind = row.kind.parse().ok()?;
        Some(Self {
            id: row.id,
            owner: row.owner,
            kind,
            kind_label: kind.label(),
            number: row.number,
            expired: row.valid_until.is_some_and(|it| it < today),
            soon: row.valid_until.is_some_and(|it| it >= today && it <= today + TimeDelta::days(SOON)),
            valid_until: row.valid_until,
            file: row.file,
            simulated: row.simulated,
        })
    }
}

/// The papers of some owners that the caller was found to see.
pub(crate) async fn of(connection: &mut PgConnection, home: &str, owners: &[Uuid], today: NaiveDate) -> sqlx::Result<Vec<WastePaper>> {
    let rows = store::of(connection, home, owners).await?;
    Ok(rows.into_iter().filter_map(|row| WastePaper::of(row, today)).collect())
}
