//! How all quotes of an article are written at once: what was there already stays what it is.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::confirming::Rejected;
use super::editing::{QuoteEditAction, Rewriting};
use super::history::{Ledger, QuoteHistoryAction};
use super::sql::QuoteRow;
use super::writing::{Speaker, row_of};
use super::{Home, NewQuote, QuoteOrigin, QuoteState};
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, ProblemError, Result};
use crate::parts::{claims, without_position};
use crate::schema::{people, quotes};
use crate::text::{Handle, Name};

/// Who sends quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// Somebody with this key, who may say of each quote what they like.
    Writer(Option<Id>),
    /// A file: what a program proposes never undoes what an editor has decided.
    Import,
}

impl Sender {
    pub(super) fn key(self) -> Option<Id> {
        match self {
            Self::Writer(key) => key,
            Self::Import => None,
        }
    }

    /// How what they send has come here.
    pub(super) fn origin(self, state: QuoteState) -> QuoteOrigin {
        match (self, state) {
            (Self::Import, _) => QuoteOrigin::Import,
            (Self::Writer(_), QuoteState::Suggested) => QuoteOrigin::Suggestion,
            (Self::Writer(_), QuoteState::Confirmed) => QuoteOrigin::Editor,
        }
    }
}

/// A quote that is there.
pub(super) struct There {
    /// What it was.
    pub(super) before: QuoteRow,
    /// What it is with the article's new text.
    pub(super) row: QuoteRow,
    /// Its speaker's slug.
    speaker: Option<String>,
    /// What was said of it, as its words change.
    pub(super) said: Option<QuoteEditAction>,
    /// Why.
    pub(super) reason: Option<String>,
}

/// Writes the quotes a new article comes with, in their order.
pub(crate) fn insert_all(
    conn: &mut Conn,
    home: &Home<'_>,
    new: &[NewQuote],
    sender: Sender,
) -> Result<()> {
    let none = new.iter().map(|_| None).collect::<Vec<_>>();
    let mut ledger = Ledger::new(home.version, sender);
    write_all(conn, home, new, &none, sender, &Rejected::default(), &mut ledger)?;
    ledger.write(conn)
}

/// Lets the quotes of an article follow its text, and makes these its quotes, in their order, when some are sent: one that
/// is there, known by its words, stays itself and takes what is sent; what nobody sends goes.
pub(crate) fn rewrite(
    conn: &mut Conn,
    home: &Home<'_>,
    rewriting: &Rewriting<'_>,
    new: Option<&[NewQuote]>,
    sender: Sender,
) -> Result<()> {
    if new.is_none() && rewriting.is_idle(home) {
        return Ok(());
    }
    let rows = quotes::table
        .left_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
        .filter(quotes::article_id.eq(home.id))
        .order((quotes::position, quotes::id))
        .select((QuoteRow::as_select(), people::slug.nullable()))
        .load::<(QuoteRow, Option<String>)>(conn)?;
    let there = rows.into_iter().map(|(row, speaker)| There {
        before: row.clone(),
        row,
        speaker,
        said: None,
        reason: None,
    });
    let mut there = there.collect::<Vec<_>>();
    rewriting.settle(home, &mut there, new)?;
    let mut ledger = Ledger::new(home.version, sender);
    match new {
        Some(new) => replace(conn, home, new, sender, &there, &mut ledger)?,
        None => follow(conn, &there, &mut ledger)?,
    }
    ledger.write(conn)
}

/// Writes where the quotes stand now, and what was said to become of them.
fn follow(conn: &mut Conn, there: &[There], ledger: &mut Ledger) -> Result<()> {
    let (gone, stay): (Vec<_>, Vec<_>) = there.iter().partition(|there| there.is_removed());
    take_away(conn, &gone, ledger)?;
    for (place, there) in stay.into_iter().enumerate() {
        let mut row = there.row.clone();
        row.position = i32::try_from(place).map_err(Error::internal)?;
        keep(conn, there, row, ledger)?;
    }
    Ok(())
}

fn replace(
    conn: &mut Conn,
    home: &Home<'_>,
    new: &[NewQuote],
    sender: Sender,
    there: &[There],
    ledger: &mut Ledger,
) -> Result<()> {
    // What is to be removed is not claimed; what is amended may be sent with its old words or its new ones.
    let same_words = |there: &There, new: &NewQuote| {
        let text = new.text.as_str();
        !there.is_removed() && (there.row.text == text || there.before.text == text)
    };
    let both = |there: &There, new: &NewQuote| same_words(there, new) && there.is_said_by(new);
    let claims = claims(there, new, &[&both, &same_words]);
    let stays = |id: Id| claims.iter().flatten().any(|claimed| claimed.row.id == id);
    let gone = there.iter().filter(|there| !stays(there.row.id)).collect::<Vec<_>>();
    let lost = gone.iter().filter(|there| there.said.is_some() && !there.is_removed());
    if let Some(there) = lost.into_iter().next() {
        let detail = format!(
            "says of the quote {} that it stays, but it is not among these quotes",
            there.row.id
        );
        return Err(Error::InvalidField(vec![ProblemError::at(
            "/quote_changes",
            "conflict",
            detail,
        )]));
    }
    take_away(conn, &gone, ledger)?;
    let rejected = match sender {
        Sender::Writer(_) => Rejected::default(),
        Sender::Import => Rejected::of(conn, home.id)?,
    };
    write_all(conn, home, new, &claims, sender, &rejected, ledger)
}

fn take_away(conn: &mut Conn, gone: &[&There], ledger: &mut Ledger) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    for there in gone {
        let reason = there.reason.as_deref();
        ledger.gone(&there.before, QuoteHistoryAction::Removed, reason)?;
    }
    let ids = gone.iter().map(|there| there.row.id).collect::<Vec<_>>();
    diesel::delete(quotes::table.filter(quotes::id.eq_any(ids))).execute(conn)?;
    Ok(())
}

impl There {
    fn is_removed(&self) -> bool {
        self.said == Some(QuoteEditAction::Remove)
    }

    /// Whether quotes are sent, and this is none of them.
    pub(super) fn is_left_out(&self, new: Option<&[NewQuote]>) -> bool {
        new.is_some_and(|new| new.iter().all(|new| new.text.as_str() != self.before.text))
    }

    /// Whether what is sent names the speaker this quote has. A name that is not sent stays the one
    /// under which it was said.
    fn is_said_by(&self, new: &NewQuote) -> bool {
        let same_name = |name: &Name| self.row.speaker_name.as_deref() == Some(name.as_str());
        let name = new.speaker_name.as_ref();
        match &new.speaker {
            Some(speaker) => {
                let same_person = match Handle::from(speaker.as_str()) {
                    Handle::Id(id) => self.row.speaker_id == Some(id),
                    Handle::Slug(slug) => self.speaker.as_ref() == Some(&slug),
                };
                same_person && name.is_none_or(same_name)
            }
            None => self.row.speaker_name.as_deref() == name.map(Name::as_str),
        }
    }
}

fn write_all(
    conn: &mut Conn,
    home: &Home<'_>,
    new: &[NewQuote],
    claims: &[Option<&There>],
    sender: Sender,
    rejected: &Rejected,
    ledger: &mut Ledger,
) -> Result<()> {
    let mut speakers = Speakers::default();
    let mut place = 0;
    for (index, (quote, there)) in new.iter().zip(claims).enumerate() {
        let pointer = format!("/quotes/{index}");
        without_position(quote.position, &pointer)?;
        let before = there.map(|there| &there.before);
        let state = state_of(quote, before, sender);
        let is_suggestion = before.is_none() && state == QuoteState::Suggested;
        if is_suggestion && rejected.has(quote.text.as_str()) {
            continue;
        }
        let shown = home.published && state == QuoteState::Confirmed;
        let speaker = match there.filter(|there| there.is_said_by(quote)) {
            Some(There { row, .. }) => speakers.stays(row, shown),
            None => speakers.find(conn, quote, shown, &pointer)?,
        };
        let anchor = match there {
            Some(there) => there.row.anchor.clone(),
            None => home.anchor(quote.text.as_str())?,
        };
        let row = row_of(home, quote, place, state, speaker, anchor);
        place += 1;
        match there {
            None => {
                let row = QuoteRow { origin: sender.origin(state), ..row };
                row.check(&pointer)?;
                diesel::insert_into(quotes::table).values(&row).execute(conn)?;
                ledger.created(&row)?;
            }
            Some(there) => {
                let row = QuoteRow { text: there.row.text.clone(), ..row };
                row.check(&pointer)?;
                keep(conn, there, row, ledger)?;
            }
        }
    }
    crate::people::sql::publish(conn, &speakers.shown)
}

fn state_of(new: &NewQuote, before: Option<&QuoteRow>, sender: Sender) -> QuoteState {
    match (new.state, before.map(|row| row.state)) {
        (Some(QuoteState::Suggested), Some(QuoteState::Confirmed)) if sender == Sender::Import => {
            QuoteState::Confirmed
        }
        (Some(state), _) | (None, Some(state)) => state,
        (None, None) => QuoteState::default(),
    }
}

/// Writes what has changed about a quote that stays. Its place and its anchor follow from the article:
/// only what it says itself counts as a change of the quote.
fn keep(conn: &mut Conn, there: &There, row: QuoteRow, ledger: &mut Ledger) -> Result<()> {
    let before = &there.before;
    let mut row = QuoteRow {
        id: before.id,
        created_at: before.created_at,
        updated_at: before.updated_at,
        version: before.version,
        origin: before.origin,
        was_public: before.was_public || row.was_public,
        ..row
    };
    if row == *before {
        return Ok(());
    }
    let said = QuoteRow {
        position: before.position,
        anchor: before.anchor.clone(),
        was_public: before.was_public,
        ..row.clone()
    };
    let reason = there.reason.as_deref();
    if said != *before || there.said.is_some() {
        row.updated_at = Moment::now();
        row.version += 1;
        ledger.changed(before, &row, reason)?;
    }
    if there.said == Some(QuoteEditAction::Detach) {
        ledger.detached(before, &row, reason)?;
    }
    diesel::update(quotes::table.find(row.id)).set(&row).execute(conn)?;
    Ok(())
}

/// The speakers of the quotes that are written together: each is looked for once.
#[derive(Default)]
struct Speakers {
    found: BTreeMap<(Option<Name>, Option<Name>, bool), Speaker>,
    shown: Vec<Id>,
}

impl Speakers {
    fn stays(&mut self, row: &QuoteRow, shown: bool) -> Speaker {
        self.shown.extend(row.speaker_id.filter(|id| shown && !self.shown.contains(id)));
        Speaker { id: row.speaker_id, name: row.speaker_name.clone() }
    }

    fn find(
        &mut self,
        conn: &mut Conn,
        new: &NewQuote,
        shown: bool,
        pointer: &str,
    ) -> Result<Speaker> {
        let key = (new.speaker.clone(), new.speaker_name.clone(), shown);
        if let Some(speaker) = self.found.get(&key) {
            return Ok(speaker.clone());
        }
        let speaker = Speaker::of(conn, new, shown, pointer)?;
        self.found.insert(key, speaker.clone());
        Ok(speaker)
    }
}
