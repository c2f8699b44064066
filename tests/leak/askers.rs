//! Who asks: the people of the stories, and in an organisation somebody in each role alone.

use std::collections::BTreeSet;

use demo::personas::{PERSONAS, Persona};
use gate::Role;
use scenarios::processes::Processes;

use crate::matrix::Reader;
use crate::oracle::Oracle;

/// Whoever keeps the platform running.
const OPERATOR: &str = "doorbraak";

/// Somebody with a token.
#[derive(Clone)]
pub(crate) struct Asker {
    /// What they are called in what is found.
    pub(crate) name: String,
    /// The token.
    pub(crate) token: String,
    /// As the matrix knows them.
    pub(crate) reader: Reader,
}

/// The people of all stories, in all their roles at once.
pub(crate) fn people(processes: &Processes, oracle: &Oracle) -> Vec<Asker> {
    let people = PERSONAS.iter();
    people
        .map(|person| asker(processes, oracle, person, person.name.to_owned()))
        .collect()
}

/// In each of these organisations, and at the operator's, somebody in each role alone.
pub(crate) fn roles(
    processes: &Processes,
    oracle: &Oracle,
    of: impl Fn(&str) -> bool,
) -> Vec<Asker> {
    let parties: BTreeSet<&'static str> = PERSONAS.iter().map(|person| person.party).collect();
    let there = |party: &&str| *party == OPERATOR || of(party);
    let mut askers = Vec::new();
    for party in parties.into_iter().filter(there) {
        for role in proto::Role::ALL {
            let person = Persona {
                name: "somebody",
                party,
                roles: std::slice::from_ref(role),
            };
            let name = format!("{party}'s {}", role.as_str());
            askers.push(asker(processes, oracle, &person, name));
        }
    }
    askers
}

/// An organisation's privacy officer.
pub(crate) fn officer(processes: &Processes, oracle: &Oracle, party: &str) -> Asker {
    let at_home = PERSONAS.iter().find(|person| person.party == party);
    let person = Persona {
        name: "officer",
        party: at_home.expect("somebody works there").party,
        roles: &[proto::Role::PrivacyOfficer],
    };
    asker(processes, oracle, &person, format!("{party}'s officer"))
}

fn asker(processes: &Processes, oracle: &Oracle, person: &Persona, name: String) -> Asker {
    let roles = person.roles.iter();
    let roles = roles.filter_map(|role| Role::from_word(role.as_str()));
    Asker {
        name,
        token: processes.issuer.token(person).expect("it signs"),
        reader: oracle.reader(person.party, person.name, roles.collect()),
    }
}
