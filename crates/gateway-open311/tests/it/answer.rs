//! What came back over the socket, in either format.

use quick_xml::{Reader, events::Event};
use serde_json::Value;

pub struct Answer {
    pub status: u16,
    pub kind: String,
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.kind, "application/json; charset=utf-8");
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Every leaf of the XML with its path, such as `services/service/service_code`.
    pub fn leaves(&self) -> Vec<(String, String)> {
        assert_eq!(self.kind, "text/xml; charset=utf-8");
        assert!(self.text.starts_with(r#"<?xml version="1.0" encoding="utf-8"?>"#), "{}", self.text);
        let mut reader = Reader::from_str(&self.text);
        let (mut path, mut text, mut leaves, mut is_leaf) = (Vec::<String>::new(), String::new(), Vec::new(), false);
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(start) => {
                    path.push(start.name().as_ref().to_owned());
                    text.clear();
                    is_leaf = true;
                }
                Event::Empty(empty) => {
                    let name = empty.name().as_ref().to_owned();
                    leaves.push(([path.join("/"), name].join("/"), String::new()));
                }
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(name) => text.push(match &*name {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("unexpected reference &{other};"),
                }),
                Event::End(_) => {
                    if is_leaf {
                        leaves.push((path.join("/"), std::mem::take(&mut text)));
                    }
                    path.pop();
                    is_leaf = false;
                }
                Event::Eof => return leaves,
                Event::Decl(_) => {}
                other => panic!("unexpected {other:?}"),
            }
        }
    }

    /// The texts of one path, in order.
    pub fn all(&self, path: &str) -> Vec<String> {
        self.leaves().into_iter().filter(|(own, _)| own == path).map(|(_, text)| text).collect()
    }

    /// The text of one path that is there once.
    pub fn one(&self, path: &str) -> String {
        let mut all = self.all(path);
        assert_eq!(all.len(), 1, "{path} in {}", self.text);
        all.remove(0)
    }
}
