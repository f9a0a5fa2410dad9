//! What the platform says.

use jt808::{Edition, GeneralAnswer, Header, Hex, Lacking, Message, Packet, Phone, Resend};

/// The results of a general answer.
pub(crate) mod result {
    /// Done: what was sent is durable.
    pub const DONE: u8 = 0;
    /// It could not be done; the terminal keeps it.
    pub const FAILED: u8 = 1;
    /// It was not understood.
    pub const WRONG: u8 = 2;
    /// Nobody here does that.
    pub const UNSUPPORTED: u8 = 3;
}

/// The platform's side of one connection: its answers and their serial numbers.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    serial: u16,
}

impl Voice {
    /// A general answer to a message.
    pub(crate) fn answer(&mut self, to: &Header, serial: u16, result: u8, out: &mut Vec<u8>) {
        self.say(to, Message::PlatformAnswer(GeneralAnswer { serial, id: to.id, result }), out);
    }

    /// A message to the terminal that sent `to`, in the edition that it speaks.
    pub(crate) fn say(&mut self, to: &Header, message: Message, out: &mut Vec<u8>) {
        self.speak(to.edition, to.version, to.phone, message, out);
    }

    /// A request for parts.
    pub(crate) fn ask(&mut self, lacking: Lacking, phone: Phone, out: &mut Vec<u8>) {
        let Lacking { first_serial, numbers, edition, .. } = lacking;
        self.speak(edition, 1, phone, Message::PlatformLacks(Resend { first_serial, numbers }), out);
    }

    fn speak(&mut self, edition: Edition, version: u8, phone: Phone, message: Message, out: &mut Vec<u8>) {
        let serial = self.serial;
        let packet = Packet { edition, version: Some(version), phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
        match packet.frames() {
            Ok(frames) => {
                self.serial = self.serial.wrapping_add(u16::try_from(frames.len()).unwrap_or(1));
                out.extend(frames.into_iter().flatten());
            }
            // Codes are ASCII and numbers came from the terminal itself: every answer fits.
            Err(error) => tracing::error!(%error, "an answer could not be written"),
        }
    }
}
