//! The pages of `docs/`, as HTML.

use std::path::{Component, Path};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// A page: where it is below `/docs/`, and what it is made from.
struct Page {
    address: &'static str,
    source: &'static str,
    text: &'static str,
}

macro_rules! pages {
    ($($address:literal: $source:literal),* $(,)?) => {
        [$(Page { address: $address, source: $source, text: include_str!(concat!("../../", $source)) }),*]
    };
}

/// Every page, in the order in which they are listed.
const PAGES: &[Page] = &pages![
    "tutorial": "docs/tutorial.md",
    "guides/filter": "docs/guides/filter.md",
    "guides/preview": "docs/guides/preview.md",
    "guides/moderate": "docs/guides/moderate.md",
    "guides/follow-changes": "docs/guides/follow-changes.md",
    "guides/cdn": "docs/guides/cdn.md",
    "guides/postgres": "docs/guides/postgres.md",
    "guides/backup": "docs/guides/backup.md",
    "scaling": "docs/scaling.md",
    "clients/typescript": "clients/typescript/README.md",
    "clients/python": "clients/python/README.md",
    "reference/endpoints": "docs/reference/endpoints.md",
    "reference/settings": "docs/reference/settings.md",
    "reference/errors": "docs/reference/errors.md",
    "reference/scopes": "docs/reference/scopes.md",
    "explanations/anchors": "docs/explanations/anchors.md",
    "explanations/event-log": "docs/explanations/event-log.md",
    "explanations/durability": "docs/explanations/durability.md",
    "decisions": "docs/decisions.md",
];

/// What is in the repository and elsewhere on this server.
const ELSEWHERE: [(&str, &str); 3] = [
    ("docs/README.md", ""),
    ("openapi/openapi.yaml", "../openapi.yaml"),
    ("openapi/openapi.json", "../openapi.json"),
];

/// How the pages are listed, by how their addresses begin.
const GROUPS: [(&str, &[&str]); 4] = [
    ("How to", &["guides/", "scaling"]),
    ("Clients", &["clients/"]),
    ("Reference", &["reference/"]),
    ("Why it is so", &["explanations/", "decisions"]),
];

/// The page at an address below `/docs/`; nothing where there is none.
pub(super) fn html(address: &str) -> Option<String> {
    if matches!(address, "" | "index.html") {
        return Some(browser());
    }
    let page = PAGES.iter().find(|page| page.address == address)?;
    let up = "../".repeat(address.matches('/').count());
    let main = format!("<main class=\"page\">\n{}</main>", body(page, &up));
    Some(framed(page.title(), &up, "", &main))
}

/// The API browser, under the list of all pages.
fn browser() -> String {
    let head = "<link rel=\"stylesheet\" href=\"./swagger-ui.css\">\n";
    let main = "<div id=\"swagger-ui\"></div>\n\
                <script src=\"./swagger-ui-bundle.js\"></script>\n\
                <script src=\"./swagger-ui-standalone-preset.js\"></script>\n\
                <script src=\"./swagger-initializer.js\"></script>";
    framed("The API browser", "./", head, main)
}

fn framed(title: &str, up: &str, head: &str, main: &str) -> String {
    let up = if up.is_empty() { "./" } else { up };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} · Onrecord</title>\n\
         <link rel=\"icon\" href=\"{up}favicon-32x32.png\">\n{head}\
         <link rel=\"stylesheet\" href=\"{up}docs.css\">\n</head>\n<body>\n\
         <header>\n{}</header>\n{main}\n</body>\n</html>\n",
        navigation(up, !head.is_empty())
    )
}

fn navigation(up: &str, is_first: bool) -> String {
    let link = |page: &Page| format!("<a href=\"{up}{}\">{}</a>", page.address, page.title());
    let mut parts = vec![format!(
        "<p class=\"home\"><a href=\"{up}\">Onrecord</a></p>\n<nav aria-label=\"Pages\">\n"
    )];
    let alone = PAGES.iter().filter(|page| page.address == "tutorial");
    parts.extend(alone.map(|page| format!("<p>{}</p>\n", link(page))));
    for (name, beginnings) in GROUPS {
        // Where one begins, the guides are there to be seen.
        let open = if is_first && beginnings.contains(&"guides/") { " open" } else { "" };
        parts.push(format!("<details{open}>\n<summary>{name}</summary>\n<ul>"));
        let group =
            PAGES.iter().filter(|page| beginnings.iter().any(|it| page.address.starts_with(it)));
        parts.extend(group.map(|page| format!("<li>{}</li>", link(page))));
        parts.push("</ul>\n</details>\n".to_owned());
    }
    parts.push("</nav>\n".to_owned());
    parts.concat()
}

impl Page {
    fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

/// A page's own text as HTML, its links leading to where pages are here.
fn body(page: &Page, up: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut leads = true;
    let events = Parser::new_ext(page.text, options).filter_map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let led = led(page, up, &dest_url);
            leads = led.is_some();
            let dest_url = CowStr::from(led?);
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        // What is not here is named, and leads nowhere.
        Event::End(TagEnd::Link) if !leads => None,
        // Comments in the sources are for whoever edits them.
        Event::Html(text) if text.starts_with("<!--") => None,
        other => Some(other),
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    // What is wider than the page is scrolled with the keyboard, too.
    text.replace("<pre>", "<pre tabindex=\"0\">")
}

/// Where a link of a source leads to here, if it does.
fn led(page: &Page, up: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with('#') {
        return Some(target.to_owned());
    }
    let (path, part) = match target.split_once('#') {
        Some((path, part)) => (path, format!("#{part}")),
        None => (target, String::new()),
    };
    let mut place = Path::new(page.source).parent().map(Path::to_path_buf).unwrap_or_default();
    for component in Path::new(path).components() {
        if component == Component::ParentDir {
            place.pop();
        } else {
            place.push(component);
        }
    }
    let up = if up.is_empty() { "./" } else { up };
    let here = PAGES.iter().find(|page| place == Path::new(page.source));
    let here = here.map(|page| page.address);
    let there = ELSEWHERE.iter().find(|(source, _)| place == Path::new(source));
    let address = here.or_else(|| there.map(|(_, address)| *address));
    Some(format!("{up}{}{part}", address?))
}
