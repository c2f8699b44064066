//! Mails to the people of the registers: that something waits for their organisation, and where to
//! log in. A mail names no person, no case and nothing of what it is about: it passes through
//! systems that nobody here answers for.
//!
//! Two followers find the occasions: one of the log, one of the deadlines that come near. What
//! they find stands in a table before anything is sent, one row per cause, so that a mail is sent
//! once as far as a mail server lets us know; a row is tried again, ever later, and then left.
//! Nothing waits for it.

mod args;
mod letter;
mod occasion;
mod post;
mod store;

use std::sync::Arc;

use chassis::parties::Parties;
use jiff::{SignedDuration, Timestamp};
use journal::vault::Vault;
use journal::{Db, JournalError};
use ladder::{ContactId, Organisation};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::execute::Ground;
use crate::follow::follow;
use crate::seal::{self, contact_owner};
use crate::views::{self, AfterDeadline, DeadlineRow};

pub use args::MailArgs;
pub use occasion::Occasion;
use post::Failure;
pub use post::{MailServer, SettingsError};
use store::Mail;
pub(crate) use store::STATEMENTS;

/// The follower of the log.
const EVENTS: &str = "mails.events";
/// The follower of the deadlines; its place is the moment up to which was looked, in microseconds.
const TERMS: &str = "mails.terms";
/// What looks for occasions, and what sends, as the log of the service calls them.
const FINDING: &str = "occasions for mails";
const SENDING: &str = "mails";
/// How many rows are taken at a time.
const PAGE: u32 = 100;
/// How long before a term ends a mail says so.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// How often it is looked which terms come near.
const EVERY: SignedDuration = SignedDuration::from_mins(1);
/// What happened longer ago is no news: when mails were off, they do not come all at once.
const NEWS: SignedDuration = SignedDuration::from_hours(24);
/// How long it is kept what was sent, so that nothing is sent twice; longer than anything is news.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often a mail is tried.
const TRIES: i64 = 8;
/// How long after the first try the second comes; each next one after twice as long.
const FIRST_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// Finds occasions and sends mails.
#[derive(Clone)]
pub(crate) struct Mails {
    ground: Ground,
    vault: Vault,
    parties: Arc<Parties>,
    server: MailServer,
}

/// Why nothing is found or sent for now.
#[derive(Debug, thiserror::Error)]
enum MailError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Vault(#[from] journal::vault::VaultError),
    #[error("an event of the log cannot be read by this release")]
    Event(#[from] ladder::EventError),
}

impl Mails {
    pub(crate) fn new(
        ground: Ground,
        vault: Vault,
        parties: Arc<Parties>,
        server: MailServer,
    ) -> Self {
        Self {
            ground,
            vault,
            parties,
            server,
        }
    }

    /// Finds and sends until stopped. What follows the log waits for no mail server.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let db = &self.ground.db;
        tokio::join!(
            follow(db, FINDING, &stop, || unless(&stop, self.find())),
            follow(db, SENDING, &stop, || unless(&stop, self.send_page())),
        );
    }

    /// Looks for the next occasions; says whether there may be more.
    async fn find(&self) -> Result<bool, MailError> {
        let more = self.find_events().await?;
        self.find_terms().await?;
        Ok(more)
    }

    async fn find_events(&self) -> Result<bool, MailError> {
        let db = &self.ground.db;
        let after = db.checkpoint(EVENTS).await?;
        let events = db.read_after(after, PAGE).await?;
        let Some(last) = events.last() else {
            return Ok(false);
        };
        let now = self.ground.clock.now();
        let mut found = Vec::new();
        for stored in &events {
            if now.duration_since(stored.at) > NEWS {
                continue;
            }
            for (organisation, occasion, scene) in occasion::of(db, stored).await? {
                let cause = format!("event/{}", stored.id);
                found.extend(self.mail(cause, &organisation, occasion, &scene).await?);
            }
        }
        match found.is_empty() {
            true => db.save_checkpoint(EVENTS, last.position).await?,
            false => store::add(db, &found, now, (EVENTS, last.position)).await?,
        }
        Ok(true)
    }

    /// Terms that end within a day, and did not before.
    async fn find_terms(&self) -> Result<(), MailError> {
        let db = &self.ground.db;
        let now = self.ground.clock.now();
        let until = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
        let looked = db.checkpoint(TERMS).await?;
        if until.as_microsecond() - looked < EVERY.as_micros().try_into().unwrap_or(i64::MAX) {
            return Ok(());
        }
        // Whoever looks for the first time begins here; what ended meanwhile needs no mail.
        if looked == 0 {
            return Ok(db.save_checkpoint(TERMS, until.as_microsecond()).await?);
        }
        let from = Timestamp::from_microsecond(looked).map_or(now, |looked| looked.max(now));
        let mut last = None;
        loop {
            let after = last.as_ref().map(AfterDeadline::Deadline);
            let after = after.unwrap_or(AfterDeadline::Moment(from));
            let near = views::deadlines_between(db, after, until, PAGE).await?;
            let mut found = Vec::new();
            for deadline in &near {
                found.extend(self.mail_of_term(deadline).await?);
            }
            last = near.into_iter().last();
            // Until all were seen the place stays: what is found twice is sent once.
            let place = if last.is_some() {
                looked
            } else {
                until.as_microsecond()
            };
            store::add(db, &found, now, (TERMS, place)).await?;
            if last.is_none() {
                break;
            }
        }
        let forgotten = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
        Ok(store::forget(db, forgotten).await?)
    }

    async fn mail_of_term(&self, deadline: &DeadlineRow) -> Result<Option<Mail>, MailError> {
        let found = occasion::of_term(&self.ground.db, deadline).await?;
        let Some((organisation, scene)) = found else {
            return Ok(None);
        };
        let at = deadline.at.as_microsecond();
        let cause = format!("term/{}/{}/{at}", deadline.subject, deadline.due);
        self.mail(cause, &organisation, Occasion::Term, &scene)
            .await
    }

    /// A mail to whoever is there for it in the organisation's register; none when nobody is.
    async fn mail(
        &self,
        cause: String,
        organisation: &str,
        occasion: Occasion,
        scene: &occasion::Scene,
    ) -> Result<Option<Mail>, MailError> {
        let known = self
            .parties
            .iter()
            .any(|one| one.oin.as_str() == organisation);
        if !known {
            return Ok(None);
        }
        let contact = match &scene.contact {
            Some(contact) => Some(contact.clone()),
            None => {
                let mut register = views::whole_register(&self.ground.db, organisation).await?;
                let has_mail = |one: &ladder::register::Contact| one.entry.mail.is_some();
                register.contacts.retain(|_, contact| has_mail(contact));
                let today = self.ground.rules.calendar.date_of(self.ground.clock.now());
                let (theme, region) = (scene.theme.as_deref(), scene.region.as_deref());
                let found = register.find(None, theme, region, None, today);
                found.map(|found| found.contact.to_string())
            }
        };
        Ok(contact.map(|contact| Mail {
            cause,
            organisation: organisation.to_owned(),
            contact,
            occasion,
            tried: 0,
        }))
    }

    /// Sends what waits; says whether something was done.
    async fn send_page(&self) -> Result<bool, MailError> {
        let db = &self.ground.db;
        let now = self.ground.clock.now();
        let waiting = store::waiting(db, now, PAGE).await?;
        let any = !waiting.is_empty();
        for mail in waiting {
            self.send(mail, now).await?;
        }
        Ok(any)
    }

    async fn send(&self, mail: Mail, now: Timestamp) -> Result<(), MailError> {
        let db = &self.ground.db;
        let doublings = u32::try_from(mail.tried.clamp(0, TRIES)).unwrap_or_default();
        let again = now.saturating_add(FIRST_AGAIN * 2_i32.pow(doublings));
        // Whoever puts it off sends it: at two replicas one of them.
        let again = again.unwrap_or(Timestamp::MAX);
        if !store::take(db, &mail, again).await? {
            return Ok(());
        }
        let Some(address) = self.address(&mail).await? else {
            info!("a mail has no address any more, and is left");
            return Ok(store::end(db, &mail, store::State::Nobody).await?);
        };
        let state = match self.server.send(&mail, &address, now).await {
            Ok(()) => store::State::Sent,
            Err(Failure { code, lasting }) => {
                // Only the server's code: its words repeat the address.
                let tried = mail.tried + 1;
                warn!(code, tried, "a mail could not be sent");
                if !lasting && tried < TRIES {
                    return Ok(());
                }
                store::State::GivenUp
            }
        };
        Ok(store::end(db, &mail, state).await?)
    }

    /// The address that stands in the register now.
    async fn address(&self, mail: &Mail) -> Result<Option<String>, MailError> {
        let row = views::find_contact(&self.ground.db, &mail.organisation, &mail.contact).await?;
        let Some(sealed) = row
            .map(|row| row.entry())
            .transpose()?
            .and_then(|it| it.mail)
        else {
            return Ok(None);
        };
        let (Ok(organisation), Ok(contact)) = (
            Organisation::parse(&mail.organisation),
            ContactId::parse(&mail.contact),
        ) else {
            return Ok(None);
        };
        let scope = contact_owner(&organisation, &contact);
        Ok(seal::open(&self.vault, &scope, &sealed).await?)
    }
}

/// A step, left half-way when everything stops: a mail server can take its time, and what is half done is
/// done again after the next start.
async fn unless(
    stop: &CancellationToken,
    step: impl Future<Output = Result<bool, MailError>>,
) -> Result<bool, MailError> {
    tokio::select! {
        () = stop.cancelled() => Ok(false),
        done = step => done,
    }
}

/// From where mails begin: a log that was there before them sends none about its past.
///
/// # Errors
/// [`JournalError`].
pub(crate) async fn begin(db: &Db) -> Result<(), JournalError> {
    if db.checkpoint(EVENTS).await? == 0 {
        let head = db.head().await?.position;
        db.save_checkpoint(EVENTS, head).await?;
    }
    Ok(())
}
