//! What the command line takes: commands, and what each can be told.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use onrecord::auth::Scope;
use onrecord::config::{DatabaseSettings, LogSettings, ServerSettings};
use onrecord::quotes::reading::Reading;

/// The content API for newsrooms: articles, tags, attributed quotes and related links as JSON.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) log: LogSettings,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API over HTTP until a signal says stop.
    Serve(Serve),
    /// Take in articles, tags, people and images from page text (`.txt`) or NDJSON.
    ///
    /// An article is known again by its `external_id`, else by its slug. What a line says of it then
    /// replaces what is there; what a line does not say stays, its status too: an import takes nothing
    /// offline that is published, and no confirmed quote becomes a suggestion. Quotes and links that are
    /// there keep their ids. The same line again changes nothing. A tag, a person or an image that is there
    /// stays as it is. Exit code: 0, 2 when something was refused, 1 when a file could not be read.
    Import(ImportArgs),
    /// Write every tag, person, image and article as NDJSON, which `import` takes.
    Export(ExportArgs),
    /// Read quotes out of texts.
    #[command(subcommand)]
    Quotes(QuotesCommand),
    /// Make, list and revoke keys.
    Keys(KeysArgs),
    /// Bring the database's schema up to date, take a step back, or show where it is.
    Migrate(MigrateArgs),
    /// Write the OpenAPI document.
    Openapi(OpenapiArgs),
    /// Look whether settings, database, schema and data are sound.
    Check(CheckArgs),
    /// Fill the database with made-up articles, the same ones every time.
    DemoData(DemoArgs),
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) database: DatabaseSettings,
    #[command(flatten)]
    pub(crate) server: ServerSettings,
    /// With an empty database: import this page, publish it, and make an admin key.
    #[arg(long, env = "ONRECORD_SAMPLE")]
    pub(crate) sample: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Page text (`.txt`), or NDJSON (`.ndjson`, `.jsonl`); `-` reads NDJSON from standard input.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Publish what says nothing about its status; what an editor has taken down stays down.
    #[arg(long)]
    pub(crate) publish: bool,
    #[command(flatten)]
    pub(crate) database: DatabaseSettings,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Where to write; standard output when absent.
    #[arg(long)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) database: DatabaseSettings,
}

#[derive(Debug, Subcommand)]
pub(crate) enum QuotesCommand {
    /// Print the direct quotes of each text as a line of JSON, with who said them.
    ///
    /// A line of JSON is `{"id", "text", "lang"}`; a plain text has its file's name for an id. A file that is
    /// called neither `.txt` nor `.jsonl` or `.ndjson`, and standard input, holds JSON if it begins with a brace.
    /// Offsets count code points of the text as given. No database is touched. Exit code: 0, 2 when a line or a
    /// text was refused, 1 when a file could not be read.
    Suggest(Reading),
}

#[derive(Debug, Args)]
pub(crate) struct KeysArgs {
    #[command(subcommand)]
    pub(crate) command: KeysCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a key and print it, alone, on standard output.
    Create {
        /// What the key is for.
        #[arg(long)]
        name: String,
        /// What it allows; may be given several times.
        #[arg(long = "scope", required = true, value_enum)]
        scopes: Vec<Scope>,
        /// When it ceases to count: an RFC 3339 time or a date.
        #[arg(long)]
        expires: Option<String>,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// List every key, without secrets.
    List {
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// Revoke a key, by its id or by the key itself.
    Revoke {
        /// The key's id, as `keys list` shows it.
        id: String,
        #[command(flatten)]
        database: DatabaseSettings,
    },
}

#[derive(Debug, Args)]
pub(crate) struct MigrateArgs {
    /// `up` applies what is missing, `down` takes the newest step back, `status` changes nothing.
    #[arg(value_enum, default_value_t = MigrateStep::Up)]
    pub(crate) step: MigrateStep,
    /// Let `down` drop what the step holds: there is no way back to its data.
    #[arg(long)]
    pub(crate) lose_data: bool,
    #[command(flatten)]
    pub(crate) database: DatabaseSettings,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum MigrateStep {
    Up,
    Down,
    Status,
}

#[derive(Debug, Args)]
pub(crate) struct OpenapiArgs {
    /// The folder to write `openapi.json`, `openapi.yaml` and `openapi-public.json` into; standard output
    /// (JSON) when absent.
    #[arg(long, conflicts_with = "view")]
    pub(crate) output: Option<PathBuf>,
    /// `public` is what readers without a key need; `3.0` is for tools that read no OpenAPI 3.1.
    #[arg(long, value_enum, default_value_t = DocumentView::Whole)]
    pub(crate) view: DocumentView,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum DocumentView {
    Whole,
    Public,
    #[value(name = "3.0")]
    Version3_0,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) database: DatabaseSettings,
    #[command(flatten)]
    pub(crate) server: ServerSettings,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// How many articles.
    #[arg(long, default_value_t = 10_000)]
    pub(crate) articles: u32,
    #[command(flatten)]
    pub(crate) database: DatabaseSettings,
}
