//! The picture of a finding (示意图): track and places from their coordinates, to scale, with nothing under them: the house has no maps of
//! its own to print.

use std::{fmt::Write, path::Path};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use fences::Plane;
use geo::Coord;
use http_api::{Answer, Path as Of};
use identity::Allowed;
use kernel::clock::shanghai;
use resvg::{tiny_skia, usvg};
use uuid::Uuid;

use super::{
    not_found,
    store::{self, Kept},
    view::{FindingNumber, rule_of},
};
use crate::{Findings, PlaceKind, rights};

/// Width and height of the map, and of the words under it.
const SIZE: (f64, f64) = (800.0, 520.0);
const WORDS: f64 = 112.0;
/// A picture shows so much at least, in metres.
const LEAST_M: f64 = 200.0;
/// Letters of a line of words.
const LINE: usize = 96;

/// Draws a finding.
///
/// # Errors
/// `finding-not-found`.
#[utoipa::path(get, path = "/api/v1/findings/{id}/picture", tag = "findings", operation_id = "draw_vehicle_finding",
    params(("id" = Uuid, Path, description = "The finding")),
    responses((status = 200, description = "The picture", content((Vec<u8> = "image/svg+xml")))))]
pub(crate) async fn show(State(room): State<Findings>, allowed: Allowed<rights::SeeFindings>, Of(id): Of<Uuid>) -> Answer<Response> {
    let kept = store::one(room.pool(), room.region(), &allowed.scope(), id).await?.ok_or_else(not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        // Opened by itself it runs nothing and loads nothing.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ];
    Ok((headers, draw(&kept)).into_response())
}

fn escaped(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).fold(String::new(), |mut out, it| {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            it => out.push(it),
        }
        out
    })
}

/// From degrees to the picture.
struct View {
    plane: Plane,
    scale: f64,
    middle: Coord<f64>,
}

impl View {
    fn over(kept: &Kept) -> Self {
        let origin = Coord { x: kept.lon, y: kept.lat };
        let plane = Plane::at(origin);
        let spots = kept.track.0.iter().map(|spot| plane.place(Coord { x: spot.1, y: spot.2 }));
        let (mut low, mut high) = (Coord { x: 0.0_f64, y: 0.0_f64 }, Coord { x: 0.0_f64, y: 0.0_f64 });
        for at in spots {
            low = Coord { x: low.x.min(at.x), y: low.y.min(at.y) };
            high = Coord { x: high.x.max(at.x), y: high.y.max(at.y) };
        }
        let (wide, tall) = ((high.x - low.x).max(LEAST_M) * 1.2, (high.y - low.y).max(LEAST_M) * 1.2);
        let scale = (SIZE.0 / wide).min(SIZE.1 / tall);
        Self { plane, scale, middle: Coord { x: f64::midpoint(low.x, high.x), y: f64::midpoint(low.y, high.y) } }
    }

    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        let place = self.plane.place(Coord { x: lon, y: lat });
        (SIZE.0 / 2.0 + (place.x - self.middle.x) * self.scale, SIZE.1 / 2.0 - (place.y - self.middle.y) * self.scale)
    }

    fn points(&self, line: impl Iterator<Item = (f64, f64)>) -> String {
        let mut out = String::new();
        for (lon, lat) in line {
            // What lies far outside is cut by the picture's own edge; renderers are bad at numbers without end.
            let (x, y) = self.at(lon, lat);
            let _ = write!(out, "{:.1},{:.1} ", x.clamp(-1e5, 1e5), y.clamp(-1e5, 1e5));
        }
        out
    }
}

/// The picture as SVG.
pub(crate) fn draw(kept: &Kept) -> String {
    let view = View::over(kept);
    let mut map = String::new();
    for place in &kept.places.0 {
        let (line, fill) = match place.kind {
            PlaceKind::Corridor => ("#7a8699", "#dfe5ee"),
            PlaceKind::BlackSpot => ("#b3261e", "#f6dedc"),
            PlaceKind::Site | PlaceKind::WashBay | PlaceKind::Disposal => ("#1f5fa8", "#dce9f7"),
        };
        for points in &place.lines {
            let at = view.points(points.iter().map(|at| (at[0], at[1])));
            let _ = match place.half_width_m {
                Some(half) => write!(
                    map,
                    r#"<polyline points="{at}" fill="none" stroke="{fill}" stroke-width="{:.1}" stroke-linecap="round" stroke-linejoin="round"/><polyline points="{at}" fill="none" stroke="{line}" stroke-width="1" stroke-dasharray="6 4"/>"#,
                    2.0 * half * view.scale
                ),
                None => write!(map, r#"<polygon points="{at}" fill="{fill}" stroke="{line}" stroke-width="1.5"/>"#),
            };
        }
        if let Some([lon, lat]) = place.lines.first().and_then(|line| line.get(line.len() / 2)) {
            let (x, y) = view.at(*lon, *lat);
            let (x, y) = (x.clamp(8.0, SIZE.0 - 160.0), y.clamp(20.0, SIZE.1 - 10.0));
            let name = escaped(&format!("{} {}", place.kind.label(), place.name));
            let _ = write!(map, r#"<text x="{x:.1}" y="{y:.1}" font-size="13" fill="{line}">{name}</text>"#);
        }
    }
    let (from, to) = (kept.began_at.timestamp(), kept.ended_at.timestamp());
    let all = view.points(kept.track.0.iter().map(|spot| (spot.1, spot.2)));
    let _ = write!(map, r##"<polyline points="{all}" fill="none" stroke="#44546a" stroke-width="2" stroke-linejoin="round"/>"##);
    let during: Vec<_> = kept.track.0.iter().filter(|spot| (from..=to).contains(&spot.0)).collect();
    let part = view.points(during.iter().map(|spot| (spot.1, spot.2)));
    let _ = write!(map, r##"<polyline points="{part}" fill="none" stroke="#c62828" stroke-width="3.5" stroke-linejoin="round"/>"##);
    for spot in &kept.track.0 {
        let (x, y) = view.at(spot.1, spot.2);
        let colour = if (from..=to).contains(&spot.0) { "#c62828" } else { "#44546a" };
        let _ = write!(map, r#"<circle cx="{x:.1}" cy="{y:.1}" r="2.2" fill="{colour}"/>"#);
    }
    for (spot, word) in kept.track.0.first().map(|spot| (spot, "起")).into_iter().chain(kept.track.0.last().map(|spot| (spot, "止"))) {
        let (x, y) = view.at(spot.1, spot.2);
        let _ = write!(map, r##"<text x="{:.1}" y="{:.1}" font-size="13" fill="#222">{word} {}</text>"##, x + 6.0, y - 6.0, clock(spot.0));
    }
    let (x, y) = view.at(kept.lon, kept.lat);
    let _ = write!(map, r##"<circle cx="{x:.1}" cy="{y:.1}" r="9" fill="none" stroke="#c62828" stroke-width="2"/>"##);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-family="Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, FangSong, sans-serif"><rect width="{w}" height="{h}" fill="#fff"/><svg width="{w}" height="{m}" viewBox="0 0 {w} {m}"><rect width="{w}" height="{m}" fill="#fbfcfd"/>{map}{scale}</svg><rect y="{m}" width="{w}" height="1" fill="#9aa5b4"/>{words}</svg>"##,
        w = SIZE.0,
        h = SIZE.1 + WORDS,
        m = SIZE.1,
        scale = bar(&view),
        words = words(kept),
    )
}

fn clock(at: i64) -> String {
    chrono::DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&shanghai()).format("%H:%M:%S").to_string()
}

/// A bar of a round number of metres, and where north is.
fn bar(view: &View) -> String {
    let wanted = 120.0 / view.scale;
    let power = 10_f64.powf(wanted.log10().floor());
    let metres = [5.0, 2.0, 1.0].iter().map(|it| it * power).find(|it| *it <= wanted).unwrap_or(power);
    let (right, y) = (20.0 + metres * view.scale, SIZE.1 - 18.0);
    format!(
        r##"<path d="M20 {y} H{right:.1}" stroke="#222" stroke-width="3"/><text x="20" y="{:.1}" font-size="13" fill="#222">{metres} 米</text><path d="M770 44 V14 M764 22 L770 12 L776 22" fill="none" stroke="#222" stroke-width="2"/><text x="763" y="60" font-size="13" fill="#222">北</text>"##,
        y - 8.0
    )
}

fn words(kept: &Kept) -> String {
    let rule = rule_of(kept);
    let time = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string();
    let numbers: Vec<String> = kept
        .numbers
        .0
        .iter()
        .map(|number| FindingNumber::of(rule, *number))
        .map(|it| format!("{} {} {}", it.label, it.value, it.unit).trim_end().to_owned())
        .collect();
    let simulated = if kept.simulated { "（模拟数据）" } else { "" };
    let lines = [
        format!("{}　{}{simulated}", kept.plate, rule.label()),
        format!("{} 至 {}　北京时间", time(kept.began_at), time(kept.ended_at)),
        kept.words.clone(),
        numbers.join("　"),
        format!(
            "位置 {:.6}, {:.6}（WGS-84）　规则第 {} 版　登记 {}　无底图，按坐标比例绘制",
            kept.lon, kept.lat, kept.rules_version, kept.terrain_version
        ),
    ];
    let mut out = String::new();
    for (line, y) in lines.iter().zip((0_u32..).map(|at| SIZE.1 + 22.0 + 20.0 * f64::from(at))) {
        let (size, weight) = if out.is_empty() { (16, "bold") } else { (13, "normal") };
        let short: String = line.chars().take(LINE).collect();
        let _ =
            write!(out, r##"<text x="16" y="{y:.0}" font-size="{size}" font-weight="{weight}" fill="#222">{}</text>"##, escaped(&short));
    }
    out
}

/// The same picture as PNG, for a photo; with the words where the folder has fonts for them.
pub(crate) fn paint(drawing: &str, fonts: &Path) -> Option<Vec<u8>> {
    let mut options = usvg::Options::default();
    options.fontdb_mut().load_fonts_dir(fonts);
    // A face of Chinese sans serif where there is one; any face is better than none.
    let families: Vec<String> = options.fontdb.faces().filter_map(|face| Some(face.families.first()?.0.clone())).collect();
    let family = families.iter().find(|name| name.contains("Hei") || name.contains("Sans")).or(families.first()).cloned();
    if let Some(family) = family {
        options.fontdb_mut().set_sans_serif_family(family);
    }
    let tree = usvg::Tree::from_str(drawing, &options).ok()?;
    let size = tree.size().to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().ok()
}
