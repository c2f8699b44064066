//! The matrix as Cedar policies: one permit per row and answer, and a prohibition per limit.

use std::fmt::Write;

use gate::{Category, Role, Strength};

use crate::{Condition, Given, Level, Matrix, Row, Spared, Standing, Who};

/// The read actions up to a strength, the strongest first: who may see something in full may see
/// it masked.
pub fn actions(strength: Strength) -> &'static [&'static str] {
    match strength {
        Strength::Full => &["ReadFull", "ReadMasked", "ReadPseudonym"],
        Strength::Masked => &["ReadMasked", "ReadPseudonym"],
        Strength::Pseudonym => &["ReadPseudonym"],
        Strength::None => &[],
    }
}

/// The policies that say what the matrix says.
pub fn policies(matrix: &Matrix) -> String {
    let mut text = String::new();
    for row in &matrix.rows {
        let mut answers: Vec<Given> = row
            .cells
            .values()
            .flat_map(|cell| cell.given.clone())
            .collect();
        answers.sort_unstable();
        answers.dedup();
        for given in answers {
            text.push_str(&permit(row, given));
        }
    }
    text.push_str(&forbid(&draft(matrix)));
    text.push_str(&forbid(&silence(matrix)));
    text.push_str(&forbid(&objection(matrix)));
    text
}

/// What one cell of a row gives, within the limits.
pub fn of_cell(matrix: &Matrix, row: &Row, category: Category) -> String {
    let mut only = row.clone();
    only.cells.retain(|one, _| *one == category);
    let given = only.cells.values().flat_map(|cell| &cell.given);
    let permits: String = given.map(|given| permit(&only, *given)).collect();
    let limits = [draft(matrix), silence(matrix), objection(matrix)];
    permits + &limits.map(|limit| forbid(&limit)).concat()
}

/// One answer of a row, for all categories that have it.
fn permit(row: &Row, given: Given) -> String {
    let categories = row
        .cells
        .iter()
        .filter(|(_, cell)| cell.given.contains(&given))
        .map(|(category, _)| category_uid(*category));
    let mut parts = vec![
        one_of(
            row.roles.iter().map(|role| role_uid(*role)),
            "principal.role",
        ),
        one_of(categories, "context.category"),
        place(row),
    ];
    if let Some(purpose) = row.purpose {
        parts.push(format!("context.purpose == Purpose::\"{purpose}\""));
    }
    if row.own_regions {
        parts.push(
            "(principal.regions.isEmpty() || principal.regions.contains(resource.region))"
                .to_owned(),
        );
    }
    if let Some(theme) = &row.theme {
        parts.push(format!("resource.theme == \"{theme}\""));
    }
    if let Some(condition) = given.condition {
        parts.push(fulfilled(condition).to_owned());
    }
    let actions: Vec<String> = actions(given.strength)
        .iter()
        .map(|action| format!("Action::\"{action}\""))
        .collect();
    format!(
        "permit (principal, action in [{}], resource) when {{ {} }};\n",
        actions.join(", "),
        parts.join(" && ")
    )
}

/// Where the case stands, and the organisation to it.
fn place(row: &Row) -> String {
    let standing: Vec<&str> = row.standing.iter().map(|one| stands(*one)).collect();
    let there = format!("({}) && ({})", at(row), standing.join(" || "));
    if row.asked_to_admit {
        format!(
            "(({there}) || (resource has admitting && resource.admitting == \
             {{organisation: principal.organisation, role: principal.role}}))"
        )
    } else {
        format!("({there})")
    }
}

/// The levels; each tier whole where it is.
fn at(row: &Row) -> String {
    use Level::{L0, L1, L2, L3, L4, L5};
    let has = |levels: &[Level]| levels.iter().all(|level| row.levels.contains(level));
    if has(Level::ALL) {
        return "true".to_owned();
    }
    let tier = |word: &str| format!("resource.tier == Tier::\"{word}\"");
    let rung = |word: &str| format!("resource.rung == \"{word}\"");
    let mut parts = Vec::new();
    if has(&[L0, L1, L2]) {
        parts.push(tier("local"));
    } else {
        for (level, word) in [(L0, "own_work"), (L1, "workshop"), (L2, "local_table")] {
            if has(&[level]) {
                parts.push(rung(word));
            }
        }
    }
    if has(&[L3]) {
        parts.push(tier("regional"));
    }
    if has(&[L4, L5]) {
        parts.push(tier("national"));
    } else {
        for (level, word) in [(L4, "national_desk"), (L5, "national_table")] {
            if has(&[level]) {
                parts.push(rung(word));
            }
        }
    }
    parts.join(" || ")
}

/// How an organisation stands to the case.
fn stands(standing: Standing) -> &'static str {
    match standing {
        Standing::Citizen => {
            "(principal is Person && resource.citizens.contains(principal.subject))"
        }
        Standing::Raiser => "resource.raiser == principal.organisation",
        Standing::Owner => "resource.owner == principal.organisation",
        Standing::Handler => "resource.handlers.contains(principal.organisation)",
        Standing::PastHandler => "resource.past_handlers.contains(principal.organisation)",
        Standing::Offered => "resource.offered.contains(principal.organisation)",
        Standing::Accepted => "resource.accepted.contains(principal.organisation)",
        Standing::Committed => "resource.committed.contains(principal.organisation)",
        Standing::Anyone => "true",
    }
}

/// When a condition is fulfilled.
fn fulfilled(condition: Condition) -> &'static str {
    match condition {
        Condition::OwnLaw => {
            "((resource has source && resource.source == principal.organisation) || \
             resource.shared_with.contains(principal.organisation))"
        }
        Condition::OwnPart => "resource has source && resource.source == principal.organisation",
        Condition::RecordedGround => {
            r#"(principal is Person && resource.passes.contains({kind: "accounting",
            organisation: principal.organisation, subject: principal.subject,
            category: context.category}) && resource.state != "draft" &&
            !resource.card_only.contains(principal.organisation))"#
        }
        Condition::EmergencyPass => {
            r#"(principal is Person && resource.passes.contains({kind: "emergency",
            organisation: principal.organisation, subject: principal.subject,
            category: context.category}) &&
            !["closed", "withdrawn", "draft"].contains(resource.state) &&
            [Purpose::"help", Purpose::"care", Purpose::"own_law",
            Purpose::"unblock"].contains(context.purpose) &&
            !resource.card_only.contains(principal.organisation))"#
        }
        Condition::TemporaryPass => {
            r#"(principal is Person && resource.passes.contains({kind: "temporary",
            organisation: principal.organisation, subject: principal.subject,
            category: context.category}) &&
            !["closed", "withdrawn", "draft"].contains(resource.state) &&
            [Purpose::"help", Purpose::"progress", Purpose::"own_law",
            Purpose::"care"].contains(context.purpose) &&
            !resource.card_only.contains(principal.organisation))"#
        }
    }
}

fn draft(matrix: &Matrix) -> String {
    format!(
        "resource.state == \"draft\" && !({})",
        spared(&matrix.draft.spared)
    )
}

fn silence(matrix: &Matrix) -> String {
    let mut text = "resource.card_only.contains(principal.organisation)".to_owned();
    for one in &matrix.silence.spared {
        // Writing to a text cannot fail.
        let _ = write!(text, " && !({})", spared(one));
    }
    for (category, strength) in &matrix.silence.cells {
        let within: Vec<String> = actions(*strength)
            .iter()
            .map(|action| format!("action == Action::\"{action}\""))
            .collect();
        let category = category_uid(*category);
        let _ = write!(
            text,
            " && !(context.category == {category} && ({}))",
            within.join(" || ")
        );
    }
    text
}

fn objection(matrix: &Matrix) -> String {
    let mut text = "resource.objected.contains(context.category)".to_owned();
    for one in &matrix.objection.spared {
        // Writing to a text cannot fail.
        let _ = write!(text, " && !({})", spared(one));
    }
    for condition in &matrix.objection.conditions {
        let _ = write!(text, " && !({})", fulfilled(*condition));
    }
    text
}

fn spared(who: &Spared) -> String {
    let standing = stands(who.standing);
    match &who.roles {
        Who::All => standing.to_owned(),
        Who::Some(roles) => {
            let roles = one_of(roles.iter().map(|role| role_uid(*role)), "principal.role");
            format!("{roles} && {standing}")
        }
    }
}

fn forbid(when: &str) -> String {
    let actions: Vec<String> = actions(Strength::Full)
        .iter()
        .map(|action| format!("Action::\"{action}\""))
        .collect();
    format!(
        "forbid (principal, action in [{}], resource) when {{ {when} }};\n",
        actions.join(", ")
    )
}

fn one_of(uids: impl Iterator<Item = String>, value: &str) -> String {
    let uids: Vec<String> = uids.collect();
    format!("[{}].contains({value})", uids.join(", "))
}

fn role_uid(role: Role) -> String {
    format!("Role::\"{role}\"")
}

fn category_uid(category: Category) -> String {
    format!("Category::\"{category}\"")
}
