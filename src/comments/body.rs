//! Bodies of comments: a subset of Markdown, made into HTML that can do nothing but be read.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

use crate::articles::body::{BodyError, check};
use crate::text::is_invisible;

/// A comment's body as it is shown and screened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitised HTML, safe to put into a page.
    pub html: String,
    /// The same without markup, addresses included.
    pub text: String,
    /// How many links and web addresses are in it.
    pub links: usize,
    /// Whether there is nothing to read in it: a rule, an empty block of code.
    pub shows_nothing: bool,
}

/// A comment as HTML: paragraphs, emphasis, links, lists, quotations and code. A new line breaks the line.
///
/// Headings become paragraphs, images their words; HTML is shown as it was typed, never obeyed.
///
/// # Errors
/// Refuses what nests too deeply.
pub fn render(source: &str) -> Result<Rendered, BodyError> {
    let (mut text, mut addresses, mut links) = (String::new(), String::new(), 0);
    let events = Parser::new(source).filter_map(plain).inspect(|event| match event {
        Event::Text(words) | Event::Code(words) => text.push_str(words),
        Event::Start(Tag::Link { dest_url, .. }) => {
            links += 1;
            addresses.push(' ');
            addresses.push_str(dest_url);
        }
        // Inside of a word, emphasis does not part it.
        Event::Start(_) | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
        _ => text.push(' '),
    });
    let mut html = String::with_capacity(source.len());
    html::push_html(&mut html, events);
    let shows_nothing = text.chars().all(is_invisible);
    text.push_str(&addresses);
    check(&html)?;
    let html = SANITISER.clean(html.trim()).to_string();
    // An address without markup is no link on the page, and still one that readers are sent to. One in
    // angle brackets is there twice, as address and as words.
    let bare = ["http://", "https://", "www."].map(|start| source.matches(start).count());
    Ok(Rendered { html, text, links: links.max(bare.iter().sum()), shows_nothing })
}

/// What an event of the parser is in a comment.
fn plain(event: Event<'_>) -> Option<Event<'_>> {
    Some(match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { .. } | Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::Heading(_) | TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) | Event::Rule => return None,
        other => other,
    })
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = ["a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"];
    let attributes = [("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from(attributes))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(UrlRelative::Deny)
        .attribute_filter(|_, attribute, value| {
            // ammonia looks at the scheme alone; `http:path` is relative.
            let address = value.trim_start().to_ascii_lowercase();
            let leads = ["http://", "https://"].iter().any(|start| address.starts_with(start));
            (attribute != "href" || leads).then_some(value.into())
        })
        .link_rel(Some("nofollow ugc noopener"))
        .strip_comments(true);
    builder
});
