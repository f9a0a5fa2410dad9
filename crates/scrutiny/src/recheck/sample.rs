//! Drawing a sample that anybody can draw again (抽样).

use sha2::{Digest, Sha256};

/// The place of a lead in the order of the draw: SHA-256 of the seed, a colon and the number, as UTF-8. The smallest are drawn.
pub(super) fn ticket(seed: &str, number: &str) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(":").chain_update(number).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::ticket;

    #[test]
    fn the_ticket_is_what_any_tool_computes() {
        // printf '%s' '2026-11-22:XS1' | sha256sum
        assert_eq!(hex::encode(ticket("2026-11-22", "XS1")), TOLD);
    }

    const TOLD: &str = "4f7bc07df37c722816f1969e688f15ee9bd4c40cc3528fcc32114cf1d4c273fa";
}
