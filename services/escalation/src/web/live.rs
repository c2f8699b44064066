//! Telling an open page that something changed in what it shows: server-sent events without any
//! content. What there is to see the page then asks for like everything else.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chassis::server::Stopping;
use futures::stream;
use ladder::CaseId;
use screens::Frame;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Web;
use super::answer::Failure;
use super::api::id;
use super::visitor::Visitor;
use crate::api::{Platform, watch};
use crate::live::Change;

/// So many pages of one session hear what changes.
const MOST_OF_SESSION: usize = 4;
/// So many pages hear it in all.
const MOST: usize = 2_000;
/// Much at once is told once.
const PAUSE: Duration = Duration::from_secs(1);
/// So often something is said, so that a page that is gone is noticed.
const ALIVE: Duration = Duration::from_secs(20);
/// So long a page hears it; then it asks again.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// What a page shows, and as of when.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The case that it shows; without one it shows what waits for the reader's organisation.
    casus: Option<String>,
    /// The log's position when it was made.
    sinds: i64,
}

/// How many pages of each session are listening.
#[derive(Clone, Default)]
pub(super) struct Listening(Arc<Mutex<HashMap<String, usize>>>);

impl Listening {
    /// A place for one more; none when there are enough.
    fn seat(&self, session: &str) -> Option<Seat> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = all.get(session).copied().unwrap_or_default();
        if own >= MOST_OF_SESSION || all.values().sum::<usize>() >= MOST {
            return None;
        }
        all.insert(session.to_owned(), own + 1);
        Some(Seat {
            all: self.clone(),
            session: session.to_owned(),
        })
    }
}

/// A place, until it is dropped.
struct Seat {
    all: Listening,
    session: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = all.get_mut(&self.session) {
            *own -= 1;
            if *own == 0 {
                all.remove(&self.session);
            }
        }
    }
}

/// What is listened to.
enum Over {
    Case(CaseId),
    Organisation(String),
}

impl Over {
    fn is(&self, change: &Change) -> bool {
        match self {
            Self::Case(case) => change.case.as_ref() == Some(case),
            Self::Organisation(own) => change.organisations.contains(own),
        }
    }
}

/// A page that listens.
struct Listener {
    platform: Platform,
    token: String,
    over: Over,
    changes: Receiver<Arc<Change>>,
    since: i64,
    /// Whether it was looked what changed before it listened.
    caught_up: bool,
    ends: Instant,
    stops: [CancellationToken; 2],
    _seat: Seat,
}

/// `GET /live`.
pub(super) async fn listen(
    State(web): State<Web>,
    visitor: Visitor,
    stopping: Option<Extension<Stopping>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let session = visitor.session()?;
    let platform = &web.0.platform;
    // Before it is looked what changed: so that nothing falls in between.
    let changes = platform.bell.listen();
    let over = match &asked.casus {
        Some(name) => {
            let case = watch::case(platform, &session.token, id(name)?).await;
            Over::Case(case.ok_or(Failure::MISSING)?)
        }
        None => {
            let own = watch::organisation(platform, &session.token).await;
            Over::Organisation(own.ok_or(Failure::MISSING)?)
        }
    };
    let Some(seat) = web.0.listening.seat(&session.id) else {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    };
    let stop = stopping.map(|Extension(Stopping(stop))| stop);
    let listener = Listener {
        platform: platform.clone(),
        token: session.token.clone(),
        over,
        changes,
        since: asked.sinds,
        caught_up: false,
        ends: Instant::now() + LONGEST,
        stops: [stop.unwrap_or_default(), platform.bell.stop.clone()],
        _seat: seat,
    };
    let told = stream::unfold(Some(listener), |listener| async move {
        let mut listener = listener?;
        let (word, onwards) = match listener.next().await {
            News::Changed => ("changed", Some(listener)),
            News::Ended => ("ended", None),
            News::Nothing => return None,
        };
        let event = Event::default().event(word).data(word);
        Some((Ok::<_, Infallible>(event), onwards))
    });
    let alive = KeepAlive::new().interval(ALIVE);
    Ok(Sse::new(told).keep_alive(alive).into_response())
}

/// What a page hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// Something changed in what it shows.
    Changed,
    /// Its reader may see it no more: it need not ask again.
    Ended,
    /// Nothing more on this connection: it may ask again.
    Nothing,
}

impl Listener {
    /// Waits for what there is to hear next.
    async fn next(&mut self) -> News {
        let [stopping, stopped] = self.stops.clone();
        let ends = self.ends;
        tokio::select! {
            biased;
            () = stopping.cancelled() => News::Nothing,
            () = stopped.cancelled() => News::Nothing,
            () = tokio::time::sleep_until(ends) => News::Nothing,
            changed = self.changed() => changed,
        }
    }

    async fn changed(&mut self) -> News {
        let found = match std::mem::replace(&mut self.caught_up, true) {
            false => self.before().await,
            true => {
                tokio::time::sleep(PAUSE).await;
                false
            }
        };
        if !found && !self.heard().await {
            return News::Nothing;
        }
        match self.still_may().await {
            true => News::Changed,
            false => News::Ended,
        }
    }

    /// Whether something changed between the making of the page and now. What cannot be known counts.
    async fn before(&mut self) -> bool {
        let Ok((changes, more)) = self.platform.bell.since(self.since).await else {
            return true;
        };
        let last = changes.last().map(|change| change.position);
        self.since = last.unwrap_or(self.since);
        more || changes.iter().any(|change| self.over.is(change))
    }

    /// Waits until something changes; false when nothing will any more.
    async fn heard(&mut self) -> bool {
        loop {
            match self.changes.recv().await {
                Ok(change) if change.position <= self.since || !self.over.is(&change) => {}
                // Too much to follow: then something did.
                Ok(_) | Err(RecvError::Lagged(_)) => {
                    self.forget();
                    return true;
                }
                Err(RecvError::Closed) => return false,
            }
        }
    }

    /// What waits now is told with the change that was heard.
    fn forget(&mut self) {
        self.changes = self.changes.resubscribe();
    }

    /// Whether the reader may still hear it: access may have ended with the change.
    async fn still_may(&self) -> bool {
        match &self.over {
            Over::Case(case) => watch::case(&self.platform, &self.token, case.as_str())
                .await
                .is_some(),
            Over::Organisation(own) => {
                watch::organisation(&self.platform, &self.token)
                    .await
                    .as_ref()
                    == Some(own)
            }
        }
    }
}

impl Visitor {
    /// The place in the log from which a page that is made now hears what changes; asked before what
    /// it shows. None when that cannot be known: then the page hears nothing.
    pub(super) async fn head(&self) -> Option<i64> {
        let db = &self.web().0.platform.ground.db;
        db.head().await.ok().map(|head| head.position)
    }
}

/// Where a page hears what changes in a case, or in what waits for the reader's organisation.
pub(super) fn address(head: Option<i64>, case: Option<&str>) -> Option<String> {
    let head = head?;
    Some(match case {
        Some(case) => format!("/live?casus={case}&sinds={head}"),
        None => format!("/live?sinds={head}"),
    })
}

/// What stands around a page that hears what changes for the reader's organisation.
pub(super) fn listening(frame: Frame, head: Option<i64>) -> Frame {
    Frame {
        live: address(head, None),
        ..frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_places_and_gets_them_back() {
        let listening = Listening::default();
        let seats: Vec<_> = (0..MOST_OF_SESSION)
            .map(|_| listening.seat("one"))
            .collect();
        assert!(seats.iter().all(Option::is_some));
        assert!(listening.seat("one").is_none());
        assert!(listening.seat("another").is_some());
        drop(seats);
        assert!(listening.seat("one").is_some());
        assert!(listening.0.lock().unwrap().is_empty());
    }
}
