//! The matrix as a page.

use std::fmt::Write;

use gate::{Category, Strength};

use crate::{Cell, Level, Matrix, Row, Spared, Who};

/// The tables of the matrix, in Markdown.
pub fn markdown(matrix: &Matrix) -> String {
    let mut text = String::from("| Role | Level | Purpose | Stands to the case |");
    let mut line = "|-|-|-|-|".to_owned();
    for category in Category::ALL {
        put(&mut text, format_args!(" {category} |"));
        line.push_str("-|");
    }
    put(&mut text, format_args!("\n{line}\n"));
    for row in &matrix.rows {
        put(
            &mut text,
            format_args!(
                "| {} | {} | {} | {} |",
                named(row),
                marked(row, "levels", &levels(row)),
                marked(
                    row,
                    "purpose",
                    row.purpose.map_or("any", |one| one.as_str())
                ),
                marked(row, "standing", &standing(row)),
            ),
        );
        for (category, cell) in &row.cells {
            put(
                &mut text,
                format_args!(" {} |", marked(row, category.as_str(), &letters(cell))),
            );
        }
        text.push('\n');
    }
    text.push_str("\nConditions:\n\n");
    for (condition, meaning) in &matrix.conditions {
        put(
            &mut text,
            format_args!("- `{}`: {meaning}.\n", condition.as_str()),
        );
    }
    put(
        &mut text,
        format_args!("\nLimits, whatever a row gives:\n\n{}", limits(matrix)),
    );
    text.push_str("\n| Rule | Content | Basis |\n|-|-|-|\n");
    for (id, rule) in &matrix.rules {
        let star = if rule.jurist { "\\*" } else { "" };
        put(
            &mut text,
            format_args!("| {id}{star} | {} | {} |\n", rule.text, rule.basis),
        );
    }
    text
}

fn limits(matrix: &Matrix) -> String {
    let star = |jurist: bool| if jurist { "\\*" } else { "" };
    let cells: Vec<String> = matrix
        .silence
        .cells
        .iter()
        .map(|(category, strength)| format!("{category} {}", letter(*strength)))
        .collect();
    let spared: Vec<String> = matrix.silence.spared.iter().map(who).collect();
    let of_objection: Vec<String> = matrix.objection.spared.iter().map(who).collect();
    let conditions = matrix.objection.conditions.iter();
    let conditions: Vec<String> = conditions
        .map(|one| format!("`{}`", one.as_str()))
        .collect();
    format!(
        "- A draft is read by nobody but: {}.{}\n\
         - A body that heard of a case only because silence climbed sees no more than {}; spared are: \
         {}.{}\n\
         - What a person objects to the sharing of is read by nobody but: {}; and whoever fulfils {}.{}\n",
        who(&matrix.draft.spared),
        star(matrix.draft.jurist),
        cells.join(", "),
        spared.join("; "),
        star(matrix.silence.jurist),
        of_objection.join("; "),
        conditions.join(", "),
        star(matrix.objection.jurist),
    )
}

fn who(spared: &Spared) -> String {
    let standing = spared.standing.as_str();
    match &spared.roles {
        Who::All => format!("`{standing}`, in any role"),
        Who::Some(roles) => {
            let roles: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
            format!("`{standing}` as {}", roles.join(", "))
        }
    }
}

fn named(row: &Row) -> String {
    let roles: Vec<String> = row.roles.iter().map(|role| format!("`{role}`")).collect();
    format!("{} ({})", row.name, marked(row, "roles", &roles.join(", ")))
}

fn levels(row: &Row) -> String {
    if row.levels.len() == Level::ALL.len() {
        return "all".to_owned();
    }
    let words: Vec<&str> = row.levels.iter().map(|level| level.as_str()).collect();
    words.join(" ")
}

fn standing(row: &Row) -> String {
    let mut words: Vec<String> = row
        .standing
        .iter()
        .map(|one| one.as_str().to_owned())
        .collect();
    if row.asked_to_admit {
        words.push(marked(row, "asked_to_admit", "asked to admit"));
    }
    let mut text = words.join(", ");
    if row.own_regions {
        text.push_str("; own regions");
    }
    if let Some(theme) = &row.theme {
        put(&mut text, format_args!("; theme {theme}"));
    }
    text
}

/// A cell as in the file.
pub fn letters(cell: &Cell) -> String {
    let mut answers: Vec<String> = cell
        .given
        .iter()
        .map(|given| {
            let condition = given.condition.map_or("", |one| one.as_str());
            format!("{} {condition}", letter(given.strength))
                .trim_end()
                .to_owned()
        })
        .collect();
    if answers.is_empty() {
        answers.push(letter(Strength::None).to_owned());
    }
    let mut text = answers.join("; ");
    for rule in &cell.rules {
        put(&mut text, format_args!(" {rule}"));
    }
    text
}

/// The letter of a strength.
pub fn letter(strength: Strength) -> &'static str {
    match strength {
        Strength::Full => "F",
        Strength::Masked => "M",
        Strength::Pseudonym => "P",
        Strength::None => "–",
    }
}

/// With a star when a jurist has to confirm it.
fn marked(row: &Row, what: &str, text: &str) -> String {
    if row.jurist.iter().any(|one| one == what) {
        format!("{text}\\*")
    } else {
        text.to_owned()
    }
}

/// Writing to a text cannot fail.
fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(what);
}
