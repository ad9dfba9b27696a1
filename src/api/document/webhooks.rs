//! What webhooks are sent, described as operations of whoever receives it.
//!
//! All of it follows from the schemas of changes: a kind that is added there is described here.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Object;
use super::walk::object;

/// The type of the message that is no change.
const PING: &str = "webhook.ping";

/// The headers of a message: what each says, and an example.
const PARAMETERS: [(&str, &str, &str); 3] = [
    (
        "webhook-id",
        "The message's id: the same whenever it is sent, so that nothing need be done twice.",
        "msg_0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    ),
    (
        "webhook-timestamp",
        "When it was sent, in seconds since 1970: refuse what is older than a few minutes.",
        "1600709000",
    ),
    (
        "webhook-signature",
        "`v1,` and the base64 of an HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`, made with the bytes that the \
         secret has after `whsec_` in base64. After a rotation there are two, with a blank between; one that is right is enough.",
        "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    ),
];

/// The kinds of changes and, of each thing that changes, the schema of its changes.
fn changes(document: &Value) -> (Vec<String>, BTreeMap<String, String>) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let kinds = document.pointer("/components/schemas/ChangeKind/enum").and_then(Value::as_array);
    let kinds = kinds.into_iter().flatten().filter_map(text).collect();
    let things = document.pointer("/components/schemas/Change/discriminator/mapping");
    let things = things.and_then(Value::as_object).into_iter().flatten();
    let name =
        |target: &Value| target.as_str()?.strip_prefix("#/components/schemas/").map(str::to_owned);
    (kinds, things.filter_map(|(thing, it)| Some((thing.clone(), name(it)?))).collect())
}

/// The thing a kind of change is about.
fn thing(kind: &str) -> &str {
    kind.split_once('.').map_or(kind, |(thing, _)| thing)
}

/// The schema of the messages about changes of this schema.
fn event(change: &str) -> String {
    format!("{}Event", change.strip_suffix("Change").unwrap_or(change))
}

/// Adds the messages: their schemas, their headers, and an operation for each type.
pub(super) fn add(document: &mut Value) {
    let (kinds, things) = changes(document);
    let Some(root) = document.as_object_mut() else { return };
    let (mut items, mut webhooks) = (Object::new(), Object::new());
    let names =
        kinds.iter().filter_map(|kind| Some((kind.as_str(), event(things.get(thing(kind))?))));
    for (kind, schema) in names.chain([(PING, "WebhookPing".to_owned())]) {
        items.insert(kind.to_owned(), item(kind, &schema));
        webhooks.insert(kind.to_owned(), reference("pathItems", kind));
    }
    root.insert("webhooks".to_owned(), Value::Object(webhooks));
    let Some(components) = object(root, "components") else { return };
    components.insert("pathItems".to_owned(), Value::Object(items));
    let Some(schemas) = object(components, "schemas") else { return };
    for (thing, change) in &things {
        let what = format!("A message that tells of a change: {}.", thing.replace('-', " "));
        let kind = json!({
            "$ref": "#/components/schemas/ChangeKind",
            "description": "What has happened, as in `data`.",
        });
        schemas.insert(event(change), message(&what, &kind, change));
    }
    let what = "A message that says nothing, sent to see whether somebody is there.";
    let kind = json!({ "type": "string", "description": "That it is a ping.", "enum": [PING] });
    schemas.insert("WebhookPing".to_owned(), message(what, &kind, "WebhookPingData"));
    let data = json!({
        "type": "object", "description": "What a ping is for.", "required": ["webhook_id"],
        "properties": { "webhook_id": {
            "type": "string", "format": "uuid", "description": "The webhook it was sent to.",
            "maxLength": 36, "examples": ["01890a5d-ac96-774b-bcce-b302099a8057"],
        } },
    });
    schemas.insert("WebhookPingData".to_owned(), data);
}

fn reference(section: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{section}/{name}") })
}

fn message(what: &str, kind: &Value, data: &str) -> Value {
    json!({
        "type": "object",
        "description": what,
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": kind,
            "timestamp": {
                "type": "string", "format": "date-time", "description": "When it happened.",
                "maxLength": 40, "examples": ["2020-09-21T17:23:00.000Z"],
            },
            "data": {
                "$ref": format!("#/components/schemas/{data}"),
                "description": "What is told.",
            },
        },
    })
}

/// What a receiver does with messages of a type.
fn item(kind: &str, schema: &str) -> Value {
    let words = kind.split(['.', '-']);
    let name: String = words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect();
    let description = match kind {
        PING => "Sent when `POST /v1/webhooks/{webhook_id}/ping` asks for it.".to_owned(),
        _ => format!(
            "Sent to the webhooks that want to know of `{kind}`. `data` is the change as `/v1/changes?include=resource` \
             shows it to the webhook's audience, with the thing itself as it is when the message is sent. Messages may \
             come in another order than their `seq`, and more than once with the same `webhook-id`."
        ),
    };
    // Said at each of them: by reference, a parser that meets an item twice takes them for duplicates.
    let parameters = PARAMETERS.map(|(header, description, example)| {
        json!({
            "name": header, "in": "header", "description": description, "required": true,
            "schema": { "type": "string", "maxLength": 500 }, "example": example,
        })
    });
    let content = json!({ "schema": reference("schemas", schema) });
    json!({ "post": {
        "operationId": format!("on{name}"),
        "tags": ["webhooks"],
        "summary": format!("Told of {kind}"),
        "description": description,
        "security": [],
        "parameters": parameters,
        "requestBody": {
            "description": "What has happened.", "required": true,
            "content": { "application/json": content },
        },
        "responses": {
            "2XX": { "description": "It was taken. Anything else, and no answer within 15 seconds, has it sent again." },
            "410": { "description": "Nothing more is wanted: the webhook is disabled." },
            "4XX": { "description": "It was not taken, and is sent again." },
            "5XX": { "description": "It was not taken, and is sent again; after `Retry-After`, when that says so." },
        },
    } })
}

/// Shows of each message what it says, made of the example of its schema.
pub(super) fn show(document: &mut Value) {
    let (kinds, things) = changes(document);
    for kind in kinds {
        let schema = things.get(thing(&kind)).map(|change| event(change)).unwrap_or_default();
        let example = document.pointer(&format!("/components/schemas/{schema}/examples/0"));
        let Some(mut example) = example.cloned() else { continue };
        let verb = kind.split_once('.').map_or("", |(_, verb)| verb);
        if let Some(whole) = example.as_object_mut() {
            whole.insert("type".to_owned(), json!(kind));
        }
        if let Some(data) = example.get_mut("data").and_then(Value::as_object_mut) {
            data.insert("kind".to_owned(), json!(kind));
            let is_gone = matches!(verb, "deleted" | "merged" | "unpublished");
            data.insert("deleted".to_owned(), json!(is_gone));
            if is_gone {
                data.remove("resource");
            }
            if verb != "updated" {
                data.insert("fields".to_owned(), json!([]));
            }
        }
        let content =
            format!("/components/pathItems/{kind}/post/requestBody/content/application~1json");
        if let Some(content) = document.pointer_mut(&content).and_then(Value::as_object_mut) {
            content.insert("example".to_owned(), example);
        }
    }
}
