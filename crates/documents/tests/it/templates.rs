//! Every template with its sample in the real press. `BIHUAN_SAMPLES=<folder>` keeps the PDFs for looking at.

use documents::{Paper, Standing, form, kinds};
use serde_json::{Value, json};

use crate::house::{printing, sample};

/// The texts of data, without blanks.
fn words(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.chars().any(|it| !it.is_ascii() && it.is_alphanumeric()) => {
            found.push(text.split_whitespace().collect())
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| words(field, found)),
        _ => {}
    }
}

/// What a PDF says, as poppler reads it, without blanks.
fn pdf_text(bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let said = std::process::Command::new("pdftotext").arg("-raw").arg(file.path()).arg("-").output().expect("pdftotext of poppler-utils");
    String::from_utf8_lossy(&said.stdout).split_whitespace().collect()
}

/// What a Word file says in body, header and footer, without blanks. Every part of it is well-formed XML.
pub fn word_text(bytes: &[u8]) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut said = String::new();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.iter().any(|name| name == "word/document.xml") && names.iter().any(|name| name == "[Content_Types].xml"), "{names:?}");
    for name in names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let mut inside = false;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) => inside = tag.name().as_ref() == "w:t",
                quick_xml::events::Event::End(_) => inside = false,
                quick_xml::events::Event::Text(text) if inside => said.push_str(&text),
                _ => {}
            }
        }
    }
    said.split_whitespace().collect()
}

fn standing(draft: bool) -> Standing {
    Standing {
        number: (!draft).then(|| "模综执罚决字〔2026〕第1号".to_owned()), draft, simulated: true, made: None, key: "sample".into()
    }
}

#[test]
fn every_template_prints_its_sample_which_lacks_nothing() {
    let printing = printing();
    let folder = std::env::var_os("BIHUAN_SAMPLES").map(std::path::PathBuf::from);
    for template in form::templates() {
        for data in template.samples() {
            let read = template.read(&data).unwrap_or_else(|problem| panic!("{}: {}", template.code, problem.detail));
            assert!(read.missing.is_empty(), "{}: {:?}", template.code, read.missing);
            assert_eq!(template.read(read.data()).unwrap().data(), read.data(), "{}: what is kept reads again", template.code);
            let pdf = printing
                .print(template, &read, Paper::Sheet, &standing(false))
                .unwrap_or_else(|problem| panic!("{}: {problem:?}", template.code));
            assert!(pdf.pages >= 1 && pdf.bytes.len() > 5_000, "{}", template.code);
            let word = printing.editing_copy(template, &read, &standing(false)).unwrap();
            // What the PDF says of these data, the editing copy says too.
            let (printed, said) = (pdf_text(&pdf.bytes), word_text(&word));
            let mut leaves = Vec::new();
            words(read.data(), &mut leaves);
            let of_pdf: Vec<&String> = leaves.iter().filter(|leaf| printed.contains(leaf.as_str())).collect();
            assert!(of_pdf.len() >= 3, "{}: {} of {} texts in the PDF", template.code, of_pdf.len(), leaves.len());
            for leaf in of_pdf {
                assert!(said.contains(leaf.as_str()), "{}: {leaf} is not in the editing copy: {said}", template.code);
            }
            assert!(said.contains("不是文书原件") && said.contains("模拟"), "{}", template.code);
            if let Some(folder) = &folder {
                let name = read.part.map_or_else(|| template.code.to_owned(), |part| format!("{}-{}", template.code, part.code));
                std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes).unwrap();
                std::fs::write(folder.join(format!("{name}.docx")), &word).unwrap();
            }
        }
        // A draft that says nothing yet can be looked at too, whichever paper of its kind it is.
        let papers: Vec<Value> = match template.parts() {
            parts if parts.is_empty() => vec![json!({})],
            parts => parts.into_iter().map(|part| json!({ "part": part.code })).collect(),
        };
        for paper in papers {
            let empty = template.read(&paper).unwrap();
            assert!(!empty.missing.is_empty(), "{} must lack something when it is empty", template.code);
            printing
                .print(template, &empty, Paper::Sheet, &standing(true))
                .unwrap_or_else(|problem| panic!("empty {} {paper}: {problem:?}", template.code));
        }
    }
    let template = form::of("D14").unwrap();
    let strip = printing.print(template, &template.read(&template.sample()).unwrap(), Paper::Strip, &standing(false)).unwrap();
    assert_eq!(strip.pages, 1);
    if let Some(folder) = &folder {
        std::fs::write(folder.join("D14-strip.pdf"), &strip.bytes).unwrap();
    }
    assert_eq!(kinds().iter().filter(|kind| kind.template.is_some()).count(), form::templates().len(), "each template is of a kind");
}

/// The elements that a form lacks when a field is taken out of its sample.
fn lacking(code: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut data = sample(code);
    change(&mut data);
    form::of(code).unwrap().read(&data).unwrap().missing.into_iter().map(|one| one.element).collect()
}

#[test]
fn a_decision_without_a_statutory_element_says_which() {
    for (field, element) in [
        ("party", "party"),
        ("facts", "facts"),
        ("evidence", "evidence"),
        ("course", "notice"),
        ("violated", "violated"),
        ("basis", "basis"),
        ("penalties", "penalty"),
        ("payment", "payment"),
        ("remedies", "review-body"),
        ("organ", "organ"),
        ("decided_on", "date"),
    ] {
        let found = lacking("D15", |data| drop(data.as_object_mut().unwrap().remove(field)));
        assert!(found.iter().any(|one| one == element), "without {field}: {found:?}");
    }
    assert_eq!(lacking("D15", |data| data["penalties"][0]["amount_fen"] = json!(null)), ["amount"]);
    assert_eq!(lacking("D15", |data| data["party"]["address"] = json!(" ")), ["party-address"]);
    let articles = form::of("D15").unwrap().read(&json!({})).unwrap().missing;
    assert!(articles.iter().all(|one| one.article.contains("行政处罚法")), "{articles:?}");

    // The simple procedure: two officers with two certificates, its limits, and review first.
    assert_eq!(lacking("D14", |data| data["officers"][1]["certificate"] = data["officers"][0]["certificate"].clone()), ["officers"]);
    assert_eq!(lacking("D14", |data| data["penalties"][0]["amount_fen"] = json!(20_001)), ["amount-within-simple"]);
    assert_eq!(lacking("D14", |data| data["penalties"][0]["amount_fen"] = json!(20_000)), Vec::<String>::new());
    assert_eq!(lacking("D14", |data| data["payment"] = json!(null)), ["payment"]);
    assert_eq!(lacking("D16", |data| data["education"] = json!([])), ["education"]);
    assert_eq!(lacking("C02", |data| data["days"] = json!(31)), ["thirty-days"]);
    assert_eq!(lacking("D12", |data| data["views"] = json!([{ "speaker": "负责人01", "said": "同意" }])), ["views"]);
    assert_eq!(lacking("D10", |data| data["host"] = data["officers"][0]["name"].clone()), ["other-host"]);
    assert_eq!(lacking("B03", |data| data["exchanges"] = json!([{ "question": "姓名？", "answer": "当事人02" }])), ["recusal"]);
}

#[test]
fn data_of_another_form_are_refused_without_repeating_them() {
    let mut data = sample("D15");
    data["penalty"] = json!("13900000001");
    let problem = form::of("D15").unwrap().read(&data).err().unwrap();
    assert_eq!(problem.code, "document-data-invalid");
    data = sample("D15");
    data["decided_on"] = json!("13900000001");
    let problem = form::of("D15").unwrap().read(&data).err().unwrap();
    assert!(!problem.detail.contains("13900000001"), "{}", problem.detail);
}
