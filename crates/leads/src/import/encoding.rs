//! In which characters a file is written (编码), found by its content.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::Path,
};

use encoding_rs::{DecoderResult, Encoding as Table, GB18030, UTF_16BE, UTF_16LE};

/// The encodings that files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, with or without a mark in front.
    Utf8,
    /// GBK and its superset GB 18030.
    Gb18030,
    /// What spreadsheets call Unicode text.
    Utf16Le,
    /// The same, the other way round.
    Utf16Be,
}

/// The mark in front of some UTF-8 files.
pub(crate) const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
const CHUNK: usize = 64 * 1024;

impl Encoding {
    /// The name that people read.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }

    const fn table(self) -> &'static Table {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => GB18030,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        }
    }
}

/// Reads the whole file: it is UTF-8 where nearly all of what is not ASCII is well formed, so that one broken byte does not turn a
/// good file into gibberish.
pub(crate) fn detect(path: &Path) -> io::Result<Encoding> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; CHUNK];
    let (mut kept, mut good, mut bad, mut first) = (0, 0_u64, 0_u64, true);
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let all = &buffer[..kept + read];
        if first && all.starts_with(&[0xFF, 0xFE]) {
            return Ok(Encoding::Utf16Le);
        }
        if first && all.starts_with(&[0xFE, 0xFF]) {
            return Ok(Encoding::Utf16Be);
        }
        first = false;
        // A character may be cut by the end of the chunk: its bytes wait for the next.
        let whole = if read == 0 { all.len() } else { all.len() - cut_off(all) };
        for chunk in all[..whole].utf8_chunks() {
            good += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
            bad += u64::from(!chunk.invalid().is_empty());
        }
        if read == 0 {
            return Ok(if bad == 0 || bad * 20 < good { Encoding::Utf8 } else { Encoding::Gb18030 });
        }
        let length = all.len();
        buffer.copy_within(whole..length, 0);
        kept = length - whole;
    }
}

/// How many bytes at the end may be the beginning of a character.
fn cut_off(bytes: &[u8]) -> usize {
    (1..=3.min(bytes.len()))
        .find(|&back| {
            let byte = bytes[bytes.len() - back];
            let wants = match byte {
                0xC0..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF7 => 4,
                _ => 0,
            };
            wants > back
        })
        .unwrap_or(0)
}

/// Writes the file again in UTF-8. What cannot be read becomes a byte that is never valid, so that the row it stands in is refused
/// instead of taken in with a hole.
pub(crate) fn transcode(from: &Path, encoding: Encoding, to: &Path) -> io::Result<()> {
    let mut source = BufReader::with_capacity(CHUNK, File::open(from)?);
    let mut target = BufWriter::with_capacity(CHUNK, File::create(to)?);
    let mut decoder = encoding.table().new_decoder_with_bom_removal();
    let (mut input, mut output) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let length = source.read(&mut input)?;
        let last = length == 0;
        let mut from = 0;
        loop {
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(&input[from..length], &mut output, last);
            target.write_all(&output[..written])?;
            from += read;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => target.write_all(&[0xFF])?,
            }
        }
        if last {
            break;
        }
    }
    target.into_inner()?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn encodings_are_found_by_content() {
        let words = "编号,内容\n1,路灯不亮，请尽快维修\n".repeat(4_000);
        assert_eq!(detect(file(words.as_bytes()).path()).unwrap(), Encoding::Utf8);
        assert_eq!(detect(file(&[&MARK, words.as_bytes()].concat()).path()).unwrap(), Encoding::Utf8);
        assert_eq!(detect(file(&GB18030.encode(&words).0).path()).unwrap(), Encoding::Gb18030);
        assert_eq!(detect(file(b"\xFF\xFE1\x00").path()).unwrap(), Encoding::Utf16Le);
        assert_eq!(detect(file(b"id,text\n").path()).unwrap(), Encoding::Utf8);
        let mut broken = words.into_bytes();
        broken[9] = 0xFF;
        assert_eq!(detect(file(&broken).path()).unwrap(), Encoding::Utf8, "one broken byte");
    }

    #[test]
    fn what_cannot_be_read_stays_unreadable() {
        let source = file(&[&GB18030.encode("井盖").0[..], &[0x81, b'\n'], &GB18030.encode("缺失").0[..]].concat());
        let target = tempfile::NamedTempFile::new().unwrap();
        transcode(source.path(), Encoding::Gb18030, target.path()).unwrap();
        let written = std::fs::read(target.path()).unwrap();
        assert!(written.starts_with("井盖".as_bytes()) && written.ends_with("缺失".as_bytes()));
        assert!(std::str::from_utf8(&written).is_err());
    }
}
