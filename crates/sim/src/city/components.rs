//! Simulated components (部件) along the roads: 17-digit codes and the 18 attributes of the standard.

use std::collections::HashMap;

use super::chance::Chance;
use super::plane::{Point, along, distance};
use super::roads::{Road, RoadClass};

/// A simulated component, placed on the plane.
#[derive(Debug, Clone)]
pub struct Component {
    /// Five digits of GB/T 47678.5: two for the class, three for the small class.
    pub class: &'static str,
    /// Its class name.
    pub name: &'static str,
    /// Where it stands.
    pub place: Point,
    /// The road it stands on.
    pub road: String,
    /// The department in charge, as an index into [`DEPARTMENTS`].
    pub department: usize,
    /// Its state (管理部件状态).
    pub state: &'static str,
    /// The day it was first recorded, as eight digits.
    pub recorded: String,
}

/// The simulated departments in charge (主管部门).
pub const DEPARTMENTS: [&str; 6] =
    ["模拟市政管理中心", "模拟环卫管理中心", "模拟园林管理中心", "模拟交通设施管理中心", "模拟供排水公司", "模拟通信电力公司"];

/// Class, name, department, and how often it stands on an arterial, a street, a lane.
const KINDS: [(&str, &str, usize, [u32; 3]); 30] = [
    ("01037", "路灯", 0, [20, 20, 16]),
    ("04002", "行道树", 2, [18, 16, 8]),
    ("01003", "雨水井盖", 4, [8, 9, 8]),
    ("01002", "污水井盖", 4, [6, 8, 9]),
    ("01001", "供水井盖", 4, [4, 5, 6]),
    ("01004", "雨水箅子", 4, [8, 8, 6]),
    ("01005", "电力井盖", 5, [3, 4, 3]),
    ("01007", "通信井盖", 5, [4, 4, 4]),
    ("01011", "燃气井盖", 4, [2, 3, 3]),
    ("03005", "垃圾箱", 1, [5, 7, 10]),
    ("02010", "交通标志牌及标线", 3, [6, 4, 2]),
    ("02017", "交通护栏", 3, [6, 2, 0]),
    ("02004", "公交站设施", 3, [3, 2, 0]),
    ("02014", "交通信号灯", 3, [3, 1, 0]),
    ("02012", "路名牌", 3, [2, 3, 2]),
    ("02025", "非机动车停放点", 3, [1, 2, 2]),
    ("02034", "无障碍设施", 0, [1, 1, 1]),
    ("01027", "通信交接箱", 5, [1, 2, 2]),
    ("01030", "电力立杆", 5, [1, 2, 5]),
    ("01048", "变压器（箱）", 5, [1, 1, 1]),
    ("01050", "监控电子眼设施", 3, [3, 2, 1]),
    ("01054", "充电桩", 5, [0, 1, 2]),
    ("01046", "户外健身设施", 0, [0, 0, 2]),
    ("01075", "快递柜", 0, [0, 0, 2]),
    ("03001", "公共厕所", 1, [0, 1, 1]),
    ("03004", "垃圾间（楼）", 1, [0, 0, 1]),
    ("03008", "宣传栏", 0, [0, 1, 2]),
    ("04007", "街头座椅", 2, [1, 1, 1]),
    ("04005", "花架花钵", 2, [2, 1, 0]),
    ("04008", "绿地护栏", 2, [2, 1, 0]),
];

/// About `wanted` components at even steps along the roads, closer where people live.
pub fn components(roads: &[Road], wanted: usize, chance: &mut Chance) -> Vec<Component> {
    let density = |road: &Road| match road.class {
        RoadClass::Arterial => 0.7 + 1.2 * road.urban,
        RoadClass::Street => 0.15 + 1.6 * road.urban,
        RoadClass::Lane => 0.05 + 1.2 * road.urban,
    };
    let metres = |road: &Road| road.points.windows(2).map(|w| distance(w[0], w[1])).sum::<f64>();
    let step = roads.iter().map(|r| metres(r) * density(r)).sum::<f64>() / wanted.max(1) as f64;
    let mut found = Vec::with_capacity(wanted + 64);
    let mut left = step / 2.0;
    for road in roads {
        for pair in road.points.windows(2) {
            let length = distance(pair[0], pair[1]);
            let weighted = length * density(road);
            let mut at = left;
            while at < weighted && length > 0.0 {
                let p = along(pair[0], pair[1], at / weighted);
                let side = if chance.unit() < 0.5 { 1.0 } else { -1.0 };
                let off = side * (road.class.half_width() + chance.between(-1.5, 2.5));
                let (ux, uy) = ((pair[1][0] - pair[0][0]) / length, (pair[1][1] - pair[0][1]) / length);
                found.push(component(road, [p[0] - uy * off, p[1] + ux * off], chance));
                at += step;
            }
            left = at - weighted;
        }
    }
    found
}

fn component(road: &Road, place: Point, chance: &mut Chance) -> Component {
    let column = road.class as usize;
    let total: u32 = KINDS.iter().map(|k| k.3[column]).sum();
    let mut draw = chance.below(total as usize) as u32;
    let kind = KINDS
        .iter()
        .find(|k| {
            let own = k.3[column];
            let hit = draw < own;
            draw = draw.saturating_sub(own);
            hit
        })
        .unwrap_or(&KINDS[0]);
    let state = if chance.unit() < 0.985 { "完好" } else { "破损" };
    let recorded = format!("{}{:02}{:02}", 2016 + chance.below(10), 1 + chance.below(12), 1 + chance.below(28));
    Component { class: kind.0, name: kind.1, place, road: road.name.clone(), department: kind.2, state, recorded }
}

/// Gives out 17-digit codes: county, class, a serial per class.
#[derive(Debug, Default)]
pub struct Serials(HashMap<&'static str, u32>);

impl Serials {
    /// The next code of a class.
    pub fn next(&mut self, county: &str, class: &'static str) -> String {
        let serial = self.0.entry(class).or_insert(0);
        *serial += 1;
        format!("{county}{class}{serial:06}")
    }
}
