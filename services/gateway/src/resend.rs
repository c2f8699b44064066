//! What was told to the platform, told once more: after the platform was put back from a backup, it
//! knows a sender's events up to a count, and everything after that has to come again. The log keeps
//! what was told, so the same events go out under the same ids and counts; the platform takes what
//! it does not know, and answers.

use chassis::{Clock, Entropy};
use journal::vault::{Sealed, VaultError};
use journal::{Db, JournalError, StoredEvent};
use proto::{Envelope, EventType, FromParty, IdentifierError, Oin, Pseudonym, Source};

use crate::error::GatewayError;
use crate::rest::{Owner, Rest};
use crate::service::migrations;
use crate::sql;

/// Whose events, and which.
pub struct ResendConfig<'a> {
    /// The organisation.
    pub oin: &'a Oin,
    /// Its service's name in the `source` of events, such as `municipality`.
    pub service: &'a str,
    /// The party's own database.
    pub database_url: &'a str,
    /// The party's key vault.
    pub vault_url: &'a str,
    /// The key above the vault's keys.
    pub master_key: [u8; 32],
    /// The last count that the platform knows; what comes after it goes out again.
    pub after: u64,
    /// The time.
    pub clock: &'a Clock,
    /// Randomness.
    pub entropy: &'a Entropy,
}

/// What goes out again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resent {
    /// How many events that were answered before.
    pub events: usize,
    /// The counts of those whose content was erased here since: the platform waits at the first of
    /// these until somebody decides.
    pub erased: Vec<u64>,
}

/// Why nothing goes out again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] JournalError),
    /// The vault cannot be used, or is under another master key.
    #[error("the key vault: {0}")]
    Vault(#[from] VaultError),
    /// What is stored cannot be read back.
    #[error(transparent)]
    Stored(#[from] GatewayError),
    /// The service's name cannot stand in the `source` of events.
    #[error("the service's name cannot be used: {0}")]
    Name(#[from] IdentifierError),
}

/// Puts everything after a count back into the outbox; the service, which may run, sends it. What
/// was not answered yet is there anyway. Doing it again changes nothing more.
///
/// # Errors
/// [`ResendError`]; nothing was changed then.
pub async fn resend(config: ResendConfig<'_>) -> Result<Resent, ResendError> {
    let db = Db::open(config.database_url, migrations()).await?;
    let rest = Rest::open(config.vault_url, config.master_key).await?;
    let resent = again(&config, &db, &rest).await;
    db.close().await;
    rest.close().await;
    resent
}

async fn again(config: &ResendConfig<'_>, db: &Db, rest: &Rest) -> Result<Resent, ResendError> {
    let name = format!("urn:nld:oin:{}:systeem:{}", config.oin, config.service);
    let source = Source::parse(&name)?;
    let mut resent = Resent::default();
    let mut rows = Vec::new();
    for stored in db.read_stream("out").await? {
        let sequence = stored.version.unsigned_abs();
        if sequence <= config.after {
            continue;
        }
        let Some((envelope, subject)) = envelope(rest, &source, &stored).await? else {
            resent.erased.push(sequence);
            continue;
        };
        let encoded = String::from_utf8(envelope.encode().map_err(GatewayError::from)?)
            .map_err(|_| GatewayError::Unreadable("envelope"))?;
        let owner = Owner::of_outgoing(subject.as_ref()).to_string();
        let (now, fresh) = (config.clock.now(), config.entropy.bytes());
        let sealer = rest.vault().sealer(&owner, now, fresh).await?;
        let sealed = sealer.seal(&encoded, config.entropy.bytes())?;
        let digest = transparency::sha256(encoded.as_bytes()).to_string();
        rows.push((stored.version, sealed, digest));
    }
    let mut tx = db.begin().await?;
    for (sequence, sealed, digest) in rows {
        let changed = sqlx::query(sql::OUTBOX_AGAIN)
            .bind(sequence)
            .bind(sealed.as_str())
            .bind(digest)
            .execute(tx.conn())
            .await
            .map_err(JournalError::from)?;
        resent.events += usize::from(changed.rows_affected() > 0);
    }
    tx.commit().await?;
    Ok(resent)
}

/// What was sent then, from what the log keeps of it; nothing when its content was erased.
async fn envelope(
    rest: &Rest,
    source: &Source,
    stored: &StoredEvent,
) -> Result<Option<(Envelope, Option<Pseudonym>)>, ResendError> {
    let broken = || GatewayError::Unreadable("event of the outbox");
    let subject = match stored.data["subject"].as_str() {
        Some(subject) => Some(Pseudonym::parse(subject)?),
        None => None,
    };
    let sealed = stored.data["sealed"].as_str().ok_or_else(broken)?;
    let sealed = Sealed::parse(sealed)?;
    let owner = Owner::of_outgoing(subject.as_ref()).to_string();
    let Some(text) = rest.vault().unseal_for(&owner, &sealed).await? else {
        return Ok(None);
    };
    let data = serde_json::from_str(&text).map_err(|_| broken())?;
    let event = FromParty::decode(&stored.kind, stored.kind_version, &data);
    let event = event.map_err(|_| broken())?;
    let envelope = Envelope {
        id: stored.id.to_string(),
        source: source.clone(),
        type_: EventType::new(event.event(), event.version()),
        subject: subject.as_ref().map(ToString::to_string),
        time: stored.at,
        dataschema: Some(event.dataschema()),
        traceparent: None,
        sequence: Some(stored.version.unsigned_abs()),
        data: event.data(),
    };
    Ok(Some((envelope, subject)))
}
