//! Searches with the articles that must be among the first ten, over 549 articles of Digital.gov and 18F (works of
//! the United States government, in the public domain; their bodies are cut).

use serde_json::Value;

use crate::app::App;
use crate::search::encoded;

/// What is typed, and the slugs of the articles that somebody who types it must see at once.
const JUDGED: &[(&str, &[&str])] = &[
    ("hero hacker", &["uncle-sam-wants-you-to-be-a-hero-hacker"]),
    (
        "presidential innovation fellows",
        &[
            "uncle-sam-wants-you-to-be-a-hero-hacker",
            "presidential-innovation-fellows-now-accepting-applications-spring-2017",
            "introducing-2019-presidential-innovation-fellows",
        ],
    ),
    ("api standards", &["hot-off-the-press-18fs-api-standards"]),
    ("api usability testing", &["packaging-up-api-usability-testing-for-agency-re-use"]),
    ("freedom of information act", &["a-new-look-at-the-freedom-of-information-act"]),
    ("pair programming", &["pair-programming-why-two-heads-are-better-than-one"]),
    ("bechdel test", &["does-18f-pass-the-bechdel-test-for-tech"]),
    (
        "micro-purchase",
        &[
            "micro-purchase-lessons",
            "how-and-why-we-built-the-micro-purchase-platform",
            "micro-purchase-design-philosophy-do-one-thing-well",
        ],
    ),
    (
        "fedramp",
        &[
            "cloud-gov-full-steam-ahead-fedramp-assessment-process",
            "cloud-gov-is-now-fedramp-authorized",
        ],
    ),
    (
        "modular contracting",
        &[
            "modular-contracting-and-working-in-the-open",
            "prerequisites-for-modular-contracting",
            "why-we-love-modular-contracting",
        ],
    ),
    (
        "plain language",
        &[
            "ask-18f-plain-language-government-terms",
            "keynote-speaker-recap-would-more-plain-language-have-saved-us-from-the-worst-of-the-pandemic",
        ],
    ),
    (
        "stakeholder interviews",
        &[
            "build-empathy-with-stakeholder-interviews-part-1-preparation",
            "building-empathy-with-stakeholder-interviews-part-2-conversation",
        ],
    ),
    ("nasa https", &["from-launch-to-landing-how-nasa-took-control-of-its-https-mission"]),
    (
        "bug bounty",
        &["the-next-steps-towards-bug-bounty-program-for-technology-transformation-service"],
    ),
    (
        "web design standards",
        &[
            "web-design-standards",
            "how-user-archetypes-informed-the-draft-us-web-design-standards",
            "charting-the-future-of-the-draft-us-web-design-standards",
        ],
    ),
    ("user story estimation", &["how-user-story-estimation-helps-my-team-deliver-value"]),
    ("emoji", &["using-emoji-for-knowledge-sharing"]),
    ("remote usability testing", &["introduction-to-remote-moderated-usability-testing-part-1"]),
    ("login.gov", &["government-launches-login-gov-to-simplify-access-to-public-services"]),
    ("chatbot weekend", &["data-briefing-how-build-a-chatbot-in-a-weekend"]),
    ("serverless", &["the-data-briefing-understand-serverless-architecture-in-three-minutes"]),
    ("deep fakes", &["deep-fakes-and-social-media-a-qa-with-alex-cohen"]),
    ("privacy dashboard", &["a-dashboard-for-privacy-offices"]),
    ("indoor air app", &["epa-indoor-airplus-app"]),
    ("TSA app", &["my-tsa-mobile-app"]),
    ("how kids search", &["how-kids-search"]),
    ("dark social", &["feds-shed-light-on-dark-social"]),
    ("weather.gov usability", &["weather-gov-usability-case-study"]),
    ("\"paperwork reduction act\" guide", &["introducing-a-guide-paperwork-reduction-act"]),
    ("static source analysis", &["what-is-static-source-analysis"]),
    (
        "usagov en espanol",
        &[
            "celebrating-20-years-of-usagov-en-espanol",
            "join-usagov-en-espanol-for-our-annual-hispanic-heritage-month-twitter-chat",
        ],
    ),
    (
        "accessibility section508",
        &["new-on-section508-gov-integrating-accessibility-into-deia-implementation-plans"],
    ),
    ("title:agile team*", &["am-i-doing-it-right-a-check-up-for-agile-teams"]),
    (
        "autopen",
        &[
            "digital-autopen-playbook-pinpoints-how-agencies-can-leverage-technology-for-digital-signatures",
        ],
    ),
    ("influencers", &["are-social-media-influencers-right-for-your-digital-media-campaign"]),
    ("email subscribers", &["letting-go-of-85-percent-of-our-email-subscribers"]),
    (
        "meta descriptions OR seo",
        &["three-tips-for-using-meta-descriptions", "tapping-into-seo-how-government-websites"],
    ),
    (
        "federalist -draft",
        &["federalist-platform-launch", "federalist-is-out-of-beta-and-open-for-business"],
    ),
    ("world war", &["why-world-war-i-matters-for-your-agency"]),
    ("smithsonian mobile", &["mobile-strategy-at-the-smithsonian"]),
];

#[test]
fn list_articles_by_relevance_shows_what_was_meant_among_the_first_ten() {
    let app = App::new();
    let admin = app.admin();
    let lines = include_str!("../data/search.ndjson").lines();
    for line in lines {
        let mut article = serde_json::from_str::<Value>(line).unwrap();
        article["status"] = "published".into();
        admin.post("/v1/articles", article).expect(201);
    }
    let public = app.public();
    let (mut meant, mut shown) = (0, 0);
    for (typed, slugs) in JUDGED {
        let path =
            format!("/v1/articles?order=relevance&limit=10&fields=slug&q={}", encoded(typed));
        let first = public.get(&path).expect(200).each("slug");
        for slug in *slugs {
            meant += 1;
            if first.iter().any(|first| first == slug) {
                shown += 1;
            } else {
                println!("{typed}: {slug} is not among {first:?}");
            }
        }
    }
    println!("search quality: {meant} tried, {shown} ok, {} failed", meant - shown);
    assert_eq!(shown, meant);
}
