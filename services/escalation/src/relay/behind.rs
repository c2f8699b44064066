//! Who is behind: an organisation for which the bus has no room keeps the rest of its letters in its
//! line, in the database, and everything later goes behind them until the line is empty. So its
//! silence costs nobody else a letter, and it hears everything in the order in which it was written.

use std::collections::BTreeSet;

use bus::Bus;
use journal::{Db, JournalError};
use proto::Oin;

use super::outgoing;

/// The organisations whose letters wait in their lines, as one page of a follower sees it.
///
/// Read at the start of a page: what is emptied meanwhile is taken for full until the next one, which
/// costs a letter a moment in the line and never its place. What is lost meanwhile ends the page.
pub(super) struct Behind {
    organisations: BTreeSet<String>,
    epoch: u64,
}

impl Behind {
    /// Who is behind now.
    ///
    /// # Errors
    /// [`JournalError`].
    pub(super) async fn read(db: &Db, bus: &Bus) -> Result<Self, JournalError> {
        let epoch = bus.epoch();
        let organisations = outgoing::standing(db).await?;
        Ok(Self {
            organisations,
            epoch,
        })
    }

    /// Whether a letter for this organisation goes into its line.
    pub(super) fn holds(&self, to: &Oin) -> bool {
        self.organisations.contains(to.as_str())
    }

    /// What follows for this organisation goes into its line.
    pub(super) fn add(&mut self, to: &Oin) {
        self.organisations.insert(to.as_str().to_owned());
    }

    /// Whether the bus may have lost nothing since this was read: what went since then stands there,
    /// and nobody came into the line whom this does not know.
    pub(super) fn still_holds(&self, bus: &Bus) -> bool {
        self.epoch == bus.epoch()
    }
}
