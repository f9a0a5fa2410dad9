//! What simulated people write: kinds of trouble with their class, and several wordings of each.

use crate::city::{City, chance::Chance};

/// One kind of trouble.
pub(crate) struct Trouble {
    /// The class of GB/T 47678.
    pub class: &'static str,
    /// How often it happens, against the others.
    pub weight: u32,
    /// Which pair of pictures shows it.
    pub scene: usize,
    /// The class of the component that it is about.
    pub component: Option<&'static str>,
    /// Whether cameras see it.
    pub seen_by_cameras: bool,
    /// Wordings; `{}` is the place.
    pub texts: &'static [&'static str],
}

const fn matter(class: &'static str, weight: u32, scene: usize, texts: &'static [&'static str]) -> Trouble {
    Trouble { class, weight, scene, component: None, seen_by_cameras: false, texts }
}

const fn camera(class: &'static str, weight: u32, scene: usize, texts: &'static [&'static str]) -> Trouble {
    Trouble { class, weight, scene, component: None, seen_by_cameras: true, texts }
}

const fn thing(class: &'static str, weight: u32, scene: usize, texts: &'static [&'static str]) -> Trouble {
    Trouble { class, weight, scene, component: Some(class), seen_by_cameras: false, texts }
}

/// The pictures, by what they show.
pub(crate) const GARBAGE: usize = 0;
pub(crate) const ROAD: usize = 1;
pub(crate) const LAMP: usize = 2;
pub(crate) const STALL: usize = 3;
pub(crate) const CARS: usize = 4;
pub(crate) const WALL: usize = 5;
pub(crate) const TREE: usize = 6;
pub(crate) const WATER: usize = 7;

pub(crate) const TROUBLES: [Trouble; 28] = [
    camera(
        "06010",
        11,
        GARBAGE,
        &["{}有一堆生活垃圾没人清，味道很大", "{}路边暴露垃圾，苍蝇很多，请尽快清理", "{}有人乱扔垃圾，堆了两天了"],
    ),
    matter(
        "06011",
        6,
        GARBAGE,
        &["{}堆着建筑垃圾，几袋水泥块挡住人行道", "{}有装修垃圾长期堆放，没有遮盖", "{}积存垃圾渣土，下雨后流到路上"],
    ),
    matter("06042", 5, GARBAGE, &["{}垃圾桶满溢，袋子都堆到地上", "{}垃圾桶满了没人收，垃圾都溢出来了"]),
    matter("06035", 2, GARBAGE, &["{}路边丢了一张旧沙发，请安排清运", "{}有废弃家具旧床垫靠在墙边"]),
    matter("06036", 5, GARBAGE, &["{}楼道口乱堆杂物，通行不便", "{}人行道上乱堆杂物，轮椅过不去"]),
    matter("06012", 4, ROAD, &["{}马路很脏，泥土没人打扫", "{}落叶堆积，道路不洁，请安排清扫"]),
    matter("06013", 8, ROAD, &["{}路面破损有个大坑，电动车容易摔", "{}人行道地砖松动破损，下雨溅水", "{}路面坑洼，晚上看不清很危险"]),
    matter("06014", 3, ROAD, &["{}有车辆抛洒砂石，路面打滑", "{}路面遗撒混凝土，已经结块"]),
    thing("01037", 9, LAMP, &["{}路灯不亮，晚上一片漆黑", "{}路灯坏了好几天，请维修", "{}有一盏路灯一直闪"]),
    thing("01003", 4, ROAD, &["{}雨水井盖翘起，车一过就响", "{}雨水井盖破损，边上已下沉"]),
    thing("01002", 3, ROAD, &["{}污水井盖松动，有异味", "{}污水井盖移位，请尽快复位"]),
    thing("01007", 2, ROAD, &["{}通信井盖破了一角，容易绊人", "{}弱电井盖松动，走上去会翘"]),
    thing("02010", 2, LAMP, &["{}交通标志牌歪了，看不清方向", "{}交通标志被树枝挡住"]),
    thing("02017", 3, CARS, &["{}护栏被撞倒一截，占了非机动车道", "{}隔离护栏损坏，有尖角外露"]),
    thing("03005", 3, GARBAGE, &["{}果皮箱坏了，门关不上", "{}垃圾箱破损，污水流出来"]),
    thing("04002", 4, TREE, &["{}行道树枝断了垂下来，怕砸到人", "{}行道树枯死，建议补种", "{}树枝遮挡信号灯，请修剪"]),
    matter("06045", 3, TREE, &["{}绿化带里有人种菜", "{}绿化被破坏，草坪踩秃了"]),
    matter("06025", 4, WATER, &["{}河面漂浮物多，有塑料袋和水葫芦", "{}河道有垃圾漂浮，请打捞"]),
    matter("06026", 2, WATER, &["{}河水发黑发臭，疑似有污水排入", "{}河道发臭，附近居民不敢开窗"]),
    matter("06027", 4, WALL, &["{}餐馆油烟直排，家里都是油味", "{}饭店厨房排烟口对着居民楼，油烟很大"]),
    matter("06028", 3, WALL, &["{}晚上音响噪声扰民，十点后还在放", "{}商铺喇叭吵，影响休息"]),
    matter("07001", 5, WALL, &["{}墙上贴满小广告，请清除", "{}电杆上小广告乱贴，撕了又贴"]),
    matter("07006", 2, WALL, &["{}店招松动，大风天会掉", "{}门头牌匾破损未更换"]),
    matter("08004", 3, ROAD, &["{}工地扬尘大，没有喷淋", "{}工地出入口灰尘大，车一过全是土"]),
    camera("09006", 9, STALL, &["{}占道经营，摊位摆到非机动车道上", "{}有人占道摆摊，影响通行", "{}水果摊占道，早晚高峰堵"]),
    camera("09005", 5, STALL, &["{}店外经营，货都摆到人行道上", "{}店家跨门经营，盲道被占"]),
    camera("09009", 7, CARS, &["{}机动车乱停放，消防车进不来", "{}违停车辆占了半条路，请处理"]),
    matter("06034", 2, CARS, &["{}有一辆僵尸车停了半年，车胎都瘪了", "{}废弃车辆占车位，落满灰"]),
];

/// A trouble at a place, ready to be told.
#[derive(Debug, Clone)]
pub(crate) struct Tale {
    /// Index into [`TROUBLES`].
    pub trouble: usize,
    pub text: String,
    pub address: String,
    pub position: [f64; 2],
    pub grid: String,
    pub component: Option<String>,
}

/// Where and what: a component's own place for what is about components, a spot beside one for everything else.
pub(crate) fn tale(city: &City, chance: &mut Chance, by_camera: bool) -> Tale {
    let fits = |trouble: &&Trouble| !by_camera || trouble.seen_by_cameras;
    let total: u32 = TROUBLES.iter().filter(fits).map(|trouble| trouble.weight).sum();
    let mut draw = chance.below(total as usize) as u32;
    let mut index = 0;
    for (number, trouble) in TROUBLES.iter().enumerate().filter(|(_, trouble)| fits(trouble)) {
        index = number;
        if draw < trouble.weight {
            break;
        }
        draw -= trouble.weight;
    }
    let trouble = &TROUBLES[index];
    let mut component = &city.components[chance.below(city.components.len())];
    if let Some(class) = trouble.component {
        let start = chance.below(city.components.len());
        let all = city.components[start..].iter().chain(&city.components[..start]);
        component = all.into_iter().find(|one| one.class == class).unwrap_or(component);
    }
    let road = component.attributes.iter().find(|(key, _)| *key == "BZ").map_or("", |(_, value)| value.as_str());
    let road = road.split('（').next().unwrap_or("");
    let spot = ["公交站旁", "路口", "小区门口", "菜场对面", "学校附近", "沿街商铺前", "桥头", "中段"][chance.below(8)];
    let address = format!("{road}{spot}");
    let wording = trouble.texts[chance.below(trouble.texts.len())];
    let mut text = wording.replace("{}", &address);
    if by_camera {
        text = format!("视频识别：{text}");
    } else if chance.unit() < 0.25 {
        text.push_str(
            ["，麻烦尽快处理，谢谢。", "，已经反映过一次。", "，老人小孩多，注意安全。", "，请问什么时候能处理？"][chance.below(4)],
        );
    }
    Tale {
        trouble: index,
        text,
        address,
        position: component.position,
        grid: component.grid.clone(),
        component: trouble.component.map(|_| component.code.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every class that simulated people mean is one of the shipped catalogue.
    #[test]
    fn every_trouble_has_a_class_of_the_catalogue() {
        let classes = include_str!("../../../data/classes.csv");
        for trouble in &TROUBLES {
            assert!(classes.contains(&format!(",{},", trouble.class)), "{} is no class", trouble.class);
            assert!(trouble.texts.iter().all(|text| text.contains("{}")));
        }
    }
}
