//! Data at rest: whatever says something about people stands sealed in the party's database, under
//! keys in a vault of the party's own; what must be found again stands there as a keyed digest.
//! A copy of the database without vault and master key says nothing about anybody (AVG art. 32).

use std::fmt;

use aws_lc_rs::{
    hkdf::{HKDF_SHA256, Salt},
    hmac,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use journal::vault::{MasterKey, Sealed, Sealer, Vault, VaultError};
use proto::Pseudonym;
use uuid::Uuid;

use crate::{core::Core, error::GatewayError};

/// What the party's keys do: seal, and make digests for looking up.
pub(crate) struct Rest {
    vault: Vault,
    lookup: hmac::Key,
}

/// Whose key something is sealed under; forgetting the key erases all of it.
pub(crate) enum Owner<'o> {
    /// One event of an own system, with the fact that is held because of it.
    OwnEvent(Uuid),
    /// The people and waiting events of an own case.
    Reference(&'o str),
    /// What was told to and by the platform in a case.
    Case(&'o Pseudonym),
    /// What was told to the platform in no case yet.
    Out,
    /// What the platform told in no case.
    In,
    /// One message in quarantine.
    Quarantined(&'o str),
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwnEvent(id) => write!(f, "own/{id}"),
            Self::Reference(reference) => write!(f, "reference/{reference}"),
            Self::Case(pseudonym) => write!(f, "case/{pseudonym}"),
            Self::Out => f.write_str("out"),
            Self::In => f.write_str("in"),
            Self::Quarantined(id) => write!(f, "quarantine/{id}"),
        }
    }
}

impl<'o> Owner<'o> {
    /// Who owns what was told to the platform.
    pub(crate) fn of_outgoing(subject: Option<&'o Pseudonym>) -> Self {
        subject.map_or(Self::Out, Self::Case)
    }

    /// Who owns what the platform told.
    pub(crate) fn of_incoming(case: Option<&'o Pseudonym>) -> Self {
        case.map_or(Self::In, Self::Case)
    }
}

/// What is looked up by a digest. Each has digests of its own: equal texts of two kinds differ.
#[derive(Clone, Copy)]
pub(crate) enum Lookup {
    /// A citizen service number.
    Bsn,
    /// A name in comparable form.
    Name,
    /// A day of birth.
    BirthDate,
    /// A request, for its `Idempotency-Key`.
    Request,
}

impl Lookup {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::Name => "name",
            Self::BirthDate => "birth-date",
            Self::Request => "request",
        }
    }
}

impl Rest {
    /// Opens the party's vault, and makes it when it does not exist.
    ///
    /// # Errors
    /// [`VaultError`], also when the vault was made with another master key.
    pub(crate) async fn open(url: &str, master: [u8; 32]) -> Result<Self, VaultError> {
        Ok(Self {
            lookup: lookup_key(&master)?,
            vault: Vault::open(url, MasterKey::from_bytes(master)).await?,
        })
    }

    /// The digest under which something is found: HMAC-SHA-256 under a key that follows from the
    /// master key. Without that key nine digits cannot be tried out either.
    pub(crate) fn digest(&self, kind: Lookup, text: &str) -> String {
        let text = format!("{}\0{text}", kind.as_str());
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.lookup, text.as_bytes()).as_ref())
    }

    pub(crate) const fn vault(&self) -> &Vault {
        &self.vault
    }

    pub(crate) async fn close(&self) {
        self.vault.close().await;
    }
}

fn lookup_key(master: &[u8; 32]) -> Result<hmac::Key, VaultError> {
    Salt::new(HKDF_SHA256, b"doorbraak party v1")
        .extract(master)
        .expand(&[b"digests for looking up"], hmac::HMAC_SHA256)
        .map(hmac::Key::from)
        .map_err(|_| VaultError::MasterKey)
}

impl Core {
    /// The sealer of one owner. Its key is in the vault before anything that it seals is stored.
    pub(crate) async fn sealer(&self, owner: &Owner<'_>) -> Result<Sealer, GatewayError> {
        let (now, fresh) = (self.clock.now(), self.entropy.bytes());
        let owner = owner.to_string();
        Ok(self.rest.vault.sealer(&owner, now, fresh).await?)
    }

    pub(crate) fn seal_with(&self, sealer: &Sealer, text: &str) -> Result<String, GatewayError> {
        let sealed = sealer.seal(text, self.entropy.bytes())?;
        Ok(sealed.as_str().to_owned())
    }

    /// Seals a text under its owner's key.
    pub(crate) async fn seal(&self, owner: &Owner<'_>, text: &str) -> Result<String, GatewayError> {
        let sealer = self.sealer(owner).await?;
        self.seal_with(&sealer, text)
    }

    /// Opens sealed texts with one look into the vault, in their order.
    ///
    /// # Errors
    /// When one of them cannot be opened, also because its key was forgotten.
    pub(crate) async fn unseal_all(
        &self,
        sealed: Vec<String>,
    ) -> Result<Vec<String>, GatewayError> {
        let sealed = sealed
            .into_iter()
            .map(Sealed::parse)
            .collect::<Result<Vec<_>, _>>()?;
        let opened = self.rest.vault.unseal_all(&sealed).await?;
        opened
            .into_iter()
            .map(|text| text.ok_or(GatewayError::Unreadable("text, whose key was forgotten,")))
            .collect()
    }

    /// Opens one sealed text that must belong to this owner.
    pub(crate) async fn unseal(
        &self,
        owner: &Owner<'_>,
        sealed: &str,
    ) -> Result<String, GatewayError> {
        let sealed = Sealed::parse(sealed)?;
        let opened = self
            .rest
            .vault
            .unseal_for(&owner.to_string(), &sealed)
            .await?;
        opened.ok_or(GatewayError::Unreadable("text, whose key was forgotten,"))
    }

    /// Erases everything that was sealed under this owner's key.
    pub(crate) async fn forget(&self, owner: &Owner<'_>) -> Result<(), GatewayError> {
        self.rest.vault.forget(&owner.to_string()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(master: u8, kind: Lookup, text: &str) -> String {
        let lookup = lookup_key(&[master; 32]).expect("a key");
        let text = format!("{}\0{text}", kind.as_str());
        URL_SAFE_NO_PAD.encode(hmac::sign(&lookup, text.as_bytes()).as_ref())
    }

    #[test]
    fn a_digest_takes_the_master_key_and_the_kind() {
        let one = digest(1, Lookup::Bsn, "999990342");
        assert_eq!(digest(1, Lookup::Bsn, "999990342"), one);
        assert_ne!(digest(2, Lookup::Bsn, "999990342"), one);
        assert_ne!(digest(1, Lookup::Name, "999990342"), one);
        assert_ne!(digest(1, Lookup::Bsn, "999990019"), one);
    }
}
