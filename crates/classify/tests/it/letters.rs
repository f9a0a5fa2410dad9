//! Invented letters with the faults of real ones: a title or none, salutations, places, numbers, words of other fields, uneven numbers
//! of letters a field.

use classify::Model;

/// Fields with words that speak for them, and how many letters there are of each.
const FIELDS: [(&str, [&str; 8], usize); 5] = [
    ("市容环卫", ["垃圾桶", "满溢", "清运", "保洁员", "乱堆放", "小广告", "卫生死角", "焚烧落叶"], 60),
    ("道路交通", ["公交车", "红绿灯", "停车位", "堵车", "斑马线", "路面坑洼", "占用车道", "司机"], 45),
    ("住房物业", ["物业费", "业主", "电梯", "开发商", "房产证", "小区停水", "外墙脱落", "维修基金"], 45),
    ("劳动保障", ["拖欠工资", "劳动合同", "社保", "加班费", "退休金", "工伤", "辞退", "用人单位"], 30),
    ("教育", ["老师", "学校", "补课", "招生", "幼儿园", "食堂", "学费", "学位"], 12),
];
/// Words that any letter may have, and places that are drawn for each.
const ANY: [&str; 12] =
    ["请有关部门", "尽快处理", "多次反映", "没有答复", "影响生活", "居民", "希望", "问题", "情况属实", "附近", "一直", "谢谢"];
const PLACES: [&str; 6] = ["新埭镇", "独山港", "当湖街道", "钟埭路", "林埭村", "广陈镇"];

/// Numbers that look random and are the same in each run.
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// Letters and their fields, in mixed order; another `seed` gives others.
pub fn letters(seed: u64) -> Vec<(String, &'static str)> {
    let mut noise = Noise(seed);
    let mut letters = Vec::new();
    for (at, (field, words, count)) in FIELDS.iter().enumerate() {
        for number in 0..*count {
            let mut text = format!("{}{}号", noise.of(&PLACES), noise.below(300));
            if number % 3 > 0 {
                text += &format!("{}{} 尊敬的领导：", noise.of(words), noise.of(&ANY));
            }
            for _ in 0..6 + noise.below(20) {
                text += match noise.below(10) {
                    0 | 1 => noise.of(words),
                    2 => {
                        let other = (at + 1 + noise.below(FIELDS.len() - 1)) % FIELDS.len();
                        noise.of(&FIELDS[other].1)
                    }
                    3 => noise.of(&PLACES),
                    _ => noise.of(&ANY),
                };
                text += noise.of(&["", "", "，", "。", "！\n"]);
            }
            letters.push((text, *field));
        }
    }
    letters.sort_by_cached_key(|_| noise.below(1 << 30));
    letters
}

/// The model of some letters.
pub fn learned(letters: &[(String, &str)]) -> Model {
    Model::train(letters.iter().map(|(text, label)| (text.as_str(), *label))).unwrap()
}
