//! Ask for a new class model (训练类别模型).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;

use super::{
    list::{ClassModel, view},
    store,
    work::busy,
};
use crate::{Leads, act::not_found, list::row::Names, rights, settings::require_ground};

/// Asks for a model learned from the leads whose class was confirmed so far. It is learned beside the requests, and used when chosen.
///
/// # Errors
/// `class-model-learning` while another one is being learned, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/class-models", tag = "classes", operation_id = "train_class_model",
    responses((status = 202, body = ClassModel, description = "The model, which is being learned")))]
pub(crate) async fn train(State(leads): State<Leads>, allowed: Allowed<rights::Configure>) -> Answer<(StatusCode, Json<ClassModel>)> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let (pool, region) = (leads.database().pool(), leads.home_region());
    let by = allowed.caller.person.uuid();
    let mut connection = pool.acquire().await?;
    let number = store::ask(&mut connection, region, Some(by), leads.clock().now()).await?.ok_or_else(busy)?;
    let record = store::one(&mut *connection, region, number).await?.ok_or_else(not_found)?;
    drop(connection);
    let names = Names::of(&leads, [by]).await?;
    Ok((StatusCode::ACCEPTED, Json(view(&leads, record, &names))))
}
