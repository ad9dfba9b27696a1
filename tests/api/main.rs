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

mod app;
mod articles;
mod cli;
mod export;
mod import;
mod page_text;
mod program;
mod readme;
mod suggest;
