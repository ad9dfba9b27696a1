//! What follows from what is written: the words that are searched, the log of changes, who is told; and who may write.

use diesel::table;

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

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    webhooks (id) {
        id -> UuidColumn,
        url -> Text,
        description -> Nullable<Text>,
        audience -> Text,
        kinds -> Text,
        tag_id -> Nullable<UuidColumn>,
        fields -> Text,
        secret -> Text,
        previous_secret -> Nullable<Text>,
        previous_secret_until -> Nullable<MomentColumn>,
        state -> Text,
        state_reason -> Nullable<Text>,
        state_at -> MomentColumn,
        failing_since -> Nullable<MomentColumn>,
        after_seq -> BigInt,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::types::{MomentColumn, UuidColumn};

    webhook_deliveries (id) {
        id -> UuidColumn,
        webhook_id -> UuidColumn,
        seq -> Nullable<BigInt>,
        told_seq -> Nullable<BigInt>,
        kind -> Nullable<Text>,
        public_kind -> Nullable<Text>,
        resource_id -> Nullable<Text>,
        article_id -> Nullable<UuidColumn>,
        fields -> Nullable<Text>,
        tags -> Nullable<Text>,
        listed -> Nullable<Text>,
        happened_at -> MomentColumn,
        state -> Text,
        attempts -> Integer,
        next_attempt_at -> Nullable<MomentColumn>,
        last_attempt_at -> Nullable<MomentColumn>,
        last_status -> Nullable<Integer>,
        last_error -> Nullable<Text>,
        last_duration_ms -> Nullable<Integer>,
        created_at -> MomentColumn,
        updated_at -> MomentColumn,
    }
}
