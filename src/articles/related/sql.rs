//! Related articles in the database: a fixed number of statements, each of bounded cost.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Nullable;

use super::weighing::{Setting, Shared, Weights};
use super::{RelatedArticle, RelatedReason};
use crate::articles::aliases::absent;
use crate::articles::sql::{is_published, of_handle};
use crate::articles::{ArticleRef, Status};
use crate::auth::View;
use crate::changes::kind::Subject as Kind;
use crate::changes::names::Names;
use crate::config::Addresses;
use crate::db::types::{Id, Moment, UuidColumn};
use crate::db::{Conn, among};
use crate::error::Result;
use crate::links::LinkRel;
use crate::people::PersonRef;
use crate::quotes::QuoteState;
use crate::schema::{article_authors, article_tags, articles, links, people, quotes, tags};
use crate::tags::TagRef;
use crate::text::Handle;

/// How many articles of each tag and each person are looked at: the newest.
const CANDIDATES_MAX: i64 = 200;
/// How many tags of the article count, in the editor's order, and how many people.
const SUBJECTS_MAX: usize = 20;
/// Before every id there is.
const FIRST: Id = Id::from_bytes([0; 16]);

define_sql_function! {
    /// The first of two that is there.
    fn coalesce(one: Nullable<UuidColumn>, other: UuidColumn) -> UuidColumn;
}

mod alias {
    use crate::schema::{article_authors, article_tags, articles, quotes};
    diesel::alias!(
        articles as others: Others,
        article_tags as tagged: Tagged,
        article_authors as written: Written,
        quotes as spoken: Spoken,
    );
}
use alias::{others, spoken, tagged, written};

/// The article asked about, with what others may share with it.
struct Subject {
    id: Id,
    setting: Setting,
    tags: Vec<TagRef>,
    people: Vec<PersonRef>,
}

type Candidates = BTreeMap<Id, (Setting, Shared)>;

pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    article: &Handle,
    limit: usize,
) -> Result<(Vec<RelatedArticle>, Names)> {
    let subject = subject(conn, view, article)?;
    let linked = linked(conn, site, view, &subject)?;
    let mut found = candidates(conn, &subject)?;
    let weights = Weights::of(&found);
    found.retain(|id, _| *id != subject.id && linked.iter().all(|(_, target)| target.id != *id));
    let nearest = weights.nearest(&subject.setting, &found);
    found.retain(|id, _| nearest.contains(id));
    // What is beyond the newest of a tag may carry it all the same: now that there are few, all is known.
    let ids = linked.iter().map(|(_, target)| target.id).chain(nearest).collect::<Vec<_>>();
    let mut in_common = shared_by(conn, &subject, &ids)?;
    for (id, (_, shared)) in &mut found {
        *shared = in_common.get(id).cloned().unwrap_or_default();
    }
    let mut nearest = weights.nearest(&subject.setting, &found);
    nearest.truncate(limit.saturating_sub(linked.len()));
    let mut refs = refs(conn, site, &nearest)?;
    let computed = nearest.into_iter().filter_map(|id| {
        let shared = in_common.get(&id).cloned().unwrap_or_default();
        Some((refs.remove(&id)?, weights.reason(&shared), None))
    });
    let computed = computed.collect::<Vec<_>>();
    let linked = linked.into_iter().map(|(rel, target)| (target, RelatedReason::Editor, Some(rel)));
    let items = linked.chain(computed).take(limit).map(|(article, reason, rel)| {
        let Shared { tags, people } = in_common.remove(&article.id).unwrap_or_default();
        RelatedArticle {
            tags: tags.iter().filter_map(|place| subject.tags.get(*place)).cloned().collect(),
            people: people.iter().filter_map(|place| subject.people.get(*place)).cloned().collect(),
            article,
            reason,
            rel,
        }
    });
    let items = items.collect::<Vec<_>>();
    let names = Names::of(Kind::Article, subject.id)
        .and_headlines(items.iter().map(|item| item.article.id))
        .and_tagged(subject.tags.iter().map(|tag| tag.id))
        .and_written_by(subject.people.iter().map(|person| person.id))
        .and_said_by(subject.people.iter().map(|person| person.id))
        .and_dates();
    Ok((items, names))
}

fn subject(conn: &mut Conn, view: View, article: &Handle) -> Result<Subject> {
    let mut rows = of_handle(article);
    if view == View::Public {
        rows = rows.filter(is_published());
    }
    let row = rows.select((articles::id, articles::dated_at, articles::language));
    let row = row.first::<(Id, Moment, Option<String>)>(conn).optional()?;
    let (id, dated_at, language) = row.ok_or_else(|| absent(conn, view, article))?;
    let mut tags = crate::tags::sql::of_articles(conn, &[id])?.remove(&id).unwrap_or_default();
    tags.truncate(SUBJECTS_MAX);
    let mut people = crate::people::sql::of_articles(conn, &[id])?.remove(&id).unwrap_or_default();
    let speakers = quotes::table
        .inner_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
        .filter(quotes::article_id.eq(id))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .order((quotes::position, quotes::id))
        .select((people::id, people::slug, people::name))
        .load::<(Id, String, String)>(conn)?;
    for (id, slug, name) in speakers {
        if people.iter().all(|person| person.id != id) {
            people.push(PersonRef { id, slug, name });
        }
    }
    people.truncate(SUBJECTS_MAX);
    Ok(Subject { id, setting: Setting { dated_at, language }, tags, people })
}

/// What an editor linked, each once, in the order of the links.
fn linked(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    subject: &Subject,
) -> Result<Vec<(LinkRel, ArticleRef)>> {
    let rels = [LinkRel::Related, LinkRel::Background, LinkRel::FollowUp];
    let rows = links::table
        .inner_join(articles::table.on(links::target_id.eq(articles::id.nullable())))
        .filter(links::article_id.eq(subject.id))
        .filter(among(links::rel, &rels))
        .order((links::position, links::id))
        .select((
            links::rel,
            (articles::id, articles::slug, articles::title, articles::published_at),
            articles::status,
        ))
        .load::<(LinkRel, Shown, Status)>(conn)?;
    let mut linked = Vec::<(LinkRel, ArticleRef)>::new();
    for (rel, shown, status) in rows {
        let seen = view == View::Drafts || status == Status::Published;
        if seen && shown.0 != subject.id && linked.iter().all(|(_, it)| it.id != shown.0) {
            linked.push((rel, article_ref(site, shown)));
        }
    }
    Ok(linked)
}

/// What is shown of an article: id, slug, headline, date of publication.
type Shown = (Id, String, String, Option<Moment>);

fn article_ref(site: &Addresses, (id, slug, title, published_at): Shown) -> ArticleRef {
    ArticleRef { id, url: site.article(id, &slug), slug, title, published_at }
}

fn refs(conn: &mut Conn, site: &Addresses, ids: &[Id]) -> Result<BTreeMap<Id, ArticleRef>> {
    let rows = articles::table
        .filter(among(articles::id, ids))
        .select((articles::id, articles::slug, articles::title, articles::published_at))
        .load::<Shown>(conn)?;
    Ok(rows.into_iter().map(|shown| (shown.0, article_ref(site, shown))).collect())
}

/// The newest published articles of each of these tags or people.
///
/// The id from which on they are looked at is found in an index, tag by tag: what is on every article
/// costs no more than what is on a few hundred.
macro_rules! newest {
    ($of:ident $own:expr, $ids:expr, $through:ident $key:ident as $alias:ident $(, $state:expr)?) => {{
        let from = $through::table
            .inner_join(articles::table)
            .filter($through::$key.eq($own))
            .filter(is_published())
            $(.filter($through::state.eq($state)))?
            .order($through::article_id.desc())
            .select($through::article_id)
            .limit(1)
            .offset(CANDIDATES_MAX)
            .single_value();
        let article = $alias.field($through::article_id);
        $of::table
            .inner_join($alias.on($alias.field($through::$key).eq($own)))
            .inner_join(others.on(article.eq(others.field(articles::id))))
            .filter(among($of::id, $ids))
            .filter(article.ge(coalesce(from, FIRST)))
            .filter(others.field(articles::status).eq(Status::Published))
            $(.filter($alias.field($through::state).eq($state)))?
            .select((
                $of::id,
                article,
                others.field(articles::dated_at),
                others.field(articles::language),
            ))
    }};
}

/// A tag or person with an article that has it.
type Has = (Id, Id, Moment, Option<String>);

/// The articles that may be related, and what each shares as far as that is known.
fn candidates(conn: &mut Conn, subject: &Subject) -> Result<Candidates> {
    let (tag_ids, person_ids) = subject.ids();
    let carry = newest!(tags tags::id, &tag_ids, article_tags tag_id as tagged);
    let carry = carry.load::<Has>(conn)?;
    let wrote = newest!(people people::id, &person_ids, article_authors person_id as written);
    let wrote = wrote.load::<Has>(conn)?;
    let spoke = newest!(
        people people::id.nullable(), &person_ids, quotes speaker_id as spoken,
        QuoteState::Confirmed
    );
    let spoke = spoke.load::<Has>(conn)?;
    let mut found = Candidates::new();
    for (tag, article, dated_at, language) in carry {
        let (_, shared) = found.entry(article).or_insert_with(|| alone(dated_at, language));
        shared.tags.extend(tag_ids.iter().position(|id| *id == tag));
    }
    for (person, article, dated_at, language) in wrote.into_iter().chain(spoke) {
        let (_, shared) = found.entry(article).or_insert_with(|| alone(dated_at, language));
        shared.people.extend(person_ids.iter().position(|id| *id == person));
    }
    Ok(found)
}

fn alone(dated_at: Moment, language: Option<String>) -> (Setting, Shared) {
    (Setting { dated_at, language }, Shared::default())
}

impl Subject {
    /// The ids of its tags and of its people.
    fn ids(&self) -> (Vec<Id>, Vec<Id>) {
        let tags = self.tags.iter().map(|tag| tag.id).collect();
        (tags, self.people.iter().map(|person| person.id).collect())
    }
}

/// What each of these articles shares with the one asked about.
fn shared_by(conn: &mut Conn, subject: &Subject, ids: &[Id]) -> Result<BTreeMap<Id, Shared>> {
    let (tag_ids, person_ids) = subject.ids();
    let tags = article_tags::table
        .filter(among(article_tags::article_id, ids))
        .filter(among(article_tags::tag_id, &tag_ids))
        .select((article_tags::article_id, article_tags::tag_id))
        .load::<(Id, Id)>(conn)?;
    let wrote = article_authors::table
        .filter(among(article_authors::article_id, ids))
        .filter(among(article_authors::person_id, &person_ids))
        .select((article_authors::article_id, article_authors::person_id))
        .load::<(Id, Id)>(conn)?;
    let spoke = quotes::table
        .filter(among(quotes::article_id, ids))
        .filter(among(quotes::speaker_id, &person_ids))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .select((quotes::article_id, quotes::speaker_id.assume_not_null()))
        .load::<(Id, Id)>(conn)?;
    let mut shared = BTreeMap::<Id, Shared>::new();
    for (article, tag) in tags {
        let place = tag_ids.iter().position(|id| *id == tag);
        shared.entry(article).or_default().tags.extend(place);
    }
    for (article, person) in wrote.into_iter().chain(spoke) {
        let place = person_ids.iter().position(|id| *id == person);
        shared.entry(article).or_default().people.extend(place);
    }
    Ok(shared)
}
