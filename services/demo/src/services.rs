//! The party services that there are, in the order of their ports.

use std::sync::Arc;

use care_provider::CareProvider;
use gateway::Party;
use municipality::Municipality;
use svb::Svb;
use tax_office::{SecrecyError, TaxOffice};

/// A party's service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyService {
    /// The municipality of Utrecht.
    Municipality,
    /// The SVB.
    Svb,
    /// The tax office.
    TaxOffice,
    /// The care provider Spirit.
    CareProvider,
}

impl PartyService {
    /// All of them; the n-th listens on the n-th port after the platform's.
    pub const ALL: [Self; 4] = [
        Self::Municipality,
        Self::Svb,
        Self::TaxOffice,
        Self::CareProvider,
    ];

    /// The service's name, as in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Svb => "svb",
            Self::TaxOffice => "tax-office",
            Self::CareProvider => "care-provider",
        }
    }

    /// The short name of the organisation that it works for, as in `deploy/parties`.
    pub fn organisation(self) -> &'static str {
        match self {
            Self::Municipality => "utrecht",
            Self::Svb => "svb",
            Self::TaxOffice => "tax-office",
            Self::CareProvider => "spirit",
        }
    }

    /// The service of this name, or of the organisation of this short name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|service| [service.name(), service.organisation()].contains(&name))
    }

    /// What makes the party itself: its words and its secrecy rule.
    ///
    /// # Errors
    /// When the secrecy rule of the tax office that is built in is broken.
    pub fn party(self) -> Result<Arc<dyn Party>, SecrecyError> {
        Ok(match self {
            Self::Municipality => Arc::new(Municipality),
            Self::Svb => Arc::new(Svb),
            Self::TaxOffice => Arc::new(TaxOffice::built_in()?),
            Self::CareProvider => Arc::new(CareProvider),
        })
    }
}

impl std::fmt::Display for PartyService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
