//! Load from wrk, and what it cost the process that answered it.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Connections of the reading workloads.
pub const CLIENTS: u32 = 16;
/// What the kernel counts processor time in (`USER_HZ`, the same on every Linux).
const TICK_US: f64 = 10_000.0;

/// One request as wrk sends it.
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub if_none_match: String,
    pub body: String,
}

impl Ask {
    pub fn get(path: &str) -> Self {
        let (if_none_match, body) = (String::new(), String::new());
        Self { method: "GET", path: path.to_owned(), if_none_match, body }
    }
}

/// The requests of a workload, in a file for wrk.
pub struct Asks(PathBuf);

impl Asks {
    pub fn write(folder: &Path, name: &str, asks: &[Ask]) -> Self {
        let mut text = String::new();
        for Ask { method, path, if_none_match, body } in asks {
            writeln!(text, "{method}\t{path}\t{if_none_match}\t{body}").unwrap();
        }
        let file = folder.join(format!("{name}.tsv"));
        std::fs::write(&file, text).unwrap();
        Self(file)
    }
}

/// What wrk saw in one run, and what the server spent.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub tried: u64,
    pub failed: u64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub cpu_us: f64,
}

/// How to load a server.
pub struct Load<'a> {
    pub address: SocketAddr,
    /// The process that answers.
    pub pid: u32,
    pub clients: u32,
    pub in_turn: bool,
    pub key: Option<&'a str>,
    pub time: Duration,
}

impl Load<'_> {
    /// Lets wrk send these requests for the load's time.
    pub fn run(&self, asks: &Asks) -> Seen {
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--latency", "--timeout", "10s"])
            .args(["--connections", &self.clients.to_string()])
            .args(["--duration", &format!("{}s", self.time.as_secs())])
            .args(["--script", concat!(env!("CARGO_MANIFEST_DIR"), "/benches/workloads/load.lua")]);
        if let Some(key) = self.key {
            wrk.args(["--header", &format!("Authorization: Bearer {key}")])
                .args(["--header", "Content-Type: application/json"]);
        }
        wrk.arg(format!("http://{}", self.address)).arg("--").arg(&asks.0);
        wrk.arg(if self.in_turn { "in-turn" } else { "random" });
        let before = cpu_us(self.pid);
        let output = wrk.output().expect("wrk must be installed: .ci/deps bench");
        let spent = cpu_us(self.pid) - before;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().find_map(|line| line.strip_prefix("figures "));
        let figures = line.unwrap_or_else(|| panic!("wrk: {output:?}"));
        let figures = figures.split(' ').map(|n| n.parse::<u64>().unwrap()).collect::<Vec<_>>();
        let [tried, micros, p50, p99, failed] = figures[..] else { panic!("wrk: {text}") };
        assert!(tried > 0, "wrk got no answer: {text}");
        Seen {
            tried,
            failed,
            per_second: tried as f64 * 1e6 / micros as f64,
            p50_ms: p50 as f64 / 1000.0,
            p99_ms: p99 as f64 / 1000.0,
            cpu_us: spent / tried as f64,
        }
    }
}

/// Processor time a process has used, in microseconds.
pub fn cpu_us(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name before it may hold blanks; proc(5) counts user and system time as fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = fields.split_whitespace().skip(11).take(2).map(|n| n.parse::<f64>().unwrap());
    ticks.sum::<f64>() * TICK_US
}

/// The memory of a process in MiB: its own now, and the most it has held with the files it maps.
pub fn memory_mib(pid: u32) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let of = |name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    };
    (of("RssAnon:"), of("VmHWM:"))
}
