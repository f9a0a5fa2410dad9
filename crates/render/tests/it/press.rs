//! What comes out of the press.

use std::path::{Path, PathBuf};

use render::{About, Error, Fonts, Press, Stamp};
use serde_json::json;

const TEMPLATE: &str = r##"
#let it = json("/data.json")
#set page(width: 210mm, height: 297mm)
#set text(font: ("FandolFang R", "Noto Serif CJK SC"), fallback: false, lang: "zh")
#for name in it.names [#name #pagebreak(weak: true)]
"##;

fn folder() -> PathBuf {
    let folder = std::env::var_os("BIHUAN_FONTS").map(PathBuf::from);
    folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../var/fonts"))
}

fn press() -> Press {
    let fonts = Fonts::open(&folder()).expect("`scripts/fonts` fetches the fonts");
    Press::new(fonts, [("/names.typ", TEMPLATE), ("/secret.typ", "#read(\"/etc/passwd\")"), ("/clock.typ", "#datetime.today()")]).unwrap()
}

fn about() -> About {
    let made = Stamp { year: 2026, month: 11, day: 2, hour: 1, minute: 0, second: 0 };
    About { title: "行政处罚决定书".into(), author: "模拟县综合行政执法局".into(), key: "one".into(), made: Some(made) }
}

#[test]
fn names_are_data_whatever_they_look_like_and_rare_ones_have_their_characters() {
    let press = press();
    let names = json!({ "names": ["#panic()", "$x$ *粗* _斜_ `码` [块] \\ // <标>", "喆堃赟㙍䶮𠮷"] });
    let one = press.render("/names.typ", &names, &about()).unwrap();
    assert!(one.bytes.starts_with(b"%PDF-"));
    assert_eq!(one.pages, 3);
    assert_eq!(press.render("/names.typ", &names, &about()).unwrap().bytes, one.bytes, "the same data make the same bytes");
    // A hundred others in between, so that nothing of the first is remembered.
    for number in 0..20 {
        press.render("/names.typ", &json!({ "names": [number.to_string()] }), &about()).unwrap();
    }
    assert_eq!(press.render("/names.typ", &names, &about()).unwrap().bytes, one.bytes);
    let other = press.render("/names.typ", &names, &About { key: "two".into(), ..about() }).unwrap();
    assert_ne!(other.bytes, one.bytes, "another document has another identifier");

    let lacking = press.render("/names.typ", &json!({ "names": ["张\u{10FFFD}\u{E123}三"] }), &about()).unwrap_err();
    assert_eq!(lacking, Error::GlyphsMissing("\u{E123}\u{10FFFD}".to_owned()));
    assert_eq!(lacking.code(), "glyphs-missing");
}

#[test]
fn a_template_sees_nothing_but_its_data() {
    let press = press();
    for (template, code) in [("/secret.typ", "template-failed"), ("/clock.typ", "template-failed"), ("/none.typ", "template-unknown")] {
        assert_eq!(press.render(template, &json!({}), &about()).unwrap_err().code(), code, "{template}");
    }
    // What the template needs and the data lack is an error, no hole in the paper.
    assert_eq!(press.render("/names.typ", &json!({}), &about()).unwrap_err().code(), "template-failed");
}

#[test]
fn missing_fonts_are_named() {
    let empty = tempfile::tempdir().unwrap();
    let error = Fonts::open(empty.path()).err().unwrap();
    assert_eq!(error.code(), "fonts-missing");
    assert!(error.to_string().contains("FandolFang-Regular.otf") && error.to_string().contains("scripts/fonts"), "{error}");
    assert_eq!(Fonts::lacking(empty.path()), render::WANTED);
    std::fs::write(empty.path().join(render::WANTED[0]), "no font").unwrap();
    assert!(Fonts::open(empty.path()).is_err(), "a file that is no font is none");
}
