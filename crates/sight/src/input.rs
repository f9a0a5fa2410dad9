//! A picture made ready for the networks: both take sides that are multiples of 32, and planes of one colour after another.

use image::{RgbImage, imageops::FilterType};
use rten::{Value, ValueView};
use rten_tensor::{AsView, NdTensor};

use crate::SightError;

/// A picture at the size at which it is looked at.
pub(crate) struct Scaled {
    picture: RgbImage,
}

impl Scaled {
    /// With `side` as the longer side, up to the next multiple of 32; the other nearly in proportion. Small pictures are enlarged, at
    /// most fourfold, since the networks were taught larger faces.
    pub fn of(picture: &RgbImage, side: u32) -> Self {
        let longer = picture.width().max(picture.height()).max(1);
        let side = side.min(longer.saturating_mul(4));
        let fitted = |own: u32| (u64::from(own.max(1)) * u64::from(side)).div_ceil(u64::from(longer)).div_ceil(32) as u32 * 32;
        Self { picture: image::imageops::resize(picture, fitted(picture.width()), fitted(picture.height()), FilterType::Triangle) }
    }

    /// Across, in pixels.
    pub fn width(&self) -> usize {
        self.picture.width() as usize
    }

    /// Down, in pixels.
    pub fn height(&self) -> usize {
        self.picture.height() as usize
    }

    /// The planes in the order and with the shift that a network was taught with.
    pub fn planes(&self, channels: [usize; 3], shift: [f32; 3]) -> NdTensor<f32, 4> {
        let (width, height) = (self.width(), self.height());
        let mut values = Vec::with_capacity(3 * width * height);
        for (channel, shift) in channels.into_iter().zip(shift) {
            values.extend(self.picture.pixels().map(|pixel| f32::from(pixel.0[channel]) - shift));
        }
        NdTensor::from_data([1, 3, height, width], values)
    }
}

/// The numbers of an output in the order they lie in.
pub(crate) fn numbers(value: &Value) -> Result<Vec<f32>, SightError> {
    match value.as_view() {
        ValueView::FloatTensor(view) => Ok(view.to_vec()),
        _ => Err(SightError::Run("an output of another type than was expected".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_multiples_of_32_and_nearly_in_proportion() {
        for (width, height, side, expected) in
            [(1600, 1200, 640, (640, 480)), (1600, 1000, 1280, (1280, 800)), (100, 3000, 640, (32, 640)), (8, 8, 640, (32, 32))]
        {
            let scaled = Scaled::of(&RgbImage::new(width, height), side);
            assert_eq!((scaled.width(), scaled.height()), expected);
        }
    }

    #[test]
    fn planes_come_in_the_order_that_is_asked_for() {
        let picture = RgbImage::from_pixel(32, 32, image::Rgb([10, 20, 30]));
        let planes = Scaled::of(&picture, 32).planes([2, 1, 0], [1.0, 2.0, 3.0]);
        assert_eq!([planes[[0, 0, 5, 5]], planes[[0, 1, 5, 5]], planes[[0, 2, 5, 5]]], [29.0, 18.0, 7.0]);
    }
}
