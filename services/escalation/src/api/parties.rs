//! Organisations named in a body.

use chassis::problem::Problem;
use ladder::Organisation;
use proto::{InvalidParam, Oin};

use super::Platform;

/// Notes an organisation that does not take part.
pub(super) fn check_known(
    platform: &Platform,
    field: &str,
    organisation: &Oin,
    wrong: &mut Vec<InvalidParam>,
) {
    if platform.parties.get(organisation).is_none() {
        wrong.push(InvalidParam::new(
            field,
            "is no organisation of this platform",
        ));
    }
}

/// The one organisation that a body names, which takes part.
///
/// # Errors
/// 400 with the field when it does not.
pub(super) fn known(
    platform: &Platform,
    field: &str,
    organisation: &Oin,
) -> Result<Organisation, Problem> {
    let mut wrong = Vec::new();
    check_known(platform, field, organisation, &mut wrong);
    if wrong.is_empty() {
        self::organisation(organisation)
    } else {
        Err(Problem::bad_request(wrong))
    }
}

/// An organisation in the domain's words.
///
/// # Errors
/// 500 in theory only: every OIN is one.
pub(super) fn organisation(oin: &Oin) -> Result<Organisation, Problem> {
    crate::translate::organisation(oin).map_err(|_| Problem::internal())
}

/// Whether an organisation carries out a law, as its party file says.
pub(super) fn carries_out(platform: &Platform, organisation: &str, law: &str) -> bool {
    let party = Oin::parse(organisation)
        .ok()
        .and_then(|oin| platform.parties.get(&oin));
    party.is_some_and(|party| party.laws.iter().any(|own| own == law))
}
