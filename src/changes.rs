//! The log of changes: what every write appends, and what everything else follows.

mod deriving;
pub mod kind;
pub(crate) mod log;
mod purging;
mod touched;
