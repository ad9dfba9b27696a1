//! Quotes in the database.

use std::collections::HashMap;

use diesel::prelude::*;

use super::anchor::{Body, Found, Search};
use super::{
    Anchor, AnchorStatus, ArticleQuoteQuery, NewQuote, Quote, QuoteKind, QuotePage, QuotePatch,
    QuoteQuery, QuoteState,
};
use crate::articles::{ArticleRef, Status};
use crate::auth::View;
use crate::config::PublicUrl;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::parts::{positions, without_position};
use crate::people::PersonRef;
use crate::schema::{articles, people, quotes};
use crate::text::{Handle, Language, Line, Name, Prose, folded};

/// How many quotes an article may have.
const QUOTES_MAX: i32 = 1000;

positions!(quotes, QUOTES_MAX);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = quotes, check_for_backend(Any))]
struct QuoteRow {
    id: Id,
    article_id: Id,
    position: i32,
    text: String,
    kind: QuoteKind,
    speaker_id: Option<Id>,
    speaker_name: Option<String>,
    role: Option<String>,
    affiliation: Option<String>,
    affiliation_key: Option<String>,
    cue: Option<String>,
    context: Option<String>,
    said_at: Option<Moment>,
    language: Option<String>,
    original_text: Option<String>,
    original_language: Option<String>,
    anonymity_reason: Option<String>,
    state: QuoteState,
    #[diesel(embed)]
    anchor: AnchorRow,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = quotes, check_for_backend(Any), treat_none_as_null = true)]
#[expect(clippy::struct_field_names, reason = "the fields are named as the columns are")]
struct AnchorRow {
    anchor_status: AnchorStatus,
    anchor_start: Option<i32>,
    anchor_end: Option<i32>,
    anchor_prefix: Option<String>,
    anchor_suffix: Option<String>,
    anchor_sha256: Option<String>,
    anchor_article_version: i64,
}

impl AnchorRow {
    fn of(search: Search, article_version: i64) -> Result<Self> {
        let none = |anchor_status| Self {
            anchor_status,
            anchor_start: None,
            anchor_end: None,
            anchor_prefix: None,
            anchor_suffix: None,
            anchor_sha256: None,
            anchor_article_version: article_version,
        };
        Ok(match search {
            Search::None => none(AnchorStatus::Orphaned),
            Search::Several(_) => none(AnchorStatus::Ambiguous),
            Search::One(Found { start, end, prefix, suffix, sha256 }) => Self {
                anchor_start: Some(i32::try_from(start).map_err(Error::internal)?),
                anchor_end: Some(i32::try_from(end).map_err(Error::internal)?),
                anchor_prefix: Some(prefix),
                anchor_suffix: Some(suffix),
                anchor_sha256: Some(sha256),
                ..none(AnchorStatus::Anchored)
            },
        })
    }
}

/// A quote with what is shown of its article and of its speaker.
type Joined = (QuoteRow, (String, String, Option<Moment>), Option<(String, String)>);

fn quote(site: &PublicUrl, (row, article, speaker): Joined) -> Quote {
    let (slug, title, published_at) = article;
    let speaker = row.speaker_id.zip(speaker);
    let anchor = row.anchor;
    Quote {
        id: row.id,
        article: ArticleRef {
            id: row.article_id,
            url: format!("{site}{}", crate::articles::path(&slug)),
            slug,
            title,
            published_at,
        },
        text: row.text,
        kind: row.kind,
        speaker: speaker.map(|(id, (slug, name))| PersonRef { id, slug, name }),
        speaker_name: row.speaker_name,
        role: row.role,
        affiliation: row.affiliation,
        cue: row.cue,
        context: row.context,
        said_at: row.said_at,
        language: row.language,
        original_text: row.original_text,
        original_language: row.original_language,
        anonymity_reason: row.anonymity_reason,
        state: row.state,
        anchor: Anchor {
            status: anchor.anchor_status,
            start: anchor.anchor_start,
            end: anchor.anchor_end,
            prefix: anchor.anchor_prefix,
            suffix: anchor.anchor_suffix,
            sha256: anchor.anchor_sha256,
            article_version: anchor.anchor_article_version,
        },
        position: row.position,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    }
}

/// Quotes with their article and speaker.
macro_rules! tables {
    () => {
        quotes::table
            .inner_join(articles::table)
            .left_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
    };
}

/// Quotes joined with what is shown of their article and speaker, ready to be filtered.
macro_rules! joined {
    () => {
        tables!().select((
            QuoteRow::as_select(),
            (articles::slug, articles::title, articles::published_at),
            (people::slug, people::name).nullable(),
        ))
    };
}

// --- Reading

pub(super) fn list(
    conn: &mut Conn,
    site: &PublicUrl,
    view: View,
    query: &QuoteQuery,
) -> Result<QuotePage> {
    let QuoteQuery { article, speaker, affiliation, kind, state, anchor, .. } = query;
    let affiliation = affiliation.as_deref().map(folded);
    let identity = format!(
        "quotes {view:?} {article:?} {speaker:?} {affiliation:?} {kind:?} {state:?} {anchor:?}"
    );
    // A name nobody has finds nothing: no quote has the id of a person who is not there.
    let speaker = match speaker {
        None => None,
        Some(handle) => Some(crate::people::sql::id_of(conn, handle)?.unwrap_or_default()),
    };
    macro_rules! filtered {
        ($rows:expr) => {{
            let mut rows = $rows.filter(quotes::state.eq(*state)).into_boxed();
            if view == View::Public {
                rows = rows
                    .filter(articles::status.eq(Status::Published))
                    .filter(quotes::state.eq(QuoteState::Confirmed));
            }
            match article {
                None => {}
                Some(Handle::Id(id)) => rows = rows.filter(quotes::article_id.eq(*id)),
                Some(Handle::Slug(slug)) => rows = rows.filter(articles::slug.eq(slug.clone())),
            }
            if let Some(speaker) = speaker {
                rows = rows.filter(quotes::speaker_id.eq(speaker));
            }
            if let Some(affiliation) = &affiliation {
                rows = rows.filter(quotes::affiliation_key.eq(affiliation.clone()));
            }
            if let Some(kind) = kind {
                rows = rows.filter(quotes::kind.eq(*kind));
            }
            if let Some(anchor) = anchor {
                rows = rows.filter(quotes::anchor_status.eq(*anchor));
            }
            rows
        }};
    }
    let mut rows = filtered!(joined!());
    if let Some(cursor) = &query.cursor {
        rows = rows.filter(quotes::id.lt(cursor.position(&identity)?.id));
    }
    let rows = rows.order(quotes::id.desc()).limit(query.limit.rows() + 1).load::<Joined>(conn)?;
    let cut = Cut::new(rows, query.limit, &identity, |(row, ..)| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match query.count {
        Count::None => None,
        Count::Exact => {
            let rows = quotes::table.inner_join(articles::table);
            Some(filtered!(rows.select(diesel::dsl::count_star())).get_result(conn)?)
        }
    };
    let items = cut.rows.into_iter().map(|row| quote(site, row)).collect();
    Ok(QuotePage { items, next_cursor: cut.next, total })
}

pub(super) fn list_of(
    conn: &mut Conn,
    site: &PublicUrl,
    view: View,
    article: &Handle,
    query: &ArticleQuoteQuery,
) -> Result<QuotePage> {
    let article = crate::articles::sql::id_of(conn, view, article)?;
    let ArticleQuoteQuery { state, limit, cursor, count } = query;
    let identity = format!("quotes of {article} {view:?} {state:?}");
    // What a reader may not see is an empty list, as if it were not there.
    let seen = match view {
        View::Public => QuoteState::Confirmed,
        View::Drafts => *state,
    };
    let of = quotes::article_id.eq(article).and(quotes::state.eq(*state));
    let of = of.and(quotes::state.eq(seen));
    let mut rows = joined!().filter(of).into_boxed();
    if let Some(cursor) = cursor {
        let (place, id) = cursor.position(&identity)?.place()?;
        let after = quotes::position.eq(place).and(quotes::id.gt(id));
        rows = rows.filter(quotes::position.gt(place).or(after));
    }
    let rows =
        rows.order((quotes::position, quotes::id)).limit(limit.rows() + 1).load::<Joined>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, ..)| Position {
        key: Key::Place(row.position),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(quotes::table.filter(of).count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(|row| quote(site, row)).collect();
    Ok(QuotePage { items, next_cursor: cut.next, total })
}

pub(super) fn find(conn: &mut Conn, site: &PublicUrl, view: View, id: Id) -> Result<Quote> {
    let mut rows = joined!().filter(quotes::id.eq(id)).into_boxed();
    if view == View::Public {
        rows = rows
            .filter(articles::status.eq(Status::Published))
            .filter(quotes::state.eq(QuoteState::Confirmed));
    }
    let row = rows.first::<Joined>(conn).optional()?.ok_or(Error::NotFound("quote"))?;
    Ok(quote(site, row))
}

/// The confirmed quotes of these articles, each article's in its order.
pub(crate) fn of_articles(
    conn: &mut Conn,
    site: &PublicUrl,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<Quote>>> {
    let rows = joined!()
        .filter(among(quotes::article_id, ids))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .order((quotes::article_id, quotes::position, quotes::id))
        .load::<Joined>(conn)?;
    let mut all = HashMap::<Id, Vec<Quote>>::new();
    for row in rows {
        let quote = quote(site, row);
        all.entry(quote.article.id).or_default().push(quote);
    }
    Ok(all)
}

/// All quotes of an article, suggested ones too, as they would be sent again.
pub(crate) fn resendable(conn: &mut Conn, article: Id) -> Result<Vec<NewQuote>> {
    let rows = quotes::table
        .left_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
        .filter(quotes::article_id.eq(article))
        .order((quotes::position, quotes::id))
        .select((QuoteRow::as_select(), people::slug.nullable()))
        .load::<(QuoteRow, Option<String>)>(conn)?;
    // What was taken in can be taken in again: a fault here would be one of ours.
    let line = |text: Option<String>| text.map(|text| Line::parse(&text)).transpose();
    let name = |text: Option<String>| text.map(|text| Name::parse(&text)).transpose();
    let language = |text: Option<String>| text.map(|text| Language::parse(&text)).transpose();
    let quotes = rows.into_iter().map(|(row, speaker)| {
        Ok(NewQuote {
            text: Prose::parse(&row.text)?,
            kind: Some(row.kind),
            speaker: name(speaker)?,
            speaker_name: name(row.speaker_name)?,
            role: line(row.role)?,
            affiliation: line(row.affiliation)?,
            cue: line(row.cue)?,
            context: line(row.context)?,
            said_at: row.said_at,
            language: language(row.language)?,
            original_text: row.original_text.map(|text| Prose::parse(&text)).transpose()?,
            original_language: language(row.original_language)?,
            anonymity_reason: line(row.anonymity_reason)?,
            state: Some(row.state),
            position: None,
        })
    });
    quotes.collect::<Result<_, String>>().map_err(Error::internal)
}

// --- Writing

/// The article a quote is written into: what its words are looked for in.
pub(crate) struct Home<'a> {
    pub(crate) id: Id,
    pub(crate) version: i64,
    pub(crate) published: bool,
    pub(crate) body: Body<'a>,
}

/// Writes the quotes an article comes with, in their order.
pub(crate) fn insert_all(conn: &mut Conn, home: &Home<'_>, new: &[NewQuote]) -> Result<()> {
    for (index, quote) in new.iter().enumerate() {
        let pointer = format!("/quotes/{index}");
        without_position(quote.position, &pointer)?;
        let place = i32::try_from(index).map_err(Error::internal)?;
        insert(conn, home, quote, place, &pointer)?;
    }
    Ok(())
}

pub(super) fn add(conn: &mut Conn, article: &Handle, new: &NewQuote) -> Result<Id> {
    let article = crate::articles::sql::touch(conn, article)?;
    let place = make_room(conn, article.id, new.position)?;
    insert(conn, &article.home(), new, place, "")
}

fn insert(
    conn: &mut Conn,
    home: &Home<'_>,
    new: &NewQuote,
    place: i32,
    pointer: &str,
) -> Result<Id> {
    let state = new.state.unwrap_or_default();
    let shown = home.published && state == QuoteState::Confirmed;
    let speaker =
        Speaker::find(conn, new.speaker.as_ref(), new.speaker_name.as_ref(), shown, pointer)?;
    let text = |line: &Option<Line>| line.as_ref().map(|line| line.as_str().to_owned());
    let language = |tag: &Option<Language>| tag.as_ref().map(|tag| tag.as_str().to_owned());
    let now = Moment::now();
    let row = QuoteRow {
        id: Id::new(),
        article_id: home.id,
        position: place,
        text: new.text.as_str().to_owned(),
        kind: new.kind.unwrap_or_default(),
        speaker_id: speaker.id,
        speaker_name: speaker.name,
        role: text(&new.role),
        affiliation: text(&new.affiliation),
        affiliation_key: new.affiliation.as_ref().map(|line| folded(line.as_str())),
        cue: text(&new.cue),
        context: text(&new.context),
        said_at: new.said_at,
        language: language(&new.language),
        original_text: new.original_text.as_ref().map(|text| text.as_str().to_owned()),
        original_language: language(&new.original_language),
        anonymity_reason: text(&new.anonymity_reason),
        state,
        anchor: AnchorRow::of(home.body.find(new.text.as_str(), None, None), home.version)?,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    diesel::insert_into(quotes::table).values(&row).execute(conn)?;
    Ok(row.id)
}

/// Who said it: the person, and the name it was said under.
#[derive(Debug, Default)]
struct Speaker {
    id: Option<Id>,
    name: Option<String>,
}

impl Speaker {
    fn find(
        conn: &mut Conn,
        speaker: Option<&Name>,
        name: Option<&Name>,
        shown: bool,
        pointer: &str,
    ) -> Result<Self> {
        let id = match (speaker, name) {
            (Some(speaker), _) => {
                let handle = Handle::from(speaker.as_str());
                crate::people::sql::id_of(conn, &handle)?.ok_or_else(|| {
                    let detail =
                        format!("there is no person `{speaker}`; `speaker_name` makes one");
                    Error::field(format!("{pointer}/speaker"), "not-found", detail)
                })?
            }
            (None, Some(name)) => crate::people::sql::of_name(conn, name, shown)?,
            (None, None) => return Ok(Self::default()),
        };
        if shown {
            crate::people::sql::publish(conn, &[id])?;
        }
        let name = match name {
            Some(name) => name.as_str().to_owned(),
            None => crate::people::sql::name_of(conn, id)?,
        };
        Ok(Self { id: Some(id), name: Some(name) })
    }
}

#[derive(AsChangeset)]
#[diesel(table_name = quotes)]
#[expect(clippy::option_option, reason = "Diesel's form of a patch: left, cleared, or set")]
struct Changes {
    text: Option<String>,
    kind: Option<QuoteKind>,
    speaker_id: Option<Option<Id>>,
    speaker_name: Option<Option<String>>,
    role: Option<Option<String>>,
    affiliation: Option<Option<String>>,
    affiliation_key: Option<Option<String>>,
    cue: Option<Option<String>>,
    context: Option<Option<String>>,
    said_at: Option<Option<Moment>>,
    language: Option<Option<String>>,
    original_text: Option<Option<String>>,
    original_language: Option<Option<String>>,
    anonymity_reason: Option<Option<String>>,
    state: Option<QuoteState>,
    updated_at: Moment,
    version: i64,
}

pub(super) fn update(conn: &mut Conn, before: &Quote, patch: &QuotePatch) -> Result<()> {
    let article = crate::articles::sql::touch(conn, &Handle::Id(before.article.id))?;
    let home = article.home();
    if let Some(place) = patch.position.filter(|place| *place != before.position) {
        move_part(conn, home.id, before.id, before.position, place)?;
    }
    let state = patch.state.unwrap_or(before.state);
    let shown = home.published && state == QuoteState::Confirmed;
    let speaker = patched_speaker(conn, before, patch, shown)?;
    if let Some(text) = &patch.text {
        anchor_again(conn, &home, before.id, text.as_str(), None)?;
    }
    let text = |line: &Option<Option<Line>>| {
        line.as_ref().map(|line| line.as_ref().map(|line| line.as_str().to_owned()))
    };
    let language = |tag: &Option<Option<Language>>| {
        tag.as_ref().map(|tag| tag.as_ref().map(|tag| tag.as_str().to_owned()))
    };
    let original = patch.original_text.as_ref();
    let affiliation = patch.affiliation.as_ref();
    let changes = Changes {
        text: patch.text.as_ref().map(|text| text.as_str().to_owned()),
        kind: patch.kind,
        speaker_id: speaker.as_ref().map(|speaker| speaker.id),
        speaker_name: speaker.map(|speaker| speaker.name),
        role: text(&patch.role),
        affiliation: text(&patch.affiliation),
        affiliation_key: affiliation.map(|line| line.as_ref().map(|line| folded(line.as_str()))),
        cue: text(&patch.cue),
        context: text(&patch.context),
        said_at: patch.said_at,
        language: language(&patch.language),
        original_text: original.map(|text| text.as_ref().map(|text| text.as_str().to_owned())),
        original_language: language(&patch.original_language),
        anonymity_reason: text(&patch.anonymity_reason),
        state: patch.state,
        updated_at: Moment::now(),
        version: before.version + 1,
    };
    diesel::update(quotes::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}

/// Who said it after the patch; `None` when that does not change.
fn patched_speaker(
    conn: &mut Conn,
    before: &Quote,
    patch: &QuotePatch,
    shown: bool,
) -> Result<Option<Speaker>> {
    let name = patch.speaker_name.as_ref();
    match (&patch.speaker, name) {
        (Some(Some(speaker)), name) => {
            let name = name.and_then(Option::as_ref);
            Speaker::find(conn, Some(speaker), name, shown, "").map(Some)
        }
        (Some(None), None) => Ok(Some(Speaker { id: None, name: before.speaker_name.clone() })),
        (Some(None), Some(name)) => {
            let name = name.as_ref().map(|name| name.as_str().to_owned());
            Ok(Some(Speaker { id: None, name }))
        }
        (None, Some(Some(name))) => Speaker::find(conn, None, Some(name), shown, "").map(Some),
        (None, Some(None)) => Ok(Some(Speaker::default())),
        (None, None) => {
            if let Some(speaker) = before.speaker.as_ref().filter(|_| shown) {
                crate::people::sql::publish(conn, &[speaker.id])?;
            }
            Ok(None)
        }
    }
}

fn anchor_again(
    conn: &mut Conn,
    home: &Home<'_>,
    quote: Id,
    text: &str,
    surroundings: Option<(&str, &str)>,
) -> Result<()> {
    let (prefix, suffix) = surroundings.unzip();
    let row = AnchorRow::of(home.body.find(text, prefix, suffix), home.version)?;
    diesel::update(quotes::table.find(quote)).set(&row).execute(conn)?;
    Ok(())
}

/// Looks for every quote of an article again, after its body was changed.
pub(crate) fn anchor_all(conn: &mut Conn, home: &Home<'_>) -> Result<()> {
    let rows = quotes::table
        .filter(quotes::article_id.eq(home.id))
        .select((quotes::id, quotes::text, quotes::anchor_prefix, quotes::anchor_suffix))
        .load::<(Id, String, Option<String>, Option<String>)>(conn)?;
    for (id, text, prefix, suffix) in rows {
        let surroundings = prefix.as_deref().zip(suffix.as_deref());
        anchor_again(conn, home, id, &text, surroundings)?;
    }
    Ok(())
}

/// Shows the speakers of an article's confirmed quotes to everybody.
pub(crate) fn publish_speakers(conn: &mut Conn, article: Id) -> Result<()> {
    let speakers = quotes::table
        .filter(quotes::article_id.eq(article))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .filter(quotes::speaker_id.is_not_null())
        .select(quotes::speaker_id.assume_not_null())
        .load::<Id>(conn)?;
    crate::people::sql::publish(conn, &speakers)
}

/// Removes all quotes of an article.
pub(crate) fn remove_all(conn: &mut Conn, article: Id) -> Result<()> {
    diesel::delete(quotes::table.filter(quotes::article_id.eq(article))).execute(conn)?;
    Ok(())
}

pub(super) fn remove(conn: &mut Conn, before: &Quote) -> Result<()> {
    crate::articles::sql::touch(conn, &Handle::Id(before.article.id))?;
    diesel::delete(quotes::table.find(before.id)).execute(conn)?;
    close_gap(conn, before.article.id, before.position)
}
