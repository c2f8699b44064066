//! What was written of a signal or a meeting itself, when its term after the end is over.

use jiff::Timestamp;
use jiff::civil::Date;
use journal::{CauseKey, JournalError};
use ladder::meeting::MeetingRules;
use ladder::signal::SignalRules;
use ladder::{ErasureGround, MeetingId, SignalId, meeting, signal};
use tracing::{info, warn};

use super::{SENDER, TickError};
use crate::aggregate;
use crate::execute::{Done, Executor, Ground, Order, Work};
use crate::views;

/// Orders what is due of signals and meetings.
///
/// # Errors
/// [`TickError`]; it is looked at again then.
pub(super) async fn expire(
    ground: &Ground,
    executor: &Executor,
    (now, today): (Timestamp, Date),
) -> Result<(), TickError> {
    let mut after = String::new();
    loop {
        let page = views::ended_signals_after(&ground.db, &after).await?;
        let Some((last, _)) = page.last() else { break };
        after.clone_from(last);
        for (id, ended_at) in page {
            if is_due(ground, &ended_at, now)? {
                let id = SignalId::parse(&id).map_err(|_| unreadable())?;
                order(executor, signal_work(ground, &id).await?, today).await?;
            }
        }
    }
    let mut after = String::new();
    loop {
        let page = views::ended_meetings_after(&ground.db, &after).await?;
        let Some((last, _)) = page.last() else { break };
        after.clone_from(last);
        for (id, ended_at) in page {
            if is_due(ground, &ended_at, now)? {
                let id = MeetingId::parse(&id).map_err(|_| unreadable())?;
                order(executor, meeting_work(ground, &id).await?, today).await?;
            }
        }
    }
    Ok(())
}

/// Nothing changes after the end but that texts are erased, so the last change is the end, until
/// there is nothing left to erase.
fn is_due(ground: &Ground, ended_at: &str, now: Timestamp) -> Result<bool, TickError> {
    let ended_at: Timestamp = ended_at.parse().map_err(|_| unreadable())?;
    let calendar = &ground.rules.calendar;
    Ok(ground.retention.texts_are_due(calendar, ended_at, now))
}

/// The order for a signal; nothing when nothing is written of it any more.
async fn signal_work(ground: &Ground, id: &SignalId) -> Result<Option<Work>, TickError> {
    let (state, _) = aggregate::read::<SignalRules>(&ground.db, id).await?;
    let written = state.file().is_some_and(|file| file.has_texts);
    let command = signal::Command::EraseTexts(signal::EraseTexts {
        by: None,
        ground: ErasureGround::TermEnded,
    });
    Ok(written.then(|| Work::signal(id, command)))
}

/// The same for a meeting.
async fn meeting_work(ground: &Ground, id: &MeetingId) -> Result<Option<Work>, TickError> {
    let (state, _) = aggregate::read::<MeetingRules>(&ground.db, id).await?;
    let written = state.table().is_some_and(|table| table.has_texts);
    let command = meeting::Command::EraseTexts(meeting::EraseTexts {
        by: None,
        ground: ErasureGround::TermEnded,
    });
    Ok(written.then(|| Work::meeting(id, command)))
}

async fn order(executor: &Executor, work: Option<Work>, today: Date) -> Result<(), TickError> {
    let Some(work) = work else { return Ok(()) };
    let subject = work.subject();
    info!(%subject, "a term of keeping has ended");
    let order = Order {
        actor: gate::Actor::Clock,
        cause: CauseKey::new(SENDER, format!("{subject}/{today}")),
        work,
        if_match: None,
        arrival: None,
    };
    if let Done::Refused { code, .. } = executor.execute(order).await? {
        warn!(%subject, code, "what is due was not erased; looked at again tomorrow");
    }
    Ok(())
}

fn unreadable() -> JournalError {
    JournalError::Unreadable {
        what: "ended signal or meeting",
    }
}
