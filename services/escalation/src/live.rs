//! What tells open pages that something changed: follows the log after each commit and says of
//! which case, and to whom that is of concern; never what. Nothing hangs on it: a page that hears
//! nothing is as current as it was when it was asked for.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use journal::{Db, JournalError, StoredEvent};
use ladder::{Body, CaseId, Rules, Rung, Tier};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::aggregate::Subject;
use crate::views;

/// How many events are read at a time.
const PAGE: u32 = 100;
/// How long to wait at most before looking again: another replica may have appended.
const LOOK: Duration = Duration::from_secs(1);
/// So far back is looked when somebody listens again after nobody did. Whoever listens looks from
/// the place that their page was made at.
const BACK: i64 = 1_000;
/// So many changes wait for a page that is slow to take them; one that misses some hears that
/// something changed.
const WAITING: usize = 256;

/// That something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The log's position after it.
    pub(crate) position: i64,
    /// In which case; none for a meeting and what else is no case.
    pub(crate) case: Option<CaseId>,
    /// The organisations with a part in it, by their OINs, and the one that acted.
    pub(crate) organisations: BTreeSet<String>,
}

/// Which organisation admits to a rung, when that is one.
fn admitting(rung: &Rung) -> Option<String> {
    let by = rung.admission.as_ref()?.organisation.as_ref()?;
    Some(by.to_string())
}

/// Whose rung it is, when it is of one organisation.
fn body(rung: &Rung) -> Option<String> {
    match &rung.body {
        Body::Organisation(only) => Some(only.to_string()),
        Body::Owner | Body::Competent(_) => None,
    }
}

/// Where changes are heard. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Bell {
    db: Db,
    rules: Arc<Rules>,
    changes: broadcast::Sender<Arc<Change>>,
    /// Ends what listens.
    pub(crate) stop: CancellationToken,
}

impl Bell {
    /// A bell on this log, which rings once [`Bell::run`] runs, until stopped.
    pub(crate) fn new(db: Db, rules: Arc<Rules>, stop: CancellationToken) -> Self {
        let (changes, _) = broadcast::channel(WAITING);
        Self {
            db,
            rules,
            changes,
            stop,
        }
    }

    /// Everything that changes from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<Change>> {
        self.changes.subscribe()
    }

    /// The changes after a place in the log, oldest first, and whether there may be more.
    ///
    /// # Errors
    /// [`JournalError`].
    pub(crate) async fn since(&self, position: i64) -> Result<(Vec<Change>, bool), JournalError> {
        let events = self.db.read_after(position, PAGE).await?;
        let more = events.len() == PAGE as usize;
        let mut changes = Vec::with_capacity(events.len());
        for event in &events {
            changes.push(self.change(event).await?);
        }
        Ok((changes, more))
    }

    async fn change(&self, event: &StoredEvent) -> Result<Change, JournalError> {
        let acted = event.actor["organisation"].as_str().map(str::to_owned);
        let mut organisations: BTreeSet<String> = acted.into_iter().collect();
        let case = match Subject::parse(&event.stream) {
            Some(Subject::Case(case)) => {
                let parts = views::parts_of(&self.db, case.as_str()).await?;
                organisations.extend(parts.into_iter().map(|(organisation, _)| organisation));
                // Who is asked for advice has no part in the case, and waits for the question.
                let asked = views::advice(&self.db, case.as_str()).await?;
                organisations.extend(asked.into_iter().map(|asked| asked.adviser));
                Some(case)
            }
            Some(Subject::Meeting(meeting)) => {
                organisations.extend(self.of_meeting(meeting.as_str()).await?);
                None
            }
            Some(Subject::Signal(signal)) => {
                organisations.extend(self.of_signal(signal.as_str()).await?);
                None
            }
            Some(Subject::Pass(_) | Subject::Register(_)) | None => None,
        };
        Ok(Change {
            position: event.position,
            case,
            organisations,
        })
    }

    /// Whose table meets, who admits to it, and who is invited.
    async fn of_meeting(&self, meeting: &str) -> Result<BTreeSet<String>, JournalError> {
        let Some(row) = views::find_meeting(&self.db, meeting).await? else {
            return Ok(BTreeSet::new());
        };
        let invited = row.content["invited"].as_object();
        let invited = invited
            .into_iter()
            .flat_map(|invited| invited.keys().cloned());
        let rungs = self.rules.ladder.rungs().iter();
        let rung = rungs.filter(|rung| rung.id.as_str() == row.rung);
        let admitting = rung.filter_map(admitting);
        Ok(invited.chain(admitting).chain([row.body]).collect())
    }

    /// Who raised it, who owns it, and who places what has no owner yet.
    async fn of_signal(&self, signal: &str) -> Result<BTreeSet<String>, JournalError> {
        let Some(row) = views::find_signal(&self.db, signal).await? else {
            return Ok(BTreeSet::new());
        };
        let above = self.rules.ladder.rungs().iter();
        let above = above.filter(|rung| rung.tier > Tier::Local);
        let places = above.flat_map(|rung| admitting(rung).into_iter().chain(body(rung)));
        let places = places.filter(|_| row.assigned.is_none());
        let mut concerned: BTreeSet<String> = places.collect();
        concerned.extend([row.raiser]);
        concerned.extend(row.assigned);
        Ok(concerned)
    }

    /// Rings until stopped. While nobody listens nothing is read.
    pub(crate) async fn run(self) {
        let mut committed = self.db.committed();
        let mut at = *committed.borrow_and_update();
        while !self.stop.is_cancelled() {
            tokio::select! {
                () = self.stop.cancelled() => return,
                changed = committed.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
            }
            if self.changes.receiver_count() == 0 {
                at = at.max(*committed.borrow_and_update() - BACK);
                continue;
            }
            if let Err(error) = self.ring(&mut at).await {
                warn!(%error, "open pages do not hear what changes");
            }
        }
    }

    async fn ring(&self, at: &mut i64) -> Result<(), JournalError> {
        loop {
            let (changes, more) = self.since(*at).await?;
            for change in changes {
                *at = change.position;
                // Whoever listened may have gone.
                let _ = self.changes.send(Arc::new(change));
            }
            if !more {
                return Ok(());
            }
        }
    }
}
