//! Sealing what people write and who they are, before anything is decided or stored.

use std::collections::HashMap;

use chassis::entropy::Entropy;
use jiff::Timestamp;
use journal::vault::{Sealer, Vault, VaultError};
use ladder::{CaseId, ContactId, MeetingId, Organisation, Sealed, SignalId};

/// The owner of a case's free text in the key vault.
pub(crate) fn text_owner(case: &CaseId) -> String {
    format!("case/{case}/text")
}

/// The owner of one person's fields in the key vault.
pub(crate) fn person_owner(case: &CaseId, person_key: &str) -> String {
    format!("case/{case}/person/{person_key}")
}

/// The owner of a meeting's free text in the key vault.
pub fn meeting_owner(meeting: &MeetingId) -> String {
    format!("meeting/{meeting}/text")
}

/// The owner of a signal's free text in the key vault.
pub fn signal_owner(signal: &SignalId) -> String {
    format!("signal/{signal}/text")
}

/// The owner of one person's fields in a register: forgotten when the person leaves.
pub fn contact_owner(organisation: &Organisation, contact: &ContactId) -> String {
    format!("register/{organisation}/{contact}")
}

/// Seals texts of one owner; the key is loaded, so sealing itself does no I/O.
pub(crate) struct TextSealer {
    sealer: Sealer,
    entropy: Entropy,
}

impl TextSealer {
    /// Loads, or makes, the key of an owner. It is stored before anything is sealed with it.
    ///
    /// # Errors
    /// [`VaultError`] when the vault cannot be reached.
    pub(crate) async fn load(
        vault: &Vault,
        entropy: &Entropy,
        owner: &str,
        at: Timestamp,
    ) -> Result<Self, VaultError> {
        Ok(Self {
            sealer: vault.sealer(owner, at, entropy.bytes()).await?,
            entropy: entropy.clone(),
        })
    }

    /// Seals a text.
    ///
    /// # Errors
    /// [`VaultError`] for a text beyond the cipher's limit.
    pub(crate) fn text(&self, plaintext: &str) -> Result<Sealed, VaultError> {
        seal(&self.sealer, &self.entropy, plaintext)
    }
}

/// Seals the fields of one case; its keys are loaded, so sealing itself does no I/O.
pub(crate) struct CaseSealer {
    text: Sealer,
    persons: HashMap<String, Sealer>,
    entropy: Entropy,
}

impl CaseSealer {
    /// Loads, or makes, the keys of a case's text and of these persons in it. They are stored
    /// before anything is sealed with them.
    ///
    /// # Errors
    /// [`VaultError`] when the vault cannot be reached.
    pub(crate) async fn load(
        vault: &Vault,
        entropy: &Entropy,
        case: &CaseId,
        person_keys: &[&str],
        at: Timestamp,
    ) -> Result<Self, VaultError> {
        let text = vault.sealer(&text_owner(case), at, entropy.bytes()).await?;
        let mut persons = HashMap::new();
        for key in person_keys {
            let owner = person_owner(case, key);
            let sealer = vault.sealer(&owner, at, entropy.bytes()).await?;
            persons.insert((*key).to_owned(), sealer);
        }
        Ok(Self {
            text,
            persons,
            entropy: entropy.clone(),
        })
    }

    /// Seals a text about the case.
    ///
    /// # Errors
    /// [`VaultError`] for a text beyond the cipher's limit.
    pub(crate) fn text(&self, plaintext: &str) -> Result<Sealed, VaultError> {
        seal(&self.text, &self.entropy, plaintext)
    }

    /// Seals a field of one person; under the case's text key for a person who was not loaded.
    ///
    /// # Errors
    /// As [`CaseSealer::text`].
    pub(crate) fn person(&self, person_key: &str, plaintext: &str) -> Result<Sealed, VaultError> {
        let sealer = self.persons.get(person_key).unwrap_or(&self.text);
        seal(sealer, &self.entropy, plaintext)
    }
}

fn seal(sealer: &Sealer, entropy: &Entropy, plaintext: &str) -> Result<Sealed, VaultError> {
    let sealed = sealer.seal(plaintext, entropy.bytes())?;
    Ok(Sealed::new(sealed.as_str()))
}

/// Opens one sealed text; `None` when it was erased.
///
/// # Errors
/// [`VaultError`] when it cannot be opened.
pub(crate) async fn open(vault: &Vault, sealed: &Sealed) -> Result<Option<String>, VaultError> {
    vault
        .unseal(&journal::vault::Sealed::parse(sealed.ciphertext())?)
        .await
}
