//! Places that words name (地名): what stands before `小区`, `超市`, `路`.
//!
//! No gazetteer is asked: a district's own names are in none, and here it only matters whether two texts name the same one. So a name is its
//! kind with the two signs before it, which is where Chinese names of places differ; `解放东路` and `东路` meet in neither.

use std::collections::BTreeMap;

/// Kinds of places that have names (地名地址的通名: 街巷、小区、标志物), longer ones before those they end in.
const KINDS: [&str; 42] = [
    "公交站",
    "地铁站",
    "火车站",
    "加油站",
    "停车场",
    "派出所",
    "幼儿园",
    "卫生院",
    "菜市场",
    "农贸市场",
    "小区",
    "花园",
    "新村",
    "公寓",
    "家园",
    "大厦",
    "广场",
    "超市",
    "商场",
    "市场",
    "菜场",
    "学校",
    "小学",
    "中学",
    "大学",
    "学院",
    "医院",
    "诊所",
    "药店",
    "银行",
    "酒店",
    "宾馆",
    "饭店",
    "公园",
    "社区",
    "大道",
    "大桥",
    "路",
    "街",
    "巷",
    "桥",
    "村",
];
/// Signs of which no name is made: `旁边的小区` names none, nor does `这条路`, `走路`, `柏油路`.
const NAMELESS: &str = "的在有是到个这那某我们你他边口面里内外旁侧前后处近了和与及把被从往该此一二两三几各每附让占修马公道走过油泥铁条段半来去堵绕整本同对等只还很太上下";
/// Names of one text at most; the rest adds nothing.
const MOST: usize = 16;

/// Names by their kind.
pub(super) type Names = BTreeMap<&'static str, Vec<String>>;

/// The places that a text names.
pub(super) fn names(text: &str) -> Names {
    let signs: Vec<char> = text.chars().collect();
    let mut found = Names::new();
    let (mut at, mut taken, mut free) = (0, 0, 0);
    while at < signs.len() && taken < MOST {
        let Some(kind) = KINDS.iter().find(|kind| kind.chars().eq(signs[at..].iter().copied().take(kind.chars().count()))) else {
            at += 1;
            continue;
        };
        if let Some(before) = at.checked_sub(2).filter(|from| *from >= free).map(|from| &signs[from..at])
            && before.iter().all(|sign| is_han(*sign) && !NAMELESS.contains(*sign))
        {
            let of_kind = found.entry(*kind).or_default();
            let name: String = before.iter().collect();
            if !of_kind.contains(&name) {
                of_kind.push(name);
                taken += 1;
            }
        }
        at += kind.chars().count();
        free = at;
    }
    found
}

const fn is_han(sign: char) -> bool {
    matches!(sign, '\u{4e00}'..='\u{9fff}')
}

/// What the names of two texts say about whether they tell of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meeting {
    /// Both name it.
    Same(String),
    /// Both name places of one kind, and none in common.
    Other(String, String),
    /// One names none, or they name places of different kinds, which may stand side by side.
    Unknown,
}

/// Holds the names of two texts against each other.
pub(super) fn meet(one: &Names, other: &Names) -> Meeting {
    let mut apart = Meeting::Unknown;
    for (kind, names) in one {
        let Some(there) = other.get(kind) else { continue };
        if let Some(name) = names.iter().find(|name| there.contains(name)) {
            return Meeting::Same(format!("{name}{kind}"));
        }
        if let (Meeting::Unknown, Some(here), Some(there)) = (&apart, names.first(), there.first()) {
            apart = Meeting::Other(format!("{here}{kind}"), format!("{there}{kind}"));
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        names(text).into_iter().flat_map(|(kind, names)| names.into_iter().map(move |name| format!("{name}{kind}"))).collect()
    }

    #[test]
    fn a_name_is_its_kind_with_two_signs() {
        assert_eq!(told("您好，建国路公交站旁边路灯不亮"), ["建国路"]);
        assert_eq!(told("康宁小区东门，向阳幼儿园对面"), ["康宁小区", "向阳幼儿园"]);
        assert_eq!(told("迎春农贸市场门口"), ["迎春农贸市场"]);
    }

    #[test]
    fn what_has_no_name_names_nothing() {
        for text in ["小区门口的路灯不亮", "旁边的超市占道", "走路要绕开，柏油路坏了", "这条马路", "一个停车场", ""]
        {
            assert!(told(text).is_empty(), "{text}: {:?}", told(text));
        }
    }

    #[test]
    fn names_meet_within_their_kind() {
        let (one, other) = (names("康宁小区旁边，向阳路上"), names("向阳路康乐小区"));
        assert_eq!(meet(&one, &other), Meeting::Same("向阳路".to_owned()));
        assert_eq!(meet(&names("康宁小区"), &names("康乐小区")), Meeting::Other("康宁小区".to_owned(), "康乐小区".to_owned()));
        assert_eq!(meet(&names("康宁小区"), &names("向阳路")), Meeting::Unknown);
        assert_eq!(meet(&names("康宁小区"), &names("路灯不亮")), Meeting::Unknown);
    }

    #[test]
    fn names_are_bounded() {
        let text: String = (0..100).map(|n| format!("{}宁小区", char::from_u32(0x5000 + n).unwrap())).collect();
        assert!(names(&text).values().map(Vec::len).sum::<usize>() <= MOST);
    }
}
