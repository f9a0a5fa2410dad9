//! What will become of a lead, drawn when it is reported.

use crate::city::chance::Chance;

/// The turns that a lead takes. A turn that was taken is struck out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fate {
    pub reject: bool,
    pub verify_first: bool,
    pub untrue: bool,
    pub void: bool,
    pub send_back: bool,
    pub extend: bool,
    pub suspend: bool,
    pub fails_check: bool,
    /// The share of its limit that the fix takes; above one it is late.
    pub share: f64,
    pub stars: Option<u8>,
}

impl Fate {
    /// A fate; for a lead that is remembered from an earlier run, without what came before.
    pub(crate) fn drawn(chance: &mut Chance, remembered: bool) -> Self {
        let mut may = |share: f64| chance.unit() < share;
        let verify_first = !remembered && may(0.07);
        Self {
            reject: !remembered && may(0.035),
            untrue: verify_first && may(0.2),
            verify_first,
            void: may(0.008),
            send_back: !remembered && may(0.04),
            extend: may(0.07),
            suspend: may(0.02),
            fails_check: may(0.07),
            share: match chance.unit() {
                draw if draw < 0.9 => chance.between(0.1, 0.85),
                draw if draw < 0.96 => chance.between(1.05, 1.8),
                _ => chance.between(2.0, 6.0),
            },
            stars: (chance.unit() < 0.4).then(|| match chance.unit() {
                draw if draw < 0.55 => 5,
                draw if draw < 0.83 => 4,
                draw if draw < 0.93 => 3,
                draw if draw < 0.97 => 2,
                _ => 1,
            }),
        }
    }
}
