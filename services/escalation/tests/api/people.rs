//! The people of the story, as in the demo.

/// Somebody with a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) organisation: &'static str,
    pub(crate) roles: &'static [&'static str],
}

pub(crate) const UTRECHT: &str = "00000099000000001000";
pub(crate) const SVB: &str = "00000099000000002000";
pub(crate) const TAX_OFFICE: &str = "00000099000000003000";
pub(crate) const SPIRIT: &str = "00000099000000004000";
pub(crate) const YOUTH_TEAM: &str = "00000099000000005000";
pub(crate) const DESK: &str = "00000099000000006000";
pub(crate) const PLATFORM: &str = "00000099000000009000";
pub(crate) const TABLE: &str = "00000099000000007000";

const fn person(
    name: &'static str,
    organisation: &'static str,
    roles: &'static [&'static str],
) -> Person {
    Person {
        name,
        organisation,
        roles,
    }
}

pub(crate) const NOOR: Person = person("noor", UTRECHT, &["raiser", "case_director"]);
pub(crate) const PETRA: Person = person("petra", UTRECHT, &["process_director"]);
pub(crate) const ANNA: Person = person("anna", UTRECHT, &["administrator"]);
pub(crate) const SEM: Person = person("sem", SVB, &["agency_liaison"]);
pub(crate) const INE: Person = person("ine", SVB, &["administrator"]);
pub(crate) const TARA: Person = person("tara", TAX_OFFICE, &["agency_liaison"]);
pub(crate) const BAS: Person = person("bas", TAX_OFFICE, &["administrator"]);
pub(crate) const KOEN: Person = person("koen", SPIRIT, &["care_professional", "agency_liaison"]);
pub(crate) const ROOS: Person = person("roos", SPIRIT, &["administrator"]);
pub(crate) const YARA: Person = person("yara", YOUTH_TEAM, &["regional_handler"]);
pub(crate) const DIRK: Person = person("dirk", DESK, &["national_adviser"]);
pub(crate) const LOTTE: Person = person("lotte", DESK, &["national_adviser"]);
pub(crate) const LENA: Person = person("lena", TABLE, &["table_member"]);
pub(crate) const FATMA: Person = person("fatma", UTRECHT, &["privacy_officer"]);
pub(crate) const OLGA: Person = person("olga", PLATFORM, &["operator"]);
pub(crate) const HANNA: Person = person("hanna", TABLE, &["analyst"]);
pub(crate) const NOBODY: Person = person("nobody", UTRECHT, &[]);

/// Everybody: for what must hold whoever asks.
pub(crate) const ALL: [Person; 16] = [
    NOOR, PETRA, ANNA, SEM, INE, TARA, BAS, KOEN, ROOS, YARA, DIRK, LOTTE, LENA, FATMA, HANNA,
    NOBODY,
];
