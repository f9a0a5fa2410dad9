//! What a large file is, by its first bytes alone.

/// Bytes that are looked at.
pub(super) const HEAD: usize = 8 * 1024;

/// What nobody knows by its content.
pub(super) const UNKNOWN: &str = "application/octet-stream";

/// The IANA name of what begins with `head`.
pub(super) fn judge(head: &[u8]) -> &'static str {
    infer::get(head).map_or(UNKNOWN, |kind| kind.mime_type())
}

/// Whether a browser may show it where it stands: pictures, sound and moving pictures. A document or a page is handed over as a file, since
/// opened here it would be ours.
pub(super) fn is_shown(media_type: &str) -> bool {
    let plain = ["image/", "audio/", "video/"].iter().any(|start| media_type.starts_with(start));
    plain && !media_type.contains("svg") && !media_type.contains("xml")
}

/// The usual ending of the name of a file of this kind; `bin` where there is none.
#[must_use]
pub fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "application/pdf" => "pdf",
        "video/mp4" => "mp4",
        "video/webm" => "webm",
        "video/quicktime" => "mov",
        "video/x-msvideo" => "avi",
        "video/x-matroska" => "mkv",
        "audio/mpeg" => "mp3",
        "audio/m4a" => "m4a",
        "audio/x-wav" => "wav",
        "audio/ogg" => "ogg",
        "audio/x-flac" => "flac",
        "application/zip" => "zip",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_counts() {
        assert_eq!(judge(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), "video/mp4");
        let mut webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm".to_vec();
        webm.resize(300, 0);
        assert_eq!(judge(&webm), "video/webm");
        assert_eq!(judge(b"nothing that is known"), UNKNOWN);
        assert!(is_shown("video/mp4") && !is_shown("text/html") && !is_shown("image/svg+xml") && !is_shown("application/pdf"));
    }
}
