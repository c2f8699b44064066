//! The table that the policies amount to, and the check that `matrix.md` still is that table.

mod others;
mod situations;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use situations::situations;

use super::*;
use crate::{Category, DenialCode, Facts, Purpose, Sources, Strength};

/// The organisation from which every situation is looked at.
const OURS: &str = SVB;

/// The table, and the ids of the policies that decided somewhere in it.
fn render(gate: &Gate) -> (String, BTreeSet<String>) {
    let mut used = BTreeSet::new();
    let mut text = String::from(
        "# Who may read and do what\n\n\
         Generated from the policies in `deploy/policies`; a test fails when it is stale. \
         F full, M masked, P pseudonym, – nothing; `r1` … `r11` are the rules behind a cell. \
         A situation, role or purpose that is not listed gives nothing, but for lessons, which \
         every role reads in full except operators and, of others' cases, citizens.\n\n\
         ## Reading\n\n| Role | Situation | Purpose |",
    );
    for category in Category::ALL {
        write!(text, " {category} |").unwrap();
    }
    text.push_str("\n|-|-|-|");
    text.push_str(&"-|".repeat(Category::ALL.len()));
    text.push('\n');
    for role in Role::ALL {
        let actor = person(OURS, &[*role]);
        for (situation, facts) in situations(*role) {
            for purpose in gate.usual_purposes(*role) {
                if let Some(cells) = cells(gate, &actor, *purpose, &facts, &mut used) {
                    writeln!(text, "| {role} | {situation} | {purpose} |{cells}").unwrap();
                }
            }
        }
    }
    text.push_str("\n## Commands\n\nBy a person at the API, or by an organisation's service over the wire. \
         Where a command is about an organisation (its offer, its commitment), it is about the \
         actor's own, unless the situation says otherwise.\n\n| Command | Role | Doors | Situations |\n|-|-|-|-|\n");
    let of_cases = |role| boxed(situations(role));
    commands(gate, &of_cases, &mut text, &mut used);
    for (title, of) in others::SECTIONS {
        write!(
            text,
            "\n## {title}\n\n| Command | Role | Doors | Situations |\n|-|-|-|-|\n"
        )
        .unwrap();
        commands(gate, &of, &mut text, &mut used);
    }
    (text, used)
}

/// A way in which an organisation can stand to a thing.
type Situation = (&'static str, Box<dyn Facts>);

fn boxed<F: Facts + 'static>(situations: Vec<(&'static str, F)>) -> Vec<Situation> {
    let boxed = situations.into_iter();
    boxed
        .map(|(name, facts)| (name, Box::new(facts) as Box<dyn Facts>))
        .collect()
}

/// One row per command, role and door that leads to something.
fn commands(
    gate: &Gate,
    situations: &dyn Fn(Role) -> Vec<Situation>,
    text: &mut String,
    used: &mut BTreeSet<String>,
) {
    for action in Action::ALL {
        let (_, any) = &situations(Role::Raiser)[0];
        if let Ok(permit) = gate.may(&Actor::Clock, *action, any.as_ref()) {
            used.extend(permit.reasons);
            writeln!(text, "| {action} | clock | – | any |").unwrap();
        }
        let nobody = Actor::Organisation(Organisation::service(OURS, "benefits_agency"));
        for (situation, facts) in situations(Role::Raiser) {
            if let Ok(permit) = gate.may(&nobody, *action, facts.as_ref()) {
                used.extend(permit.reasons);
                writeln!(text, "| {action} | nobody | wire | {situation} |").unwrap();
            }
        }
        for role in Role::ALL {
            let mut by_doors: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for (situation, facts) in situations(*role) {
                let doors = doors(gate, *role, *action, facts.as_ref(), used).join(", ");
                by_doors.entry(doors).or_default().push(situation);
            }
            by_doors.remove("");
            for (doors, situations) in by_doors {
                let situations = situations.join("; ");
                writeln!(text, "| {action} | {role} | {doors} | {situations} |").unwrap();
            }
        }
    }
}

/// The cells of one row; `None` when they are empty but for the lessons, which all may read.
fn cells(
    gate: &Gate,
    actor: &Actor,
    purpose: Purpose,
    facts: &CaseFacts,
    used: &mut BTreeSet<String>,
) -> Option<String> {
    let mut row = String::new();
    let mut something = false;
    for category in Category::ALL {
        let reading = gate.reading(actor, purpose, *category, facts);
        let letter = match reading.strength {
            Strength::Full => "F",
            Strength::Masked => "M",
            Strength::Pseudonym => "P",
            Strength::None => "–",
        };
        something |= *category != Category::Lesson && reading.strength > Strength::None;
        used.extend(reading.policies);
        let cell = [vec![letter.to_owned()], reading.rules].concat().join(" ");
        write!(row, " {cell} |").unwrap();
    }
    something.then_some(row)
}

fn doors(
    gate: &Gate,
    role: Role,
    action: Action,
    facts: &dyn Facts,
    used: &mut BTreeSet<String>,
) -> Vec<&'static str> {
    let both = [
        ("API", person(OURS, &[role])),
        ("wire", service(OURS, role.as_str())),
    ];
    let mut doors = Vec::new();
    for (door, actor) in both {
        match gate.may(&actor, action, facts) {
            Ok(permit) => {
                used.extend(permit.reasons);
                doors.push(door);
            }
            Err(denial) => assert_ne!(denial.code, DenialCode::Fault),
        }
    }
    doors
}

/// The first line in which the stored table differs from a rendered one.
fn first_difference(found: &str) -> Option<String> {
    let stored = fs::read_to_string(table()).unwrap_or_default();
    let mut pairs = stored.lines().zip(found.lines());
    pairs
        .find(|(stored, found)| stored != found)
        .map(|(stored, found)| format!("stored: {stored}\nfound:  {found}"))
        .or_else(|| (stored != found).then(|| "one table is longer than the other".to_owned()))
}

fn table() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("matrix.md")
}

#[test]
fn the_stored_table_is_what_the_policies_say_and_shows_every_permit() {
    let (found, used) = render(&GATE);
    if std::env::var_os("DOORBRAAK_REFRESH").is_some() {
        fs::write(table(), &found).unwrap();
    }
    if let Some(difference) = first_difference(&found) {
        panic!(
            "matrix.md is stale. Look at the change, then refresh it with\n\
             DOORBRAAK_REFRESH=1 cargo nextest run -p gate the_stored_table\n{difference}"
        );
    }
    // Every action, on every kind of thing, is somebody's.
    let nobodys: Vec<&Action> = Action::ALL
        .iter()
        .filter(|action| !found.contains(&format!("\n| {action} | ")))
        .collect();
    assert_eq!(nobodys, Vec::<&Action>::new());
    // A permit that decides nowhere in the table could change unseen.
    let (_, policies) = Sources::embedded().compile().unwrap();
    let unseen: Vec<String> = policies
        .policies()
        .filter(|policy| policy.effect() == cedar_policy::Effect::Permit)
        .map(|policy| policy.id().to_string())
        .filter(|id| !used.contains(id))
        .collect();
    assert_eq!(unseen, Vec::<String>::new());
}

#[track_caller]
fn assert_noticed(change: impl FnOnce(&mut Sources)) {
    let mut sources = Sources::embedded();
    change(&mut sources);
    let gate = Gate::new(&sources).unwrap();
    assert!(first_difference(&render(&gate).0).is_some());
}

#[test]
fn the_table_notices_a_policy_for_everything() {
    assert_noticed(|sources| {
        let text = r#"@id("everything") permit (principal, action, resource);"#;
        sources.policies.push(("x".to_owned(), text.to_owned()));
    });
}

#[test]
fn the_table_notices_a_policy_taken_away() {
    assert_noticed(|sources| {
        let mut files = sources.policies.iter_mut();
        let text = &mut files.find(|(name, _)| name == "commands.cedar").unwrap().1;
        let start = text.find("@id(\"administrator-commits\")").unwrap();
        let end = start + text[start..].find("};").unwrap() + 2;
        text.replace_range(start..end, "");
    });
}

#[test]
fn the_table_notices_a_condition_taken_away() {
    assert_noticed(|sources| {
        for (_, text) in &mut sources.policies {
            *text = text.replace("resource.accepted.contains(principal.organisation) &&", "");
        }
    });
}
