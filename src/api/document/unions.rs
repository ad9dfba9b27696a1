//! Unions told apart by a property, as clients know them: named shapes and a discriminator.

use serde_json::{Value, json};

use super::Object;
use super::walk::{list, object, schema_name};

/// A shape of a union: the value that stands for it, and the schema's name.
type Arm = (String, String);

/// Moves the tag of every union from beside its shapes into them, and adds the discriminator.
///
/// utoipa writes `oneOf: [allOf: [$ref, {type}]]`, from which most generators make nameless types.
pub(super) fn name(document: &mut Value) {
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    let Some(schemas) = schemas else { return };
    let unions: Vec<_> =
        schemas.iter().filter_map(|(name, schema)| Some((name.clone(), arms(schema)?))).collect();
    for (union, (tag, arms)) in unions {
        for (value, shape) in &arms {
            if let Some(shape) = schemas.get_mut(shape).and_then(Value::as_object_mut) {
                add_tag(shape, &tag, value);
            }
        }
        if let Some(union) = schemas.get_mut(&union).and_then(Value::as_object_mut) {
            let target = |name: &str| format!("#/components/schemas/{name}");
            let shapes: Vec<_> =
                arms.iter().map(|(_, shape)| json!({ "$ref": target(shape) })).collect();
            let mapping: Object =
                arms.iter().map(|(value, it)| (value.clone(), json!(target(it)))).collect();
            let discriminator = json!({ "propertyName": tag, "mapping": mapping });
            union.insert("oneOf".to_owned(), json!(shapes));
            union.insert("discriminator".to_owned(), discriminator);
        }
    }
}

/// The tag and the shapes of a union, when the schema is one that utoipa wrote.
fn arms(schema: &Value) -> Option<(String, Vec<Arm>)> {
    let mut tag = None;
    let mut arms = Vec::new();
    for arm in schema.get("oneOf")?.as_array()? {
        let [shape, beside] = arm.get("allOf")?.as_array()?.as_slice() else { return None };
        let mut properties = beside.get("properties")?.as_object()?.iter();
        let (Some((name, property)), None) = (properties.next(), properties.next()) else {
            return None;
        };
        let [Value::String(value)] = property.get("enum")?.as_array()?.as_slice() else {
            return None;
        };
        if tag.get_or_insert(name) != &name {
            return None;
        }
        arms.push((value.clone(), schema_name(shape.as_object()?)?.to_owned()));
    }
    Some((tag?.clone(), arms))
}

fn add_tag(shape: &mut Object, tag: &str, value: &str) {
    let property = json!({
        "type": "string",
        "description": "What kind of thing this is.",
        "enum": [value],
    });
    if let Some(properties) = object(shape, "properties") {
        let others = std::mem::take(properties);
        properties.insert(tag.to_owned(), property);
        properties.extend(others.into_iter().filter(|(name, _)| name != tag));
    }
    if let Some(required) = list(shape, "required") {
        required.retain(|name| name != tag);
        required.insert(0, json!(tag));
    }
}
