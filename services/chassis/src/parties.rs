//! The organisations: who takes part, under which number, and what each may do. Read once at
//! start from `deploy/parties/*.toml`, one file per organisation; the file's name is the
//! organisation's short name.

mod contact;
mod embedded;
mod exchange;
mod file;
mod keys;
mod load;

use std::collections::BTreeMap;

use jiff::civil::Date;
use proto::Oin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use contact::{Contact, ContactMandate};
pub use exchange::{Door, Mode, Webhook};
pub use keys::PartyKeys;
pub use load::{PartiesError, PartyFault};

/// What kind of organisation it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A municipality (*gemeente*).
    Municipality,
    /// Pays benefits, such as the SVB.
    BenefitsAgency,
    /// The tax office, with the allowances.
    TaxOffice,
    /// Gives care; bound by professional secrecy.
    CareProvider,
    /// A health insurer.
    Insurer,
    /// A housing association.
    HousingAssociation,
    /// A ministry.
    Ministry,
    /// A body of a region, such as a regional table or an expert team.
    RegionalBody,
    /// A national body: the desk, the table.
    NationalBody,
    /// Doorbraak itself: exactly one.
    Platform,
}

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its number.
    pub oin: Oin,
    /// Its short name in addresses and commands: the name of its file.
    pub name: String,
    /// Its name as people say it.
    pub display_name: String,
    /// What kind of organisation it is.
    pub kind: PartyKind,
    /// The laws that it carries out, by identifier (`participation_act`).
    pub laws: Vec<String>,
    /// The law on which it may use citizen service numbers; `None`: it may not (Wabb art. 10).
    pub may_use_bsn: Option<String>,
    /// The region it lies in.
    pub region: Option<String>,
    /// The regions it works for, when it is a regional body.
    pub regions: Vec<String>,
    /// The themes it is competent for, when it is a regional body.
    pub themes: Vec<String>,
    /// Its public key for what is sealed for it alone (X25519, base64url), when known.
    pub public_key: Option<String>,
    /// Its public key on the message bus (an nkey, `U…`), when known.
    pub nkey: Option<String>,
    /// Its public key for the checkpoints of its log (Ed25519, base64url), when known: the
    /// platform's.
    pub checkpoint_key: Option<String>,
    /// The people to warn, each by the organisation's own reference for its employee.
    pub managers: Vec<String>,
    /// The party service that it runs, such as `svb`; `None`: its people work on the platform.
    pub service: Option<String>,
    /// By which door letters reach it.
    pub door: Door,
    /// Days on which it is closed, beside the calendar's.
    pub closure_days: Vec<Date>,
    /// The people with whom its register starts.
    pub contacts: Vec<Contact>,
}

impl Party {
    /// Whether its own systems hear letters: it runs a party service, or takes them over HTTP.
    pub fn hears(&self) -> bool {
        match self.door {
            Door::Nats => self.service.is_some(),
            Door::Feed | Door::Webhook(_) => true,
        }
    }
}

/// All organisations, by number and by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    by_oin: BTreeMap<Oin, Party>,
}

impl Parties {
    /// The organisation with this number.
    pub fn get(&self, oin: &Oin) -> Option<&Party> {
        self.by_oin.get(oin)
    }

    /// The organisation with this short name.
    pub fn named(&self, name: &str) -> Option<&Party> {
        self.iter().find(|party| party.name == name)
    }

    /// Doorbraak itself, when the list has it (a checked list always does).
    pub fn platform(&self) -> Option<&Party> {
        self.iter().find(|party| party.kind == PartyKind::Platform)
    }

    /// The organisations that carry out this law, by number.
    pub fn for_law<'a>(&'a self, law: &'a str) -> impl Iterator<Item = &'a Party> {
        self.iter()
            .filter(move |party| party.laws.iter().any(|own| own == law))
    }

    /// The regional bodies that are competent for this theme in this region, by number.
    pub fn regional_bodies<'a>(
        &'a self,
        region: &'a str,
        theme: &'a str,
    ) -> impl Iterator<Item = &'a Party> {
        self.iter().filter(move |party| {
            party.kind == PartyKind::RegionalBody
                && party.regions.iter().any(|own| own == region)
                && party.themes.iter().any(|own| own == theme)
        })
    }

    /// The same organisations, with registers that start empty.
    #[must_use]
    pub fn without_contacts(mut self) -> Self {
        for party in self.by_oin.values_mut() {
            party.contacts.clear();
        }
        self
    }

    /// The same organisations, with another door for the one with this short name.
    ///
    /// # Errors
    /// [`PartiesError`] for a name that no organisation has.
    pub fn with_door(mut self, name: &str, door: Door) -> Result<Self, PartiesError> {
        let named = self.by_oin.values_mut().find(|party| party.name == name);
        let Some(party) = named else {
            let reason = "no organisation has this name";
            return Err(PartiesError(vec![PartyFault::new("doors", name, reason)]));
        };
        party.door = door;
        Ok(self)
    }

    /// The same for several, by short name.
    ///
    /// # Errors
    /// As for [`Parties::with_door`].
    pub fn with_doors(self, doors: BTreeMap<String, Door>) -> Result<Self, PartiesError> {
        let mut doors = doors.into_iter();
        doors.try_fold(self, |them, (name, door)| them.with_door(&name, door))
    }

    /// All organisations, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Party> {
        self.by_oin.values()
    }
}
