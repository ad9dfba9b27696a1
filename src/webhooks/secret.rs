//! Secrets of webhooks, and the signatures made with them, as Standard Webhooks has both.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::error::{Error, Result};

/// How many random bytes a secret has: Standard Webhooks asks for 24 to 64.
const SECRET_BYTES: usize = 32;
const PREFIX: &str = "whsec_";

/// A new secret, as its holder has it: `whsec_` and base64.
pub(super) fn new() -> Result<String> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    Ok(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// The signature of a message: `v1,` and base64 of the HMAC-SHA256 of `id.timestamp.body`.
pub(super) fn signature(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Result<String> {
    let bytes = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret));
    let bytes = bytes.map_err(|error| Error::internal(error.to_string()))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&bytes)
        .map_err(|error| Error::internal(error.to_string()))?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}
