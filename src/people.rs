//! People: who wrote, and who spoke.

mod merging;
pub(crate) mod naming;
pub(crate) mod sql;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::auth::{Reader, View, Writer};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::db::Db;
use crate::db::types::{Id, Moment};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::slug::Slug;
use crate::tags::Merge;
use crate::text::{Handle, Name, Prose, clearable};

// --- Vocabulary

/// A person's ids in the registers of the world.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExternalIds {
    /// The Wikidata item: `Q` and digits; null when unknown.
    #[schema(required, example = "Q42", max_length = 20)]
    pub wikidata: Option<String>,
    /// The ORCID iD: four groups of four; null when unknown.
    #[schema(required, example = "0000-0002-1825-0097", max_length = 19)]
    pub orcid: Option<String>,
}

/// Somebody who wrote or who spoke.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    /// The person's id.
    pub id: Id,
    /// The person's name in URLs; unique among people.
    #[schema(example = "zhang-xin", max_length = 200)]
    pub slug: String,
    /// The person's name as readers see it.
    #[schema(example = "Zhang Xin", max_length = 200)]
    pub name: String,
    /// Who they are, in a few sentences; null when nobody wrote any.
    #[schema(required, example = "Researcher of Russian politics.", max_length = 5000)]
    pub bio: Option<String>,
    /// Their ids in the registers of the world.
    pub external_ids: ExternalIds,
    /// How many published articles they wrote.
    #[schema(minimum = 0, example = 0)]
    pub article_count: i64,
    /// How many confirmed quotes of theirs stand in published articles.
    #[schema(minimum = 0, example = 4)]
    pub quote_count: i64,
    /// When the person was entered.
    pub created_at: Moment,
    /// When the person was last changed.
    pub updated_at: Moment,
    /// Counts the changes of the person, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

/// A person as they stand on an article or a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonRef {
    /// The person's id.
    pub id: Id,
    /// The person's name in URLs.
    #[schema(example = "zhang-xin", max_length = 200)]
    pub slug: String,
    /// The person's name as readers see it.
    #[schema(example = "Zhang Xin", max_length = 200)]
    pub name: String,
}

page!(
    /// A page of people.
    PersonPage of Person
);

/// A person's ids in the registers of the world, as they are sent.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExternalIds {
    /// The Wikidata item: `Q` and digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Q42", pattern = "^Q[1-9][0-9]{0,15}$", max_length = 20)]
    pub wikidata: Option<String>,
    /// The ORCID iD: four groups of four.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "0000-0002-1825-0097",
        pattern = "^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$",
        max_length = 19
    )]
    pub orcid: Option<String>,
}

/// A person to be entered.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// The person's name as readers see it: one line.
    #[schema(value_type = String, example = "Zhang Xin", min_length = 1, max_length = 200)]
    pub name: Name,
    /// The person's name in URLs; made from `name` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "zhang-xin", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// Who they are, in a few sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Researcher of Russian politics.", max_length = 5000)]
    pub bio: Option<Prose>,
    /// Their ids in the registers of the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub external_ids: Option<NewExternalIds>,
}

/// What is to change about a person (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonPatch {
    /// The person's name as readers see it: one line.
    #[schema(nullable = false, value_type = Option<String>, example = "Zhang Xin", min_length = 1, max_length = 200)]
    pub name: Option<Name>,
    /// The person's name in URLs; 409 when another person has it.
    #[schema(nullable = false, value_type = Option<String>, example = "zhang-xin", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// Who they are, in a few sentences; null removes them.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Researcher of Russian politics.", max_length = 5000)]
    pub bio: Option<Option<Prose>>,
    /// Their ids in the registers of the world, each by itself; null removes all.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<ExternalIdsPatch>)]
    pub external_ids: Option<Option<ExternalIdsPatch>>,
}

/// What is to change about a person's ids: absent stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalIdsPatch {
    /// The Wikidata item: `Q` and digits; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Q42", pattern = "^Q[1-9][0-9]{0,15}$", max_length = 20)]
    pub wikidata: Option<Option<String>>,
    /// The ORCID iD: four groups of four; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "0000-0002-1825-0097", pattern = "^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$", max_length = 19)]
    pub orcid: Option<Option<String>>,
}

/// Which people are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PersonQuery {
    /// Only people of exactly this name, without regard to case.
    #[param(nullable = false, example = "Zhang Xin", max_length = 200)]
    pub name: Option<String>,
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

/// Registers the routes of people.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_people)
        .service(create_person)
        .service(get_person)
        .service(update_person)
        .service(delete_person)
        .service(merge_person);
}

/// List people
///
/// People in the order of their names.
#[utoipa::path(tag = "people", params(PersonQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of people.", body = PersonPage)))]
#[get("/v1/people")]
async fn list_people(
    request: HttpRequest,
    db: Data<Db>,
    Reader(view): Reader,
    Params(query): Params<PersonQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, view, &query)).await?;
    let items = page.items.iter().map(|person| person.id);
    let names = Names::default().and(Subject::Person, items).and_all(Subject::Person);
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()).made_from(names))
}

/// Enter a person
///
/// Enters a person; the slug comes from the name unless given. 409 when the slug is taken.
#[utoipa::path(tag = "people", request_body = NewPerson, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new person.", body = Person)))]
#[post("/v1/people")]
async fn create_person(
    db: Data<Db>,
    _writer: Writer,
    once: Once,
    _query: NoParams,
    body: Body<NewPerson>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let person = sql::insert(conn, &new, true)?;
        Ok(Answer::created(&path(&person.slug), &person)?.modified(person.updated_at))
    })
    .await
}

/// Get a person
///
/// One person by id or slug. The slug and id of a merged person answer 301.
#[utoipa::path(tag = "people", params(("person" = String, Path, description = "Id or slug of the person.", example = "zhang-xin", max_length = 200)),
    security((), ("key" = [])), responses((status = 200, description = "The person.", body = Person)))]
#[get("/v1/people/{person}")]
async fn get_person(
    db: Data<Db>,
    Reader(view): Reader,
    person: Path<Handle>,
    _query: NoParams,
) -> Result<Answer> {
    let person = db.read(move |conn| sql::shown(conn, view, &person)).await?;
    let names = Names::of(Subject::Person, person.id);
    Ok(Answer::ok(&person)?.modified(person.updated_at).made_from(names))
}

/// Change a person
///
/// Changes what is sent and nothing else. Quotes keep the name under which it was said. A person whom
/// readers cannot see yet stays hidden.
#[utoipa::path(tag = "people", params(("person" = String, Path, description = "Id or slug of the person.", example = "zhang-xin", max_length = 200)),
    request_body = PersonPatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed person.", body = Person)))]
#[patch("/v1/people/{person}")]
async fn update_person(
    db: Data<Db>,
    _writer: Writer,
    person: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<PersonPatch>,
) -> Result<Answer> {
    let patch = body.value;
    let person = db
        .write(move |conn| {
            let before = sql::shown(conn, View::Drafts, &person)?;
            if_match.check(&before)?;
            sql::update(conn, &before, &patch)?;
            sql::shown(conn, View::Drafts, &Handle::Id(before.id))
        })
        .await?;
    Ok(Answer::ok(&person)?.modified(person.updated_at))
}

/// Delete a person
///
/// Removes the person from bylines; quotes stay, with the speaker's name and without the person.
#[utoipa::path(tag = "people", params(("person" = String, Path, description = "Id or slug of the person.", example = "zhang-xin", max_length = 200)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The person is gone.")))]
#[delete("/v1/people/{person}")]
async fn delete_person(
    db: Data<Db>,
    _writer: Writer,
    person: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::shown(conn, View::Drafts, &person)?;
        if_match.check(&before)?;
        sql::remove(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Merge a person into another
///
/// Moves every byline and quote to the other person. From then on the old slug and id answer 301, and who
/// writes the old name means the one who stays, unless somebody of that name is entered again. Whom readers
/// could not see leaves no such sign to them.
#[utoipa::path(tag = "people", params(("person" = String, Path, description = "Id or slug of the person that goes.", example = "xin-zhang", max_length = 200)),
    request_body = Merge, security(("key" = ["content:write"])),
    responses((status = 200, description = "The person that stays.", body = Person)))]
#[post("/v1/people/{person}/merge")]
async fn merge_person(
    db: Data<Db>,
    _writer: Writer,
    once: Once,
    person: Path<Handle>,
    _query: NoParams,
    body: Body<Merge>,
) -> Result<Answer> {
    let Body { value: merge, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let from = sql::find(conn, View::Drafts, &person)?;
        let into = merging::target(conn, &merge.into)?;
        merging::move_into(conn, &from, &into)?;
        let person = sql::shown(conn, View::Drafts, &Handle::Id(into.id))?;
        Ok(Answer::ok(&person)?.modified(person.updated_at))
    })
    .await
}

fn path(slug: &str) -> String {
    crate::api::path(&["v1", "people", slug])
}
