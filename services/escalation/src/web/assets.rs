//! Style, font, script and icon: files under names that change with their content.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Web;

/// The name of an organisation's own theme.
const THEME: &str = "thema.css";

/// `GET /assets/{name}`.
pub(super) async fn asset(State(web): State<Web>, Path(name): Path<String>) -> Response {
    if name == THEME
        && let Some(theme) = &web.0.screens.theme
    {
        let kind = [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        return (kind, theme.css().to_owned()).into_response();
    }
    match screens::asset(&name) {
        Some(asset) => {
            let kind = [
                (header::CONTENT_TYPE, asset.content_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (kind, asset.bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
