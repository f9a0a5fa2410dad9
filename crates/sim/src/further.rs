//! Texts with their class (带类别的模拟文本): what a class model of the national classes is taught by before a city has a history of its own.
//!
//! They are made of the wordings of [`crate::words`] and of those here for frequent classes that nobody in the simulated city reports. A
//! model that learned them is measured by texts that somebody wrote by hand in other words: `data/national-reports.csv`.

use crate::words::TROUBLES;

/// Further classes, and how people report them; `{}` is the place.
const FURTHER: [(&str, &[&str]); 36] = [
    ("01004", &["{}雨水箅子破损，有洞", "{}雨水箅子丢失，请补上", "{}雨水口堵塞，箅子上都是泥"]),
    ("01011", &["{}燃气井盖破损", "{}燃气井盖松动异响", "{}煤气井盖移位，请处理"]),
    ("01030", &["{}电线杆倾斜，有倒的危险", "{}电力杆破损露出钢筋", "{}废弃电杆没有拔除"]),
    ("01046", &["{}健身器材损坏", "{}户外健身设施螺丝松动，有安全隐患", "{}单双杠断裂"]),
    ("01054", &["{}充电桩故障，无法充电", "{}充电桩损坏，没有人修", "{}充电桩屏幕不亮"]),
    ("02004", &["{}公交站台破损", "{}公交站牌倒了", "{}候车亭座椅损坏"]),
    ("02014", &["{}红绿灯不亮", "{}信号灯故障，一直闪黄灯", "{}交通信号灯时间不合理"]),
    ("02012", &["{}路名牌倾斜", "{}路牌文字模糊", "{}路名牌缺失"]),
    ("03001", &["{}公共厕所脏乱，异味大", "{}公厕水龙头坏了", "{}公厕便池堵塞无人清理"]),
    ("06001", &["{}有人违章搭建彩钢棚", "{}楼顶私搭阳光房", "{}住户私自搭建房屋，占用公共空间"]),
    ("06007", &["{}沿街晾挂衣物，影响市容", "{}商户在门口晾晒衣服被子", "{}树上绑绳子晾衣服"]),
    ("06008", &["{}私拉电线充电，有隐患", "{}电线乱拉，像蜘蛛网", "{}擅自架设管线"]),
    ("06016", &["{}斑马线模糊不清", "{}交通标线磨损严重", "{}车道线看不清，请重新画"]),
    ("06017", &["{}绿化带内有垃圾", "{}绿地脏乱，有很多塑料袋", "{}草坪上有白色垃圾"]),
    ("06020", &["{}有人焚烧垃圾，烟很大", "{}焚烧树叶，气味呛人", "{}露天焚烧秸秆"]),
    ("06021", &["{}树上有大量虫害", "{}绿化带植物生病虫，请打药", "{}树上毛毛虫很多"]),
    ("06029", &["{}露天烧烤，油烟呛人", "{}夜间有人露天烧烤", "{}烧烤摊烟雾很大，影响居民"]),
    ("06030", &["{}商户乱倒污水", "{}有人向路面排放污水", "{}污水直排雨水管"]),
    ("06037", &["{}有动物尸体，请清理", "{}路上有死猫", "{}河里有死鱼死猪"]),
    ("06038", &["{}有人饲养家禽，气味难闻", "{}居民养鸡扰民", "{}小区内养鸭养鹅"]),
    ("06040", &["{}私装地锁占用车位", "{}有人私设阻车桩", "{}公共车位被装地锁"]),
    ("06051", &["{}盲道砖缺损", "{}盲道破损不连续", "{}盲道砖松动"]),
    ("07002", &["{}有人散发小广告传单", "{}街头派发广告卡片", "{}发传单的人多，地上到处是"]),
    ("07003", &["{}户外广告牌破损", "{}违规设置大型户外广告", "{}广告牌松动有掉落危险"]),
    ("07007", &["{}悬挂横幅没有拆除", "{}违规悬挂标语条幅", "{}横幅破损影响市容"]),
    ("08001", &["{}夜间施工噪声扰民", "{}工地半夜施工，影响休息", "{}工地打桩噪音大"]),
    ("08007", &["{}施工围挡破损", "{}工地围挡倒塌", "{}工地没有设置围挡"]),
    ("08011", &["{}渣土车没有密闭，沿途撒漏", "{}渣土车未覆盖", "{}土方车敞开运输"]),
    ("09001", &["{}有流动摊贩叫卖", "{}无照游商很多", "{}流动商贩乱设摊"]),
    ("09010", &["{}非机动车乱停放，堵住人行道", "{}电动车乱停乱放", "{}自行车停放混乱"]),
    ("09011", &["{}共享单车乱停放", "{}共享单车堆积占道", "{}共享电单车倒了一地"]),
    ("09012", &["{}消防通道被占用", "{}车辆堵塞消防通道", "{}消防通道堆放物品"]),
    ("10002", &["{}架空线缆脱落，垂到路面", "{}电线掉落在地上", "{}线缆垂落有危险"]),
    ("10903", &["{}下水道堵塞，污水外溢", "{}污水管道破裂，污水冒出", "{}排水管道堵塞，请疏通"]),
    ("10906", &["{}下雨后道路积水严重", "{}路面积水，无法通行", "{}暴雨后内涝，水淹到膝盖"]),
    ("06050", &["{}路缘石缺损", "{}路沿石断裂松动", "{}马路牙子被撞坏"]),
];
const STREETS: [&str; 6] = ["东大街", "西环路", "新华路", "河滨路", "学院路", "工农路"];
const SPOTS: [&str; 6] = ["公交站旁", "路口", "小区门口", "菜场对面", "桥头", ""];
const ENDS: [&str; 4] = ["", "，麻烦尽快处理", "，已经反映过一次", "，请问什么时候能处理"];

/// Each wording at several made places: the text, and the class's code. The same texts in the same order each time.
#[must_use]
pub fn labelled_texts() -> Vec<(String, &'static str)> {
    let known = TROUBLES.iter().map(|trouble| (trouble.class, trouble.texts));
    let mut made = Vec::new();
    for (class, texts) in known.chain(FURTHER) {
        for (number, text) in texts.iter().enumerate() {
            for at in 0..8 {
                let place = format!("{}{}", STREETS[(at + number) % 6], SPOTS[(at * 5 + number) % 6]);
                made.push((format!("{}{}", text.replace("{}", &place), ENDS[at % 4]), class));
            }
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_texts_of_its_own() {
        let made = labelled_texts();
        let classes: std::collections::BTreeSet<&str> = made.iter().map(|(_, class)| *class).collect();
        assert_eq!(classes.len(), TROUBLES.len() + FURTHER.len());
        let mut texts = std::collections::BTreeMap::new();
        for (text, class) in &made {
            assert_eq!(*texts.entry(text).or_insert(class), class, "{text} is of two classes");
            assert!(!text.contains("{}"));
        }
    }
}
