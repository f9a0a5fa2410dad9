//! Labels: what is drawn is read back by a scanner.

use image::{GrayImage, Luma};
use property::{Code, matrix};

use crate::scene::Scene;

/// The code as a label draws it: its dark runs, with a quiet zone of four modules.
fn drawn(code: &str) -> GrayImage {
    let (matrix, scale) = (matrix(code).unwrap(), 6_u32);
    let side = (u32::try_from(matrix.width).unwrap() + 8) * scale;
    let mut picture = GrayImage::from_pixel(side, side, Luma([255]));
    for [row, from, length] in matrix.runs() {
        let at = |modules: usize| (u32::try_from(modules).unwrap() + 4) * scale;
        for y in at(row)..at(row) + scale {
            for x in at(from)..at(from + length) {
                picture.put_pixel(x, y, Luma([0]));
            }
        }
    }
    picture
}

#[test]
fn a_drawn_label_is_read_back_as_its_code() {
    for count in [0, 1, 999_999] {
        let code = Code::of_number(&format!("20261122-{count:06}")).unwrap();
        let picture = drawn(code.as_str());
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.get_pixel(x as u32, y as u32).0[0]);
        let grids = seen.detect_grids();
        let (_, words) = grids.first().expect("a code").decode().unwrap();
        assert_eq!(Code::parse(&words), Ok(code));
    }
}

#[tokio::test]
async fn labels_come_on_sheets_and_on_strips() {
    let scene = Scene::new().await;
    let case = scene.seized().await;
    let items = scene.listed(&case, 2).await.join(",");
    scene.stranger.get(&format!("/api/v1/property/labels?items={items}")).await.refused(404, "property-not-found");
    scene.officer.get("/api/v1/property/labels?items=x").await.refused(422, "labels-asked");
    for paper in ["sheet", "strip58", "strip80"] {
        let answer = scene.officer.get(&format!("/api/v1/property/labels?items={items}&paper={paper}")).await;
        if answer.code() == "fonts-missing" {
            // A machine without fonts says so; the sheets are looked at where they are.
            continue;
        }
        assert!(answer.fine().text.starts_with("%PDF"));
    }
}
