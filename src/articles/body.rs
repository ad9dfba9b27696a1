//! Bodies: an article's text from what was sent to what is shown.
//!
//! Whatever the format, the way is the same: to HTML, its size and nesting checked, sanitised,
//! and the plain text read from the sanitised HTML, so that both always say the same.

mod bounds;
pub(crate) mod pictures;
mod plain;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::types::{Id, text_column};

pub(crate) use bounds::check;
pub use bounds::{ATTRIBUTES_MAX, ELEMENTS_MAX, ESCAPING_MAX, NESTING_MAX, REPAIRS_MAX};
pub use pictures::PICTURES_MAX;
pub use plain::word_count;

/// The format a body is written in.
///
/// - `markdown`: `CommonMark` with tables, strikethrough and footnotes; HTML in it is sanitised.
/// - `html`: HTML, which is sanitised.
/// - `text`: plain text: a blank line ends a paragraph, a single new line breaks a line.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    AsExpression,
    FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum BodyFormat {
    /// `CommonMark` with tables, strikethrough and footnotes; HTML in it is sanitised.
    #[default]
    Markdown,
    /// HTML, which is sanitised.
    Html,
    /// Plain text: a blank line ends a paragraph, a single new line breaks a line.
    Text,
}

text_column!(BodyFormat { Markdown = "markdown", Html = "html", Text = "text" });

/// A body as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitised HTML, safe to put into a page.
    pub html: String,
    /// The same as plain text in NFC, paragraphs apart by a blank line; what anchors count in.
    pub text: String,
    /// The number of words in the plain text.
    pub word_count: u32,
    /// The images of ours that it shows, each once; the HTML names them by their ids.
    pub images: Vec<Id>,
}

/// Why a body is refused: it would take more work than any article should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// Elements are nested deeper than [`NESTING_MAX`].
    TooDeep,
    /// There are more than [`ELEMENTS_MAX`] elements.
    TooManyElements,
    /// A tag has more than [`ATTRIBUTES_MAX`] attributes.
    TooManyAttributes,
    /// More than [`REPAIRS_MAX`] tags are closed in the wrong order or misplaced in tables.
    TooTangled,
    /// There are too many characters that HTML escapes, such as `&` and no-break spaces, for the
    /// length of the text: about 2 in 100 in a text of 1 MiB, as many as there are in 100 KiB.
    TooManyEscapes,
    /// An `image:` is not followed by an id.
    NoPicture,
    /// Pictures of ours are shown more than [`PICTURES_MAX`] times.
    TooManyPictures,
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => write!(f, "elements are nested deeper than {NESTING_MAX} levels"),
            Self::TooManyElements => write!(f, "there are more than {ELEMENTS_MAX} elements"),
            Self::TooManyAttributes => {
                write!(f, "a tag has more than {ATTRIBUTES_MAX} attributes")
            }
            Self::TooTangled => write!(
                f,
                "more than {REPAIRS_MAX} tags are closed in the wrong order or misplaced in tables"
            ),
            Self::NoPicture => {
                write!(f, "a picture is named by `{}` and the id of an image", pictures::SCHEME)
            }
            Self::TooManyPictures => {
                write!(f, "more than {PICTURES_MAX} pictures are shown by their ids")
            }
            Self::TooManyEscapes => f.write_str(
                "too many characters, such as `&` or no-break spaces, need escaping for such a text",
            ),
        }
    }
}

impl std::error::Error for BodyError {}

/// The body as it is shown.
///
/// Links keep `http`, `https` and `mailto` addresses only; relative ones lead nowhere outside of
/// the site they came from and are taken out; pictures may also be images of ours, as `image:` and an id.
/// Ids, classes and styles go. A footnote's mark and
/// its note carry the same number, `[1]`, without a link.
///
/// # Errors
/// Refuses a body whose HTML is nested too deeply or is too large to be an article.
pub fn render(format: BodyFormat, source: &str) -> Result<Rendered, BodyError> {
    let html = match format {
        BodyFormat::Markdown => markdown_to_html(source),
        BodyFormat::Html => source.to_owned(),
        BodyFormat::Text => text_to_html(source),
    };
    let html = html.trim();
    bounds::check(html)?;
    let html = SANITISER.clean(html).to_string();
    let text = plain::text_of(&html);
    let word_count = word_count(&text);
    let images = pictures::named(&html)?;
    Ok(Rendered { html, text, word_count, images })
}

/// Elements that stay; others are taken out and leave their content.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that go with all that is in them: nothing of it is text of the article.
const TAGS_WITHOUT_TEXT: &[&str] = &[
    "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Attributes that stay on the elements named; `lang`, `dir` and `title` stay on all.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("img", &["alt", "height", "src", "width"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<_, HashSet<_>> =
        ATTRIBUTES.iter().map(|&(tag, names)| (tag, names.iter().copied().collect())).collect();
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(TAGS_WITHOUT_TEXT.iter().copied().collect())
        .generic_attributes(HashSet::from(["dir", "lang", "title"]))
        .tag_attributes(attributes)
        .url_schemes(HashSet::from(["http", "https", "image", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .attribute_filter(|element, attribute, value| {
            // ammonia looks at the scheme alone, and at `cite` not at all; `http:path` is relative.
            let is_address = matches!(attribute, "cite" | "href" | "src");
            let is_ours =
                (element, attribute) == ("img", "src") && value.starts_with(pictures::SCHEME);
            (!is_address || is_ours || leads_somewhere(value)).then_some(value.into())
        })
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true);
    builder
});

/// Whether an address is absolute: `http://`, `https://` or `mailto:`.
fn leads_somewhere(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|start| address.starts_with(start))
}

fn markdown_to_html(source: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut footnotes = Footnotes::default();
    let events = Parser::new_ext(source, options).map(|event| footnotes.plain(event));
    let mut html = String::with_capacity(source.len());
    html::push_html(&mut html, events);
    html
}

/// The numbers of footnotes, in the order in which they appear.
#[derive(Default)]
struct Footnotes<'a> {
    numbers: HashMap<CowStr<'a>, usize>,
    /// The number for the paragraph that is about to begin a note.
    pending: Option<usize>,
}

impl<'a> Footnotes<'a> {
    /// A footnote's mark or note as HTML that needs no ids; other events as they are.
    fn plain(&mut self, event: Event<'a>) -> Event<'a> {
        let pending = self.pending.take();
        match event {
            Event::FootnoteReference(name) => {
                let number = self.number(name);
                Event::InlineHtml(format!("<sup>[{number}]</sup>").into())
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.pending = Some(self.number(name));
                Event::Html("<div>".into())
            }
            Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
            Event::Start(Tag::Paragraph) => match pending {
                Some(number) => Event::Html(format!("<p><sup>[{number}]</sup> ").into()),
                None => Event::Start(Tag::Paragraph),
            },
            other => other,
        }
    }

    fn number(&mut self, name: CowStr<'a>) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name).or_insert(next)
    }
}

fn text_to_html(source: &str) -> String {
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::with_capacity(source.len());
    let mut in_paragraph = false;
    for line in source.lines().map(str::trim) {
        match (line.is_empty(), in_paragraph) {
            (true, true) => html.push_str("</p>\n"),
            (true, false) => {}
            (false, true) => html.push_str("<br>\n"),
            (false, false) => html.push_str("<p>"),
        }
        in_paragraph = !line.is_empty();
        html.push_str(&line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
    }
    if in_paragraph {
        html.push_str("</p>");
    }
    html
}
