//! Articles that were asked for by name: in the order of the names, each once.

use std::collections::HashMap;

use super::sql::Placed;
use crate::db::types::Id;
use crate::text::Handle;

/// The rows in the order in which they were named, each once.
pub(super) fn in_order(
    ids: &[Handle],
    aliases: &HashMap<String, Id>,
    rows: &[Placed],
) -> Vec<Placed> {
    let named = |handle: &Handle, (row, _): &&Placed| match handle {
        Handle::Id(id) => row.id == *id,
        Handle::Slug(slug) => row.slug == *slug || aliases.get(slug) == Some(&row.id),
    };
    let mut ordered = Vec::<Placed>::new();
    for handle in ids {
        let row = rows.iter().find(|row| named(handle, row));
        if let Some(row) = row.filter(|row| ordered.iter().all(|seen| seen.0.id != row.0.id)) {
            ordered.push(row.clone());
        }
    }
    ordered
}
