//! Whether the server lives, and whether it can serve.

use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::changes::log::last;
use crate::db::{Db, ReplicaState, is_current};
use crate::error::{Error, Result};
use crate::input::query::NoParams;

/// How the server is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `ok`: what is asked for is so. `reads-only`: the primary database does not answer, but a replica does.
    #[schema(example = "ok", max_length = 20)]
    pub status: String,
    /// The version of Onrecord that answers.
    #[schema(example = "0.1.0", max_length = 40)]
    pub version: String,
    /// The replicas of the database, in the order of the setting; empty without any, and at `/healthz`, which asks nobody.
    #[schema(max_items = 100)]
    pub replicas: Vec<Replica>,
}

/// How a replica of the database is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Replica {
    /// Which one: its place in the setting, from 1.
    #[schema(example = 1, minimum = 1, maximum = 100)]
    pub number: i32,
    /// Whether it takes reads. What it cannot answer yet, or not at all, the primary is asked.
    #[schema(example = true)]
    pub up: bool,
    /// How many changes it lacked when it was last heard of; null when it never was.
    #[schema(required, example = 0, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub behind: Option<i64>,
}

fn well(status: &str, replicas: Vec<Replica>) -> Result<Answer> {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Answer::ok(&Health { status: status.to_owned(), version, replicas })
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
    well("ok", Vec::new())
}

/// Ask whether the server can serve
///
/// Asks the database for its schema: 503 when it lacks a migration, or does not answer and no replica takes reads.
/// While only a replica does, readers are served and whatever needs a key or writes is 503.
#[utoipa::path(tag = "health", security(()),
    responses((status = 200, description = "It can serve.", body = Health)))]
#[get("/readyz")]
async fn get_readiness(db: Data<Db>, _query: NoParams) -> Result<Answer> {
    let current = db.read_primary(|conn| Ok((is_current(conn)?, last(conn)?.seq))).await;
    if let Ok((_, seq)) = current {
        db.tail().reaches(seq);
    }
    let replicas = db.replicas();
    let status = match current {
        Ok((true, _)) => "ok",
        Err(_) if replicas.iter().any(|replica| replica.is_up) => "reads-only",
        _ => return Err(Error::Unavailable),
    };
    let replicas = (1..).zip(replicas).map(|(number, replica)| {
        let ReplicaState { is_up, behind, .. } = replica;
        Replica { number, up: is_up, behind }
    });
    well(status, replicas.collect())
}
