//! Bodies of the commands that only the API has. They are read after it is known that the case is
//! there for the caller: otherwise a mistake in the body would tell that it exists.

use axum::extract::Request;
use chassis::body;
use chassis::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The body, when it fits its schema.
///
/// # Errors
/// 415, 413, or 400 with every field that does not fit.
pub(super) async fn read<T>(request: Request) -> Result<T, Problem>
where
    T: DeserializeOwned + JsonSchema + 'static,
{
    let value = body::json(request).await?;
    proto::check(&value).map_err(Problem::bad_request)
}

/// Whom the texts of a body are about.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(super) struct About {
    /// Whom of the case the texts here are about, as its report or the platform names them; the case
    /// as a whole, and so everybody, when left out. Whoever of them is erased, these texts go, and no others.
    #[serde(default)]
    #[schemars(length(max = 32))]
    about: Vec<String>,
}

impl About {
    /// Takes it from a body, which then fits the schema of what it says.
    ///
    /// # Errors
    /// 400 when it is no list of keys.
    pub(super) fn take(body: &mut Map<String, Value>) -> Result<Self, Problem> {
        let Some(about) = body.remove("about") else {
            return Ok(Self::default());
        };
        proto::check(&json!({ "about": about })).map_err(Problem::bad_request)
    }

    /// About these persons.
    pub(super) fn of(about: Vec<String>) -> Self {
        Self { about }
    }

    /// The keys of the persons; none for the case as a whole.
    pub(super) fn persons(&self) -> &[String] {
        &self.about
    }
}

/// The body with whom its texts are about, when both fit.
///
/// # Errors
/// As [`read`].
pub(super) async fn told<T>(request: Request) -> Result<(T, About), Problem>
where
    T: DeserializeOwned + JsonSchema + 'static,
{
    let mut value = body::json(request).await?;
    let about = match value.as_object_mut() {
        Some(object) => About::take(object)?,
        None => About::default(),
    };
    let told = proto::check(&value).map_err(Problem::bad_request)?;
    Ok((told, about))
}
