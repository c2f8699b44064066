//! Whether a case is there for the caller. What is out of sight does not exist: the answer is the
//! same as for an id that nobody ever gave out.

use chassis::problem::Problem;
use gate::{Action, CaseFacts};
use ladder::{CaseId, Organisation};
use proto::{InvalidParam, Oin};

use super::body::About;
use super::caller::Caller;
use super::refusal::unavailable;
use super::written::not_allowed;
use super::{Platform, passes};
use crate::called::Persons;
use crate::history;
use crate::seal::CaseSealer;
use crate::views::{self, CaseRow};

/// A case in sight.
pub(super) struct Sight {
    /// Where it stands.
    pub(super) row: CaseRow,
    /// What the gate decides on.
    pub(super) facts: CaseFacts,
    /// Its id.
    pub(super) id: CaseId,
}

impl Sight {
    /// Seals texts of this case.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn sealer(&self, platform: &Platform) -> Result<CaseSealer, Problem> {
        self.sealer_about(platform, &About::default()).await
    }

    /// Seals texts that are about these persons of the case.
    ///
    /// # Errors
    /// 400 when the case is not about one of them, or no longer; 503 when the key vault does not
    /// answer.
    pub(super) async fn sealer_about(
        &self,
        platform: &Platform,
        about: &About,
    ) -> Result<CaseSealer, Problem> {
        sealer(platform, &self.id, &[], about).await
    }

    /// Whom the case is about.
    ///
    /// # Errors
    /// 503 when the view cannot be read.
    pub(super) fn persons(&self) -> Result<Persons, Problem> {
        Persons::told(&self.id, &self.row.content).map_err(unavailable)
    }

    /// The platform's key for whom of the case a caller names; what was given for anybody else, which the
    /// rules refuse.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn person(
        &self,
        platform: &Platform,
        given: String,
    ) -> Result<String, Problem> {
        let key = self.persons()?.key(&platform.vault, &given).await;
        Ok(key.map_err(unavailable)?.unwrap_or(given))
    }

    /// The same for who says something about sharing the own data: it has to be somebody of the case.
    ///
    /// # Errors
    /// 403 for a caller who may not do this; 400 at `/person` when the case is not about whom is
    /// named, or a citizen speaks for another; 503 when the key vault does not answer.
    pub(super) async fn speaker(
        &self,
        platform: &Platform,
        (caller, action): (&Caller, Action),
        given: &str,
    ) -> Result<String, Problem> {
        let gate = &platform.ground.gate;
        gate.may(&caller.actor, action, &self.facts)
            .map_err(|_| not_allowed())?;
        let key = self.persons()?.key(&platform.vault, given).await;
        // A citizen speaks for whom the owner linked the citizen to, and for nobody else.
        let speaks = |key: &String| match self.facts.citizens.get(caller.person_ref()) {
            Some(own) => own.contains(key),
            None => true,
        };
        key.map_err(unavailable)?.filter(speaks).ok_or_else(|| {
            let reason = "is nobody whom this case is about";
            Problem::bad_request(vec![InvalidParam::new("/person", reason)])
        })
    }
}

/// Seals texts of a case that are about these persons of it, and the fields of the persons whom a
/// report names by these words.
///
/// # Errors
/// As for [`Sight::sealer_about`].
pub(super) async fn sealer(
    platform: &Platform,
    case: &CaseId,
    words: &[&str],
    about: &About,
) -> Result<CaseSealer, Problem> {
    let ground = &platform.ground;
    let told = match about.persons() {
        [] => About::default(),
        _ => known(platform, case, words, about).await?,
    };
    let now = ground.clock.now();
    let sealer = CaseSealer::load(&platform.vault, &ground.entropy, case, words, now).await;
    let sealer = sealer.map_err(unavailable)?;
    // A report names those whom it is about as it names its persons, who have no keys before it.
    let keys: Vec<String> = told
        .persons()
        .iter()
        .map(|given| match words.contains(&given.as_str()) {
            true => sealer.key(given),
            false => given.clone(),
        })
        .collect();
    Ok(sealer.about_persons(&keys))
}

/// Whom texts are about: by the platform's keys when the case is there, by the words of its report
/// when that is being told.
///
/// # Errors
/// 400 when the case is not about one of them, or no longer.
async fn known(
    platform: &Platform,
    case: &CaseId,
    words: &[&str],
    about: &About,
) -> Result<About, Problem> {
    let db = &platform.ground.db;
    let (_, state) = history::of_case(db, case).await.map_err(unavailable)?;
    let persons = Persons::of(db, case).await.map_err(unavailable)?;
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for (place, given) in about.persons().iter().enumerate() {
        let key = match state.file() {
            Some(file) => {
                let key = persons.key(&platform.vault, given).await;
                key.map_err(unavailable)?.filter(|key| file.kept.has(key))
            }
            None => words.contains(&given.as_str()).then(|| given.clone()),
        };
        match key {
            Some(key) => found.push(key),
            None => unknown.push(InvalidParam::new(
                format!("/about/{place}"),
                "is nobody whom this case is about",
            )),
        }
    }
    match unknown.is_empty() {
        true => Ok(About::of(found)),
        false => Err(Problem::bad_request(unknown)),
    }
}

/// The answer for every case that is not there.
pub(super) fn no_such_case() -> Problem {
    Problem::not_found("There is no such case.")
}

/// The case that the caller names by its id or by the own pseudonym, to be read.
///
/// # Errors
/// 404 when it is not there for this caller.
pub(super) async fn read(
    platform: &Platform,
    caller: &Caller,
    name: &str,
) -> Result<Sight, Problem> {
    let sight = find(platform, caller, name).await?;
    if can_read(platform, caller, &sight.facts) {
        Ok(sight)
    } else {
        Err(no_such_case())
    }
}

/// The same, to do something with it. Somebody who may do it need not be able to read the case:
/// who is asked to take it back learns of it by that. `target` is the organisation that the
/// action is about.
///
/// # Errors
/// 404 when it is not there for this caller.
pub(super) async fn act(
    platform: &Platform,
    caller: &Caller,
    name: &str,
    action: Action,
    target: Option<&str>,
) -> Result<Sight, Problem> {
    let sight = find(platform, caller, name).await?;
    let facts = CaseFacts {
        target: target.map(str::to_owned),
        ..sight.facts.clone()
    };
    let may = || {
        platform
            .ground
            .gate
            .may(&caller.actor, action, &facts)
            .is_ok()
    };
    if can_read(platform, caller, &sight.facts) || may() {
        Ok(sight)
    } else {
        Err(no_such_case())
    }
}

/// The case under that name, whoever may see it: the caller answers for the rest.
///
/// # Errors
/// 404 when there is none.
pub(super) async fn find(
    platform: &Platform,
    caller: &Caller,
    name: &str,
) -> Result<Sight, Problem> {
    let db = &platform.ground.db;
    let id = views::resolve(db, caller.oin.as_str(), name)
        .await
        .map_err(unavailable)?;
    let id = id
        .and_then(|id| CaseId::parse(&id).ok())
        .ok_or_else(no_such_case)?;
    let row = views::find_case(db, id.as_str())
        .await
        .map_err(unavailable)?;
    let row = row.ok_or_else(no_such_case)?;
    caller.logbook.found(id.as_str());
    let facts = views::facts(db, &row).await.map_err(unavailable)?;
    let passes = passes::open_now(platform, &id).await?;
    let facts = CaseFacts { passes, ..facts };
    let facts = for_citizen(platform, caller, facts)?;
    Ok(Sight { row, facts, id })
}

/// The facts with the caller in place of the platform's own name for the caller, and without the names
/// of other citizens: of those nobody need know.
///
/// # Errors
/// 500 in theory only: the name always fits.
pub(super) fn for_citizen(
    platform: &Platform,
    caller: &Caller,
    mut facts: CaseFacts,
) -> Result<CaseFacts, Problem> {
    let pseudonyms = &platform.ground.pseudonyms;
    let name = pseudonyms
        .citizen(caller.oin.as_str(), caller.person_ref())
        .map_err(|_| Problem::internal())?;
    let own = facts.citizens.remove(name.as_str());
    facts.citizens = own
        .map(|persons| (caller.person_ref().to_owned(), persons))
        .into_iter()
        .collect();
    Ok(facts)
}

/// Whether the case exists for this caller.
pub(super) fn can_read(platform: &Platform, caller: &Caller, facts: &CaseFacts) -> bool {
    platform
        .ground
        .gate
        .may(&caller.actor, Action::ReadCase, facts)
        .is_ok()
}

/// The organisation's own name for a case.
///
/// # Errors
/// 500 in theory only: the text always fits a pseudonym.
pub(super) fn pseudonym(
    platform: &Platform,
    organisation: &Oin,
    case: &CaseId,
) -> Result<String, Problem> {
    Organisation::parse(organisation.as_str())
        .ok()
        .and_then(|organisation| platform.ground.pseudonyms.of(&organisation, case).ok())
        .map(|pseudonym| pseudonym.to_string())
        .ok_or_else(Problem::internal)
}
