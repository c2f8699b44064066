//! Accounting for who saw what: the two logs, and who may ask about them.

#[path = "accounting/access_log.rs"]
mod access_log;
#[path = "accounting/logs.rs"]
mod logs;
#[path = "accounting/outages.rs"]
mod outages;
#[path = "accounting/report.rs"]
mod report;
#[path = "accounting/sweep.rs"]
mod sweep;

use account::{AccessLine, After, Asked, ProcessingLine};
use jiff::Timestamp;

use crate::world::World;

/// What one test finds in the logs.
pub(crate) struct Written {
    pub(crate) access: Vec<AccessLine>,
    pub(crate) processing: Vec<ProcessingLine>,
}

impl Written {
    /// The lines of operations themselves.
    pub(crate) fn roots(&self) -> Vec<&ProcessingLine> {
        let lines = self.processing.iter();
        lines
            .filter(|line| line.data_subject_id.is_none())
            .collect()
    }

    /// The lines of data subjects.
    pub(crate) fn subjects(&self) -> Vec<&ProcessingLine> {
        let lines = self.processing.iter();
        lines
            .filter(|line| line.data_subject_id.is_some())
            .collect()
    }
}

/// Everything in the access log.
pub(crate) async fn accesses(world: &World) -> Vec<AccessLine> {
    let asked = Asked {
        object: None,
        organisation: None,
        person_ref: None,
        from: Timestamp::UNIX_EPOCH,
        until: Timestamp::MAX,
    };
    let logs = world.service.accounting().logs();
    logs.accesses(&asked, &After::nothing(), 100_000)
        .await
        .unwrap()
}

/// Everything in one controller's processing log.
pub(crate) async fn processings(world: &World, controller: &str) -> Vec<ProcessingLine> {
    let logs = world.service.accounting().logs();
    logs.processings(controller, Timestamp::UNIX_EPOCH, Timestamp::MAX)
        .await
        .unwrap()
}

/// What was written since `before` by requests of this organisation's users.
pub(crate) async fn since(world: &World, controller: &str, before: &[AccessLine]) -> Written {
    let known = |line: &AccessLine| before.iter().any(|old| old.id == line.id);
    let mut access = accesses(world).await;
    access.retain(|line| line.organisation == controller && !known(line));
    let mut processing = processings(world, controller).await;
    processing.retain(|line| access.iter().any(|it| it.trace_id == line.trace_id));
    Written { access, processing }
}
