//! `POST /api/v1/cases/{id}/court-file`: the materials for the court as one ZIP.

use axum::{extract::State, response::Response};
use dossier::PartKind;
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::MATERIALS;
use crate::{
    Archives, CasePaper,
    bundle::{Bundle, Ending, Taken},
    rights,
};

/// Characters of a file's name at most, without its number and its ending.
const LONGEST_NAME: usize = 60;

/// Makes the materials for an application to the court: the documents in the order of 行政强制法第五十五条, the evidence, what is owed, a list
/// of all and their hashes. Nothing of the organ's own review, discussion and approval, and no evidence that was excluded.
///
/// # Errors
/// `case-not-found`; `court-file-incomplete`, naming everything that is lacking; `busy` while another file is made; `dossier-too-large`;
/// `file-lost`; `dossier-broken`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/court-file", tag = "archives", operation_id = "export_court_file",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, content_type = "application/zip", description = "The materials")))]
pub(crate) async fn export(
    State(archives): State<Archives>,
    allowed: Allowed<rights::ExportDossiers>,
    Path(id): Path<Uuid>,
) -> Answer<Response> {
    let case = archives.parts.cases.told(&allowed.caller, id).await?;
    let subject = archives.parts.cases.subject(&case.key).await?;
    complete(&case.papers, &subject)?;
    let bundle = Bundle::begin(&archives, &allowed.caller, &case, ("court-file", Taken::Standing)).await?;
    let mut listing = format!("申请法院强制执行的材料\n案件编号：{}\n", case.number);
    for material in MATERIALS {
        let item = material.item();
        listing.push_str(&format!("\n{item}. {}（{}）\n", material.label(), material.article()));
        for (number, paper) in (1..).zip(material.papers(&case.papers)) {
            let name = format!("{item}-{number:02}-{}.pdf", plain(&paper.title));
            listing.push_str(&format!("   {name}\n"));
            bundle.paper(name, paper).await?;
        }
        if material == super::Material::Subject {
            for line in &subject {
                listing.push_str(&format!("   {line}\n"));
            }
            bundle.text(PartKind::Document, format!("{item}-01-标的情况.txt"), "标的情况", &(subject.join("\n") + "\n")).await;
        }
        if material == super::Material::Decision {
            listing.push_str(&format!("   证据 {} 份，见 evidence 文件夹\n", bundle.exhibits().len()));
            for exhibit in bundle.exhibits() {
                listing.push_str(&format!("      {:03}.{}  {}\n", exhibit.ordinal, exhibit.ending, exhibit.title));
            }
        }
    }
    bundle.put_exhibits().await?;
    bundle.finish(Ending::Listing(listing), "court-file.zip").await
}

fn complete(papers: &[CasePaper], subject: &[String]) -> Result<(), Problem> {
    let lacking = MATERIALS.into_iter().filter_map(|material| Some((material, material.lacking(papers, subject)?)));
    let mut problem: Option<Problem> = None;
    for (material, lacks) in lacking {
        let whole =
            problem.unwrap_or_else(|| Problem::conflict("court-file-incomplete", "申请材料还不齐全").citing("行政强制法第五十五条第一款"));
        problem = Some(whole.field(material.code(), lacks));
    }
    problem.map_or(Ok(()), Err)
}

/// A title as the name of a file: nothing that leads out of a folder, and not too long.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        .take(LONGEST_NAME)
        .collect()
}
