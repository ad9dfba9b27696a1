//! What follows from the rows a write has touched: which things are others now, for whom, and in what.
//!
//! A thing is another when what a reader is shown of it is: an article when a tag on it has a new name, a tag when
//! an article that carries it is published. What readers do not see changes nothing for them.

mod around;
mod rules;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::kind::{Subject, Verb};
use super::names::LISTING;
use super::touched::{Row, id, moment};
use crate::articles::Status;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, among};
use crate::error::Result;
use crate::schema::{article_tags, articles, people, tags};

/// A change on its way into the log.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) verb: Verb,
    /// What it is to readers; nothing when they learn nothing of it.
    pub(super) public: Option<Verb>,
    pub(super) is_moderation: bool,
    pub(super) fields: BTreeSet<String>,
    pub(super) article: Option<Id>,
    pub(super) tags: BTreeSet<Id>,
    /// Where an article stood and stands in lists by date, when it comes into lists, leaves them or moves in them.
    pub(super) listed: BTreeSet<i64>,
}

/// The changes of one write, each thing once.
pub(super) type Entries = BTreeMap<(Subject, String), Entry>;

/// Whether readers saw an article before the write, and see it after.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    was: bool,
    is: bool,
}

impl Standing {
    const fn flips(self) -> bool {
        self.was != self.is
    }

    const fn stays(self) -> bool {
        self.was && self.is
    }
}

/// What somebody learns of a thing that they saw before, and see now.
const fn seen(was: bool, is: bool) -> Option<Verb> {
    match (was, is) {
        (false, false) => None,
        (false, true) => Some(Verb::Created),
        (true, true) => Some(Verb::Updated),
        (true, false) => Some(Verb::Deleted),
    }
}

/// A write whose changes are being found.
struct Write<'a> {
    conn: &'a mut Conn,
    standings: HashMap<Id, Standing>,
    /// Articles whose references say something else than before.
    renamed: HashSet<Id>,
    /// Parts that are among the rows: what they do to others they say themselves.
    told: HashSet<(&'static str, Id, Id)>,
    entries: Entries,
    counted_tags: BTreeSet<Id>,
    counted_authors: BTreeSet<Id>,
    counted_speakers: BTreeSet<Id>,
}

/// The changes that follow from these rows.
pub(super) fn derive(conn: &mut Conn, rows: &[Row]) -> Result<Entries> {
    let mut write = Write {
        conn,
        standings: HashMap::new(),
        renamed: HashSet::new(),
        told: HashSet::new(),
        entries: Entries::new(),
        counted_tags: BTreeSet::new(),
        counted_authors: BTreeSet::new(),
        counted_speakers: BTreeSet::new(),
    };
    write.look(rows)?;
    for row in rows {
        write.apply(row)?;
    }
    write.count()?;
    write.name_tags(rows)?;
    write.place(rows)?;
    Ok(write.entries)
}

impl Write<'_> {
    /// Finds out which of the articles concerned readers saw and see, and which parts speak for themselves.
    fn look(&mut self, rows: &[Row]) -> Result<()> {
        let mut others = BTreeSet::new();
        for row in rows {
            if row.source == "articles" {
                let published = |status: &serde_json::Value| status == Status::Published.as_str();
                let (was, is) = (published(row.was("status")), published(row.is("status")));
                self.standings.insert(row.id("id"), Standing { was, is });
                if row.differ(&["slug", "title", "published_at"]) {
                    self.renamed.insert(row.id("id"));
                }
            }
            let named = ["article_id", "target_id"];
            others.extend(named.iter().flat_map(|it| [id(row.was(it)), id(row.is(it))]).flatten());
            let part = match row.source {
                "article_tags" => (row.id("article_id"), row.id("tag_id")),
                "article_authors" => (row.id("article_id"), row.id("person_id")),
                "quotes" | "links" | "comments" => (row.id("article_id"), row.id("id")),
                _ => continue,
            };
            self.told.insert((row.source, part.0, part.1));
        }
        self.look_up(&others.into_iter().collect::<Vec<_>>())
    }

    /// Finds out which of these articles readers see; those the write has not touched are as they were.
    fn look_up(&mut self, ids: &[Id]) -> Result<()> {
        let unknown = ids.iter().filter(|id| !self.standings.contains_key(id)).copied();
        let unknown = unknown.collect::<Vec<_>>();
        if unknown.is_empty() {
            return Ok(());
        }
        let rows = articles::table
            .filter(among(articles::id, &unknown))
            .select((articles::id, articles::status))
            .load::<(Id, Status)>(self.conn)?;
        for (id, status) in rows {
            let public = status == Status::Published;
            self.standings.insert(id, Standing { was: public, is: public });
        }
        Ok(())
    }

    fn standing(&self, article: Id) -> Standing {
        self.standings.get(&article).copied().unwrap_or_default()
    }

    /// Enters a change. What a thing has become goes before its having changed in some way.
    fn note(
        &mut self,
        thing: (Subject, impl ToString),
        verb: Verb,
        public: Option<Verb>,
    ) -> &mut Entry {
        self.note_moderation(thing, verb, public, false)
    }

    /// The same; `is_moderation` says whether it is other only to moderators.
    fn note_moderation(
        &mut self,
        (of, id): (Subject, impl ToString),
        verb: Verb,
        public: Option<Verb>,
        is_moderation: bool,
    ) -> &mut Entry {
        let entry = self.entries.entry((of, id.to_string())).or_insert_with(|| Entry {
            verb: Verb::Updated,
            public: None,
            is_moderation: true,
            fields: BTreeSet::new(),
            article: None,
            tags: BTreeSet::new(),
            listed: BTreeSet::new(),
        });
        entry.is_moderation &= is_moderation;
        if entry.verb == Verb::Updated {
            entry.verb = verb;
        }
        if matches!(entry.public, None | Some(Verb::Updated)) && public.is_some() {
            entry.public = public;
        }
        entry
    }

    /// Enters that something on an article's page has changed; `public` says whether readers see it there.
    fn part(&mut self, article: Id, field: &str, public: bool) {
        let public = (public && self.standing(article).stays()).then_some(Verb::Updated);
        let entry = self.note((Subject::Article, article), Verb::Updated, public);
        entry.article = Some(article);
        entry.fields.insert(field.to_owned());
    }

    /// Enters the tags and people of whom more or less is published now.
    fn count(&mut self) -> Result<()> {
        let counted = std::mem::take(&mut self.counted_tags).into_iter().collect::<Vec<_>>();
        if !counted.is_empty() {
            let rows = tags::table.filter(among(tags::id, &counted));
            let rows = rows.select((tags::id, tags::is_public)).load::<(Id, bool)>(self.conn)?;
            for (id, is_public) in rows {
                let public = is_public.then_some(Verb::Updated);
                let entry = self.note((Subject::Tag, id), Verb::Updated, public);
                entry.fields.insert("article_count".to_owned());
            }
        }
        let authors = std::mem::take(&mut self.counted_authors);
        let speakers = std::mem::take(&mut self.counted_speakers);
        let counted = authors.union(&speakers).copied().collect::<Vec<_>>();
        if !counted.is_empty() {
            let rows = people::table.filter(among(people::id, &counted));
            let rows =
                rows.select((people::id, people::is_public)).load::<(Id, bool)>(self.conn)?;
            for (id, is_public) in rows {
                let public = is_public.then_some(Verb::Updated);
                let entry = self.note((Subject::Person, id), Verb::Updated, public);
                let counts = [("article_count", &authors), ("quote_count", &speakers)];
                let counts = counts.into_iter().filter(|(_, counted)| counted.contains(&id));
                entry.fields.extend(counts.map(|(field, _)| field.to_owned()));
            }
        }
        Ok(())
    }

    /// Says of the articles that come into lists, leave them or move in them where they stood and stand.
    fn place(&mut self, rows: &[Row]) -> Result<()> {
        let moves = |entry: &Entry| {
            let listing = |field: &&str| entry.fields.contains(*field);
            entry.public.is_some_and(|verb| verb != Verb::Updated || LISTING.iter().any(listing))
        };
        for row in rows.iter().filter(|row| row.source == "articles") {
            let entry = self.entries.get_mut(&(Subject::Article, row.id("id").to_string()));
            if let Some(entry) = entry.filter(|entry| moves(entry)) {
                let dates =
                    [row.was("dated_at"), row.is("dated_at")].into_iter().filter_map(moment);
                entry.listed.extend(dates.map(Moment::as_millis));
            }
        }
        let others = self.entries.iter().filter(|((of, _), entry)| {
            *of == Subject::Article && entry.listed.is_empty() && moves(entry)
        });
        let others = others.filter_map(|((_, id), _)| id.parse::<Id>().ok()).collect::<Vec<_>>();
        if others.is_empty() {
            return Ok(());
        }
        let rows = articles::table.filter(among(articles::id, &others));
        let rows = rows.select((articles::id, articles::dated_at));
        for (id, at) in rows.load::<(Id, Moment)>(self.conn)? {
            if let Some(entry) = self.entries.get_mut(&(Subject::Article, id.to_string())) {
                entry.listed.insert(at.as_millis());
            }
        }
        Ok(())
    }

    /// Says of each change which tags it stands under, or stood under before.
    fn name_tags(&mut self, rows: &[Row]) -> Result<()> {
        let of = self.entries.values().filter_map(|entry| entry.article).collect::<BTreeSet<_>>();
        let of = of.into_iter().collect::<Vec<_>>();
        let mut under = HashMap::<Id, Vec<Id>>::new();
        if !of.is_empty() {
            let rows = article_tags::table.filter(among(article_tags::article_id, &of));
            let rows = rows.select((article_tags::article_id, article_tags::tag_id));
            for (article, tag) in rows.load::<(Id, Id)>(self.conn)? {
                under.entry(article).or_default().push(tag);
            }
        }
        for row in rows.iter().filter(|row| row.source == "article_tags") {
            under.entry(row.id("article_id")).or_default().push(row.id("tag_id"));
        }
        for ((of, id), entry) in &mut self.entries {
            if *of == Subject::Tag {
                entry.tags.extend(id.parse::<Id>().ok());
            }
            let tags = entry.article.and_then(|article| under.get(&article));
            entry.tags.extend(tags.into_iter().flatten());
        }
        Ok(())
    }
}
