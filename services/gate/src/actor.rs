use std::fmt;

use token::Verified;

use crate::Role;

/// Who asks: there is nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Someone with a verified access token.
    Person(Person),
    /// An organisation's own service, as the transport authenticated it.
    Organisation(Organisation),
    /// A deadline that fell due.
    Clock,
}

/// A person with a verified token. `Debug` hides the subject.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub(crate) organisation: String,
    pub(crate) subject: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) regions: Vec<String>,
}

impl Person {
    /// The person of a verified token, with all its roles that are known here; a role that is
    /// not known permits nothing.
    pub fn from_token(token: &Verified) -> Self {
        Self {
            organisation: token.organisation().to_owned(),
            subject: token.subject().to_owned(),
            roles: known_roles(token.roles()),
            regions: token.regions().to_vec(),
        }
    }

    /// The same person in one of the own roles only; `None` when the token does not grant it.
    #[must_use]
    pub fn acting_as(&self, role: &str) -> Option<Self> {
        let role = Role::from_word(role).filter(|role| self.roles.contains(role))?;
        Some(Self {
            roles: vec![role],
            ..self.clone()
        })
    }

    /// The same person under another name for them: the platform's own, where that is what a case
    /// knows them by.
    #[must_use]
    pub fn known_as(&self, name: &str) -> Self {
        Self {
            subject: name.to_owned(),
            ..self.clone()
        }
    }

    /// The person's roles, the most responsible first.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The token's subject. Personal data: for the record of who acted, never for a log.
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

/// The words that are roles here, each once, the most responsible first.
pub(crate) fn known_roles(words: &[String]) -> Vec<Role> {
    let mut roles: Vec<Role> = words
        .iter()
        .filter_map(|word| Role::from_word(word))
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("organisation", &self.organisation)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

/// Whom an organisation says it acts for: its word holds for its own staff and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct ActedBy {
    /// The role's word.
    pub role: String,
    /// The organisation's own opaque name for its employee; hidden in `Debug`.
    pub person_ref: String,
}

impl fmt::Debug for ActedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActedBy")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// An organisation whose service the transport authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub(crate) oin: String,
    pub(crate) kind: String,
    pub(crate) role: Option<Role>,
    pub(crate) acted_by: ActedBy,
}

impl Organisation {
    /// The publisher `oin` that the transport authenticated (never one that a message claims),
    /// of a `kind` from the parties' files, acting for one of its staff.
    pub fn authenticated(oin: &str, kind: &str, acted_by: ActedBy) -> Self {
        Self {
            oin: oin.to_owned(),
            kind: kind.to_owned(),
            role: Role::from_word(&acted_by.role),
            acted_by,
        }
    }

    /// The service of the publisher `oin` itself, acting for none of its staff.
    pub fn service(oin: &str, kind: &str) -> Self {
        let nobody = ActedBy {
            role: String::new(),
            person_ref: String::new(),
        };
        Self::authenticated(oin, kind, nobody)
    }

    /// Whether nobody stands behind what the service does, as behind a heartbeat.
    pub(crate) fn acts_for_nobody(&self) -> bool {
        self.acted_by.role.is_empty()
    }

    /// Whom the organisation acts for.
    pub fn acted_by(&self) -> &ActedBy {
        &self.acted_by
    }
}

impl Actor {
    /// The OIN of the organisation that the actor belongs to; `None` for the clock.
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Self::Person(person) => Some(&person.organisation),
            Self::Organisation(organisation) => Some(&organisation.oin),
            Self::Clock => None,
        }
    }

    /// The known roles in which the actor may act, the most responsible first.
    pub fn roles(&self) -> &[Role] {
        match self {
            Self::Person(person) => &person.roles,
            Self::Organisation(organisation) => organisation.role.as_slice(),
            Self::Clock => &[],
        }
    }

    /// What is recorded in the place of a role when the actor has none.
    pub(crate) fn without_role(&self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Person(_) | Self::Organisation(_) => "service",
        }
    }

    /// A name for logs, without personal data.
    pub fn label(&self) -> String {
        let roles = || {
            let words: Vec<_> = self.roles().iter().map(|role| role.as_str()).collect();
            words.join("+")
        };
        match self {
            Self::Person(person) => format!("person:{}:{}", person.organisation, roles()),
            Self::Organisation(organisation) => {
                format!("organisation:{}:{}", organisation.oin, roles())
            }
            Self::Clock => "clock".to_owned(),
        }
    }

    /// Who acted, as (organisation, that organisation's name for the person): a second person is
    /// one with another key. `None` for the clock. Personal data: never log it.
    pub fn second_person_key(&self) -> Option<(&str, &str)> {
        match self {
            Self::Person(person) => Some((&person.organisation, &person.subject)),
            Self::Organisation(organisation) => {
                Some((&organisation.oin, &organisation.acted_by.person_ref))
            }
            Self::Clock => None,
        }
    }
}
