//! The pages for people who look in a browser. For now: an overview of the cases on the ladder,
//! under `--dev` only, for it shows them to whoever asks. Never personal data.

mod overview;
mod words;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use chassis::problem::Problem;

use crate::api::Platform;
use overview::{CasePage, Missing, Overview, Welcome};

const CSS: &str = include_str!("../assets/site.css");

/// The pages and what they need.
pub(crate) fn routes() -> Router<Platform> {
    Router::new()
        .route("/", get(home))
        .route("/cases/{id}", get(case))
        .route("/assets/site.css", get(css))
}

async fn home(State(platform): State<Platform>) -> Result<Response, Problem> {
    if platform.dev {
        page(
            StatusCode::OK,
            &Overview::load(&platform).await.map_err(failed)?,
        )
    } else {
        page(StatusCode::OK, &Welcome)
    }
}

async fn case(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    if platform.dev
        && let Some(found) = CasePage::load(&platform, &id).await.map_err(failed)?
    {
        return page(StatusCode::OK, &found);
    }
    page(StatusCode::NOT_FOUND, &Missing)
}

async fn css() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], CSS)
}

fn page(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    let html = template.render().map_err(failed)?;
    Ok((status, Html(html)).into_response())
}

#[allow(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn failed(error: impl std::error::Error) -> Problem {
    tracing::error!(%error, "a page could not be made");
    Problem::unavailable("Try again in a moment.")
}
