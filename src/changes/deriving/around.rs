//! What shows something of a thing that has changed, and so has changed with it.

use diesel::prelude::*;

use super::super::kind::{Subject, Verb};
use super::{Write, seen};
use crate::db::types::Id;
use crate::error::Result;
use crate::images::ImagePlace;
use crate::quotes::QuoteState;
use crate::schema::{
    article_authors, article_images, article_tags, comments, links, programmes, quotes, short_links,
};

impl Write<'_> {
    /// What shows an article that has another address, headline or date, or that readers see now, or no more.
    pub(super) fn around_article(&mut self, id: Id) -> Result<()> {
        let standing = self.standing(id);
        let renamed = self.renamed.contains(&id);
        if !renamed && !standing.flips() {
            return Ok(());
        }
        self.quotes_of(id)?;
        self.links_to(id)?;
        self.comments_of(id, renamed)?;
        let streams = programmes::table.filter(programmes::article_id.eq(id));
        for stream in streams.select(programmes::stream_id).distinct().load::<Id>(self.conn)? {
            let public = (standing.was || standing.is).then_some(Verb::Updated);
            let entry = self.note((Subject::Stream, stream), Verb::Updated, public);
            entry.fields.insert("programmes".to_owned());
        }
        if renamed {
            let codes = short_links::table.filter(short_links::article_id.eq(id));
            for code in codes.select(short_links::code).load::<String>(self.conn)? {
                let entry = self.note((Subject::ShortLink, code), Verb::Updated, None);
                entry.article = Some(id);
                entry.fields.insert("article".to_owned());
            }
        }
        if standing.flips() { self.parts_of(id) } else { Ok(()) }
    }

    fn quotes_of(&mut self, article: Id) -> Result<()> {
        let standing = self.standing(article);
        let rows = quotes::table
            .filter(quotes::article_id.eq(article))
            .select((quotes::id, quotes::state, quotes::speaker_id))
            .load::<(Id, QuoteState, Option<Id>)>(self.conn)?;
        for (id, state, speaker) in rows {
            if self.told.contains(&("quotes", article, id)) {
                continue;
            }
            let confirmed = state == QuoteState::Confirmed;
            let public = seen(standing.was, standing.is).filter(|_| confirmed);
            let entry = self.note((Subject::Quote, id), Verb::Updated, public);
            entry.article = Some(article);
            entry.fields.insert("article".to_owned());
            if confirmed && standing.flips() {
                self.counted_speakers.extend(speaker);
            }
        }
        Ok(())
    }

    /// The links to an article, and the articles they stand on.
    fn links_to(&mut self, target: Id) -> Result<()> {
        let standing = self.standing(target);
        let rows = links::table
            .filter(links::target_id.eq(target))
            .select((links::id, links::article_id, links::title.is_not_null()))
            .load::<(Id, Id, bool)>(self.conn)?;
        self.look_up(&rows.iter().map(|(_, article, _)| *article).collect::<Vec<_>>())?;
        for (id, article, has_words) in rows {
            if self.told.contains(&("links", article, id)) {
                continue;
            }
            let home = self.standing(article);
            let was = home.was && (has_words || standing.was);
            let is = home.is && (has_words || standing.is);
            let public = seen(was, is).filter(|_| standing.was || standing.is);
            let entry = self.note((Subject::Link, id), Verb::Updated, public);
            entry.article = Some(article);
            entry.fields.insert("target".to_owned());
            self.part(article, "links", public.is_some());
        }
        Ok(())
    }

    /// The comments on an article: those that stand in their threads and, when `all`, the others too.
    pub(super) fn comments_of(&mut self, article: Id, all: bool) -> Result<()> {
        let standing = self.standing(article);
        let mut rows = comments::table
            .filter(comments::article_id.eq(article))
            .select((comments::id, comments::is_shown))
            .into_boxed();
        if !all {
            rows = rows.filter(comments::is_shown.eq(true));
        }
        for (id, is_shown) in rows.load::<(Id, bool)>(self.conn)? {
            if self.told.contains(&("comments", article, id)) {
                continue;
            }
            let public = seen(standing.was, standing.is).filter(|_| is_shown);
            let comment = (Subject::Comment, id);
            let entry = self.note_moderation(comment, Verb::Updated, public, !is_shown);
            entry.article = Some(article);
            entry.fields.insert("article".to_owned());
        }
        Ok(())
    }

    /// What comes and goes with an article that readers see now, or no more: its links, and what it counts for.
    fn parts_of(&mut self, article: Id) -> Result<()> {
        let standing = self.standing(article);
        let tags = article_tags::table.filter(article_tags::article_id.eq(article));
        for tag in tags.select(article_tags::tag_id).load::<Id>(self.conn)? {
            if !self.told.contains(&("article_tags", article, tag)) {
                self.counted_tags.insert(tag);
            }
        }
        let authors = article_authors::table.filter(article_authors::article_id.eq(article));
        for person in authors.select(article_authors::person_id).load::<Id>(self.conn)? {
            if !self.told.contains(&("article_authors", article, person)) {
                self.counted_authors.insert(person);
            }
        }
        let rows = links::table
            .filter(links::article_id.eq(article))
            .select((links::id, links::target_id, links::title.is_not_null()))
            .load::<(Id, Option<Id>, bool)>(self.conn)?;
        self.look_up(&rows.iter().filter_map(|(_, target, _)| *target).collect::<Vec<_>>())?;
        for (id, target, has_words) in rows {
            if self.told.contains(&("links", article, id)) {
                continue;
            }
            let target = target.map(|target| self.standing(target));
            let was = standing.was && (has_words || target.is_none_or(|target| target.was));
            let is = standing.is && (has_words || target.is_none_or(|target| target.is));
            if let Some(public) = seen(was, is) {
                let entry = self.note((Subject::Link, id), Verb::Updated, Some(public));
                entry.article = Some(article);
            }
        }
        Ok(())
    }

    /// The articles that carry a tag.
    pub(super) fn around_tag(&mut self, tag: Id) -> Result<()> {
        let on = article_tags::table.filter(article_tags::tag_id.eq(tag));
        let on = on.select(article_tags::article_id).load::<Id>(self.conn)?;
        self.look_up(&on)?;
        for article in on {
            self.part(article, "tags", true);
        }
        Ok(())
    }

    /// What a person wrote, and what they said.
    pub(super) fn around_person(&mut self, person: Id) -> Result<()> {
        let by = article_authors::table.filter(article_authors::person_id.eq(person));
        let by = by.select(article_authors::article_id).load::<Id>(self.conn)?;
        self.look_up(&by)?;
        for article in by {
            self.part(article, "authors", true);
        }
        let said = quotes::table
            .filter(quotes::speaker_id.eq(person))
            .select((quotes::id, quotes::article_id, quotes::state))
            .load::<(Id, Id, QuoteState)>(self.conn)?;
        self.look_up(&said.iter().map(|(_, article, _)| *article).collect::<Vec<_>>())?;
        for (id, article, state) in said {
            if self.told.contains(&("quotes", article, id)) {
                continue;
            }
            let confirmed = state == QuoteState::Confirmed;
            let standing = self.standing(article);
            let public = seen(standing.was, standing.is).filter(|_| confirmed);
            let entry = self.note((Subject::Quote, id), Verb::Updated, public);
            entry.article = Some(article);
            entry.fields.insert("speaker".to_owned());
            if confirmed {
                self.part(article, "quotes", true);
            }
        }
        Ok(())
    }

    /// The articles that show an image.
    pub(super) fn around_image(&mut self, image: Id) -> Result<()> {
        let rows = article_images::table
            .filter(article_images::image_id.eq(image))
            .select((article_images::article_id, article_images::place))
            .load::<(Id, ImagePlace)>(self.conn)?;
        self.look_up(&rows.iter().map(|(article, _)| *article).collect::<Vec<_>>())?;
        for (article, place) in rows {
            let field = if place == ImagePlace::Head { "image" } else { "body_html" };
            self.part(article, field, true);
        }
        Ok(())
    }
}
