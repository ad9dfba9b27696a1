//! Quotes that a program reads out of an article: shown to an editor, and stored if they ask for it.

use actix_web::post;
use actix_web::web::{Data, Path};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::anchor::{Body, Found, PREFIX_MAX, Search};
use super::confirming::Rejected;
use super::history::Ledger;
use super::replacing::Sender;
use super::sql::QuoteRow;
use super::suggest::{self, Suggestion, suggest};
use super::writing::{Speaker, make_room, row_of};
use super::{NewQuote, QuoteKind, QuoteState};
use crate::answer::{Answer, Once};
use crate::articles::aliases::absent;
use crate::articles::sql::of_handle;
use crate::articles::writing::touch;
use crate::auth::{View, Writer};
use crate::db::types::Id;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::input::query::Params;
use crate::schema::{articles, quotes};
use crate::text::{Handle, Line, Name, Prose};

/// So many suggestions are made for an article: as many quotes as it may have.
const SUGGESTIONS_MAX: usize = 1000;

// --- Vocabulary

/// A quote that was read out of an article's text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuoteSuggestion {
    /// The stored quote that it is, or that shares words with it; null when there is none.
    #[schema(required)]
    pub id: Option<Id>,
    /// What that quote is; null when there is none.
    #[schema(required)]
    pub state: Option<QuoteState>,
    /// The words, exactly as they stand in the article.
    #[schema(
        example = "Secondly, we see a clear trend in Russia's active attempts to increase its presence",
        max_length = 20_000
    )]
    pub text: String,
    /// Whether it is a whole statement.
    pub kind: QuoteKind,
    /// The fullest name that the article gives of the speaker; null when it names nobody, or when more than
    /// one may be meant.
    #[schema(required, example = "Zhang Xin", max_length = 200)]
    pub speaker_name: Option<String>,
    /// The speaker's role, as the article says it; null when unknown.
    #[schema(required, example = "researcher", max_length = 300)]
    pub role: Option<String>,
    /// The organisation the speaker stands for, as the article says it; null when unknown.
    #[schema(
        required,
        example = "School of Advanced International Studies at East China University",
        max_length = 300
    )]
    pub affiliation: Option<String>,
    /// The verb that introduces it; null when there is none.
    #[schema(required, example = "said", max_length = 100)]
    pub cue: Option<String>,
    /// On what occasion it was said; null when unknown.
    #[schema(required, example = "interview with CCTV", max_length = 500)]
    pub context: Option<String>,
    /// Where it begins in `body_text`, in Unicode code points.
    #[schema(minimum = 0, example = 548)]
    pub start: i32,
    /// Where it ends in `body_text`, in Unicode code points.
    #[schema(minimum = 0, example = 712)]
    pub end: i32,
}

/// The quotes that were read out of an article's text.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteSuggestionList {
    /// The first thousand of them, in the order of the text.
    #[schema(max_items = 1000)]
    pub items: Vec<QuoteSuggestion>,
}

/// What becomes of suggestions.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SuggestQuery {
    /// Whether those that are new are stored as `suggested`; `false` when absent.
    #[param(required = false, example = true)]
    #[serde(default)]
    pub save: bool,
}

// --- HTTP

/// Suggest an article's quotes
///
/// Reads the direct quotes out of the article's text, with who said them as far as the text tells. Nothing is
/// stored unless `save` asks for it; then each becomes a quote in the state `suggested`, at the end, unless a
/// quote that is there shares words with it. Suggested quotes are for editors alone until they are confirmed,
/// and so are the people whom they name.
#[utoipa::path(tag = "quotes", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200), SuggestQuery),
    security(("key" = ["content:write"])),
    responses((status = 200, description = "The quotes found in the text.", body = QuoteSuggestionList)))]
#[post("/v1/articles/{article}/quotes/suggest")]
pub(super) async fn suggest_quotes(
    db: Data<Db>,
    Writer(caller): Writer,
    once: Once,
    article: Path<Handle>,
    Params(query): Params<SuggestQuery>,
) -> Result<Answer> {
    let handle = article.into_inner();
    let wanted = handle.clone();
    // Quotes are read out before anything is written: other writes need not wait for it.
    let (mut read, mut found, items) = db
        .read(move |conn| {
            let text = Text::of(conn, &wanted)?;
            let found = text.suggestions();
            let items = text.compared(conn, &found)?;
            Ok((text, found, items))
        })
        .await?;
    if !query.save {
        return Answer::ok(&QuoteSuggestionList { items });
    }
    let sender = Sender::Writer(caller.key);
    let asked = Sha256::digest(format!("suggest quotes of {handle:?}")).to_vec();
    once.write(&db, asked, move |conn| {
        let now = Text::of(conn, &handle)?;
        if now != read {
            found = now.suggestions();
            read = now;
        }
        let items = read.saved(conn, &found, sender)?;
        Answer::ok(&QuoteSuggestionList { items })
    })
    .await
}

// --- Reading

/// An article's text, as far as quotes are read out of it.
#[derive(Debug, PartialEq, Eq)]
struct Text {
    article: Id,
    language: Option<String>,
    body: String,
}

/// A suggestion that can be stored, and its words' place in the text.
struct Candidate {
    new: NewQuote,
    place: Found,
}

impl Text {
    fn of(conn: &mut Conn, handle: &Handle) -> Result<Self> {
        let row = of_handle(handle)
            .select((articles::id, articles::language, articles::body_text))
            .first::<(Id, Option<String>, String)>(conn)
            .optional()?;
        let (article, language, body) = row.ok_or_else(|| absent(conn, View::Drafts, handle))?;
        Ok(Self { article, language, body })
    }

    fn suggestions(&self) -> Vec<Candidate> {
        let chars: Vec<char> = self.body.chars().collect();
        let found = suggest(&self.body, self.language.as_deref());
        let candidate =
            |found| Some(Candidate { new: new_quote(found)?, place: place_of(&chars, found)? });
        found.iter().filter_map(candidate).take(SUGGESTIONS_MAX).collect()
    }

    /// The suggestions beside what is stored already.
    fn compared(&self, conn: &mut Conn, found: &[Candidate]) -> Result<Vec<QuoteSuggestion>> {
        let there = There::of(conn, self.article)?;
        let rejected = Rejected::of(conn, self.article)?;
        let found = found.iter().filter(|found| !rejected.has(found.new.text.as_str()));
        found.map(|found| found.shown(there.like(found))).collect()
    }

    /// The suggestions, those that were new stored.
    fn saved(
        &self,
        conn: &mut Conn,
        found: &[Candidate],
        sender: Sender,
    ) -> Result<Vec<QuoteSuggestion>> {
        let mut there = There::of(conn, self.article)?;
        let rejected = Rejected::of(conn, self.article)?;
        let found = found.iter().filter(|found| !rejected.has(found.new.text.as_str()));
        let found = found.collect::<Vec<_>>();
        if found.iter().all(|found| there.like(found).is_some()) {
            return found.iter().map(|found| found.shown(there.like(found))).collect();
        }
        let article = touch(conn, &Handle::Id(self.article))?;
        let home = article.home();
        let mut ledger = Ledger::new(home.version, sender);
        let mut items = Vec::with_capacity(found.len());
        for found in found {
            if there.like(found).is_none() {
                let place = make_room(conn, home.id, None)?;
                let speaker = Speaker::of(conn, &found.new, false, "")?;
                let anchor = home.anchored(&found.place)?;
                let row = row_of(&home, &found.new, place, QuoteState::Suggested, speaker, anchor);
                let row = QuoteRow { origin: sender.origin(row.state), ..row };
                diesel::insert_into(quotes::table).values(&row).execute(conn)?;
                ledger.created(&row)?;
                there.add(found, row.id);
            }
            items.push(found.shown(there.like(found))?);
        }
        ledger.write(conn)?;
        Ok(items)
    }
}

impl Candidate {
    fn shown(&self, there: Option<(Id, QuoteState)>) -> Result<QuoteSuggestion> {
        let line = |line: &Option<Line>| line.as_ref().map(|line| line.as_str().to_owned());
        let new = &self.new;
        Ok(QuoteSuggestion {
            id: there.map(|(id, _)| id),
            state: there.map(|(_, state)| state),
            text: new.text.as_str().to_owned(),
            kind: new.kind.unwrap_or_default(),
            speaker_name: new.speaker_name.as_ref().map(|name| name.as_str().to_owned()),
            role: line(&new.role),
            affiliation: line(&new.affiliation),
            cue: line(&new.cue),
            context: line(&new.context),
            start: i32::try_from(self.place.start).map_err(Error::internal)?,
            end: i32::try_from(self.place.end).map_err(Error::internal)?,
        })
    }
}

/// The article's quotes: where they stand, those that stand nowhere by their words.
struct There {
    /// By their start; they may overlap.
    placed: Vec<(i32, i32, Id, QuoteState)>,
    loose: Vec<(String, Id, QuoteState)>,
}

impl There {
    fn of(conn: &mut Conn, article: Id) -> Result<Self> {
        type Row = (Id, QuoteState, String, Option<i32>, Option<i32>);
        let rows = quotes::table
            .filter(quotes::article_id.eq(article))
            .order((quotes::position, quotes::id))
            .select((
                quotes::id,
                quotes::state,
                quotes::text,
                quotes::anchor_start,
                quotes::anchor_end,
            ))
            .load::<Row>(conn)?;
        let mut there = Self { placed: Vec::new(), loose: Vec::new() };
        for (id, state, text, start, end) in rows {
            match start.zip(end) {
                Some((start, end)) => there.placed.push((start, end, id, state)),
                None => there.loose.push((text, id, state)),
            }
        }
        Ok(there)
    }

    fn like(&self, found: &Candidate) -> Option<(Id, QuoteState)> {
        let start = i32::try_from(found.place.start).ok()?;
        let end = i32::try_from(found.place.end).ok()?;
        let shares = |place: &&(i32, i32, Id, QuoteState)| place.0 < end && start < place.1;
        let placed = self.placed.iter().find(shares).map(|(_, _, id, state)| (*id, *state));
        let same = |loose: &&(String, Id, QuoteState)| loose.0 == found.new.text.as_str();
        placed.or_else(|| self.loose.iter().find(same).map(|(_, id, state)| (*id, *state)))
    }

    fn add(&mut self, found: &Candidate, id: Id) {
        let place = i32::try_from(found.place.start).ok().zip(i32::try_from(found.place.end).ok());
        self.placed.extend(place.map(|(start, end)| (start, end, id, QuoteState::Suggested)));
    }
}

/// The place of the words with what stands around them; they may stand elsewhere in the text too.
fn place_of(chars: &[char], found: &Suggestion) -> Option<Found> {
    let from = found.start.saturating_sub(PREFIX_MAX);
    let to = chars.len().min(found.end + PREFIX_MAX);
    let around: String = chars.get(from..to)?.iter().collect();
    let prefix: String = chars.get(from..found.start)?.iter().collect();
    let suffix: String = chars.get(found.end..to)?.iter().collect();
    match Body::new(&around).find(&found.text, Some(&prefix), Some(&suffix)) {
        Search::One(place) => {
            Some(Found { start: place.start + from, end: place.end + from, ..place })
        }
        _ => None,
    }
}

/// A quote that a program has read: an editor has yet to stand behind it. What is longer than a quote may
/// hold is left out; `None` when its words are.
pub(crate) fn new_quote(found: &Suggestion) -> Option<NewQuote> {
    let within = |text: &Option<String>, most: usize| {
        let text = text.as_deref().filter(|text| text.chars().count() <= most)?;
        Line::parse(text).ok()
    };
    let name = found.speaker.as_deref().filter(|name| name.chars().count() <= 200);
    Some(NewQuote {
        text: Prose::parse(&found.text).ok().filter(|_| found.end - found.start <= 20_000)?,
        kind: Some(match found.kind {
            suggest::QuoteKind::Full => QuoteKind::Full,
            suggest::QuoteKind::Partial => QuoteKind::Partial,
        }),
        speaker: None,
        speaker_name: name.and_then(|name| Name::parse(name).ok()),
        role: within(&found.role, 300),
        affiliation: within(&found.affiliation, 300),
        cue: within(&found.cue, 100),
        context: within(&found.context, 500),
        said_at: None,
        language: None,
        original_text: None,
        original_language: None,
        anonymity_reason: None,
        state: Some(QuoteState::Suggested),
        position: None,
    })
}
