//! Bodies: what is shown, what is plain, and what is refused.

use onrecord::articles::body::{BodyFormat, Rendered, render, word_count};
use proptest::prelude::*;

fn rendered(format: BodyFormat, source: &str) -> Rendered {
    render(format, source).unwrap_or_else(|error| panic!("{source:.80}: {error}"))
}

#[test]
fn render_markdown_shows_what_newsrooms_write() {
    for (source, html, text) in [
        ("", "", ""),
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two\nlines.</p>", "One.\n\nTwo lines."),
        ("Hard  \nbreak", "<p>Hard<br>\nbreak</p>", "Hard\nbreak"),
        (
            "# Title\n\nA *b* **c** ~~d~~ `e`.",
            "<h1>Title</h1>\n<p>A <em>b</em> <strong>c</strong> <del>d</del> <code>e</code>.</p>",
            "Title\n\nA b c d e.",
        ),
        (
            "[x](https://example.org \"t\")",
            "<p><a href=\"https://example.org\" title=\"t\" rel=\"noopener noreferrer\">x</a></p>",
            "x",
        ),
        (
            "- a\n- b\n  - c\n",
            "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>",
            "a\nb\nc",
        ),
        (
            "|a|b|\n|-|:-:|\n|1|2|\n",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table>",
            "a\nb\n1\n2",
        ),
        (
            "> quoted\n\nafter",
            "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>after</p>",
            "quoted\n\nafter",
        ),
        ("\"Straight\" -- it's...", "<p>\"Straight\" -- it's...</p>", "\"Straight\" -- it's..."),
        (
            "He said so.[^b] And so.[^a]\n\n[^a]: Note *one*.\n\n[^b]: Note two.\n",
            "<p>He said so.<sup>[1]</sup> And so.<sup>[2]</sup></p>\n<div><p><sup>[2]</sup> Note <em>one</em>.</p>\n</div>\n<div><p><sup>[1]</sup> Note two.</p>\n</div>",
            "He said so.[1] And so.[2]\n\n[2] Note one.\n\n[1] Note two.",
        ),
        ("a <b onclick=\"x()\">b</b> <script>alert(1)</script>c", "<p>a <b>b</b> c</p>", "a b c"),
        ("[x](javascript:alert(1))", "<p><a rel=\"noopener noreferrer\">x</a></p>", "x"),
        (
            "![A *view*](https://e.org/a.jpg)",
            "<p><img src=\"https://e.org/a.jpg\" alt=\"A view\"></p>",
            "",
        ),
    ] {
        let shown = rendered(BodyFormat::Markdown, source);
        assert_eq!(shown.html.trim(), html, "{source}");
        assert_eq!(shown.text, text, "{source}");
    }
}

#[test]
fn render_text_keeps_paragraphs_and_lines() {
    for (source, html, text) in [
        ("", "", ""),
        (" \n\n ", "", ""),
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two<br>\nlines.</p>", "One.\n\nTwo\nlines."),
        ("a\r\n\r\nb\rc", "<p>a</p>\n<p>b<br>\nc</p>", "a\n\nb\nc"),
        ("a\n \t\n\n\nb\n", "<p>a</p>\n<p>b</p>", "a\n\nb"),
        (
            "<b>&amp; \"1 < 2\" 'x'</b>",
            "<p>&lt;b&gt;&amp;amp; \"1 &lt; 2\" 'x'&lt;/b&gt;</p>",
            "<b>&amp; \"1 < 2\" 'x'</b>",
        ),
        ("# not *markdown*", "<p># not *markdown*</p>", "# not *markdown*"),
        ("cafe\u{301}  noir\u{a0}!", "<p>cafe\u{301}  noir&nbsp;!</p>", "café noir !"),
    ] {
        let shown = rendered(BodyFormat::Text, source);
        assert_eq!((shown.html.as_str(), shown.text.as_str()), (html, text), "{source:?}");
    }
}

#[test]
fn render_html_keeps_what_is_safe() {
    for kept in [
        "<p>a <abbr title=\"North Atlantic\">b</abbr></p>",
        "<figure><img src=\"https://e.org/a.jpg\" alt=\"x\" width=\"1\" height=\"2\"><figcaption>c</figcaption></figure>",
        "<blockquote cite=\"https://e.org\"><p>a <q>b</q> <cite>c</cite></p></blockquote>",
        "<time datetime=\"2020-09-21\">x</time>",
        "<h1>1</h1><h6>6</h6><hr><p lang=\"ar\" dir=\"rtl\">x</p>",
        "<table><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>",
        "<a href=\"mailto:a@e.org\" rel=\"noopener noreferrer\">x</a>",
    ] {
        assert_eq!(rendered(BodyFormat::Html, kept).html, kept);
    }
    for (source, html) in [
        ("<p id=\"a\" class=\"b\" style=\"c\" onclick=\"d\" data-x=\"e\">x</p>", "<p>x</p>"),
        ("<script>a</script><style>b</style>x", "x"),
        ("<iframe src=\"https://e.org\"><p>a</p></iframe>x", "x"),
        ("<svg><script>a</script><text>b</text></svg><math><mtext>c</mtext></math>x", "x"),
        ("<noscript>a</noscript><template>b</template><textarea>c</textarea>x", "x"),
        ("<form action=\"/x\"><input value=\"y\">z</form>", "z"),
        ("<!-- a -->x<?php b ?>", "x"),
        (
            "<html><head><title>a</title></head><body onload=\"b\"><p>x</p></body></html>",
            "<p>x</p>",
        ),
        ("<img src=\"data:image/png;base64,AAAA\" alt=\"x\">", "<img alt=\"x\">"),
        ("<img src=\"/x.png\" srcset=\"y\" onerror=\"z\">", "<img>"),
        ("<a href=\"//e.org\" target=\"_blank\">x</a>", "<a rel=\"noopener noreferrer\">x</a>"),
        ("<a href=\"java\tscript:alert(1)\">x</a>", "<a rel=\"noopener noreferrer\">x</a>"),
        ("<a href=\" JaVaScRiPt:alert(1)\">x</a>", "<a rel=\"noopener noreferrer\">x</a>"),
        ("<a href=\"vbscript:x\">x</a>", "<a rel=\"noopener noreferrer\">x</a>"),
        ("<p>a<p>b<b>c", "<p>a</p><p>b<b>c</b></p>"),
        ("<center><font color=\"red\">x</font></center>", "x"),
    ] {
        assert_eq!(rendered(BodyFormat::Html, source).html, html, "{source}");
    }
}

#[test]
fn render_reads_the_text_from_the_sanitised_html() {
    for (source, text) in [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<p> a \n  b&nbsp;&thinsp;c </p>", "a b c"),
        ("a<br>b<br><br>c<br/>", "a\nb\n\nc"),
        ("x<div>a<div>b</div>c</div>d", "x\n\na\n\nb\n\nc\n\nd"),
        ("<p>a<b>b</b><i> c</i>&amp;&lt;d&gt;&eacute;e&#769;</p>", "ab c&<d>éé"),
        ("<ul><li>a</li><li><p>b</p></li><li>c</li></ul><p>d</p>", "a\n\nb\n\nc\n\nd"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>d", "a\nb\nc\n\nd"),
        (
            "<table><caption>t</caption><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>",
            "t\na\nb\nc",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
        ("<pre>a\n  b\n\nc</pre><p>d\ne</p>", "a\nb\n\nc\n\nd e"),
        ("<figure><img alt=\"x\"><figcaption>c</figcaption></figure>", "c"),
        ("<h2>t</h2>a<hr>b", "t\n\na\n\nb"),
        ("<p>a<script>x</script><style>y</style>b</p><!-- z -->", "ab"),
        ("<p></p><p>\u{a0}</p><div><br></div>a", "a"),
        ("co<wbr>op", "coop"),
    ] {
        assert_eq!(rendered(BodyFormat::Html, source).text, text, "{source}");
    }
}

#[test]
fn word_count_counts_words_of_every_script() {
    for (text, words) in [
        ("", 0),
        (" — …!", 0),
        ("one two\n\nthree", 3),
        ("don't stop", 2),
        ("don’t well-known", 2),
        ("'quoted' -dash- a--b", 4),
        ("1,000 men", 3),
        ("co\u{ad}operation", 1),
        ("cafe\u{301} noir", 2),
        ("中国新闻", 4),
        ("ニュース", 3),
        ("ひらがな", 4),
        ("中国2020年", 4),
        ("한국 뉴스", 2),
        ("हिन्दी समाचार", 2),
        ("Россия и Китай", 3),
    ] {
        assert_eq!(word_count(text), words, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn render_survives_any_source_and_gives_clean_text(source in any::<String>()) {
        for format in [BodyFormat::Markdown, BodyFormat::Html, BodyFormat::Text] {
            check(format, &source)?;
        }
    }

    #[test]
    fn render_survives_any_mix_of_tags(
        tags in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<b>", "</b>", "<a href='javascript:x'>", "</a>", "<table>", "</table>",
                "<tr>", "<td>", "<ul>", "</ul>", "<li>", "<div>", "</div>", "<svg>", "</svg>", "<math>",
                "<style>", "</style>", "<script>", "</script>", "<template>", "</template>", "<pre>", "\n",
                "<title>", "<mtext>", "<img src=x onerror=y>", "x", " ", "&amp;", "&lt;script&gt;", "<!--", "-->",
                "<noscript>", "</noscript>", "\"", "'", "<select>", "<option>", "</select>", "<br>", "</br>",
            ]),
            0..40,
        )
    ) {
        let source = tags.concat();
        check(BodyFormat::Html, &source)?;
        check(BodyFormat::Markdown, &source)?;
    }

    #[test]
    fn render_text_gives_back_lines_as_they_were(source in "[a-z<>&\"'*#_`\\[\\]!. \n]{0,80}") {
        let lines = |text: &str| -> Vec<String> {
            let folded = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            text.lines().map(folded).filter(|line| !line.is_empty()).collect()
        };
        let shown = rendered(BodyFormat::Text, &source);
        prop_assert_eq!(lines(&shown.text), lines(&source));
    }
}

fn check(format: BodyFormat, source: &str) -> Result<(), TestCaseError> {
    use unicode_normalization::UnicodeNormalization;
    let Ok(Rendered { html, text, .. }) = render(format, source) else { return Ok(()) };
    let nbsp = '\u{a0}';
    prop_assert_eq!(text.trim(), text.as_str());
    prop_assert!(!text.contains("\n\n\n") && !text.contains("  ") && !text.contains(nbsp));
    prop_assert!(!text.contains(" \n") && !text.contains("\n "));
    prop_assert_eq!(text.nfc().collect::<String>(), text.clone());
    for never in
        ["<script", "<style", "<svg", "<math", "javascript:", "onerror=", "<!--", " id=", " style="]
    {
        prop_assert!(!html.contains(never) || format != BodyFormat::Html, "{} in {}", never, html);
    }
    // Who marks quotes in a page counts on it.
    let black = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().nfc().collect()
    };
    prop_assert_eq!(black(&text), black(&without_tags(&html)), "{}", html);
    // What is sanitised stays as it is, and says the same again.
    if let Ok(again) = render(BodyFormat::Html, &html) {
        prop_assert_eq!(again.text, text, "{}", html);
    }
    Ok(())
}

/// The text of HTML as the sanitiser writes it: only `&`, `<`, `>` and the no-break space are written as references.
fn without_tags(html: &str) -> String {
    let (mut text, mut in_tag, mut in_value) = (String::new(), false, false);
    for c in html.chars() {
        match c {
            '<' if !in_tag => in_tag = true,
            '>' if in_tag && !in_value => in_tag = false,
            '"' if in_tag => in_value = !in_value,
            _ if in_tag => {}
            c => text.push(c),
        }
    }
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
