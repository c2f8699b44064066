//! A few numbers for whoever runs the service, in the text format of Prometheus. Counts only.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, header};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use chassis::problem::Problem;
use journal::{Db, JournalError};

use super::refusal::unavailable;
use crate::intake::quarantine;
use crate::relay::{ANSWERS, EVENTS, outgoing};

/// How many requests were answered, by the first digit of the status (`2` … `5`).
#[derive(Default)]
pub(super) struct Requests([AtomicU64; 4]);

/// Counts a request when it has been answered.
pub(super) async fn count(
    State(requests): State<Arc<Requests>>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let class = usize::from(response.status().as_u16() / 100).saturating_sub(2);
    if let Some(counter) = requests.0.get(class) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
    response
}

/// `GET /metrics`, without login.
pub(super) fn routes(db: Db, requests: Arc<Requests>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .with_state((db, requests))
}

async fn metrics(
    State((db, requests)): State<(Db, Arc<Requests>)>,
) -> Result<([(HeaderName, &'static str); 1], String), Problem> {
    let text = text(&db, &requests).await.map_err(unavailable)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text))
}

async fn text(db: &Db, requests: &Requests) -> Result<String, JournalError> {
    let head = db.head().await?;
    let events = head.position - db.checkpoint(EVENTS).await?;
    let answers = head.answers - db.checkpoint(ANSWERS).await?;
    let quarantine = quarantine::all(db).await?.len();
    let mut text = String::from("# TYPE doorbraak_requests_total counter\n");
    for (class, counter) in (2..).zip(&requests.0) {
        let count = counter.load(Ordering::Relaxed);
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "doorbraak_requests_total{{status=\"{class}xx\"}} {count}"
        );
    }
    let _ = write!(
        text,
        "# TYPE doorbraak_log_position gauge\ndoorbraak_log_position {}\n\
         # TYPE doorbraak_follower_lag gauge\n\
         doorbraak_follower_lag{{follower=\"events\"}} {events}\n\
         doorbraak_follower_lag{{follower=\"answers\"}} {answers}\n\
         # TYPE doorbraak_quarantine gauge\ndoorbraak_quarantine {quarantine}\n",
        head.position
    );
    text.push_str(
        "# TYPE doorbraak_undelivered_letters gauge\n\
         # TYPE doorbraak_undelivered_since_seconds gauge\n\
         # TYPE doorbraak_delivery_failures gauge\n",
    );
    for waits in outgoing::undelivered(db).await? {
        let outgoing::Undelivered {
            organisation,
            letters,
            since,
            failures,
            reason: _,
        } = waits;
        let since = since / 1_000_000;
        let _ = write!(
            text,
            "doorbraak_undelivered_letters{{organisation=\"{organisation}\"}} {letters}\n\
             doorbraak_undelivered_since_seconds{{organisation=\"{organisation}\"}} {since}\n\
             doorbraak_delivery_failures{{organisation=\"{organisation}\"}} {failures}\n"
        );
    }
    Ok(text)
}
