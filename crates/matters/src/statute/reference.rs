//! How sheets cite articles (条款引用): `第11(1)条` is the first paragraph (款) of article 11; ①② are items (项).

/// An article that is cited, with what of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The article's number.
    pub article: u16,
    /// The paragraphs (款), counted from 1; none means the whole article.
    pub paragraphs: Vec<u16>,
    /// The items (项) of the paragraph, counted from 1; none means all.
    pub items: Vec<u16>,
}

/// The most articles that one citation names: `第58-67条` names ten.
const MOST: u16 = 50;
const ITEMS: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/// Reads `第11(1)条`, `第32(1)①条`, `第21、22条`, `第20(2-8)、33条`, `第58-67条`. A remark in brackets behind it is left out. `None` for
/// anything else.
#[must_use]
pub fn parse(text: &str) -> Option<Vec<Reference>> {
    let (body, rest) = text.trim().strip_prefix('第')?.split_once('条')?;
    let remark = rest.is_empty() || (rest.starts_with(['(', '（']) && rest.ends_with([')', '）']));
    if !remark {
        return None;
    }
    let mut found = Vec::new();
    for part in body.split('、') {
        match part.split_once('-').filter(|(first, _)| !first.contains('(')) {
            Some((first, last)) => {
                let (first, last) = (number(first)?, number(last)?);
                if first > last || last - first >= MOST {
                    return None;
                }
                found.extend((first..=last).map(|article| Reference { article, paragraphs: Vec::new(), items: Vec::new() }));
            }
            None => found.push(one(part)?),
        }
    }
    (found.len() <= usize::from(MOST)).then_some(found)
}

fn one(part: &str) -> Option<Reference> {
    let end = part.find(|it: char| !it.is_ascii_digit()).unwrap_or(part.len());
    let article = number(&part[..end])?;
    let mut rest = &part[end..];
    let (mut paragraphs, mut items) = (Vec::new(), Vec::new());
    while let Some(inner) = rest.strip_prefix('(') {
        let (inner, after) = inner.split_once(')')?;
        match inner.split_once('-') {
            Some((first, last)) => paragraphs.extend(number(first)?..=number(last)?),
            None => paragraphs.push(number(inner)?),
        }
        rest = after;
    }
    for mark in rest.chars() {
        items.push(u16::try_from(ITEMS.chars().position(|it| it == mark)? + 1).ok()?);
    }
    Some(Reference { article, paragraphs, items })
}

fn number(text: &str) -> Option<u16> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (u16, Vec<u16>, Vec<u16>);

    fn told(text: &str) -> Option<Vec<Told>> {
        Some(parse(text)?.into_iter().map(|it| (it.article, it.paragraphs, it.items)).collect())
    }

    #[test]
    fn articles_paragraphs_and_items() {
        assert_eq!(told("第11条"), Some(vec![(11, vec![], vec![])]));
        assert_eq!(told("第11(1)条"), Some(vec![(11, vec![1], vec![])]));
        assert_eq!(told("第32(1)①条"), Some(vec![(32, vec![1], vec![1])]));
        assert_eq!(told("第33(1)②③条"), Some(vec![(33, vec![1], vec![2, 3])]));
        assert_eq!(told("第38②条"), Some(vec![(38, vec![], vec![2])]));
        assert_eq!(told("第12(1)(4)条"), Some(vec![(12, vec![1, 4], vec![])]));
        assert_eq!(told("第5、13(2)条"), Some(vec![(5, vec![], vec![]), (13, vec![2], vec![])]));
        assert_eq!(told("第20(2-4)、33条"), Some(vec![(20, vec![2, 3, 4], vec![]), (33, vec![], vec![])]));
        assert_eq!(told("第58-60条").unwrap().len(), 3);
        assert_eq!(told("第21条(条号memory)"), Some(vec![(21, vec![], vec![])]));
        for wrong in ["", "11条", "第条", "第0条", "第11", "第11条乙", "第11(x)条", "第9-1条", "第1-900条", "第11(1条"] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
