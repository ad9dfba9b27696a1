//! What the databases' own faults mean: which are passing, which are broken, which are a full disk.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::error::Error;

impl Error {
    /// A commit that failed is every grouped write's failure.
    pub(crate) fn from_commit(error: &DieselError) -> Self {
        match error {
            DieselError::DatabaseError(_, info) => storage_fault(info.message())
                .unwrap_or_else(|| Self::internal(format!("commit: {}", info.message()))),
            other => Self::internal(format!("commit: {other}")),
        }
    }

    /// Whether the connection itself is gone.
    pub(crate) const fn is_broken_connection(&self) -> bool {
        matches!(
            self,
            Self::Database(
                DieselError::DatabaseError(
                    DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                    _
                ) | DieselError::BrokenTransactionManager
            )
        )
    }

    /// Whether the same work may well succeed when it is begun again.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        match self {
            // Two writes can take one name, refer to what the other removes, or wait for each other.
            Self::Database(DieselError::DatabaseError(kind, info)) => match kind {
                DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation => true,
                _ => info.message().contains("deadlock detected"),
            },
            _ => false,
        }
    }
}

/// SQLite names these faults only in its message.
fn storage_fault(message: &str) -> Option<Error> {
    if message.contains("disk is full") || message.contains("No space left") {
        Some(Error::StorageFull)
    } else if message.contains("readonly database") || message.contains("read-only") {
        Some(Error::ReadOnly)
    } else if message.contains("is locked") || message.contains("is busy") {
        Some(Error::Overloaded)
    } else {
        None
    }
}

/// `PostgreSQL`'s library gives some broken connections no kind of their own.
fn tells_of_a_broken_connection(message: &str) -> bool {
    let signs = [
        "server closed the connection",
        "terminating connection",
        "no connection to the server",
        "connection has been closed unexpectedly",
    ];
    signs.iter().any(|sign| message.contains(sign))
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) = error else {
            return Self::Database(error);
        };
        let message = info.message();
        if let Some(fault) = storage_fault(message) {
            return fault;
        }
        let kind = if tells_of_a_broken_connection(message) {
            DatabaseErrorKind::ClosedConnection
        } else {
            DatabaseErrorKind::Unknown
        };
        Self::Database(DieselError::DatabaseError(kind, info))
    }
}
