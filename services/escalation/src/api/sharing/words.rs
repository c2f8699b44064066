//! What the check says in sentences, Dutch and English.

use ladder::catalogue::Title;
use ladder::sharing::{Lack, Warning};
use schemars::JsonSchema;
use serde::Serialize;

/// A text in both languages of the screens.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct Words {
    /// In Dutch.
    nl: String,
    /// In English.
    en: String,
}

impl From<&Title> for Words {
    fn from(title: &Title) -> Self {
        Self {
            nl: title.nl.clone(),
            en: title.en.clone(),
        }
    }
}

fn words((nl, en): (&str, &str)) -> Words {
    Words {
        nl: nl.to_owned(),
        en: en.to_owned(),
    }
}

/// What is missing.
pub(super) fn lack(lack: Lack) -> Words {
    words(match lack {
        Lack::ConsentNotGiven => (
            "De inwoner heeft hier geen toestemming voor gegeven. Vraag het.",
            "The citizen did not agree to this. Ask.",
        ),
        Lack::NoTask => (
            "De ontvanger heeft hier zelf geen taak. Toestemming maakt dat niet goed.",
            "The receiver has no task of its own here. Consent does not repair that.",
        ),
        Lack::NoOwnLaw => (
            "Dit kan alleen naar wie de wet uitvoert waaronder het bekend is.",
            "This goes only to whoever carries out the law under which it is known.",
        ),
        Lack::NotEntitled => (
            "Niet beide organisaties mogen het BSN gebruiken.",
            "Not both organisations may use citizen service numbers.",
        ),
        Lack::Bill => (
            "Dit staat in een wetsvoorstel. Dat is nog geen wet.",
            "This stands in a bill, which is no law yet.",
        ),
        Lack::OtherPurpose => (
            "Er is een grondslag, maar voor een ander doel.",
            "There is a basis, but for another purpose.",
        ),
        Lack::OtherOrganisation => (
            "Er is een grondslag, maar niet tussen deze twee organisaties.",
            "There is a basis, but not between these two organisations.",
        ),
        Lack::NotByConsent => (
            "Met toestemming kan dit nooit.",
            "Consent never opens this.",
        ),
        Lack::NotCovered => (
            "Deze grondslag gaat niet over dit soort gegevens.",
            "This basis is not about this kind of data.",
        ),
    })
}

/// What to think of.
pub(super) fn warning(warning: Warning) -> Words {
    words(match warning {
        Warning::Bill => (
            "Een wetsvoorstel zou helpen, maar is nog geen wet.",
            "A bill would help, and is no law yet.",
        ),
        Warning::WiderThanNeeded => (
            "Dit is meer dan het doel nodig heeft.",
            "This is more than the purpose needs.",
        ),
        Warning::NumberInText => (
            "In de tekst staat een getal dat een BSN kan zijn. Haal het weg.",
            "The text holds what may be a person number. Take it out.",
        ),
        Warning::ConsentTowardGovernment => (
            "Toestemming aan een overheid is zwak: wie afhankelijk is, kan moeilijk nee zeggen.",
            "Consent toward a government body is weak: who depends on it can hardly say no.",
        ),
        Warning::ToBeConfirmed => (
            "Een jurist moet deze grondslag nog bevestigen.",
            "A jurist still has to confirm this basis.",
        ),
        Warning::OwnLawOnly => (
            "De ontvanger ziet hiervan alleen wat onder de eigen wet bekend is.",
            "Of this the receiver sees only what is known under its own law.",
        ),
        Warning::EmergencyOnly => ("Alleen in een noodgeval.", "In an emergency only."),
    })
}
