//! From the text of a page to the article it is, and what there is to say about the way.

use super::page_text::PageText;
use crate::articles::body::BodyFormat;
use crate::articles::{NewArticle, NewSource};
use crate::db::types::Moment;
use crate::error::Result;
use crate::links::NewLink;
use crate::quotes::suggest::suggest;
use crate::quotes::suggesting::new_quote;
use crate::text::{Line, Name, Prose};

pub(super) fn article_of(page: &PageText) -> Result<NewArticle, String> {
    let body = page.paragraphs.join("\n\n");
    let quotes = suggest(&body, None).iter().filter_map(new_quote).collect();
    let source = match &page.source_name {
        None => None,
        Some(name) => {
            let retrieved_at = page.retrieved_at.map(Moment::from);
            Some(NewSource { name: Line::parse(name)?, url: None, retrieved_at })
        }
    };
    let names = |names: &[String]| names.iter().map(|n| Name::parse(n)).collect::<Result<_, _>>();
    let links = page.links.iter().map(|title| {
        let title = Some(Line::parse(title)?);
        Ok(NewLink { rel: None, title, url: None, target: None, position: None })
    });
    Ok(NewArticle {
        title: Line::parse(&page.title)?,
        slug: None,
        status: None,
        standfirst: page.standfirst.as_deref().map(Prose::parse).transpose()?,
        dateline: None,
        language: None,
        authors: names(&page.authors)?,
        source,
        body,
        image: None,
        body_format: Some(BodyFormat::Text),
        audio: None,
        tags: names(&page.tags)?,
        quotes,
        quote_changes: Vec::new(),
        links: links.collect::<Result<_, String>>()?,
        comments: None,
        published_at: page.published_at.map(Moment::from),
        external_id: None,
    })
}

/// What was taken from a page, what was derived, and what was left out.
pub(super) fn notes(page: &PageText, new: &NewArticle) -> Vec<String> {
    let mut notes = vec![format!(
        "taken: {} paragraphs, {} tags, {} links, {} authors",
        page.paragraphs.len(),
        page.tags.len(),
        page.links.len(),
        page.authors.len()
    )];
    if page.title_derived {
        notes.push("derived: the title, from the first sentence: the page has no headline".into());
    }
    if let Some(name) = &page.source_name {
        notes.push(format!("derived: the source, {name}"));
    }
    if let Some(at) = page.retrieved_at {
        notes.push(format!("derived: retrieved_at, {}, from the page's clock", Moment::from(at)));
        if page.source_name.is_none() {
            notes.push("left out: retrieved_at, for the page names no source".to_owned());
        }
    }
    for quote in &new.quotes {
        let speaker = quote.speaker_name.as_ref().map_or("somebody", Name::as_str);
        let words: String = quote.text.as_str().chars().take(60).collect();
        notes.push(format!("suggested: a quote by {speaker}: “{words}…”"));
    }
    for line in &page.dropped {
        notes.push(format!("left out: line {}, {}: {}", line.line, line.reason, line.text));
    }
    notes
}
