//! Tracks and a piece of ground made by hand: a site with a wash bay in the west, a road to the east, a disposal site at its end.

use std::collections::HashMap;

use chrono::NaiveDate;
use fences::{Plane, Shape};
use findings::{Fix, Ground, Heard, Licensed, Permit, Place, PlaceKind, RuleSet, plate_key};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use jt808::{Lid, Load, Tipper};

pub const PLATE: &str = "浙F00001";
pub const COLOUR: i16 = 2;
/// 2026-11-02T08:00:00+08:00, a Monday.
pub const EIGHT: i64 = 1_793_577_600;
const ORIGIN: Coord<f64> = Coord { x: 120.7, y: 30.5 };

pub fn key() -> String {
    plate_key(PLATE, COLOUR)
}

/// A point so many metres east and north of the middle of the site.
pub fn spot(east: f64, north: f64) -> Coord<f64> {
    let plane = Plane::at(ORIGIN);
    Coord { x: ORIGIN.x + plane.degrees(east).x, y: ORIGIN.y + plane.degrees(north).y }
}

fn square(east: f64, north: f64, half: f64) -> Shape {
    let ring = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| spot(east + x * half, north + y * half));
    Shape::Area(MultiPolygon(vec![Polygon::new(LineString(ring.to_vec()), vec![])]))
}

pub fn permit() -> Permit {
    let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
    Permit {
        number: "渣〔2026〕1号".into(),
        from: EIGHT - 8 * 3_600,
        until: EIGHT + 16 * 3_600,
        days: (day, day),
        hours: vec![(8 * 60, 18 * 60)],
        corridors: vec!["road".into()],
        disposals: vec!["fill".into()],
    }
}

/// Site at 0, disposal site at 5,000 m east, a road between them with 30 m to each side, a black spot 600 m north of it.
pub fn ground(permits: Vec<Permit>) -> Ground {
    let place = |id: &str, kind, name: &str, of: Option<&str>, shape| Place {
        id: id.into(),
        kind,
        name: name.into(),
        of: of.map(Into::into),
        shape,
    };
    let road = LineString(vec![spot(0.0, 0.0), spot(2_500.0, 0.0), spot(5_000.0, 0.0)]);
    let places = vec![
        place("site", PlaceKind::Site, "一号工地", None, square(0.0, 0.0, 150.0)),
        place("bay", PlaceKind::WashBay, "一号工地东门", Some("site"), square(120.0, 0.0, 25.0)),
        place("fill", PlaceKind::Disposal, "东湖消纳场", None, square(5_000.0, 0.0, 150.0)),
        place("road", PlaceKind::Corridor, "核准路线", None, Shape::Corridor { line: road, half_width_m: 30.0 }),
        place("spot", PlaceKind::BlackSpot, "河滩", None, square(2_500.0, 600.0, 100.0)),
    ];
    let vehicle = Licensed { rated_kg: Some(15_000), permits };
    Ground::new("测试".into(), places, HashMap::from([(key(), vehicle)])).unwrap()
}

/// A track that is driven by hand, a point every ten seconds.
pub struct Drive {
    pub fixes: Vec<Fix>,
    at: i64,
    here: (f64, f64),
    pub load: Load,
    pub lid: Lid,
    pub tipper: Tipper,
    pub kg: u32,
}

impl Drive {
    /// Empty, in front of the site.
    pub fn from(at: i64) -> Self {
        Self { fixes: Vec::new(), at, here: (-400.0, 0.0), load: Load::Empty, lid: Lid::Closed, tipper: Tipper::Flat, kg: 0 }
    }

    fn point(&mut self, kmh: f64) {
        let at = spot(self.here.0, self.here.1);
        self.fixes.push(Fix {
            at: self.at,
            lon: at.x,
            lat: at.y,
            kmh,
            ignition: true,
            load: Some(self.load),
            lid: Some(self.lid),
            tipper: Some(self.tipper),
            load_kg: Some(self.kg),
            backlog: false,
        });
        self.at += 10;
    }

    /// Stands for so many seconds.
    pub fn stand(&mut self, seconds: i64) -> &mut Self {
        for _ in 0..seconds / 10 {
            self.point(0.0);
        }
        self
    }

    /// Drives there at a speed in km/h.
    pub fn to(&mut self, east: f64, north: f64, kmh: f64) -> &mut Self {
        let (dx, dy) = (east - self.here.0, north - self.here.1);
        let metres = dx.hypot(dy);
        let steps = (metres / (kmh / 3.6 * 10.0)).ceil().max(1.0);
        let start = self.here;
        for step in 1..=steps as i64 {
            let along = step as f64 / steps;
            self.here = (start.0 + dx * along, start.1 + dy * along);
            self.point(kmh);
        }
        self
    }

    /// Nothing is heard for so long, and it is elsewhere afterwards.
    pub fn silent(&mut self, seconds: i64, east: f64, north: f64) -> &mut Self {
        self.at += seconds;
        self.here = (east, north);
        self
    }

    /// Takes a load.
    pub fn load(&mut self) -> &mut Self {
        self.stand(60);
        (self.load, self.kg) = (Load::Full, 14_000);
        self.stand(60)
    }

    /// Tips it out.
    pub fn tip(&mut self) -> &mut Self {
        self.stand(30);
        self.tipper = Tipper::Raised;
        self.stand(60);
        (self.load, self.kg, self.tipper) = (Load::Empty, 0, Tipper::Flat);
        self.stand(60)
    }

    /// A trip as it should be, in broad daylight: loaded, washed, along the road, tipped where it may be.
    pub fn honest(at: i64) -> Self {
        let mut drive = Self::from(at);
        drive.to(0.0, 0.0, 20.0).load().to(120.0, 0.0, 10.0).stand(120).to(4_950.0, 0.0, 40.0).tip().to(0.0, 0.0, 40.0);
        drive
    }

    /// What the rules as they are shipped say of it.
    pub fn says(&self, ground: &Ground) -> Vec<findings::Found> {
        findings::evaluate(&self.fixes, &key(), ground, &RuleSet::shipped(), &Heard::new())
    }

    pub fn rules(&self, ground: &Ground) -> Vec<findings::Rule> {
        self.says(ground).iter().map(|it| it.rule).collect()
    }
}
