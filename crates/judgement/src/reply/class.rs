//! Answers about another kind of thing (答非同类).

use super::{Code, Finding};

/// A class that words speak for (类别).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class<'a> {
    /// Five digits.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The words that decided.
    pub words: &'a [String],
}

/// Whether an answer speaks of another kind of thing than the lead's class: what its words speak for most is of another category, was not
/// in the question either, and the lead's own category is not among what its words speak for at all.
#[must_use]
pub fn another_class(own: Class<'_>, of_reply: &[Class<'_>], of_question: &[Class<'_>]) -> Option<Finding> {
    let category = |class: &Class<'_>| class.code.get(..2).map(str::to_owned);
    let said = of_reply.first()?;
    // One word alone is a turn of speech more often than a matter.
    if said.words.iter().map(|word| word.chars().count()).sum::<usize>() < 4 {
        return None;
    }
    let knows = |classes: &[Class<'_>], wanted: &Class<'_>| classes.iter().any(|class| category(class) == category(wanted));
    if knows(of_reply, &own) || knows(of_question, said) {
        return None;
    }
    let reason = format!("这件是“{}”，答复说的像是“{}”", own.name, said.name);
    Some(Finding { code: Code::OtherClass, reason, words: said.words.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_category_alone_is_another_thing() {
        let lamp = ["路灯不亮".to_owned()];
        let stall = ["占道经营".to_owned()];
        let own = Class { code: "01037", name: "路灯", words: &[] };
        let said = [Class { code: "09006", name: "占道经营", words: &stall }];
        let asked = [Class { code: "01037", name: "路灯", words: &lamp }];
        assert_eq!(another_class(own, &said, &asked).map(|finding| finding.code), Some(Code::OtherClass));
        // The question spoke of it too; or the answer speaks of the lead's own category as well; or of nothing.
        assert_eq!(another_class(own, &said, &said), None);
        assert_eq!(another_class(own, &[said[0], asked[0]], &asked), None);
        assert_eq!(another_class(own, &[], &asked), None);
        let one = ["灯".to_owned()];
        assert_eq!(another_class(own, &[Class { words: &one, ..said[0] }], &asked), None);
    }
}
