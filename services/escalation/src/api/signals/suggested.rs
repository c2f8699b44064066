//! Who could change what a signal is about: whom the caller names, else whoever owns the rule.

use chassis::problem::Problem;
use ladder::Organisation;
use ladder::catalogue::{OrganisationKind, Responsible};
use proto::Oin;

use super::super::caller::Caller;
use super::super::{Platform, parties};
use super::Raised;

/// The organisation that is suggested; none when the rule's owner takes no part, or there are several.
///
/// # Errors
/// 400 when the caller names an organisation that does not take part.
pub(super) fn of(
    platform: &Platform,
    caller: &Caller,
    raised: &Raised,
) -> Result<Option<Organisation>, Problem> {
    let Some(named) = &raised.suggested else {
        let rule = raised.rule.as_deref();
        let rule = rule.and_then(|rule| platform.catalogues.rules.get(rule));
        return Ok(rule.and_then(|rule| owner(platform, caller, &rule.owner)));
    };
    let mut wrong = Vec::new();
    parties::check_known(platform, "/suggested", named, &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    parties::organisation(named).map(Some)
}

fn owner(platform: &Platform, caller: &Caller, owner: &Responsible) -> Option<Organisation> {
    match owner {
        Responsible::Organisation(organisation) => {
            let oin = Oin::parse(organisation.as_str()).ok()?;
            platform.parties.get(&oin).map(|_| organisation.clone())
        }
        Responsible::Kind(kind) => of_kind(platform, caller, *kind),
        Responsible::External(_) => None,
    }
}

/// The caller's own organisation when it is of that kind, else the only one that is.
fn of_kind(platform: &Platform, caller: &Caller, kind: OrganisationKind) -> Option<Organisation> {
    let organisations = &platform.ground.rules.organisations;
    let own = parties::organisation(&caller.oin).ok()?;
    if organisations.get(&own).is_some_and(|own| own.kind == kind) {
        return Some(own);
    }
    let mut all = organisations.iter().filter(|(_, one)| one.kind == kind);
    let only = all.next().map(|(organisation, _)| organisation.clone());
    only.filter(|_| all.next().is_none())
}
