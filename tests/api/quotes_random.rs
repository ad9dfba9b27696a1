//! Edits of all kinds, one after the other: every anchor stays true.

use serde_json::json;

use crate::app::{Answer, App};
use crate::quotes_edits::{BODY, TALKS, edited, whole, words};

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// The body with one change somewhere.
fn changed(dice: &mut Dice, body: &str) -> String {
    let words = body.split(' ').collect::<Vec<_>>();
    let at = dice.roll(words.len());
    let end = (at + dice.roll(6)).min(words.len());
    let (before, rest) = words.split_at(at);
    let (part, after) = rest.split_at(end - at);
    let inserts = ["not", "We will raise taxes,”", "\n\nMeanwhile, nothing happened.", "it is"];
    let insert = [inserts[dice.roll(inserts.len())]];
    let parts = match dice.roll(4) {
        0 => vec![before, after],
        1 => vec![before, &insert, rest],
        2 => vec![before, &insert, after],
        _ => vec![after, part, before],
    };
    parts.concat().join(" ")
}

#[test]
fn update_article_keeps_every_anchor_true_through_any_edits() {
    let app = App::new();
    let admin = app.admin();
    let mut dice = Dice(7);
    let (mut refused, mut moved) = (0, 0);
    for _ in 0..3 {
        let long = format!(
            "{BODY} Then came the vote.\n\n“We will raise taxes,” Ann Lee said, and left the room in anger."
        );
        let mut sent = whole(&long);
        sent["quotes"] = json!([{"text": "It is done.", "speaker_name": "Li Wei"},
            {"text": "the vote", "affiliation": "The House"}, {"text": "left the room", "state": "suggested"},
            {"text": "We will raise rates,", "speaker_name": "Li Wei"}]);
        admin.delete(TALKS);
        let mut article = admin.put(TALKS, sent).expect(201).json;
        for _ in 0..25 {
            let body = changed(&mut dice, article["body"].as_str().unwrap());
            let mut answer: Answer = admin.patch(TALKS, json!({"body": body}));
            if answer.status == 409 {
                refused += 1;
                let errors = answer.problem(409, "quote-altered").json["errors"].clone();
                let changes = errors.as_array().unwrap().iter().map(|error| {
                    let amends = !error["quote"]["after"].is_null() && dice.roll(2) == 0;
                    let action = if amends { "amend" } else { "detach" };
                    json!({"quote": error["quote"]["id"], "action": action, "reason": "said so"})
                });
                let changes = json!(changes.collect::<Vec<_>>());
                assert_eq!(admin.get(TALKS).expect(200).json, article);
                answer = admin.patch(TALKS, edited(&body, &changes));
            }
            let after = answer.expect(200).json;
            let suggested = admin.get("/v1/articles/talks/quotes?state=suggested").expect(200).json;
            for quote in after["quotes"]
                .as_array()
                .unwrap()
                .iter()
                .chain(suggested["items"].as_array().unwrap())
            {
                if quote["anchor"]["status"] == "anchored" {
                    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert_eq!(
                        spaced(&words(&after, quote)),
                        spaced(quote["text"].as_str().unwrap())
                    );
                    moved += 1;
                }
            }
            article = after;
        }
    }
    assert!(refused > 5 && moved > 50, "{refused} {moved}");
}
