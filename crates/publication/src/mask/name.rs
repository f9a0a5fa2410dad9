//! Names of natural persons: those that are known, and those that a word of the text announces.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mark, MaskKind, Masked};

/// Compound surnames (复姓), as far as they are met.
const COMPOUND: [&str; 14] =
    ["欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "东方", "端木", "南宫"];
/// Surnames that are met often and are no word of their own beside a word for a person.
const SURNAMES: &str = concat!(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆",
    "郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚樊兰殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦柳邢岳齐梅莫庄辛祝涂谷祁耿牟卜路詹",
    "关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍位覃霍翁隋植甘景薄柯阮桂闵柴车房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚穆党燕",
);
/// What follows a name of two characters and is no part of it.
const AFTER_NAMES: &str = "在于与和及的称说将未有对从向因把被是为表示不也至到由所即已曾则系处驾停堆占经自";

/// Words that begin like a name beside a word for a person, and are none.
const NO_NAMES: [&str; 12] = ["马上", "高度", "方便", "万元", "关于", "曾经", "房屋", "车辆", "卫生", "高声", "车载", "段时"];

/// How a natural person is shown (姓某某): the surname, and 某某. Empty for an empty name.
#[must_use]
pub fn person(name: &str) -> String {
    let name = name.trim();
    match COMPOUND.iter().find(|surname| name.starts_with(**surname) && name.chars().count() > 2) {
        Some(surname) => format!("{surname}某某"),
        None => name.chars().next().map_or(String::new(), |first| format!("{first}某某")),
    }
}

/// Masks the names that are known, wherever they stand.
pub(super) fn known(masked: &mut Masked, people: &[String]) {
    let mut people: Vec<&str> = people.iter().map(|name| name.trim()).filter(|name| name.chars().count() > 1).collect();
    // The longest first: a name may begin with another.
    people.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    for name in people {
        if masked.text.contains(name) {
            masked.text = masked.text.replace(name, &person(name));
            masked.marks.push(Mark { kind: MaskKind::Name, words: name.to_owned() });
        }
    }
}

/// Masks names that a word announces: 证人李四, 姓名：…, 王先生; and then wherever else they stand.
pub(super) fn told(masked: &mut Masked) {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        let surnames = SURNAMES;
        Regex::new(&format!(
            "(?:见证人|证人|店主|业主|房东|负责人|法定代表人|代理人|经营者|经营人|员工|雇员|店员|司机|驾驶人|驾驶员|车主|举报人|投诉人|报案人|联系人|被询问人|受害人|邻居|当事人|第三人|儿子|女儿|妻子|丈夫|父亲|母亲)(?:姓名)?([:：为是叫系])?\\s*((?:{})[\\p{{Han}}]{{1,2}}|[{surnames}][\\p{{Han}}]{{1,2}})",
            COMPOUND.join("|")
        ))
        .expect("the pattern is read by the tests")
    });
    static WRITTEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("姓名(?:[:：为是叫]|\\s)\\s*([\\p{Han}]{2,4})").expect("read by the tests"));
    static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("([{SURNAMES}])([\\p{{Han}}]{{0,2}})(?:先生|女士|小姐|同志)")).expect("the pattern is read by the tests")
    });
    let mut names: Vec<String> = Vec::new();
    for captures in ANNOUNCED.captures_iter(&masked.text) {
        names.extend(captures.get(2).map(|name| name.as_str().to_owned()));
    }
    for captures in WRITTEN.captures_iter(&masked.text) {
        names.extend(captures.get(1).map(|name| name.as_str().to_owned()));
    }
    for captures in ADDRESSED.captures_iter(&masked.text) {
        let (first, rest) = (captures.get(1).map_or("", |it| it.as_str()), captures.get(2).map_or("", |it| it.as_str()));
        // `王先生` hides nobody's surname, and needs none.
        if !rest.is_empty() {
            names.push(format!("{first}{rest}"));
        }
    }
    let names: Vec<String> = names
        .into_iter()
        .map(|name| {
            let mut letters: Vec<char> = name.chars().collect();
            if letters.len() > 2 && letters.last().is_some_and(|last| AFTER_NAMES.contains(*last)) {
                letters.pop();
            }
            letters.into_iter().collect::<String>()
        })
        .filter(|name| !NO_NAMES.iter().any(|word| name.starts_with(word)))
        .filter(|name| !name.contains('某') && !name.chars().nth(1).is_some_and(|second| AFTER_NAMES.contains(second)))
        .collect();
    known(masked, &names);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::mask;

    #[test]
    fn names_become_a_surname_and_so_and_so() {
        assert_eq!(person("王小明"), "王某某");
        assert_eq!(person("欧阳小明"), "欧阳某某");
        assert_eq!(person(""), "");
        let people = ["测试甲乙".to_owned(), "王小".to_owned()];
        assert_eq!(mask("测试甲乙和王小在场", &people).text, "测某某和王某某在场");
        assert_eq!(mask("证人李四称，李四看见；见证人：赵六六签字", &[]).text, "证人李某某称，李某某看见；见证人：赵某某签字");
        assert_eq!(mask("姓名：乙丙丁，陈小红女士", &[]).text, "姓名：乙某某，陈某某女士");
        assert_eq!(mask("当事人在路边堆放物料，当事人未改正", &[]).text, "当事人在路边堆放物料，当事人未改正");
        let again = mask("证人李某某称", &[]);
        assert_eq!((again.text.as_str(), again.marks.len()), ("证人李某某称", 0));
    }
}
