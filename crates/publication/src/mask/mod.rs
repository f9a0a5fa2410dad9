//! Masking (脱敏): what must not be seen by the public is taken out of a decision's words, before people look it over.
//!
//! What is looked for stands in `浙江省行政处罚结果信息网上公开办法` article 7 (as the sheet gives it) and 行政处罚法第五十条: names of natural
//! persons, identity and bank numbers, telephones, plates, addresses down to the house number. A program finds most of it, not all: the
//! result is a draft that somebody else checks.

mod name;
mod number;

pub use name::person;

use kernel::codes;

codes! {
    /// What was masked (脱敏内容).
    MaskKind {
        /// A natural person's name (姓名).
        Name = "name", "姓名";
        /// A telephone or another way of contact (联系方式).
        Contact = "contact", "联系方式";
        /// An identity, bank or other personal number (证件、账户号码).
        Number = "number", "证件、账户号码";
        /// A number plate (车牌).
        Plate = "plate", "车牌";
        /// A house number (门牌).
        Address = "address", "门牌";
    }
}

/// Something that was masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: MaskKind,
    /// As it stood in the original.
    pub words: String,
}

/// A masked text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masked {
    /// What may be shown.
    pub text: String,
    /// What was taken out, in the order it was found.
    pub marks: Vec<Mark>,
}

/// Masks a text. `people` are the natural persons that are known by name: each becomes 姓某某 wherever the name stands.
#[must_use]
pub fn mask(text: &str, people: &[String]) -> Masked {
    let mut masked = Masked { text: text.to_owned(), marks: Vec::new() };
    number::contacts(&mut masked);
    number::plates(&mut masked);
    number::addresses(&mut masked);
    number::numbers(&mut masked);
    name::known(&mut masked, people);
    name::told(&mut masked);
    masked
}

impl Masked {
    /// Replaces what `found` says, and notes it. `found` answers the range inside a match and what stands there instead.
    fn replace(&mut self, kind: MaskKind, finder: &regex::Regex, found: impl Fn(&regex::Captures<'_>) -> Option<(usize, usize, String)>) {
        let (mut out, mut last) = (String::with_capacity(self.text.len()), 0);
        for captures in finder.captures_iter(&self.text) {
            let Some((from, to, instead)) = found(&captures) else { continue };
            if from < last || self.text[from..to] == instead {
                continue;
            }
            out.push_str(&self.text[last..from]);
            out.push_str(&instead);
            self.marks.push(Mark { kind, words: self.text[from..to].to_owned() });
            last = to;
        }
        if last > 0 {
            out.push_str(&self.text[last..]);
            self.text = out;
        }
    }
}
