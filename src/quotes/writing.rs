//! How quotes are written: in order, with their speaker, and tied to the words of their article.

use diesel::prelude::*;

use super::anchor::{Body, Found, Search};
use super::sql::{AnchorRow, QuoteRow};
use super::{AnchorStatus, NewQuote, Quote, QuoteKind, QuotePatch, QuoteState};
use crate::articles::writing::touch;
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::parts::positions;
use crate::schema::quotes;
use crate::text::{Handle, Language, Line, Name, folded};

/// How many quotes an article may have.
const QUOTES_MAX: i32 = 1000;

positions!(quotes, QUOTES_MAX);

/// The article a quote is written into: what its words are looked for in.
pub(crate) struct Home<'a> {
    pub(crate) id: Id,
    pub(crate) version: i64,
    pub(crate) published: bool,
    pub(crate) body: Body<'a>,
}

pub(super) fn add(conn: &mut Conn, article: &Handle, new: &NewQuote) -> Result<Id> {
    let article = touch(conn, article)?;
    let place = make_room(conn, article.id, new.position)?;
    let home = article.home();
    let state = new.state.unwrap_or_default();
    let shown = home.published && state == QuoteState::Confirmed;
    let speaker = Speaker::of(conn, new, shown, "")?;
    let anchor = AnchorRow::of(home.body.find(new.text.as_str(), None, None), home.version)?;
    let row = row_of(&home, new, place, state, speaker, anchor);
    diesel::insert_into(quotes::table).values(&row).execute(conn)?;
    Ok(row.id)
}

/// A new quote as its row.
pub(super) fn row_of(
    home: &Home<'_>,
    new: &NewQuote,
    place: i32,
    state: QuoteState,
    speaker: Speaker,
    anchor: AnchorRow,
) -> QuoteRow {
    let text = |line: &Option<Line>| line.as_ref().map(|line| line.as_str().to_owned());
    let language = |tag: &Option<Language>| tag.as_ref().map(|tag| tag.as_str().to_owned());
    let now = Moment::now();
    QuoteRow {
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
        anchor,
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

/// Who said it: the person, and the name it was said under.
#[derive(Debug, Clone, Default)]
pub(super) struct Speaker {
    pub(super) id: Option<Id>,
    pub(super) name: Option<String>,
}

impl Speaker {
    /// Who said a quote that is sent.
    pub(super) fn of(conn: &mut Conn, new: &NewQuote, shown: bool, pointer: &str) -> Result<Self> {
        Self::find(conn, new.speaker.as_ref(), new.speaker_name.as_ref(), shown, pointer)
    }

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
                crate::people::sql::id_of(conn, View::Drafts, &handle)?.ok_or_else(|| {
                    let detail =
                        format!("there is no person `{speaker}`; `speaker_name` makes one");
                    Error::field(format!("{pointer}/speaker"), "not-found", detail)
                })?
            }
            (None, Some(name)) => crate::people::naming::of_name(conn, name, shown)?,
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
    let article = touch(conn, &Handle::Id(before.article.id))?;
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

impl AnchorRow {
    pub(super) fn of(search: Search, article_version: i64) -> Result<Self> {
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

pub(super) fn remove(conn: &mut Conn, before: &Quote) -> Result<()> {
    touch(conn, &Handle::Id(before.article.id))?;
    diesel::delete(quotes::table.find(before.id)).execute(conn)?;
    close_gap(conn, before.article.id, before.position)
}
