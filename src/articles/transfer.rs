//! Articles on their way from and to other systems: imports and exports.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::aliases::meant;
use super::record::Text;
use super::sql::find;
use super::submission::patched;
use super::writing::{insert_as, update};
use super::{Article, ArticlePatch, NewArticle, Status};
use crate::auth::View;
use crate::comments::policy::ArticleCommentsPatch;
use crate::config::Addresses;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::links::NewLink;
use crate::quotes::replacing::Sender;
use crate::schema::articles;
use crate::slug::Slug;
use crate::text::{Handle, Name};

/// An article as an import says it.
pub(crate) struct Sent {
    /// What it is as a new one.
    pub(crate) new: NewArticle,
    /// The properties the import names; of others nothing is known.
    pub(crate) said: Vec<String>,
    /// Whether it is published when nothing is said of its status.
    pub(crate) publish: bool,
}

impl Sent {
    fn says(&self, property: &str) -> bool {
        self.said.iter().any(|said| said == property)
    }

    /// The same as far as it can be said before the targets of its links are there.
    pub(crate) fn without_links(&self) -> Self {
        let new = NewArticle { links: Vec::new(), ..self.new.clone() };
        let said = self.said.iter().filter(|said| *said != "links").cloned().collect();
        Self { new, said, publish: self.publish }
    }

    /// The article as a new one.
    fn whole(&self) -> NewArticle {
        let otherwise = self.publish.then_some(Status::Published);
        NewArticle { status: self.new.status.or(otherwise), ..self.new.clone() }
    }

    /// What it changes about one that is there.
    fn patch(&self) -> ArticlePatch {
        let NewArticle { title, slug, status, standfirst, dateline, language, authors, .. } =
            self.new.clone();
        let NewArticle { source, image, body, body_format, audio, .. } = self.new.clone();
        let NewArticle { tags, quotes, quote_changes, links, comments, .. } = self.new.clone();
        ArticlePatch {
            title: Some(title),
            slug,
            status,
            standfirst: standfirst.map(Some),
            dateline: dateline.map(Some),
            language: language.map(Some),
            authors: self.says("authors").then_some(authors),
            source: source.map(|source| Some(source.into())),
            image: image.map(Some),
            body: self.says("body").then_some(body),
            body_format,
            audio: audio.map(|audio| Some(audio.into())),
            tags: self.says("tags").then_some(tags),
            quotes: self.says("quotes").then_some(quotes),
            quote_changes: self.says("quote_changes").then_some(quote_changes),
            links: self.says("links").then_some(links),
            comments: comments.map(|said| ArticleCommentsPatch { policy: said.policy.map(Some) }),
            published_at: self.new.published_at.map(Some),
            external_id: self.new.external_id.clone().map(Some),
        }
    }
}

/// An article that an import meets again.
#[derive(Queryable)]
pub(crate) struct Known {
    pub(crate) id: Id,
    pub(crate) slug: String,
    status: Status,
    first_published_at: Option<Moment>,
    imported_sha256: Option<Vec<u8>>,
}

impl Known {
    /// Whether this is what it was made from.
    pub(crate) fn is_from(&self, sha256: &[u8]) -> bool {
        self.imported_sha256.as_deref() == Some(sha256)
    }

    /// Whether an import that publishes publishes it. What an editor has taken down stays down.
    pub(crate) fn is_published_by(&self, sent: &Sent) -> bool {
        let never_seen = self.status == Status::Draft && self.first_published_at.is_none();
        sent.publish && sent.new.status.is_none() && never_seen
    }
}

/// The article that an imported one is: by its external id, else by its slug.
pub(crate) fn known(conn: &mut Conn, new: &NewArticle) -> Result<Option<Known>> {
    let row = (
        articles::id,
        articles::slug,
        articles::status,
        articles::first_published_at,
        articles::imported_sha256,
    );
    let found = match (&new.external_id, &new.slug) {
        (Some(external_id), _) => articles::table
            .filter(articles::external_id.eq(external_id.as_str()))
            .select(row)
            .first::<Known>(conn)
            .optional()?,
        (None, Some(slug)) => articles::table
            .filter(articles::slug.eq(slug.as_str()))
            .filter(articles::external_id.is_null())
            .select(row)
            .first::<Known>(conn)
            .optional()?,
        (None, None) => None,
    };
    Ok(found)
}

/// Makes an imported article; it remembers what it was made from, if it is whole.
pub(crate) fn create(
    conn: &mut Conn,
    id: Id,
    sent: &Sent,
    text: &Text,
    sha256: Option<&[u8]>,
) -> Result<String> {
    let id = insert_as(conn, id, &sent.whole(), text, None, Sender::Import)?;
    remember(conn, id, sha256)
}

fn remember(conn: &mut Conn, id: Id, sha256: Option<&[u8]>) -> Result<String> {
    let article = diesel::update(articles::table.find(id));
    let slug = article.set(articles::imported_sha256.eq(sha256)).returning(articles::slug);
    Ok(slug.get_result(conn)?)
}

/// Lays what an import says over an article that is there: what it does not say stays. Answers the
/// slug and the properties that are no longer what they were.
pub(crate) fn change(
    conn: &mut Conn,
    known: &Known,
    sent: &Sent,
    sha256: &[u8],
    whole: bool,
) -> Result<(String, Vec<String>)> {
    // An import has no site of its own; addresses play no part in what is replaced.
    let (site, handle) = (Addresses::local(), Handle::Id(known.id));
    let before = find(conn, &site, View::Drafts, &handle)?;
    let mut patch = if known.is_from(sha256) { ArticlePatch::default() } else { sent.patch() };
    if known.is_published_by(sent) {
        patch.status = Some(Status::Published);
    }
    let was = properties(&sent_again(conn, &before)?)?;
    update(conn, &before, &patch, Sender::Import)?;
    let slug = remember(conn, known.id, whole.then_some(sha256))?;
    let after = find(conn, &site, View::Drafts, &handle)?;
    let now = properties(&sent_again(conn, &after)?)?;
    let names = was.keys().chain(now.keys()).collect::<BTreeSet<_>>().into_iter();
    let changed = names.filter(|name| was.get(*name) != now.get(*name)).cloned();
    let changed = changed.collect::<Vec<_>>();
    if changed.is_empty() {
        diesel::update(articles::table.find(known.id))
            .set((articles::version.eq(before.version), articles::updated_at.eq(before.updated_at)))
            .execute(conn)?;
    }
    Ok((slug, changed))
}

fn properties(article: &NewArticle) -> Result<Map<String, Value>> {
    match serde_json::to_value(article).map_err(Error::internal)? {
        Value::Object(properties) => Ok(properties),
        _ => Err(Error::internal("an article is an object")),
    }
}

/// Whether one of these links points to an article that is not there yet.
pub(crate) fn lacks_targets(conn: &mut Conn, links: &[NewLink]) -> Result<bool> {
    for target in links.iter().filter_map(|link| link.target.as_ref()) {
        if meant(conn, View::Drafts, &Handle::from(target.as_str()))?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives an imported article the links that had to wait for their targets: now it is whole.
pub(crate) fn relink(conn: &mut Conn, id: Id, links: &[NewLink], sha256: &[u8]) -> Result<()> {
    crate::links::replacing::replace_all(conn, id, links)?;
    diesel::update(articles::table.find(id))
        .set(articles::imported_sha256.eq(sha256))
        .execute(conn)?;
    Ok(())
}

/// Articles after this id as they would be sent again, oldest first.
pub(crate) fn resendable(
    conn: &mut Conn,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<(Id, NewArticle)>> {
    let mut rows = articles::table.select(articles::id).order(articles::id).into_boxed();
    if let Some(after) = after {
        rows = rows.filter(articles::id.gt(after));
    }
    let ids = rows.limit(limit).load::<Id>(conn)?;
    let articles = ids.into_iter().map(|id| {
        let article = find(conn, &Addresses::local(), View::Drafts, &Handle::Id(id))?;
        Ok((id, sent_again(conn, &article)?))
    });
    articles.collect()
}

fn sent_again(conn: &mut Conn, article: &Article) -> Result<NewArticle> {
    let slug = Slug::parse(&article.slug).map_err(|error| Error::internal(error.to_string()))?;
    let names = |names: Vec<&str>| names.into_iter().map(Name::parse).collect::<Result<_, _>>();
    let authors = article.authors.iter().map(|person| person.slug.as_str()).collect();
    let tags = article.tags.iter().map(|tag| tag.slug.as_str()).collect();
    Ok(NewArticle {
        slug: Some(slug),
        authors: names(authors).map_err(Error::internal)?,
        tags: names(tags).map_err(Error::internal)?,
        quotes: crate::quotes::sql::resendable(conn, article.id)?,
        links: crate::links::sql::resendable(conn, article.id)?,
        ..patched(article, &ArticlePatch::default())?
    })
}
