//! People: who wrote, and who spoke.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::articles::Status;
use crate::auth::{Reader, View, Writer};
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::quotes::QuoteState;
use crate::schema::{article_authors, articles, merged_people, people, quotes};
use crate::slug::Slug;
use crate::tags::Merge;
use crate::text::{Handle, Name, Prose, clearable, folded};

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
    let page = db.read(move |conn| list(conn, view, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
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
        let person = insert(conn, &new, true)?;
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
    let person = db.read(move |conn| shown(conn, view, &person)).await?;
    Ok(Answer::ok(&person)?.modified(person.updated_at))
}

/// Change a person
///
/// Changes what is sent and nothing else. Quotes keep the name under which it was said.
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
            let before = shown(conn, View::Drafts, &person)?;
            if_match.check(&before)?;
            update(conn, &before, &patch)?;
            shown(conn, View::Drafts, &Handle::Id(before.id))
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
        let before = shown(conn, View::Drafts, &person)?;
        if_match.check(&before)?;
        diesel::delete(people::table.find(before.id)).execute(conn)?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Merge a person into another
///
/// Moves every byline and quote to the other person. From then on the old slug and id answer 301.
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
        let from = find(conn, View::Drafts, &person).map_err(|error| error.below("merge"))?;
        let into = target(conn, &merge.into)?;
        move_into(conn, &from, &into)?;
        let person = shown(conn, View::Drafts, &Handle::Id(into.id))?;
        Ok(Answer::ok(&person)?.modified(person.updated_at))
    })
    .await
}

fn path(slug: &str) -> String {
    crate::api::path(&["v1", "people", slug])
}

// --- SQL

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = people, check_for_backend(Any))]
struct PersonRow {
    id: Id,
    slug: String,
    name: String,
    name_key: String,
    bio: Option<String>,
    wikidata: Option<String>,
    orcid: Option<String>,
    is_public: bool,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

impl PersonRow {
    fn into_person(self, counts: &Counts) -> Person {
        let Self { id, slug, name, name_key: _, bio, wikidata, orcid, is_public: _, .. } = self;
        let Self { created_at, updated_at, version, .. } = self;
        let external_ids = ExternalIds { wikidata, orcid };
        let article_count = counts.articles.get(&id).copied().unwrap_or(0);
        let quote_count = counts.quotes.get(&id).copied().unwrap_or(0);
        Person {
            id,
            slug,
            name,
            bio,
            external_ids,
            article_count,
            quote_count,
            created_at,
            updated_at,
            version,
        }
    }
}

/// What published articles say of people: how many each wrote, how often each is quoted.
struct Counts {
    articles: HashMap<Id, i64>,
    quotes: HashMap<Id, i64>,
}

fn counts(conn: &mut Conn, ids: &[Id]) -> Result<Counts> {
    let articles = article_authors::table
        .inner_join(articles::table)
        .filter(article_authors::person_id.eq_any(ids.to_vec()))
        .filter(articles::status.eq(Status::Published))
        .group_by(article_authors::person_id)
        .select((article_authors::person_id, diesel::dsl::count_star()))
        .load::<(Id, i64)>(conn)?;
    let quotes = quotes::table
        .inner_join(articles::table)
        .filter(quotes::speaker_id.eq_any(ids.to_vec()))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .filter(articles::status.eq(Status::Published))
        .group_by(quotes::speaker_id)
        .select((quotes::speaker_id.assume_not_null(), diesel::dsl::count_star()))
        .load::<(Id, i64)>(conn)?;
    Ok(Counts { articles: articles.into_iter().collect(), quotes: quotes.into_iter().collect() })
}

fn list(conn: &mut Conn, view: View, query: &PersonQuery) -> Result<PersonPage> {
    let name = query.name.as_deref().map(folded);
    let identity = format!("people {view:?} {name:?}");
    let filtered = || {
        let mut rows = people::table.into_boxed();
        if view == View::Public {
            rows = rows.filter(people::is_public.eq(true));
        }
        if let Some(name) = &name {
            rows = rows.filter(people::name_key.eq(name.clone()));
        }
        rows
    };
    let mut rows = filtered().select(PersonRow::as_select());
    if let Some(cursor) = &query.cursor {
        let (name, id) = cursor.position(&identity)?.text()?;
        let after = people::name_key.eq(name.clone()).and(people::id.gt(id));
        rows = rows.filter(people::name_key.gt(name).or(after));
    }
    let rows =
        rows.order((people::name_key, people::id)).limit(query.limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, query.limit, &identity, |row: &PersonRow| Position {
        key: Key::Text(row.name_key.clone()),
        id: row.id,
    });
    let counts = counts(conn, &cut.rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let total = match query.count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(|row| row.into_person(&counts)).collect();
    Ok(PersonPage { items, next_cursor: cut.next, total })
}

fn find(conn: &mut Conn, view: View, handle: &Handle) -> Result<PersonRow> {
    let mut rows = people::table.select(PersonRow::as_select()).into_boxed();
    let mut merged = merged_people::table
        .inner_join(people::table.on(people::id.eq(merged_people::into_id)))
        .select((people::slug, people::is_public))
        .into_boxed();
    match handle {
        Handle::Id(id) => {
            rows = rows.filter(people::id.eq(*id));
            merged = merged.filter(merged_people::id.eq(*id));
        }
        Handle::Slug(slug) => {
            rows = rows.filter(people::slug.eq(slug.clone()));
            merged = merged.filter(merged_people::slug.eq(slug.clone()));
        }
    }
    let visible = |is_public: bool| is_public || view == View::Drafts;
    if let Some(row) = rows.first(conn).optional()? {
        return if visible(row.is_public) { Ok(row) } else { Err(Error::NotFound("person")) };
    }
    match merged.first::<(String, bool)>(conn).optional()? {
        Some((slug, is_public)) if visible(is_public) => Err(Error::Moved(path(&slug))),
        _ => Err(Error::NotFound("person")),
    }
}

fn shown(conn: &mut Conn, view: View, handle: &Handle) -> Result<Person> {
    let row = find(conn, view, handle)?;
    let counts = counts(conn, &[row.id])?;
    Ok(row.into_person(&counts))
}

/// The person a body names; who is not there is a fault of the body, not of the path.
fn target(conn: &mut Conn, handle: &Handle) -> Result<PersonRow> {
    match find(conn, View::Drafts, handle) {
        Err(Error::NotFound(_)) => {
            Err(Error::field("/into", "not-found", format!("there is no person `{handle}`")))
        }
        Err(Error::Moved(path)) => {
            Err(Error::field("/into", "moved", format!("was merged; the person is now {path}")))
        }
        found => found,
    }
}

fn insert(conn: &mut Conn, new: &NewPerson, is_public: bool) -> Result<Person> {
    let NewPerson { name, slug, bio, external_ids } = new;
    let slug = match slug {
        Some(slug) => free_slug(conn, slug, None)?,
        None => made_slug(conn, name.as_str())?,
    };
    let now = Moment::now();
    let id = Id::new();
    let NewExternalIds { wikidata, orcid } = external_ids.clone().unwrap_or_default();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::slug.eq(slug.as_str()),
            people::name.eq(name.as_str()),
            people::name_key.eq(folded(name.as_str())),
            people::bio.eq(bio.as_ref().map(Prose::as_str)),
            people::wikidata.eq(wikidata),
            people::orcid.eq(orcid),
            people::is_public.eq(is_public),
            people::created_at.eq(now),
            people::updated_at.eq(now),
            people::version.eq(1_i64),
        ))
        .execute(conn)?;
    shown(conn, View::Drafts, &Handle::Id(id))
}

#[derive(AsChangeset)]
#[diesel(table_name = people)]
#[expect(clippy::option_option, reason = "Diesel's form of a patch: left, cleared, or set")]
struct Changes {
    name: Option<String>,
    name_key: Option<String>,
    slug: Option<String>,
    bio: Option<Option<String>>,
    wikidata: Option<Option<String>>,
    orcid: Option<Option<String>>,
    is_public: bool,
    updated_at: Moment,
    version: i64,
}

fn update(conn: &mut Conn, before: &Person, patch: &PersonPatch) -> Result<()> {
    let PersonPatch { name, slug, bio, external_ids } = patch.clone();
    if let Some(slug) = &slug {
        free_slug(conn, slug, Some(before.id))?;
    }
    let ids = match external_ids {
        None => ExternalIdsPatch::default(),
        Some(None) => ExternalIdsPatch { wikidata: Some(None), orcid: Some(None) },
        Some(Some(ids)) => ids,
    };
    let changes = Changes {
        name_key: name.as_ref().map(|name| folded(name.as_str())),
        name: name.map(Name::into_string),
        slug: slug.map(|slug| slug.as_str().to_owned()),
        bio: bio.map(|text| text.map(Prose::into_string)),
        wikidata: ids.wikidata,
        orcid: ids.orcid,
        is_public: true,
        updated_at: Moment::now(),
        version: before.version + 1,
    };
    diesel::update(people::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}

/// The slug, unless another person has it or had it before a merge.
fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some(holder) if Some(holder) != own => Err(Error::Conflict(format!(
            "The slug `{slug}` belongs to the person {holder}; take another."
        ))),
        _ => Ok(slug.clone()),
    }
}

fn holder(conn: &mut Conn, slug: &str) -> Result<Option<Id>> {
    let of_slug = people::table.filter(people::slug.eq(slug)).select(people::id);
    let holder = of_slug.first(conn).optional()?;
    if holder.is_some() {
        return Ok(holder);
    }
    Ok(merged_people::table.find(slug).select(merged_people::into_id).first(conn).optional()?)
}

fn made_slug(conn: &mut Conn, name: &str) -> Result<Slug> {
    crate::slug::made(name, "person", |slug| Ok(holder(conn, slug.as_str())?.is_some()))
}

fn move_into(conn: &mut Conn, from: &PersonRow, into: &PersonRow) -> Result<()> {
    if from.id == into.id {
        return Err(Error::field("/into", "same", "must be another person than the one that goes"));
    }
    let there = article_authors::table
        .filter(article_authors::person_id.eq(into.id))
        .select(article_authors::article_id);
    let both = there.load::<Id>(conn)?;
    diesel::delete(
        article_authors::table
            .filter(article_authors::person_id.eq(from.id))
            .filter(article_authors::article_id.eq_any(both)),
    )
    .execute(conn)?;
    diesel::update(article_authors::table.filter(article_authors::person_id.eq(from.id)))
        .set(article_authors::person_id.eq(into.id))
        .execute(conn)?;
    diesel::update(quotes::table.filter(quotes::speaker_id.eq(from.id)))
        .set(quotes::speaker_id.eq(into.id))
        .execute(conn)?;
    diesel::update(merged_people::table.filter(merged_people::into_id.eq(from.id)))
        .set(merged_people::into_id.eq(into.id))
        .execute(conn)?;
    diesel::delete(people::table.find(from.id)).execute(conn)?;
    // A slug may lead on already, from a merge before it was taken again. Its holder's id then stands
    // in for it, which no slug looks like.
    let leads = merged_people::table.filter(merged_people::slug.eq(&from.slug));
    let leads = leads.select(merged_people::id).first::<Id>(conn).optional()?.is_some();
    let slug = if leads { from.id.to_string() } else { from.slug.clone() };
    diesel::insert_into(merged_people::table)
        .values((
            merged_people::slug.eq(slug),
            merged_people::id.eq(from.id),
            merged_people::into_id.eq(into.id),
        ))
        .execute(conn)?;
    diesel::update(people::table.find(into.id))
        .set((
            people::is_public.eq(into.is_public || from.is_public),
            people::updated_at.eq(Moment::now()),
            people::version.eq(into.version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// The person a writer names by id or slug, followed through merges.
pub(crate) fn id_of(conn: &mut Conn, handle: &Handle) -> Result<Option<Id>> {
    let (there, merged) = match handle {
        Handle::Id(id) => (
            people::table.find(*id).select(people::id).first(conn).optional()?,
            merged_people::table
                .filter(merged_people::id.eq(*id))
                .select(merged_people::into_id)
                .first(conn)
                .optional()?,
        ),
        Handle::Slug(slug) => (
            people::table
                .filter(people::slug.eq(slug))
                .select(people::id)
                .first(conn)
                .optional()?,
            merged_people::table
                .find(slug)
                .select(merged_people::into_id)
                .first(conn)
                .optional()?,
        ),
    };
    Ok(there.or(merged))
}

/// The person of this id, as others point to them.
pub(crate) fn name_of(conn: &mut Conn, id: Id) -> Result<String> {
    Ok(people::table.find(id).select(people::name).first(conn)?)
}

/// The person of this name, made when there is none.
pub(crate) fn of_name(conn: &mut Conn, name: &Name, public: bool) -> Result<Id> {
    let same = people::table.filter(people::name_key.eq(folded(name.as_str()))).order(people::id);
    if let Some(id) = same.select(people::id).first(conn).optional()? {
        return Ok(id);
    }
    let new = NewPerson { name: name.clone(), slug: None, bio: None, external_ids: None };
    Ok(insert(conn, &new, public)?.id)
}

/// The people a writer names, by id, slug or name, in that order, made where there are none.
pub(crate) fn named(conn: &mut Conn, names: &[Name], public: bool) -> Result<Vec<Id>> {
    let mut ids = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let handle = Handle::from(name.as_str());
        let id = match (id_of(conn, &handle)?, handle) {
            (Some(id), _) => id,
            (None, Handle::Id(id)) => {
                let detail = format!("there is no person with the id `{id}`");
                return Err(Error::field(format!("/authors/{index}"), "not-found", detail));
            }
            (None, Handle::Slug(_)) => of_name(conn, name, public)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Shows these people to everybody: they wrote or spoke in a published article.
pub(crate) fn publish(conn: &mut Conn, ids: &[Id]) -> Result<()> {
    let of = people::table.filter(people::id.eq_any(ids.to_vec()));
    diesel::update(of.filter(people::is_public.eq(false)))
        .set(people::is_public.eq(true))
        .execute(conn)?;
    Ok(())
}

/// The authors of these articles, each article's in the order of its byline.
pub(crate) fn of_articles(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Vec<PersonRef>>> {
    let rows = article_authors::table
        .inner_join(people::table)
        .filter(among(article_authors::article_id, ids))
        .order((article_authors::article_id, article_authors::position))
        .select((article_authors::article_id, people::id, people::slug, people::name))
        .load::<(Id, Id, String, String)>(conn)?;
    let mut authors = HashMap::<Id, Vec<PersonRef>>::new();
    for (article, id, slug, name) in rows {
        authors.entry(article).or_default().push(PersonRef { id, slug, name });
    }
    Ok(authors)
}

/// Every person as they would be sent again.
pub(crate) fn resendable(conn: &mut Conn) -> Result<Vec<(bool, NewPerson)>> {
    let rows = people::table.order(people::id).select(PersonRow::as_select()).load(conn)?;
    let people = rows.into_iter().map(|row| {
        let PersonRow { wikidata, orcid, .. } = row;
        let known = wikidata.is_some() || orcid.is_some();
        let new = NewPerson {
            name: Name::parse(&row.name)?,
            slug: Some(Slug::parse(&row.slug).map_err(|error| error.to_string())?),
            bio: row.bio.as_deref().map(Prose::parse).transpose()?,
            external_ids: known.then_some(NewExternalIds { wikidata, orcid }),
        };
        Ok((row.is_public, new))
    });
    people.collect::<Result<_, String>>().map_err(Error::internal)
}

/// Enters the person unless the slug is there; answers the slug and whether they were entered.
pub(crate) fn take_in(conn: &mut Conn, new: &NewPerson, public: bool) -> Result<(String, bool)> {
    if let Some(slug) = &new.slug
        && holder(conn, slug.as_str())?.is_some()
    {
        return Ok((slug.to_string(), false));
    }
    Ok((insert(conn, new, public)?.slug, true))
}
