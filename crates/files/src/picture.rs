//! Decoding, turning and shrinking pictures, within limits that no hostile picture can widen.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use kernel::problem::Problem;

use crate::{
    judge::{MediaType, truncated},
    limits::MOST_PIXELS,
};

/// The longer side of a thumbnail (缩略图).
pub(crate) const THUMBNAIL_SIDE: u32 = 480;
/// The longer side of a public copy (公开副本).
pub(crate) const PUBLIC_SIDE: u32 = 1600;
/// The memory that one decoding may take.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// Decodes the whole picture and turns it upright.
pub(crate) fn decode(bytes: &[u8], kind: MediaType) -> Result<DynamicImage, Problem> {
    let format = match kind {
        MediaType::Jpeg => image::ImageFormat::Jpeg,
        MediaType::Png => image::ImageFormat::Png,
        MediaType::Webp => image::ImageFormat::WebP,
        MediaType::Pdf => return Err(Problem::not_found("picture-missing", "该文件不是图片，没有缩略图")),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refuse(&error))?;
    let (width, height) = decoder.dimensions();
    // The header is believed before a single pixel is: a bomb is refused by what it claims.
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(Problem::too_large("picture-too-large", "图片超过 5000 万像素，请缩小后再上传"));
    }
    if width == 0 || height == 0 {
        return Err(truncated());
    }
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refuse(&error))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn refuse(error: &image::ImageError) -> Problem {
    match error {
        image::ImageError::Limits(_) => Problem::too_large("picture-too-large", "图片过大，请缩小后再上传"),
        _ => truncated(),
    }
}

/// A JPEG without any metadata whose longer side is at most `side`; never larger than the original.
pub(crate) fn shrink(picture: &DynamicImage, side: u32, quality: u8) -> Result<Vec<u8>, Problem> {
    as_jpeg(&fitted(picture, side), quality)
}

/// The picture on white paper, with its longer side at most `side`; never larger than the original.
pub(crate) fn fitted(picture: &DynamicImage, side: u32) -> RgbImage {
    if picture.width() <= side && picture.height() <= side {
        return flatten(picture);
    }
    // The quick integer reduction first, so that the good filter only works on four times the wanted size.
    let rough = if picture.width().max(picture.height()) > side * 4 { picture.thumbnail(side * 2, side * 2) } else { picture.clone() };
    flatten(&rough.resize(side, side, FilterType::Triangle))
}

/// The picture as a JPEG without any metadata.
pub(crate) fn as_jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Problem> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(picture).map_err(|error| {
        tracing::error!(%error, "a decoded picture could not be encoded");
        Problem::internal("internal", "缩略图生成失败，已记录")
    })?;
    Ok(jpeg)
}

/// JPEG knows no transparency: what shows through is white paper.
fn flatten(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let source = picture.to_rgba8();
    let mut paper = RgbImage::new(source.width(), source.height());
    for (to, from) in paper.pixels_mut().zip(source.pixels()) {
        let alpha = u32::from(from.0[3]);
        for channel in 0..3 {
            let mixed = (u32::from(from.0[channel]) * alpha + 255 * (255 - alpha)) / 255;
            to.0[channel] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    paper
}
