//! Sealing for a place outside the database: what must lie on the disk for a while holds personal data as little in clear as a row does.

use super::{KEY, Vault, seal, unseal};

impl Vault {
    /// Seals a text for `purpose`, bound to the place it will lie in: moved to another place, it does not open.
    #[must_use]
    pub fn seal_aside(&self, purpose: &str, place: &str, plain: &[u8]) -> Vec<u8> {
        seal(&self.aside_key(purpose), place.as_bytes(), plain)
    }

    /// What [`Vault::seal_aside`] sealed; nothing where it was altered, moved, or sealed with another master key.
    #[must_use]
    pub fn open_aside(&self, purpose: &str, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        unseal(&self.aside_key(purpose), place.as_bytes(), sealed)
    }

    /// A key that only the master key's holder can make again, another for each purpose.
    fn aside_key(&self, purpose: &str) -> [u8; KEY] {
        self.blind("aside", purpose).try_into().unwrap_or_else(|_| unreachable!("HMAC-SHA256 has 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::Vault;

    #[test]
    fn what_lies_aside_opens_in_its_own_place_for_its_own_purpose_alone() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let vault = Vault::open(one.path()).unwrap();
        let sealed = vault.seal_aside("spool", "1", "13900000000".as_bytes());
        assert!(!sealed.windows(4).any(|part| part == b"1390"));
        assert_eq!(vault.open_aside("spool", "1", &sealed).as_deref(), Some("13900000000".as_bytes()));
        assert_eq!(vault.open_aside("spool", "2", &sealed), None);
        assert_eq!(vault.open_aside("code", "1", &sealed), None);
        assert_eq!(vault.open_aside("spool", "1", &sealed[1..]), None);
        assert_eq!(Vault::open(two.path()).unwrap().open_aside("spool", "1", &sealed), None);
    }
}
