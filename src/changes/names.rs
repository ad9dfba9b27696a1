//! What answers are made from, by name: caches keep an answer under the names, and a change says which of them to drop.
//!
//! A thing has a name of its own: `article-…`. What a list shows beside its items has one, too: `articles` is said
//! whenever an article comes into the lists, leaves them or moves in them. A page in the middle of a list knows between
//! which dates it stands, and hears only of what comes and goes there: `articles-2020-09-21`.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::kind::{ChangeKind, Subject, Verb};
use crate::db::types::{Id, Moment};

/// Whether an article comes to readers or goes from them, or moves in a list by date.
const ARTICLES: &str = "articles";
/// Whether any article is another.
const ANY_ARTICLE: &str = "any-article";
/// Whether articles that stay are dated otherwise, or are in another language.
const DATES: &str = "article-dates";
/// Whether there are other headlines, or articles with other addresses.
const TITLES: &str = "article-titles";
/// Whether articles carry other tags.
const TAGGINGS: &str = "article-tags";

/// What changes of an article's in which lists it stands, and where.
pub(super) const LISTING: [&str; 3] = ["language", "published_at", "tags"];

/// Whether an article comes, goes or moves that is older than [`OLD_YEARS`].
const OLD: &str = "old";
/// How many years back every one has a name.
const OLD_YEARS: u16 = 8;
const YEAR_MS: i64 = 365 * 24 * HOUR_MS;

const HOUR_MS: i64 = 60 * 60 * 1000;
/// How finely a list by date is told apart: how much of a date is a name, how many milliseconds it may not exceed, and
/// in what steps every such name is met.
const GRAINS: [(usize, i64, i64); 4] = [
    ("2020-09-21T17".len(), 8 * HOUR_MS, HOUR_MS),
    ("2020-09-21".len(), 8 * 24 * HOUR_MS, 24 * HOUR_MS),
    ("2020-09".len(), 8 * 31 * 24 * HOUR_MS, 28 * 24 * HOUR_MS),
    ("2020".len(), 8 * YEAR_MS, YEAR_MS),
];

/// The names of what an answer is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// The name of one thing.
    pub(crate) fn of(subject: Subject, id: Id) -> Self {
        Self::default().and(subject, [id])
    }

    /// The same, and these things.
    pub(crate) fn and(mut self, subject: Subject, ids: impl IntoIterator<Item = Id>) -> Self {
        self.0.extend(ids.into_iter().map(|id| one(subject, &id.simple())));
        self
    }

    /// The same, and what is shown of these articles where they are pointed to.
    pub(crate) fn and_headlines(mut self, ids: impl IntoIterator<Item = Id>) -> Self {
        self.0.extend(ids.into_iter().map(|id| headline(&id.simple())));
        self
    }

    /// The same, and which articles there are, and in which order.
    pub(crate) fn and_articles(self) -> Self {
        self.with(ARTICLES)
    }

    /// The same, and which of these articles stand between two dates; nothing when the dates are too far apart.
    pub(crate) fn and_between(mut self, among: &Among, one: Moment, other: Moment) -> Option<Self> {
        let (one, other) = (one.as_millis(), other.as_millis());
        let (first, last) = (one.min(other), one.max(other));
        let apart = last.saturating_sub(first);
        let (length, _, step) = GRAINS.iter().find(|(_, most, _)| apart <= *most)?;
        let mut at = first;
        while at < last {
            self.0.extend(among.at(&dated(at, *length)));
            at = at.saturating_add(*step);
        }
        self.0.extend(among.at(&dated(last, *length)));
        Some(self)
    }

    /// The same, and whatever an article says.
    pub(crate) fn and_any_article(self) -> Self {
        self.with(ANY_ARTICLE)
    }

    /// The same, and how articles are dated, and in what language they are.
    pub(crate) fn and_dates(self) -> Self {
        self.with(DATES)
    }

    /// The same, and what headlines there are.
    pub(crate) fn and_titles(self) -> Self {
        self.with(TITLES)
    }

    /// The same, and which tags articles carry.
    pub(crate) fn and_taggings(self) -> Self {
        self.with(TAGGINGS)
    }

    /// The same, and which things of a kind there are, under which names.
    pub(crate) fn and_all(self, subject: Subject) -> Self {
        self.with(all(subject))
    }

    /// The same, and which articles there are with these tags.
    pub(crate) fn and_tagged(mut self, tags: impl IntoIterator<Item = Id>) -> Self {
        self.0.extend(tags.into_iter().map(|tag| tagged(&tag.simple())));
        self
    }

    /// The same, and which articles there are by these people.
    pub(crate) fn and_written_by(mut self, people: impl IntoIterator<Item = Id>) -> Self {
        self.0.extend(people.into_iter().map(|person| written_by(&person.simple())));
        self
    }

    /// The same, and which quotes there are of these people.
    pub(crate) fn and_said_by(mut self, people: impl IntoIterator<Item = Id>) -> Self {
        self.0.extend(people.into_iter().map(|person| said_by(&person.simple())));
        self
    }

    /// The same, and which of these articles stand before a date.
    pub(crate) fn and_before(mut self, among: &Among, end: Moment) -> Self {
        let date = end.to_string();
        let number = |from: usize, to: usize| {
            date.get(from..to).and_then(|part| part.parse::<u16>().ok()).unwrap_or_default()
        };
        let part = |to: usize| date.get(..to).unwrap_or_default();
        let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
        // Its month by days, its year by months, then by years, and what is older than all that.
        let days = (1..=day).map(|day| format!("{}-{day:02}", part(7)));
        let months = (1..month).map(|month| format!("{}-{month:02}", part(4)));
        let years = (year.saturating_sub(OLD_YEARS + 1)..year).map(|year| format!("{year:04}"));
        let dates = days.chain(months).chain(years).chain([OLD.to_owned()]);
        self.0.extend(dates.flat_map(|date| among.at(&date).collect::<Vec<_>>()));
        self
    }

    /// The same, and which things of a kind there are, if that matters.
    pub(crate) fn and_all_if(self, matters: bool, subject: Subject) -> Self {
        if matters { self.and_all(subject) } else { self }
    }

    /// The same, and which comments there are on an article.
    pub(crate) fn and_comments_on(self, article: Id) -> Self {
        self.with(&comments_on(&article))
    }

    fn with(mut self, name: &str) -> Self {
        self.0.insert(name.to_owned());
        self
    }

    /// Each of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// All of them in one line.
    pub(crate) fn joined(&self, by: &str) -> String {
        self.iter().collect::<Vec<_>>().join(by)
    }
}

fn one(subject: Subject, id: &impl Display) -> String {
    format!("{}-{id}", subject.as_str())
}

fn all(subject: Subject) -> &'static str {
    match subject {
        Subject::Tag => "tags",
        Subject::Person => "people",
        Subject::Quote => "quotes",
        Subject::Link => "links",
        Subject::Article => ARTICLES,
        Subject::Image => "images",
        Subject::Comment => "comments",
        Subject::Stream => "streams",
        Subject::CommunityStandards => "community-standards",
        Subject::ShortLink => "short-links",
    }
}

fn headline(article: &impl Display) -> String {
    format!("headline-{article}")
}

fn tagged(tag: &impl Display) -> String {
    format!("articles-tagged-{tag}")
}

fn written_by(person: &impl Display) -> String {
    format!("articles-by-{person}")
}

fn said_by(person: &impl Display) -> String {
    format!("quotes-of-{person}")
}

fn comments_on(article: &Id) -> String {
    format!("comments-{}", article.simple())
}

/// An hour, a day, a month or a year.
fn dated(millis: i64, length: usize) -> String {
    let mut date = Moment::from_millis(millis).to_string();
    date.truncate(length);
    date
}

/// Articles of which some stand between two dates: all of them, or those with some tag.
#[derive(Debug, Clone, Default)]
pub(crate) struct Among(Vec<String>);

impl Among {
    /// All articles.
    pub(crate) fn all(mut self) -> Self {
        self.0.push(ARTICLES.to_owned());
        self
    }

    /// And those with these tags.
    pub(crate) fn tagged(mut self, tags: impl IntoIterator<Item = Id>) -> Self {
        self.0.extend(tags.into_iter().map(|tag| tagged(&tag.simple())));
        self
    }

    fn at(&self, date: &str) -> impl Iterator<Item = String> {
        self.0.iter().map(move |stem| format!("{stem}-{date}"))
    }
}

/// What a change is about, as far as names go.
pub(super) struct Told<'a> {
    /// What it is to readers.
    pub(super) kind: ChangeKind,
    pub(super) id: &'a str,
    pub(super) article: Option<Id>,
    /// The properties that say something else, each followed by a blank or the end.
    pub(super) fields: &'a str,
    /// The tags it stands or stood under, between blanks.
    pub(super) tags: &'a str,
    /// Where it stood and stands in lists by date, in milliseconds.
    pub(super) listed: &'a str,
    /// When it happened.
    pub(super) at: Moment,
}

impl Told<'_> {
    /// The names of whatever was made from what is another now.
    pub(super) fn names(&self) -> Names {
        let ChangeKind { of, verb } = self.kind;
        let mut names = Names::default();
        match self.id.parse::<Id>() {
            Ok(id) => names = names.and(of, [id]),
            Err(_) => names = names.with(&one(of, &self.id)),
        }
        let comes_or_goes = verb != Verb::Updated;
        match of {
            Subject::Article => self.of_article(names, comes_or_goes),
            Subject::Comment => match self.article {
                Some(article) => names.and_comments_on(article),
                None => names,
            },
            // How much there is of them is no matter of which there are.
            Subject::Tag | Subject::Person => {
                let is_name = |field| ["slug", "name", "kind", "aliases"].contains(&field);
                let is_named = comes_or_goes || self.fields().any(is_name);
                let differs = |field| is_named || self.fields().any(|it| it == field);
                let id = self.id.parse::<Id>();
                if of == Subject::Tag && differs("article_count") {
                    names = names.and_tagged(id.clone());
                }
                if of == Subject::Person && differs("article_count") {
                    names = names.and_written_by(id.clone());
                }
                if of == Subject::Person && differs("quote_count") {
                    names = names.and_said_by(id);
                }
                if is_named { names.and_all(of) } else { names }
            }
            _ => names.and_all(of),
        }
    }

    fn of_article(&self, names: Names, comes_or_goes: bool) -> Names {
        let differs = |field: &str| self.fields().any(|it| it == field);
        let mut names = names.and_any_article();
        if comes_or_goes || differs("published_at") || differs("language") || differs("slug") {
            names = names.and_articles();
        }
        if comes_or_goes || differs("title") || differs("slug") {
            names = names.and_titles();
        }
        if comes_or_goes || ["title", "slug", "published_at"].into_iter().any(differs) {
            names = names.and_headlines(self.id.parse::<Id>());
        }
        if !comes_or_goes && (differs("published_at") || differs("language")) {
            names = names.and_dates();
        }
        if comes_or_goes || differs("tags") {
            names = names.and_taggings();
        }
        let moves = comes_or_goes || differs("published_at") || differs("language");
        let among = if moves { Among::default().all() } else { Among::default() };
        let among = if moves || differs("tags") {
            let tags = self.tags.split(' ').filter(|tag| !tag.is_empty());
            Among(among.0.into_iter().chain(tags.map(|tag| tagged(&tag))).collect())
        } else {
            among
        };
        let listed = self.listed.split(' ').filter_map(|millis| millis.parse::<i64>().ok());
        for at in listed {
            let dates = GRAINS.iter().map(|(length, ..)| dated(at, *length));
            let is_old = at.saturating_add(i64::from(OLD_YEARS) * YEAR_MS) < self.at.as_millis();
            let dates = dates.chain(is_old.then(|| OLD.to_owned()));
            names.0.extend(dates.flat_map(|date| among.at(&date).collect::<Vec<_>>()));
        }
        names
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.split(' ').filter(|field| !field.is_empty())
    }
}
