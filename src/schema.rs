//! Every table, as both databases have it.

mod content;
mod discussion;
mod following;

use diesel::allow_tables_to_appear_in_same_query;

pub(crate) use content::*;
pub(crate) use discussion::*;
pub(crate) use following::*;

diesel::joinable!(article_aliases -> articles (article_id));
diesel::joinable!(article_tags -> articles (article_id));
diesel::joinable!(article_tags -> tags (tag_id));
diesel::joinable!(article_authors -> articles (article_id));
diesel::joinable!(article_authors -> people (person_id));
diesel::joinable!(quotes -> articles (article_id));
diesel::joinable!(links -> articles (article_id));
diesel::joinable!(short_links -> articles (article_id));
diesel::joinable!(article_audio -> articles (article_id));
diesel::joinable!(programmes -> articles (article_id));
diesel::joinable!(programmes -> streams (stream_id));
diesel::joinable!(article_images -> articles (article_id));
diesel::joinable!(article_images -> images (image_id));
diesel::joinable!(comments -> articles (article_id));
diesel::joinable!(article_words -> articles (article_id));
diesel::joinable!(quote_words -> quotes (quote_id));

allow_tables_to_appear_in_same_query!(
    article_aliases,
    article_audio,
    article_authors,
    article_discussions,
    article_images,
    article_tags,
    article_words,
    articles,
    change_horizon,
    changes,
    comment_decisions,
    comments,
    completions,
    images,
    keys,
    links,
    merged_people,
    merged_tags,
    people,
    programmes,
    quote_words,
    quote_changes,
    quotes,
    short_links,
    streams,
    tags,
);
