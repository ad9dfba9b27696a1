//! Banned and suspect words: what the screening looks for.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::folding::Spelling;
use crate::answer::{Answer, IfMatch, Once};
use crate::auth::Moderator;
use crate::db::types::{Id, Moment, text_column};
use crate::db::{Any, Conn, Db};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::schema::comment_words;
use crate::text::Name;

/// How many words there may be: each comment is held against all of them.
const WORDS_MAX: i64 = 10_000;

// --- Vocabulary

/// What the screening does when it finds a word.
///
/// - `banned`: the comment is rejected at once.
/// - `suspect`: the comment is marked, and waits for a moderator.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum CommentWordKind {
    /// The comment is rejected at once.
    Banned,
    /// The comment is marked, and waits for a moderator.
    Suspect,
}
text_column!(CommentWordKind { Banned = "banned", Suspect = "suspect" });

/// A word, or words side by side, that the screening looks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentWord {
    /// The word's id.
    pub id: Id,
    /// The word as it was entered.
    #[schema(example = "miracle pills", max_length = 100)]
    pub word: String,
    /// What is done when it is found.
    pub kind: CommentWordKind,
    /// When it was entered.
    pub created_at: Moment,
}

page!(
    /// A page of words.
    CommentWordPage of CommentWord
);

/// A word to be looked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommentWord {
    /// The word, or words side by side. Case, accents and hidden characters make no difference, and neither do letters of
    /// other scripts and digits that look alike. Found only whole: `ass` is not in `class`.
    #[schema(value_type = String, example = "miracle pills", min_length = 1, max_length = 100)]
    pub word: Name,
    /// What is done when it is found.
    pub kind: CommentWordKind,
}

/// Which words are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CommentWordQuery {
    /// Only words of this kind.
    #[param(inline = false, nullable = false)]
    kind: Option<CommentWordKind>,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    limit: Limit,
    /// Where to go on: `next_cursor` of the page before, with the same filter.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    count: Count,
}

// --- HTTP

/// Registers the routes of words.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_comment_words)
        .service(create_comment_word)
        .service(get_comment_word)
        .service(delete_comment_word);
}

/// List the words the screening looks for
///
/// Banned and suspect words in the order of the alphabet.
#[utoipa::path(tag = "comments", params(CommentWordQuery), security(("key" = ["comments:moderate"])),
    responses((status = 200, description = "A page of words.", body = CommentWordPage)))]
#[get("/v1/comment-words")]
async fn list_comment_words(
    request: HttpRequest,
    db: Data<Db>,
    _moderator: Moderator,
    Params(query): Params<CommentWordQuery>,
) -> Result<Answer> {
    let page = db.read_primary(move |conn| list(conn, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Enter a word the screening looks for
///
/// From now on it is looked for in new comments and in the names of their authors; those that are there stay as they are.
/// 409 when it is there, whatever its case and accents.
#[utoipa::path(tag = "comments", request_body = NewCommentWord, security(("key" = ["comments:moderate"])),
    responses((status = 201, description = "The new word.", body = CommentWord)))]
#[post("/v1/comment-words")]
async fn create_comment_word(
    db: Data<Db>,
    _moderator: Moderator,
    once: Once,
    _query: NoParams,
    body: Body<NewCommentWord>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let word = insert(conn, &new)?;
        Answer::created(&crate::api::path(&["v1", "comment-words", &word.id.to_string()]), &word)
    })
    .await
}

/// Get a word the screening looks for
///
/// One word by its id.
#[utoipa::path(tag = "comments", params(("word_id" = Id, Path, description = "Id of the word.")),
    security(("key" = ["comments:moderate"])), responses((status = 200, description = "The word.", body = CommentWord)))]
#[get("/v1/comment-words/{word_id}")]
async fn get_comment_word(
    db: Data<Db>,
    _moderator: Moderator,
    word_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    Answer::ok(&db.read_primary(move |conn| find(conn, *word_id)).await?)
}

/// Take a word off the list
///
/// It is looked for no more; comments keep the marks they have.
#[utoipa::path(tag = "comments", params(("word_id" = Id, Path, description = "Id of the word.")),
    security(("key" = ["comments:moderate"])), responses((status = 204, description = "The word is gone.")))]
#[delete("/v1/comment-words/{word_id}")]
async fn delete_comment_word(
    db: Data<Db>,
    _moderator: Moderator,
    word_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = find(conn, *word_id)?;
        if_match.check(&before)?;
        diesel::delete(comment_words::table.find(before.id)).execute(conn)?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

// --- SQL

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comment_words, check_for_backend(Any))]
struct WordRow {
    id: Id,
    word: String,
    word_key: String,
    kind: CommentWordKind,
    created_at: Moment,
}

impl From<WordRow> for CommentWord {
    fn from(row: WordRow) -> Self {
        let WordRow { id, word, word_key: _, kind, created_at } = row;
        Self { id, word, kind, created_at }
    }
}

fn list(conn: &mut Conn, query: &CommentWordQuery) -> Result<CommentWordPage> {
    let CommentWordQuery { kind, limit, cursor, count } = query;
    let identity = format!("words {kind:?}");
    let filtered = || {
        let mut rows = comment_words::table.into_boxed();
        if let Some(kind) = kind {
            rows = rows.filter(comment_words::kind.eq(*kind));
        }
        rows
    };
    let mut rows = filtered().select(WordRow::as_select());
    if let Some(cursor) = cursor {
        rows = rows.filter(comment_words::word_key.gt(cursor.position(&identity)?.text()?.0));
    }
    let rows = rows.order(comment_words::word_key).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |row: &WordRow| Position {
        key: Key::Text(row.word_key.clone()),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(CommentWord::from).collect();
    Ok(CommentWordPage { items, next_cursor: cut.next, total })
}

fn find(conn: &mut Conn, id: Id) -> Result<CommentWord> {
    let row = comment_words::table.find(id).select(WordRow::as_select()).first(conn).optional()?;
    row.map(CommentWord::from).ok_or(Error::NotFound("word"))
}

fn insert(conn: &mut Conn, new: &NewCommentWord) -> Result<CommentWord> {
    let NewCommentWord { word, kind } = new;
    let Spelling { letters, look } = Spelling::of(word.as_str());
    if letters.is_empty() {
        let detail = "must have a letter or digit: signs are not looked for";
        return Err(Error::field("/word", "invalid", detail));
    }
    let same = comment_words::table.filter(comment_words::word_key.eq(&letters));
    let same = same.select((comment_words::word, comment_words::kind));
    if let Some((word, kind)) = same.first::<(String, CommentWordKind)>(conn).optional()? {
        let detail = format!("`{word}` is on the list, as a {kind} word.");
        return Err(Error::taken("/word", detail));
    }
    if comment_words::table.count().get_result::<i64>(conn)? >= WORDS_MAX {
        let detail = format!("There are {WORDS_MAX} words, and may be no more: delete one first.");
        return Err(Error::taken("/word", detail));
    }
    let id = Id::new();
    diesel::insert_into(comment_words::table)
        .values((
            comment_words::id.eq(id),
            comment_words::word.eq(word.as_str()),
            comment_words::word_key.eq(letters),
            comment_words::look_key.eq(look),
            comment_words::kind.eq(*kind),
            comment_words::created_at.eq(Moment::now()),
        ))
        .execute(conn)?;
    find(conn, id)
}
