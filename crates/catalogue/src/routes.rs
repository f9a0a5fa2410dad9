//! Every operation of this crate, in one list.

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{base, body, class, component, handle::Catalogue, map, place, region};

/// The operations on classes, regions, components, places and the map.
pub fn routes(catalogue: Catalogue) -> OpenApiRouter {
    let imports = OpenApiRouter::new()
        .routes(routes!(region::import))
        .routes(routes!(component::import))
        .routes(routes!(base::import_roads))
        .routes(routes!(base::import_background))
        .layer(DefaultBodyLimit::max(body::LARGEST));
    OpenApiRouter::new()
        .routes(routes!(class::list, class::add))
        .routes(routes!(class::to_settle))
        .routes(routes!(class::settle))
        .routes(routes!(region::list))
        .routes(routes!(place::of_point))
        .routes(routes!(component::list))
        .routes(routes!(map::settings))
        .routes(routes!(map::regions))
        .routes(routes!(map::base))
        .merge(imports)
        .with_state(catalogue)
}
