//! What a change makes stale: the names under which caches keep the answers that show it.

use super::deriving::Entries;
use super::touched::Row;
use crate::db::Conn;
use crate::error::Result;

/// Says of each change which cached answers it makes stale.
pub(super) fn name(_conn: &mut Conn, _rows: &[Row], entries: &mut Entries) -> Result<()> {
    for ((of, id), entry) in entries {
        entry.purge.insert(format!("{}:{id}", of.as_str()));
    }
    Ok(())
}
