//! What `deploy/matrix.toml` gives somebody in full. Read from the file by itself: neither the
//! policies nor the code that asks them is heard.

use gate::{CaseFacts, Category, PassOpens, Purpose, Role, Strength};
use proofs::{Condition, Given, Level, Matrix, Row, Spared, Standing, Who};

/// Somebody who reads.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// The short name of their organisation.
    pub(crate) party: String,
    /// Its OIN.
    pub(crate) organisation: String,
    /// Their own opaque reference, as in their token.
    pub(crate) subject: String,
    /// What they act as.
    pub(crate) roles: Vec<Role>,
    /// What they say they read for; without, it may be for anything that a row knows.
    pub(crate) purpose: Option<Purpose>,
}

/// The whole text of a field may be read.
pub(crate) fn shows(
    matrix: &Matrix,
    reader: &Reader,
    category: Category,
    facts: &CaseFacts,
) -> bool {
    reader.roles.iter().any(|role| {
        let rows = matrix.rows.iter();
        let mut rows = rows.filter(|row| applies(row, reader, *role, facts));
        let full = |given: &Given| {
            given.strength == Strength::Full
                && given
                    .condition
                    .is_none_or(|one| fulfilled(one, reader, category, facts))
        };
        rows.any(|row| row.cells[&category].given.iter().any(full))
            && !is_limited(matrix, reader, *role, category, facts)
    })
}

/// Who writes at a draft reads it, and nobody else.
pub(crate) fn shows_draft(matrix: &Matrix, reader: &Reader, facts: &CaseFacts) -> bool {
    let spared = &matrix.draft.spared;
    reader
        .roles
        .iter()
        .any(|role| is_spared(spared, reader, *role, facts))
}

fn applies(row: &Row, reader: &Reader, role: Role, facts: &CaseFacts) -> bool {
    let there = level(facts).is_some_and(|level| row.levels.contains(&level))
        && row
            .standing
            .iter()
            .any(|standing| stands(*standing, reader, facts));
    let asked = facts.admitting.as_ref().is_some_and(|asked| {
        asked.organisation == reader.organisation && asked.role == role.as_str()
    });
    let purpose =
        reader.purpose.is_none() || row.purpose.is_none() || row.purpose == reader.purpose;
    row.roles.contains(&role)
        && purpose
        && (there || (row.asked_to_admit && asked))
        && row.theme.as_ref().is_none_or(|only| *only == facts.theme)
}

fn level(facts: &CaseFacts) -> Option<Level> {
    match (facts.tier.as_str(), facts.rung.as_str()) {
        ("regional", _) => Some(Level::L3),
        (_, "own_work") => Some(Level::L0),
        (_, "workshop") => Some(Level::L1),
        (_, "local_table") => Some(Level::L2),
        (_, "national_desk") => Some(Level::L4),
        (_, "national_table") => Some(Level::L5),
        _ => None,
    }
}

fn stands(standing: Standing, reader: &Reader, facts: &CaseFacts) -> bool {
    let own = &reader.organisation;
    match standing {
        Standing::Citizen => facts.citizens.contains(&reader.subject),
        Standing::Raiser => facts.raiser == *own,
        Standing::Owner => facts.owner == *own,
        Standing::Handler => facts.handlers.contains(own),
        Standing::PastHandler => facts.past_handlers.contains(own),
        Standing::Offered => facts.offered.contains(own),
        Standing::Accepted => facts.accepted.contains(own),
        Standing::Committed => facts.committed.contains(own),
        Standing::Anyone => true,
    }
}

fn fulfilled(condition: Condition, reader: &Reader, category: Category, facts: &CaseFacts) -> bool {
    let own = facts.source.as_ref() == Some(&reader.organisation);
    let pass = |kind: &str| {
        facts.passes.contains(&PassOpens {
            kind: kind.to_owned(),
            organisation: reader.organisation.clone(),
            subject: reader.subject.clone(),
            category: category.as_str().to_owned(),
        })
    };
    match condition {
        Condition::OwnLaw => own || facts.shared_with.contains(&reader.organisation),
        Condition::OwnPart => own,
        Condition::RecordedGround => pass("accounting"),
        Condition::EmergencyPass => pass("emergency"),
        Condition::TemporaryPass => pass("temporary"),
    }
}

fn is_limited(
    matrix: &Matrix,
    reader: &Reader,
    role: Role,
    category: Category,
    facts: &CaseFacts,
) -> bool {
    let draft = facts.state == "draft" && !is_spared(&matrix.draft.spared, reader, role, facts);
    let silence = &matrix.silence;
    let heard = facts.card_only.contains(&reader.organisation)
        && silence.cells.get(&category) != Some(&Strength::Full);
    let mut spared = silence.spared.iter();
    draft || (heard && !spared.any(|one| is_spared(one, reader, role, facts)))
}

fn is_spared(who: &Spared, reader: &Reader, role: Role, facts: &CaseFacts) -> bool {
    let roles = match &who.roles {
        Who::All => true,
        Who::Some(roles) => roles.contains(&role),
    };
    roles && stands(who.standing, reader, facts)
}
