use serde::Deserialize;
use toml::Spanned;

use super::located::Entry;
use crate::coded::coded;
use crate::{FileError, Organisation};

coded! {
    /// A kind of organisation, with the words of `kind` in `deploy/parties`.
    OrganisationKind, "kind of organisation" {
        /// A municipality (*gemeente*).
        Municipality = "municipality",
        /// Pays benefits, such as the SVB.
        BenefitsAgency = "benefits_agency",
        /// The tax office, with the allowances.
        TaxOffice = "tax_office",
        /// Gives care.
        CareProvider = "care_provider",
        /// A health insurer.
        Insurer = "insurer",
        /// A housing association.
        HousingAssociation = "housing_association",
        /// A ministry.
        Ministry = "ministry",
        /// A body of a region.
        RegionalBody = "regional_body",
        /// A national body.
        NationalBody = "national_body",
        /// The platform itself.
        Platform = "platform",
    }
}

/// Who owns a rule, and can change or explain it, or who carries out a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responsible {
    /// This organisation.
    Organisation(Organisation),
    /// Every organisation of this kind, each for itself.
    Kind(OrganisationKind),
    /// Somebody who does not take part, by name in Dutch.
    External(String),
}

/// The same, as a file writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ResponsibleEntry {
    Organisation(Spanned<String>),
    Kind(OrganisationKind),
    External(Spanned<String>),
}

impl Responsible {
    /// Who stands in `field` of an entry.
    ///
    /// # Errors
    /// [`FileError`] when nobody does, or the organisation's number or the name is none.
    pub(super) fn read(
        entry: &Entry<'_>,
        field: &str,
        written: Option<ResponsibleEntry>,
    ) -> Result<Self, FileError> {
        let forms = format!(
            "write {field} = {{ organisation = \"<OIN>\" }}, {{ kind = \"municipality\" }} or \
             {{ external = \"<name>\" }}"
        );
        match written {
            None => Err(entry.error(format!("has no {field}"), forms)),
            Some(ResponsibleEntry::Kind(kind)) => Ok(Self::Kind(kind)),
            Some(ResponsibleEntry::Organisation(oin)) => {
                let parsed = Organisation::parse(oin.get_ref());
                parsed
                    .map(Self::Organisation)
                    .map_err(|_| entry.error_at(&oin, format!("has no OIN in its {field}"), forms))
            }
            Some(ResponsibleEntry::External(name)) if name.get_ref().trim().is_empty() => {
                Err(entry.error_at(&name, format!("has no name in its {field}"), forms))
            }
            Some(ResponsibleEntry::External(name)) => Ok(Self::External(name.into_inner())),
        }
    }
}
