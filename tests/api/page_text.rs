//! The page reader against the shared fixtures, and against small pages written here.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::import::page_text::{DropReason, PageTextError, read};

use crate::program::{repository, shared};

fn strings(value: &serde_json::Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

#[test]
fn seed_page_gives_what_is_expected() {
    let folder = repository("examples/seed");
    let expected = fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let text = fs::read_to_string(folder.join("000_dc70cf76e71f894f.txt")).unwrap();
    for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}\n")] {
        let page = read(&text).unwrap();
        assert_eq!(page.paragraphs, strings(&expected["body"]));
        assert_eq!(page.paragraphs.len(), 12);
        let links: Vec<String> = expected["related_links"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| link["title"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(page.links, links);
        assert_eq!(page.tags, strings(&expected["tags"]));
        assert_eq!(page.authors, strings(&expected["authors"]));
        assert_eq!(page.source_name.as_deref(), Some("CCTV"));
        assert_eq!(page.retrieved_at, Some("2020-09-21T17:23:00Z".parse().unwrap()));
        assert_eq!(page.published_at, None);
        assert!(page.title_derived);
        assert_eq!(page.title, page.paragraphs[0]);
        assert_eq!(page.standfirst.as_ref(), page.paragraphs.first());
        let dropped: Vec<&str> = page.dropped.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(dropped, strings(&expected["furniture"]));
        assert_eq!(page.dropped[0].line, 1);
        assert_eq!(page.dropped[0].reason, DropReason::PageClock);
        assert_eq!(page.dropped[3].line, 36);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = VecDeque::from([folder.to_owned()]);
    while let Some(folder) = folders.pop_front() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push_back(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn plain_stories_lose_nothing() {
    let Some(folder) = shared("news/bbc_txt") else { return };
    let files = files(&folder);
    assert!(files.len() > 100);
    let mut wrong = Vec::new();
    for file in &files {
        let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
        let page = read(&text).unwrap();
        let (headline, rest) = text.trim_start().split_once('\n').unwrap();
        let words: Vec<&str> = rest.split_whitespace().collect();
        let kept: Vec<&str> = page.paragraphs.iter().flat_map(|p| p.split_whitespace()).collect();
        let headline = headline.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean = page.links.is_empty() && page.tags.is_empty() && page.dropped.is_empty();
        if words != kept || page.title != headline || page.title_derived || !clean {
            wrong.push((file, page.title, page.links, page.tags, page.dropped));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), files.len());
    println!("{} stories", files.len());
}

const LEAD: &str = "The council voted on Monday to rebuild the old bridge over the river.";
const MORE: &str = "Work will begin in spring and take two years, the mayor told reporters.";

#[test]
fn a_page_with_everything() {
    let page = read(&format!(
        "Home News Sport Weather\nSign inSubscribe\nWe use cookies to improve your visit. Accept all\nPolitics\n\
         Council Votes to Rebuild Bridge\nBy Jane Doe and Max van der Berg, Political Editor\n\
         Published: 3 May 2019 10:30 BST\nUpdated 4 May 2019\n{LEAD}\nAdvertisement\n{MORE}\n\
         Read more: The Bridge That Nobody Wanted\n{LEAD}\nRelated stories\nFlood warning lifted for the valley\n\
         Mayor to stand again\nTags: bridge, council, river\nShare on Facebook\n© 2019 The Paper. All rights reserved."
    ))
    .unwrap();
    assert_eq!(page.title, "Council Votes to Rebuild Bridge");
    assert!(!page.title_derived);
    assert_eq!(page.authors, ["Jane Doe", "Max van der Berg"]);
    assert_eq!(page.published_at, Some("2019-05-03T09:30:00Z".parse().unwrap()));
    assert_eq!(page.retrieved_at, None);
    assert_eq!(page.paragraphs, [LEAD, MORE, LEAD]);
    assert_eq!(
        page.links,
        [
            "The Bridge That Nobody Wanted",
            "Flood warning lifted for the valley",
            "Mayor to stand again"
        ]
    );
    assert_eq!(page.tags, ["bridge", "council", "river"]);
    let reasons: Vec<DropReason> = page.dropped.iter().map(|line| line.reason).collect();
    assert_eq!(
        reasons,
        [
            DropReason::Furniture,
            DropReason::Furniture,
            DropReason::CookieNotice,
            DropReason::SectionLabel,
            DropReason::Date,
            DropReason::Furniture,
            DropReason::ListHeading,
            DropReason::Furniture,
            DropReason::Copyright
        ]
    );
}

#[test]
fn a_short_last_paragraph_stays_a_paragraph() {
    for last in [
        "The hearing continues",
        "Additional reporting by staff in Rome",
        "Hyypia, Traore, Hamann",
        "78,000",
    ] {
        let page = read(&format!("Bridge to be rebuilt\n\n{LEAD}\n\n{MORE}\n\n{last}\n")).unwrap();
        assert_eq!(page.paragraphs, [LEAD, MORE, last]);
        assert!(page.links.is_empty() && page.tags.is_empty() && page.dropped.is_empty());
        let page =
            read(&format!("Bridge to be rebuilt\n\n{LEAD}\n\n{MORE}\n\n{last}\nShare\n")).unwrap();
        assert!(page.links.is_empty(), "{last}");
    }
}

#[test]
fn short_odd_and_empty_texts() {
    assert_eq!(read(""), Err(PageTextError::Empty));
    assert_eq!(read(" \u{a0}\r\n\t\u{feff}"), Err(PageTextError::Empty));
    assert_eq!(read("Listen Live\n17:23\nShare"), Err(PageTextError::NoBody(3)));
    let page = read("One line").unwrap();
    assert_eq!((page.title.as_str(), page.title_derived), ("One line", true));
    assert_eq!(page.paragraphs, ["One line"]);
    let page = read(&format!("{LEAD} {MORE}")).unwrap();
    assert_eq!((page.title.as_str(), page.title_derived), (LEAD, true));
    let long = "word ".repeat(200);
    let title = read(&long).unwrap().title;
    assert!(title.chars().count() <= 300 && title.ends_with("word…"));
    let page =
        read(&format!("Bridge opens: what next? - The Paper\nBridge opens: what next?\n{LEAD}"))
            .unwrap();
    assert_eq!(page.title, "Bridge opens: what next?");
    assert_eq!(page.paragraphs, [LEAD]);
}

#[test]
fn wrapped_lines_are_joined() {
    let page = read(
        "Bridge to be rebuilt at last\n\nThe council voted on Monday to rebuild the\nold bridge over the river, \
         which a flood\ntook away two years ago.\n\nWork will begin in the spring of the next\nyear and take two years \
         in all, the mayor\ntold reporters.\n",
    )
    .unwrap();
    assert_eq!(page.paragraphs.len(), 2);
    assert!(page.paragraphs[1].ends_with("two years in all, the mayor told reporters."));
}

#[test]
fn sources() {
    for (lead, source) in [
        (
            "MOSCOW (Reuters) - The bridge will be rebuilt after the flood, officials said.",
            Some("Reuters"),
        ),
        ("The bridge will be rebuilt, according to a report by Kyodo News.", Some("Kyodo News")),
        ("The bridge will be rebuilt, the Interfax news agency said on Monday.", None),
        ("The bridge will be rebuilt, according to a report by the National Audit Office.", None),
        ("The bridge will be rebuilt, according to Jane Doe.", None),
        ("The bridge will be rebuilt, according to the Xinhua news agency.", Some("Xinhua")),
    ] {
        assert_eq!(read(lead).unwrap().source_name.as_deref(), source, "{lead}");
    }
}

#[test]
fn large_texts_take_linear_time() {
    let prose = format!("{LEAD} {MORE}\n\n").repeat(3_500);
    let one_line = "word ".repeat(100_000);
    let short = "a, b\n".repeat(100_000);
    for text in [prose, one_line, short, "x".repeat(500_000), "“".repeat(150_000)] {
        let start = std::time::Instant::now();
        assert!(read(&text).is_ok());
        assert!(start.elapsed().as_secs() < 10, "{} bytes took too long", text.len());
    }
}

#[test]
fn another_page_of_the_same_structure() {
    let page = read(&format!(
        "Listen Live\n08:05 GMT+3 1 June 2021\n    Get short URL\n\n    {LEAD}\n\n    {MORE}\n\n\n    \
         Mayor to Open New Bridge Before the Summer\n    bridge, town council\n    DiscussionCommunity standards"
    ))
    .unwrap();
    assert_eq!(page.retrieved_at, Some("2021-06-01T05:05:00Z".parse().unwrap()));
    assert_eq!(page.paragraphs, [LEAD, MORE]);
    assert_eq!(page.links, ["Mayor to Open New Bridge Before the Summer"]);
    assert_eq!(page.tags, ["bridge", "town council"]);
    assert!(page.title_derived);
    assert_eq!(page.title, LEAD);
    assert_eq!(page.dropped.len(), 4);
}
