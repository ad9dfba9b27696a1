//! Where files are kept: a folder, or a store that speaks S3.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt as _, RetryConfig};

use crate::error::{Error, Result};

/// How long one request to an S3 store may take, and how long connecting to it.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How often, and for how long at most, what an S3 store does not answer is asked again.
const RETRIES: usize = 2;
const RETRY_TIMEOUT: Duration = Duration::from_secs(10);

/// Where pictures are kept: a folder (`media`, `file:///srv/media`), or `s3://BUCKET/PREFIX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaUrl {
    /// A folder; it is made with the first file.
    Folder(PathBuf),
    /// A bucket of a store that speaks S3, and a prefix in it; the usual `AWS_*` variables say where and as whom.
    S3(String),
}

impl FromStr for MediaUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once("://") {
            Some(("file", path)) if path.starts_with('/') => Ok(Self::Folder(path.into())),
            Some(("s3", place)) if !place.is_empty() && !place.starts_with('/') => {
                Ok(Self::S3(text.to_owned()))
            }
            None if !text.is_empty() => Ok(Self::Folder(text.into())),
            _ => Err("must be a folder, file:///folder or s3://bucket/prefix".to_owned()),
        }
    }
}

impl fmt::Display for MediaUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::S3(url) => f.write_str(url),
        }
    }
}

/// A place for files, by name.
#[derive(Debug, Clone)]
pub(crate) struct Store(Arc<dyn ObjectStore>);

impl Store {
    /// The store at this address; nothing is asked of it yet.
    pub(super) fn open(url: &MediaUrl) -> Result<Self, String> {
        match url {
            MediaUrl::Folder(folder) => {
                let whole = whole(folder).map_err(|error| format!("{url}: {error}"))?;
                let prefix = Path::from_absolute_path(&whole).map_err(|error| error.to_string())?;
                let files = LocalFileSystem::new().with_fsync(true);
                Ok(Self(Arc::new(PrefixStore::new(files, prefix))))
            }
            MediaUrl::S3(url) => Self::s3(url).map_err(|error| format!("{url}: {error}")),
        }
    }

    fn s3(url: &str) -> Result<Self, String> {
        // The HTTP client takes the process's own; where there is one already, that is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = url::Url::parse(url).map_err(|error| error.to_string())?;
        let prefix = Path::from_url_path(address.path()).map_err(|error| error.to_string())?;
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: RETRIES,
            retry_timeout: RETRY_TIMEOUT,
        };
        // A store in one's own house may be reached without TLS; who says http:// means it.
        let client = ClientOptions::new()
            .with_allow_http(true)
            .with_timeout(REQUEST_TIMEOUT)
            .with_connect_timeout(CONNECT_TIMEOUT);
        let bucket = AmazonS3Builder::from_env()
            .with_url(url)
            .with_retry(retry)
            .with_client_options(client)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self(Arc::new(PrefixStore::new(bucket, prefix))))
    }

    /// A store that is gone with the process.
    pub(super) fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Keeps these bytes under this name; they are there whole or not at all.
    pub(crate) async fn put(&self, name: &str, bytes: impl Into<Bytes>) -> Result<()> {
        let bytes: Bytes = bytes.into();
        self.0.put(&Path::from(name), bytes.into()).await.map_err(failed)?;
        Ok(())
    }

    /// All of a file, if it is there.
    pub(crate) async fn get(&self, name: &str) -> Result<Option<Bytes>> {
        match self.0.get(&Path::from(name)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(failed)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// A file's length and its bytes as they come, if it is there.
    pub(crate) async fn stream(
        &self,
        name: &str,
    ) -> Result<Option<(u64, BoxStream<'static, Result<Bytes>>)>> {
        match self.0.get(&Path::from(name)).await {
            Ok(found) => {
                let length = found.meta.size;
                Ok(Some((length, found.into_stream().map(|part| part.map_err(failed)).boxed())))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Removes files, whichever of them are there.
    pub(crate) async fn remove(&self, names: &[String]) {
        for name in names {
            match self.0.delete(&Path::from(name.as_str())).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                // Nothing leads to it any more; it only takes up room.
                Err(error) => tracing::warn!(name, %error, "a file without its picture stays"),
            }
        }
    }
}

/// The folder's path from the root, without `..`; the folder itself need not be there yet.
fn whole(folder: &std::path::Path) -> std::io::Result<PathBuf> {
    let (parent, name) = match (folder.parent(), folder.file_name()) {
        (Some(parent), Some(name)) if !folder.exists() => (parent, name),
        _ => return folder.canonicalize(),
    };
    let parent = if parent.as_os_str().is_empty() { std::path::Path::new(".") } else { parent };
    Ok(parent.canonicalize()?.join(name))
}

/// What a fault of the store means: the disk is full, or it does not answer.
fn failed(error: object_store::Error) -> Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(cause) = source {
        let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if let Some(std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded) = kind {
            return Error::StorageFull;
        }
        source = cause.source();
    }
    Error::Media(Box::new(error))
}
