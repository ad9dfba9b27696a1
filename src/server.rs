//! The running server: listening, stopping, and what a first start sets up.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;

use crate::api::{Site, app};
use crate::auth::Scope;
use crate::config::{DatabaseSettings, PublicUrl, ServerSettings, WORKERS_MAX};
use crate::db::Db;
use crate::import::{Import, Report};
use crate::keys::NewKey;
use crate::terminal::said;
use crate::text::Name;

/// How long a client may take to send a request's headers.
const HEADERS_DEADLINE: Duration = Duration::from_secs(10);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// A server on this socket, not yet awaited.
///
/// # Errors
/// When the socket cannot be listened on.
pub fn server(
    site: Site,
    settings: &ServerSettings,
    socket: TcpListener,
) -> std::io::Result<Server> {
    let workers = match settings.workers {
        0 => std::thread::available_parallelism().map_or(1, |n| n.get().min(WORKERS_MAX.into())),
        given => given,
    };
    let server = HttpServer::new(move || app(&site))
        .workers(workers)
        .max_connections(settings.connections_max)
        .client_request_timeout(HEADERS_DEADLINE)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(settings.shutdown_seconds)
        .listen(socket)?;
    Ok(server.run())
}

/// Opens the database, sets up a first start, and serves until a signal says stop.
///
/// # Errors
/// A sentence for the person who started it.
pub fn serve(
    database: &DatabaseSettings,
    settings: &ServerSettings,
    sample: Option<&Path>,
) -> Result<(), String> {
    let db = Db::open(&database.database, database.reader_count()).map_err(said)?;
    let socket = TcpListener::bind(settings.listen)
        .map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
    // Port 0 asks for any free one: from here on the address is the real one.
    let listen = socket.local_addr().map_err(said)?;
    let settings = &ServerSettings { listen, ..settings.clone() };
    let public_url = settings.public_url();
    let welcome = match sample {
        None => None,
        Some(sample) => first_start(&db, sample, &public_url)?,
    };
    let site = Site::new(db, public_url.clone(), &settings.cors_origins)
        .map_err(said)?
        .with_server_timing(settings.server_timing);
    let server = server(site, settings, socket).map_err(said)?;
    tracing::info!(listen = %settings.listen, %public_url, database = %database.database, "serving");
    if let Some(welcome) = welcome {
        #[expect(clippy::print_stdout, reason = "the key is shown once, to the person who starts")]
        {
            println!("{welcome}");
        }
    }
    actix_web::rt::System::new().block_on(server).map_err(said)?;
    if let Err(error) = database.database.settle() {
        tracing::warn!(%error, "nothing is lost, but not all of it is in the file yet");
    }
    tracing::info!("stopped");
    Ok(())
}

/// With an empty database: imports and publishes the sample and makes an admin key.
fn first_start(db: &Db, sample: &Path, public_url: &PublicUrl) -> Result<Option<String>, String> {
    let empty = db.read_now(|conn| {
        Ok(crate::articles::sql::is_empty(conn)? && crate::keys::all(conn)?.is_empty())
    });
    let empty = empty.map_err(said)?;
    if !empty {
        return Ok(None);
    }
    let import = Import { db: db.clone(), publish: true };
    let mut report = Report::default();
    import.files(&[PathBuf::from(sample)], &mut report)?;
    let Some(slug) = report.slugs.first() else {
        return Err(format!("the sample {} was not taken", sample.display()));
    };
    let name = Name::parse("first start")?;
    let new = NewKey { name, scopes: vec![Scope::Admin], expires_at: None };
    let made = db.write_now(move |conn| crate::keys::insert(conn, &new));
    let made = made.map_err(said)?;
    let (token, article) = (made.token, crate::articles::path(slug));
    Ok(Some(format!(
        "\nThis is your admin key. It is shown this once:\n\n  {token}\n\nTry it:\n\n  \
         curl {public_url}{article}\n\n  \
         curl '{public_url}/v1/articles?tag=russia,china&include=quotes'\n\n  \
         curl -H 'Authorization: Bearer {token}' '{public_url}/v1/quotes?state=suggested'\n\n\
         The API browser is at {public_url}/docs/\n"
    )))
}
