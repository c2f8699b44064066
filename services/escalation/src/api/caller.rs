//! Who calls, and what the request's headers say: purpose, `If-Match`, `Idempotency-Key`.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chassis::bearer::Bearer;
use chassis::problem::Problem;
use gate::{Action, Actor, CaseFacts, Person, Purpose, Role};
use journal::CauseKey;
use proto::{InvalidParam, Oin};

use super::Platform;
use super::logbook::{Logbook, Who};

/// The longest `Idempotency-Key` that is taken, in characters.
const LONGEST_KEY: usize = 128;

/// A person with a verified token, of an organisation that takes part.
pub(super) struct Caller {
    /// The person, as the gate knows an actor.
    pub(super) actor: Actor,
    /// The person's organisation.
    pub(super) oin: Oin,
    /// The version that the caller saw (`If-Match`).
    pub(super) if_match: Option<i64>,
    /// Where it is noted what the caller looks at.
    pub(super) logbook: Logbook,
    person: Person,
    purpose: Option<Purpose>,
    key: Option<String>,
}

impl Caller {
    /// What the caller reads for: as the `Purpose` header says, else the usual purpose of the
    /// caller's roles that shows most of this case.
    pub(super) fn purpose(&self, platform: &Platform, facts: &CaseFacts) -> Purpose {
        let gate = &platform.ground.gate;
        self.purpose
            .or_else(|| gate.default_purpose(&self.actor, facts))
            .unwrap_or_else(|| {
                let first = self.person.roles().first();
                let usual = first.and_then(|role| gate.usual_purposes(*role).first());
                // Running the platform shows nothing of any case.
                usual.copied().unwrap_or(Purpose::Operate)
            })
    }

    /// The role for the record of who acted: the one to which the gate permits it, else the
    /// caller's first; none when the token grants none that is known here.
    pub(super) fn acting_role(
        &self,
        platform: &Platform,
        action: Action,
        facts: &CaseFacts,
    ) -> Option<&'static str> {
        let permit = platform.ground.gate.may(&self.actor, action, facts);
        match permit {
            Ok(permit) => Some(permit.acting_role),
            Err(_) => self.person.roles().first().map(|role| role.as_str()),
        }
    }

    /// Whether the caller is a citizen and nothing else. Such a caller's organisation is where the login
    /// comes from, and not whom the caller works for.
    pub(super) fn is_citizen(&self) -> bool {
        self.person.roles() == [Role::Citizen]
    }

    /// Whether the caller works for this organisation.
    pub(super) fn works_for(&self, organisation: &str) -> bool {
        self.oin.as_str() == organisation && !self.is_citizen()
    }

    /// The person's own opaque reference. Personal data: never log it.
    pub(super) fn person_ref(&self) -> &str {
        self.person.subject()
    }

    /// Who carries out a command. A citizen acts under the platform's own name for that login: by that
    /// name a case is linked to a citizen, and the log tells nobody whose login it is.
    ///
    /// # Errors
    /// 500 in theory only: the name always fits.
    pub(super) fn acting(&self, platform: &Platform) -> Result<Actor, Problem> {
        if self.person.roles() != [Role::Citizen] {
            return Ok(self.actor.clone());
        }
        let pseudonyms = &platform.ground.pseudonyms;
        let name = pseudonyms
            .citizen(self.oin.as_str(), self.person_ref())
            .map_err(|_| Problem::internal())?;
        Ok(Actor::Person(self.person.known_as(name.as_str())))
    }

    /// The same caller with a logbook apart, for what is gone through to find something. Of that only what
    /// is told is accounted for: whoever uses this takes it over with [`Logbook::take_over`].
    pub(super) fn aside(&self) -> Self {
        Self {
            actor: self.actor.clone(),
            oin: self.oin.clone(),
            if_match: None,
            logbook: Logbook::default(),
            person: self.person.clone(),
            purpose: self.purpose,
            key: None,
        }
    }

    /// The cause of a command: the caller's key, so that a repetition gets the same answer.
    pub(super) fn cause(&self, platform: &Platform) -> CauseKey {
        let sender = format!("api/{}/{}", self.oin, self.person.subject());
        let key = self.key.clone();
        CauseKey::new(
            sender,
            key.unwrap_or_else(|| platform.ground.entropy.uuid_v4().to_string()),
        )
    }
}

impl FromRequestParts<Platform> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Platform) -> Result<Self, Problem> {
        let Bearer(token) = Bearer::from_request_parts(parts, state).await?;
        if token.claims_system() {
            let detail = "A system's token opens the exchange of events and nothing else.";
            return Err(Problem::forbidden(detail));
        }
        let oin = Oin::parse(token.organisation())
            .ok()
            .filter(|oin| state.parties.get(oin).is_some())
            .ok_or_else(|| Problem::forbidden("Your organisation does not take part."))?;
        let mut wrong = Vec::new();
        let headers = &parts.headers;
        let purpose = header(headers, "Purpose", purpose, &mut wrong);
        let if_match = header(headers, "If-Match", version, &mut wrong).flatten();
        let key = header(headers, "Idempotency-Key", key, &mut wrong);
        if !wrong.is_empty() {
            return Err(Problem::bad_request(wrong));
        }
        let person = Person::from_token(&token);
        let actor = Actor::Person(person.clone());
        // Every operation runs inside the layer that accounts for it.
        let logbook = parts.extensions.get::<Logbook>();
        let logbook = logbook.ok_or_else(Problem::internal)?.clone();
        logbook.asked_by(Who {
            organisation: oin.to_string(),
            person_ref: person.subject().to_owned(),
            roles: person.roles().iter().map(|role| role.as_str()).collect(),
            client: token.authorised_party().to_owned(),
        });
        Ok(Self {
            logbook,
            actor,
            oin,
            if_match,
            person,
            purpose,
            key,
        })
    }
}

/// Reads a header that may be absent; notes what is wrong with it.
fn header<T>(
    headers: &HeaderMap,
    name: &str,
    read: impl Fn(&str) -> Result<T, &'static str>,
    wrong: &mut Vec<InvalidParam>,
) -> Option<T> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    let found = match (value.to_str(), values.next()) {
        (Ok(text), None) => read(text),
        (Ok(_), Some(_)) => Err("is sent more than once"),
        (Err(_), _) => Err("has characters beyond visible ASCII"),
    };
    found
        .map_err(|reason| wrong.push(InvalidParam::new(name, reason)))
        .ok()
}

fn purpose(text: &str) -> Result<Purpose, &'static str> {
    Purpose::from_word(text).ok_or("is no purpose")
}

/// The version in an entity tag as [`super::written::etag`] makes it; `*` asks nothing.
fn version(text: &str) -> Result<Option<i64>, &'static str> {
    if text.trim() == "*" {
        return Ok(None);
    }
    let tag = text
        .trim()
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    tag.and_then(|tag| tag.parse().ok())
        .map(Some)
        .ok_or("is no ETag of a case")
}

fn key(text: &str) -> Result<String, &'static str> {
    if (1..=LONGEST_KEY).contains(&text.len()) {
        Ok(text.to_owned())
    } else {
        Err("has 1 to 128 visible ASCII characters")
    }
}
