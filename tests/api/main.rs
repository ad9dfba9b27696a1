//! The API as its clients see it: every test goes through HTTP, on SQLite or, when
//! `TEST_DATABASE_URL` is set, on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot go on says so by stopping"
)]

mod access;
mod aliases;
mod app;
mod articles;
mod articles_text;
mod attacks;
mod audio;
mod bad_bodies;
mod bad_framing;
mod bad_headers;
mod bad_input;
mod bad_queries;
mod bodies;
mod breaking;
mod breaking_changes;
mod caching;
mod caching_names;
mod changes;
mod cli;
mod comments;
mod comments_moderation;
mod comments_removal;
mod comments_screening;
mod comments_threads;
mod console;
mod conventions;
mod dice;
mod differential;
mod drafts;
mod durability;
mod examples;
mod export;
mod following;
mod identity;
mod images;
mod images_articles;
mod images_bad;
mod images_files;
mod import;
mod import_again;
mod keys;
mod links;
mod lists;
mod media;
mod openapi;
mod openapi_views;
mod page_text;
mod pages;
mod parameters;
mod people;
mod pictures;
mod program;
mod programmes;
mod pure_anchor;
mod pure_body;
mod pure_body_bounds;
mod pure_expression;
mod pure_following;
mod pure_slug;
mod quotes;
mod quotes_edits;
mod quotes_history;
mod quotes_random;
mod quotes_suggested;
mod readme;
mod readme_docs;
mod receiver;
mod related;
mod scaling;
mod search;
mod search_quality;
mod search_quotes;
mod search_same;
mod settings;
mod short_links;
mod slugs;
mod standards;
mod streaming;
mod streams;
mod suggest;
mod suggest_rules;
mod suggestions;
mod tags;
mod tailing;
mod webhooks;
mod webhooks_failing;
mod webhooks_guard;
mod webhooks_sending;
