//! How quotes are written: in order, with their speaker, and tied to the words of their article.

use diesel::prelude::*;

use super::history::{Ledger, QuoteHistoryAction};
use super::replacing::Sender;
use super::sql::{AnchorRow, QuoteRow};
use super::{Home, NewQuote, Quote, QuoteKind, QuoteOrigin, QuotePatch, QuoteState};
use crate::articles::writing::touch;
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::parts::positions;
use crate::schema::quotes;
use crate::text::{Handle, Language, Line, Name, Prose, folded};

/// How many quotes an article may have.
const QUOTES_MAX: i32 = 1000;

positions!(quotes, QUOTES_MAX);

pub(super) fn add(conn: &mut Conn, article: &Handle, new: &NewQuote, sender: Sender) -> Result<Id> {
    let article = touch(conn, article)?;
    let place = make_room(conn, article.id, new.position)?;
    let home = article.home();
    let state = new.state.unwrap_or_default();
    let shown = home.published && state == QuoteState::Confirmed;
    let speaker = Speaker::of(conn, new, shown, "")?;
    let anchor = home.anchor(new.text.as_str())?;
    let row = row_of(&home, new, place, state, speaker, anchor);
    let row = QuoteRow { origin: sender.origin(state), ..row };
    row.check("")?;
    diesel::insert_into(quotes::table).values(&row).execute(conn)?;
    let mut ledger = Ledger::new(home.version, sender);
    ledger.created(&row)?;
    ledger.write(conn)?;
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
        origin: QuoteOrigin::Editor,
        was_public: home.published && state == QuoteState::Confirmed,
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
    was_public: bool,
}

pub(super) fn update(
    conn: &mut Conn,
    before: &Quote,
    patch: &QuotePatch,
    sender: Sender,
) -> Result<()> {
    let article = touch(conn, &Handle::Id(before.article.id))?;
    let home = article.home();
    let was = row(conn, before.id)?;
    if let Some(place) = patch.position.filter(|place| *place != before.position) {
        move_part(conn, home.id, before.id, before.position, place)?;
    }
    let state = patch.state.unwrap_or(before.state);
    let shown = home.published && state == QuoteState::Confirmed;
    let speaker = patched_speaker(conn, before, patch, shown)?;
    if let Some(text) = &patch.text {
        let anchor = home.anchor(text.as_str())?;
        diesel::update(quotes::table.find(before.id)).set(&anchor).execute(conn)?;
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
        was_public: was.was_public || shown,
    };
    diesel::update(quotes::table.find(before.id)).set(&changes).execute(conn)?;
    let is = row(conn, before.id)?;
    is.check("")?;
    let mut ledger = Ledger::new(home.version, sender);
    ledger.changed(&was, &is, patch.reason.as_ref().map(Prose::as_str))?;
    ledger.write(conn)
}

fn row(conn: &mut Conn, id: Id) -> Result<QuoteRow> {
    Ok(quotes::table.find(id).select(QuoteRow::as_select()).first(conn)?)
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

/// Shows an article's confirmed quotes and their speakers to everybody.
pub(crate) fn publish(conn: &mut Conn, article: Id) -> Result<()> {
    let confirmed = quotes::article_id.eq(article).and(quotes::state.eq(QuoteState::Confirmed));
    diesel::update(quotes::table.filter(confirmed))
        .set(quotes::was_public.eq(true))
        .execute(conn)?;
    let speakers = quotes::table
        .filter(confirmed)
        .filter(quotes::speaker_id.is_not_null())
        .select(quotes::speaker_id.assume_not_null())
        .load::<Id>(conn)?;
    crate::people::sql::publish(conn, &speakers)
}

pub(super) fn remove(conn: &mut Conn, before: &Quote, sender: Sender) -> Result<()> {
    let article = touch(conn, &Handle::Id(before.article.id))?;
    let was = row(conn, before.id)?;
    let mut ledger = Ledger::new(article.home().version, sender);
    ledger.gone(&was, QuoteHistoryAction::Removed, None)?;
    ledger.write(conn)?;
    diesel::delete(quotes::table.find(before.id)).execute(conn)?;
    close_gap(conn, before.article.id, before.position)
}

/// Closes all gaps in the places of an article's quotes.
pub(super) fn close_gaps(conn: &mut Conn, article: Id) -> Result<()> {
    let rows = quotes::table.filter(quotes::article_id.eq(article));
    let rows = rows.order((quotes::position, quotes::id)).select((quotes::id, quotes::position));
    for (place, (id, before)) in (0..).zip(rows.load::<(Id, i32)>(conn)?) {
        if place != before {
            diesel::update(quotes::table.find(id)).set(quotes::position.eq(place)).execute(conn)?;
        }
    }
    Ok(())
}
