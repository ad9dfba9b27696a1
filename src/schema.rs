//! Every table, as both databases have it.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    keys (id) {
        id -> UuidColumn,
        name -> Text,
        scopes -> Text,
        secret_sha256 -> Binary,
        expires_at -> Nullable<MomentColumn>,
        last_used_at -> Nullable<MomentColumn>,
        revoked_at -> Nullable<MomentColumn>,
        created_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::{Binary, Nullable, SmallInt, Text};
    use crate::db::types::MomentColumn;

    idempotent_answers (caller, idempotency_key) {
        caller -> Text,
        idempotency_key -> Text,
        request_sha256 -> Binary,
        status -> SmallInt,
        location -> Nullable<Text>,
        body -> Text,
        created_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    tags (id) {
        id -> UuidColumn,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        kind -> Text,
        description -> Nullable<Text>,
        is_public -> Bool,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Bool, Text};
    use crate::db::types::UuidColumn;

    merged_tags (slug) {
        slug -> Text,
        id -> UuidColumn,
        into_id -> UuidColumn,
        name_key -> Text,
        is_public -> Bool,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    people (id) {
        id -> UuidColumn,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        bio -> Nullable<Text>,
        wikidata -> Nullable<Text>,
        orcid -> Nullable<Text>,
        is_public -> Bool,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Bool, Text};
    use crate::db::types::UuidColumn;

    merged_people (slug) {
        slug -> Text,
        id -> UuidColumn,
        into_id -> UuidColumn,
        name_key -> Text,
        is_public -> Bool,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    articles (id) {
        id -> UuidColumn,
        slug -> Text,
        status -> Text,
        title -> Text,
        title_key -> Text,
        standfirst -> Nullable<Text>,
        dateline -> Nullable<Text>,
        language -> Nullable<Text>,
        source_name -> Nullable<Text>,
        source_url -> Nullable<Text>,
        source_retrieved_at -> Nullable<MomentColumn>,
        body_format -> Text,
        word_count -> Integer,
        published_at -> Nullable<MomentColumn>,
        first_published_at -> Nullable<MomentColumn>,
        dated_at -> MomentColumn,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
        external_id -> Nullable<Text>,
        imported_sha256 -> Nullable<Binary>,
        body -> Text,
        body_html -> Text,
        body_text -> Text,
    }
}

table! {
    use diesel::sql_types::Integer;
    use crate::db::types::UuidColumn;

    article_tags (article_id, tag_id) {
        article_id -> UuidColumn,
        position -> Integer,
        tag_id -> UuidColumn,
    }
}

table! {
    use diesel::sql_types::Integer;
    use crate::db::types::UuidColumn;

    article_authors (article_id, person_id) {
        article_id -> UuidColumn,
        position -> Integer,
        person_id -> UuidColumn,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    quotes (id) {
        id -> UuidColumn,
        article_id -> UuidColumn,
        position -> Integer,
        text -> Text,
        kind -> Text,
        speaker_id -> Nullable<UuidColumn>,
        speaker_name -> Nullable<Text>,
        role -> Nullable<Text>,
        affiliation -> Nullable<Text>,
        affiliation_key -> Nullable<Text>,
        cue -> Nullable<Text>,
        context -> Nullable<Text>,
        said_at -> Nullable<MomentColumn>,
        language -> Nullable<Text>,
        original_text -> Nullable<Text>,
        original_language -> Nullable<Text>,
        anonymity_reason -> Nullable<Text>,
        state -> Text,
        anchor_status -> Text,
        anchor_start -> Nullable<Integer>,
        anchor_end -> Nullable<Integer>,
        anchor_prefix -> Nullable<Text>,
        anchor_suffix -> Nullable<Text>,
        anchor_sha256 -> Nullable<Text>,
        anchor_article_version -> BigInt,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
        origin -> Text,
        was_public -> Bool,
        anchor_directive -> Nullable<Text>,
        anchor_proposals -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    quote_changes (id) {
        id -> UuidColumn,
        quote_id -> UuidColumn,
        article_id -> UuidColumn,
        action -> Text,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        reason -> Nullable<Text>,
        key_id -> Nullable<UuidColumn>,
        article_version -> BigInt,
        is_public -> Bool,
        changed_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::Binary;
    use crate::db::types::UuidColumn;

    rejected_quotes (article_id, words_sha256) {
        article_id -> UuidColumn,
        words_sha256 -> Binary,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    links (id) {
        id -> UuidColumn,
        article_id -> UuidColumn,
        rel -> Text,
        position -> Integer,
        title -> Nullable<Text>,
        title_key -> Nullable<Text>,
        url -> Nullable<Text>,
        target_id -> Nullable<UuidColumn>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    short_links (code) {
        code -> Text,
        article_id -> Nullable<UuidColumn>,
        kind -> Text,
        hits -> BigInt,
        last_hit_at -> Nullable<MomentColumn>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        retired_at -> Nullable<MomentColumn>,
    }
}

table! {
    use diesel::sql_types::{Bool, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    article_aliases (slug) {
        slug -> Text,
        article_id -> UuidColumn,
        is_public -> Bool,
        created_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::UuidColumn;

    article_audio (article_id) {
        article_id -> UuidColumn,
        url -> Text,
        media_type -> Text,
        duration_seconds -> Nullable<Integer>,
        language -> Nullable<Text>,
        transcript -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    streams (id) {
        id -> UuidColumn,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        description -> Nullable<Text>,
        language -> Nullable<Text>,
        kind -> Text,
        status -> Text,
        starts_at -> Nullable<MomentColumn>,
        ends_at -> Nullable<MomentColumn>,
        image_id -> Nullable<UuidColumn>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::UuidColumn;

    stream_sources (stream_id, position) {
        stream_id -> UuidColumn,
        position -> Integer,
        url -> Text,
        media_type -> Text,
        bit_rate -> Nullable<Integer>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    programmes (id) {
        id -> UuidColumn,
        stream_id -> UuidColumn,
        title -> Text,
        description -> Nullable<Text>,
        starts_at -> MomentColumn,
        ends_at -> MomentColumn,
        article_id -> Nullable<UuidColumn>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Double, Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    images (id) {
        id -> UuidColumn,
        external_url -> Nullable<Text>,
        file -> Nullable<Text>,
        media_type -> Nullable<Text>,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        byte_size -> Nullable<BigInt>,
        animated -> Bool,
        alt -> Nullable<Text>,
        caption -> Nullable<Text>,
        credit -> Nullable<Text>,
        focal_x -> Nullable<Double>,
        focal_y -> Nullable<Double>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::db::types::UuidColumn;

    article_images (article_id, place, image_id) {
        article_id -> UuidColumn,
        place -> Text,
        image_id -> UuidColumn,
    }
}

table! {
    use diesel::sql_types::{Integer, Text};
    use crate::db::types::MomentColumn;

    community_standards (version) {
        version -> Integer,
        body -> Text,
        body_html -> Text,
        effective_at -> MomentColumn,
        created_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::UuidColumn;

    article_discussions (article_id) {
        article_id -> UuidColumn,
        policy -> Nullable<Text>,
        comment_count -> Integer,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    comments (id) {
        id -> UuidColumn,
        article_id -> UuidColumn,
        parent_id -> Nullable<UuidColumn>,
        path -> Text,
        newest_path -> Text,
        depth -> Integer,
        state -> Text,
        is_shown -> Bool,
        is_flagged -> Bool,
        reply_count -> Integer,
        approved_below -> Integer,
        decision_id -> Nullable<UuidColumn>,
        marks -> Text,
        user_id -> Nullable<Text>,
        author_name -> Nullable<Text>,
        author_key -> Nullable<Text>,
        text_sha256 -> Nullable<Binary>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
        body -> Nullable<Text>,
        body_html -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    comment_decisions (id) {
        id -> UuidColumn,
        comment_id -> UuidColumn,
        state -> Text,
        reason -> Nullable<Text>,
        note -> Nullable<Text>,
        standards_version -> Nullable<Integer>,
        key_id -> Nullable<UuidColumn>,
        decided_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    comment_flags (id) {
        id -> UuidColumn,
        comment_id -> UuidColumn,
        reason -> Text,
        user_id -> Nullable<Text>,
        note -> Nullable<Text>,
        created_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::db::types::{MomentColumn, UuidColumn};

    comment_words (id) {
        id -> UuidColumn,
        word -> Text,
        word_key -> Text,
        look_key -> Text,
        kind -> Text,
        created_at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::db::types::UuidColumn;

    texts_to_read (id) {
        id -> UuidColumn,
        resource -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::types::UuidColumn;

    article_words (number) {
        number -> BigInt,
        article_id -> UuidColumn,
        title -> Text,
        standfirst -> Text,
        body -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::types::UuidColumn;

    quote_words (number) {
        number -> BigInt,
        quote_id -> UuidColumn,
        role_key -> Nullable<Text>,
        body -> Text,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::db::types::UuidColumn;

    completions (resource, key, id) {
        resource -> Text,
        key -> Text,
        id -> UuidColumn,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    changes (seq) {
        seq -> BigInt,
        public_seq -> Nullable<BigInt>,
        kind -> Text,
        public_kind -> Nullable<Text>,
        resource_id -> Text,
        article_id -> Nullable<UuidColumn>,
        is_moderation -> Bool,
        fields -> Text,
        tags -> Text,
        listed -> Text,
        at -> MomentColumn,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer};

    change_horizon (id) {
        id -> Integer,
        seq -> BigInt,
        public_seq -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    touched (id) {
        id -> BigInt,
        source -> Text,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
    }
}

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
