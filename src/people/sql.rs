//! People in the database.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    ExternalIds, ExternalIdsPatch, NewExternalIds, NewPerson, Person, PersonPage, PersonPatch,
    PersonQuery, PersonRef, path,
};
use crate::articles::Status;
use crate::auth::View;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::quotes::QuoteState;
use crate::schema::{article_authors, articles, merged_people, people, quotes};
use crate::slug::Slug;
use crate::text::{Handle, Name, Prose, folded};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = people, check_for_backend(Any))]
pub(super) struct PersonRow {
    pub(super) id: Id,
    pub(super) slug: String,
    name: String,
    pub(super) name_key: String,
    bio: Option<String>,
    wikidata: Option<String>,
    orcid: Option<String>,
    pub(super) is_public: bool,
    created_at: Moment,
    updated_at: Moment,
    pub(super) version: i64,
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
pub(super) struct Counts {
    articles: HashMap<Id, i64>,
    quotes: HashMap<Id, i64>,
}

impl Counts {
    /// Whether a published article says anything of this person.
    pub(super) fn are_there(&self, person: Id) -> bool {
        self.articles.contains_key(&person) || self.quotes.contains_key(&person)
    }
}

pub(super) fn counts(conn: &mut Conn, ids: &[Id]) -> Result<Counts> {
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

pub(super) fn list(conn: &mut Conn, view: View, query: &PersonQuery) -> Result<PersonPage> {
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

pub(super) fn find(conn: &mut Conn, view: View, handle: &Handle) -> Result<PersonRow> {
    let mut rows = people::table.select(PersonRow::as_select()).into_boxed();
    let mut merged = merged_people::table
        .inner_join(people::table.on(people::id.eq(merged_people::into_id)))
        .select((people::slug, people::is_public, merged_people::is_public))
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
    match merged.first::<(String, bool, bool)>(conn).optional()? {
        Some((slug, is_public, was_public)) if visible(is_public && was_public) => {
            Err(Error::Moved(path(&slug)))
        }
        _ => Err(Error::NotFound("person")),
    }
}

pub(super) fn shown(conn: &mut Conn, view: View, handle: &Handle) -> Result<Person> {
    let row = find(conn, view, handle)?;
    let counts = counts(conn, &[row.id])?;
    Ok(row.into_person(&counts))
}

/// Those of these people who are there and may be seen.
pub(crate) fn of_ids(conn: &mut Conn, view: View, ids: &[Id]) -> Result<HashMap<Id, Person>> {
    let rows = people::table.filter(among(people::id, ids)).select(PersonRow::as_select());
    let counts = counts(conn, ids)?;
    let seen = rows.load(conn)?.into_iter();
    let seen = seen.filter(|row: &PersonRow| row.is_public || view == View::Drafts);
    Ok(seen.map(|row| (row.id, row.into_person(&counts))).collect())
}

pub(super) fn insert(conn: &mut Conn, new: &NewPerson, is_public: bool) -> Result<Person> {
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
    updated_at: Moment,
    version: i64,
}

pub(super) fn update(conn: &mut Conn, before: &Person, patch: &PersonPatch) -> Result<()> {
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
        updated_at: Moment::now(),
        version: before.version + 1,
    };
    diesel::update(people::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}

pub(super) fn remove(conn: &mut Conn, before: &Person) -> Result<()> {
    diesel::delete(people::table.find(before.id)).execute(conn)?;
    Ok(())
}

/// The slug, unless another person has it or had it before a merge.
fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some(holder) if Some(holder) != own => Err(Error::taken(
            "/slug",
            format!("The slug `{slug}` belongs to the person {holder}; take another."),
        )),
        _ => Ok(slug.clone()),
    }
}

pub(super) fn holder(conn: &mut Conn, slug: &str) -> Result<Option<Id>> {
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

/// The person somebody names by id or slug, followed through the merges they may know of.
pub(crate) fn id_of(conn: &mut Conn, view: View, handle: &Handle) -> Result<Option<Id>> {
    let mut rows = people::table.select(people::id).into_boxed();
    let mut merged = merged_people::table.select(merged_people::into_id).into_boxed();
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
    if view == View::Public {
        rows = rows.filter(people::is_public.eq(true));
        merged = merged.filter(merged_people::is_public.eq(true));
    }
    // Both are always asked for: how many statements a list takes depends on nothing.
    let (there, merged) = (rows.first(conn).optional()?, merged.first(conn).optional()?);
    Ok(there.or(merged))
}

/// The person of this id, as others point to them.
pub(crate) fn name_of(conn: &mut Conn, id: Id) -> Result<String> {
    Ok(people::table.find(id).select(people::name).first(conn)?)
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
