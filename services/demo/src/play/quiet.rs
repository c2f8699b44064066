//! Waiting until nothing is under way any more, in any process.

use std::time::Duration;

use chassis::dev::{SettledReport, quiet};
use jiff::Timestamp;
use tokio::time::{Instant, sleep};

use super::Doors;

/// How long to wait for the processes, in real time: to be quiet, or to come back. Longer than the
/// broker waits before it delivers again what a killed process had not acknowledged (30 seconds).
pub const PATIENCE: Duration = Duration::from_secs(75);

/// How long between two looks.
const LOOK: Duration = Duration::from_millis(5);
const LONGEST_LOOK: Duration = Duration::from_millis(200);

/// The processes did not become quiet in time.
#[derive(Debug, thiserror::Error)]
#[error("after {} seconds something is still under way: {}", .patience.as_secs(), .busy.join("; "))]
pub struct NotQuiet {
    /// How long it was waited.
    pub patience: Duration,
    /// Who still has what to do.
    pub busy: Vec<String>,
}

/// Waits until two looks in a row show the same counts with nothing under way. A process that is
/// gone is waited for; when it comes back, its clock is set to `now` again.
///
/// # Errors
/// [`NotQuiet`] after `patience`.
pub async fn until_quiet(
    doors: &Doors,
    now: Timestamp,
    patience: Duration,
) -> Result<(), NotQuiet> {
    let start = Instant::now();
    let mut before = None;
    let mut look = LOOK;
    let mut gone = false;
    loop {
        let busy = match doors.settled().await {
            Ok(reports) if gone => {
                // Somebody was started again and may live in another time.
                gone = doors.advance(now).await.is_err();
                busy(&reports)
            }
            Ok(reports) if quiet(&reports) => {
                if before.as_ref() == Some(&reports) {
                    return Ok(());
                }
                before = Some(reports);
                look = LOOK;
                Vec::new()
            }
            Ok(reports) => {
                before = None;
                busy(&reports)
            }
            Err(error) => {
                before = None;
                gone = true;
                vec![error.to_string()]
            }
        };
        if !busy.is_empty() && start.elapsed() > patience {
            return Err(NotQuiet { patience, busy });
        }
        sleep(look).await;
        look = (look * 3 / 2).min(LONGEST_LOOK);
    }
}

/// Who still has what to do, in words.
fn busy(reports: &[SettledReport]) -> Vec<String> {
    let platform = reports.iter().find_map(|report| match report {
        SettledReport::Platform {
            pending,
            received,
            sent,
        } => Some((pending, received, sent)),
        SettledReport::Party { .. } => None,
    });
    let Some((pending, taken, given)) = platform else {
        return vec!["the platform does not report".to_owned()];
    };
    let mut busy = Vec::new();
    if *pending > 0 {
        busy.push(format!("the platform has {pending} to do"));
    }
    for report in reports {
        let SettledReport::Party {
            oin,
            pending,
            received,
            sent,
        } = report
        else {
            continue;
        };
        let taken = taken.get(oin).copied().unwrap_or(0);
        let given = given.get(oin).copied().unwrap_or(0);
        if *pending > 0 {
            busy.push(format!("{oin} has {pending} to do"));
        }
        if taken != *sent {
            busy.push(format!(
                "{oin} sent {sent}, of which the platform took {taken}"
            ));
        }
        if given != *received {
            busy.push(format!(
                "the platform sent {given} to {oin}, which took {received}"
            ));
        }
    }
    busy
}

#[cfg(test)]
mod tests {
    use proto::Oin;

    use super::*;

    #[test]
    fn who_is_busy_is_told_by_number_and_direction() {
        let svb = Oin::parse("00000099000000002000").unwrap();
        let reports = [
            SettledReport::Platform {
                pending: 1,
                received: [(svb.clone(), 2)].into(),
                sent: [(svb.clone(), 5)].into(),
            },
            SettledReport::Party {
                oin: svb,
                pending: 0,
                received: 4,
                sent: 2,
            },
        ];
        assert_eq!(
            busy(&reports),
            [
                "the platform has 1 to do",
                "the platform sent 5 to 00000099000000002000, which took 4"
            ]
        );
    }
}
