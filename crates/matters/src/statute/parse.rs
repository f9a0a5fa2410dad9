//! A statute out of its Markdown file: title, date from the file's name, chapters, articles with paragraphs (款) and items (项).

use chrono::NaiveDate;

/// The longest file that is taken for a statute, in bytes.
pub const LONGEST: usize = 4 * 1024 * 1024;
/// What people put in front of national laws; how laws are cited leaves it out.
const STATE: &str = "中华人民共和国";

/// A statute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statute {
    /// The whole title.
    pub title: String,
    /// The date in the file's name: of adoption or of the last change.
    pub dated: NaiveDate,
    /// How it came about, a line each.
    pub history: Vec<String>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
}

/// An article (条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its number, from 1 without a gap.
    pub number: u16,
    /// The part (编), chapter (章) and section (节) it stands in, as they are called; empty where there are none.
    pub heading: String,
    /// Its text without its number, a line a paragraph or item.
    pub text: String,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAStatute {
    /// The file's name.
    #[error("文件名应写成“名称(2021-01-22).md”，括号内为公布或最近修改的日期")]
    Name,
    /// No first line with the title.
    #[error("第一行应为“# 标题”")]
    Title,
    /// No article.
    #[error("没有找到“第一条”")]
    NoArticle,
    /// A line that begins as an article out of its turn.
    #[error("第{before}条之后是第{found}条，条文不连续")]
    Gap {
        /// The article before.
        before: u16,
        /// The one that follows.
        found: u16,
    },
    /// Longer than any statute.
    #[error("文件过大，不像一部法规")]
    TooLong,
}

/// A title as it is cited: without the name of the state.
#[must_use]
pub fn short_title(title: &str) -> &str {
    title.strip_prefix(STATE).unwrap_or(title)
}

/// Reads a file by its name without folder, and its text.
///
/// # Errors
/// A name without a date, no title, no articles, or articles that do not follow one another.
pub fn parse(file_name: &str, text: &str) -> Result<Statute, NotAStatute> {
    if text.len() > LONGEST {
        return Err(NotAStatute::TooLong);
    }
    let dated = date_of(file_name).ok_or(NotAStatute::Name)?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(clean).filter(|line| !line.is_empty());
    let title =
        lines.next().and_then(|line| line.strip_prefix("# ").map(str::trim)).filter(|it| !it.is_empty() && it.chars().count() <= 100);
    let title = title.ok_or(NotAStatute::Title)?.to_owned();
    let mut history = Vec::new();
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut articles: Vec<Article> = Vec::new();
    for line in lines {
        if line.starts_with("<!--") {
            continue;
        }
        if let Some((level, heading)) = heading(line) {
            headings.retain(|(above, _)| *above < level);
            headings.push((level, heading));
            continue;
        }
        if let Some((number, rest)) = article(line) {
            let before = articles.last().map_or(0, |it| it.number);
            if number != before + 1 {
                return Err(NotAStatute::Gap { before, found: number });
            }
            let heading = headings.iter().map(|(_, heading)| heading.as_str()).collect::<Vec<_>>().join(" · ");
            articles.push(Article { number, heading, text: rest.to_owned() });
        } else if let Some(last) = articles.last_mut() {
            if !last.text.is_empty() {
                last.text.push('\n');
            }
            last.text.push_str(line);
        } else {
            history.push(line.to_owned());
        }
    }
    if articles.is_empty() {
        return Err(NotAStatute::NoArticle);
    }
    Ok(Statute { title, dated, history, articles })
}

/// Without the blanks of all kinds around it.
fn clean(line: &str) -> &str {
    line.trim_matches(|it: char| it.is_whitespace() || matches!(it, '\u{200b}' | '\u{feff}'))
}

fn date_of(file_name: &str) -> Option<NaiveDate> {
    let name = file_name.strip_suffix(".md")?;
    let (_, date) = name.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    (date.len() == 10).then(|| date.parse().ok()).flatten()
}

fn heading(line: &str) -> Option<(usize, String)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let name = line.get(level..)?.strip_prefix(' ')?;
    // 总　则 is written with blanks inside; one blank stays after the number.
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {}", rest.concat()),
        _ => words.concat(),
    };
    (level > 0).then_some((level, name))
}

/// `第十一条 …`: the number and what follows. A sentence that begins with a citation has no blank behind it.
fn article(line: &str) -> Option<(u16, &str)> {
    let (number, rest) = line.strip_prefix('第')?.split_once('条')?;
    let number = numeral(number)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| (number, rest.trim_start()))
}

/// Chinese numerals below a thousand.
#[must_use]
pub fn numeral(text: &str) -> Option<u16> {
    let digit = |text: &str| {
        let at = "一二三四五六七八九".chars().position(|it| text.chars().eq([it]))?;
        u16::try_from(at + 1).ok()
    };
    let (hundreds, rest) = match text.split_once('百') {
        Some((hundreds, rest)) => (digit(hundreds)?, rest.strip_prefix(['零', '〇']).unwrap_or(rest)),
        None => (0, text),
    };
    let (tens, ones) = match rest.split_once('十') {
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (digit(tens)?, ones),
        None => (0, rest),
    };
    let ones = if ones.is_empty() { 0 } else { digit(ones)? };
    let number = hundreds * 100 + tens * 10 + ones;
    (number > 0).then_some(number)
}

/// The paragraphs (款) of an article's text: each with the items (项) that follow it, as lines.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        match found.last_mut() {
            Some(last) if is_item(line) => last.push(line),
            _ => found.push(vec![line]),
        }
    }
    found
}

/// Whether a line is an item: `（一）…`.
fn is_item(line: &str) -> bool {
    let inner = line.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    inner.is_some_and(|(number, _)| numeral(number).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made up for the tests (模拟), in the form of the files that are imported.
    const SAMPLE: &str = "\u{feff}# 中华人民共和国模拟市容条例\n\n2020年1月1日 模拟通过\n\n<!-- INFO END -->\n\n## 第一章 总　则\n\n第一条　为了测试，制定本条例。\n\n第二条 适用本条例：\n\n（一）街道；\n\n（二）广场。\n\n第一条规定的目的不受影响。\n\n\u{200b}\n## 第二章 罚 则\n\n### 第一节 一般规定\n\n第三条 违反第二条的，罚款。\n";

    #[test]
    fn chapters_articles_paragraphs_and_items() {
        let statute = parse("模拟市容条例(2020-01-02).md", SAMPLE).unwrap();
        assert_eq!((statute.title.as_str(), statute.dated.to_string().as_str()), ("中华人民共和国模拟市容条例", "2020-01-02"));
        assert_eq!(short_title(&statute.title), "模拟市容条例");
        assert_eq!(statute.history, ["2020年1月1日 模拟通过"]);
        let headings: Vec<&str> = statute.articles.iter().map(|it| it.heading.as_str()).collect();
        assert_eq!(headings, ["第一章 总则", "第一章 总则", "第二章 罚则 · 第一节 一般规定"]);
        assert_eq!(
            paragraphs(&statute.articles[1].text),
            [vec!["适用本条例：", "（一）街道；", "（二）广场。"], vec!["第一条规定的目的不受影响。"]]
        );
    }

    #[test]
    fn what_is_no_statute_says_why() {
        let name = "模拟(2020-01-02).md";
        for wrong in ["模拟.md", "模拟(2020-1-2).md", "模拟(2020-02-30).md", "模拟(2020-01-02).txt"] {
            assert_eq!(parse(wrong, SAMPLE), Err(NotAStatute::Name), "{wrong}");
        }
        assert_eq!(parse(name, "第一条 无题。"), Err(NotAStatute::Title));
        assert_eq!(parse(name, "# 题\n\n没有条文"), Err(NotAStatute::NoArticle));
        assert_eq!(parse(name, "# 题\n第一条 甲\n第三条 丙"), Err(NotAStatute::Gap { before: 1, found: 3 }));
    }

    #[test]
    fn numerals_below_a_thousand() {
        for (text, number) in [
            ("一", 1),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("九十九", 99),
            ("一百", 100),
            ("一百零三", 103),
            ("一百一十", 110),
            ("一百二十六", 126),
        ] {
            assert_eq!(numeral(text), Some(number), "{text}");
        }
        for wrong in ["", "零", "一一", "百", "甲", "11"] {
            assert_eq!(numeral(wrong), None, "{wrong}");
        }
    }
}
