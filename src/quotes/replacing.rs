//! How all quotes of an article are written at once: what was there already stays what it is.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::sql::{AnchorRow, QuoteRow};
use super::writing::{Home, Speaker, row_of};
use super::{NewQuote, QuoteState};
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::parts::{claims, without_position};
use crate::schema::{people, quotes};
use crate::text::{Handle, Name};

/// Who sends quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// Somebody who may say of each quote what they like.
    Writer,
    /// A file: what a program proposes never undoes what an editor has confirmed.
    Import,
}

/// A quote that is there, and its speaker's slug.
struct There {
    row: QuoteRow,
    speaker: Option<String>,
}

/// Writes the quotes a new article comes with, in their order.
pub(crate) fn insert_all(conn: &mut Conn, home: &Home<'_>, new: &[NewQuote]) -> Result<()> {
    let none = new.iter().map(|_| None).collect::<Vec<_>>();
    write_all(conn, home, new, &none, Sender::Writer, false)
}

/// Makes these the quotes of an article, in their order. One that is there, known by its words, stays
/// itself and takes what is sent; what nobody sends goes.
///
/// `moved` says whether the text they stand in has changed since they were anchored.
pub(crate) fn replace_all(
    conn: &mut Conn,
    home: &Home<'_>,
    new: &[NewQuote],
    sender: Sender,
    moved: bool,
) -> Result<()> {
    let rows = quotes::table
        .left_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
        .filter(quotes::article_id.eq(home.id))
        .order((quotes::position, quotes::id))
        .select((QuoteRow::as_select(), people::slug.nullable()))
        .load::<(QuoteRow, Option<String>)>(conn)?;
    let there = rows.into_iter().map(|(row, speaker)| There { row, speaker }).collect::<Vec<_>>();
    let same_words = |there: &There, new: &NewQuote| there.row.text == new.text.as_str();
    let both = |there: &There, new: &NewQuote| same_words(there, new) && there.is_said_by(new);
    let claims = claims(&there, new, &[&both, &same_words]);
    let stays = |id: Id| claims.iter().flatten().any(|claimed| claimed.row.id == id);
    let gone = there.iter().map(|there| there.row.id).filter(|id| !stays(*id)).collect::<Vec<_>>();
    if !gone.is_empty() {
        diesel::delete(quotes::table.filter(quotes::id.eq_any(gone))).execute(conn)?;
    }
    write_all(conn, home, new, &claims, sender, moved)
}

impl There {
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
    moved: bool,
) -> Result<()> {
    let mut speakers = Speakers::default();
    for (index, (quote, there)) in new.iter().zip(claims).enumerate() {
        let pointer = format!("/quotes/{index}");
        without_position(quote.position, &pointer)?;
        let place = i32::try_from(index).map_err(Error::internal)?;
        let before = there.map(|there| &there.row);
        let state = state_of(quote, before, sender);
        let shown = home.published && state == QuoteState::Confirmed;
        let speaker = match there.filter(|there| there.is_said_by(quote)) {
            Some(There { row, .. }) => speakers.stays(row, shown),
            None => speakers.find(conn, quote, shown, &pointer)?,
        };
        let anchor = match before {
            Some(before) if !moved => before.anchor.clone(),
            _ => anchor_of(home, quote, before)?,
        };
        let row = row_of(home, quote, place, state, speaker, anchor);
        match before {
            None => {
                diesel::insert_into(quotes::table).values(&row).execute(conn)?;
            }
            Some(before) => keep(conn, before, row)?,
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

/// Where the words stand; what stood around them before tells one place from another.
fn anchor_of(home: &Home<'_>, new: &NewQuote, before: Option<&QuoteRow>) -> Result<AnchorRow> {
    let before = before.map(|row| &row.anchor);
    let prefix = before.and_then(|anchor| anchor.anchor_prefix.as_deref());
    let suffix = before.and_then(|anchor| anchor.anchor_suffix.as_deref());
    let (prefix, suffix) = prefix.zip(suffix).unzip();
    AnchorRow::of(home.body.find(new.text.as_str(), prefix, suffix), home.version)
}

/// Writes what has changed about a quote that stays. Its place and its anchor follow from the article:
/// only what it says itself counts as a change of the quote.
fn keep(conn: &mut Conn, before: &QuoteRow, row: QuoteRow) -> Result<()> {
    let mut row = QuoteRow {
        id: before.id,
        created_at: before.created_at,
        updated_at: before.updated_at,
        version: before.version,
        ..row
    };
    if row == *before {
        return Ok(());
    }
    let said = QuoteRow { position: before.position, anchor: before.anchor.clone(), ..row.clone() };
    if said != *before {
        row.updated_at = Moment::now();
        row.version += 1;
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
