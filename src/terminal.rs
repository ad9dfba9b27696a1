//! What went wrong, told to the person at the terminal.

use std::error::Error as Cause;
use std::iter::successors;

use crate::error::Error;

/// A sentence for the person at the terminal, with what clients are not told: there is no request
/// whose id would lead to the log.
pub fn said(error: impl Cause + 'static) -> String {
    let error: &(dyn Cause + 'static) = &error;
    let hides = error.downcast_ref::<Error>().is_some_and(|error| error.code() == "internal");
    let deepest = successors(Some(error), |&error| error.source()).last();
    deepest.filter(|_| hides).unwrap_or(error).to_string()
}
