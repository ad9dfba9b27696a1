//! The screening: what a program notices about a comment before a moderator sees it.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::body::{Rendered, render};
use super::folding::{Searched, Spelling};
use super::words::CommentWordKind;
use super::{CommentState, NewComment};
use crate::db::Conn;
use crate::db::types::{Moment, text_column};
use crate::error::{Error, Result};
use crate::schema::{comment_words, comments};
use crate::text::{folded, has_stacked_marks};

/// A comment with fewer letters and digits says hardly anything.
const SHORT_LETTERS: usize = 3;
/// A comment of more characters is an essay.
const LONG_CHARACTERS: usize = 2000;
/// From so many letters on, a comment in capitals is noticed.
const SHOUTING_LETTERS: usize = 20;
/// From so many letters and digits on, the same words of another author are noticed.
const REPEATED_LETTERS: usize = 20;
/// How long the same words are remembered: 24 hours.
const REPEATED_AGE_MS: i64 = 24 * 60 * 60 * 1000;

/// What the screening noticed about a comment.
///
/// - `too_short`: it has fewer than 3 letters or digits.
/// - `too_long`: it has more than 2,000 characters.
/// - `links`: there are web addresses in it.
/// - `repeated_text`: the same words came within the last 24 hours, from the same author, or (20 letters and more) from another.
/// - `shouting`: of 20 letters or more, four of five are capitals.
/// - `stacked_marks`: letters carry stacks of combining marks.
/// - `banned_word`: a banned word is in it, or in the author's name: the comment is rejected at once.
/// - `suspect_word`: a suspect word is in it, or in the author's name.
/// - `new_name`: no comment of this author has been approved yet.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum CommentMarkCode {
    /// It has fewer than 3 letters or digits.
    TooShort,
    /// It has more than 2,000 characters.
    TooLong,
    /// There are web addresses in it.
    Links,
    /// The same words came within the last 24 hours.
    RepeatedText,
    /// Of 20 letters or more, four of five are capitals.
    Shouting,
    /// Letters carry stacks of combining marks.
    StackedMarks,
    /// A banned word is in it.
    BannedWord,
    /// A suspect word is in it.
    SuspectWord,
    /// No comment of this author has been approved yet.
    NewName,
}
text_column!(CommentMarkCode {
    TooShort = "too_short",
    TooLong = "too_long",
    Links = "links",
    RepeatedText = "repeated_text",
    Shouting = "shouting",
    StackedMarks = "stacked_marks",
    BannedWord = "banned_word",
    SuspectWord = "suspect_word",
    NewName = "new_name",
});

/// A mark the screening left on a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommentMark {
    /// What it noticed.
    pub code: CommentMarkCode,
    /// The same in words, with what it was.
    #[schema(example = "2 web addresses", max_length = 2000)]
    pub detail: String,
}

/// A comment on its way in: all that can be known of it without asking the database.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) new: NewComment,
    pub(super) rendered: Rendered,
    pub(super) author_key: String,
    pub(super) text_sha256: Vec<u8>,
    letters: usize,
    words: Searched,
    marks: Vec<CommentMark>,
}

impl Draft {
    pub(super) fn of(new: NewComment) -> Result<Self> {
        let rendered = render(new.body.as_str())
            .map_err(|error| Error::field("/body", "unreadable", error.to_string()))?;
        if rendered.shows_nothing {
            let detail = "must show something: there is nothing in it but marks of Markdown";
            return Err(Error::field("/body", "invalid", detail));
        }
        let spelling = Spelling::of(&rendered.text);
        let letters = spelling.letters.chars().filter(|c| c.is_alphanumeric()).count();
        let name = Spelling::of(new.author.name.as_str());
        // A word may begin the text or end the name; it does not go from one to the other.
        let both = Spelling {
            letters: format!("{} . {}", spelling.letters, name.letters),
            look: format!("{} . {}", spelling.look, name.look),
        };
        Ok(Self {
            author_key: folded(new.author.name.as_str()),
            text_sha256: Sha256::digest(spelling.letters.as_bytes()).to_vec(),
            marks: seen(new.body.as_str(), &rendered, letters),
            words: Searched::new(&both),
            letters,
            rendered,
            new,
        })
    }

    /// All marks of the comment.
    pub(super) fn marks(&self, conn: &mut Conn, now: Moment) -> Result<Vec<CommentMark>> {
        let mut marks = self.marks.clone();
        marks.extend(self.repeats(conn, now)?);
        marks.extend(self.listed_words(conn)?);
        if self.is_new(conn)? {
            marks.push(mark(CommentMarkCode::NewName, "nothing of this author was approved yet"));
        }
        Ok(marks)
    }

    fn repeats(&self, conn: &mut Conn, now: Moment) -> Result<Option<CommentMark>> {
        let same = comments::table
            .filter(comments::text_sha256.eq(&self.text_sha256))
            .filter(comments::created_at.ge(now.plus_millis(-REPEATED_AGE_MS)))
            .order(comments::id.desc())
            .limit(100)
            .select((comments::user_id, comments::author_key))
            .load::<(Option<String>, Option<String>)>(conn)?;
        let user = self.new.author.user_id.as_ref().map(|id| id.as_str().to_owned());
        let own = same.iter().any(|(user_id, key)| match &user {
            Some(user) => user_id.as_ref() == Some(user),
            None => key.as_ref() == Some(&self.author_key),
        });
        let detail = match (own, same.is_empty()) {
            (true, _) => "the same author sent the same words within 24 hours",
            (false, false) if self.letters >= REPEATED_LETTERS => {
                "the same words came within 24 hours"
            }
            _ => return Ok(None),
        };
        Ok(Some(mark(CommentMarkCode::RepeatedText, detail)))
    }

    fn listed_words(&self, conn: &mut Conn) -> Result<Vec<CommentMark>> {
        use comment_words::{id, kind, look_key, table, word, word_key};
        let words = table.order(id).select((word, kind, word_key, look_key)).load::<(
            String,
            CommentWordKind,
            String,
            String,
        )>(conn)?;
        let found = words.into_iter().filter_map(|(shown, of_kind, letters, look)| {
            self.words.has(&Spelling { letters, look }).then_some((of_kind, shown))
        });
        let found = found.collect::<Vec<_>>();
        let of = |wanted: CommentWordKind, code| {
            let words = found.iter().filter(|(of_kind, _)| *of_kind == wanted);
            let words = words.take(10).map(|(_, shown)| shown.as_str()).collect::<Vec<_>>();
            (!words.is_empty()).then(|| mark(code, &words.join(", ")))
        };
        let banned = of(CommentWordKind::Banned, CommentMarkCode::BannedWord);
        let suspect = of(CommentWordKind::Suspect, CommentMarkCode::SuspectWord);
        Ok(banned.into_iter().chain(suspect).collect())
    }

    /// Whether nothing of this author was approved yet: of the user, or of the name when it has no user.
    fn is_new(&self, conn: &mut Conn) -> Result<bool> {
        let mut approved = comments::table
            .filter(comments::state.eq(CommentState::Approved))
            .select(comments::id)
            .into_boxed();
        approved = match &self.new.author.user_id {
            Some(user) => approved.filter(comments::user_id.eq(user.as_str().to_owned())),
            None => approved
                .filter(comments::author_key.eq(self.author_key.clone()))
                .filter(comments::user_id.is_null()),
        };
        Ok(approved.first::<crate::db::types::Id>(conn).optional()?.is_none())
    }
}

fn mark(code: CommentMarkCode, detail: &str) -> CommentMark {
    CommentMark { code, detail: detail.to_owned() }
}

/// What the text alone shows.
fn seen(source: &str, rendered: &Rendered, letters: usize) -> Vec<CommentMark> {
    let mut marks = Vec::new();
    if letters < SHORT_LETTERS {
        marks.push(mark(CommentMarkCode::TooShort, &format!("{letters} letters or digits")));
    }
    let characters = source.chars().count();
    if characters > LONG_CHARACTERS {
        marks.push(mark(CommentMarkCode::TooLong, &format!("{characters} characters")));
    }
    match rendered.links {
        0 => {}
        1 => marks.push(mark(CommentMarkCode::Links, "1 web address")),
        many => marks.push(mark(CommentMarkCode::Links, &format!("{many} web addresses"))),
    }
    let (capital, small) = rendered.text.chars().fold((0, 0), |(capital, small), c| {
        (capital + usize::from(c.is_uppercase()), small + usize::from(c.is_lowercase()))
    });
    if capital + small >= SHOUTING_LETTERS && capital * 5 >= (capital + small) * 4 {
        marks.push(mark(CommentMarkCode::Shouting, &format!("{capital} capitals")));
    }
    if has_stacked_marks(source) {
        marks.push(mark(CommentMarkCode::StackedMarks, "letters under stacks of marks"));
    }
    marks
}
