//! Which passwords are refused, and why.

use kernel::problem::Problem;

use super::Password;

/// The shortest password, in characters.
const SHORTEST: usize = 10;
/// The longest password, in bytes: hashing is not for novels.
const LONGEST: usize = 256;

/// The worst of those that are long enough: first on every guesser's list.
const WORST: [&str; 30] = [
    "1234567890",
    "0123456789",
    "12345678910",
    "123456789a",
    "1234567899",
    "9876543210",
    "0987654321",
    "1111111111",
    "0000000000",
    "8888888888",
    "6666666666",
    "1122334455",
    "1231231231",
    "5201314520",
    "password12",
    "password123",
    "passw0rd123",
    "p@ssw0rd123",
    "administrator",
    "admin12345",
    "admin123456",
    "qwertyuiop",
    "qwerty12345",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qazwsxedcrfv",
    "abc1234567",
    "abcdefghij",
    "a123456789",
    "woaini1314520",
];

/// Refuses a password that is too short, too long, the account itself, one character repeated or one of the worst.
pub(crate) fn refuse_weak(field: &'static str, password: &Password, account: &str) -> Result<(), Problem> {
    let typed = password.expose();
    let lower = typed.to_lowercase();
    let account = account.to_lowercase();
    let why = if typed.chars().count() < SHORTEST {
        "口令至少 10 个字符"
    } else if typed.len() > LONGEST {
        "口令过长"
    } else if lower == account || (account.len() >= 4 && lower.trim_matches(|c: char| !c.is_alphabetic()) == account) {
        "口令不能就是账号"
    } else if lower.chars().all(|character| lower.starts_with(character)) || WORST.contains(&lower.as_str()) {
        "这个口令太常见，请换一个"
    } else {
        return Ok(());
    };
    Err(Problem::invalid("password-too-weak", "口令不符合要求，请换一个。").field(field, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(password: &str, account: &str) -> bool {
        refuse_weak("password", &Password::new(password), account).is_ok()
    }

    #[test]
    fn short_common_and_own_names_are_refused() {
        assert!(!good("短口令", "operator01"));
        assert!(!good("123456789", "operator01"));
        assert!(!good("Password123", "operator01"));
        assert!(!good("operator01", "operator01"));
        assert!(!good("dispatcher2026", "dispatcher"));
        assert!(!good("zzzzzzzzzzzz", "operator01"));
        assert!(!good(&"长".repeat(200), "operator01"));
    }

    #[test]
    fn ten_ordinary_characters_are_enough() {
        assert!(good("绍兴有条老街叫仓桥直街", "operator01"));
        assert!(good("river-lamp-42", "operator01"));
    }
}
