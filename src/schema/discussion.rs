//! What readers say, and what is decided about that.

use diesel::table;

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
