//! Who can do something: the gate's question the other way round.

use crate::{Action, Actor, Facts, Gate, Person, Role};

impl Gate {
    /// Those of these roles in which somebody of an organisation may do this with a thing. Nothing else is
    /// known of that somebody: what the policies give to a region or to one person counts for nobody here.
    /// It is for offering something and for saying who can; what is permitted, [`Gate::may`] says of an
    /// actor with a token.
    pub fn roles_that_may(
        &self,
        organisation: &str,
        among: &[Role],
        action: Action,
        facts: &dyn Facts,
    ) -> Vec<Role> {
        let may = |role: &Role| {
            let somebody = Actor::Person(Person {
                organisation: organisation.to_owned(),
                subject: String::new(),
                roles: vec![*role],
                regions: Vec::new(),
            });
            self.may(&somebody, action, facts).is_ok()
        };
        among.iter().copied().filter(may).collect()
    }
}
