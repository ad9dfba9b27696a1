//! Codes: the few letters behind `/s/`, made here or chosen by an editor.

use crate::error::{Error, ProblemError, Result};

/// The letters of codes made here: none that is read as another.
const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// How many letters a code made here has.
const LENGTH: usize = 7;
/// The least letters a chosen code may have.
const CHOSEN_MIN: usize = 3;
/// The most letters a chosen code may have.
const CHOSEN_MAX: usize = 50;

/// A code that nobody can guess.
pub(super) fn drawn() -> Result<String> {
    loop {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        // 256 is no multiple of 31: the rest would make the first letters more likely than the others.
        let even = bytes.iter().filter(|byte| **byte < 248);
        let letters = even.filter_map(|byte| LETTERS.get(usize::from(byte % 31)));
        let code = letters.take(LENGTH).map(|letter| char::from(*letter)).collect::<String>();
        if code.len() == LENGTH {
            return Ok(code);
        }
    }
}

/// The code as it is kept: whoever reads one aloud says nothing of capitals.
pub(super) fn folded(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// The code an editor has chosen, as it is kept, or what is wrong with it.
pub(super) fn chosen(text: &str) -> Result<String> {
    let code = folded(text);
    let wrong = |detail: String| Err(Error::parameter("code", "invalid", detail));
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(other) = code.chars().find(|c| !fits(*c)) {
        let other = other.escape_debug();
        return wrong(format!("must be made of a–z, 0–9 and `-`; `{other}` is none of these"));
    }
    if !(CHOSEN_MIN..=CHOSEN_MAX).contains(&code.len()) {
        let length = code.len();
        return wrong(format!("must have {CHOSEN_MIN} to {CHOSEN_MAX} characters, has {length}"));
    }
    if code.starts_with('-') || code.ends_with('-') {
        return wrong("must begin and end with a letter or digit".to_owned());
    }
    Ok(code)
}

/// What keeps a code from being changed.
pub(super) fn fixed(code: &str, detail: &str) -> Error {
    let detail = format!("The code `{code}` {detail}");
    Error::Conflict(ProblemError::parameter("code", "fixed", detail))
}
