//! Made-up articles, the same ones every time: for trying things out and for measuring.

use std::collections::VecDeque;

use crate::articles::record::Text;
use crate::articles::{NewArticle, Status, transfer, writing};
use crate::db::types::Moment;
use crate::db::{Db, Pending};
use crate::error::{Error, Result};
use crate::links::NewLink;
use crate::quotes::NewQuote;
use crate::quotes::replacing::Sender;
use crate::slug::Slug;
use crate::text::{Language, Line, Name, Prose, WebUrl};

/// When the first article was published; each next one came 17 minutes later.
const FIRST_PUBLISHED: &str = "2001-01-01T00:00:00Z";
const STEP_MS: i64 = 17 * 60 * 1000;
const UNDER_WAY_MAX: u32 = 32;

const TOPICS: [&str; 40] = [
    "economy",
    "security",
    "elections",
    "climate",
    "energy",
    "health",
    "education",
    "transport",
    "housing",
    "courts",
    "science",
    "space",
    "football",
    "cycling",
    "cinema",
    "music",
    "books",
    "food",
    "farming",
    "fishing",
    "trade",
    "banking",
    "taxes",
    "jobs",
    "migration",
    "police",
    "weather",
    "floods",
    "railways",
    "aviation",
    "shipping",
    "mining",
    "forests",
    "water",
    "cities",
    "villages",
    "museums",
    "radio",
    "opinion",
    "history",
];
const PLACES: [&str; 20] = [
    "Russia", "China", "Moscow", "Beijing", "Berlin", "Paris", "London", "Lagos", "Nairobi",
    "Cairo", "Delhi", "Tokyo", "Seoul", "Lima", "Bogotá", "Quito", "Oslo", "Porto", "Kraków",
    "Zürich",
];
const GIVEN: [&str; 16] = [
    "Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hanna", "Ivo", "Jun", "Kofi",
    "Lena", "Marta", "Nils", "Olga", "Pavel",
];
const FAMILY: [&str; 25] = [
    "Abbott", "Bauer", "Costa", "Demir", "Eriksen", "Fischer", "Garcia", "Horvat", "Ito", "Jensen",
    "Kaya", "Lopez", "Moreau", "Novak", "Okafor", "Petrov", "Quispe", "Rossi", "Silva", "Tanaka",
    "Umarov", "Varga", "Weber", "Xu", "Yilmaz",
];
const VERBS: [&str; 12] = [
    "watches",
    "welcomes",
    "questions",
    "delays",
    "plans",
    "reviews",
    "opens",
    "closes",
    "debates",
    "expects",
    "loses",
    "finds",
];
const THINGS: [&str; 16] = [
    "new bridge",
    "budget",
    "report",
    "agreement",
    "harvest",
    "inquiry",
    "festival",
    "strike",
    "reform",
    "tunnel",
    "summit",
    "election",
    "merger",
    "record",
    "shortage",
    "exhibition",
];
const SENTENCES: [&str; 12] = [
    "Officials met on Tuesday to go through the figures once more.",
    "The plan had been expected since the beginning of the year.",
    "Two earlier attempts had failed for want of money.",
    "Residents had asked for an answer before the summer.",
    "A decision is due within the next three months.",
    "The opposition called for a public hearing.",
    "Prices have risen by four per cent since last autumn.",
    "Independent experts are to look at the results.",
    "The ministry did not give a date.",
    "Similar projects elsewhere took twice as long.",
    "A first part is to be finished by December.",
    "Critics say the numbers do not add up.",
];
const SAYINGS: [&str; 8] = [
    "We have to look at every number again before we decide",
    "Nobody here believes that this will be finished in time",
    "The people who live here have waited long enough",
    "It is the first step, and not the last one",
    "I would not call that a success, and neither would they",
    "What we saw in the last two years must not happen again",
    "There is no money for a second attempt, and everyone knows it",
    "We were asked for our opinion and then nobody listened",
];

/// A sequence of numbers that looks random and is the same every time (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % bound).unwrap_or_default()
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let index = self.below(words.len());
        words.get(index).copied().unwrap_or_default()
    }

    fn person(&mut self) -> String {
        format!("{} {}", self.pick(&GIVEN), self.pick(&FAMILY))
    }
}

/// The slug of the article of this number.
fn slug(number: u32) -> String {
    format!("demo-article-{number}")
}

/// The article of this number, from 0: five tags, three quotes, five links.
///
/// # Errors
/// Never for numbers this module makes; the texts are checked like anybody's.
pub fn article(number: u32) -> std::result::Result<NewArticle, String> {
    let mut dice = Dice(u64::from(number).wrapping_mul(0x5851_f42d_4c95_7f2d));
    let place = dice.pick(&PLACES);
    let title = format!("{place} {} {} {number}", dice.pick(&VERBS), dice.pick(&THINGS));
    let mut paragraphs = Vec::new();
    let mut quotes = Vec::new();
    for part in 0..3 {
        let (speaker, role) = (dice.person(), dice.pick(&["minister", "researcher", "mayor"]));
        let said = format!("{}, as we said in part {part} of case {number}.", dice.pick(&SAYINGS));
        let lead = [dice.pick(&SENTENCES), dice.pick(&SENTENCES), dice.pick(&SENTENCES)].join(" ");
        paragraphs.push(lead);
        paragraphs.push(format!("“{said}” said {speaker}, {role}. {}", dice.pick(&SENTENCES)));
        quotes.push(quote(&said, &speaker, role, place)?);
    }
    let mut tags = vec![Name::parse(place)?];
    while tags.len() < 5 {
        let topic = Name::parse(dice.pick(&TOPICS))?;
        if !tags.contains(&topic) {
            tags.push(topic);
        }
    }
    let first = FIRST_PUBLISHED.parse::<Moment>().map_err(|error| error.to_string())?;
    let body = paragraphs.join("\n\n");
    Ok(NewArticle {
        title: Line::parse(&title)?,
        slug: Some(Slug::parse(&slug(number)).map_err(|error| error.to_string())?),
        status: Some(Status::Published),
        standfirst: Some(Prose::parse(dice.pick(&SENTENCES))?),
        dateline: Some(Line::parse(&format!("{}, Monday", place.to_uppercase()))?),
        language: Some(Language::parse("en")?),
        authors: vec![Name::parse(&dice.person())?],
        source: None,
        body,
        image: None,
        body_format: None,
        audio: None,
        tags,
        quotes,
        quote_changes: Vec::new(),
        links: links(number, &mut dice)?,
        comments: None,
        published_at: Some(first.plus_millis(i64::from(number) * STEP_MS)),
        external_id: Some(Line::parse(&format!("demo:{number}"))?),
    })
}

fn quote(
    said: &str,
    speaker: &str,
    role: &str,
    place: &str,
) -> std::result::Result<NewQuote, String> {
    Ok(NewQuote {
        text: Prose::parse(said)?,
        kind: None,
        speaker: None,
        speaker_name: Some(Name::parse(speaker)?),
        role: Some(Line::parse(role)?),
        affiliation: Some(Line::parse(&format!("City of {place}"))?),
        cue: Some(Line::parse("said")?),
        context: None,
        said_at: None,
        language: None,
        original_text: None,
        original_language: None,
        anonymity_reason: None,
        state: None,
        position: None,
    })
}

fn links(number: u32, dice: &mut Dice) -> std::result::Result<Vec<NewLink>, String> {
    let mut links = Vec::new();
    for place in 0..5_u32 {
        let title = Some(Line::parse(&format!("Background {place} to {}", dice.pick(&THINGS)))?);
        // Only to what is there by then: on PostgreSQL articles under way overtake each other.
        let earlier = number.saturating_sub(UNDER_WAY_MAX);
        let earlier = usize::try_from(earlier).ok().filter(|count| *count > 0 && place < 2);
        let link = if let Some(count) = earlier {
            let target = u32::try_from(dice.below(count)).unwrap_or_default();
            let target = Some(Name::parse(&slug(target))?);
            NewLink { rel: None, title: None, url: None, target, position: None }
        } else {
            let url = format!("https://example.com/{number}/{place}");
            let url = Some(WebUrl::parse(&url)?);
            NewLink { rel: None, title, url, target: None, position: None }
        };
        links.push(link);
    }
    Ok(links)
}

/// Adds an article, unless it is there.
///
/// # Errors
/// When its body cannot be rendered, or the database's threads are gone.
pub fn add(db: &Db, new: NewArticle) -> Result<Pending<()>> {
    let text = Text::of(&new)?;
    db.write_soon(move |conn| match transfer::known(conn, &new)? {
        Some(_) => Ok(()),
        None => writing::insert(conn, &new, &text, None, Sender::Import).map(|_| ()),
    })
}

/// Fills a database with the first `count` articles; those that are there stay as they are.
///
/// # Errors
/// When the database cannot be written.
pub fn fill(db: &Db, count: u32) -> Result<()> {
    let mut under_way = VecDeque::<Pending<()>>::new();
    for number in 0..count {
        under_way.push_back(add(db, article(number).map_err(Error::internal)?)?);
        if u32::try_from(under_way.len()).is_ok_and(|count| count == UNDER_WAY_MAX) {
            let half = under_way.drain(..under_way.len() / 2);
            half.into_iter().try_for_each(Pending::wait)?;
        }
    }
    under_way.into_iter().try_for_each(Pending::wait)
}
