//! The command line.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use onrecord::auth::Scope;
use onrecord::config::{DatabaseSettings, LogFormat, LogSettings, ServerSettings};
use onrecord::db::types::{Id, Moment};
use onrecord::db::{Db, Migrate};
use onrecord::export::Broken;
use onrecord::import::{Import, Report};
use onrecord::keys::NewKey;
use onrecord::quotes::reading::Reading;
use onrecord::terminal::said;
use onrecord::text::Name;

/// The content API for newsrooms: articles, tags, attributed quotes and related links as JSON.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    log: LogSettings,
}

#[derive(Debug, Subcommand)]
enum Command {
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
struct Serve {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    server: ServerSettings,
    /// With an empty database: import this page, publish it, and make an admin key.
    #[arg(long, env = "ONRECORD_SAMPLE")]
    sample: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// Page text (`.txt`), or NDJSON (`.ndjson`, `.jsonl`); `-` reads NDJSON from standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Publish what says nothing about its status; what an editor has taken down stays down.
    #[arg(long)]
    publish: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// Where to write; standard output when absent.
    #[arg(long)]
    output: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Debug, Subcommand)]
enum QuotesCommand {
    /// Print the direct quotes of each text as a line of JSON, with who said them.
    ///
    /// A line of JSON is `{"id", "text", "lang"}`; a plain text has its file's name for an id. A file that is
    /// called neither `.txt` nor `.jsonl` or `.ndjson`, and standard input, holds JSON if it begins with a brace.
    /// Offsets count code points of the text as given. No database is touched. Exit code: 0, 2 when a line or a
    /// text was refused, 1 when a file could not be read.
    Suggest(Reading),
}

#[derive(Debug, Args)]
struct KeysArgs {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
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
struct MigrateArgs {
    /// `up` applies what is missing, `down` takes the newest step back, `status` changes nothing.
    #[arg(value_enum, default_value_t = MigrateStep::Up)]
    step: MigrateStep,
    /// Let `down` drop what the step holds: there is no way back to its data.
    #[arg(long)]
    lose_data: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum MigrateStep {
    Up,
    Down,
    Status,
}

#[derive(Debug, Args)]
struct OpenapiArgs {
    /// The folder to write `openapi.json`, `openapi.yaml` and `openapi-public.json` into; standard output
    /// (JSON) when absent.
    #[arg(long, conflicts_with = "view")]
    output: Option<PathBuf>,
    /// `public` is what readers without a key need; `3.0` is for tools that read no OpenAPI 3.1.
    #[arg(long, value_enum, default_value_t = DocumentView::Whole)]
    view: DocumentView,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DocumentView {
    Whole,
    Public,
    #[value(name = "3.0")]
    Version3_0,
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    server: ServerSettings,
}

#[derive(Debug, Args)]
struct DemoArgs {
    /// How many articles.
    #[arg(long, default_value_t = 10_000)]
    articles: u32,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// What went wrong, in a sentence for the person at the terminal.
type Outcome = Result<ExitCode, String>;

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log(&cli.log);
    run(cli.command).unwrap_or_else(|error| {
        eprintln!("onrecord: {error}");
        ExitCode::FAILURE
    })
}

fn start_log(settings: &LogSettings) {
    let filter = settings.log.filter();
    // Colours are for eyes: a file or a pipe gets plain text.
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(colours);
    match settings.log_format {
        LogFormat::People => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

fn run(command: Command) -> Outcome {
    match command {
        Command::Serve(Serve { database, server, sample }) => {
            onrecord::server::serve(&database, &server, sample.as_deref())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Import(args) => import(args),
        Command::Export(args) => export(&args),
        Command::Quotes(QuotesCommand::Suggest(reading)) => suggest(&reading),
        Command::Keys(KeysArgs { command }) => keys(command),
        Command::Migrate(args) => migrate(&args),
        Command::Openapi(args) => openapi(args),
        Command::Check(CheckArgs { database, server }) => check(&database, &server),
        Command::DemoData(DemoArgs { articles, database }) => {
            let db = open(&database)?;
            onrecord::demo::fill(&db, articles).map_err(said)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn open(settings: &DatabaseSettings) -> Result<Db, String> {
    Db::open(&settings.database, settings.reader_count()).map_err(said)
}

/// Opens what must be there already.
fn open_existing(settings: &DatabaseSettings) -> Result<Db, String> {
    settings.database.must_exist().map_err(said)?;
    open(settings)
}

/// Writes to standard output; a reader who has gone, as `head` does, is no failure.
fn say(text: impl std::fmt::Display) -> Result<(), String> {
    use std::io::Write as _;
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

fn import(args: ImportArgs) -> Outcome {
    let ImportArgs { files, publish, database } = args;
    let import = Import { db: open(&database)?, publish };
    let mut report = Report::printing();
    let outcome = import.files(&files, &mut report);
    say(&report)?;
    outcome?;
    Ok(if report.refused > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn export(args: &ExportArgs) -> Outcome {
    let db = open_existing(&args.database)?;
    let (place, outcome) = match &args.output {
        None => {
            ("standard output".to_owned(), onrecord::export::export(&db, std::io::stdout().lock()))
        }
        Some(path) => {
            let file = std::fs::File::create(path).map_err(Broken::Writing);
            (path.display().to_string(), file.and_then(|file| onrecord::export::export(&db, file)))
        }
    };
    match outcome {
        Ok(1) => eprintln!("1 article written"),
        Ok(count) => eprintln!("{count} articles written"),
        // A reader who has gone, as `head` does, has what it wanted.
        Err(Broken::Writing(error)) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(Broken::Writing(error)) => return Err(format!("{place}: {error}")),
        Err(Broken::Reading(error)) => return Err(said(error)),
    }
    Ok(ExitCode::SUCCESS)
}

fn suggest(reading: &Reading) -> Outcome {
    match reading.run(&mut std::io::stdout().lock(), &mut std::io::stderr()) {
        Ok(tally) if tally.unread > 0 => Ok(ExitCode::FAILURE),
        Ok(tally) if tally.refused > 0 => Ok(ExitCode::from(2)),
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(format!("cannot write: {error}")),
    }
}

fn keys(command: KeysCommand) -> Outcome {
    match command {
        KeysCommand::Create { name, scopes, expires, database } => {
            let name = Name::parse(&name).map_err(|error| format!("--name {error}"))?;
            let expires_at = expires.map(|text| moment(&text)).transpose()?;
            let new = NewKey { name, scopes, expires_at };
            let db = open(&database)?;
            let made = db.write_now(move |conn| onrecord::keys::insert(conn, &new));
            say(made.map_err(said)?.token)?;
        }
        KeysCommand::List { database } => {
            let now = Moment::now();
            for key in open_existing(&database)?.read_now(onrecord::keys::all).map_err(said)? {
                let scopes = key.scopes.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(",");
                let state = match (key.revoked_at, key.expires_at) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(at)) if at <= now => format!("expired {at}"),
                    (None, Some(at)) => format!("until {at}"),
                    (None, None) => "valid".to_owned(),
                };
                let used = key.last_used_at.map_or_else(|| "never".to_owned(), |at| at.to_string());
                say(format!("{}\t{}\t{scopes}\t{state}\tused {used}", key.id, key.name))?;
            }
        }
        KeysCommand::Revoke { id, database } => {
            let id = key_id(&id).ok_or("that is neither a key's id nor a key")?;
            let db = open_existing(&database)?;
            db.write_now(move |conn| onrecord::keys::revoke(conn, id)).map_err(said)?;
            eprintln!("revoked");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn key_id(text: &str) -> Option<Id> {
    let of_token = |text: &str| Id::from_simple(text.strip_prefix("onr_")?.split('_').next()?);
    text.parse().ok().or_else(|| of_token(text))
}

fn moment(text: &str) -> Result<Moment, String> {
    let instant = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    instant.parse().map_err(|_| "--expires must be a date or an RFC 3339 time".to_owned())
}

fn migrate(args: &MigrateArgs) -> Outcome {
    let MigrateArgs { step, lose_data, database: DatabaseSettings { database, .. } } = args;
    if !matches!(step, MigrateStep::Up) {
        database.must_exist().map_err(said)?;
    }
    let mut conn = database.connect().map_err(said)?;
    if matches!(step, MigrateStep::Down) && !lose_data {
        let states = onrecord::db::migrations(&mut conn).map_err(said)?;
        if let Some(newest) = states.iter().rfind(|state| state.applied) {
            let name = &newest.name;
            eprintln!(
                "onrecord: this would take back {name}, and all data in it would be lost; \
                 if that is meant, add --lose-data"
            );
            return Ok(ExitCode::from(2));
        }
    }
    let ran = match step {
        MigrateStep::Up => onrecord::db::migrate(&mut conn, Migrate::Up).map_err(said)?,
        MigrateStep::Down => onrecord::db::migrate(&mut conn, Migrate::Down).map_err(said)?,
        MigrateStep::Status => Vec::new(),
    };
    for state in onrecord::db::migrations(&mut conn).map_err(said)? {
        let mark = if state.applied { "applied" } else { "missing" };
        say(format!("{mark}  {}", state.name))?;
    }
    if !matches!(step, MigrateStep::Status) {
        eprintln!("{} run", ran.len());
    }
    Ok(ExitCode::SUCCESS)
}

fn openapi(args: OpenapiArgs) -> Outcome {
    let whole = onrecord::api::openapi_json;
    let public = onrecord::api::openapi_public_json;
    let OpenapiArgs { output: Some(folder), .. } = args else {
        let text = match args.view {
            DocumentView::Whole => whole(),
            DocumentView::Public => public(),
            DocumentView::Version3_0 => onrecord::api::openapi_3_0_json(),
        };
        say(text.map_err(said)?.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    };
    let files = [
        ("openapi.json", whole()),
        ("openapi.yaml", onrecord::api::openapi_yaml()),
        ("openapi-public.json", public()),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        let text = text.map_err(said)?;
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn check(database: &DatabaseSettings, server: &ServerSettings) -> Outcome {
    say(format!(
        "settings   ok   listen {}, public URL {}",
        server.listen,
        server.addresses().public_url
    ))?;
    database.database.must_exist().map_err(said)?;
    let mut conn = database.database.connect().map_err(said)?;
    say(format!("database   ok   {}", database.database))?;
    let states = onrecord::db::migrations(&mut conn).map_err(said)?;
    let missing = states.iter().filter(|state| !state.applied).count();
    if missing > 0 {
        return Err(format!("the schema lacks {missing} migrations; run `onrecord migrate up`"));
    }
    say(format!("schema     ok   {} migrations", states.len()))?;
    let replicas = &server.database_replicas;
    if !replicas.is_empty() {
        let db = open(database)?.reading_from(replicas).map_err(said)?;
        for (url, state) in replicas.iter().zip(db.replicas()) {
            if !state.is_up {
                return Err(format!("the replica {url} takes no reads"));
            }
            say(format!("replica    ok   {url}"))?;
        }
    }
    let faults = onrecord::db::integrity(&mut conn).map_err(said)?;
    if !faults.is_empty() {
        return Err(format!("the database is damaged: {}", faults.join("; ")));
    }
    say("integrity  ok")?;
    Ok(ExitCode::SUCCESS)
}
