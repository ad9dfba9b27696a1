//! Onrecord: the content API for newsrooms. The modules in reading order.

pub mod answer;
pub mod api;
pub mod config;
pub mod edge;
pub mod error;
pub mod input;
pub mod page;
pub mod slug;
pub mod text;

pub mod articles;
pub mod changes;
pub mod comments;
pub mod images;
pub mod links;
pub mod media;
mod parts;
pub mod people;
pub mod programmes;
pub mod quotes;
pub mod search;
pub mod short_links;
pub mod standards;
pub mod streams;
pub mod suggestions;
pub mod tags;

pub mod auth;
pub mod keys;

pub mod db;
mod schema;

mod cache;
mod docs;
pub mod health;
pub mod metrics;

pub mod demo;
pub mod export;
pub mod import;
pub mod server;
pub mod terminal;
