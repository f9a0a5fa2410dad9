//! Grams (字串): runs of one to three Han characters, what a text is made of to a class model.

/// The characters of a text that are read; what comes after says nothing.
pub const MOST_CHARACTERS: usize = 4_000;
/// The longest gram, in characters.
pub(crate) const LONGEST: usize = 3;
/// The most grams of one text.
pub(crate) const MOST_GRAMS: usize = MOST_CHARACTERS * LONGEST;
/// How often a gram of the opening counts: a letter's title, or its first sentence, names the matter; the rest tells the story.
const OPENING: u16 = 3;
/// Where the opening ends at the latest, in characters.
const LONGEST_OPENING: usize = 60;
/// Stands for every character beyond the first 65,536, which are rare ones of names and places.
const RARE: u16 = 0xfffd;

/// Up to three characters of 16 bits each, the last one lowest; never zero.
pub(crate) type Gram = u64;

/// A gram where it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    pub gram: Gram,
    /// The place of its last character among all characters of the text.
    pub last: usize,
    /// Its length in characters.
    pub length: usize,
    /// How often it counts.
    pub times: u16,
}

/// Tells `each` every gram of `text` in the order of the text, the shorter first; no gram reaches over a mark, a digit or a space.
#[inline]
pub(crate) fn walk(text: &str, mut each: impl FnMut(Occurrence)) {
    let mut window: Gram = 0;
    let mut held = 0;
    let mut times = OPENING;
    for (last, character) in text.trim_start().chars().take(MOST_CHARACTERS).enumerate() {
        if last == LONGEST_OPENING || ends_opening(character) {
            times = 1;
        }
        let Some(unit) = unit(character) else {
            (window, held) = (0, 0);
            continue;
        };
        window = (window << 16 | Gram::from(unit)) & ((1 << (16 * LONGEST)) - 1);
        held = LONGEST.min(held + 1);
        for length in 1..=held {
            each(Occurrence { gram: window & ((1 << (16 * length)) - 1), last, length, times });
        }
    }
}

fn ends_opening(character: char) -> bool {
    character.is_whitespace() || matches!(character, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

/// The 16 bits of a character that belongs to a gram: Han and its neighbours, not Latin in any width.
fn unit(character: char) -> Option<u16> {
    let code = u32::from(character);
    if code < 0x2e80 || !character.is_alphabetic() || matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ') {
        return None;
    }
    Some(u16::try_from(code).unwrap_or(RARE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, u16)> {
        let characters: Vec<char> = text.trim_start().chars().collect();
        let mut found = Vec::new();
        walk(text, |it| found.push((characters[it.last + 1 - it.length..=it.last].iter().collect(), it.times)));
        found
    }

    #[test]
    fn grams_stop_at_marks_digits_and_latin_letters() {
        let found: Vec<String> = read("路灯坏，A6区ＫＴＶ吵１２3").into_iter().map(|(gram, _)| gram).collect();
        assert_eq!(found, ["路", "灯", "路灯", "坏", "灯坏", "路灯坏", "区", "吵"]);
    }

    #[test]
    fn the_opening_counts_more() {
        let times = |text: &str| read(text).into_iter().map(|(_, times)| times).collect::<Vec<_>>();
        assert_eq!(times(" 灯。灯"), [3, 1]);
        assert_eq!(times("灯 灯"), [3, 1]);
        assert_eq!(times("灯，灯"), [3, 3]);
        let long = times(&"灯，".repeat(100));
        assert_eq!(long.iter().filter(|times| **times == OPENING).count(), LONGEST_OPENING / 2);
    }

    #[test]
    fn equal_grams_are_equal_characters() {
        let mut grams = Vec::new();
        walk("灯灯灯", |it| grams.push(it.gram));
        assert_eq!(grams, [0x706f, 0x706f, 0x706f_706f, 0x706f, 0x706f_706f, 0x706f_706f_706f]);
    }

    #[test]
    fn a_long_text_is_cut() {
        let mut count = 0;
        walk(&"长".repeat(10 * MOST_CHARACTERS), |_| count += 1);
        assert!(count <= MOST_GRAMS, "{count}");
    }
}
