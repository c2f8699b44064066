//! The end of keeping: once a day, what of the ended cases has been kept long enough is ordered to
//! be erased (AVG art. 5(1)(e); domain, section e3). A day that was missed is caught up, for what
//! is due stays due; two replicas give the same order under the same cause.

mod texts;

use std::sync::Mutex;
use std::sync::PoisonError;

use gate::Actor;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use journal::CauseKey;
use ladder::{Case, CaseId, Command, ErasureGround, ErasureId, OrderErasure, Rules};
use tracing::{info, warn};

use crate::aggregate;
use crate::clock::TickError;
use crate::execute::{Done, Executor, Ground, Order, Work};
use crate::intake::{KEEP_DAYS, arrived_on};
use crate::relay::letter_id;
use crate::views;

/// The sender of the cause of what a term of keeping asks.
const SENDER: &str = "retention";

/// Looks once a day.
#[derive(Default)]
pub(crate) struct Expiry {
    looked: Mutex<Option<Date>>,
}

impl Expiry {
    /// Orders what is due, when this was not looked at today.
    ///
    /// # Errors
    /// [`TickError`]; it is looked at again then.
    pub(crate) async fn look(
        &self,
        ground: &Ground,
        executor: &Executor,
        now: Timestamp,
    ) -> Result<(), TickError> {
        let today = ground.rules.calendar.date_of(now);
        if self.looked() == Some(today) {
            return Ok(());
        }
        let mut after = String::new();
        loop {
            let page = views::ended_after(&ground.db, &after).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(last);
            for case in &page {
                expire(ground, executor, case, (now, today)).await?;
            }
        }
        texts::expire(ground, executor, (now, today)).await?;
        forget_bodies(ground, now).await?;
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(today);
        Ok(())
    }

    fn looked(&self) -> Option<Date> {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the keys of the bodies that came in long enough ago: what was parked or in quarantine
/// is gone by then, and the keys of days that were missed go too, up to a season back.
async fn forget_bodies(ground: &Ground, now: Timestamp) -> Result<(), TickError> {
    let today = now.to_zoned(TimeZone::UTC).date();
    // Two days more than an entry is kept: a body may have been parked for one before.
    let gone = (KEEP_DAYS + 2..KEEP_DAYS + 100).filter_map(|days| {
        let day = today.checked_sub(days.days()).ok()?;
        Some(arrived_on(day))
    });
    let days: Vec<String> = gone.collect();
    ground
        .vault
        .erase(&format!("intake/until/{today}"), &days)
        .await?;
    Ok(())
}

async fn expire(
    ground: &Ground,
    executor: &Executor,
    case: &str,
    (now, today): (Timestamp, Date),
) -> Result<(), TickError> {
    let Ok(id) = CaseId::parse(case) else {
        return Ok(());
    };
    let (state, _) = aggregate::read::<Rules>(&ground.db, &id).await?;
    let Case::Closed(closed) = state else {
        return Ok(());
    };
    for scope in ground.retention.due(&ground.rules.calendar, &closed, now) {
        let scope_name = serde_json::to_string(&scope).map_err(|_| unreadable())?;
        let cause = format!("{id}/{today}/{scope_name}");
        let erasure = letter_id(&[SENDER.as_bytes(), cause.as_bytes()]).to_string();
        info!(case = %id, scope = scope.word(), "a term of keeping has ended");
        let command = Command::OrderErasure(OrderErasure {
            erasure: ErasureId::parse(&erasure).map_err(|_| unreadable())?,
            scope,
            ground: ErasureGround::TermEnded,
            by: None,
        });
        let order = Order {
            actor: Actor::Clock,
            work: Work::case(&id, command),
            cause: CauseKey::new(SENDER, cause),
            if_match: None,
            arrival: None,
        };
        if let Done::Refused { code, .. } = executor.execute(order).await? {
            warn!(case = %id, code, "what is due was not erased; looked at again tomorrow");
        }
    }
    Ok(())
}

fn unreadable() -> journal::JournalError {
    journal::JournalError::Unreadable { what: "case" }
}
