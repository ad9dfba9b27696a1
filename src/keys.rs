//! Keys as a resource: an administrator makes, lists and revokes them.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch};
use crate::auth::{Admin, Scope, Scopes, Token};
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, Db};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key as PageKey, Limit, Position, page};
use crate::schema::keys;
use crate::text::Name;

// --- Vocabulary

/// What lets a program in. The secret itself is never shown again.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Key {
    /// The key's id: the first part of the token.
    pub id: Id,
    /// What the key is for, for people.
    #[schema(example = "front page", max_length = 200)]
    pub name: String,
    /// What it allows.
    #[schema(max_items = 5)]
    pub scopes: Vec<Scope>,
    /// When it ceases to count; null when it does not expire.
    #[schema(required)]
    pub expires_at: Option<Moment>,
    /// When it was last used, to the minute; null when it never was.
    #[schema(required)]
    pub last_used_at: Option<Moment>,
    /// When it was revoked; null while it counts.
    #[schema(required)]
    pub revoked_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
}

/// A key that has just been made, with its token: shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreatedKey {
    /// The key.
    pub key: Key,
    /// What to send as `Authorization: Bearer …`. Keep it: it cannot be shown again.
    #[schema(
        example = "onr_01890a5dac96774bbcceb302099a8057_0123456789abcdef0123456789abcdef0123456789abcdef",
        max_length = 100
    )]
    pub token: String,
}

/// A key as others point to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeyRef {
    /// The key's id.
    pub id: Id,
    /// What the key is for.
    #[schema(example = "moderation desk", max_length = 200)]
    pub name: String,
}

page!(
    /// A page of keys.
    KeyPage of Key
);

/// A key to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// What the key is for, for people.
    #[schema(value_type = String, example = "front page", min_length = 1, max_length = 200)]
    pub name: Name,
    /// What it allows: one scope at least.
    #[schema(min_items = 1, max_items = 5)]
    pub scopes: Vec<Scope>,
    /// When it ceases to count: in the future; absent for a key that does not expire.
    #[schema(nullable = false, value_type = Option<String>, format = "date-time", example = "2099-12-31T23:59:59Z", max_length = 40)]
    pub expires_at: Option<Moment>,
}

/// Which keys are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct KeyQuery {
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

// --- HTTP

/// Registers the routes of keys.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_keys).service(create_key).service(get_key).service(revoke_key);
}

/// List keys
///
/// All keys, revoked and expired ones too, last made first. Secrets are never shown.
#[utoipa::path(tag = "keys", params(KeyQuery), security(("key" = ["admin"])),
    responses((status = 200, description = "A page of keys.", body = KeyPage)))]
#[get("/v1/keys")]
async fn list_keys(
    request: HttpRequest,
    db: Data<Db>,
    _admin: Admin,
    Params(query): Params<KeyQuery>,
) -> Result<Answer> {
    let page = db.read_primary(move |conn| list(conn, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Make a key
///
/// Makes a key and shows its token, this once. `Idempotency-Key` is not taken here, for the answer
/// holds a secret that is kept nowhere.
#[utoipa::path(tag = "keys", request_body = NewKey, security(("key" = ["admin"])),
    responses((status = 201, description = "The new key with its token.", body = CreatedKey)))]
#[post("/v1/keys")]
async fn create_key(
    request: HttpRequest,
    db: Data<Db>,
    _admin: Admin,
    _query: NoParams,
    body: Body<NewKey>,
) -> Result<Answer> {
    if request.headers().contains_key("idempotency-key") {
        let detail = "is not taken here: the answer holds a secret, which is kept nowhere";
        return Err(Error::parameter("Idempotency-Key", "not-allowed", detail));
    }
    let new = body.value;
    let made = db.write(move |conn| insert(conn, &new)).await?;
    let path = crate::api::path(&["v1", "keys", &made.key.id.to_string()]);
    Ok(Answer::created(&path, &made)?.secret())
}

/// Get a key
///
/// One key by its id, without its secret.
#[utoipa::path(tag = "keys", params(("key_id" = Id, Path, description = "Id of the key.")),
    security(("key" = ["admin"])), responses((status = 200, description = "The key.", body = Key)))]
#[get("/v1/keys/{key_id}")]
async fn get_key(
    db: Data<Db>,
    _admin: Admin,
    key_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    Answer::ok(&db.read_primary(move |conn| find(conn, *key_id)).await?)
}

/// Revoke a key
///
/// From now on the key is refused. The key stays in the list, with the time of its revocation.
#[utoipa::path(tag = "keys", params(("key_id" = Id, Path, description = "Id of the key.")),
    security(("key" = ["admin"])), responses((status = 204, description = "The key is revoked.")))]
#[delete("/v1/keys/{key_id}")]
async fn revoke_key(
    db: Data<Db>,
    _admin: Admin,
    key_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        if_match.check(&find(conn, *key_id)?)?;
        revoke(conn, *key_id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

// --- SQL

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = keys, check_for_backend(Any))]
struct KeyRow {
    id: Id,
    name: String,
    scopes: String,
    expires_at: Option<Moment>,
    last_used_at: Option<Moment>,
    revoked_at: Option<Moment>,
    created_at: Moment,
}

impl From<KeyRow> for Key {
    fn from(row: KeyRow) -> Self {
        let KeyRow { id, name, scopes, expires_at, last_used_at, revoked_at, created_at } = row;
        let scopes = Scopes::from_column(&scopes).to_vec();
        Self { id, name, scopes, expires_at, last_used_at, revoked_at, created_at }
    }
}

fn list(conn: &mut Conn, query: &KeyQuery) -> Result<KeyPage> {
    let KeyQuery { limit, cursor, count } = query;
    let mut rows = keys::table.select(KeyRow::as_select()).into_boxed();
    if let Some(cursor) = cursor {
        rows = rows.filter(keys::id.lt(cursor.position("keys")?.id));
    }
    let rows = rows.order(keys::id.desc()).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, "keys", |row: &KeyRow| Position {
        key: PageKey::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(keys::table.count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(Key::from).collect();
    Ok(KeyPage { items, next_cursor: cut.next, total })
}

/// Every key, last made first, for the command line.
///
/// # Errors
/// When the database cannot be asked.
pub fn all(conn: &mut Conn) -> Result<Vec<Key>> {
    let rows = keys::table.select(KeyRow::as_select()).order(keys::id.desc()).load(conn)?;
    Ok(rows.into_iter().map(Key::from).collect())
}

fn find(conn: &mut Conn, id: Id) -> Result<Key> {
    let row = keys::table.find(id).select(KeyRow::as_select()).first(conn).optional()?;
    row.map(Key::from).ok_or(Error::NotFound("key"))
}

/// Makes a key.
///
/// # Errors
/// [`Error::InvalidField`] when it would already have expired.
pub fn insert(conn: &mut Conn, new: &NewKey) -> Result<CreatedKey> {
    let NewKey { name, scopes, expires_at } = new;
    let now = Moment::now();
    if expires_at.is_some_and(|at| at <= now) {
        return Err(Error::field("/expires_at", "out-of-range", "must be in the future"));
    }
    let scopes = scopes.iter().copied().collect::<Scopes>();
    let id = Id::new();
    let token = Token::new(id)?;
    diesel::insert_into(keys::table)
        .values((
            keys::id.eq(id),
            keys::name.eq(name.as_str()),
            keys::scopes.eq(scopes.to_column()),
            keys::secret_sha256.eq(token.sha256()),
            keys::expires_at.eq(*expires_at),
            keys::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(CreatedKey { key: find(conn, id)?, token: token.to_string() })
}

/// Revokes a key, once: the time of the first revocation stays.
///
/// # Errors
/// [`Error::NotFound`] when there is no such key.
pub fn revoke(conn: &mut Conn, id: Id) -> Result<()> {
    if find(conn, id)?.revoked_at.is_none() {
        let now = Moment::now();
        diesel::update(keys::table.find(id)).set(keys::revoked_at.eq(now)).execute(conn)?;
    }
    Ok(())
}
