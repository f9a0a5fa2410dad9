//! Writes XML. Nothing here reads any.

use std::fmt::Display;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// An XML document in the making.
pub(crate) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with its declaration.
    pub(crate) fn new() -> Self {
        let mut xml = Self(Writer::new(Vec::with_capacity(1_024)));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// The bytes, UTF-8.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }

    /// An element with others inside.
    pub(crate) fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(BytesStart::new(name)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with text inside.
    pub(crate) fn leaf(&mut self, name: &str, value: impl Display) {
        let text: String = value.to_string().chars().filter(|c| is_allowed(*c)).collect();
        if text.is_empty() {
            return self.event(Event::Empty(BytesStart::new(name)));
        }
        self.element(name, |xml| xml.event(Event::Text(BytesText::new(&text))));
    }

    /// An element with text inside, empty when there is none.
    pub(crate) fn leaf_or_empty(&mut self, name: &str, value: Option<impl Display>) {
        match value {
            Some(value) => self.leaf(name, value),
            None => self.event(Event::Empty(BytesStart::new(name))),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing into memory does not fail");
    }
}

/// XML 1.0 has no way to write other control characters, escaped or not.
const fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn markup_in_a_text_stays_text() {
        let mut xml = Xml::new();
        xml.element("a", |xml| {
            xml.leaf("b", "<!DOCTYPE x> & \u{1}]]>");
            xml.leaf_or_empty("c", None::<&str>);
        });
        let text = String::from_utf8(xml.finish()).unwrap();
        assert_eq!(text, r#"<?xml version="1.0" encoding="utf-8"?><a><b>&lt;!DOCTYPE x&gt; &amp; ]]&gt;</b><c/></a>"#);
    }
}
