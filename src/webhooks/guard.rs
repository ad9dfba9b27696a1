//! Where webhooks may lead: to the public internet and nowhere else, whatever a name says it is.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The addresses of a name, as whoever is asked knows them.
pub type Names = Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>;

/// What the system says of a name.
pub(super) fn system_names() -> Names {
    Arc::new(|name: &str| Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect()))
}

/// Decides where webhooks may lead.
#[derive(Clone)]
pub(crate) struct Guard {
    /// Whether they may lead into one's own house, and without TLS.
    pub(super) allow_private: bool,
    pub(super) names: Names,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allow_private", &self.allow_private).finish_non_exhaustive()
    }
}

/// Why a name's address is not connected to.
#[derive(Debug)]
struct Forbidden(String);

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Forbidden {}

impl Guard {
    /// Reads a webhook's URL, as far as it can be judged without asking for its name's address.
    pub(super) fn url(&self, text: &str) -> Result<Url, String> {
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("must be a URL without blanks, tabs or line breaks".to_owned());
        }
        let url = Url::parse(text).map_err(|error| format!("must be a URL: {error}"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not carry a user name or password".to_owned());
        }
        if url.fragment().is_some() {
            return Err("must not have a fragment: it is never sent".to_owned());
        }
        match (url.scheme(), self.allow_private) {
            ("https", _) | ("http", true) => {}
            ("http", false) => {
                return Err("must begin with https:// (a server that is started with \
                            --allow-private-webhooks takes http://, too)"
                    .to_owned());
            }
            _ => return Err("must begin with https://".to_owned()),
        }
        if url.port() == Some(0) {
            return Err("must not have the port 0".to_owned());
        }
        let address = match url.host() {
            None => return Err("must name a host".to_owned()),
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(name)) => is_loopback(name).then_some(Ipv4Addr::LOCALHOST.into()),
        };
        match address {
            Some(address) if !self.allow_private && !is_public(address) => Err(format!(
                "must lead to the public internet: {} does not (--allow-private-webhooks lets it)",
                url.host_str().unwrap_or_default()
            )),
            _ => Ok(url),
        }
    }

    /// The addresses of a name, all of them fit to be connected to. A name with one that is not has none.
    fn addresses(
        &self,
        name: &str,
    ) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let addresses = (self.names)(name)?;
        let inside = addresses.iter().find(|address| !is_public(**address));
        if let Some(inside) = inside.filter(|_| !self.allow_private) {
            let why = format!("{name} is at {inside}, which is not on the public internet");
            return Err(Box::new(Forbidden(why)));
        }
        if addresses.is_empty() {
            return Err(Box::new(Forbidden(format!("{name} has no address"))));
        }
        Ok(addresses.into_iter().map(|address| SocketAddr::new(address, 0)).collect())
    }
}

/// What is asked when a connection is made: it goes to what was looked at, and to nothing else.
impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let looked = move || guard.addresses(name.as_str());
            let addresses = tokio::task::spawn_blocking(looked).await??;
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}

/// RFC 6761: such names are this machine everywhere.
fn is_loopback(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether an address is one of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// IANA's registry of special addresses, and what is not handed out.
fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127 | 224..=255, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    )
}

/// Of what is handed out (`2000::/3`), all but what leads elsewhere: Teredo and its like, 6to4, documentation. What
/// carries an IPv4 address (mapped, NAT64) is as that is.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let within = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            within(high, low)
        }
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
