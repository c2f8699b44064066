//! What professionals run into, and what they may try first.

use std::path::Path;

use chassis::parties::Parties;
use ladder::catalogue::{ProvisionCatalogue, Responsible, RuleCatalogue};
use proto::Oin;

use super::{PolicyError, read};

const RULES: &str = "rules.toml";
const PROVISIONS: &str = "provisions.toml";

/// The catalogues of rules and of standard provisions.
#[derive(Debug, Clone)]
pub struct Catalogues {
    /// `deploy/rules.toml`.
    pub rules: RuleCatalogue,
    /// `deploy/provisions.toml`.
    pub provisions: ProvisionCatalogue,
}

impl Catalogues {
    /// Those that are built in.
    ///
    /// # Errors
    /// As [`Catalogues::load`].
    pub fn embedded(parties: &Parties) -> Result<Self, PolicyError> {
        Self::of(
            include_str!("../../../../deploy/rules.toml"),
            include_str!("../../../../deploy/provisions.toml"),
            parties,
        )
    }

    /// Those of a folder with `rules.toml` and `provisions.toml`.
    ///
    /// # Errors
    /// [`PolicyError`] when a file cannot be read or is not valid, or when the two name an
    /// organisation that does not take part or a statute that is not there.
    pub fn load(folder: &Path, parties: &Parties) -> Result<Self, PolicyError> {
        let rules = read(folder, RULES)?;
        Self::of(&rules, &read(folder, PROVISIONS)?, parties)
    }

    /// The same from the texts of both files.
    ///
    /// # Errors
    /// As [`Catalogues::load`].
    pub fn of(rules: &str, provisions: &str, parties: &Parties) -> Result<Self, PolicyError> {
        let rules = RuleCatalogue::from_toml(rules, RULES)?;
        let provisions = ProvisionCatalogue::from_toml(provisions, PROVISIONS)?;
        for rule in rules.rules() {
            takes_part(parties, RULES, &rule.id, &rule.owner)?;
        }
        for provision in provisions.provisions() {
            takes_part(
                parties,
                PROVISIONS,
                &provision.id,
                &provision.carried_out_by,
            )?;
            if rules.statute(&provision.law).is_none() {
                return Err(PolicyError::NoStatute {
                    file: PROVISIONS,
                    entry: provision.id.clone(),
                    law: provision.law.clone(),
                });
            }
        }
        Ok(Self { rules, provisions })
    }
}

/// Whoever is named by number has a party file.
fn takes_part(
    parties: &Parties,
    file: &'static str,
    entry: &str,
    responsible: &Responsible,
) -> Result<(), PolicyError> {
    let Responsible::Organisation(oin) = responsible else {
        return Ok(());
    };
    let known = Oin::parse(oin.as_str()).is_ok_and(|oin| parties.get(&oin).is_some());
    if known {
        return Ok(());
    }
    Err(PolicyError::Stranger {
        file,
        entry: entry.to_owned(),
        oin: oin.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "[[statute]]\nid = \"law\"\nname = \"n\"\nintent = \"i\"\n\
        [[rule]]\nid = \"r\"\nname = \"n\"\nlaw = \"law\"\ncondition = \"c\"\nintent = \"i\"\n";
    const PROVISION: &str = "[[provision]]\nid = \"p\"\nname = \"n\"\nthemes = [\"t\"]\n\
        gives = \"g\"\ncarried_out_by = { kind = \"municipality\" }\n";

    fn refused(owner: &str, law: &str) -> String {
        let parties = Parties::embedded().unwrap();
        let rules = format!("{RULE}owner = {{ organisation = \"{owner}\" }}\n");
        let provisions = format!("{PROVISION}law = \"{law}\"\n");
        Catalogues::of(&rules, &provisions, &parties)
            .map(|_| ())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn an_owner_that_takes_no_part_is_named_with_the_remedy() {
        assert_eq!(
            refused("00000099000000009999", "law"),
            "rules.toml: r names organisation 00000099000000009999, which is in no party file; \
             add its file to deploy/parties, or name another"
        );
    }

    #[test]
    fn a_provision_of_a_law_that_is_not_there_is_named_with_the_remedy() {
        assert_eq!(
            refused("00000099000000002000", "other"),
            "provisions.toml: provision p names law other, which is no statute in rules.toml; \
             add the statute there, or name another"
        );
    }

    #[test]
    fn the_catalogues_that_are_shipped_fit_each_other_and_the_party_files() {
        let parties = Parties::embedded().unwrap();
        assert!(Catalogues::embedded(&parties).is_ok());
    }
}
