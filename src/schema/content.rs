//! What a newsroom publishes, and what stands on its pages.

use diesel::table;

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
