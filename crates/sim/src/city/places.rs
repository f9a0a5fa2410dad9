//! Simulated points of interest (兴趣点): what people name when they say where something is.

use super::chance::Chance;
use super::plane::Point;
use super::roads::{Road, RoadClass};

/// A simulated point of interest on the plane.
#[derive(Debug, Clone)]
pub struct PointOfInterest {
    /// Its name, beginning with 模拟.
    pub name: String,
    /// What it is: 学校, 菜场, 公园 …
    pub kind: &'static str,
    /// Where it lies.
    pub place: Point,
    /// The road it lies on, with a house number.
    pub address: String,
}

const KINDS: [(&str, &str, u32); 14] = [
    ("居住区", "小区", 9),
    ("居住区", "花苑", 6),
    ("学校", "小学", 3),
    ("学校", "中学", 2),
    ("幼儿园", "幼儿园", 3),
    ("市场", "农贸市场", 3),
    ("商场", "购物中心", 2),
    ("公园", "公园", 3),
    ("广场", "文化广场", 2),
    ("医院", "卫生服务中心", 2),
    ("企业", "产业园", 3),
    ("交通", "客运站", 1),
    ("服务", "便民服务中心", 2),
    ("工地", "在建工地", 2),
];

const WORDS: [&str; 30] = [
    "朝晖", "文景", "金泰", "锦园", "清溪", "云栖", "长宁", "广源", "和润", "安康", "泰和", "丰乐", "瑞禾", "嘉苑", "福田", "星河", "望湖",
    "凤鸣", "松涛", "荷风", "梅园", "兰亭", "桂语", "临江", "东篱", "南湾", "西岸", "北辰", "中和", "新城",
];

/// `wanted` places beside streets and lanes, most of them in the towns.
pub fn places(roads: &[Road], wanted: usize, chance: &mut Chance) -> Vec<PointOfInterest> {
    let total: u32 = KINDS.iter().map(|k| k.2).sum();
    let mut found: Vec<PointOfInterest> = Vec::with_capacity(wanted);
    let mut tries = 0;
    while found.len() < wanted && tries < wanted * 60 {
        tries += 1;
        let road = &roads[chance.below(roads.len())];
        if road.class == RoadClass::Arterial || chance.unit() > 0.08 + road.urban {
            continue;
        }
        let mut draw = chance.below(total as usize) as u32;
        let mut kind = KINDS[0];
        for k in KINDS {
            if draw < k.2 {
                kind = k;
                break;
            }
            draw -= k.2;
        }
        let name = format!("模拟{}{}", WORDS[chance.below(WORDS.len())], kind.1);
        if found.iter().any(|p| p.name == name) {
            continue;
        }
        let p = road.points[road.points.len() / 2];
        let place = [p[0] + chance.between(-45.0, 45.0), p[1] + chance.between(-45.0, 45.0)];
        let address = format!("{}{}号", road.name, 1 + chance.below(380));
        found.push(PointOfInterest { name, kind: kind.0, place, address });
    }
    found
}
