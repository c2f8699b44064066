//! What the registers start with: the people that the party files name.

use chassis::parties::{Contact, Parties, Party, PartyKind};
use futures::future::join_all;
use gate::ActedBy;
use journal::vault::{Vault, VaultError};
use journal::{CauseKey, JournalError};
use ladder::register::{Command, ContactEntry, MandateEntry};
use ladder::{ContactId, IdentifierError, Organisation, PersonRef, RungId, Sealed, Tier};
use tracing::info;

use crate::actor;
use crate::execute::{Done, ExecuteError, Executor, Ground, Order, Work};
use crate::seal::{TextSealer, contact_owner};
use crate::translate::organisation;
use crate::views;

/// The sender of the causes: an entry of a file is recorded once, whatever became of it since.
const SENDER: &str = "parties";

/// In whose name it is recorded: the file speaks for the organisation.
const PERSON: &str = "party-file";

/// Why the registers cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A register cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A name cannot be sealed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// An entry could not be stored.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// What the file's schema takes and the rules do not.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
    /// A contact names a rung that the ladder does not have.
    #[error(
        "{party}.toml: contact {contact}: rung {rung} is not on the ladder; correct it there or in ladder.toml"
    )]
    UnknownRung {
        /// The organisation's short name.
        party: String,
        /// The entry.
        contact: String,
        /// The rung.
        rung: String,
    },
    /// The rules refuse an entry.
    #[error("{party}.toml: contact {contact}: {reason}")]
    Refused {
        /// The organisation's short name.
        party: String,
        /// The entry.
        contact: String,
        /// Why.
        reason: String,
    },
}

/// Records the people of every file in their register, as long as nobody else stands in it: first
/// the entries, then who is whose deputy, for a deputy must be there first.
///
/// # Errors
/// [`SeedError`]; what was recorded stands, and starting again does the rest.
pub(crate) async fn plant(
    ground: &Ground,
    executor: &Executor,
    vault: &Vault,
    parties: &Parties,
) -> Result<(), SeedError> {
    for party in parties.iter().filter(|party| !party.contacts.is_empty()) {
        let of = organisation(&party.oin)?;
        let register = views::whole_register(&ground.db, of.as_str()).await?;
        let from_file = |id: &ContactId| party.contacts.iter().any(|own| own.id == id.as_str());
        if !register.contacts.keys().all(from_file) {
            continue;
        }
        let mut entries = Vec::new();
        for contact in &party.contacts {
            entries.push((contact, entry(ground, vault, party, &of, contact).await?));
        }
        let with_deputy = entries
            .iter()
            .filter(|(_, entry)| entry.deputy.is_some())
            .cloned()
            .collect();
        for (_, entry) in &mut entries {
            entry.deputy = None;
        }
        let bed = Bed {
            executor,
            parties,
            party,
            of: &of,
        };
        bed.record(entries, "entry").await?;
        bed.record(with_deputy, "deputy").await?;
        info!(party = %party.name, "the register has the people of the party file");
    }
    Ok(())
}

/// Where entries are recorded.
struct Bed<'a> {
    executor: &'a Executor,
    parties: &'a Parties,
    party: &'a Party,
    of: &'a Organisation,
}

impl Bed<'_> {
    async fn record(
        &self,
        entries: Vec<(&Contact, ContactEntry)>,
        pass: &str,
    ) -> Result<(), SeedError> {
        let mut orders = Vec::new();
        for (contact, entry) in entries {
            let command = Command::Record {
                contact: ContactId::parse(&contact.id)?,
                entry: Box::new(entry),
            };
            let acted_by = ActedBy {
                role: "administrator".to_owned(),
                person_ref: PERSON.to_owned(),
            };
            let order = Order {
                actor: actor::on_behalf(self.parties, self.of.as_str(), acted_by),
                work: Work::register(self.of, command),
                cause: CauseKey::new(SENDER, format!("{}/{}/{pass}", self.of, contact.id)),
                if_match: None,
                arrival: None,
            };
            orders.push(async move { (contact, self.executor.execute(order).await) });
        }
        // Asked together they go into one transaction, in this order.
        for (contact, done) in join_all(orders).await {
            if let Done::Refused { text, .. } = done? {
                return Err(SeedError::Refused {
                    party: self.party.name.clone(),
                    contact: contact.id.clone(),
                    reason: text,
                });
            }
        }
        Ok(())
    }
}

async fn entry(
    ground: &Ground,
    vault: &Vault,
    party: &Party,
    of: &Organisation,
    contact: &Contact,
) -> Result<ContactEntry, SeedError> {
    let owner = contact_owner(of, &ContactId::parse(&contact.id)?);
    let sealer = TextSealer::load(vault, &ground.entropy, &owner, ground.clock.now()).await?;
    let seal = |text: &Option<String>| -> Result<Option<Sealed>, VaultError> {
        text.as_deref().map(|text| sealer.text(text)).transpose()
    };
    let rung = contact.rung.as_deref().map(RungId::parse).transpose()?;
    let tier = match &rung {
        None => usual_tier(party.kind),
        Some(id) => match ground.rules.ladder.rung(id) {
            Some(rung) => rung.tier,
            None => {
                return Err(SeedError::UnknownRung {
                    party: party.name.clone(),
                    contact: contact.id.clone(),
                    rung: id.to_string(),
                });
            }
        },
    };
    let mandates = contact.mandates.iter().map(|mandate| MandateEntry {
        id: mandate.id.clone(),
        scope: mandate.scope.clone(),
        amount_cents: mandate.amount_cents,
        until: mandate.until,
    });
    Ok(ContactEntry {
        person: PersonRef::parse(&contact.person)?,
        function: contact.function.clone(),
        tier,
        rung,
        laws: contact.laws.clone(),
        themes: contact.themes.clone(),
        regions: contact.regions.clone(),
        roles: contact.roles.clone(),
        competences: Default::default(),
        mandates: mandates.collect(),
        deputy: contact
            .deputy
            .as_deref()
            .map(ContactId::parse)
            .transpose()?,
        name: seal(&contact.name)?,
        mail: seal(&contact.mail)?,
        phone: seal(&contact.phone)?,
    })
}

/// The tier of somebody who works on any rung.
fn usual_tier(kind: PartyKind) -> Tier {
    match kind {
        PartyKind::RegionalBody => Tier::Regional,
        PartyKind::NationalBody | PartyKind::Ministry | PartyKind::Platform => Tier::National,
        PartyKind::Municipality
        | PartyKind::BenefitsAgency
        | PartyKind::TaxOffice
        | PartyKind::CareProvider
        | PartyKind::Insurer
        | PartyKind::HousingAssociation => Tier::Local,
    }
}
