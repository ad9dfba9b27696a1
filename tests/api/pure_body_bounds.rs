//! Bodies: hostile ones are answered soon, and only what no article has is refused.

use std::time::{Duration, Instant};

use onrecord::articles::body::{BodyError, BodyFormat, Rendered, render};

fn rendered(format: BodyFormat, source: &str) -> Rendered {
    render(format, source).unwrap_or_else(|error| panic!("{source:.80}: {error}"))
}

/// A mebibyte, less where the compiler does not optimise.
const MIB: usize = if cfg!(debug_assertions) { 1 << 11 } else { 1 << 20 };

fn filled(piece: &str) -> String {
    piece.repeat(MIB / piece.len())
}

fn timed(format: BodyFormat, source: &str) -> (Result<Rendered, BodyError>, Duration) {
    let started = Instant::now();
    let result = render(format, source);
    (result, started.elapsed())
}

/// Pieces of HTML that are hard to parse over and over again.
const HTML_PIECES: &[&str] = &[
    "<div>",
    "<b>",
    "<p><b>",
    "<blockquote>",
    "<ul><li>",
    "<table><tr><td>",
    "<table>",
    "<svg>",
    "<math><mtext>",
    "<a href=x>",
    "<p>x",
    "<li>",
    "</p>",
    "</b>",
    "</x>",
    "<",
    "&",
    "<!--",
    "<!-->",
    "<template>",
    "<select><option>",
    "<button><p>",
    "<b><p></b>",
    "<p><i></p>",
    "<font size=1>",
    "<table><b></b>",
    "<table>x</table>",
    "<x a>",
    "<span><div></span>",
    "<td>",
    "<p>",
    "<br>",
    "<ruby><rt>",
    "<object>",
    "<form>",
    "<nobr>",
    "<h1>",
    "<dd>",
    "<frameset>",
    "<html a=b>",
    "\0",
];

/// Pieces of Markdown that are hard to parse over and over again.
const MARKDOWN_PIECES: &[&str] = &[
    "> ",
    "- ",
    "* a\n",
    "[",
    "![",
    "[a](",
    "*a_",
    "**a ",
    "`",
    "``` ",
    "<",
    "&",
    "|",
    "a|",
    "|-|\n",
    "[^a]",
    "[^a]: x\n\n",
    "\\",
    "_a*",
    "~~a",
    "<!--",
    "<?",
    "<a href=\"",
    "#",
    "1. ",
    "\t",
    "    ",
    "[a]: b\n",
    "[]",
    "]",
    "<div>\n\n",
    "> > 1. - ",
    "a**b",
    "*_",
    "<![CDATA[",
    "=\n",
    "a\n-\n",
    "\0",
    "[a][",
    "x  \n",
];

/// Pieces of text that are hard to render over and over again.
const TEXT_PIECES: &[&str] = &[
    "a",
    "a ",
    "a\n",
    "a\n\n",
    "<",
    "&",
    "&&&&&&&&&&\n",
    "\u{a0}",
    "é",
    "\u{301}",
    "e\u{301}",
    " ",
    "\n",
    "中",
];

fn numbered(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

/// A hostile number of pieces; fewer where the compiler does not optimise, as with [`MIB`].
fn many(count: usize, make: impl Fn(usize) -> String) -> String {
    numbered(if cfg!(debug_assertions) { count / 64 } else { count }, make)
}

fn hostile_html() -> Vec<String> {
    vec![
        format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000)),
        many(90_000, |n| format!("<b a={n}>")),
        many(70_000, |n| format!("<b a={n}></p>")),
        format!("{}{}", many(200, |n| format!("<b a{n}>")), filled("<p>x")),
        format!("{}{}", many(200, |n| format!("<font a{n}>")), filled("<p>")),
        format!("<table>{}", filled("<b></b>x")),
        format!("<table>{}", filled("x<tr>")),
        format!("<p {}>", many(120_000, |n| format!(" a{n}"))),
        format!("<p {}>", many(90_000, |n| format!("/a{n}="))),
        format!("<p {}>", many(80_000, |n| format!("a{n}=''"))),
        many(30, |tag| format!("<p {}>", many(3_900, |n| format!(" a{tag}{n}")))),
        format!("<!-- {}", filled("a ")),
        format!("<p title=\"{}\">x", filled("a")),
        format!("<p title=\"{}\">x", filled("&")),
        format!("{}{}", "a".repeat(MIB - MIB / 50), "&".repeat(MIB / 50)),
        filled("&&&&&&&&&&<b></b>"),
        many(30_000, |_| format!("<p title=\"{}\">", "&".repeat(20))),
        format!("<textarea>{}", filled("a <b>")),
        format!("<plaintext>{}", filled("a <b>")),
        format!("<script>{}", filled("<!--<script>")),
        many(20_000, |n| format!("<b a={n}><table><td></b></table>")),
        many(40_000, |n| format!("<b a={n}><p></b>")),
        many(8_000, |n| format!("{}</x{n}>", "<i>".repeat(20))),
    ]
}

fn hostile_markdown() -> Vec<String> {
    vec![
        format!("{}{}", "[".repeat(MIB / 2), "]".repeat(MIB / 2)),
        format!("{}a{}", "*".repeat(MIB / 2), "*".repeat(MIB / 2)),
        format!("{}\n{}\n{}", "a|".repeat(1_000), "-|".repeat(1_000), "a\n".repeat(500_000)),
        many(20_000, |n| format!("{}\n", " ".repeat(n % 50) + "- a")),
        many(1_400, |n| "`".repeat(n) + " "),
        format!("[a]: {}\n\n{}", "b".repeat(50_000), "[a] ".repeat(200_000)),
        many(60_000, |n| format!("[^{n}] ")),
        many(60_000, |n| format!("[^{n}]: x\n\n")),
    ]
}

/// Sources that make a careless parser quadratic, exponential or overflow its stack.
fn hostile_sources() -> impl Iterator<Item = (BodyFormat, String)> {
    let all = |format, pieces: &'static [&str], sources: Vec<String>| {
        let repeated = pieces.iter().map(|piece| filled(piece));
        repeated.chain(sources).map(move |source| (format, source))
    };
    all(BodyFormat::Html, HTML_PIECES, hostile_html())
        .chain(all(BodyFormat::Markdown, MARKDOWN_PIECES, hostile_markdown()))
        .chain(all(BodyFormat::Text, TEXT_PIECES, Vec::new()))
}

#[test]
fn render_answers_hostile_sources_soon() {
    let ordinary =
        filled("<p>The minister said that <a href=\"https://e.org\">the talks</a> go on.</p>");
    assert!(render(BodyFormat::Html, &ordinary).is_ok());
    let mut slowest = (Duration::ZERO, String::new());
    for (format, source) in hostile_sources() {
        let (_, taken) = timed(format, &source);
        let line =
            format!("{taken:?} {format:?} {:?}", source.chars().take(80).collect::<String>());
        if taken > slowest.0 {
            slowest = (taken, line);
        }
    }
    assert!(slowest.0 < Duration::from_secs(30), "{}", slowest.1);
}

#[test]
fn render_refuses_only_what_no_article_has() {
    let nested = |depth: usize| format!("{}x{}", "<div>".repeat(depth), "</div>".repeat(depth));
    assert_eq!(rendered(BodyFormat::Html, &nested(200)).text, "x");
    assert_eq!(render(BodyFormat::Html, &nested(300)), Err(BodyError::TooDeep));
    assert_eq!(render(BodyFormat::Html, &nested(100_000)), Err(BodyError::TooDeep));
    assert_eq!(
        render(BodyFormat::Markdown, &format!("{}x", "> ".repeat(1_000))),
        Err(BodyError::TooDeep)
    );
    assert_eq!(render(BodyFormat::Html, &"<br>".repeat(101_000)), Err(BodyError::TooManyElements));
    let attributes = numbered(9_000, |n| format!(" a{n}=\"\""));
    assert_eq!(
        render(BodyFormat::Html, &format!("<p{attributes}>")),
        Err(BodyError::TooManyAttributes)
    );
    assert_eq!(
        render(BodyFormat::Html, &"<b><p></b>x</p>".repeat(2_000)),
        Err(BodyError::TooTangled)
    );

    let sloppy = "<p>a<li>b<td>c<b>d<i>e</b>f</i><p>g</span></div><br></p>".repeat(200);
    assert!(render(BodyFormat::Html, &sloppy).is_ok());
    let pasted = format!(
        "<!-- {} --><img src=\"data:image/png;base64,{}\">",
        "w:x ".repeat(2_000),
        "a/bcdefg".repeat(3_000)
    );
    assert!(render(BodyFormat::Html, &pasted).is_ok());
    assert_eq!(render(BodyFormat::Text, &"&".repeat(1 << 17)), Err(BodyError::TooManyEscapes));
    assert!(render(BodyFormat::Text, &"&\u{a0}«»".repeat(10_000)).is_ok());
    let french = "Il a dit\u{a0}: «\u{a0}Nous verrons bien ce qui se passera après les élections\u{a0}», \
                  puis il est parti sans répondre aux questions des journalistes venus nombreux. ";
    assert!(render(BodyFormat::Text, &french.repeat(300)).is_ok());
}

#[test]
fn render_errors_say_what_there_is_too_much_of() {
    for (error, message) in [
        (BodyError::TooDeep, "elements are nested deeper than 256 levels"),
        (BodyError::TooManyElements, "there are more than 100000 elements"),
        (BodyError::TooManyAttributes, "a tag has more than 4000 attributes"),
        (
            BodyError::TooTangled,
            "more than 1000 tags are closed in the wrong order or misplaced in tables",
        ),
        (
            BodyError::TooManyEscapes,
            "too many characters, such as `&` or no-break spaces, need escaping for such a text",
        ),
    ] {
        assert_eq!(error.to_string(), message);
    }
}
