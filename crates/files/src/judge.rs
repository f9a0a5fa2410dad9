//! What a file is, judged by its content alone, and whether all of it is there.

use kernel::problem::Problem;

use crate::limits::LARGEST;

/// A kind of file that is kept (文件类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// A JPEG photo.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A PDF document.
    Pdf,
}

impl MediaType {
    /// The IANA name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The usual ending of a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// Whether it is a picture.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf].into_iter().find(|kind| kind.name() == name)
    }
}

/// The kind of these bytes, if they are of a kind that is kept and complete to their last mark.
pub(crate) fn judge(bytes: &[u8]) -> Result<MediaType, Problem> {
    if bytes.is_empty() {
        return Err(Problem::invalid("file-empty", "文件是空的，请重新选择"));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    let kind = match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("image/jpeg") => MediaType::Jpeg,
        Some("image/png") => MediaType::Png,
        Some("image/webp") => MediaType::Webp,
        Some("application/pdf") => MediaType::Pdf,
        _ => {
            return Err(Problem::unsupported(
                "file-type-unsupported",
                "只接收 JPEG、PNG、WebP 图片和 PDF 文件；该文件的内容不属于其中任何一种",
            ));
        }
    };
    let whole = match kind {
        MediaType::Jpeg => jpeg_ends(bytes),
        MediaType::Png => png_ends(bytes),
        MediaType::Webp => webp_ends(bytes),
        MediaType::Pdf => pdf_ends(bytes),
    };
    if whole { Ok(kind) } else { Err(truncated()) }
}

/// The problem of a file beyond the limit.
pub(crate) fn too_large() -> Problem {
    Problem::too_large("file-too-large", "文件超过 20 MB，请压缩后再上传")
}

/// The problem of a file that is cut off or damaged.
pub(crate) fn truncated() -> Problem {
    Problem::invalid("file-damaged", "文件不完整或已损坏，无法打开，请重新拍摄或重新选择后上传")
}

/// Walks the segments to the end-of-image mark: decoders paint the missing rest grey and say nothing.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut in_scan = false;
    loop {
        let Some(&byte) = bytes.get(at) else { return false };
        if byte != 0xFF {
            // Entropy-coded data; outside a scan some cameras leave padding between segments.
            at += 1;
            continue;
        }
        let Some(&mark) = bytes.get(at + 1) else { return false };
        match mark {
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
            0xD9 => return in_scan,
            _ => {
                in_scan |= mark == 0xDA;
                let Some(length) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
            }
        }
    }
}

fn png_ends(bytes: &[u8]) -> bool {
    let mut at = 8_usize;
    while let Some(head) = bytes.get(at..at.saturating_add(8)) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        at = at.saturating_add(12).saturating_add(length);
        if &head[4..8] == b"IEND" {
            return at <= bytes.len();
        }
    }
    false
}

fn webp_ends(bytes: &[u8]) -> bool {
    bytes.get(4..8).is_some_and(|size| u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize + 8 <= bytes.len())
}

fn pdf_ends(bytes: &[u8]) -> bool {
    // Readers look for the mark in the last kilobyte; what some programs append fits into two.
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    tail.windows(5).any(|window| window == b"%%EOF")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_refused() {
        assert_eq!(judge(b"").unwrap_err().code, "file-empty");
        assert_eq!(judge(b"<html><script>alert(1)</script>").unwrap_err().code, "file-type-unsupported");
        assert_eq!(judge(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").unwrap_err().code, "file-type-unsupported");
        assert_eq!(judge(b"MZ\x90\x00\x03\x00\x00\x00").unwrap_err().code, "file-type-unsupported");
    }

    #[test]
    fn a_document_has_its_last_mark() {
        assert_eq!(judge(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"), Ok(MediaType::Pdf));
        assert_eq!(judge(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n").unwrap_err().code, "file-damaged");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_judge_fall(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), head in 0_usize..4) {
            let mut file = [&b"\xFF\xD8\xFF"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"%PDF-"][head].to_vec();
            file.extend(bytes);
            let _ = judge(&file);
        }
    }
}
