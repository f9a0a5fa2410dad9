//! What construction waste asks of other rooms: terminals of vehicles, and the organ that permits.

use async_trait::async_trait;
use documents::Documents;
use gateway_jt808::Vehicles;
use http_api::Answer;
use uuid::Uuid;
use waste::{WasteOrgan, WasteOrgans, WasteTerminal, WasteTerminals};

/// The gateway of JT/T 808 as construction waste sees it.
pub struct VehicleTerminals(pub Vehicles);

#[async_trait]
impl WasteTerminals for VehicleTerminals {
    async fn terminals(&self, plates: &[(String, i16)]) -> Answer<Vec<WasteTerminal>> {
        let found = self.0.terminals_of(plates).await?;
        let of = |it: gateway_jt808::PlateTerminal| {
            let (plate, colour) = it.plate;
            WasteTerminal { plate, colour, track: it.id, phone: it.phone, visitor: it.visitor }
        };
        Ok(found.into_iter().map(of).collect())
    }
}

/// The organs of the documents as construction waste sees them.
pub struct DocumentOrgans(pub Documents);

#[async_trait]
impl WasteOrgans for DocumentOrgans {
    async fn organ_of(&self, unit: Uuid) -> Answer<Option<WasteOrgan>> {
        Ok(self.0.organ_today(unit).await?.map(|it| WasteOrgan {
            name: it.name,
            word: it.word,
            address: it.address,
            review_body: it.review_body,
            court: it.court,
        }))
    }
}
