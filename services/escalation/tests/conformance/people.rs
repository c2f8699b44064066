//! People with a token: an actor that only a verified token can make.

use std::collections::HashMap;

use gate::Actor;
use jiff::Timestamp;

use crate::issuer::Issuer;

/// Somebody with a token.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) organisation: &'static str,
    pub(crate) roles: Vec<&'static str>,
}

/// Some people, by organisation and role.
pub(crate) struct People(HashMap<(&'static str, &'static str), Actor>);

impl People {
    /// Somebody of each organisation and role.
    pub(crate) async fn of(who: &[(&'static str, &'static str)], now: Timestamp) -> Self {
        let issuer = Issuer::start().await;
        let verifier = issuer.verifier();
        let mut people = HashMap::new();
        for &(organisation, role) in who {
            let person = Person {
                name: "somebody",
                organisation,
                roles: vec![role],
            };
            let token = issuer.token(now, &person);
            let verified = verifier.verify(&token, now).await.unwrap();
            let actor = Actor::Person(gate::Person::from_token(&verified));
            people.insert((organisation, role), actor);
        }
        Self(people)
    }

    pub(crate) fn actor(&self, organisation: &'static str, role: &'static str) -> Actor {
        self.0[&(organisation, role)].clone()
    }
}
