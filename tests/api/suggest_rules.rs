//! What the quote reader makes of single sentences, and of any text at all.

use onrecord::quotes::suggest::suggest;
use proptest::prelude::*;

#[test]
fn names_are_given_as_the_text_has_them_beside_the_fullest() {
    let text = "Tom Reilly came. “So be it,” said Mayor Anna Burke. “We will win it all,” Ms. Burke said.\n\n“Not here,” a spokesman for the \
                Reilly camp said. “Never again,” read a statement from the party.";
    let quotes = suggest(text, Some("en"));
    let given = quotes.iter().map(|quote| (quote.written.as_deref(), quote.speaker.as_deref()));
    assert_eq!(
        given.collect::<Vec<_>>(),
        [
            (Some("Anna Burke"), Some("Anna Burke")),
            (Some("Ms. Burke"), Some("Anna Burke")),
            (Some("a spokesman for the Reilly camp"), None),
            (Some("a statement from the party"), None),
        ]
    );
}

#[test]
fn pronouns_have_a_name_only_when_one_fits() {
    for (text, written, speaker) in [
        ("Anna Burke spoke first. “We will win it all,” she said.", "she", Some("Anna Burke")),
        ("Anna Burke met Tom Reilly. “We will win it all,” she said.", "she", Some("Anna Burke")),
        ("Kim Doe met Lou Roe in Rome. “We will win it all,” she said.", "she", None),
        ("Tom Reilly spoke first. “We will win it all,” she said.", "she", None),
        ("The council met. “We will win it all,” it said.", "it", None),
        ("Tom Reilly spoke first. “We will win it all,” they said.", "they", None),
    ] {
        let quotes = suggest(text, None);
        assert_eq!(quotes.len(), 1, "{text}");
        assert_eq!(quotes[0].written.as_deref(), Some(written), "{text}");
        assert_eq!(quotes[0].speaker.as_deref(), speaker, "{text}");
    }
}

#[test]
fn an_office_means_somebody_only_when_one_holds_it() {
    let both = "Oxfam director Barbara Stocking met Shell director Jan Vos. “We can end this,” the director said.";
    assert_eq!(suggest(both, None)[0].speaker, None);
    let one = "Oxfam director Barbara Stocking met Jan Vos. “We can end this,” the director said.";
    assert_eq!(suggest(one, None)[0].speaker.as_deref(), Some("Barbara Stocking"));
}

#[test]
fn attributions_lead_follow_and_interrupt() {
    for (text, speakers) in [
        (
            "“So it is,” she said. Jane Doe nodded. Then Tom Roe shot back, “It never was so.”",
            [None, Some("Tom Roe")],
        ),
        (
            "After Gov. Jerry Roe criticized Bill Poe, Jane Doe fired back, “We will win.”\n\n“Never,” said Poe.",
            [Some("Jane Doe"), Some("Bill Poe")],
        ),
        (
            "“We will win,” Jane Doe told Tom Roe, “and win it all.”",
            [Some("Jane Doe"), Some("Jane Doe")],
        ),
        (
            "Tom Roe replied, adding that he thinks “it never was like that”. “Never,” said Jane Doe.",
            [Some("Tom Roe"), Some("Jane Doe")],
        ),
        (
            "In a radio interview, Tom Roe went even further: “It never was so.” Jane Doe added: “It was.”",
            [Some("Tom Roe"), Some("Jane Doe")],
        ),
    ] {
        let quotes = suggest(text, None);
        let given = quotes.iter().map(|quote| quote.speaker.as_deref()).collect::<Vec<_>>();
        assert_eq!(given, speakers, "{text}");
    }
}

#[test]
fn marks_close_as_they_can() {
    for (text, words) in [
        ("“We will win it all,\" Jane Doe said.", "We will win it all,"),
        ("\"We will win it all,” Jane Doe said.", "We will win it all,"),
        ("Jane Doe asked: “Will we win it all?“ He left.", "Will we win it all?"),
        ("''I said, 'We will win it all,''' Jane Doe said.", "I said, 'We will win it all,"),
        ("“We will win it all, all of it.\n\nShe left.", "We will win it all, all of it."),
        ("\"“We will win it all,”\" Jane Doe said.", "We will win it all,"),
        ("\u{202a}” We will win it all,” Jane Doe said.", "We will win it all,"),
    ] {
        let quotes = suggest(text, None);
        let given = quotes.iter().map(|quote| quote.text.as_str()).collect::<Vec<_>>();
        assert_eq!(given, [words], "{text}");
    }
}

#[test]
fn titles_and_headings_are_no_quotes() {
    let shows = "Sanders spoke on CBS's \"Face the Nation,\" and Clinton told \"Fox and Friends\" about it.";
    assert_eq!(suggest(shows, None), []);
    let heading = "“We will win it all,” Jane Doe said.\n\n'A really tough decision.'\n\nShe left.";
    assert_eq!(suggest(heading, None).len(), 1);
}

#[test]
fn german_nouns_are_no_people() {
    let text = "„Die Lage ist ernst“, sagte die Ministerin Anke Weber. „Wir warten nun lieber ab“, hieß es im Ausschuss.\n\n\
                „So geht es nicht weiter“, sagte Weber. „Das war es dann“, teilte die Feuerwehr mit.";
    let quotes = suggest(text, Some("de-AT"));
    let given = quotes.iter().map(|quote| (quote.written.as_deref(), quote.speaker.as_deref()));
    assert_eq!(
        given.collect::<Vec<_>>(),
        [
            (Some("Anke Weber"), Some("Anke Weber")),
            (None, None),
            (Some("Weber"), Some("Anke Weber")),
            (Some("die Feuerwehr"), None),
        ]
    );
}

/// How long one text of a mebibyte takes, whatever it is made of.
#[test]
fn a_mebibyte_takes_linear_time() {
    for piece in [
        "“We will win it all,” said Jane Doe, head of the Bank of Foo.\n\nShe said ‘no’ to “a new plan of hers”.\n\n",
        "“",
        "\"",
        "''",
        "‘a “b \"c «d „e ",
        "“a ‘b “c ‘d ",
        "a” b’ ",
        "Jane Doe ",
        "said, ",
        "he said “we do it all”. ",
        "“a” he said ",
        "The director, Jane Doe, said “we do it all” and the director said. ",
        "“a\n\n",
        "'a ",
        "(",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        let start = std::time::Instant::now();
        let count = suggest(&text, None).len();
        let took = start.elapsed();
        // Other programs may keep the machine busy for a while; squared time would be hours.
        assert!(took.as_secs() < 120, "{piece:?}: {count} quotes took {took:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_gives_exact_parts_of_it(
        text in prop_oneof![
            any::<String>(),
            "([“”\"'‘’«»„‚`a-cé𝕏A-C.,:?—\n\r\t ]|said|he |Jane Doe |told |the |der ){0,120}",
        ],
        german in any::<bool>(),
    ) {
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        for quote in suggest(&text, Some(if german { "de" } else { "en" })) {
            prop_assert!(at <= quote.start && quote.start < quote.end && quote.end <= chars.len());
            let exact = chars[quote.start..quote.end].iter().collect::<String>();
            prop_assert_eq!(&exact, &quote.text);
            let written = quote.written.unwrap_or_default();
            prop_assert!(text.contains(&written), "{}", written);
            at = quote.end;
        }
    }
}
