//! The running server: listening, stopping, and what a first start sets up.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::{Server, ServerHandle};
use futures_util::future::{Either, select};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::api::{Site, app};
use crate::auth::Scope;
use crate::config::{DatabaseSettings, PublicUrl, ServerSettings, WORKERS_MAX};
use crate::db::Db;
use crate::import::{Import, Report};
use crate::keys::NewKey;
use crate::media::Media;
use crate::terminal::said;
use crate::text::Name;

/// How long a client may take to send a request's headers.
const HEADERS_DEADLINE: Duration = Duration::from_secs(10);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// A server on this socket, not yet awaited; its handle stops it.
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
        .disable_signals()
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
    let db = Db::open(&database.database, database.reader_count())
        .and_then(|db| db.reading_from(&settings.database_replicas))
        .map_err(said)?;
    let socket = TcpListener::bind(settings.listen)
        .map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
    // Port 0 asks for any free one: from here on the address is the real one.
    let listen = socket.local_addr().map_err(said)?;
    let settings = &ServerSettings { listen, ..settings.clone() };
    let addresses = settings.addresses();
    let public_url = addresses.public_url.clone();
    let welcome = match sample {
        None => None,
        Some(sample) => first_start(&db, sample, &public_url)?,
    };
    let media = settings.media_url(&database.database);
    let site = Site::new(db, addresses, &settings.cors_origins)
        .map_err(said)?
        .with_media(Media::open(&media, settings.image_bytes_max)?)
        .with_changes(settings.changes_kept, settings.stream_patience_seconds)
        .with_cache(&settings.cache)
        .with_server_timing(settings.server_timing);
    let counted = site.clone();
    let running = async {
        // Before anybody is answered: whoever says stop from then on is heard.
        let stop = Stop::listen()?;
        let server = server(site.clone(), settings, socket)?;
        tracing::info!(listen = %settings.listen, %public_url, database = %database.database, "serving");
        if let Some(welcome) = welcome {
            #[expect(
                clippy::print_stdout,
                reason = "the key is shown once, to the person who starts"
            )]
            {
                println!("{welcome}");
            }
        }
        actix_web::rt::spawn(stop.bring(server.handle(), site.clone()));
        server.await
    };
    actix_web::rt::System::new().block_on(running).map_err(said)?;
    counted.settle();
    if let Err(error) = database.database.settle() {
        tracing::warn!(%error, "nothing is lost, but not all of it is in the file yet");
    }
    tracing::info!("stopped");
    Ok(())
}

/// The signals that say stop.
struct Stop {
    /// Finish what is in flight.
    terminate: Signal,
    /// At once: Ctrl-C.
    interrupt: Signal,
    /// At once.
    quit: Signal,
}

impl Stop {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
        })
    }

    /// Waits for the first of them and stops the server as it says.
    async fn bring(mut self, server: ServerHandle, site: Site) {
        let terminate = pin!(self.terminate.recv());
        let interrupt = pin!(self.interrupt.recv());
        let quit = pin!(self.quit.recv());
        if let Either::Left((_, at_once)) = select(terminate, select(interrupt, quit)).await {
            tracing::info!("stopping when what is in flight is finished");
            site.close();
            let finished = pin!(server.stop(true));
            if let Either::Left(_) = select(finished, at_once).await {
                return;
            }
        }
        tracing::info!("stopping at once");
        server.stop(false).await;
    }
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
