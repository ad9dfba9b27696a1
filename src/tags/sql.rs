//! Tags in the database.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{NewTag, Tag, TagKind, TagPage, TagPatch, TagQuery, TagRef, path};
use crate::answer::{Answer, IfMatch};
use crate::articles::Status;
use crate::auth::View;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{article_tags, articles, merged_tags, tags};
use crate::slug::Slug;
use crate::text::{Handle, Name, Prose, folded};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tags, check_for_backend(Any))]
pub(super) struct TagRow {
    pub(super) id: Id,
    pub(super) slug: String,
    name: String,
    pub(super) name_key: String,
    kind: TagKind,
    description: Option<String>,
    pub(super) is_public: bool,
    created_at: Moment,
    updated_at: Moment,
    pub(super) version: i64,
}

impl TagRow {
    fn into_tag(self, article_count: i64) -> Tag {
        let Self { id, slug, name, name_key: _, kind, description, is_public: _, .. } = self;
        let Self { created_at, updated_at, version, .. } = self;
        Tag { id, slug, name, kind, description, article_count, created_at, updated_at, version }
    }

    fn into_counted(self, counts: &HashMap<Id, i64>) -> Tag {
        let count = counts.get(&self.id).copied().unwrap_or(0);
        self.into_tag(count)
    }
}

pub(super) fn list(conn: &mut Conn, view: View, query: &TagQuery) -> Result<TagPage> {
    let identity = format!("tags {view:?} {:?}", query.kind);
    let filtered = || {
        let mut rows = tags::table.into_boxed();
        if view == View::Public {
            rows = rows.filter(tags::is_public.eq(true));
        }
        if let Some(kind) = query.kind {
            rows = rows.filter(tags::kind.eq(kind));
        }
        rows
    };
    let mut rows = filtered().select(TagRow::as_select());
    if let Some(cursor) = &query.cursor {
        let (name, id) = cursor.position(&identity)?.text()?;
        let after = tags::name_key.eq(name.clone()).and(tags::id.gt(id));
        rows = rows.filter(tags::name_key.gt(name).or(after));
    }
    let rows = rows.order((tags::name_key, tags::id)).limit(query.limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, query.limit, &identity, |row: &TagRow| Position {
        key: Key::Text(row.name_key.clone()),
        id: row.id,
    });
    let counts = article_counts(conn, &cut.rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let total = match query.count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let shown = cut.rows.into_iter().map(|row| row.into_counted(&counts));
    Ok(TagPage { items: shown.collect(), next_cursor: cut.next, total })
}

/// How many published articles carry each of these tags; what none carries is absent.
pub(super) fn article_counts(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, i64>> {
    let counts = article_tags::table
        .inner_join(articles::table)
        .filter(article_tags::tag_id.eq_any(ids.to_vec()))
        .filter(articles::status.eq(Status::Published))
        .group_by(article_tags::tag_id)
        .select((article_tags::tag_id, diesel::dsl::count_star()))
        .load::<(Id, i64)>(conn)?;
    Ok(counts.into_iter().collect())
}

pub(super) fn find(conn: &mut Conn, view: View, handle: &Handle) -> Result<TagRow> {
    let mut rows = tags::table.select(TagRow::as_select()).into_boxed();
    let mut merged = merged_tags::table
        .inner_join(tags::table.on(tags::id.eq(merged_tags::into_id)))
        .select((tags::slug, tags::is_public, merged_tags::is_public))
        .into_boxed();
    match handle {
        Handle::Id(id) => {
            rows = rows.filter(tags::id.eq(*id));
            merged = merged.filter(merged_tags::id.eq(*id));
        }
        Handle::Slug(slug) => {
            rows = rows.filter(tags::slug.eq(slug.clone()));
            merged = merged.filter(merged_tags::slug.eq(slug.clone()));
        }
    }
    let visible = |is_public: bool| is_public || view == View::Drafts;
    if let Some(row) = rows.first(conn).optional()? {
        return if visible(row.is_public) { Ok(row) } else { Err(Error::NotFound("tag")) };
    }
    match merged.first::<(String, bool, bool)>(conn).optional()? {
        Some((slug, is_public, was_public)) if visible(is_public && was_public) => {
            Err(Error::Moved(path(&slug)))
        }
        _ => Err(Error::NotFound("tag")),
    }
}

pub(super) fn shown(conn: &mut Conn, view: View, handle: &Handle) -> Result<Tag> {
    let row = find(conn, view, handle)?;
    let counts = article_counts(conn, &[row.id])?;
    Ok(row.into_counted(&counts))
}

/// Those of these tags that are there and may be seen.
pub(crate) fn of_ids(conn: &mut Conn, view: View, ids: &[Id]) -> Result<HashMap<Id, Tag>> {
    let rows = tags::table.filter(among(tags::id, ids)).select(TagRow::as_select());
    let counts = article_counts(conn, ids)?;
    let seen = rows.load(conn)?.into_iter();
    let seen = seen.filter(|row: &TagRow| row.is_public || view == View::Drafts);
    let seen = seen.map(|row| (row.id, row.into_counted(&counts)));
    Ok(seen.collect())
}

pub(super) fn insert(conn: &mut Conn, new: &NewTag, slug: Option<&Slug>) -> Result<Tag> {
    let NewTag { name, slug: asked, kind, description } = new;
    let slug = match slug.or(asked.as_ref()) {
        Some(slug) => free_slug(conn, slug, None)?,
        None => made_slug(conn, name.as_str())?,
    };
    free_name(conn, name, None)?;
    let now = Moment::now();
    let id = Id::new();
    diesel::insert_into(tags::table)
        .values((
            tags::id.eq(id),
            tags::slug.eq(slug.as_str()),
            tags::name.eq(name.as_str()),
            tags::name_key.eq(folded(name.as_str())),
            tags::kind.eq(kind.unwrap_or_default()),
            tags::description.eq(description.as_ref().map(Prose::as_str)),
            tags::is_public.eq(true),
            tags::created_at.eq(now),
            tags::updated_at.eq(now),
            tags::version.eq(1_i64),
        ))
        .execute(conn)?;
    shown(conn, View::Drafts, &Handle::Id(id))
}

pub(super) fn upsert(
    conn: &mut Conn,
    handle: &Handle,
    if_match: &IfMatch,
    new: &NewTag,
) -> Result<Answer> {
    let before = match (shown(conn, View::Drafts, handle), handle) {
        (Ok(before), _) => before,
        (Err(Error::NotFound(_)), Handle::Slug(slug)) => {
            if_match.check_absent()?;
            let slug = Slug::parse(slug).map_err(|error| {
                Error::field("/slug", "invalid", format!("the path's last part {error}"))
            })?;
            crate::slug::must_match(new.slug.as_ref(), slug.as_str())?;
            let tag = insert(conn, new, Some(&slug))?;
            return Ok(Answer::created(&path(&tag.slug), &tag)?.modified(tag.updated_at));
        }
        (Err(error), _) => return Err(error),
    };
    if_match.check(&before)?;
    if matches!(handle, Handle::Slug(_)) {
        crate::slug::must_match(new.slug.as_ref(), &before.slug)?;
    }
    let NewTag { name, slug, kind, description } = new.clone();
    let kind = Some(kind.unwrap_or_default());
    update(
        conn,
        &before,
        &TagPatch { name: Some(name), slug, kind, description: Some(description) },
    )?;
    let tag = shown(conn, View::Drafts, &Handle::Id(before.id))?;
    Ok(Answer::ok(&tag)?.modified(tag.updated_at))
}

#[derive(AsChangeset)]
#[diesel(table_name = tags)]
#[expect(clippy::option_option, reason = "Diesel's form of a patch: left, cleared, or set")]
struct Changes {
    name: Option<String>,
    name_key: Option<String>,
    slug: Option<String>,
    kind: Option<TagKind>,
    description: Option<Option<String>>,
    updated_at: Moment,
    version: i64,
}

pub(super) fn update(conn: &mut Conn, before: &Tag, patch: &TagPatch) -> Result<()> {
    let TagPatch { name, slug, kind, description } = patch.clone();
    if let Some(slug) = &slug {
        free_slug(conn, slug, Some(before.id))?;
    }
    if let Some(name) = &name {
        free_name(conn, name, Some(before.id))?;
    }
    let changes = Changes {
        name_key: name.as_ref().map(|name| folded(name.as_str())),
        name: name.map(Name::into_string),
        slug: slug.map(|slug| slug.as_str().to_owned()),
        kind,
        description: description.map(|text| text.map(Prose::into_string)),
        updated_at: Moment::now(),
        version: before.version + 1,
    };
    diesel::update(tags::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}

pub(super) fn remove(conn: &mut Conn, before: &Tag) -> Result<()> {
    diesel::delete(tags::table.find(before.id)).execute(conn)?;
    Ok(())
}

/// The slug, unless another tag has it or had it before a merge.
fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some(holder) if Some(holder) != own => Err(Error::taken(
            "/slug",
            format!("The slug `{slug}` belongs to the tag {holder}; take another."),
        )),
        _ => Ok(slug.clone()),
    }
}

/// Refuses a name that another tag has: whoever writes it must mean one of them.
fn free_name(conn: &mut Conn, name: &Name, own: Option<Id>) -> Result<()> {
    let of_name = tags::table.filter(tags::name_key.eq(folded(name.as_str())));
    let holder = of_name.select((tags::id, tags::slug)).first::<(Id, String)>(conn).optional()?;
    match holder {
        Some((id, slug)) if Some(id) != own => Err(Error::taken(
            "/name",
            format!(
                "The name `{name}` belongs to the tag `{slug}`; take that one, or another name."
            ),
        )),
        _ => Ok(()),
    }
}

pub(super) fn holder(conn: &mut Conn, slug: &str) -> Result<Option<Id>> {
    let holder = tags::table.filter(tags::slug.eq(slug)).select(tags::id).first(conn).optional()?;
    if holder.is_some() {
        return Ok(holder);
    }
    Ok(merged_tags::table.find(slug).select(merged_tags::into_id).first(conn).optional()?)
}

fn made_slug(conn: &mut Conn, name: &str) -> Result<Slug> {
    crate::slug::made(name, "tag", |slug| Ok(holder(conn, slug.as_str())?.is_some()))
}

/// Shows these tags to everybody: they stand on a published article.
pub(crate) fn publish(conn: &mut Conn, ids: &[Id]) -> Result<()> {
    let hidden =
        tags::table.filter(tags::id.eq_any(ids.to_vec())).filter(tags::is_public.eq(false));
    diesel::update(hidden).set(tags::is_public.eq(true)).execute(conn)?;
    Ok(())
}

/// The tags of these articles, each article's in its order.
pub(crate) fn of_articles(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Vec<TagRef>>> {
    let rows = article_tags::table
        .inner_join(tags::table)
        .filter(among(article_tags::article_id, ids))
        .order((article_tags::article_id, article_tags::position))
        .select((article_tags::article_id, tags::id, tags::slug, tags::name, tags::kind))
        .load::<(Id, Id, String, String, TagKind)>(conn)?;
    let mut tags = HashMap::<Id, Vec<TagRef>>::new();
    for (article, id, slug, name, kind) in rows {
        tags.entry(article).or_default().push(TagRef { id, slug, name, kind });
    }
    Ok(tags)
}

/// The ids of tags named by slug or id, also by what they were called before a merge.
pub(crate) fn ids_of(conn: &mut Conn, view: View, names: &[&str]) -> Result<HashMap<String, Id>> {
    let ids = names.iter().filter_map(|name| name.parse::<Id>().ok()).collect::<Vec<_>>();
    let slugs = names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let there = tags::table
        .filter(among(tags::slug, &slugs).or(among(tags::id, &ids)))
        .select((tags::slug, tags::id, tags::id))
        .load::<(String, Id, Id)>(conn)?;
    let mut merged = merged_tags::table
        .filter(among(merged_tags::slug, &slugs).or(among(merged_tags::id, &ids)))
        .select((merged_tags::slug, merged_tags::id, merged_tags::into_id))
        .into_boxed();
    if view == View::Public {
        merged = merged.filter(merged_tags::is_public.eq(true));
    }
    let merged = merged.load::<(String, Id, Id)>(conn)?;
    let mut found = HashMap::new();
    for (slug, id, now) in merged.into_iter().chain(there) {
        found.insert(slug, now);
        found.insert(id.to_string(), now);
    }
    let known = names.iter().filter_map(|name| {
        let spelled = name.parse::<Id>().map_or_else(|_| (*name).to_owned(), |id| id.to_string());
        Some(((*name).to_owned(), *found.get(&spelled)?))
    });
    Ok(known.collect())
}

/// Every tag as it would be sent again.
pub(crate) fn resendable(conn: &mut Conn) -> Result<Vec<(bool, NewTag)>> {
    let rows = tags::table.order(tags::id).select(TagRow::as_select()).load(conn)?;
    let tags = rows.into_iter().map(|row| {
        let new = NewTag {
            name: Name::parse(&row.name)?,
            slug: Some(Slug::parse(&row.slug).map_err(|error| error.to_string())?),
            kind: Some(row.kind),
            description: row.description.as_deref().map(Prose::parse).transpose()?,
        };
        Ok((row.is_public, new))
    });
    tags.collect::<Result<_, String>>().map_err(Error::internal)
}
