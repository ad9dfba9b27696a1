//! Which methods an address knows: the table behind `405` with `Allow` and behind `OPTIONS`.

use serde_json::Value;

use super::document::{METHODS, operations};

/// The methods of every path in the document.
#[derive(Clone, Debug, Default)]
pub struct MethodTable {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    segments: Vec<Segment>,
    methods: Vec<&'static str>,
    allow: String,
}

/// A part of a path template between two slashes; a literal comes before a parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(String),
    Parameter,
}

impl MethodTable {
    /// Reads the table from a document.
    #[must_use]
    pub fn new(document: &Value) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for (path, method, _) in operations(document) {
            let segments = segments(path);
            match rows.iter_mut().find(|row| row.segments == segments) {
                Some(row) => row.methods.push(method),
                None => rows.push(Row { segments, methods: vec![method], allow: String::new() }),
            }
        }
        for row in &mut rows {
            row.allow = allow(&row.methods);
        }
        rows.sort_by(|one, other| one.segments.cmp(&other.segments));
        Self { rows }
    }

    /// Answers the value of `Allow` for a request's path, or `None` when there is no such path.
    #[must_use]
    pub fn allow(&self, path: &str) -> Option<&str> {
        let parts: Vec<_> = path.split('/').collect();
        let row = self.rows.iter().find(|row| fits(&row.segments, &parts))?;
        Some(&row.allow)
    }
}

/// Whether a request's path is one of those a template stands for.
#[must_use]
pub fn matches(template: &str, path: &str) -> bool {
    fits(&segments(template), &path.split('/').collect::<Vec<_>>())
}

fn segments(template: &str) -> Vec<Segment> {
    let segment = |part: &str| {
        if part.contains('{') { Segment::Parameter } else { Segment::Literal(part.to_owned()) }
    };
    template.split('/').map(segment).collect()
}

fn fits(segments: &[Segment], parts: &[&str]) -> bool {
    segments.len() == parts.len()
        && segments.iter().zip(parts).all(|(segment, part)| match segment {
            Segment::Literal(literal) => literal == part,
            Segment::Parameter => !part.is_empty(),
        })
}

/// The methods as `Allow` lists them: `HEAD` wherever `GET` is, `OPTIONS` always.
fn allow(methods: &[&str]) -> String {
    let mut names = Vec::new();
    for method in METHODS.into_iter().filter(|method| methods.contains(method)) {
        names.push(method.to_uppercase());
        if method == "get" {
            names.push("HEAD".to_owned());
        }
    }
    names.push("OPTIONS".to_owned());
    names.join(", ")
}
