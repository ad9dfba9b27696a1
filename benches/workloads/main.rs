//! The workloads behind the figures of the README, each beside its limit, round by round.
//!
//! `make bench`; wrk sends the load, `load.lua` says what.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub,
    reason = "a measurement that cannot go on says so by stopping, and its figures are for people"
)]

mod limit;
mod load;
mod report;

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use clap::Parser;
use load::{Ask, Asks, CLIENTS, Load, Seen};
use onrecord::answer::etag;
use onrecord::api::Site;
use onrecord::articles::NewArticle;
use onrecord::auth::Scope;
use onrecord::config::{CorsOrigins, PublicUrl};
use onrecord::db::{DatabaseUrl, Db};
use onrecord::demo;
use onrecord::keys::NewKey;
use onrecord::text::{Line, Name};
use report::{Results, Rounds};
use serde_json::Value;

/// How many different articles are asked for at most: their bodies are held for the limit.
const ARTICLES_ASKED_MAX: u32 = 10_000;
/// Bodies made for one run of a writing workload; more than any run takes.
const WRITES_MAX: u32 = 12_000;
/// What the server that keeps answers may keep: more than all that is asked for.
const KEPT_BYTES: &str = "268435456";
const W1: &str = "W1 one article";
/// Nine articles of ten carry this, so that there are deep pages.
const BROAD: &str = "/v1/articles?tag=-football";
/// The pages of a list by tag, as far as there are so many.
const PAGES: [usize; 3] = [1, 250, 1000];

/// Measures the workloads.
#[derive(Parser)]
struct Args {
    /// How many articles there are.
    #[arg(long, default_value_t = 10_000)]
    articles: u32,
    /// How often everything is measured.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// How many seconds each workload runs in a round.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Puts the table into the README.
    #[arg(long)]
    write_readme: bool,
    /// What cargo says to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A folder and a server that are gone when the measurement is over, however it ends.
struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// The release binary over this database, which keeps so many bytes of answers.
    fn start(url: &DatabaseUrl, kept: &str) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["serve", "--log", "warn", "--listen", &address.to_string()])
            .args(["--database", &url.to_string(), "--cache-bytes", kept])
            .spawn()
            .unwrap();
        let server = Self { child, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the server does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn get(&self, path: &str) -> Bytes {
        let mut answer = ureq::get(format!("http://{}{path}", self.address)).call().unwrap();
        answer.body_mut().read_to_vec().unwrap().into()
    }

    /// Whether it answers that what is known is still so.
    fn knows(&self, ask: &Ask) -> bool {
        let request = ureq::get(format!("http://{}{}", self.address, ask.path));
        request.header("If-None-Match", &ask.if_none_match).call().unwrap().status() == 304
    }

    fn total(&self) -> u64 {
        let page = self.get("/v1/articles?limit=1&count=exact");
        serde_json::from_slice::<Value>(&page).unwrap()["total"].as_u64().unwrap()
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let place = Place(folder);
    let url = DatabaseUrl::Sqlite(place.0.join("onrecord.db"));
    let db = Db::open(&url, 2).unwrap();
    println!("making {} articles", args.articles);
    demo::fill(&db, args.articles).unwrap();
    let name = Name::parse("bench").unwrap();
    let new = NewKey { name, scopes: vec![Scope::Admin], expires_at: None };
    let key = db.write_now(move |conn| onrecord::keys::insert(conn, &new)).unwrap().token;

    let server = Server::start(&url, "0");
    let keeping = Server::start(&url, KEPT_BYTES);
    let reads = Reads::new(&server, &place.0, args.articles);
    let public_url = "http://127.0.0.1".parse::<PublicUrl>().unwrap();
    let site = Site::new(db.clone(), public_url, &CorsOrigins::Any).unwrap();
    let limit = limit::serve(site, Arc::clone(&reads.bodies));
    let time = Duration::from_secs(args.seconds);

    let mut table = Table::default();
    let mut writes =
        Writes { db, folder: place.0.clone(), key, articles: args.articles, made: 0, time };
    for round in 1..=args.rounds {
        println!("round {round} of {}", args.rounds);
        reads.measure(&mut table, limit, (&server, &keeping), time);
        writes.measure(&mut table, &server);
        writes.beside(&mut table, &keeping, &reads);
    }
    let memory = load::memory_mib(keeping.child.id());
    Results::new(args.articles, memory, &table.0).tell(args.write_readme);

    let sum = |figure: fn(&Seen) -> u64| -> u64 {
        table.0.iter().flat_map(|one| &one.seen).map(figure).sum()
    };
    let (tried, failed) = (sum(|seen| seen.tried), sum(|seen| seen.failed));
    println!("bench: {tried} tried, {} ok, {failed} failed", tried - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every workload in the order it first ran.
#[derive(Default)]
struct Table(Vec<Rounds>);

impl Table {
    fn add(&mut self, name: &str, limit: Option<&str>, seen: Seen) {
        println!("  {name:34} {:9.0}/s {:8.1} µs CPU", seen.per_second, seen.cpu_us);
        match self.0.iter_mut().find(|one| one.name == name) {
            Some(one) => one.seen.push(seen),
            None => self.0.push(Rounds {
                name: name.to_owned(),
                limit: limit.map(ToOwned::to_owned),
                seen: vec![seen],
            }),
        }
    }
}

// --- Reading

/// A reading workload: its name, its limit's, and what is asked.
struct Read {
    name: String,
    limit: &'static str,
    asks: Asks,
    /// Whether it is also asked of a server that keeps answers.
    kept: bool,
}

/// The reading workloads, and every answer they get, for the limit.
struct Reads {
    bodies: limit::Bodies,
    /// The addresses of W1.
    one: Vec<String>,
    limits: Vec<(&'static str, Asks)>,
    all: Vec<Read>,
}

impl Reads {
    fn new(server: &Server, folder: &Path, articles: u32) -> Self {
        let one = (0..articles.min(ARTICLES_ASKED_MAX)).map(|n| {
            // Spread over all of them, when there are more than can be held.
            let number =
                u64::from(n) * u64::from(articles) / u64::from(articles.min(ARTICLES_ASKED_MAX));
            format!("/v1/articles/demo-article-{number}")
        });
        let one = one.collect::<Vec<_>>();
        let newest = vec!["/v1/articles".to_owned()];
        let (filters, searches) = (filters(), searches());
        let pages = walk(server, PAGES[PAGES.len() - 1]);
        let mut bodies = HashMap::new();
        for path in [&one, &newest, &filters, &searches, &pages[..1].to_vec()].into_iter().flatten()
        {
            bodies.insert(path.clone(), server.get(path));
        }
        let write = |name: &str, paths: &[String]| {
            let asks = paths.iter().map(|path| Ask::get(path)).collect::<Vec<_>>();
            Asks::write(folder, name, &asks)
        };
        let limits = vec![
            ("limit of W1", write("one", &one)),
            ("limit of W2", write("newest", &newest)),
            ("limit of W3", write("filters", &filters)),
            ("limit of W4", write("searches", &searches)),
        ];
        let mut reads = Vec::new();
        let mut read = |name: &str, limit, asks| {
            // Of many different searches few are kept when they come again; what is ranked is never kept.
            let kept = [W1, "W2 the 20 newest", "W3 a,(b|c),-d", "W7 not modified"].contains(&name);
            reads.push(Read { name: name.to_owned(), limit, asks, kept });
        };
        read(W1, "limit of W1", write("one", &one));
        read("W2 the 20 newest", "limit of W2", write("newest", &newest));
        read("W3 a,(b|c),-d", "limit of W3", write("filters", &filters));
        for page in PAGES.map(|page| page.min(pages.len())) {
            let asks = write(&format!("page-{page}"), &pages[page - 1..page]);
            read(&format!("W3 -a, page {page}"), "limit of W2", asks);
        }
        read("W4 full text, relevance, highlights", "limit of W4", write("searches", &searches));
        let said = write("said", &said(server));
        read("quotes of a speaker with words", "limit of W2", said);
        read("the 20 newest quotes", "limit of W2", write("quotes", &["/v1/quotes".to_owned()]));
        read("quotes of a speaker", "limit of W2", write("speakers", &speakers(server)));
        let known = Asks::write(folder, "known", &known(server, &one, &bodies));
        read("W7 not modified", "limit of W1", known);
        Self { bodies: Arc::new(bodies), one, limits, all: reads }
    }

    fn measure(
        &self,
        table: &mut Table,
        limit: SocketAddr,
        (server, keeping): (&Server, &Server),
        time: Duration,
    ) {
        let load =
            |address, pid| Load { address, pid, clients: CLIENTS, in_turn: false, key: None, time };
        let from_memory = load(limit, std::process::id());
        let from_server = load(server.address, server.child.id());
        let from_kept = load(keeping.address, keeping.child.id());
        for (name, asks) in &self.limits {
            table.add(name, None, from_memory.run(asks));
            for read in self.all.iter().filter(|read| read.limit == *name) {
                table.add(&read.name, Some(name), from_server.run(&read.asks));
                if read.kept {
                    let kept = format!("{}, kept", read.name);
                    table.add(&kept, Some(name), from_kept.run(&read.asks));
                }
            }
        }
    }
}

/// The same questions by who has the answers already.
fn known(server: &Server, paths: &[String], bodies: &HashMap<String, Bytes>) -> Vec<Ask> {
    let known =
        paths.iter().map(|path| Ask { if_none_match: etag(&bodies[path]), ..Ask::get(path) });
    let known = known.collect::<Vec<_>>();
    // wrk counts only what is refused as failed.
    assert!(known.iter().take(100).all(|ask| server.knows(ask)), "it was sent again");
    known
}

/// Twenty expressions over the demo's topics and places.
fn filters() -> Vec<String> {
    let topics = ["economy", "climate", "courts", "science", "trade"];
    let places = ["russia", "china", "berlin", "lagos"];
    let others = places.iter().cycle().skip(1);
    let pairs = places.iter().zip(others).collect::<Vec<_>>();
    let of_topic = |topic| {
        let of = pairs.iter().map(move |(place, other)| {
            format!("/v1/articles?tag={topic},({place}|{other}),-football")
        });
        of.collect::<Vec<_>>()
    };
    topics.into_iter().flat_map(of_topic).collect()
}

/// Twenty searches, from two words of many articles to a phrase of a few.
fn searches() -> Vec<String> {
    let places = ["berlin", "lagos", "tokyo", "zurich", "krakow"];
    let sought = ["budget", "%22new+bridge%22", "title:festival", "inqu*+OR+tunnel+-strike"];
    let of_place = |place| {
        let of = sought.iter().map(move |words| {
            format!("/v1/articles?q={place}+{words}&order=relevance&highlight=true")
        });
        of.collect::<Vec<_>>()
    };
    places.into_iter().flat_map(of_place).collect()
}

/// What each of twenty people has said with some words.
fn said(server: &Server) -> Vec<String> {
    let words = ["number", "%22long+enough%22", "money+-nobody", "opin*"];
    let all = speakers(server).into_iter().zip(words.iter().cycle());
    all.map(|(path, words)| format!("{path}&q={words}")).collect()
}

/// The quotes of each of twenty people.
fn speakers(server: &Server) -> Vec<String> {
    let people = serde_json::from_slice::<Value>(&server.get("/v1/people")).unwrap();
    let people = people["items"].as_array().unwrap().iter();
    people.map(|one| format!("/v1/quotes?speaker={}", one["slug"].as_str().unwrap())).collect()
}

/// The paths of the first `count` pages of the broad list, or of all there are.
fn walk(server: &Server, count: usize) -> Vec<String> {
    let mut paths = vec![BROAD.to_owned()];
    while paths.len() < count {
        let page = serde_json::from_slice::<Value>(&server.get(&paths[paths.len() - 1])).unwrap();
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        paths.push(format!("{BROAD}&cursor={cursor}"));
    }
    paths
}

// --- Writing

/// The writing workloads: each makes articles that nobody made before.
struct Writes {
    db: Db,
    folder: PathBuf,
    key: String,
    articles: u32,
    made: u32,
    time: Duration,
}

impl Writes {
    fn measure(&mut self, table: &mut Table, server: &Server) {
        let limit = "W5 one commit for each";
        let before = server.total();
        let alone = self.alone();
        table.add(limit, None, alone);
        let mut made = alone.tried;
        for (name, clients) in [("W5 create, 1 client", 1), ("W5 create, 16 clients", 16)] {
            let seen = self.create(server, clients);
            table.add(name, Some(limit), seen);
            made += seen.tried - seen.failed;
        }
        let after = server.total();
        assert!(
            after >= before + made,
            "{made} writes were acknowledged, {} are there",
            after - before
        );
    }

    /// Reads of one article, and one write among twenty requests.
    fn beside(&mut self, table: &mut Table, keeping: &Server, reads: &Reads) {
        let one = reads.one.iter().map(|path| Ask::get(path)).collect::<Vec<_>>();
        let creations = (0..one.len() / 19).map(|_| {
            let body = serde_json::to_string(&self.another()).unwrap();
            Ask { method: "POST", body, ..Ask::get("/v1/articles") }
        });
        let asks = one.into_iter().chain(creations.collect::<Vec<_>>()).collect::<Vec<_>>();
        let asks = Asks::write(&self.folder, "beside", &asks);
        let load = Load {
            address: keeping.address,
            pid: keeping.child.id(),
            clients: CLIENTS,
            in_turn: false,
            key: Some(&self.key),
            time: self.time,
        };
        let kept = format!("{W1}, kept");
        table.add("W6 19 of W1, kept, and 1 of W5", Some(&kept), load.run(&asks));
    }

    /// An article that is not there yet, with parts as the others have them.
    fn another(&mut self) -> NewArticle {
        let mut new = demo::article(self.made % self.articles).unwrap();
        self.made += 1;
        new.title = Line::parse(&format!("{}, part {}", new.title.as_str(), self.made)).unwrap();
        (new.slug, new.external_id) = (None, None);
        new
    }

    /// The same articles in this process, one after the other, a commit and its sync for each.
    fn alone(&mut self) -> Seen {
        let (begun, cpu) = (Instant::now(), load::cpu_us(std::process::id()));
        let mut times = Vec::new();
        while begun.elapsed() < self.time {
            let new = self.another();
            let started = Instant::now();
            demo::add(&self.db, new).unwrap().wait().unwrap();
            times.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        let (took, count) = (begun.elapsed().as_secs_f64(), times.len());
        let spent = load::cpu_us(std::process::id()) - cpu;
        times.sort_by(f64::total_cmp);
        Seen {
            tried: count as u64,
            failed: 0,
            per_second: count as f64 / took,
            p50_ms: times[count / 2],
            p99_ms: times[count * 99 / 100],
            cpu_us: spent / count as f64,
        }
    }

    fn create(&mut self, server: &Server, clients: u32) -> Seen {
        let asks = (0..WRITES_MAX).map(|_| {
            let body = serde_json::to_string(&self.another()).unwrap();
            Ask { method: "POST", body, ..Ask::get("/v1/articles") }
        });
        let asks = asks.collect::<Vec<_>>();
        let asks = Asks::write(&self.folder, "create", &asks);
        let load = Load {
            address: server.address,
            pid: server.child.id(),
            clients,
            in_turn: true,
            key: Some(&self.key),
            time: self.time,
        };
        load.run(&asks)
    }
}
