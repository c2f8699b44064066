//! How a person that another organisation names is recognised among one's own clients.
//!
//! By the citizen service number, where the organisation may use it (Wabb art. 10–11); otherwise
//! by name and birth date together. The platform never does this: it happens at the source only.

use std::fmt;

use jiff::civil::Date;
use proto::{Bsn, SharedPerson};

/// What a client can be recognised by.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ClientKey {
    /// The citizen service number.
    pub bsn: Option<Bsn>,
    /// Full name as written.
    pub name: Option<String>,
    /// Day of birth.
    pub birth_date: Option<Date>,
}

impl ClientKey {
    /// A client known by number only.
    pub fn bsn(bsn: &Bsn) -> Self {
        Self {
            bsn: Some(bsn.clone()),
            ..Self::default()
        }
    }
}

impl From<&SharedPerson> for ClientKey {
    fn from(person: &SharedPerson) -> Self {
        Self {
            bsn: person.bsn.clone(),
            name: person.name.as_ref().map(|name| name.as_str().to_owned()),
            birth_date: person.birth_date,
        }
    }
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientKey(hidden)")
    }
}

/// What to look for in one's own register.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Search {
    /// By number.
    Number(Bsn),
    /// By comparable name and birth date.
    NameAndBirth(String, Date),
    /// Too little is known to recognise anyone safely.
    Nothing,
}

/// What may be searched with. A number that the organisation may not use is not looked at.
pub(crate) fn search(key: &ClientKey, may_use_bsn: bool) -> Search {
    if let Some(bsn) = key.bsn.as_ref().filter(|_| may_use_bsn) {
        return Search::Number(bsn.clone());
    }
    match (&key.name, key.birth_date) {
        (Some(name), Some(born)) => Search::NameAndBirth(comparable(name), born),
        _ => Search::Nothing,
    }
}

/// A name without the differences of case and spacing that clerks make.
pub(crate) fn comparable(name: &str) -> String {
    name.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn bella() -> ClientKey {
        ClientKey {
            bsn: Some("999990342".parse().expect("a valid test number")),
            name: Some("Bella  de Vries ".into()),
            birth_date: Some(date(2000, 5, 17)),
        }
    }

    #[test]
    fn who_may_use_the_number_searches_by_it() {
        assert!(
            search(&bella(), true) == Search::Number("999990342".parse().expect("a valid number"))
        );
    }

    #[test]
    fn who_may_not_use_the_number_searches_by_name_and_birth_date() {
        assert!(
            search(&bella(), false)
                == Search::NameAndBirth("bella de vries".into(), date(2000, 5, 17))
        );
    }

    #[test]
    fn a_name_without_a_birth_date_recognises_nobody() {
        let key = ClientKey {
            bsn: None,
            birth_date: None,
            ..bella()
        };
        assert!(search(&key, true) == Search::Nothing);
    }

    #[test]
    fn debug_shows_neither_number_nor_name() {
        assert_eq!(format!("{:?}", bella()), "ClientKey(hidden)");
    }
}
