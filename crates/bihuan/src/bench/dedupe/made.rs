//! Reports made with known duplicates: the same event told by two people in other words, from a few metres away, hours apart; and beside
//! each what is easily taken for it: another thing of the same class nearby, and the same words about a place elsewhere.
//!
//! None of these words stand in the pairs on which the weights of the score were set (`crates/leads/src/likeness/score/tests.rs`), and no
//! weight was changed for what comes out here. What an earlier set showed led to the evidence of named places and to what a missing place
//! weighs; these words were written after that. The wordings are invented; people write worse and more differently.

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
    ("01037", ["路灯", "灯杆上的灯", "街灯", "照明灯"], ["一整排都黑着", "忽明忽暗", "白天亮晚上灭", "灯罩掉下来了"]),
    ("01037", ["配电箱", "路边的电箱", "变压器箱子", "电表箱"], ["门开着没锁", "电线露在外面", "冒火花", "箱门被撞坏"]),
    ("06025", ["河面", "小河里", "水面上", "河道"], ["漂着死鱼", "一层绿藻", "漂满塑料袋", "油花一片"]),
    ("06025", ["排污口", "河边的管子", "岸边的水管", "涵洞口"], ["往外流黑水", "半夜排脏水", "流出来的水发白", "有股化学味"]),
    (
        "06007",
        ["晾衣绳", "绳子上的被子", "树上晒的衣服", "栏杆上的床单"],
        ["挂得满满当当", "拦在人行道上", "天天晒在绿化带", "滴水到行人头上"],
    ),
    ("06007", ["横幅", "商家的条幅", "促销布条", "红色标语布"], ["拉在两棵树中间", "没有批过就挂", "掉下来一头", "破破烂烂没人收"]),
    ("09011", ["共享单车", "小黄车", "共享电单车", "扫码的车子"], ["堆成山", "倒了一片", "把盲道挡了", "丢在绿化里"]),
    ("09011", ["地锁", "私装的车位锁", "铁桩", "占车位的水泥墩"], ["装在公共车位", "焊死在地上", "占着公家的地方", "把车轮胎划破"]),
    ("02017", ["护栏", "马路中间的栏杆", "隔离栏", "防撞栏"], ["倒了一截", "被撞弯", "缺了两片", "螺丝松了摇摇晃晃"]),
    ("02017", ["公交站亭", "候车亭", "等车的棚子", "站台的顶棚"], ["玻璃碎了一地", "顶上漏雨", "座椅断了", "站牌歪了"]),
    ("06028", ["烧烤店", "夜宵摊", "大排档", "烤串的"], ["油烟熏到楼上", "喝酒吵到两点", "炭火烟雾很大", "往下水道倒泔水"]),
    (
        "06028",
        ["跳广场舞的音响", "唱卡拉OK的", "露天唱歌的", "广场上的大音箱"],
        ["震得窗户响", "吵得小孩写不了作业", "唱到半夜", "一早就开始放"],
    ),
];

/// Names are put together of two signs and a kind, four hundred of each kind: no place of this city is real.
const FIRST: [&str; 20] =
    ["丹", "碧", "霞", "素", "登", "柏", "麦", "辰", "铜", "江", "雪", "玉", "苍", "绮", "南", "岩", "荷", "菊", "晓", "禄"];
const SECOND: [&str; 20] =
    ["桐", "穗", "居", "鹤", "塘", "澜", "馨", "川", "桃", "樱", "明", "洲", "岚", "织", "墙", "梅", "台", "泉", "旭", "安"];
const KINDS: [&str; 10] = ["小区", "医院", "广场", "菜市场", "大厦", "图书馆", "健身房", "茶楼", "快递点", "门球场"];
const SIDES: [&str; 5] = ["大门外", "边上", "斜对面", "南侧", "背后"];
const BEFORE: [&str; 5] = ["你好，", "", "投诉：", "", "想问问，"];
const AFTER: [&str; 7] = ["，希望有人管", "，快一星期了", "", "，老人不敢走", "，打过电话没下文", "，接送孩子的人很多", "，请回电"];

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
