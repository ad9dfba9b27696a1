//! Whether the server lives, and whether it can serve.

use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::input::query::NoParams;

/// How the server is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `ok`: what is asked for is so.
    #[schema(example = "ok", max_length = 20)]
    pub status: String,
    /// The version of Onrecord that answers.
    #[schema(example = "0.1.0", max_length = 40)]
    pub version: String,
}

fn well() -> Result<Answer> {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Answer::ok(&Health { status: "ok".to_owned(), version })
}

/// Registers the routes of health.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_health).service(get_readiness);
}

/// Ask whether the server lives
///
/// Answers as long as the process does; asks nothing else.
#[utoipa::path(tag = "health", security(()),
    responses((status = 200, description = "It lives.", body = Health)))]
#[get("/healthz")]
async fn get_health(_query: NoParams) -> Result<Answer> {
    well()
}

/// Ask whether the server can serve
///
/// Asks the database for its schema: 503 when it does not answer or lacks a migration.
#[utoipa::path(tag = "health", security(()),
    responses((status = 200, description = "It can serve.", body = Health)))]
#[get("/readyz")]
async fn get_readiness(db: Data<Db>, _query: NoParams) -> Result<Answer> {
    let ready = db.read(crate::db::is_current).await.map_err(|_| Error::Unavailable)?;
    if ready { well() } else { Err(Error::Unavailable) }
}
