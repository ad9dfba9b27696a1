//! Suggested quotes go on the record, or are turned down for good: many at once, all or none.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::post;
use actix_web::web::{Data, Path};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::anchor::Folding;
use super::history::{Ledger, QuoteHistoryAction};
use super::replacing::Sender;
use super::sql::{QuoteRow, in_order};
use super::{AnchorStatus, Quote, QuoteState};
use crate::answer::{Answer, Once};
use crate::articles::writing::{Touched, touch};
use crate::auth::Writer;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, Db, among};
use crate::error::{Error, ProblemError, ProblemQuote, Result};
use crate::input::Body;
use crate::input::query::NoParams;
use crate::schema::{quotes, rejected_quotes};
use crate::text::{Handle, Prose, cut};

/// How many quotes a problem names.
const NAMED_MAX: usize = 100;
/// How many code points of words a problem shows.
const SHOWN_MAX: usize = 2_000;

// --- Vocabulary

/// Suggested quotes that are to be confirmed: all of the article's, or these.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "all": true }))]
pub struct NewQuoteConfirmation {
    /// `true` for all suggested quotes of the article.
    #[schema(nullable = false, example = true)]
    pub all: Option<bool>,
    /// The quotes, each once; one that is confirmed already stays as it is.
    #[schema(nullable = false, value_type = Option<Vec<Id>>, min_items = 1, max_items = 1000, example = json!(["01890a5d-ac96-774b-bcce-b302099a8057"]))]
    pub quotes: Option<Vec<Id>>,
}

/// Suggested quotes that are to be turned down: all of the article's, or these.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "all": true, "reason": "Headlines in quotation marks." }))]
pub struct NewQuoteRejection {
    /// `true` for all suggested quotes of the article.
    #[schema(nullable = false, example = true)]
    pub all: Option<bool>,
    /// The quotes, each once.
    #[schema(nullable = false, value_type = Option<Vec<Id>>, min_items = 1, max_items = 1000, example = json!(["01890a5d-ac96-774b-bcce-b302099a8057"]))]
    pub quotes: Option<Vec<Id>>,
    /// Why, for their history.
    #[schema(value_type = String, example = "A headline in quotation marks.", min_length = 1, max_length = 2000)]
    pub reason: Prose,
}

/// The quotes that something was done with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuoteList {
    /// The quotes, in the editor's order.
    #[schema(max_items = 1000)]
    pub items: Vec<Quote>,
}

// --- HTTP

/// Registers the routes of confirming.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(confirm_quotes).service(reject_quotes);
}

/// Confirm suggested quotes
///
/// Puts all suggested quotes of an article on the record, or those that are named. If one of them does not stand at one
/// place in the article, or names neither a speaker, an organisation nor an `anonymity_reason`, none is confirmed: 409
/// `quote-unfit` names each.
#[utoipa::path(tag = "quotes", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewQuoteConfirmation, security(("key" = ["content:write"])),
    responses((status = 200, description = "The quotes, confirmed.", body = QuoteList)))]
#[post("/v1/articles/{article}/quotes/confirm")]
async fn confirm_quotes(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewQuoteConfirmation>,
) -> Result<Answer> {
    let Body { value: NewQuoteConfirmation { all, quotes }, sha256 } = body;
    let choice = Choice::of(all, quotes)?;
    let sender = Sender::Writer(caller.key);
    once.write(&db, sha256, move |conn| {
        let ids = confirm(conn, &article, &choice, sender)?;
        Answer::ok(&QuoteList { items: in_order(conn, &site, &ids)? })
    })
    .await
}

/// Reject suggested quotes
///
/// Takes all suggested quotes of an article away, or those that are named, and remembers their words: no import and no
/// finder suggests them for this article again. The answer shows them as they were; their history stays.
#[utoipa::path(tag = "quotes", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewQuoteRejection, security(("key" = ["content:write"])),
    responses((status = 200, description = "The quotes, as they were.", body = QuoteList)))]
#[post("/v1/articles/{article}/quotes/reject")]
async fn reject_quotes(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewQuoteRejection>,
) -> Result<Answer> {
    let Body { value: NewQuoteRejection { all, quotes, reason }, sha256 } = body;
    let choice = Choice::of(all, quotes)?;
    let sender = Sender::Writer(caller.key);
    once.write(&db, sha256, move |conn| {
        let items = reject(conn, &site, &article, &choice, reason.as_str(), sender)?;
        Answer::ok(&QuoteList { items })
    })
    .await
}

// --- SQL

/// Which suggested quotes are meant.
enum Choice {
    All,
    These(Vec<Id>),
}

impl Choice {
    fn of(all: Option<bool>, quotes: Option<Vec<Id>>) -> Result<Self> {
        match (all, quotes) {
            (Some(true), None) => Ok(Self::All),
            (None, Some(quotes)) => {
                let mut seen = BTreeSet::new();
                match quotes.iter().position(|id| !seen.insert(*id)) {
                    Some(at) => {
                        Err(Error::field(format!("/quotes/{at}"), "repeated", "is there twice"))
                    }
                    None => Ok(Self::These(quotes)),
                }
            }
            (Some(false), _) => Err(Error::field("/all", "not-an-option", "is `true` or absent")),
            (Some(true), Some(_)) => {
                Err(Error::field("/quotes", "conflict", "must be absent beside `all`"))
            }
            (None, None) => {
                Err(Error::field("/quotes", "required", "is required, or `all`: which quotes?"))
            }
        }
    }

    /// The quotes that are meant, each with where the request names it.
    fn rows(&self, conn: &mut Conn, article: Id) -> Result<Vec<(String, QuoteRow)>> {
        let of = quotes::table.filter(quotes::article_id.eq(article)).select(QuoteRow::as_select());
        let of = of.order((quotes::position, quotes::id));
        match self {
            Self::All => {
                let rows = of.filter(quotes::state.eq(QuoteState::Suggested));
                let rows = rows.load::<QuoteRow>(conn)?;
                Ok(rows.into_iter().map(|row| ("/all".to_owned(), row)).collect())
            }
            Self::These(ids) => {
                let rows = of.filter(among(quotes::id, ids)).load::<QuoteRow>(conn)?;
                let mut rows =
                    rows.into_iter().map(|row| (row.id, row)).collect::<BTreeMap<_, _>>();
                let mut named = Vec::new();
                let mut faults = Vec::new();
                for (index, id) in ids.iter().enumerate() {
                    let pointer = format!("/quotes/{index}");
                    if let Some(row) = rows.remove(id) {
                        named.push((pointer, row));
                    } else {
                        let detail = "is no quote of this article";
                        faults.push(ProblemError::at(pointer, "not-found", detail));
                    }
                }
                faults.truncate(NAMED_MAX);
                if faults.is_empty() { Ok(named) } else { Err(Error::InvalidField(faults)) }
            }
        }
    }
}

fn confirm(conn: &mut Conn, article: &Handle, choice: &Choice, sender: Sender) -> Result<Vec<Id>> {
    let article = touch(conn, article)?;
    let rows = choice.rows(conn, article.id)?;
    let ids = rows.iter().map(|(_, row)| row.id).collect();
    let suggested = rows.into_iter().filter(|(_, row)| row.state == QuoteState::Suggested);
    let confirmed = suggested.map(|(pointer, row)| {
        let row = QuoteRow { state: QuoteState::Confirmed, ..row };
        (pointer, row)
    });
    let confirmed = confirmed.collect::<Vec<_>>();
    let faults = confirmed.iter().flat_map(|(pointer, row)| faults(pointer, row));
    let faults = faults.take(NAMED_MAX).collect::<Vec<_>>();
    if !faults.is_empty() {
        return Err(Error::QuoteUnfit(faults));
    }
    write_confirmed(conn, &article, confirmed, sender)?;
    Ok(ids)
}

fn write_confirmed(
    conn: &mut Conn,
    article: &Touched,
    confirmed: Vec<(String, QuoteRow)>,
    sender: Sender,
) -> Result<()> {
    let home = article.home();
    let mut ledger = Ledger::new(home.version, sender);
    let mut speakers = BTreeSet::new();
    for (_, row) in confirmed {
        let before = QuoteRow { state: QuoteState::Suggested, ..row.clone() };
        let after = QuoteRow {
            updated_at: Moment::now(),
            version: row.version + 1,
            was_public: row.was_public || row.is_shown(home.published),
            ..row
        };
        diesel::update(quotes::table.find(after.id)).set(&after).execute(conn)?;
        ledger.changed(&before, &after, None)?;
        speakers.extend(after.speaker_id.filter(|_| after.is_shown(home.published)));
    }
    ledger.write(conn)?;
    crate::people::sql::publish(conn, &speakers.into_iter().collect::<Vec<_>>())
}

/// What a quote lacks to go on the record.
fn faults(pointer: &str, row: &QuoteRow) -> Vec<ProblemError> {
    let status = row.anchor.anchor_status;
    let astray = match status {
        AnchorStatus::Anchored => None,
        AnchorStatus::Ambiguous => Some("stands at several places in the article"),
        AnchorStatus::Altered => Some("was changed where it stood in the article"),
        AnchorStatus::Orphaned => Some("does not stand in the article"),
    };
    let astray = astray.map(|detail| unfit(pointer, row, status.as_str(), detail));
    let nameless = row.check("").is_err().then(|| {
        let detail = "names neither who said it nor why they are not named";
        unfit(pointer, row, "no-speaker", detail)
    });
    astray.into_iter().chain(nameless).collect()
}

fn unfit(pointer: &str, row: &QuoteRow, code: &str, detail: &str) -> ProblemError {
    let quote = ProblemQuote {
        id: row.id,
        before: cut(&row.text, SHOWN_MAX),
        after: None,
        start: row.anchor.anchor_start,
        end: row.anchor.anchor_end,
    };
    ProblemError { quote: Some(Box::new(quote)), ..ProblemError::at(pointer, code, detail) }
}

/// Refuses to show an article to readers whose confirmed quotes do not stand in it. `sent` says whether the
/// quotes came with the request.
pub(crate) fn are_fit_for_readers(conn: &mut Conn, article: Id, sent: bool) -> Result<()> {
    let astray = [AnchorStatus::Altered, AnchorStatus::Orphaned];
    let rows = quotes::table
        .filter(quotes::article_id.eq(article))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .filter(quotes::anchor_status.eq_any(astray))
        .order((quotes::position, quotes::id))
        .limit(100)
        .select(QuoteRow::as_select())
        .load::<QuoteRow>(conn)?;
    let faults = rows.iter().flat_map(|row| {
        let pointer = if sent { format!("/quotes/{}", row.position) } else { "/status".to_owned() };
        faults(&pointer, row)
    });
    let faults = faults.take(NAMED_MAX).collect::<Vec<_>>();
    if faults.is_empty() { Ok(()) } else { Err(Error::QuoteUnfit(faults)) }
}

fn reject(
    conn: &mut Conn,
    site: &Addresses,
    article: &Handle,
    choice: &Choice,
    reason: &str,
    sender: Sender,
) -> Result<Vec<Quote>> {
    let article = touch(conn, article)?;
    let rows = choice.rows(conn, article.id)?;
    let confirmed = rows.iter().filter(|(_, row)| row.state == QuoteState::Confirmed);
    let faults = confirmed.take(NAMED_MAX).map(|(pointer, _)| {
        ProblemError::at(pointer, "confirmed", "is confirmed: only suggestions are rejected")
    });
    let faults = faults.collect::<Vec<_>>();
    if !faults.is_empty() {
        return Err(Error::InvalidField(faults));
    }
    let ids = rows.iter().map(|(_, row)| row.id).collect::<Vec<_>>();
    let rejected = in_order(conn, site, &ids)?;
    let mut ledger = Ledger::new(article.home().version, sender);
    let known = Rejected::of(conn, article.id)?;
    let mut new = BTreeSet::new();
    for (_, row) in &rows {
        ledger.gone(row, QuoteHistoryAction::Rejected, Some(reason))?;
        let words = words_sha256(&row.text);
        if !known.0.contains(&words) {
            new.insert(words);
        }
    }
    for words in new {
        let row =
            (rejected_quotes::article_id.eq(article.id), rejected_quotes::words_sha256.eq(words));
        diesel::insert_into(rejected_quotes::table).values(row).execute(conn)?;
    }
    ledger.write(conn)?;
    diesel::delete(quotes::table.filter(among(quotes::id, &ids))).execute(conn)?;
    super::writing::close_gaps(conn, article.id)?;
    Ok(rejected)
}

/// The words that were suggested for an article and turned down.
#[derive(Debug, Default)]
pub(super) struct Rejected(BTreeSet<Vec<u8>>);

impl Rejected {
    pub(super) fn of(conn: &mut Conn, article: Id) -> Result<Self> {
        let words = rejected_quotes::table
            .filter(rejected_quotes::article_id.eq(article))
            .select(rejected_quotes::words_sha256)
            .load::<Vec<u8>>(conn)?;
        Ok(Self(words.into_iter().collect()))
    }

    /// Whether these words were turned down, whatever marks and spaces they have.
    pub(super) fn has(&self, text: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&words_sha256(text))
    }
}

fn words_sha256(text: &str) -> Vec<u8> {
    Sha256::digest(Folding::of(text).text.trim_matches(' ')).to_vec()
}
