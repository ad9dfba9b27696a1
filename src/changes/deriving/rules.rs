//! What a row of each table means when it is another than before.

use serde_json::Value;

use super::super::kind::{Subject, Verb};
use super::super::touched::{Row, flag, id, moment};
use super::{Entry, Write, seen};
use crate::comments::CommentState;
use crate::db::types::Moment;
use crate::error::Result;
use crate::quotes::QuoteState;

/// What has become of a row.
const fn fate(row: &Row) -> Verb {
    match (&row.before, &row.after) {
        (None, _) => Verb::Created,
        (_, None) => Verb::Deleted,
        _ => Verb::Updated,
    }
}

/// The property in which clients see a column; nothing for what they see in none, or in every change.
fn property<'a>(source: &str, column: &'a str) -> Option<&'a str> {
    Some(match column {
        "id" | "created_at" | "updated_at" | "version" | "dated_at" | "is_public"
        | "approved_below" | "path" | "newest_path" | "text_sha256" | "animated"
        | "imported_sha256" | "hits" | "last_hit_at" => return None,
        // What is compared, and not shown.
        key if key.ends_with("_key") => return None,
        "source_name" | "source_url" | "source_retrieved_at" => "source",
        "speaker_id" => "speaker",
        "target_id" => "target",
        "article_id" => "article",
        "wikidata" | "orcid" => "external_ids",
        "focal_x" | "focal_y" => "focal_point",
        "external_url" | "file" => "url",
        "media_type" => "type",
        "is_shown" => "is_removed",
        "is_flagged" | "marks" | "decision_id" => "moderation",
        "author_name" | "user_id" if source == "comments" => "author",
        anchor if anchor.starts_with("anchor_") => "anchor",
        other => other,
    })
}

fn name_fields(entry: &mut Entry, row: &Row) {
    let fields = row.changed().filter_map(|column| property(row.source, column));
    entry.fields.extend(fields.map(str::to_owned));
    if row.source == "articles" && row.changed().any(|column| column == "slug") {
        entry.fields.insert("url".to_owned());
    }
}

impl Write<'_> {
    /// Enters what follows from a row.
    pub(super) fn apply(&mut self, row: &Row) -> Result<()> {
        match row.source {
            "articles" => return self.article(row),
            "tags" => return self.tag(row),
            "people" => return self.person(row),
            "images" => return self.image(row),
            "article_discussions" => return self.discussion(row),
            "quotes" => self.quote(row),
            "links" => self.link(row),
            "comments" => self.comment(row),
            "comment_flags" => self.flagged(row),
            "article_tags" => {
                if self.counts(row) {
                    self.counted_tags.insert(row.id("tag_id"));
                }
                self.part(row.id("article_id"), "tags", true);
            }
            "article_authors" => {
                if self.counts(row) {
                    self.counted_authors.insert(row.id("person_id"));
                }
                self.part(row.id("article_id"), "authors", true);
            }
            "article_audio" => self.part(row.id("article_id"), "audio", true),
            "article_aliases" => {
                self.part(row.id("article_id"), "aliases", flag(row.fixed("is_public")));
            }
            "article_images" => {
                let head = row.fixed("place") == "head";
                let field = if head { "image" } else { "body_html" };
                self.part(row.id("article_id"), field, true);
            }
            "merged_tags" => self.merged(Subject::Tag, row),
            "merged_people" => self.merged(Subject::Person, row),
            "streams" => {
                let stream = (Subject::Stream, row.id("id"));
                name_fields(self.note(stream, fate(row), Some(fate(row))), row);
            }
            "stream_sources" => self.stream(row, true, "sources"),
            "programmes" => self.programme(row),
            "community_standards" => self.standards(row),
            "short_links" => self.short_link(row),
            _ => {}
        }
        Ok(())
    }

    /// Whether a published article says more or less by this row than before.
    fn counts(&self, row: &Row) -> bool {
        let article = self.standing(row.id("article_id"));
        (row.before.is_some() && article.was) != (row.after.is_some() && article.is)
    }

    fn article(&mut self, row: &Row) -> Result<()> {
        let id = row.id("id");
        let standing = self.standing(id);
        let verb = match (fate(row), standing.was, standing.is) {
            (Verb::Deleted, ..) => Verb::Deleted,
            (_, false, true) => Verb::Published,
            (_, true, false) => Verb::Unpublished,
            (fate, ..) => fate,
        };
        let public = (standing.was || standing.is).then_some(verb);
        let entry = self.note((Subject::Article, id), verb, public);
        entry.article = Some(id);
        name_fields(entry, row);
        if fate(row) == Verb::Updated { self.around_article(id) } else { Ok(()) }
    }

    fn tag(&mut self, row: &Row) -> Result<()> {
        let id = row.id("id");
        let public = seen(flag(row.was("is_public")), flag(row.is("is_public")));
        name_fields(self.note((Subject::Tag, id), fate(row), public), row);
        let renamed = fate(row) == Verb::Updated && row.differ(&["slug", "name", "kind"]);
        if renamed { self.around_tag(id) } else { Ok(()) }
    }

    fn person(&mut self, row: &Row) -> Result<()> {
        let id = row.id("id");
        let public = seen(flag(row.was("is_public")), flag(row.is("is_public")));
        name_fields(self.note((Subject::Person, id), fate(row), public), row);
        let renamed = fate(row) == Verb::Updated && row.differ(&["slug", "name"]);
        if renamed { self.around_person(id) } else { Ok(()) }
    }

    /// A merge leaves its sign beside the row that goes; without one it is another name to come by.
    fn merged(&mut self, of: Subject, row: &Row) {
        let is_public = flag(row.fixed("is_public"));
        let gone = self.entries.get_mut(&(of, row.id("id").to_string()));
        if let Some(entry) = gone.filter(|entry| entry.verb == Verb::Deleted) {
            entry.verb = Verb::Merged;
            entry.public = entry.public.map(|public| if is_public { Verb::Merged } else { public });
        } else if let Some(into) = id(row.is("into_id")) {
            let public = is_public.then_some(Verb::Updated);
            let entry = self.note((of, into), Verb::Updated, public);
            entry.fields.insert("aliases".to_owned());
        }
    }

    fn image(&mut self, row: &Row) -> Result<()> {
        let id = row.id("id");
        name_fields(self.note((Subject::Image, id), fate(row), None), row);
        if fate(row) == Verb::Updated { self.around_image(id) } else { Ok(()) }
    }

    fn discussion(&mut self, row: &Row) -> Result<()> {
        let article = row.id("article_id");
        self.part(article, "comments", true);
        if row.differs("policy") { self.comments_of(article, false) } else { Ok(()) }
    }

    fn quote(&mut self, row: &Row) {
        let article = row.id("article_id");
        let standing = self.standing(article);
        let confirmed = |state: &Value| state == QuoteState::Confirmed.as_str();
        let (was, is) = (confirmed(row.was("state")), confirmed(row.is("state")));
        let (was_seen, is_seen) = (was && standing.was, is && standing.is);
        let quote = (Subject::Quote, row.id("id"));
        let entry = self.note(quote, fate(row), seen(was_seen, is_seen));
        entry.article = Some(article);
        name_fields(entry, row);
        if was || is {
            self.part(article, "quotes", was_seen || is_seen);
        }
        let before = id(row.was("speaker_id")).filter(|_| was_seen);
        let after = id(row.is("speaker_id")).filter(|_| is_seen);
        if before != after {
            self.counted_speakers.extend([before, after].into_iter().flatten());
        }
    }

    /// A link to what readers do not see is to them one without a target, or none if it has no words of its own.
    fn link(&mut self, row: &Row) {
        let article = row.id("article_id");
        let standing = self.standing(article);
        let (from, to) = (id(row.was("target_id")), id(row.is("target_id")));
        let before = from.filter(|id| self.standing(*id).was);
        let after = to.filter(|id| self.standing(*id).is);
        let was = row.before.is_some()
            && standing.was
            && (from.is_none() || before.is_some() || !row.was("title").is_null());
        let is = row.after.is_some()
            && standing.is
            && (to.is_none() || after.is_some() || !row.is("title").is_null());
        let renamed = after.is_some_and(|target| self.renamed.contains(&target));
        let other = renamed || before != after || row.differ(&["rel", "position", "title", "url"]);
        let public = seen(was, is).filter(|verb| *verb != Verb::Updated || other);
        let entry = self.note((Subject::Link, row.id("id")), fate(row), public);
        entry.article = Some(article);
        name_fields(entry, row);
        self.part(article, "links", public.is_some());
    }

    fn comment(&mut self, row: &Row) {
        let article = row.id("article_id");
        let standing = self.standing(article);
        let (was, is) = (flag(row.was("is_shown")), flag(row.is("is_shown")));
        let decided = row.differs("state");
        let state = |state: CommentState| decided && row.is("state") == state.as_str();
        let verb = match fate(row) {
            Verb::Deleted => Verb::Deleted,
            _ if state(CommentState::Approved) => Verb::Approved,
            _ if state(CommentState::Rejected) => Verb::Rejected,
            _ if state(CommentState::Spam) => Verb::Spam,
            _ if state(CommentState::Withdrawn) => Verb::Withdrawn,
            fate => fate,
        };
        let shows = |column: &str| !["is_flagged", "approved_below", "marks"].contains(&column);
        let other = fate(row) != Verb::Updated || row.changed().any(shows);
        let public = match seen(was && standing.was, is && standing.is) {
            Some(Verb::Created | Verb::Updated) if verb == Verb::Approved => Some(Verb::Approved),
            public => public.filter(|_| other),
        };
        let comment = (Subject::Comment, row.id("id"));
        let entry = self.note_moderation(comment, verb, public, !other || !(was || is));
        entry.article = Some(article);
        name_fields(entry, row);
    }

    fn flagged(&mut self, row: &Row) {
        let comment = (Subject::Comment, row.id("comment_id"));
        let entry = self.note_moderation(comment, Verb::Updated, None, true);
        entry.fields.insert("moderation".to_owned());
    }

    fn stream(&mut self, row: &Row, public: bool, field: &str) {
        let public = public.then_some(Verb::Updated);
        let entry = self.note((Subject::Stream, row.id("stream_id")), Verb::Updated, public);
        entry.fields.insert(field.to_owned());
    }

    /// A programme whose article comes or goes is another to readers only if they see that article.
    fn programme(&mut self, row: &Row) {
        let before = id(row.was("article_id")).is_some_and(|id| self.standing(id).was);
        let after = id(row.is("article_id")).is_some_and(|id| self.standing(id).is);
        let other = fate(row) != Verb::Updated || row.changed().any(|it| it != "article_id");
        self.stream(row, other || before || after, "programmes");
    }

    fn standards(&mut self, row: &Row) {
        let in_effect = moment(row.fixed("effective_at")).is_some_and(|at| at <= Moment::now());
        let version = (Subject::CommunityStandards, row.fixed("version"));
        self.note(version, fate(row), in_effect.then_some(Verb::Created));
    }

    fn short_link(&mut self, row: &Row) {
        let code = row.fixed("code").as_str().unwrap_or_default();
        let retired = fate(row) == Verb::Updated && row.differs("retired_at");
        let verb = if retired { Verb::Deleted } else { fate(row) };
        let entry = self.note((Subject::ShortLink, code), verb, None);
        entry.article = id(row.is("article_id")).or(id(row.was("article_id")));
        name_fields(entry, row);
    }
}
