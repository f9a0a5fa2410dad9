//! What tests ask of a house that stands: photos, counts, rules.

use std::sync::atomic::Ordering;

use image::{ImageFormat, RgbImage};

use super::House;

impl House {
    /// A photo that was uploaded; each is another.
    pub async fn photo(&self) -> String {
        let seed = self.photos.fetch_add(1, Ordering::Relaxed);
        let picture = RgbImage::from_fn(8, 8, |x, y| image::Rgb([seed.to_le_bytes()[0], (x * 30) as u8, (y * 30) as u8]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
        let meta = self.files.put(bytes.into_inner().into(), None).await.expect("the photo is kept");
        meta.id.to_string()
    }

    /// Counts rows.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.test.owner_pool).await.expect("a count")
    }
}
