//! The broker's messages wired to the machine sources, in the name of the account whose key the settings give.

use async_trait::async_trait;
use gateway_mqtt::{Intake, Later, Taken};
use identity::Identity;
use kernel::problem::ProblemKind;
use machines::Machines;
use serde_json::json;

/// Machine sources as the port of the broker sees them.
pub struct BrokerIntake {
    /// The machine sources.
    pub machines: Machines,
    /// Whose key it is.
    pub identity: Identity,
    /// The API key of a machine account.
    pub key: String,
}

#[async_trait]
impl Intake for BrokerIntake {
    async fn take(&self, message: &[u8]) -> Result<Taken, Later> {
        let caller = self.identity.caller_with_key(&self.key).await.map_err(|error| Later(error.to_string()))?;
        // A key that was removed may be given anew: the messages wait for that at the broker.
        let caller = caller.ok_or_else(|| Later("BIHUAN_MQTT_KEY 的接口密钥无效或已停用".to_owned()))?;
        match self.machines.take_message(caller, message).await {
            Ok(receipts) => Ok(Taken { refused: receipts.refused() > 0, receipt: json!(receipts).to_string() }),
            Err(error) => {
                let problem = error.problem();
                if matches!(problem.kind, ProblemKind::Unavailable | ProblemKind::Internal | ProblemKind::Forbidden) {
                    return Err(Later(problem.detail.clone()));
                }
                Ok(Taken { refused: true, receipt: json!({ "code": problem.code, "detail": problem.detail }).to_string() })
            }
        }
    }
}
