//! A kind's document with invented data (样张).

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use http_api::{Answer, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Documents,
    form::{self, Template},
    printing::{Paper, Standing},
    rights,
};

/// Which paper is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskPaper {
    /// `a4`, also where nothing is said, or `strip`: D14 on the paper of a portable printer.
    paper: Option<String>,
}

/// Which paper of a kind that has several.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskPart {
    /// Its code; the first one where nothing is said.
    part: Option<String>,
}

impl AskPaper {
    /// The paper, if the template has it.
    pub(crate) fn of(&self, template: &Template) -> Result<Paper, Problem> {
        match self.paper.as_deref() {
            None | Some("a4") => Ok(Paper::Sheet),
            Some("strip") if template.code == "D14" => Ok(Paper::Strip),
            Some(_) => Err(Problem::invalid("paper-unknown", "没有这种版式").field("paper", "应为 a4；D14 还可以是 strip（58 毫米）")),
        }
    }
}

/// Prints a kind's template with its sample data, marked as simulated.
///
/// # Errors
/// `document-kind-unknown`, `document-part-unknown`, `paper-unknown`, `fonts-missing`.
#[utoipa::path(get, path = "/api/v1/document-kinds/{code}/sample", tag = "documents", operation_id = "sample_document",
    params(("code" = String, Path, description = "The kind, such as `D15`"), AskPaper, AskPart),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn sample(
    State(room): State<Documents>,
    _: Allowed<rights::SeeDocuments>,
    Path(code): Path<String>,
    Query(ask): Query<AskPaper>,
    Query(wanted): Query<AskPart>,
) -> Answer<Response> {
    let template = form::of(&code).ok_or_else(|| Problem::not_found("document-kind-unknown", "没有这种文书的模板"))?;
    let paper = ask.of(template)?;
    let unknown = || Problem::invalid("document-part-unknown", "这种文书没有这一份").field("part", "请从文书种类所列的各份中选择");
    let read = template.read(&template.sample_of(wanted.part.as_deref()).ok_or_else(unknown)?)?;
    let standing = Standing { simulated: true, number: Some("（样张）".to_owned()), key: code.clone(), ..Standing::default() };
    Ok(pdf(room.print(template, read, paper, standing).await?.bytes, &code))
}

/// A PDF as an answer that nobody keeps.
pub(crate) fn pdf(bytes: Vec<u8>, name: &str) -> Response {
    let head = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
    ];
    (head, bytes).into_response()
}
