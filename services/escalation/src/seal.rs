//! Sealing what people write and who they are, before anything is decided or stored.

use std::collections::{BTreeSet, HashMap};

use chassis::entropy::Entropy;
use jiff::Timestamp;
use journal::vault::{Opened, Sealer, Vault, VaultError};
use ladder::{CaseId, ContactId, ErasureScope, MeetingId, Organisation, Sealed, SignalId};

/// Everything of a case in the key vault.
pub(crate) fn case_owner(case: &CaseId) -> String {
    format!("case/{case}")
}

/// Everybody whom a case is about: whoever of them is erased, a text that may name all goes too.
fn everybody(case: &CaseId) -> String {
    format!("case/{case}/everybody")
}

/// The facts of one category that are known under one law.
fn category_owner(case: &CaseId, category: &str, law: &str) -> String {
    format!("case/{case}/category/{category}/{law}")
}

/// The owner of a case's free texts in the key vault; each has a key of its own below it.
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

    /// A key of its own below the owner, for texts that came from these cases: whoever a text may
    /// name is among the people of one of them, so it goes with each of these cases and with
    /// anybody of them, as well as with the owner. The executor stores the key before the event.
    ///
    /// # Errors
    /// [`VaultError`] when owner or cases cannot be stored as subjects.
    pub(crate) fn of_cases<'a>(
        vault: &Vault,
        entropy: &Entropy,
        owner: &str,
        cases: impl IntoIterator<Item = &'a CaseId>,
        at: Timestamp,
    ) -> Result<Self, VaultError> {
        let about = cases
            .into_iter()
            .flat_map(|case| [case_owner(case), everybody(case)]);
        let subjects: Vec<String> = about.chain([owner.to_owned()]).collect();
        Ok(Self {
            sealer: vault.text_sealer(owner, &subjects, at, entropy.bytes())?,
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

/// A person of a report: the platform's own key, and what seals the person's fields.
struct Named {
    key: String,
    sealer: Sealer,
}

/// A key for a person that says nothing of anybody.
fn fresh_person(entropy: &Entropy) -> String {
    format!("person_{}", entropy.uuid_v4())
}

/// Seals the fields of one case. Persons have a key each; every text has a key of its own, which
/// the executor stores before the event that holds the text.
pub(crate) struct CaseSealer {
    vault: Vault,
    case: CaseId,
    /// The persons whom a report names, by what it calls them.
    persons: HashMap<String, Named>,
    /// Whom its texts are about, as the vault names subjects.
    subjects: Vec<String>,
    entropy: Entropy,
    at: Timestamp,
}

impl CaseSealer {
    /// Loads what seals the texts of a case, and gives each person whom a report names, by these
    /// words, a key of the platform's own. The keys are stored before anything is sealed with
    /// them.
    ///
    /// # Errors
    /// [`VaultError`] when the vault cannot be reached.
    pub(crate) async fn load(
        vault: &Vault,
        entropy: &Entropy,
        case: &CaseId,
        words: &[&str],
        at: Timestamp,
    ) -> Result<Self, VaultError> {
        let words: BTreeSet<&str> = words.iter().copied().collect();
        let keys: Vec<String> = words.iter().map(|_| fresh_person(entropy)).collect();
        let wanted: Vec<_> = keys
            .iter()
            .map(|key| {
                let owner = person_owner(case, key);
                (
                    owner.clone(),
                    vec![owner, case_owner(case)],
                    entropy.bytes(),
                )
            })
            .collect();
        let sealers = vault.sealers(&wanted, at).await?;
        let named = keys.into_iter().zip(sealers);
        let named = named.map(|(key, sealer)| Named { key, sealer });
        Ok(Self {
            vault: vault.clone(),
            case: case.clone(),
            persons: words.into_iter().map(str::to_owned).zip(named).collect(),
            subjects: vec![everybody(case)],
            entropy: entropy.clone(),
            at,
        })
    }

    /// The same for texts that are about these persons of the case, by the platform's keys, and
    /// nobody else; about everybody when none are named.
    pub(crate) fn about_persons(mut self, keys: &[String]) -> Self {
        if !keys.is_empty() {
            let persons = keys.iter();
            self.subjects = persons.map(|key| person_owner(&self.case, key)).collect();
        }
        self
    }

    /// The platform's own key for whom a report calls so; a fresh one for somebody who was not
    /// loaded.
    pub(crate) fn key(&self, word: &str) -> String {
        match self.persons.get(word) {
            Some(named) => named.key.clone(),
            None => fresh_person(&self.entropy),
        }
    }

    /// Seals a text about the case. Where it was not said whom it is about, nobody can tell whom it
    /// names, so it is about everybody.
    ///
    /// # Errors
    /// [`VaultError`] for a text beyond the cipher's limit.
    pub(crate) fn text(&self, plaintext: &str) -> Result<Sealed, VaultError> {
        self.about(self.subjects.clone(), plaintext)
    }

    /// Seals what a fact says: it is also erased with its category, as known under that law.
    ///
    /// # Errors
    /// As [`CaseSealer::text`].
    pub(crate) fn fact(
        &self,
        category: &str,
        law: &str,
        plaintext: &str,
    ) -> Result<Sealed, VaultError> {
        let of_category = category_owner(&self.case, category, law);
        let mut subjects = self.subjects.clone();
        subjects.push(of_category);
        self.about(subjects, plaintext)
    }

    fn about(&self, mut subjects: Vec<String>, plaintext: &str) -> Result<Sealed, VaultError> {
        subjects.push(case_owner(&self.case));
        let scope = text_owner(&self.case);
        let fresh = self.entropy.bytes();
        let sealer = self.vault.text_sealer(&scope, &subjects, self.at, fresh)?;
        seal(&sealer, &self.entropy, plaintext)
    }

    /// Seals a field of whom a report calls so; as a text about the case for somebody who was not
    /// loaded.
    ///
    /// # Errors
    /// As [`CaseSealer::text`].
    pub(crate) fn person(&self, word: &str, plaintext: &str) -> Result<Sealed, VaultError> {
        match self.persons.get(word) {
            Some(named) => seal(&named.sealer, &self.entropy, plaintext),
            None => self.text(plaintext),
        }
    }
}

fn seal(sealer: &Sealer, entropy: &Entropy, plaintext: &str) -> Result<Sealed, VaultError> {
    let sealed = sealer.seal(plaintext, entropy.bytes())?;
    Ok(Sealed::new(sealed.as_str()))
}

/// What an erasure takes away, as the vault names it.
pub(crate) fn subjects_of(case: &CaseId, scope: &ErasureScope) -> Vec<String> {
    match scope {
        ErasureScope::Case => vec![case_owner(case), text_owner(case)],
        ErasureScope::Person { person } => vec![person_owner(case, person), everybody(case)],
        ErasureScope::Category { category, law } => vec![category_owner(case, category, law)],
    }
}

/// Whom a redaction is still about that leaves out some of the people of a case.
pub(crate) fn subjects_left<'a>(
    case: &CaseId,
    persons: impl IntoIterator<Item = &'a String>,
    without: &[String],
) -> Vec<String> {
    let left = persons.into_iter().filter(|key| !without.contains(key));
    left.map(|key| person_owner(case, key))
        .chain([case_owner(case)])
        .collect()
}

/// Opens what an organisation calls the case or those involved in it. Logs of before these were
/// sealed hold them as they were told.
///
/// # Errors
/// As for [`open`].
pub(crate) async fn open_name(
    vault: &Vault,
    scope: &str,
    name: &Sealed,
) -> Result<Option<String>, VaultError> {
    match open(vault, scope, name).await {
        Err(VaultError::Malformed) => Ok(Some(name.ciphertext().to_owned())),
        opened => opened,
    }
}

/// Opens one sealed text of a case for a citizen who is, or represents, these persons of it: what is
/// about the case as a whole or about them alone, and nothing that is about somebody else
/// (AVG art. 15(4)).
///
/// # Errors
/// [`VaultError`] when it cannot be opened.
pub(crate) async fn open_own(
    vault: &Vault,
    case: &str,
    persons: &BTreeSet<String>,
    sealed: &Sealed,
) -> Result<Opened, VaultError> {
    let scope = format!("case/{case}");
    let person = format!("{scope}/person/");
    let sealed = journal::vault::Sealed::parse(sealed.ciphertext())?;
    let own = |subject: &str| {
        let of_person = subject.strip_prefix(&person);
        of_person.is_none_or(|key| persons.contains(key))
    };
    vault.unseal_about(&scope, &sealed, own).await
}

/// The persons of a case whom one of its texts was said to be about; none when that was not said, or
/// when the text was erased.
///
/// # Errors
/// [`VaultError`] when the vault cannot be reached.
pub(crate) async fn persons_named(
    vault: &Vault,
    case: &CaseId,
    sealed: &Sealed,
) -> Result<Vec<String>, VaultError> {
    let scope = case_owner(case);
    let sealed = journal::vault::Sealed::parse(sealed.ciphertext())?;
    let subjects = vault.subjects_of(&scope, &sealed).await?;
    let person = person_owner(case, "");
    let keys = subjects.iter().filter_map(|it| it.strip_prefix(&person));
    Ok(keys.map(str::to_owned).collect())
}

/// Opens one sealed text that belongs to this scope; `None` when it was erased.
///
/// # Errors
/// [`VaultError`] when it cannot be opened.
pub(crate) async fn open(
    vault: &Vault,
    scope: &str,
    sealed: &Sealed,
) -> Result<Option<String>, VaultError> {
    let sealed = journal::vault::Sealed::parse(sealed.ciphertext())?;
    vault.unseal_for(scope, &sealed).await
}
