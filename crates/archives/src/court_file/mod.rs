//! The materials for an application to the court (申请法院强制执行的材料): which documents of a case belong to which item of
//! 行政强制法第五十五条第一款, and what is lacking.

pub(crate) mod export;
pub(crate) mod list;

use kernel::codes;

use crate::CasePaper;

codes! {
    /// An item of 行政强制法第五十五条第一款 (申请材料), in the order of the article.
    Material {
        /// The application, signed by the organ's head, sealed and dated (强制执行申请书).
        Application = "application", "强制执行申请书";
        /// The decision with its facts, reasons and basis (行政决定书及作出决定的事实、理由和依据).
        Decision = "decision", "行政决定书及作出决定的事实、理由和依据";
        /// What the party said, and the reminder (当事人的意见及行政机关催告情况).
        Opinion = "opinion", "当事人的意见及行政机关催告情况";
        /// What is to be executed, as it stands (申请强制执行标的情况).
        Subject = "subject", "申请强制执行标的情况";
        /// Other materials that laws and regulations want (其他材料).
        Other = "other", "法律、行政法规规定的其他材料";
    }
}

/// The items, in the order of the article.
const MATERIALS: [Material; 5] = [Material::Application, Material::Decision, Material::Opinion, Material::Subject, Material::Other];

/// The item that a document belongs to; nothing for what the organ weighed and approved among its own: sheets of approval, the review of what a
/// device recorded, reports of the investigation and of the hearing, the sale of things.
fn material_of(kind: &str, part: Option<&str>) -> Option<Material> {
    match kind {
        // One of the papers of these kinds is a sheet of approval: where nobody can say which it is, it stays in the house.
        "C05" | "E05" if part.is_none_or(|part| part == "approval") => None,
        "E14" => Some(Material::Application),
        "D05" | "D06" | "E01" | "E02" | "E05" | "E06" | "E07" | "E12" => Some(Material::Opinion),
        "A09" | "A10" => Some(Material::Other),
        "D03" | "D04" | "D08" | "D10" | "D14" | "D15" | "D19" | "D23" => Some(Material::Decision),
        "B07" | "B12" | "C01" | "C10" => None,
        _ if kind.starts_with('B') || kind.starts_with('C') => Some(Material::Decision),
        _ => None,
    }
}

impl Material {
    /// Its number in the article, from 1.
    const fn item(self) -> usize {
        self as usize + 1
    }

    /// Where it stands.
    const fn article(self) -> &'static str {
        match self {
            Self::Application => "行政强制法第五十五条第一款第一项、第二款",
            Self::Decision => "行政强制法第五十五条第一款第二项",
            Self::Opinion => "行政强制法第五十四条、第五十五条第一款第三项",
            Self::Subject => "行政强制法第五十五条第一款第四项",
            Self::Other => "行政强制法第五十五条第一款第五项",
        }
    }

    /// The documents of a case that belong to it: issued, and not void.
    fn papers(self, of: &[CasePaper]) -> Vec<&CasePaper> {
        of.iter().filter(|paper| !paper.void && material_of(&paper.kind, paper.part) == Some(self)).collect()
    }

    /// What of it is lacking.
    fn lacking(self, papers: &[CasePaper], subject: &[String]) -> Option<&'static str> {
        let has = |kinds: &[&str]| papers.iter().any(|paper| !paper.void && kinds.contains(&paper.kind.as_str()));
        match self {
            Self::Application if !has(&["E14"]) => Some("还没有签发强制执行申请书"),
            Self::Decision if !has(&["D14", "D15"]) => Some("没有生效的处罚决定书"),
            Self::Opinion if !has(&["E06"]) => Some("还没有签发催告书：申请前应当催告当事人履行义务"),
            Self::Subject if subject.is_empty() => Some("没有可以申请执行的标的：罚款没有开单，或者已经缴清"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(kind: &str, void: bool) -> CasePaper {
        CasePaper { kind: kind.to_owned(), part: None, title: kind.to_owned(), file: files::FileId::of(kind.as_bytes()), void }
    }

    #[test]
    fn article_55_each_lacking_material_is_named_and_void_documents_do_not_count() {
        let papers = [paper("D15", false), paper("E06", true), paper("D12", false), paper("D02", false)];
        let lacking = |papers: &[CasePaper], subject: &[String]| -> Vec<Material> {
            MATERIALS.into_iter().filter(|material| material.lacking(papers, subject).is_some()).collect()
        };
        assert_eq!(lacking(&papers, &[]), [Material::Application, Material::Opinion, Material::Subject]);
        let whole = [paper("D15", false), paper("E06", false), paper("E14", false)];
        assert_eq!(lacking(&whole, &["罚款尚未缴纳".to_owned()]), []);
    }

    #[test]
    fn discussion_review_and_approval_stay_in_the_house() {
        for kind in ["A02", "B07", "B12", "C01", "C10", "D01", "D02", "D11", "D12", "D13", "F05", "F06"] {
            assert_eq!(material_of(kind, None), None, "{kind}");
        }
        for (kind, part, wanted) in
            [("C05", "decision", Material::Decision), ("E05", "notice", Material::Opinion), ("E05", "application", Material::Opinion)]
        {
            assert_eq!(material_of(kind, Some(part)), Some(wanted), "{kind} {part}");
            assert_eq!((material_of(kind, Some("approval")), material_of(kind, None)), (None, None), "{kind}");
        }
        assert_eq!(Material::Decision.papers(&[paper("B03", false), paper("D15", true), paper("D12", false)]).len(), 1);
        assert_eq!(Material::Other.item(), 5);
    }
}
