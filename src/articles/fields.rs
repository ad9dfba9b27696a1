//! Sparse answers: `fields=title,slug,tags.name` gives exactly these.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, schema::Schema};

use super::{ArticlePage, ArticlePart, ArticleSummary, Source};
use crate::api::schemas::{list, nearest, quote};
use crate::comments::policy::ArticleComments;
use crate::error::{Error, Result};
use crate::images::Image;
use crate::links::Link;
use crate::people::PersonRef;
use crate::quotes::Quote;
use crate::search::Highlight;
use crate::tags::TagRef;
use crate::text::CommaList;

/// The properties that were asked for; an empty branch means all of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(BTreeMap<String, Fields>);

fn properties<T: PartialSchema>() -> Vec<String> {
    match T::schema() {
        RefOr::T(Schema::Object(object)) => object.properties.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

fn inner(property: &str) -> Vec<String> {
    match property {
        "tags" => properties::<TagRef>(),
        "authors" => properties::<PersonRef>(),
        "image" => properties::<Image>(),
        "source" => properties::<Source>(),
        "comments" => properties::<ArticleComments>(),
        "quotes" => properties::<Quote>(),
        "links" => properties::<Link>(),
        "highlights" => properties::<Highlight>(),
        _ => Vec::new(),
    }
}

/// What is wrong with a path of which `name` is known, and `rest` is none of what it has.
fn unknown(name: &str, rest: Option<&str>, known: &[String]) -> Error {
    let known = known.iter().map(String::as_str).collect::<Vec<_>>();
    let detail = match rest {
        None => match nearest(name, known.iter().copied()) {
            Some(meant) => {
                format!("{} is not a property here; did you mean `{meant}`?", quote(name))
            }
            None => format!("{} is not a property here; there are {}", quote(name), list(&known)),
        },
        Some(rest) => {
            let path = quote(&format!("{name}.{rest}"));
            let has = format!("`{name}` has {}", list(&known));
            match rest.split_once('.') {
                _ if known.is_empty() => {
                    format!("{path} is not a property here: `{name}` has none of its own")
                }
                Some((first, _)) if known.contains(&first) => {
                    format!("{path} is too deep: a dot reaches one level; ask for `{name}.{first}`")
                }
                Some(_) => format!("{path} is too deep: a dot reaches one level; {has}"),
                None => match nearest(rest, known.iter().copied()) {
                    Some(meant) => {
                        format!("{path} is not a property here; did you mean `{name}.{meant}`?")
                    }
                    None => format!("{path} is not a property here; {has}"),
                },
            }
        }
    };
    Error::parameter("fields", "unknown", detail)
}

impl Fields {
    /// Reads the parameter; every name must be a property of [`ArticleSummary`].
    pub(super) fn parse(list: Option<&CommaList<String>>) -> Result<Option<Self>> {
        let Some(CommaList(paths)) = list else { return Ok(None) };
        let outer = properties::<ArticleSummary>();
        let mut fields = Self::default();
        for path in paths {
            let (name, rest) =
                path.split_once('.').map_or((path.as_str(), None), |(n, r)| (n, Some(r)));
            if !outer.iter().any(|known| known == name) {
                return Err(unknown(name, None, &outer));
            }
            let asked_whole = fields.0.get(name).is_some_and(|branch| branch.0.is_empty());
            let branch = fields.0.entry(name.to_owned()).or_default();
            match rest {
                None => branch.0.clear(),
                Some(rest) => {
                    let known = inner(name);
                    if !known.iter().any(|name| name == rest) {
                        return Err(unknown(name, Some(rest), &known));
                    }
                    if !asked_whole {
                        branch.0.insert(rest.to_owned(), Self::default());
                    }
                }
            }
        }
        Ok(Some(fields))
    }

    /// The parts of an article that these properties belong to.
    pub(super) fn parts(&self) -> Vec<ArticlePart> {
        let part = |name: &String| match name.as_str() {
            "body" | "body_format" | "body_html" | "body_text" => Some(ArticlePart::Body),
            "quotes" => Some(ArticlePart::Quotes),
            "links" => Some(ArticlePart::Links),
            "authors" => Some(ArticlePart::Authors),
            _ => None,
        };
        self.0.keys().filter_map(part).collect()
    }

    /// Whether they name what shows where a search was found.
    pub(super) fn names_highlights(&self) -> bool {
        self.0.contains_key("highlights")
    }

    /// The page with exactly these properties of each item.
    pub(super) fn pick(&self, page: &ArticlePage) -> Result<Value> {
        let mut page = serde_json::to_value(page).map_err(Error::internal)?;
        if let Some(Value::Array(items)) = page.get_mut("items") {
            for item in items {
                let whole = std::mem::take(item);
                *item = self.of(whole);
            }
        }
        Ok(page)
    }

    fn of(&self, value: Value) -> Value {
        if self.0.is_empty() {
            return value;
        }
        match value {
            Value::Array(items) => items.into_iter().map(|item| self.of(item)).collect(),
            Value::Object(members) => {
                let picked = members.into_iter().filter_map(|(name, value)| {
                    self.0.get(&name).map(|branch| (name, branch.of(value)))
                });
                Value::Object(picked.collect::<Map<_, _>>())
            }
            other => other,
        }
    }
}
