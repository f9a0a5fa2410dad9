//! Simulated pictures: simple street scenes, before and after, each with 模拟 stamped on it.

use std::io::Cursor;

use anyhow::Result;
use image::{ImageFormat, Rgb, RgbImage};

use crate::words;

/// The word 模拟 as dots, two characters of 16 columns, one row a number.
const STAMP: [u32; 16] = [
    0x10881000, 0x10881304, 0x13fe1384, 0x10881344, 0x7ffc7b44, 0x13041324, 0x3bfc132c, 0x3b04130c, 0x37041b08, 0x53fcf308, 0x5020136c,
    0x57fe13dc, 0x10501396, 0x10d81232, 0x138e1062, 0x16027042,
];

const WIDTH: i32 = 800;
const HEIGHT: i32 = 600;
/// How many scenes there are.
pub(crate) const SCENES: usize = 8;

struct Canvas(RgbImage);

impl Canvas {
    fn box_(&mut self, x: i32, y: i32, w: i32, h: i32, colour: [u8; 3]) {
        for row in y.max(0)..(y + h).min(HEIGHT) {
            for column in x.max(0)..(x + w).min(WIDTH) {
                self.dot(column, row, colour);
            }
        }
    }

    fn disc(&mut self, x: i32, y: i32, rx: i32, ry: i32, colour: [u8; 3]) {
        for row in (y - ry).max(0)..(y + ry).min(HEIGHT) {
            for column in (x - rx).max(0)..(x + rx).min(WIDTH) {
                let (dx, dy) = (f64::from(column - x) / f64::from(rx), f64::from(row - y) / f64::from(ry));
                if dx * dx + dy * dy <= 1.0 {
                    self.dot(column, row, colour);
                }
            }
        }
    }

    fn dot(&mut self, x: i32, y: i32, colour: [u8; 3]) {
        // A little grain, so that the picture does not look like a drawing at thumbnail size.
        let grain = ((x.wrapping_mul(374_761_393) ^ y.wrapping_mul(668_265_263)) >> 13 & 15) as i16 - 8;
        let grained = colour.map(|part| (i16::from(part) + grain).clamp(0, 255) as u8);
        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) {
            self.0.put_pixel(x, y, Rgb(grained));
        }
    }
}

fn street(shade: u8) -> Canvas {
    let mut canvas = Canvas(RgbImage::new(WIDTH as u32, HEIGHT as u32));
    for row in 0..260 {
        let fade = (row / 4) as u8;
        canvas.box_(0, row, WIDTH, 1, [150 + fade, 185 + fade / 2, 220]);
    }
    for (index, left) in (0..WIDTH).step_by(160).enumerate() {
        let tall = 130 + (index as i32 * 47 + i32::from(shade)) % 90;
        let tone = 150 + ((index as u8 * 23) ^ shade) % 60;
        canvas.box_(left, 300 - tall, 150, tall, [tone, tone - 12, tone - 24]);
        for floor in (310 - tall..280).step_by(34) {
            for window in (left + 14..left + 130).step_by(36) {
                canvas.box_(window, floor, 20, 18, [90, 110, 130]);
            }
        }
    }
    canvas.box_(0, 300, WIDTH, 90, [176, 172, 165]);
    canvas.box_(0, 390, WIDTH, 210, [96, 98, 102]);
    canvas.box_(0, 386, WIDTH, 8, [205, 205, 200]);
    for left in (20..WIDTH).step_by(150) {
        canvas.box_(left, 490, 80, 8, [225, 225, 220]);
    }
    canvas
}

/// A scene before or after the fix, as JPEG; `taken` varies the light.
pub(crate) fn scene(scene: usize, fixed: bool, taken: u8) -> Result<Vec<u8>> {
    let mut c = street(taken.wrapping_mul(37).wrapping_add(scene as u8 * 11));
    match (scene, fixed) {
        (words::GARBAGE, false) => {
            for (index, x) in (260..520).step_by(36).enumerate() {
                let shades = [[60, 60, 66], [190, 60, 50], [70, 120, 80], [200, 190, 170]];
                c.disc(x, 380 - (index as i32 % 3) * 22, 34, 26, shades[index % 4]);
            }
        }
        (words::GARBAGE, true) => c.box_(360, 320, 52, 70, [60, 125, 85]),
        (words::ROAD, false) => {
            c.disc(400, 470, 120, 36, [58, 56, 54]);
            c.disc(420, 474, 70, 20, [38, 36, 34]);
        }
        (words::ROAD, true) => c.box_(280, 434, 240, 74, [78, 80, 84]),
        (words::LAMP, _) => {
            c.box_(395, 90, 10, 300, [70, 75, 80]);
            c.box_(395, 90, 90, 8, [70, 75, 80]);
            if fixed {
                c.disc(480, 108, 40, 26, [255, 246, 190]);
            } else {
                c.disc(480, 108, 18, 10, [50, 50, 55]);
            }
        }
        (words::STALL, false) => {
            c.box_(250, 250, 280, 24, [200, 60, 50]);
            c.box_(262, 274, 8, 110, [90, 70, 50]);
            c.box_(510, 274, 8, 110, [90, 70, 50]);
            for x in (285..500).step_by(30) {
                c.disc(x, 350, 14, 12, [230, 140 + (x % 60) as u8, 40]);
            }
        }
        (words::CARS, _) => {
            let places: &[i32] = if fixed { &[] } else { &[90, 330, 570] };
            for &x in places {
                c.box_(x, 360, 180, 56, [(x % 200) as u8, 70, 90]);
                c.box_(x + 34, 322, 110, 40, [130, 150, 165]);
                c.disc(x + 40, 416, 20, 20, [25, 25, 28]);
                c.disc(x + 140, 416, 20, 20, [25, 25, 28]);
            }
        }
        (words::WALL, false) => {
            for (index, x) in (180..600).step_by(54).enumerate() {
                let shades = [[240, 240, 235], [250, 225, 90], [240, 150, 150]];
                c.box_(x, 190 + (index as i32 * 29) % 70, 40, 54, shades[index % 3]);
            }
        }
        (words::TREE, _) => {
            c.box_(390, 200, 22, 190, [95, 70, 48]);
            c.disc(400, 170, 110, 80, if fixed { [62, 128, 62] } else { [150, 120, 70] });
            if !fixed {
                c.disc(520, 370, 90, 24, [140, 110, 66]);
            }
        }
        (words::WATER, _) => {
            c.box_(0, 390, WIDTH, 210, if fixed { [70, 120, 140] } else { [74, 82, 66] });
            let drift: &[i32] = if fixed { &[] } else { &[120, 260, 330, 470, 610, 690] };
            for &x in drift {
                c.disc(x, 440 + x % 110, 28, 10, [210, 205, 190]);
            }
        }
        _ => {}
    }
    stamp(&mut c);
    let mut bytes = Cursor::new(Vec::new());
    c.0.write_to(&mut bytes, ImageFormat::Jpeg)?;
    Ok(bytes.into_inner())
}

/// West, north, width, height of the stamp: inside the square and inside the 16:9 strip that pages cut out of the middle.
const STAMP_BOX: [i32; 4] = [116, 92, 32 * DOT + 16, 16 * DOT + 16];
/// The side of the stamp's dots.
const DOT: i32 = 4;

fn stamp(canvas: &mut Canvas) {
    let [west, north, wide, high] = STAMP_BOX;
    canvas.box_(west, north, wide, high, [255, 255, 255]);
    for (row, bits) in STAMP.iter().enumerate() {
        for column in 0..32 {
            if bits >> (31 - column) & 1 == 1 {
                canvas.box_(west + 8 + column * DOT, north + 8 + row as i32 * DOT, DOT, DOT, [176, 32, 32]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_stays_whole_in_square_and_wide_thumbnails() {
        let [west, north, wide, high] = STAMP_BOX;
        let square = (WIDTH - HEIGHT) / 2;
        assert!(west >= square && west + wide <= WIDTH - square);
        let strip = (HEIGHT - WIDTH * 9 / 16) / 2;
        assert!(north >= strip && north + high <= HEIGHT - strip);
    }

    #[test]
    fn every_scene_is_a_jpeg_and_fixing_changes_it() {
        for number in 0..SCENES {
            let (before, after) = (scene(number, false, 0).unwrap(), scene(number, true, 0).unwrap());
            assert!(before.starts_with(&[0xff, 0xd8]) && before != after);
        }
    }
}
