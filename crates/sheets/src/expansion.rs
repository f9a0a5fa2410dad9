//! How far a workbook may expand (解压上限): all of it is unpacked once, counted and thrown away, before the reader that keeps much of it in
//! memory gets to see it.
//!
//! A workbook is a zip of XML: a megabyte of it can hold gigabytes. What it declares is looked at first, then what is really there.

use std::{
    fs::File,
    io::{BufReader, Read},
};

use zip::{ZipArchive, read::Config, unstable::read::ZipIterable};

use super::workbook::WorkbookError;

/// What a workbook may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Parts in the zip.
    pub parts: usize,
    /// Bytes of the parts that are kept in memory: shared strings, styles and the like.
    pub kept: u64,
    /// Bytes of the sheets, which stream by.
    pub sheets: u64,
    /// Bytes between two ends of XML: a tag or a text, which is held whole.
    pub piece: usize,
    /// Elements that are kept in memory.
    pub elements: u64,
}

impl Bounds {
    /// What real workbooks stay far below. Who has more saves it as CSV, which is read row by row.
    pub(crate) const USUAL: Self = Self { parts: 10_000, kept: 128 << 20, sheets: 1 << 30, piece: 1 << 20, elements: 3_000_000 };

    /// For whoever takes so many bytes of each; elements that are kept cost about a hundred bytes.
    pub(crate) fn within(largest: u64) -> Self {
        let usual = Self::USUAL;
        Self { kept: usual.kept.min(largest), sheets: usual.sheets.min(largest), elements: usual.elements.min(largest / 100), ..usual }
    }
}

/// Elements of which the reader keeps every one.
const KEPT: [&[u8]; 11] =
    [b"si", b"sheet", b"xf", b"numFmt", b"font", b"fill", b"border", b"cellStyle", b"definedName", b"Relationship", b"color"];

/// Refuses a workbook that is a bomb.
///
/// # Errors
/// `TooLarge` beyond the bounds; `Unreadable` when it is no zip or holds what no workbook does.
pub(crate) fn check(file: &File, bounds: &Bounds) -> Result<(), WorkbookError> {
    // Counted from the directory's end first: the archive itself would keep an entry for each.
    let parts = ZipIterable::try_new(BufReader::new(file), Config::default()).map_err(unreadable)?.len();
    if parts > bounds.parts {
        return Err(WorkbookError::TooLarge);
    }
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(unreadable)?;
    let mut budget = Budget { kept: bounds.kept, sheets: bounds.sheets };
    for at in 0..zip.len() {
        let part = zip.by_index_data(at).map_err(unreadable)?;
        budget.take(&part.name().map_err(unreadable)?, part.size())?;
    }
    let mut budget = Budget { kept: bounds.kept, sheets: bounds.sheets };
    let mut elements = 0;
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).map_err(unreadable)?;
        let name = part.name().map_err(unreadable)?.into_owned();
        if is_xml(&name) {
            elements = unpack(&mut part, &name, &mut budget, elements, bounds)?;
        }
    }
    Ok(())
}

fn unreadable(_: zip::result::ZipError) -> WorkbookError {
    WorkbookError::Damaged
}

/// Pictures and macros are never unpacked by the reader.
fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// Bytes that may still come.
struct Budget {
    kept: u64,
    sheets: u64,
}

impl Budget {
    fn take(&mut self, name: &str, bytes: u64) -> Result<(), WorkbookError> {
        if !is_xml(name) {
            return Ok(());
        }
        let name = name.to_ascii_lowercase().replace('\\', "/");
        let kept_by_name = ["sharedstrings.xml", "styles.xml", ".rels"].iter().any(|end| name.ends_with(end));
        let left = if name.contains("sheets/") && !kept_by_name { &mut self.sheets } else { &mut self.kept };
        *left = left.checked_sub(bytes).ok_or(WorkbookError::TooLarge)?;
        Ok(())
    }
}

fn unpack(part: &mut impl Read, name: &str, budget: &mut Budget, elements: u64, bounds: &Bounds) -> Result<u64, WorkbookError> {
    let mut scanner = Scanner { elements, ..Scanner::default() };
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = part.read(&mut buffer).map_err(|_| WorkbookError::Damaged)?;
        if read == 0 {
            return Ok(scanner.elements);
        }
        budget.take(name, read as u64)?;
        scanner.feed(&buffer[..read], bounds)?;
    }
}

/// Where in the XML a byte stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    /// After `<`.
    Opened,
    /// After `<!`.
    Declared,
    /// After `<!-`.
    HalfComment,
    /// In a comment, after so many dashes.
    Comment(u8),
    /// In a `CDATA` section, after so many brackets.
    Data(u8),
    /// In a processing instruction, after a question mark or not.
    Instruction(bool),
    /// In a tag, inside of these quotes or of none.
    Tag(Option<u8>),
}

/// Walks over XML as the reader will, and looks at how much the reader would hold at once.
#[derive(Default)]
struct Scanner {
    place: Place,
    piece: usize,
    tag: Vec<u8>,
    elements: u64,
}

impl Scanner {
    fn feed(&mut self, bytes: &[u8], bounds: &Bounds) -> Result<(), WorkbookError> {
        for &byte in bytes {
            // No XML holds it; a part of two bytes a character does, and would be read past this scanner.
            if byte == 0 {
                return Err(WorkbookError::Damaged);
            }
            self.piece += 1;
            if self.piece > bounds.piece {
                return Err(WorkbookError::TooLarge);
            }
            self.place = match (self.place, byte) {
                (Place::Text, b'<') => {
                    self.tag.clear();
                    self.piece = 0;
                    Place::Opened
                }
                (Place::Text, _) => Place::Text,
                (Place::Opened, b'!') => Place::Declared,
                (Place::Opened, b'?') => Place::Instruction(false),
                (Place::Declared, b'-') => Place::HalfComment,
                (Place::Declared, b'[') => Place::Data(0),
                (Place::HalfComment, b'-') => Place::Comment(0),
                // A document type can define words that expand without end; no workbook has one.
                (Place::Declared | Place::HalfComment, _) => return Err(WorkbookError::Damaged),
                (Place::Comment(2), b'>') | (Place::Data(2), b'>') | (Place::Instruction(true), b'>') => self.end(),
                (Place::Comment(dashes), b'-') => Place::Comment((dashes + 1).min(2)),
                (Place::Comment(_), _) => Place::Comment(0),
                (Place::Data(brackets), b']') => Place::Data((brackets + 1).min(2)),
                (Place::Data(_), _) => Place::Data(0),
                (Place::Instruction(_), byte) => Place::Instruction(byte == b'?'),
                (Place::Opened | Place::Tag(None), b'>') => {
                    self.element(bounds)?;
                    self.end()
                }
                (Place::Tag(Some(quote)), byte) if byte == quote => self.in_tag(byte, None),
                (Place::Tag(Some(quote)), byte) => self.in_tag(byte, Some(quote)),
                (Place::Opened | Place::Tag(None), b'"' | b'\'') => self.in_tag(byte, Some(byte)),
                (Place::Opened | Place::Tag(None), _) => self.in_tag(byte, None),
            };
        }
        Ok(())
    }

    fn in_tag(&mut self, byte: u8, quote: Option<u8>) -> Place {
        self.tag.push(byte);
        Place::Tag(quote)
    }

    fn end(&mut self) -> Place {
        self.piece = 0;
        Place::Text
    }

    /// A tag is whole: is it one that is kept, or one that asks for memory by a number?
    fn element(&mut self, bounds: &Bounds) -> Result<(), WorkbookError> {
        let name = self.tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next().unwrap_or_default();
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        if KEPT.contains(&local) {
            self.elements += 1;
        }
        // Room for as many strings as are declared is taken at once, whether they come or not.
        let declared = if local == b"sst" { declared_count(&self.tag) } else { 0 };
        if self.elements.max(declared) > bounds.elements {
            return Err(WorkbookError::TooLarge);
        }
        Ok(())
    }
}

/// The largest number that any attribute of a tag holds.
fn declared_count(tag: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(tag);
    let numbers = text.split(['"', '\'']).skip(1).step_by(2).map(str::trim);
    let numbers = numbers.filter(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+'));
    numbers.map(|value| value.trim_start_matches('+').parse().unwrap_or(u64::MAX)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Seek, SeekFrom, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    const SMALL: Bounds = Bounds { parts: 4, kept: 100_000, sheets: 400_000, piece: 2_000, elements: 50 };

    fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn judge(bytes: &[u8]) -> Result<(), WorkbookError> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        check(&file, &SMALL)
    }

    fn judge_strings(content: impl Into<Vec<u8>>) -> Result<(), WorkbookError> {
        judge(&packed(&[("xl/sharedStrings.xml", content.into())]))
    }

    #[track_caller]
    fn too_large(outcome: Result<(), WorkbookError>) {
        assert!(matches!(outcome, Err(WorkbookError::TooLarge)), "{outcome:?}");
    }

    #[test]
    fn what_an_office_writes_passes() {
        let strings = "<?xml version=\"1.0\"?><!-- a - b --><sst count='40' uniqueCount=\"40\"><si><t>河边路灯</t></si></sst>";
        judge_strings(strings).unwrap();
        let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>".repeat(6_000);
        judge(&packed(&[("xl/worksheets/sheet1.xml", sheet.into_bytes()), ("xl/media/a.png", vec![0; 900_000])])).unwrap();
        judge_strings("<sst><![CDATA[ <si> ]] > ]]></sst>").unwrap();
    }

    #[test]
    fn a_part_that_says_it_is_too_large_is_not_unpacked() {
        too_large(judge_strings("<t>x</t>".repeat(20_000)));
        too_large(judge(&packed(&[("xl/worksheets/sheet1.xml", b"<c/>".repeat(120_000))])));
        // A shared part stays one wherever it is put.
        too_large(judge(&packed(&[("xl/worksheets/sharedStrings.xml", b"<t/>".repeat(40_000))])));
    }

    #[test]
    fn a_part_that_lies_about_its_size_is_counted() {
        let mut bytes = packed(&[("xl/sharedStrings.xml", b"<t>x</t>".repeat(20_000))]);
        let real = 160_000_u32.to_le_bytes();
        let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, found)| *found == real).map(|(at, _)| at).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
        assert!(judge(&bytes).is_err());
    }

    #[test]
    fn room_is_not_taken_for_what_is_only_declared() {
        too_large(judge_strings("<sst count=\"1\" uniqueCount=\"99999999999\"></sst>"));
        too_large(judge_strings("<x:sst uniqueCount = ' 99999999999999999999999 '/>"));
        too_large(judge_strings(format!("<sst>{}</sst>", "<si/>".repeat(51))));
    }

    #[test]
    fn one_endless_text_tag_or_comment_is_refused() {
        for (before, filling, after) in
            [("<t>", "a", "</t>"), ("<t a=\"", "<>", "\"/>"), ("<!--", "<a>", "-->"), ("<![CDATA[", "<a>", "]]>"), ("<?x ", "<a>", "?>")]
        {
            too_large(judge_strings(format!("{before}{}{after}", filling.repeat(2_000))));
        }
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(matches!(judge_strings("<!DOCTYPE x [<!ENTITY a \"b\">]><sst/>"), Err(WorkbookError::Damaged)));
        assert!(matches!(judge_strings("<\0s\0s\0t\0/\0>\0"), Err(WorkbookError::Damaged)));
        assert!(matches!(judge(b"PK\x03\x04 not a workbook"), Err(WorkbookError::Damaged)));
        let many: Vec<(String, Vec<u8>)> = (0..5).map(|at| (format!("{at}.xml"), Vec::new())).collect();
        too_large(judge(&packed(&many.iter().map(|(name, content)| (name.as_str(), content.clone())).collect::<Vec<_>>())));
    }
}
