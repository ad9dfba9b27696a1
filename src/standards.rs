//! Community standards: the rules of the discussion, in versions that are never changed.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, put};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch};
use crate::articles::body::{BodyFormat, render};
use crate::auth::{Admin, Reader, View};
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, Problem, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::schema::community_standards;
use crate::text::Prose;

// --- Vocabulary

/// The rules of the discussion, in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommunityStandards {
    /// The number of this version, from 1; rejections cite it.
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    /// The rules, in Markdown.
    #[schema(example = "Be kind. Attack the *argument*, not the person.", max_length = 100_000)]
    pub body: String,
    /// The same as sanitised HTML.
    #[schema(
        example = "<p>Be kind. Attack the <em>argument</em>, not the person.</p>",
        max_length = 16_777_216
    )]
    pub body_html: String,
    /// From when on they hold.
    pub effective_at: Moment,
    /// When this version was made.
    pub created_at: Moment,
}

page!(
    /// A page of versions of the community standards.
    CommunityStandardsPage of CommunityStandards
);

/// What the rules of the discussion are to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "body": "Be kind. Attack the *argument*, not the person." }))]
pub struct NewCommunityStandards {
    /// The rules, in Markdown.
    #[schema(value_type = String, example = "Be kind. Attack the *argument*, not the person.", min_length = 1, max_length = 100_000)]
    pub body: Prose,
    /// From when on they hold: now when absent. Not before the current ones began to.
    #[schema(nullable = false)]
    pub effective_at: Option<Moment>,
}

/// How much of the versions is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CommunityStandardsQuery {
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    limit: Limit,
    /// Where to go on: `next_cursor` of the page before.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    count: Count,
}

// --- HTTP

/// Registers the routes of community standards.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_community_standards)
        .service(put_community_standards)
        .service(list_community_standards_versions)
        .service(get_community_standards_version);
}

/// Get the community standards
///
/// The rules that hold now: of the versions in effect the latest.
#[utoipa::path(tag = "community-standards", security((), ("key" = [])),
    responses((status = 200, description = "The rules that hold now.", body = CommunityStandards),
        (status = 404, description = "There are none yet. `code` is `not-found`.", body = Problem, content_type = "application/problem+json")))]
#[get("/v1/community-standards")]
async fn get_community_standards(
    db: Data<Db>,
    Reader(_view): Reader,
    _query: NoParams,
) -> Result<Answer> {
    let standards = db.read(|conn| in_effect(conn, Moment::now())).await?;
    Answer::ok(&standards.ok_or(NONE)?)
}

/// Replace the community standards
///
/// Makes a new version; earlier ones stay as they are, for rejections cite them. The same words again, with no other time
/// to begin, make none: 200. A version that is yet to take effect is overtaken by any made after it.
#[utoipa::path(tag = "community-standards", request_body = NewCommunityStandards, security(("key" = ["admin"])),
    responses((status = 200, description = "The latest version says this already.", body = CommunityStandards),
        (status = 201, description = "The new version; `Location` is where it stays.", body = CommunityStandards)))]
#[put("/v1/community-standards")]
async fn put_community_standards(
    db: Data<Db>,
    _admin: Admin,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewCommunityStandards>,
) -> Result<Answer> {
    let new = body.value;
    let rendered = render(BodyFormat::Markdown, new.body.as_str())
        .map_err(|error| Error::field("/body", "unreadable", error.to_string()))?;
    db.write(move |conn| put(conn, &if_match, &new, &rendered.html)).await
}

/// List versions of the community standards
///
/// All that were ever in effect, the latest first; with a key that sees drafts, also those that are yet to be.
#[utoipa::path(tag = "community-standards", params(CommunityStandardsQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of versions.", body = CommunityStandardsPage)))]
#[get("/v1/community-standards/versions")]
async fn list_community_standards_versions(
    request: HttpRequest,
    db: Data<Db>,
    Reader(view): Reader,
    Params(query): Params<CommunityStandardsQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| list(conn, view, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Get a version of the community standards
///
/// One version by its number, as rejections cite it.
#[utoipa::path(tag = "community-standards", params(("version" = i32, Path, description = "Number of the version.", example = 1, minimum = 1)),
    security((), ("key" = [])), responses((status = 200, description = "The version.", body = CommunityStandards)))]
#[get("/v1/community-standards/versions/{version}")]
async fn get_community_standards_version(
    db: Data<Db>,
    Reader(view): Reader,
    version: Path<i32>,
    _query: NoParams,
) -> Result<Answer> {
    Answer::ok(&db.read(move |conn| find(conn, view, *version)).await?)
}

fn path(version: i32) -> String {
    crate::api::path(&["v1", "community-standards", "versions", &version.to_string()])
}

// --- SQL

const NONE: Error = Error::NotFound("version of the community standards");

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = community_standards, check_for_backend(Any))]
struct StandardsRow {
    version: i32,
    body: String,
    body_html: String,
    effective_at: Moment,
    created_at: Moment,
}

impl From<StandardsRow> for CommunityStandards {
    fn from(row: StandardsRow) -> Self {
        let StandardsRow { version, body, body_html, effective_at, created_at } = row;
        Self { version, body, body_html, effective_at, created_at }
    }
}

fn in_effect(conn: &mut Conn, now: Moment) -> Result<Option<CommunityStandards>> {
    let row = community_standards::table
        .filter(community_standards::effective_at.le(now))
        .order(community_standards::version.desc())
        .select(StandardsRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Into::into))
}

/// The version that holds now, if any does.
pub(crate) fn current(conn: &mut Conn, now: Moment) -> Result<Option<i32>> {
    Ok(in_effect(conn, now)?.map(|standards| standards.version))
}

/// A version that is cited, if it is or was in effect.
pub(crate) fn cited(conn: &mut Conn, version: i32, now: Moment) -> Result<i32> {
    let found = community_standards::table
        .filter(community_standards::version.eq(version))
        .filter(community_standards::effective_at.le(now))
        .select(community_standards::version);
    found.first(conn).optional()?.ok_or_else(|| {
        let detail = format!("there is no version {version} of the community standards in effect");
        Error::field("/standards_version", "not-found", detail)
    })
}

fn find(conn: &mut Conn, view: View, version: i32) -> Result<CommunityStandards> {
    let mut rows = community_standards::table
        .filter(community_standards::version.eq(version))
        .select(StandardsRow::as_select())
        .into_boxed();
    if view == View::Public {
        rows = rows.filter(community_standards::effective_at.le(Moment::now()));
    }
    rows.first(conn).optional()?.map(Into::into).ok_or(NONE)
}

/// Those of these versions that are there and may be seen.
pub(crate) fn of_versions(
    conn: &mut Conn,
    view: View,
    versions: &[i32],
) -> Result<HashMap<i32, CommunityStandards>> {
    let mut rows = community_standards::table
        .filter(among(community_standards::version, versions))
        .select(StandardsRow::as_select())
        .into_boxed();
    if view == View::Public {
        rows = rows.filter(community_standards::effective_at.le(Moment::now()));
    }
    let rows = rows.load::<StandardsRow>(conn)?.into_iter();
    Ok(rows.map(|row| (row.version, row.into())).collect())
}

fn list(
    conn: &mut Conn,
    view: View,
    query: &CommunityStandardsQuery,
) -> Result<CommunityStandardsPage> {
    let CommunityStandardsQuery { limit, cursor, count } = query;
    let (identity, now) = (format!("standards {view:?}"), Moment::now());
    let filtered = || {
        let rows = community_standards::table.into_boxed();
        match view {
            View::Public => rows.filter(community_standards::effective_at.le(now)),
            View::Drafts => rows,
        }
    };
    let mut rows = filtered().select(StandardsRow::as_select());
    if let Some(cursor) = cursor {
        let (version, _) = cursor.position(&identity)?.place()?;
        rows = rows.filter(community_standards::version.lt(version));
    }
    let rows =
        rows.order(community_standards::version.desc()).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |row: &StandardsRow| Position {
        key: Key::Place(row.version),
        // Versions have no other id than their number.
        id: Id::from_bytes([0; 16]),
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(Into::into).collect();
    Ok(CommunityStandardsPage { items, next_cursor: cut.next, total })
}

fn put(
    conn: &mut Conn,
    if_match: &IfMatch,
    new: &NewCommunityStandards,
    body_html: &str,
) -> Result<Answer> {
    let now = Moment::now();
    let current = in_effect(conn, now)?;
    match &current {
        Some(current) => if_match.check(current)?,
        None => if_match.check_absent()?,
    }
    let latest = community_standards::table
        .order(community_standards::version.desc())
        .select(StandardsRow::as_select())
        .first::<StandardsRow>(conn)
        .optional()?;
    if let Some(same) = latest.as_ref().filter(|latest| {
        latest.body == new.body.as_str()
            && new.effective_at.is_none_or(|at| at == latest.effective_at)
    }) {
        return Answer::ok(&CommunityStandards::from(same.clone()));
    }
    let effective_at = new.effective_at.unwrap_or(now);
    if let Some(current) = current.filter(|current| effective_at < current.effective_at) {
        let detail = format!(
            "must not be before {}, when version {} began to hold",
            current.effective_at, current.version
        );
        return Err(Error::field("/effective_at", "out-of-range", detail));
    }
    let version = latest.map_or(1, |latest| latest.version + 1);
    diesel::insert_into(community_standards::table)
        .values((
            community_standards::version.eq(version),
            community_standards::body.eq(new.body.as_str()),
            community_standards::body_html.eq(body_html),
            community_standards::effective_at.eq(effective_at),
            community_standards::created_at.eq(now),
        ))
        .execute(conn)?;
    Answer::created(&path(version), &find(conn, View::Drafts, version)?)
}
