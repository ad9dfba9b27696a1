//! The vocabulary of page furniture, and lines that say themselves what they are.

use super::lines::Line;
use super::{DropReason, Part, clock, origin, tail};

/// Buttons and labels. A line that is nothing but these, run together or not, is furniture.
const BUTTONS: &str = "\
    listen live|watch live|live|on air|get short url|short url|copy link|copy url|permalink|\
    community standards|community guidelines|discussion|comments|comment|leave a comment|\
    post a comment|add a comment|add comment|view comments|show comments|join the conversation|\
    write a comment|no comments|reply|report|report an error|like|dislike|share|share this|\
    share this article|share this story|share this page|share on facebook|share on twitter|\
    share on x|share via email|shares|facebook|twitter|whatsapp|telegram|linkedin|reddit|\
    pinterest|instagram|youtube|tweet|email|e-mail|mail|print|print this|save|save for later|\
    bookmark|follow|follow us|subscribe|subscribe now|sign in|sign up|sign out|log in|log out|\
    login|logout|register|my account|my profile|create account|newsletter|newsletters|\
    advertisement|advertising|sponsored|sponsored content|promoted|ad|ads|read more|read on|\
    read full story|more|show more|load more|see more|view more|see all|learn more|\
    continue reading|story continues below|story continues below advertisement|\
    article continues below|article continues after ad|skip to content|skip to main content|\
    skip ad|skip to navigation|back to top|to top|go to top|menu|search|close|open|next|\
    previous|prev|cookie policy|cookie settings|cookies|accept|accept all|accept cookies|\
    accept all cookies|reject all|manage preferences|privacy|privacy policy|privacy notice|\
    terms of use|terms of service|terms and conditions|terms & conditions|contact us|contact|\
    about us|about|help|faq|feedback|sitemap|rss|rss feed|careers|advertise with us|advertise|\
    editorial guidelines|corrections|imprint|legal notice|download app|download the app|\
    get the app|play|pause|mute|play video|watch video|listen|listen to this article|\
    listen to article|photo gallery|view gallery|enlarge|zoom|click to enlarge|image source|\
    getty images|breaking news|breaking|min read|mins read|minute read|minutes ago|hours ago|\
    hour ago|days ago|day ago|views|topics:|donate|support us|become a member|edition|\
    change language|select language|all rights reserved|by|on|to|and|or";

/// Sections: furniture only beside a button, or three in one line.
const SECTIONS: &str = "\
    home|news|world|politics|business|economy|opinion|sport|sports|culture|arts|entertainment|\
    science|technology|tech|health|travel|video|videos|photo|photos|weather|lifestyle|life|\
    style|multimedia|podcasts|podcast|radio|tv|local|uk|us|europe|africa|asia|americas|\
    middle east|environment|education|analysis|interviews|society";

/// Words that join buttons and are no button by themselves.
const JOINS: &str = "\
    by|on|to|and|or|more|open|live|report|accept|like";

const LINK_HEADINGS: &str = "\
    related|related:|related articles|related stories|related news|related content|\
    related topics|related links|related posts|more on this story|more on this topic|\
    more like this|see also|see also:|read also|read also:|read next|also read|up next|\
    more stories|more news|you may also like|you might also like|recommended|\
    recommended for you|most read|most popular|trending|trending now|top stories|latest news|\
    editor's picks|editors' picks|don't miss|further reading|in this series|\
    more from this author|read more:|from the archive";

const LINK_LABELS: &str = "\
    read more: |related: |see also: |read also: |also read: |read next: |more: |don't miss: ";

const TAG_LABELS: &str = "\
    tags:|tag:|topics:|keywords:|filed under:|tagged:|tagged with:|tagged with";

const PUBLISHED_LABELS: &str = "\
    first published on|first published at|first published|published on|published at|published|\
    posted on|posted at|posted|date published|publication date|date of publication";

const CHANGED_LABELS: &str = "\
    last updated on|last updated at|last updated|updated on|updated at|updated|last modified|\
    modified";

/// How a line of furniture may begin when it is short.
const OPENINGS: &str = "\
    sign up for |sign up to |subscribe to |follow us on |follow us @|follow @|download our |\
    click here |click to |share this |get the latest |get our |story continues|\
    article continues|image source|image caption|photo credit|picture credit|have a news tip|\
    got a tip|to comment on this|please sign in|please log in|log in to |sign in to |\
    register to |you must be logged in|comments are closed|enable javascript|\
    please enable javascript";

const COOKIE_PHRASES: &str = "\
    we use cookies|uses cookies|use of cookies|accept cookies|accept all cookies|\
    our cookie policy|cookies to improve|cookies to ensure|cookie preferences";

/// Notices in whole sentences are looked for in so many lines at each end of the page.
const EDGE_LINES: usize = 15;

/// Judges every line by itself.
pub(super) fn classify(lines: &[Line]) -> Vec<Part> {
    let first_prose = lines.iter().position(Line::is_prose).unwrap_or(lines.len());
    let judge = |(index, line): (usize, &Line)| {
        let edge = index < EDGE_LINES || index.saturating_add(EDGE_LINES) >= lines.len();
        let head = index <= first_prose || index < EDGE_LINES.min(6);
        part(line, edge, head)
    };
    lines.iter().enumerate().map(judge).collect()
}

fn part(line: &Line, edge: bool, head: bool) -> Part {
    if line.length > 400 {
        return Part::Text;
    }
    let low = line.text.to_lowercase().replace('’', "'");
    if edge && COOKIE_PHRASES.split('|').any(|phrase| low.contains(phrase)) {
        return Part::Dropped(DropReason::CookieNotice);
    }
    if line.length > 200 {
        return Part::Text;
    }
    if edge && is_copyright(&low) {
        return Part::Dropped(DropReason::Copyright);
    }
    if super::holds(LINK_HEADINGS, &low) {
        return Part::LinksHeading;
    }
    if matches!(
        low.as_str(),
        "tags"
            | "tags:"
            | "topics"
            | "topics:"
            | "keywords"
            | "keywords:"
            | "filed under"
            | "filed under:"
    ) {
        return Part::TagsHeading;
    }
    labelled(&line.text, &low, head).unwrap_or_else(|| {
        let opens = line.words <= 14 && OPENINGS.split('|').any(|opening| low.starts_with(opening));
        if opens || is_buttons(&line.text) {
            Part::Dropped(DropReason::Furniture)
        } else {
            Part::Text
        }
    })
}

fn is_copyright(low: &str) -> bool {
    let year = low.bytes().any(|byte| byte.is_ascii_digit());
    low.starts_with('©')
        || low.contains("all rights reserved")
        || (year && (low.starts_with("copyright") || low.starts_with("(c) ")))
}

/// Lines that name what they hold.
fn labelled(text: &str, low: &str, head: bool) -> Option<Part> {
    if let Some(title) = strip(text, low, LINK_LABELS)
        && title.split(' ').count() >= 3
    {
        return Some(Part::Link(title.to_owned()));
    }
    if let Some(list) = strip(text, low, TAG_LABELS) {
        let list = list.trim_start_matches([':', ' ']);
        if !list.is_empty() && list.split(' ').count() <= 4 && !list.contains(',') {
            return Some(Part::Tags(vec![list.to_owned()]));
        }
        return tail::terms(list).map(Part::Tags);
    }
    if let Some(name) = origin::source_line(text) {
        return Some(Part::Source(name));
    }
    if let Some(rest) = strip(text, low, PUBLISHED_LABELS) {
        let (stamp, rest) = clock::parse(rest.trim_start_matches([':', ' ']))?;
        let names = origin::byline(&rest).unwrap_or_default();
        return stamp.has_date().then(|| Part::Published(stamp.assumed(), names));
    }
    if let Some(rest) = strip(text, low, CHANGED_LABELS) {
        let (_, rest) = clock::parse(rest.trim_start_matches([':', ' ']))?;
        return rest.is_empty().then_some(Part::Dropped(DropReason::Date));
    }
    if head && let Some(names) = origin::byline(text) {
        return Some(Part::Byline(names));
    }
    match clock::parse(text) {
        Some((stamp, rest)) if rest.is_empty() => {
            let clock = stamp.has_time().then(|| Part::Clock(stamp.exact()));
            Some(clock.unwrap_or(Part::Dropped(DropReason::Date)))
        }
        _ => None,
    }
}

fn strip<'a>(text: &'a str, low: &str, labels: &str) -> Option<&'a str> {
    let label = labels.split('|').find(|label| low.starts_with(label))?;
    text.get(label.len()..)
}

/// Whether the line is nothing but buttons and labels, with or without spaces between them.
fn is_buttons(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let low: String = text.chars().flat_map(char::to_lowercase).collect();
    if low.len() != text.len() {
        return false;
    }
    let mut at = 0;
    let (mut buttons, mut sections) = (0_usize, 0_usize);
    loop {
        let rest = low.get(at..).unwrap_or_default();
        let letters = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        at += rest.len() - letters.len();
        if letters.is_empty() {
            return buttons >= 1 || sections >= 3;
        }
        let ends_well = |word: &str| {
            let end = text.get(at + word.len()..).unwrap_or_default();
            end.chars().next().is_none_or(|c| !c.is_alphabetic() || c.is_uppercase())
        };
        let longest = |words: &'static str| {
            let fits = words.split('|').filter(|word| letters.starts_with(word) && ends_well(word));
            fits.max_by_key(|word| word.len())
        };
        match (longest(BUTTONS), longest(SECTIONS)) {
            (Some(button), section)
                if section.is_none_or(|section| section.len() <= button.len()) =>
            {
                buttons += usize::from(!super::holds(JOINS, button) || letters.len() == low.len());
                at += button.len();
            }
            (_, Some(section)) => {
                sections += 1;
                at += section.len();
            }
            _ => return false,
        }
    }
}
