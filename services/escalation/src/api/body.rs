//! Bodies of the commands that only the API has. They are read after it is known that the case is
//! there for the caller: otherwise a mistake in the body would tell that it exists.

use axum::extract::Request;
use chassis::body;
use chassis::problem::Problem;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

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
