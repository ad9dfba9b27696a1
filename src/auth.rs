//! Keys: who is calling, what they may do, and how keys are made, listed and revoked.

use std::collections::BTreeSet;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use utoipa::ToSchema;

use crate::db::types::{Id, Moment, text_column};
use crate::db::{Any, Conn, Db};
use crate::error::{Error, Result};
use crate::schema::keys;
use crate::text::hex;

// --- Vocabulary

/// What a key allows.
///
/// - `drafts:read`: to see drafts, archived articles, suggested quotes and all images.
/// - `content:write`: to create, change and delete content; sees drafts too.
/// - `comments:write`: to post, flag and take back comments on behalf of readers.
/// - `comments:moderate`: to see all comments, whatever their state and their article's, and to decide on them.
/// - `admin`: everything; keys and community standards too.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ToSchema,
    AsExpression,
    FromSqlRow,
    clap::ValueEnum,
)]
#[diesel(sql_type = Text)]
pub enum Scope {
    /// See what is not published.
    #[serde(rename = "drafts:read")]
    #[value(name = "drafts:read")]
    DraftsRead,
    /// Create, change and delete articles and their parts; sees drafts too.
    #[serde(rename = "content:write")]
    #[value(name = "content:write")]
    ContentWrite,
    /// Post, flag and take back comments on behalf of readers.
    #[serde(rename = "comments:write")]
    #[value(name = "comments:write")]
    CommentsWrite,
    /// See all comments and decide on them.
    #[serde(rename = "comments:moderate")]
    #[value(name = "comments:moderate")]
    CommentsModerate,
    /// Everything; keys and community standards too.
    #[serde(rename = "admin")]
    #[value(name = "admin")]
    Admin,
}
text_column!(Scope {
    DraftsRead = "drafts:read",
    ContentWrite = "content:write",
    CommentsWrite = "comments:write",
    CommentsModerate = "comments:moderate",
    Admin = "admin",
});

/// The scopes of one key, as a text column: `drafts:read content:write`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Whether this scope is among them, or implied by one that is.
    #[must_use]
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&Scope::Admin)
            || self.0.contains(&scope)
            || (scope == Scope::DraftsRead && self.0.contains(&Scope::ContentWrite))
    }

    /// The scopes in their order.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Scope> {
        self.0.iter().copied().collect()
    }

    pub(crate) fn to_column(&self) -> String {
        self.0.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn from_column(text: &str) -> Self {
        use clap::ValueEnum as _;
        let known = |word: &&str| Scope::value_variants().iter().find(|s| s.as_str() == *word);
        Self(text.split(' ').collect::<Vec<_>>().iter().filter_map(known).copied().collect())
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

/// Who sends a request: a key, or anybody.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The key that was used; `None` for an anonymous reader.
    pub key: Option<Id>,
    scopes: Scopes,
}

impl Caller {
    /// Who sends this request.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_default()
    }

    /// Whether this caller may do what needs `scope`: 401 without a key, 403 with too small a one.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] or [`Error::Forbidden`].
    pub fn require(&self, scope: Scope) -> Result<()> {
        if self.key.is_none() {
            return Err(Error::Unauthorized(
                "This needs a key: send it as `Authorization: Bearer onr_…`.",
            ));
        }
        if self.scopes.allow(scope) { Ok(()) } else { Err(Error::Forbidden(scope)) }
    }
}

/// What a reader gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Published articles, confirmed quotes and what belongs to them.
    Public,
    /// Everything, drafts and suggestions too.
    Drafts,
}

/// Anybody who reads: says how much they see.
#[derive(Debug, Clone, Copy)]
pub struct Reader(pub View);

/// Anybody who reads comments: says which articles they see, and whether they see what moderators see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommentReader {
    /// How much they see of articles.
    pub view: View,
    /// Whether they see every comment, with what moderators know of it.
    pub moderates: bool,
}

impl FromRequest for Reader {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let drafts = Caller::of(request).scopes.allow(Scope::DraftsRead);
        ready(Ok(Self(if drafts { View::Drafts } else { View::Public })))
    }
}

impl From<&Caller> for CommentReader {
    fn from(Caller { scopes, .. }: &Caller) -> Self {
        let drafts = scopes.allow(Scope::DraftsRead);
        let view = if drafts { View::Drafts } else { View::Public };
        Self { view, moderates: scopes.allow(Scope::CommentsModerate) }
    }
}

impl FromRequest for CommentReader {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::from(&Caller::of(request))))
    }
}

/// Declares a caller that has a scope: whoever lacks it never reaches the handler.
macro_rules! caller_with {
    ($(#[$doc:meta])* $name:ident, $scope:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub Caller);

        impl FromRequest for $name {
            type Error = Error;
            type Future = Ready<Result<Self>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let caller = Caller::of(request);
                ready(caller.require($scope).map(|()| Self(caller)))
            }
        }
    };
}

caller_with!(
    /// A caller with `drafts:read`: for what is nobody else's to see.
    Insider, Scope::DraftsRead
);
caller_with!(
    /// A caller with `content:write`.
    Writer, Scope::ContentWrite
);
caller_with!(
    /// A caller with `comments:write`.
    Commenter, Scope::CommentsWrite
);
caller_with!(
    /// A caller with `comments:moderate`.
    Moderator, Scope::CommentsModerate
);
caller_with!(
    /// A caller with `admin`.
    Admin, Scope::Admin
);

// --- Tokens

/// How long `last_used_at` may lag behind, so that reads do not all become writes.
const LAST_USED_LAG_MS: i64 = 60_000;
const REFUSED: Error = Error::Unauthorized("This key is not known, was revoked or has expired.");

/// A key as its holder has it: `onr_<id>_<secret>`. It is shown once and kept nowhere.
pub struct Token {
    id: Id,
    secret: String,
}

impl Token {
    /// A new token for a key of this id.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(id: Id) -> Result<Self> {
        let mut bytes = [0_u8; 24];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        let secret = hex(&bytes);
        Ok(Self { id, secret })
    }

    fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.strip_prefix("onr_")?.split_once('_')?;
        let lower_hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if id.len() != 32 || secret.len() != 48 || !lower_hex(id) || !lower_hex(secret) {
            return None;
        }
        Some(Self { id: Id::from_simple(id)?, secret: secret.to_owned() })
    }

    /// What is kept of the secret.
    #[must_use]
    pub fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.secret.as_bytes()).to_vec()
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "onr_{}_{}", self.id.simple(), self.secret)
    }
}

/// Who the `Authorization` header says is calling.
///
/// # Errors
/// [`Error::Unauthorized`] for every header that is not a good key: never taken for anonymous.
pub async fn authenticate(db: &Db, authorization: Option<&[u8]>) -> Result<Caller> {
    let Some(header) = authorization else { return Ok(Caller::default()) };
    let text = std::str::from_utf8(header).map_err(|_| REFUSED)?;
    let token = match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Token::parse(token),
        _ => None,
    };
    let token = token.ok_or(Error::Unauthorized(
        "The Authorization header must be `Bearer onr_…`, with a whole key.",
    ))?;
    let id = token.id;
    let row = db.read_primary(move |conn| find(conn, id)).await?.ok_or(REFUSED)?;
    let now = Moment::now();
    let same = bool::from(row.secret_sha256.ct_eq(&token.sha256()));
    if !(same && row.is_alive(now)) {
        return Err(REFUSED);
    }
    let stale = now.plus_millis(-LAST_USED_LAG_MS);
    if row.last_used_at.is_none_or(|at| at < stale) {
        db.write_later(move |conn| touch(conn, id, now));
    }
    Ok(Caller { key: Some(id), scopes: Scopes::from_column(&row.scopes) })
}

// --- SQL

#[derive(Queryable, Selectable)]
#[diesel(table_name = keys, check_for_backend(Any))]
struct KeyRow {
    scopes: String,
    secret_sha256: Vec<u8>,
    expires_at: Option<Moment>,
    last_used_at: Option<Moment>,
    revoked_at: Option<Moment>,
}

impl KeyRow {
    fn is_alive(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|at| at > now)
    }
}

fn find(conn: &mut Conn, id: Id) -> Result<Option<KeyRow>> {
    Ok(keys::table.find(id).select(KeyRow::as_select()).first(conn).optional()?)
}

/// Whether a key that was good still is.
pub(crate) fn is_good(conn: &mut Conn, id: Id) -> Result<bool> {
    let row = find(conn, id)?;
    Ok(row.is_some_and(|row| row.is_alive(Moment::now())))
}

fn touch(conn: &mut Conn, id: Id, now: Moment) -> Result<()> {
    diesel::update(keys::table.find(id)).set(keys::last_used_at.eq(now)).execute(conn)?;
    Ok(())
}
