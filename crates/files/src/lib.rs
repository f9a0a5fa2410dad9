//! Evidence and photos (证据与照片): kept by the hash of their content, judged by what they are, never by what they claim.
//!
//! Invariants:
//! - the bytes are durable in the object store before any row names them;
//! - only jpeg, png, webp and pdf that decode whole are kept, never more than 20 MiB or 50 megapixels; what a room takes as evidence
//!   beyond that is a large file, of any kind, hashed while it arrives and never whole in memory;
//! - the original keeps its metadata, since it is evidence; thumbnails and public copies carry none;
//! - in a public copy faces and number plates are covered; where nobody could look for them, everything is;
//! - an original is read only by whom the room that holds it lets ([`Readers`]);
//! - only `picture` decodes pictures, a bounded number at once and off the threads that answer requests.
//!
//! Tables: `file`, `picture_hash`, `picture_trace`, `published_copy`, `published_area`, `upload`, `large_file`.

mod bucket;
mod bucket_backup;
mod id;
mod judge;
mod large;
mod likeness;
mod limits;
mod look_again;
mod object;
mod picture;
mod post;
mod published;
mod put;
mod read;
mod readers;
mod serve;
mod service;
mod store;
mod trace;
mod upload;

pub use bucket::BucketSettings;
pub use id::FileId;
pub use judge::MediaType;
pub use large::{Announced, Hashes, LARGEST_OF_ALL, LargeFile, ending_of};
pub use likeness::{Alike, SAME_PICTURE};
pub use limits::Limits;
pub use post::Uploader;
pub use published::{Area, CoverOrigin, CoveredArea, Detector, MOST_BY_HAND, Publication, Seen, WholeMosaic};
pub use put::FileMeta;
pub use readers::Readers;
pub use serve::Variant;
pub use service::Files;
pub use trace::Trace;

use std::sync::Arc;

use database::Migration;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The steps of this room's schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 2000, name: "files", sql: include_str!("../migrations/2000_files.sql") },
    Migration { version: 2010, name: "picture_hash", sql: include_str!("../migrations/2010_picture_hash.sql") },
    Migration { version: 2020, name: "picture_trace", sql: include_str!("../migrations/2020_picture_trace.sql") },
    Migration { version: 2030, name: "published_copy", sql: include_str!("../migrations/2030_published_copy.sql") },
    Migration { version: 2040, name: "large_file", sql: include_str!("../migrations/2040_large_file.sql") },
];

/// What anybody may call, rate limited: sending files in.
pub fn public_routes(files: Files) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(upload::create::create, upload::capabilities::capabilities))
        .routes(routes!(upload::progress::progress, upload::append::append, upload::terminate::terminate))
        .layer(axum::middleware::from_fn(upload::protocol))
        .routes(routes!(post::post))
        // Each handler counts the bytes itself: the default of 2 MB for a body would cut a photo off.
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(files)
}

/// Reading files, each only for whom `readers` let.
pub fn routes(files: Files, readers: Arc<dyn Readers>) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(read::original)).routes(routes!(read::thumbnail)).with_state(readers::Guarded { files, readers })
}
