//! Which article carries which images: at its head and in its body, and what they must have there.

use std::collections::HashMap;

use diesel::prelude::*;

use super::sql::ImageRow;
use super::{Image, ImagePlace};
use crate::articles::sql::is_published;
use crate::config::Addresses;
use crate::db::types::Id;
use crate::db::{Conn, among};
use crate::error::{Error, ProblemError, Result};
use crate::schema::{article_images, articles, images, streams};

/// The articles that show an image, by their slugs.
macro_rules! holders {
    ($image:expr) => {
        article_images::table
            .inner_join(articles::table)
            .filter(article_images::image_id.eq($image))
            .order(articles::slug)
            .select(articles::slug)
            .distinct()
            .limit(HOLDERS_NAMED + 1)
    };
}

/// How many holders a clash names.
const HOLDERS_NAMED: i64 = 5;

impl ImagePlace {
    /// What a writer sends it in.
    const fn pointer(self) -> &'static str {
        match self {
            Self::Head => "/image",
            Self::Body => "/body",
        }
    }
}

/// The images of one article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Carried {
    pub(crate) head: Option<Image>,
    pub(crate) body: HashMap<Id, Image>,
}

/// The images of these articles: those at their heads, and those in their bodies where these are shown.
pub(crate) fn of_articles(
    conn: &mut Conn,
    site: &Addresses,
    ids: &[Id],
    bodies: bool,
) -> Result<HashMap<Id, Carried>> {
    let mut rows = article_images::table
        .inner_join(images::table)
        .filter(among(article_images::article_id, ids))
        .select((article_images::article_id, article_images::place, ImageRow::as_select()))
        .into_boxed();
    if !bodies {
        rows = rows.filter(article_images::place.eq(ImagePlace::Head));
    }
    let mut all = HashMap::<Id, Carried>::new();
    for (article, place, row) in rows.load::<(Id, ImagePlace, ImageRow)>(conn)? {
        let image = row.into_image(site);
        let carried = all.entry(article).or_default();
        match place {
            ImagePlace::Head => carried.head = Some(image),
            ImagePlace::Body => drop(carried.body.insert(image.id, image)),
        }
    }
    Ok(all)
}

/// Writes which image stands at an article's head.
pub(crate) fn set_head(conn: &mut Conn, article: Id, image: Option<Id>) -> Result<()> {
    set(conn, article, ImagePlace::Head, image.as_slice())
}

/// Writes which images stand in an article's body.
pub(crate) fn set_body(conn: &mut Conn, article: Id, images: &[Id]) -> Result<()> {
    set(conn, article, ImagePlace::Body, images)
}

fn set(conn: &mut Conn, article: Id, place: ImagePlace, wanted: &[Id]) -> Result<()> {
    let there = images::table.filter(among(images::id, wanted)).select(images::id);
    let there = if wanted.is_empty() { Vec::new() } else { there.load::<Id>(conn)? };
    if let Some(missing) = wanted.iter().find(|id| !there.contains(id)) {
        let detail = format!("there is no image with the id `{missing}`");
        return Err(Error::field(place.pointer(), "not-found", detail));
    }
    let of_article = article_images::table.filter(article_images::article_id.eq(article));
    diesel::delete(of_article.filter(article_images::place.eq(place))).execute(conn)?;
    for image in wanted {
        diesel::insert_into(article_images::table)
            .values((
                article_images::article_id.eq(article),
                article_images::place.eq(place),
                article_images::image_id.eq(*image),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Refuses to show readers an article with a picture that has no words or no file.
pub(crate) fn may_be_published(conn: &mut Conn, article: Id) -> Result<()> {
    let rows = article_images::table
        .inner_join(images::table)
        .filter(article_images::article_id.eq(article))
        .order((article_images::place.desc(), images::id))
        .select((
            article_images::place,
            images::id,
            images::alt.is_not_null(),
            images::file.is_not_null().or(images::external_url.is_not_null()),
            images::version,
        ))
        .load::<(ImagePlace, Id, bool, bool, i64)>(conn)?;
    let mut faults = Vec::new();
    for (place, id, has_alt, has_picture, version) in rows {
        let Some(lacks) = lacks(has_alt, has_picture) else {
            // Who takes its words away at the same time meets this row, and comes second.
            let row = diesel::update(images::table.find(id));
            row.set(images::version.eq(version)).execute(conn)?;
            continue;
        };
        faults.push(ProblemError::at(place.pointer(), "required", needs(id, lacks)));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::InvalidField(faults)) }
}

/// These images, which streams show as their covers, by id.
pub(crate) fn covers(conn: &mut Conn, site: &Addresses, ids: &[Id]) -> Result<HashMap<Id, Image>> {
    let rows = images::table.filter(among(images::id, ids)).select(ImageRow::as_select());
    let rows = rows.load::<ImageRow>(conn)?.into_iter().map(|row| row.into_image(site));
    Ok(rows.map(|image| (image.id, image)).collect())
}

/// Refuses a cover that is not there, or has no words or no picture: readers see every stream.
pub(crate) fn may_be_cover(conn: &mut Conn, image: Option<Id>) -> Result<()> {
    let Some(id) = image else { return Ok(()) };
    let row = images::table.find(id).select((
        images::alt.is_not_null(),
        images::file.is_not_null().or(images::external_url.is_not_null()),
        images::version,
    ));
    let fault = match row.first::<(bool, bool, i64)>(conn).optional()? {
        None => ("not-found", format!("there is no image with the id `{id}`")),
        Some((has_alt, has_picture, version)) => match lacks(has_alt, has_picture) {
            None => {
                // Who takes its words away at the same time meets this row, and comes second.
                let row = diesel::update(images::table.find(id));
                row.set(images::version.eq(version)).execute(conn)?;
                return Ok(());
            }
            Some(lacks) => ("required", needs(id, lacks)),
        },
    };
    Err(Error::field("/image", fault.0, fault.1))
}

/// What a picture lacks before readers see it.
const fn lacks(has_alt: bool, has_picture: bool) -> Option<&'static str> {
    match (has_alt, has_picture) {
        (true, true) => None,
        (false, true) => Some("an alternative text (`alt`)"),
        (true, false) => Some("its file or a `url`"),
        (false, false) => Some("an alternative text (`alt`) and its file or a `url`"),
    }
}

fn needs(image: Id, lacks: &str) -> String {
    format!("the image {image} needs {lacks} before readers see it")
}

/// Refuses to take the words from a picture that readers see.
pub(super) fn may_lose_alt(conn: &mut Conn, image: Id) -> Result<()> {
    let holders = holders!(image).filter(is_published()).load::<String>(conn)?;
    let detail = match (named(holders), named(streams_of(conn, image)?)) {
        (None, None) => return Ok(()),
        (Some(names), _) => {
            format!("Published articles show it, so it needs its words: {names}.")
        }
        (None, Some(names)) => format!("Streams show it, so it needs its words: {names}."),
    };
    Err(Error::Conflict(ProblemError::at("/alt", "conflict", detail)))
}

/// Refuses to remove a picture that an article shows.
pub(super) fn must_be_free(conn: &mut Conn, image: Id) -> Result<()> {
    let articles = holders!(image).load::<String>(conn)?;
    let detail = match (named(articles), named(streams_of(conn, image)?)) {
        (None, None) => return Ok(()),
        (Some(names), _) => format!("Articles show it; take it out of them first: {names}."),
        (None, Some(names)) => format!("Streams show it; take it out of them first: {names}."),
    };
    Err(Error::Conflict(ProblemError::at("", "conflict", detail)))
}

/// The streams whose cover an image is, by their slugs.
fn streams_of(conn: &mut Conn, image: Id) -> Result<Vec<String>> {
    let rows = streams::table.filter(streams::image_id.eq(image)).order(streams::slug);
    Ok(rows.select(streams::slug).limit(HOLDERS_NAMED + 1).load(conn)?)
}

fn named(mut slugs: Vec<String>) -> Option<String> {
    let more = i64::try_from(slugs.len()).is_ok_and(|count| count > HOLDERS_NAMED);
    if more {
        slugs.pop();
    }
    let names = slugs.iter().map(|slug| format!("`{slug}`")).collect::<Vec<_>>().join(", ");
    (!slugs.is_empty()).then(|| if more { format!("{names} and others") } else { names })
}
