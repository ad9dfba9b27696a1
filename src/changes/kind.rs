//! The kinds of changes: what has changed, and what has become of it.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema, openapi::RefOr};

/// What a change is about; in the order in which a write tells its changes, so that what others point to comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Subject {
    Tag,
    Person,
    Image,
    Article,
    Quote,
    Link,
    Comment,
    Stream,
    CommunityStandards,
    ShortLink,
}

impl Subject {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Person => "person",
            Self::Image => "image",
            Self::Article => "article",
            Self::Quote => "quote",
            Self::Link => "link",
            Self::Comment => "comment",
            Self::Stream => "stream",
            Self::CommunityStandards => "community-standards",
            Self::ShortLink => "short-link",
        }
    }
}

/// What has become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Created,
    Updated,
    Deleted,
    /// Of articles: readers see it from now on.
    Published,
    /// Of articles: it is there, and readers see it no more.
    Unpublished,
    /// Of tags and people: gone into another.
    Merged,
    /// Of comments: what was decided on it.
    Approved,
    Rejected,
    Spam,
    Withdrawn,
}

impl Verb {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Published => "published",
            Self::Unpublished => "unpublished",
            Self::Merged => "merged",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Spam => "spam",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What has happened to what: `article.published`.
///
/// Kinds may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeKind {
    pub(crate) of: Subject,
    pub(crate) verb: Verb,
}

macro_rules! kinds {
    ($($of:ident: $($verb:ident)+;)+) => {
        &[$($(ChangeKind { of: Subject::$of, verb: Verb::$verb }),+),+]
    };
}

/// Every kind there is.
const KINDS: &[ChangeKind] = kinds! {
    Article: Created Published Updated Unpublished Deleted;
    Quote: Created Updated Deleted;
    Link: Created Updated Deleted;
    Tag: Created Updated Merged Deleted;
    Person: Created Updated Merged Deleted;
    Image: Created Updated Deleted;
    Comment: Created Approved Rejected Spam Withdrawn Updated Deleted;
    CommunityStandards: Created;
    Stream: Created Updated Deleted;
    ShortLink: Created Updated Deleted;
};

impl ChangeKind {
    /// The kind of this name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        KINDS.iter().find(|kind| kind.to_string() == text).copied()
    }

    /// Whether what it is about is gone, for somebody to whom it is told so.
    pub(crate) fn is_gone(self, public: bool) -> bool {
        match self.verb {
            Verb::Deleted | Verb::Merged => true,
            Verb::Unpublished => public,
            _ => false,
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.of.as_str(), self.verb.as_str())
    }
}

impl Serialize for ChangeKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChangeKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            let names = KINDS.iter().map(ToString::to_string).collect::<Vec<_>>();
            let names = names.iter().map(String::as_str);
            match crate::api::schemas::nearest(&text, names.clone()) {
                Some(meant) => {
                    D::Error::custom(format!("has no kind of this name; did you mean `{meant}`?"))
                }
                None => D::Error::custom(format!(
                    "must be kinds of changes: {}",
                    names.collect::<Vec<_>>().join(", ")
                )),
            }
        })
    }
}

impl PartialSchema for ChangeKind {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(description()))
            .enum_values(Some(KINDS.iter().map(ToString::to_string)))
            .examples(["article.published"])
            .into()
    }
}

impl ToSchema for ChangeKind {}

/// What each kind says, in words.
fn description() -> String {
    let values = KINDS.iter().map(|kind| {
        let of = kind.of.as_str().replace('-', " ");
        let verb = match kind.verb {
            Verb::Created => "is there now",
            Verb::Updated => "says something else",
            Verb::Deleted => "is gone",
            Verb::Published => "is seen by readers from now on",
            Verb::Unpublished => "is there, and readers see it no more",
            Verb::Merged => "has gone into another",
            Verb::Approved => "was approved",
            Verb::Rejected => "was rejected",
            Verb::Spam => "was found to be spam",
            Verb::Withdrawn => "was taken back by its author",
        };
        format!("- `{kind}`: {of} {verb}.")
    });
    let values = values.collect::<Vec<_>>().join("\n");
    format!("What has happened to what. Kinds may be added.\n\n{values}")
}
