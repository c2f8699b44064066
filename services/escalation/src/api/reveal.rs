//! The only place where sealed texts are opened: with the gate's grant for their category, or not
//! at all. Everything else in the API holds them as [`Classified`], which does not open without.

mod called;

use std::collections::{BTreeMap, BTreeSet};

use chassis::problem::Problem;
use gate::{
    Action, Actor, Bsn, Care, CaseFacts, Category, Classified, Criminal, Decision, Facts, Family,
    Finance, Gate, Grant, Grounds, Health, Identity, Lesson, Marker, NotShown, Process, Purpose,
    Reading, Role, Shown, Strength, Tax, ThirdParty,
};
use journal::vault::{Opened, Vault, VaultError};
use ladder::Sealed;
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;
use super::logbook::Looking;
use super::refusal::unavailable;
use crate::seal;

/// What stands in place of a text whose key was deleted.
pub(super) const ERASED: &str = "(gewist)";

/// Per category of data how much of it is shown, and why.
pub(super) type Why = BTreeMap<&'static str, Because>;

/// How much of a category is shown, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Because {
    /// `full`, `masked`, `pseudonym` or `none`.
    shown: &'static str,
    /// The policies that permit it.
    policies: Vec<String>,
    #[serde(skip)]
    strength: Strength,
}

/// Reads one case for one caller and one purpose.
pub(super) struct Reader<'a> {
    gate: &'a Gate,
    vault: &'a Vault,
    actor: &'a Actor,
    purpose: Purpose,
    facts: CaseFacts,
    /// Whose texts it opens: this case's.
    scope: String,
    /// Whom of the case the caller is, or represents, as a citizen.
    own: BTreeSet<String>,
    why: Why,
    looking: Looking,
}

impl<'a> Reader<'a> {
    /// A reader of the case with these facts; notes for both logs that it is looked at and for
    /// which purpose. `operation` is the id of the operation in the API's description.
    pub(super) fn new(
        platform: &'a Platform,
        caller: &'a Caller,
        facts: &CaseFacts,
        operation: &'static str,
    ) -> Self {
        let purpose = caller.purpose(platform, facts);
        let own = facts.citizens.get(caller.person_ref());
        let own = own.cloned().unwrap_or_default();
        let logbook = &caller.logbook;
        let looking = logbook.case(operation, &facts.id, Some(purpose.as_str()));
        if caller.is_citizen() {
            looking.only(&own);
        }
        Self {
            looking,
            own,
            gate: &platform.ground.gate,
            vault: &platform.vault,
            actor: &caller.actor,
            purpose,
            facts: facts.clone(),
            scope: facts.scope(),
            why: Why::new(),
        }
    }

    /// From here on about data that came from `source` and was disclosed to `shared_with`.
    pub(super) fn about(
        &mut self,
        source: Option<&str>,
        shared_with: impl IntoIterator<Item = String>,
    ) {
        self.facts.source = source.map(str::to_owned);
        self.facts.shared_with = shared_with.into_iter().collect();
    }

    /// How much of a category may be shown; notes why.
    pub(super) fn strength(&mut self, category: Category) -> Strength {
        let reading = self.reading(category);
        self.note(reading)
    }

    /// The text, when the gate shows its category in full.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn open<C: Marker>(
        &mut self,
        text: &Classified<C, Sealed>,
    ) -> Result<Option<String>, Problem> {
        Ok(self.opened(text).await?.and_then(shown))
    }

    /// What became of opening it; nothing when the gate does not show its category in full.
    async fn opened<C: Marker>(
        &mut self,
        text: &Classified<C, Sealed>,
    ) -> Result<Option<Opened>, Problem> {
        let grant = self.gate.read::<C>(self.actor, self.purpose, &self.facts);
        self.note(grant.reading().clone());
        let Shown::Full(sealed) = text.read(&grant) else {
            return Ok(None);
        };
        let opened = self.unseal(&grant, sealed).await.map_err(unavailable)?;
        Ok(Some(opened))
    }

    /// What the raiser calls the case, or somebody involved in it: shown with how the case runs.
    /// Logs of before these were sealed hold them as they were told.
    ///
    /// # Errors
    /// As for [`Reader::open`].
    pub(super) async fn open_name(
        &mut self,
        name: &Classified<Process, Sealed>,
    ) -> Result<Option<String>, Problem> {
        let grant = self
            .gate
            .read::<Process>(self.actor, self.purpose, &self.facts);
        self.note(grant.reading().clone());
        let Shown::Full(sealed) = name.read(&grant) else {
            return Ok(None);
        };
        match self.unseal(&grant, sealed).await {
            Err(VaultError::Malformed) => Ok(Some(sealed.ciphertext().to_owned())),
            opened => Ok(shown(opened.map_err(unavailable)?)),
        }
    }

    /// The text; for a citizen as far as it is about nobody else.
    async fn unseal<C: Marker>(
        &self,
        grant: &Grant<C>,
        text: &Sealed,
    ) -> Result<Opened, VaultError> {
        if grant.reading().role == Some(Role::Citizen) {
            return self.open_own(text).await;
        }
        let opened = seal::open(self.vault, &self.scope, text).await?;
        Ok(opened.map_or(Opened::Erased, Opened::Text))
    }

    async fn open_own(&self, text: &Sealed) -> Result<Opened, VaultError> {
        seal::open_own(self.vault, &self.facts.id, &self.own, text).await
    }

    /// How much of a category may be shown of one person of the case: to a citizen nothing of another
    /// (r10).
    pub(super) fn strength_of(&mut self, category: Category, person: &str) -> Strength {
        let reading = self.reading(category);
        let other = reading.role == Some(Role::Citizen) && !self.own.contains(person);
        self.note(if other { none(category) } else { reading })
    }

    /// How much of a category may be shown where this text says what there is: to a citizen nothing
    /// that is about another (r10).
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn strength_by(
        &mut self,
        category: Category,
        text: &Sealed,
    ) -> Result<Strength, Problem> {
        let reading = self.reading(category);
        let other = reading.role == Some(Role::Citizen)
            && self.open_own(text).await.map_err(unavailable)? == Opened::Withheld;
        Ok(self.note(if other { none(category) } else { reading }))
    }

    fn reading(&self, category: Category) -> Reading {
        self.gate
            .reading(self.actor, self.purpose, category, &self.facts)
    }

    fn note(&mut self, reading: Reading) -> Strength {
        self.looking.shown(&reading);
        let strength = reading.strength;
        let because = Because {
            shown: word(strength),
            policies: reading.policies,
            strength,
        };
        // Of several parts of one category the answer tells the most that was shown.
        let noted = self
            .why
            .entry(reading.category.as_str())
            .or_insert_with(|| because.clone());
        if noted.strength < strength {
            *noted = because;
        }
        strength
    }

    /// The same for a text that may be absent.
    ///
    /// # Errors
    /// As for [`Reader::open`].
    pub(super) async fn open_some<C: Marker>(
        &mut self,
        text: Option<&Classified<C, Sealed>>,
    ) -> Result<Option<String>, Problem> {
        match text {
            Some(text) => self.open(text).await,
            None => Ok(None),
        }
    }

    /// The same for a text whose category its row tells.
    ///
    /// # Errors
    /// As for [`Reader::open`].
    pub(super) async fn open_in(
        &mut self,
        category: Category,
        text: Sealed,
    ) -> Result<Option<String>, Problem> {
        match category {
            Category::Identity => self.open(&Classified::<Identity, _>::new(text)).await,
            Category::Bsn => self.open(&Classified::<Bsn, _>::new(text)).await,
            Category::Finance => self.open(&Classified::<Finance, _>::new(text)).await,
            Category::Tax => self.open(&Classified::<Tax, _>::new(text)).await,
            Category::Health => self.open(&Classified::<Health, _>::new(text)).await,
            Category::Criminal => self.open(&Classified::<Criminal, _>::new(text)).await,
            Category::ThirdParty => self.open(&Classified::<ThirdParty, _>::new(text)).await,
            Category::Family => self.open(&Classified::<Family, _>::new(text)).await,
            Category::Care => self.open(&Classified::<Care, _>::new(text)).await,
            Category::Process => self.open(&Classified::<Process, _>::new(text)).await,
            Category::Decision => self.open(&Classified::<Decision, _>::new(text)).await,
            Category::Lesson => self.open(&Classified::<Lesson, _>::new(text)).await,
        }
    }

    /// How much of a category may be shown, with the policies that permit it, and why no more; noted as
    /// every reading is.
    pub(super) fn explained(
        &mut self,
        category: Category,
    ) -> (Reading, Vec<Grounds>, Option<NotShown>) {
        let reading = self.reading(category);
        self.note(reading.clone());
        let (gate, facts) = (self.gate, &self.facts);
        let denied = gate.not_shown(self.actor, self.purpose, facts, &reading);
        let permitted = gate.grounds(&reading.policies);
        (reading, permitted, denied)
    }

    /// What is read for.
    pub(super) fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The purposes that the caller's roles read for.
    pub(super) fn purposes(&self) -> BTreeSet<Purpose> {
        let roles = self.actor.roles().iter();
        let purposes = roles.flat_map(|role| self.gate.usual_purposes(*role));
        purposes.copied().collect()
    }

    /// How much would be shown for another purpose.
    pub(super) fn strength_for(&self, purpose: Purpose, category: Category) -> Strength {
        self.gate
            .strength(self.actor, purpose, category, &self.facts)
    }

    /// What was shown, and why.
    pub(super) fn why(self) -> Why {
        self.why
    }
}

/// Nothing of a category.
fn none(category: Category) -> Reading {
    Reading {
        category,
        strength: Strength::None,
        role: None,
        policies: Vec::new(),
        rules: Vec::new(),
    }
}

/// Opens what is written in something that is no case and about no person whom a case is about: a
/// meeting, a signal, an entry of a register. Only for whom the gate lets read that.
pub(super) struct Opener<'a> {
    vault: &'a Vault,
    /// Whose texts it opens: those of the thing that the gate was asked about.
    scope: String,
}

impl<'a> Opener<'a> {
    /// An opener for one thing; notes for both logs that it is looked at. None when the gate says no: then
    /// the thing is not there for the caller.
    pub(super) fn new(
        platform: &'a Platform,
        caller: &Caller,
        action: Action,
        (facts, name): (&dyn Facts, &str),
        operation: &'static str,
    ) -> Option<Self> {
        let may = platform.ground.gate.may(&caller.actor, action, facts);
        may.is_ok().then(|| {
            caller.logbook.thing(operation, name);
            Self {
                vault: &platform.vault,
                scope: facts.scope(),
            }
        })
    }

    /// The text.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn open(&self, text: &Sealed) -> Result<String, Problem> {
        let opened = seal::open(self.vault, &self.scope, text)
            .await
            .map_err(unavailable)?;
        Ok(opened.unwrap_or_else(|| ERASED.to_owned()))
    }

    /// The same for a text that may be absent.
    ///
    /// # Errors
    /// As for [`Opener::open`].
    pub(super) async fn open_some(&self, text: Option<&Sealed>) -> Result<Option<String>, Problem> {
        match text {
            Some(text) => self.open(text).await.map(Some),
            None => Ok(None),
        }
    }
}

/// A text that belongs to a command and not to a category of data: a draft, and a question that
/// names nobody. Whoever the gate lets carry out the command reads it; `operation` is noted
/// for the logs, as for a [`Reader`].
///
/// # Errors
/// 503 when the key vault does not answer.
pub(super) async fn to_whoever_may(
    platform: &Platform,
    caller: &Caller,
    (action, facts): (Action, &CaseFacts),
    text: &Sealed,
    operation: &'static str,
) -> Result<Option<String>, Problem> {
    let permit = platform.ground.gate.may(&caller.actor, action, facts);
    if permit.is_err() {
        return Ok(None);
    }
    caller.logbook.case(operation, &facts.id, None);
    let opened = seal::open(&platform.vault, &facts.scope(), text).await;
    opened.map_err(unavailable)
}

/// What a reader sees of an opened text; nothing when it is about somebody else.
fn shown(opened: Opened) -> Option<String> {
    match opened {
        Opened::Text(text) => Some(text),
        Opened::Erased => Some(ERASED.to_owned()),
        Opened::Withheld => None,
    }
}

/// The word for a strength in answers.
pub(super) fn word(strength: Strength) -> &'static str {
    match strength {
        Strength::None => "none",
        Strength::Pseudonym => "pseudonym",
        Strength::Masked => "masked",
        Strength::Full => "full",
    }
}
