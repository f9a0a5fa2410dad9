//! Reports made with known duplicates: the same event told by two people in other words, from a few metres away, hours apart; and beside
//! each what is easily taken for it: another thing of the same class nearby, and the same words about a place elsewhere.
//!
//! None of these words stand in the pairs on which the weights of the score were set (`crates/leads/src/likeness/score/tests.rs`), and no
//! weight was changed for what comes out here. The wordings are invented; people write worse and more differently.

use chrono::{DateTime, Duration, Utc};
use kernel::id::uuid_at;
use uuid::Uuid;

use super::super::{
    noise::Noise,
    server::{CORNER, SIDE, STEP},
};

/// A report.
#[derive(Debug, Clone)]
pub struct Told {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub text: String,
    pub class: &'static str,
    pub position: Option<(f64, f64)>,
    /// What its photo looks like.
    pub picture: Option<u64>,
}

/// A new report with those that are known to be the same, among others that are not.
#[derive(Debug)]
pub struct Event {
    pub new: Told,
    pub others: Vec<Told>,
    pub known: Vec<Uuid>,
}

/// What is wrong: the thing in four words, and what ails it in four. Two by two things share a class.
const THINGS: [(&str, [&str; 4], [&str; 4]); 12] = [
    (
        "01003",
        ["窨井盖", "下水道的盖子", "马路上的井盖", "污水井的铁盖"],
        ["缺了一角", "破了个洞", "碎了，车轮压上去会陷", "裂开要塌下去了"],
    ),
    (
        "01003",
        ["雨水箅子", "路边排水口的铁栅栏", "雨水口的盖板", "排水沟的格栅"],
        ["被人偷走了", "不见了", "没有了，小孩会掉下去", "丢了好几块"],
    ),
    (
        "06010",
        ["装修剩下的砖块", "建筑垃圾", "一大堆碎砖水泥袋", "拆下来的砖头"],
        ["倒在路边", "被人偷偷倾倒", "堆了好久没人运", "挡住半条路"],
    ),
    ("06010", ["树叶和烂菜叶", "菜叶子", "落叶烂菜", "掉下来的叶子和菜皮"], ["没人扫", "烂在地上很臭", "堆着发臭", "一直没有清扫"]),
    (
        "09005",
        ["水果摊", "卖水果的", "水果店的货箱", "几个卖瓜果的三轮车"],
        ["摆满人行道", "占了盲道", "把路占掉一半", "停着不走，行人没法过"],
    ),
    (
        "09005",
        ["理发店", "发廊", "美发店的转灯和招牌", "剪头发的店"],
        ["在门外摆音响招揽生意", "放大喇叭占道", "摆到路上来了", "把椅子搬到外面营业"],
    ),
    ("09010", ["电瓶车", "电动自行车", "小电驴", "外卖骑手的电动车"], ["横七竖八停在出入口", "把大门堵死", "乱停进不去", "停得到处都是"]),
    (
        "09010",
        ["面包车", "一辆白色面包车", "送货的小面包", "几辆面包车"],
        ["长期占着消防通道", "堵住消防车道", "停在消防通道不动", "天天占用应急车道"],
    ),
    ("06013", ["路面", "柏油路", "机动车道", "沥青路面"], ["塌了一个坑", "陷下去一块", "有个深坑会爆胎", "烂得坑坑洼洼"]),
    ("06013", ["地砖", "人行道的砖", "步道砖", "盲道的砖块"], ["翘起来绊人", "松了，踩上去溅水", "翘边，老人绊倒", "缺了好几块"]),
    ("08001", ["工地", "打桩机", "基坑施工", "旁边的建筑工地"], ["半夜还在打桩", "夜里一直响", "凌晨震得睡不着", "通宵不停"]),
    ("08001", ["石材店", "切割石头的", "大理石加工点", "切石头的机器"], ["从早响到晚", "声音刺耳", "整天噪音很大", "粉尘噪音都受不了"]),
];

/// Names are put together of two signs and a kind, four hundred of each kind: no place of this city is real.
const FIRST: [&str; 20] =
    ["红", "青", "云", "白", "望", "松", "稻", "星", "银", "海", "月", "金", "翠", "锦", "东", "石", "竹", "兰", "晨", "福"];
const SECOND: [&str; 20] =
    ["枫", "禾", "栖", "鹭", "湖", "涛", "香", "河", "杏", "棠", "亮", "沙", "屏", "绣", "篱", "榴", "苑", "溪", "曦", "泰"];
const KINDS: [&str; 10] = ["超市", "幼儿园", "药店", "公交站", "菜场", "宾馆", "诊所", "小学", "银行", "花园小区"];
const SIDES: [&str; 5] = ["门口", "旁边", "对面", "西侧", "后面"];
const BEFORE: [&str; 5] = ["您好，", "", "反映一下：", "", "麻烦看看，"];
const AFTER: [&str; 7] = ["，请派人来看看", "，有两天了", "", "，走路要绕开", "，上次说过也没人来", "，孩子放学从这里过", "，盼回复"];

/// Events along one side of the city: 400 have a place of their own.
const LATTICE: usize = 20;

struct Maker(Noise);

impl Maker {
    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.0.below(all.len())]
    }

    fn happens(&mut self, share: f64) -> bool {
        self.0.share() < share
    }

    fn landmark(&mut self) -> String {
        format!("{}{}{}", self.one_of(&FIRST), self.one_of(&SECOND), self.one_of(&KINDS))
    }

    fn text(&mut self, landmark: &str, kind: usize) -> String {
        let (_, things, ails) = THINGS[kind];
        let wording = format!("{}{}", self.one_of(&things), self.one_of(&ails));
        // Some do not say where: they set a mark on the map.
        let place = if self.happens(0.8) { format!("{landmark}{}", self.one_of(&SIDES)) } else { String::new() };
        format!("{}{place}{wording}{}", self.one_of(&BEFORE), self.one_of(&AFTER))
    }

    /// About so many metres away in some direction.
    fn away(&mut self, (lon, lat): (f64, f64), metres: f64) -> (f64, f64) {
        let direction = self.0.share() * std::f64::consts::TAU;
        (lon + metres * direction.cos() / 95_800.0, lat + metres * direction.sin() / 111_320.0)
    }

    fn told(&mut self, at: DateTime<Utc>, text: String, class: &'static str, position: Option<(f64, f64)>, picture: Option<u64>) -> Told {
        Told { id: uuid_at(at), at, text, class, position, picture }
    }
}

/// So many new reports; half of them have a duplicate, all have both kinds of others beside.
pub fn events(count: usize, now: DateTime<Utc>) -> Vec<Event> {
    let mut maker = Maker(Noise(7_919));
    (0..count).map(|n| event(&mut maker, n, now)).collect()
}

fn event(maker: &mut Maker, n: usize, now: DateTime<Utc>) -> Event {
    let at = now - Duration::minutes(5) - Duration::seconds(n as i64);
    // Events stand on a lattice of some 220 metres, none beside another of its kind or of its neighbour's: what is counted as wrong is wrong.
    let (column, row) = (n % LATTICE, n / LATTICE % LATTICE);
    let kind = (2 * column + 5 * row) % THINGS.len();
    let class = THINGS[kind].0;
    let landmark = maker.landmark();
    let side = SIDE as f64 * STEP;
    let along = |step: usize| side * (0.05 + 0.9 * (step as f64 + 0.5) / LATTICE as f64);
    let here = (CORNER.0 + along(column), CORNER.1 + along(row));
    let photo = maker.happens(0.5).then(|| maker.0.bits());
    let text = maker.text(&landmark, kind);
    let noise = 25.0 * maker.0.share();
    let position = if maker.happens(0.9) { Some(maker.away(here, noise)) } else { None };
    let new = maker.told(at, text.clone(), class, position, photo);
    let (mut others, mut known) = (Vec::new(), Vec::new());
    if n.is_multiple_of(2) {
        let earlier = at - Duration::minutes(30 + (maker.0.share() * 72.0 * 60.0) as i64);
        // One in ten sends the same words again, the others tell it their own way.
        let words = if maker.happens(0.1) { text.clone() } else { maker.text(&landmark, kind) };
        let metres = 40.0 * maker.0.share();
        let place = if maker.happens(0.9) { Some(maker.away(here, metres)) } else { None };
        // One in seven is classed otherwise.
        let as_class = if maker.happens(0.15) { THINGS[maker.0.below(THINGS.len())].0 } else { class };
        // One in three photographs is the same one, sent on and encoded anew.
        let same = photo.filter(|_| maker.happens(0.33)).map(|bits| bits ^ (1 << maker.0.below(64)) ^ (1 << maker.0.below(64)));
        let picture = same.or_else(|| maker.happens(0.5).then(|| maker.0.bits()));
        let duplicate = maker.told(earlier, words, as_class, place, picture);
        known.push(duplicate.id);
        others.push(duplicate);
    }
    // Another thing of the same class nearby: the list has them two by two.
    let name = maker.landmark();
    let words = maker.text(&name, kind ^ 1);
    let metres = 30.0 + 100.0 * maker.0.share();
    let place = maker.away(here, metres);
    let when = at - Duration::minutes(30 + (maker.0.share() * 72.0 * 60.0) as i64);
    others.push(maker.told(when, words, class, Some(place), None));
    // The same words about the same kind of place, half a kilometre to two away.
    let name = if maker.happens(0.3) { landmark } else { maker.landmark() };
    let words = if maker.happens(0.3) { text } else { maker.text(&name, kind) };
    let metres = 500.0 + 1_500.0 * maker.0.share();
    let place = maker.away(here, metres);
    let when = at - Duration::minutes(30 + (maker.0.share() * 72.0 * 60.0) as i64);
    others.push(maker.told(when, words, class, Some(place), None));
    Event { new, others, known }
}

#[cfg(test)]
mod tests {
    use kernel::clock::{Clock, ManualClock};

    use super::*;

    #[test]
    fn half_have_a_duplicate_and_all_have_others() {
        let now = ManualClock::starting_at(DateTime::UNIX_EPOCH + Duration::days(20_000)).now();
        let events = events(100, now);
        assert_eq!(events.iter().filter(|event| event.known.len() == 1).count(), 50);
        assert!(
            events
                .iter()
                .all(|event| event.others.len() == 2 + event.known.len() && event.others.iter().all(|other| other.at < event.new.at))
        );
        let texts: std::collections::BTreeSet<_> = events.iter().map(|event| event.new.text.clone()).collect();
        assert!(texts.len() > 95);
    }
}
