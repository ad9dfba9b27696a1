//! Pictures as they are sent: new ones, and what is to change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::{Name, Prose, WebUrl, clearable};

/// The point of a picture that must stay in sight however it is cropped, as it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFocalPoint {
    /// How far from the left, as a part of the width.
    #[schema(minimum = 0, maximum = 1, example = 0.5)]
    pub x: f64,
    /// How far from the top, as a part of the height.
    #[schema(minimum = 0, maximum = 1, example = 0.3)]
    pub y: f64,
}

/// A picture to be made: one elsewhere on the web by its `url`, or one whose file is sent next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "url": "https://pictures.example/conference.jpg",
    "width": 1600,
    "height": 900,
    "alt": "Delegates at a long table",
    "credit": "Li Hua / CCTV"
}))]
pub struct NewImage {
    /// Where the picture is, if it is not to be kept here: an `http(s)` URL. It is never fetched by the
    /// server. Absent for a picture whose file is sent with `PUT /v1/images/{image_id}/file`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uri", example = "https://pictures.example/conference.jpg", max_length = 2000)]
    pub url: Option<WebUrl>,
    /// How wide the picture at `url` is, in pixels; of a file it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 100_000, example = 1600)]
    pub width: Option<i32>,
    /// How high the picture at `url` is, in pixels; of a file it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 100_000, example = 900)]
    pub height: Option<i32>,
    /// What it shows, for who does not see it: one line. A published article's pictures need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Delegates at a long table", min_length = 1, max_length = 1000)]
    pub alt: Option<Name>,
    /// What stands under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "The conference in Moscow on Monday.", min_length = 1, max_length = 5000)]
    pub caption: Option<Prose>,
    /// Who made it, and whose it is: one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Li Hua / CCTV", min_length = 1, max_length = 300)]
    pub credit: Option<Name>,
    /// The point that must stay in sight however it is cropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub focal_point: Option<NewFocalPoint>,
}

/// What is to change about a picture (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "alt": "Delegates at a long table", "credit": null }))]
pub struct ImagePatch {
    /// Where the picture is: an `http(s)` URL. Not for one whose file is here.
    #[schema(nullable = false, value_type = Option<String>, format = "uri", example = "https://pictures.example/conference.jpg", max_length = 2000)]
    pub url: Option<WebUrl>,
    /// How wide the picture at `url` is, in pixels; null when unknown. Not for one whose file is here.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100_000, example = 1600)]
    pub width: Option<Option<i32>>,
    /// How high the picture at `url` is, in pixels; null when unknown. Not for one whose file is here.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100_000, example = 900)]
    pub height: Option<Option<i32>>,
    /// What it shows, for who does not see it; null removes it, 409 while published articles show it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Delegates at a long table", min_length = 1, max_length = 1000)]
    pub alt: Option<Option<Name>>,
    /// What stands under it; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "The conference in Moscow on Monday.", min_length = 1, max_length = 5000)]
    pub caption: Option<Option<Prose>>,
    /// Who made it, and whose it is; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Li Hua / CCTV", min_length = 1, max_length = 300)]
    pub credit: Option<Option<Name>>,
    /// The point that must stay in sight however it is cropped, both numbers of it; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<NewFocalPoint>)]
    pub focal_point: Option<Option<NewFocalPoint>>,
}
