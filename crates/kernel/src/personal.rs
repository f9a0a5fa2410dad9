//! Personal data (个人信息): types that mask themselves wherever they are printed.

mod redact;

use std::fmt;

use crate::problem::Problem;

pub use redact::{redact, redact_value};

macro_rules! masked {
    ($($(#[$doc:meta])* $name:ident, $mask:path;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The value itself. Whoever calls this answers for where it goes.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// The value with its middle hidden, for lists.
            #[must_use]
            pub fn masked(&self) -> String {
                $mask(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.masked())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({})"), self.masked())
            }
        }
    )*};
}

masked! {
    /// A telephone number (电话号码), mobile or fixed line.
    Telephone, mask_telephone;
    /// The name of a natural person (姓名).
    PersonName, mask_name;
}

impl Telephone {
    /// Takes a telephone number as people write it: digits with blanks and hyphens between, a `+` and area code in front. 86 before a
    /// mobile number is left out.
    ///
    /// # Errors
    /// `telephone-invalid` unless 5 to 15 digits remain (short service numbers up to E.164's limit).
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '+' | '(' | ')' | '\u{3000}')).collect();
        // A mobile number with the country's code in front is the same number.
        if digits.len() == 13 && digits.starts_with("861") {
            digits.drain(..2);
        }
        // Published work orders carry numbers whose middle was already hidden by asterisks.
        let fits = (5..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit() || c == '*');
        if fits { Ok(Self(digits)) } else { Err(Problem::invalid("telephone-invalid", "电话号码应为 5 至 15 位数字")) }
    }
}

impl PersonName {
    /// Takes a name.
    ///
    /// # Errors
    /// `name-invalid` when it is empty, longer than 50 characters, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let name = text.trim();
        let fits = !name.is_empty() && name.chars().count() <= 50 && !name.chars().any(char::is_control);
        if fits { Ok(Self(name.to_owned())) } else { Err(Problem::invalid("name-invalid", "姓名应为 1 至 50 个字")) }
    }
}

fn mask_telephone(digits: &str) -> String {
    let count = digits.chars().count();
    if count < 7 {
        return "*".repeat(count);
    }
    let head: String = digits.chars().take(3).collect();
    let tail: String = digits.chars().skip(count - 2).collect();
    format!("{head}{}{tail}", "*".repeat(count - 5))
}

fn mask_name(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| format!("{first}{}", "*".repeat(characters.count())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_never_shows_the_middle() {
        let telephone = Telephone::parse("138 0000 1234").unwrap();
        assert_eq!(telephone.to_string(), "138******34");
        assert_eq!(format!("{telephone:?}"), "Telephone(138******34)");
        assert_eq!(telephone.expose(), "13800001234");
        assert!(Telephone::parse("一二三").is_err());
    }

    #[test]
    fn short_numbers_are_hidden_whole() {
        assert_eq!(Telephone::parse("12345").unwrap().to_string(), "*****");
    }
}
