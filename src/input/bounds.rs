//! What the document says about a query parameter, kept: its length, its range, its number of values.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use serde_json::Value;
use utoipa::IntoParams;
use utoipa::openapi::path::Parameter;

use crate::api::document::parameter_schema;

/// A query parameter and what its schema allows.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    pub(super) name: String,
    /// Whether it takes several values, separated by commas.
    pub(super) list: bool,
    /// How many characters it may have, or each of its values when it is a list.
    length_max: Option<usize>,
    items_max: Option<usize>,
    range: Option<(i64, i64)>,
}

static KNOWN: LazyLock<RwLock<HashMap<TypeId, Arc<[Bounds]>>>> = LazyLock::new(RwLock::default);

/// The parameters of `T`; its schemas are looked at once.
pub(super) fn of<T: IntoParams + 'static>() -> Arc<[Bounds]> {
    let id = TypeId::of::<T>();
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
    known.unwrap_or_else(|| {
        let bounds: Arc<[_]> = T::into_params(|| None).iter().map(Bounds::new).collect();
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(id).or_insert(bounds).clone()
    })
}

impl Bounds {
    fn new(parameter: &Parameter) -> Self {
        let schema = parameter_schema(parameter);
        let items = schema.get("items");
        let size = |schema: &Value, key| {
            schema.get(key).and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok())
        };
        let bound = |key| schema.get(key).and_then(Value::as_i64);
        Self {
            name: parameter.name.clone(),
            list: items.is_some(),
            length_max: size(items.unwrap_or(&schema), "maxLength"),
            items_max: size(&schema, "maxItems"),
            range: bound("minimum").zip(bound("maximum")),
        }
    }

    /// What is wrong with a value: a code and a sentence.
    pub(super) fn check(&self, value: &str) -> Option<(&'static str, String)> {
        if self.name == "cursor" {
            // One that is too long is none of ours, and is told so by a code of its own.
            return None;
        }
        let long = |text: &str, most| text.len() > most && text.chars().count() > most;
        if let Some(most) = self.items_max {
            let count = value.split(',').count();
            if count > most {
                return Some((
                    "too-many-items",
                    format!("must have at most {most} items, has {count}"),
                ));
            }
        }
        if let Some(most) = self.length_max {
            if self.list && value.split(',').any(|item| long(item, most)) {
                return Some(("too-long", format!("has an item longer than {most} characters")));
            }
            if !self.list && long(value, most) {
                return Some(("too-long", format!("is longer than {most} characters")));
            }
        }
        let (least, most) = self.range?;
        // What is no number at all is for the type to refuse.
        let outside = value.parse().is_ok_and(|number: i64| !(least..=most).contains(&number));
        outside.then(|| ("out-of-range", format!("must be a whole number from {least} to {most}")))
    }
}
