//! The command line.

mod arguments;

use std::io::ErrorKind;
use std::process::ExitCode;

use arguments::{
    CheckArgs, Cli, Command, DemoArgs, DocumentView, ExportArgs, ImportArgs, KeysArgs, KeysCommand,
    MigrateArgs, MigrateStep, OpenapiArgs, QuotesCommand, Serve,
};
use clap::Parser as _;
use onrecord::config::{DatabaseSettings, LogFormat, LogSettings, ServerSettings};
use onrecord::db::types::{Id, Moment};
use onrecord::db::{Db, Migrate};
use onrecord::export::Broken;
use onrecord::import::{Import, Report};
use onrecord::keys::NewKey;
use onrecord::quotes::reading::Reading;
use onrecord::terminal::said;
use onrecord::text::Name;

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
