//! Whether somebody is who a case says its party is (身份核对): the ends of his number and of his telephone, compared without telling where they differ.

use subtle::{Choice, ConstantTimeEq};

/// Characters of the identity number or credit code that are asked for.
const OF_NUMBER: usize = 6;
/// Digits of the telephone that are asked for.
const OF_TELEPHONE: usize = 4;

/// The ends of a party's number and telephone.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Identified {
    number: [u8; OF_NUMBER],
    telephone: [u8; OF_TELEPHONE],
}

fn end<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase()).collect();
    bytes.get(bytes.len().checked_sub(N)?..)?.try_into().ok()
}

/// Exactly so many characters, as they were typed.
fn typed<const N: usize>(text: &str) -> [u8; N] {
    let text = text.trim().to_ascii_uppercase();
    // What is not of that length equals nothing: a zero byte is in no number.
    text.as_bytes().try_into().unwrap_or([0; N])
}

impl Identified {
    /// Of what the vault keeps; nothing where a part is not kept, or was erased.
    pub fn of(fields: &[(String, String)]) -> Option<Self> {
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        Some(Self { number: end(field("id_number")?)?, telephone: end(field("telephone")?)? })
    }

    /// One that nobody can be: compared in the place of a party that there is not.
    pub fn nobody() -> Self {
        Self { number: [1; OF_NUMBER], telephone: [1; OF_TELEPHONE] }
    }

    /// Whether both ends are these, in the same time whatever they are.
    pub fn is(&self, number: &str, telephone: &str) -> bool {
        let same: Choice = self.number.ct_eq(&typed::<OF_NUMBER>(number)) & self.telephone.ct_eq(&typed::<OF_TELEPHONE>(telephone));
        same.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(number: &str, telephone: &str) -> Vec<(String, String)> {
        vec![("name".into(), "甲".into()), ("id_number".into(), number.into()), ("telephone".into(), telephone.into())]
    }

    #[test]
    fn both_ends_are_wanted_whole() {
        let one = Identified::of(&fields("33048219900101000X", "13900000001")).unwrap();
        assert!(one.is("01000x", "0001") && one.is(" 01000X ", "0001"));
        for (number, telephone) in
            [("01000X", "0002"), ("010001", "0001"), ("1000X", "0001"), ("101000X", "0001"), ("", ""), ("01000X", "00001")]
        {
            assert!(!one.is(number, telephone), "{number} {telephone}");
        }
        assert!(Identified::of(&fields("12345", "13900000001")).is_none(), "too short to have six");
        assert!(Identified::of(&fields("33048219900101000X", "")).is_none());
        assert!(Identified::of(&[]).is_none(), "erased");
        assert!(!Identified::nobody().is("\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}", "0001"));
    }
}
