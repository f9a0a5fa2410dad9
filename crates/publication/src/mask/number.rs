//! Numbers that lead to a person: telephones, identity and bank numbers, plates, house numbers.

use std::sync::LazyLock;

use kernel::personal::redact;
use regex::Regex;

use super::{MaskKind, Masked};

/// What stands where something was.
const GONE: &str = "***";
/// Digits in one piece, so many and more, are somebody's number: identity cards have 15 or 18, bank cards 16 to 19.
const PERSONAL: usize = 15;
/// Digits and asterisks of a number that was half hidden before, as the case keeps telephones.
const HALF_HIDDEN: usize = 7;

fn finder(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is read by the tests")
}

/// What follows a word for a way of contact, and mail addresses.
pub(super) fn contacts(masked: &mut Masked) {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        finder(r"(?i)(?:电话|手机|座机|微信|支付宝|QQ|联系方式)(?:号码|号)?(?:[:：为是]|\s){0,3}([0-9A-Z０-９][-0-9A-Z_０-９*－—]{4,24})")
    });
    static MAIL: LazyLock<Regex> = LazyLock::new(|| finder(r"[0-9A-Za-z._%+-]{1,64}[@＠][0-9A-Za-z.-]{1,64}\.[A-Za-z]{2,12}"));
    masked.replace(MaskKind::Contact, &MAIL, |it| it.get(0).map(|all| (all.start(), all.end(), GONE.to_owned())));
    masked.replace(MaskKind::Contact, &SAID, |it| it.get(1).map(|all| (all.start(), all.end(), GONE.to_owned())));
}

/// Number plates: the province stays.
pub(super) fn plates(masked: &mut Masked) {
    static PLATE: LazyLock<Regex> = LazyLock::new(|| {
        finder(concat!(
            "([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])",
            r"[A-Za-zＡ-Ｚ][\s·•．.\-－]{0,2}[A-Za-z0-9Ａ-Ｚ０-９]{4,6}[挂学警港澳领]?"
        ))
    });
    masked.replace(MaskKind::Plate, &PLATE, |it| {
        let province = it.get(1)?;
        // At least two figures: `浙江` is no plate, nor is a word in letters.
        let figures = it.get(0)?.as_str().chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
        (figures >= 2).then(|| (province.start(), it.get(0).map_or(0, |all| all.end()), format!("{}{GONE}", province.as_str())))
    });
}

/// House numbers: the street stays. Articles, documents and days are no houses.
pub(super) fn addresses(masked: &mut Masked) {
    static HOUSE: LazyLock<Regex> = LazyLock::new(|| {
        finder(concat!(
            r"([第〕］\]月日年字])?\s*(?:[0-9０-９]{1,5}|[一二三四五六七八九十百零〇]{1,6})(?:[-－—之][0-9０-９]{1,5})*\s*",
            r"(号楼|号院|号|幢|栋|弄|单元|室)(?:[0-9０-９]{1,5}(室|号|幢|栋|楼|层|单元)?)?"
        ))
    });
    masked.replace(MaskKind::Address, &HOUSE, |it| {
        let unit = it.get(2)?;
        // `30号公告`, `2号网格` and the like would be lost with a house: better lost than shown. Only what plainly counts something else stays.
        if it.get(1).is_some() {
            return None;
        }
        let all = it.get(0)?;
        let rest = it.get(3).map_or(String::new(), |rest| format!("*{}", rest.as_str()));
        Some((all.start(), all.end(), format!("*{}{rest}", unit.as_str())))
    });
}

/// Telephones, identity numbers, bank numbers, however they are written.
pub(super) fn numbers(masked: &mut Masked) {
    static RUN: LazyLock<Regex> =
        LazyLock::new(|| finder(r"[+＋]?[0-9０-９](?:[\t 　\-－‐‑‒–—−()（）\u{200b}-\u{200d}\u{feff}]{0,3}[0-9０-９*＊xXｘＸ])+"));
    static SPELT: LazyLock<Regex> = LazyLock::new(|| finder("[〇零一二三四五六七八九幺]{11,}"));
    masked.replace(MaskKind::Number, &RUN, |it| {
        let all = it.get(0)?;
        let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        let digits = all.as_str().chars().filter(|c| is_digit(*c)).count();
        let stars = all.as_str().chars().filter(|c| matches!(c, '*' | '＊')).count();
        let half = stars > 1 && digits > 0 && digits + stars >= HALF_HIDDEN;
        let whole = all.as_str().split(|c: char| !is_digit(c)).any(|piece| piece.chars().count() >= PERSONAL);
        // Sixteen and more in groups of four or so: a bank card, or several numbers in a row.
        let grouped =
            digits > PERSONAL && all.as_str().split(|c: char| !is_digit(c)).all(|piece| matches!(piece.chars().count(), 0 | 3..=8));
        let number = half || whole || grouped || redact(all.as_str()) != all.as_str();
        number.then(|| (all.start(), all.end(), GONE.to_owned()))
    });
    masked.replace(MaskKind::Number, &SPELT, |it| it.get(0).map(|all| (all.start(), all.end(), GONE.to_owned())));
}

#[cfg(test)]
mod tests {
    use crate::mask::mask;

    #[test]
    fn what_leads_to_a_person_goes_and_what_says_what_happened_stays() {
        for (typed, shown) in [
            ("联系 13900000001，身份证 33048219900101000X", "联系 ***，身份证 ***"),
            ("电话：85012345", "电话：***"),
            ("微信号 wang_lao_ban", "微信号 ***"),
            ("联系 139******01 即可", "联系 *** 即可"),
            ("卡号6222 0200 0000 1234 567付款", "卡号***付款"),
            ("驾驶浙F·12345号车", "驾驶浙***号车"),
            ("浙FD12345停放", "浙***停放"),
            ("在长街12号门前", "在长街*号门前"),
            ("和平里3幢2单元501室", "和平里*幢*单元*室"),
            ("解放路十二号", "解放路*号"),
            ("邮箱 someone@example.com。", "邮箱 ***。"),
            ("幺三九零零零零零零零一", "***"),
        ] {
            assert_eq!(mask(typed, &[]).text, shown, "{typed}");
            assert_eq!(mask(shown, &[]).text, shown, "once is enough");
        }
        for text in [
            "2026年10月30日堆放物料3立方米，占道12.5平方米",
            "依据《浙江省城市市容和环境卫生管理条例》第十二条第一款",
            "某某罚〔2026〕15号",
            "住房和城乡建设部令第34号",
            "罚款2000元，自收到之日起15日内缴纳",
            "编号 20261122-000123",
        ] {
            assert_eq!(mask(text, &[]).text, text);
        }
    }
}
