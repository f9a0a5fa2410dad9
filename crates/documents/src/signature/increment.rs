//! The increment that a signature adds to a PDF (ISO 32000-1, 7.5.6 and 12.8): signature, field, and what must name them.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::SignError;

/// Bytes kept free for the signature. Certificate, authority and signature take a good kilobyte.
const ROOM: usize = 8192;
/// As wide as any number that stands in a byte range.
const BLANK: &str = "          ";

/// A file with room for its signature.
pub(super) struct Open {
    bytes: Vec<u8>,
    /// Where the room begins, at its `<`, and where it ends, after its `>`.
    room: (usize, usize),
}

/// Appends the objects of a signature, all but the signature itself.
pub(super) fn prepare(pdf: &[u8], name: &str, reason: &str, now: DateTime<Utc>) -> Result<Open, SignError> {
    let tail = find_last(pdf, b"startxref").ok_or(SignError::Shape("startxref"))?;
    let before: usize = number(&pdf[tail + 9..]).ok_or(SignError::Shape("startxref"))?;
    let trailer = find_last(pdf, b"trailer").ok_or(SignError::Shape("trailer"))?;
    let trailer = between(&pdf[trailer..tail], b"<<", b">>").ok_or(SignError::Shape("trailer"))?;
    let size: usize = after(trailer, b"/Size ").and_then(number).ok_or(SignError::Shape("Size"))?;
    let root: usize = after(trailer, b"/Root ").and_then(number).ok_or(SignError::Shape("Root"))?;
    let catalog = object(pdf, root).ok_or(SignError::Shape("catalog"))?;
    let page = first_page(pdf, catalog).ok_or(SignError::Shape("page"))?;
    let leaf = object(pdf, page).ok_or(SignError::Shape("page"))?;
    if after(catalog, b"/AcroForm").is_some() || after(leaf, b"/Annots").is_some() {
        return Err(SignError::Shape("catalog and page without fields"));
    }
    let (signature, field) = (size, size + 1);
    let mut bytes = pdf.to_vec();
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    let mut places = Vec::new();
    let mut put = |bytes: &mut Vec<u8>, id: usize, body: &[u8]| {
        places.push((id, bytes.len()));
        bytes.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        bytes.extend_from_slice(body);
        bytes.extend_from_slice(b"\nendobj\n");
    };
    put(&mut bytes, root, &with(catalog, &format!("/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>")));
    put(&mut bytes, page, &with(leaf, &format!("/Annots[{field} 0 R]")));
    let moment = now.format("%Y%m%d%H%M%SZ");
    let head = format!(
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:{moment})/Name<{}>/Reason<{}>/ByteRange[0 {BLANK} {BLANK} {BLANK}]/Contents<",
        text(name),
        text(reason)
    );
    put(&mut bytes, signature, format!("{head}{}>>>", "0".repeat(ROOM * 2)).as_bytes());
    put(
        &mut bytes,
        field,
        format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/V {signature} 0 R/Rect[0 0 0 0]/F 132/P {page} 0 R>>").as_bytes(),
    );
    let table = bytes.len();
    bytes.extend_from_slice(b"xref\n");
    places.sort_unstable();
    for (id, place) in &places {
        bytes.extend_from_slice(format!("{id} 1\n{place:010} 00000 n \n").as_bytes());
    }
    let rest = String::from_utf8_lossy(trailer).replacen(&format!("/Size {size}"), &format!("/Size {}/Prev {before}", size + 2), 1);
    bytes.extend_from_slice(format!("trailer\n<<{rest}>>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    // Where the room is, and so what the signature covers.
    let begin = places
        .iter()
        .find(|(id, _)| *id == signature)
        .map_or(0, |(_, place)| place + format!("{signature} 0 obj\n").len() + head.len() - 1);
    let room = (begin, begin + ROOM * 2 + 2);
    let range = format!("{:<10} {:<10} {:<10}", room.0, room.1, bytes.len() - room.1);
    let at = find_last(&bytes[..begin], BLANK.as_bytes()).ok_or(SignError::Shape("byte range"))? - 2 * (BLANK.len() + 1);
    bytes[at..at + range.len()].copy_from_slice(range.as_bytes());
    Ok(Open { bytes, room })
}

impl Open {
    /// SHA-256 of all but the room.
    pub(super) fn digest(&self) -> Vec<u8> {
        Sha256::new().chain_update(&self.bytes[..self.room.0]).chain_update(&self.bytes[self.room.1..]).finalize().to_vec()
    }

    /// Puts the signature into its room.
    pub(super) fn fill(&mut self, signature: &[u8]) -> Result<(), SignError> {
        if signature.len() > ROOM {
            return Err(SignError::TooLarge(signature.len()));
        }
        let digits = hex::encode(signature);
        self.bytes[self.room.0 + 1..self.room.0 + 1 + digits.len()].copy_from_slice(digits.as_bytes());
        Ok(())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// A text string in UTF-16, in hexadecimal digits.
fn text(words: &str) -> String {
    words.encode_utf16().fold("FEFF".to_owned(), |mut digits, unit| {
        let _ = write!(digits, "{unit:04X}");
        digits
    })
}

/// A dictionary with one more entry.
fn with(dictionary: &[u8], entry: &str) -> Vec<u8> {
    let end = find_last(dictionary, b">>").unwrap_or(dictionary.len());
    [&dictionary[..end], entry.as_bytes(), b">>"].concat()
}

/// The body of an object, as it stands last.
fn object(pdf: &[u8], id: usize) -> Option<&[u8]> {
    let head = format!("\n{id} 0 obj");
    let at = find_last(pdf, head.as_bytes())? + head.len();
    let body = &pdf[at..at + find(&pdf[at..], b"endobj")?];
    Some(body.trim_ascii())
}

/// The first page below the catalog.
fn first_page(pdf: &[u8], catalog: &[u8]) -> Option<usize> {
    let mut node: usize = number(after(catalog, b"/Pages ")?)?;
    // The tree of pages of a decision is one or two levels deep.
    for _ in 0..8 {
        match after(object(pdf, node)?, b"/Kids[") {
            Some(kids) => node = number(kids)?,
            None => return Some(node),
        }
    }
    None
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn find_last(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}

fn after<'b>(bytes: &'b [u8], part: &[u8]) -> Option<&'b [u8]> {
    Some(&bytes[find(bytes, part)? + part.len()..])
}

fn between<'b>(bytes: &'b [u8], open: &[u8], close: &[u8]) -> Option<&'b [u8]> {
    let inside = after(bytes, open)?;
    Some(&inside[..find_last(inside, close)?])
}

/// The number that bytes begin with.
fn number(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.trim_ascii_start();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}
