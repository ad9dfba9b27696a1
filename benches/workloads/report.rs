//! The table: printed, kept in `benches/results.json`, compared with the one kept before.

use std::fmt::Write as _;

use onrecord::db::types::Moment;
use serde::{Deserialize, Serialize};

use crate::load::Seen;

const RESULTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/results.json");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const BEGIN: &str = "<!-- begin: figures -->";
const END: &str = "<!-- end: figures -->";
/// How much a ratio moves from run to run, whatever the rounds of one run say.
const NOISE_MIN: f64 = 0.1;

/// A run: what was measured, and on what.
#[derive(Serialize, Deserialize)]
pub struct Results {
    pub date: String,
    pub articles: u32,
    pub rounds: u32,
    pub rustc: String,
    pub cores: usize,
    /// The server's own memory at the end; and the most it held, the database's file as it is mapped by
    /// each reader included.
    pub memory_own_mib: f64,
    pub memory_mib: f64,
    pub workloads: Vec<Workload>,
}

/// The medians of one workload.
#[derive(Serialize, Deserialize)]
pub struct Workload {
    pub name: String,
    /// The workload it is measured against, round by round.
    pub limit: Option<String>,
    pub per_second: f64,
    pub ratio: Option<f64>,
    /// How far the ratios of the rounds lie apart, as a part of their median.
    pub ratio_spread: Option<f64>,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub cpu_us: f64,
}

/// The rounds of one workload, and which other one is its limit.
pub struct Rounds {
    pub name: String,
    pub limit: Option<String>,
    pub seen: Vec<Seen>,
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values = values.collect::<Vec<_>>();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Keeps what a reader can use of a figure: three places.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

impl Results {
    pub fn new(articles: u32, (own, most): (f64, f64), all: &[Rounds]) -> Self {
        let rustc = std::process::Command::new("rustc").arg("--version").output().unwrap();
        Self {
            date: Moment::now().to_string(),
            articles,
            rounds: all[0].seen.len().try_into().unwrap(),
            rustc: String::from_utf8_lossy(&rustc.stdout).trim().to_owned(),
            cores: std::thread::available_parallelism().unwrap().get(),
            memory_own_mib: own.round(),
            memory_mib: most.round(),
            workloads: all.iter().map(|one| Workload::new(one, all)).collect(),
        }
    }

    fn table(&self) -> String {
        let Self { articles, rounds, rustc, cores, workloads, .. } = self;
        let Self { memory_own_mib: own, memory_mib: most, .. } = self;
        let mut text =
            "| workload | requests/s | of its limit | p50 ms | p99 ms | CPU µs/request |\n\
                        |---|---:|---:|---:|---:|---:|\n"
                .to_owned();
        for one in workloads {
            let ratio = match (&one.limit, one.ratio) {
                (Some(limit), Some(ratio)) => format!("{ratio:.3} × {limit}"),
                _ => String::new(),
            };
            let Workload { name, per_second, p50_ms, p99_ms, cpu_us, .. } = one;
            // A bare `|` would end the cell.
            let name = name.replace('|', r"\|");
            writeln!(
                text,
                "| {name} | {per_second:.0} | {ratio} | {p50_ms:.2} | {p99_ms:.2} | {cpu_us:.0} |"
            )
            .unwrap();
        }
        writeln!(
            text,
            "\nMedians of {rounds} rounds over {articles} articles on {cores} cores ({rustc}); the server \
             held {own} MiB of its own at the end, at most {most} with the mapped file. A ratio is the median of each round's own."
        )
        .unwrap();
        text
    }

    /// Prints the table, says what moved since the last run that was kept, and keeps this one.
    pub fn tell(&self, write_readme: bool) {
        println!("\n{}", self.table());
        if let Ok(text) = std::fs::read_to_string(RESULTS) {
            self.compare(&serde_json::from_str(&text).expect("benches/results.json"));
        }
        std::fs::write(RESULTS, serde_json::to_string_pretty(self).unwrap() + "\n").unwrap();
        if write_readme {
            self.write_readme();
        }
    }

    fn compare(&self, before: &Self) {
        if before.articles != self.articles {
            println!("not compared: the run kept before was over {} articles", before.articles);
            return;
        }
        let mut moved = 0;
        for now in &self.workloads {
            let Some(then) = before.workloads.iter().find(|then| then.name == now.name) else {
                continue;
            };
            let (Some(was), Some(is)) = (then.ratio, now.ratio) else { continue };
            let spread = |one: &Workload| one.ratio_spread.unwrap_or_default();
            let noise = spread(then).max(spread(now)).max(NOISE_MIN);
            if (is - was).abs() > noise * was {
                println!("moved: {}: {was:.3} → {is:.3}", now.name);
                moved += 1;
            }
        }
        println!("{moved} workloads moved beyond the noise since {}", before.date);
    }

    fn write_readme(&self) {
        let Ok(readme) = std::fs::read_to_string(README) else { return };
        let Some((before, rest)) = readme.split_once(BEGIN) else { return };
        let Some((_, after)) = rest.split_once(END) else { return };
        let table = self.table();
        std::fs::write(README, format!("{before}{BEGIN}\n{table}{END}{after}")).unwrap();
    }
}

impl Workload {
    fn new(rounds: &Rounds, all: &[Rounds]) -> Self {
        let Rounds { name, limit, seen } = rounds;
        let of = |figure: fn(&Seen) -> f64| rounded(median(seen.iter().map(figure)));
        let limits = limit.as_ref().and_then(|limit| all.iter().find(|one| one.name == *limit));
        let ratios = limits.map(|limits| {
            let both = seen.iter().zip(&limits.seen);
            both.map(|(one, limit)| one.per_second / limit.per_second).collect::<Vec<_>>()
        });
        let ratio = ratios.as_ref().map(|ratios| median(ratios.iter().copied()));
        let ratio_spread = ratios.zip(ratio).map(|(ratios, ratio)| {
            let most = ratios.iter().copied().fold(f64::MIN, f64::max);
            let least = ratios.iter().copied().fold(f64::MAX, f64::min);
            rounded((most - least) / ratio)
        });
        Self {
            name: name.clone(),
            limit: limit.clone(),
            per_second: of(|seen| seen.per_second),
            ratio: ratio.map(rounded),
            ratio_spread,
            p50_ms: of(|seen| seen.p50_ms),
            p99_ms: of(|seen| seen.p99_ms),
            cpu_us: of(|seen| seen.cpu_us),
        }
    }
}
