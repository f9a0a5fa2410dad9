//! Answering with a file: the original or its thumbnail, whole, in part, or "you have it already".

use std::ops::Range;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{StreamExt, stream::BoxStream};
use http_api::ApiProblem;
use kernel::problem::Problem;

use crate::{FileId, Files, MediaType, object, picture, put::not_found};

/// Which form of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// As it came, metadata and all (原件): for those who handle the lead.
    Original,
    /// A JPEG of at most 480 pixels without metadata, uncovered (缩略图): for those who handle the lead.
    Thumbnail,
}

impl Files {
    /// The bytes of the original, as they come from the store.
    ///
    /// # Errors
    /// `file-not-found`; the store out of reach.
    pub async fn open(&self, id: &FileId) -> Result<BoxStream<'static, object_store::Result<Bytes>>, ApiProblem> {
        let meta = self.meta(id).await?;
        Ok(object::stream(&*self.objects, &object::original(id), 0..meta.size.unsigned_abs()).await?)
    }

    /// The thumbnail as a JPEG.
    ///
    /// # Errors
    /// `file-not-found`; `picture-missing` for a document.
    pub async fn thumbnail(&self, id: &FileId) -> Result<Bytes, ApiProblem> {
        self.derived(id, "thumbnail", picture::THUMBNAIL_SIDE, 80).await
    }

    async fn derived(&self, id: &FileId, kind: &'static str, side: u32, quality: u8) -> Result<Bytes, ApiProblem> {
        let path = object::derived(kind, id);
        if let Some(kept) = object::get(&*self.objects, &path).await? {
            return Ok(kept);
        }
        let meta = self.meta(id).await?;
        let media = meta.kind().filter(|media| media.is_picture());
        let media = media.ok_or_else(|| Problem::not_found("picture-missing", "该文件不是图片，没有缩略图"))?;
        let original = object::get(&*self.objects, &object::original(id)).await?.ok_or_else(|| lost(id))?;
        let made = self.with_pictures(move || picture::shrink(&picture::decode(&original, media)?, side, quality)).await?;
        let made = Bytes::from(made);
        object::put(&*self.objects, &path, made.clone()).await?;
        Ok(made)
    }

    /// Answers a GET for a form of a file. Who may see it was decided by the caller.
    ///
    /// # Errors
    /// `file-not-found`, `picture-missing`, `range-not-satisfiable` (as a response of its own); store or database out of reach.
    pub async fn serve(&self, id: &FileId, variant: Variant, headers: &HeaderMap) -> Result<Response, ApiProblem> {
        match variant {
            Variant::Original => {
                let meta = self.meta(id).await?;
                let held = Held::Original(Kept::of(meta.kind().ok_or_else(not_found)?, meta.size.unsigned_abs()));
                self.answer(id, &format!("\"{id}\""), held, headers).await
            }
            Variant::Thumbnail => self.answer(id, &format!("\"{id}-thumbnail\""), Held::Bytes(self.thumbnail(id).await?), headers).await,
        }
    }

    /// Answers with what is held, whole, in part, or "you have it already" by its tag.
    pub(crate) async fn answer(&self, id: &FileId, tag: &str, held: Held, headers: &HeaderMap) -> Result<Response, ApiProblem> {
        let (kept, bytes) = held.apart();
        let mut answer = if matches_tag(headers, header::IF_NONE_MATCH, tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            // A range of another content than the client has would splice two files together.
            let ranged = !headers.contains_key(header::IF_RANGE) || matches_tag(headers, header::IF_RANGE, tag);
            let asked = if ranged { requested(headers, kept.size) } else { Asked::Whole };
            self.body(id, &kept, bytes, asked).await?
        };
        let set = answer.headers_mut();
        set.insert(header::ETAG, text(tag));
        set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
        set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        set.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // A hostile document opened from here runs without scripts and without our origin.
        set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
        let manner = if kept.shown { "inline" } else { "attachment" };
        set.insert(header::CONTENT_DISPOSITION, text(&format!("{manner}; filename=\"{}.{}\"", &id.as_str()[..16], kept.ending)));
        Ok(answer)
    }

    async fn body(&self, id: &FileId, kept: &Kept, held: Option<Bytes>, asked: Asked) -> Result<Response, ApiProblem> {
        let size = kept.size;
        let (status, range) = match asked {
            Asked::Whole => (StatusCode::OK, 0..size),
            Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
            Asked::Impossible => {
                let unsatisfied = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
                return Ok((StatusCode::RANGE_NOT_SATISFIABLE, unsatisfied).into_response());
            }
        };
        let length = range.end - range.start;
        let content_range = (status == StatusCode::PARTIAL_CONTENT).then(|| format!("bytes {}-{}/{size}", range.start, range.end - 1));
        let body = match held {
            // The range lies inside `size`, which is the length of these very bytes.
            Some(bytes) => Body::from(bytes.slice(to_index(range.start)..to_index(range.end))),
            None => {
                let path = object::original(id);
                if object::size(&*self.objects, &path).await? != Some(size) {
                    return Err(lost(id).into());
                }
                let stream = object::stream(&*self.objects, &path, range).await?;
                Body::from_stream(
                    stream.map(|chunk| chunk.inspect_err(|error| tracing::error!(%error, "a file broke off while it was sent"))),
                )
            }
        };
        let mut answer = (status, [(header::CONTENT_TYPE, text(&kept.media_type))], body).into_response();
        answer.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        if let Some(range) = content_range {
            answer.headers_mut().insert(header::CONTENT_RANGE, text(&range));
        }
        Ok(answer)
    }
}

fn to_index(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// A row names bytes that are gone or changed: somebody touched the store behind our back.
pub(crate) fn lost(id: &FileId) -> Problem {
    tracing::error!(file = %id, "the store has lost a file that the table names");
    Problem::unavailable("file-lost", "文件存储中找不到该文件的完整内容，请联系系统管理员")
}

fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).expect("made of hexadecimal digits and ASCII words")
}

fn matches_tag(headers: &HeaderMap, name: header::HeaderName, tag: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|list| list.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*"))
}

/// What is answered with.
pub(crate) enum Held {
    /// The original in the store.
    Original(Kept),
    /// A JPEG in memory.
    Bytes(Bytes),
}

/// How a file is answered with.
pub(crate) struct Kept {
    /// The IANA name of its kind.
    pub media_type: String,
    /// The ending of its name.
    pub ending: &'static str,
    /// A browser may show it where it stands; otherwise it is handed over as a file.
    pub shown: bool,
    /// Bytes.
    pub size: u64,
}

impl Kept {
    fn of(media: MediaType, size: u64) -> Self {
        Self { media_type: media.name().to_owned(), ending: media.ending(), shown: media.is_picture(), size }
    }
}

impl Held {
    /// How it is answered with, and the bytes where they are in memory.
    fn apart(self) -> (Kept, Option<Bytes>) {
        match self {
            Self::Original(kept) => (kept, None),
            Self::Bytes(bytes) => (Kept::of(MediaType::Jpeg, bytes.len() as u64), Some(bytes)),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    Impossible,
}

/// The one range that is asked for; several at once, or what is not understood, get the whole, as RFC 9110 allows.
fn requested(headers: &HeaderMap, size: u64) -> Asked {
    let Some(spec) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-') else { return Asked::Whole };
    let number = |digits: &str| if digits.is_empty() { Some(None) } else { digits.parse::<u64>().ok().map(Some) };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) => {
            let end = last.map_or(size, |last| last.saturating_add(1).min(size));
            if first >= size {
                Asked::Impossible
            } else if first >= end {
                Asked::Whole
            } else {
                Asked::Part(first..end)
            }
        }
        (Some(None), Some(Some(0))) => Asked::Impossible,
        (Some(None), Some(Some(tail))) => Asked::Part(size.saturating_sub(tail)..size),
        _ => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(value: &str) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, value.parse().unwrap());
        requested(&headers, 100)
    }

    #[test]
    fn ranges_as_the_standard_reads_them() {
        assert_eq!(range("bytes=0-9"), Asked::Part(0..10));
        assert_eq!(range("bytes=90-"), Asked::Part(90..100));
        assert_eq!(range("bytes=90-1000"), Asked::Part(90..100));
        assert_eq!(range("bytes=-10"), Asked::Part(90..100));
        assert_eq!(range("bytes=-1000"), Asked::Part(0..100));
        assert_eq!(range("bytes=100-"), Asked::Impossible);
        assert_eq!(range("bytes=-0"), Asked::Impossible);
        assert_eq!(range("bytes=9-3"), Asked::Whole);
        assert_eq!(range("bytes=0-1,5-6"), Asked::Whole);
        assert_eq!(range("lines=0-1"), Asked::Whole);
        assert_eq!(range("bytes=-"), Asked::Whole);
    }
}
