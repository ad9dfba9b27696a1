//! Who wrote it and who reported it first: bylines and named sources.

/// Words of a byline that are somebody's job or house, not a name.
const NOT_NAMES: &str = "\
    editor|correspondent|reporter|writer|staff|news|bureau|agency|agencies|desk|team|press|\
    times|post|analyst|columnist|producer|contributor|online|reporters|media|radio|tv|\
    television|magazine|reuters|afp|ap|bbc|upi|january|february|march|april|june|july|august|\
    september|october|november|december";

const PARTICLES: &str = "\
    de|da|di|du|del|der|den|la|le|van|von|bin|al|ten|ter";

/// Words that tell an outlet from any other organisation.
const OUTLET_WORDS: &str = "\
    news|times|post|press|agency|tv|television|radio|broadcasting|guardian|telegraph|journal|\
    herald|tribune|gazette|magazine|observer|independent|mail|mirror|express|daily|weekly|\
    reuters|bloomberg|xinhua|tass|interfax|kyodo|yonhap|ansa|jazeera|sputnik|bbc|cnn|afp|ap|upi|\
    dpa|npr|zeitung|spiegel|monde|figaro|economist|politico|axios|nikkei|chronicle|globe|today|\
    wire|media|network|channel";

/// Organisations known by their initials that report, but publish no news.
const NOT_OUTLETS: &str = "\
    UN|EU|UK|US|USA|WHO|IMF|WTO|NATO|OECD|OPEC|NASA|UNICEF|UNESCO|UNHCR|FBI|CIA|NSA|IAEA|ASEAN|\
    BRICS|CBO|GAO|IRS|FDA|CDC|EPA|IEA|ILO|FAO|NGO|CEO|GDP|NHS|HRW|GMT";

const PHRASES: &str = "\
    according to a report by |according to a report from |according to a report in |\
    according to a report on |according to a report published by |according to reports by |\
    according to reports from |according to reports in |according to news agency |\
    as reported by |first reported by |was reported by |were reported by |reported by |\
    citing a report by |citing a report from |a report by |a report in |a report from |\
    according to ";

/// The authors named in a `By …` line, `None` when the line is something else.
pub(super) fn byline(text: &str) -> Option<Vec<String>> {
    let rest = ["By ", "BY ", "by ", "Written by ", "Author: ", "Authors: ", "By: "]
        .iter()
        .find_map(|label| text.strip_prefix(label))?;
    if rest.chars().count() > 120 {
        return None;
    }
    let rest = rest.trim_end_matches('.').replace(" and ", ", ").replace(" & ", ", ");
    let mut names = Vec::new();
    for (place, piece) in rest.split([',', '|', ';', '/', '•', '·', '–', '—']).enumerate() {
        let piece = piece.split(" for ").next().unwrap_or_default();
        let piece = piece.split(" in ").next().unwrap_or_default().trim();
        if is_person(piece) {
            names.push(piece.to_owned());
        } else if place == 0 {
            return None;
        }
    }
    Some(names)
}

fn is_person(piece: &str) -> bool {
    let words: Vec<&str> = piece.split(' ').collect();
    let named = words.iter().all(|word| {
        let letters =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
        let high = word.chars().next().is_some_and(char::is_uppercase);
        letters && (high || super::holds(PARTICLES, word))
    });
    let job = words.iter().any(|word| super::holds(NOT_NAMES, &word.to_lowercase()));
    named && !job && (2..=5).contains(&words.len())
}

/// The outlet in a `Source: Reuters` line.
pub(super) fn source_line(text: &str) -> Option<String> {
    let rest =
        ["Source: ", "SOURCE: ", "Sources: "].iter().find_map(|label| text.strip_prefix(label))?;
    let words = rest.split(' ').count();
    (words <= 5 && !rest.contains("://")).then(|| rest.trim_end_matches('.').to_owned())
}

/// The outlet that the first paragraphs name as the origin of the report.
pub(super) fn source(paragraphs: &[String]) -> Option<String> {
    paragraphs.iter().take(3).find_map(|paragraph| {
        let head: String = paragraph.chars().take(4000).collect();
        dateline(&head).or_else(|| PHRASES.split('|').find_map(|phrase| after(&head, phrase)))
    })
}

/// `MOSCOW (Reuters) - …`, `NEW YORK, Nov. 19 (UPI) — …`.
fn dateline(head: &str) -> Option<String> {
    let (place, rest) = head.split_once('(')?;
    let (name, rest) = rest.split_once(')')?;
    let capital = place
        .split([' ', ','])
        .next()
        .is_some_and(|word| word.chars().count() >= 2 && !word.chars().any(char::is_lowercase));
    let dash = rest.trim_start().starts_with(['-', '–', '—']);
    let short = place.chars().count() <= 50 && name.split(' ').count() <= 3;
    (capital && dash && short && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

fn after(head: &str, phrase: &str) -> Option<String> {
    head.match_indices(phrase).find_map(|(at, _)| {
        let rest = head.get(at.saturating_add(phrase.len())..)?;
        outlet(rest)
    })
}

/// The outlet's name at the beginning of the text, if it is one.
fn outlet(rest: &str) -> Option<String> {
    let (article, rest) = match rest.strip_prefix("the ").or_else(|| rest.strip_prefix("The ")) {
        Some(after) => (true, after),
        None => (false, rest),
    };
    let mut name: Vec<&str> = Vec::new();
    for word in rest.split(' ').take(6) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        if !bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            break;
        }
        name.push(bare);
        if bare.len() < word.len() {
            break;
        }
    }
    let known = name.iter().any(|word| super::holds(OUTLET_WORDS, &word.to_lowercase()));
    let initials = match name.as_slice() {
        [one] => (2..=6).contains(&one.len()) && one.chars().all(|c| c.is_ascii_uppercase()),
        _ => false,
    };
    let agency =
        rest.get(name.join(" ").len()..).is_some_and(|rest| rest.starts_with(" news agency"));
    let other = name.first().is_some_and(|first| super::holds(NOT_OUTLETS, first));
    let named = known || agency || (initials && !article && !other);
    (named && !name.is_empty()).then(|| name.join(" "))
}
