//! Handing messages in, in the order in which they came (处理消息).

use std::{sync::Arc, time::Duration};

use rumqttc::v5::mqttbytes::v5::Publish;
use tokio::sync::mpsc;

use crate::{Intake, Taken};

/// The first wait before a message is handed in again; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A message that is dealt with.
pub(crate) struct Done {
    pub publish: Publish,
    pub taken: Taken,
}

/// Hands in what is brought until nothing more can come. One after the other: what a device saw first is judged first. A batch of
/// events is one message, so that this is no narrow place.
pub(crate) async fn work(intake: Arc<dyn Intake>, mut brought: mpsc::Receiver<Publish>, done: mpsc::Sender<Done>) {
    while let Some(publish) = brought.recv().await {
        let taken = take(&*intake, &publish).await;
        if done.send(Done { publish, taken }).await.is_err() {
            return;
        }
    }
}

/// Hands a message in until it is taken. Whoever hangs up ends this with the connection.
async fn take(intake: &dyn Intake, publish: &Publish) -> Taken {
    let mut wait = FIRST_WAIT;
    loop {
        match intake.take(&publish.payload).await {
            Ok(taken) => return taken,
            Err(later) => {
                tracing::warn!(%later, "a message of the broker waits");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}
