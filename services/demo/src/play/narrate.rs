//! A story in words, as it happens, and the timeline as a table.

use std::{collections::BTreeMap, fmt::Write};

use super::{Act, Happening, Line, Report, Told};

/// Puts what happens into lines of text.
#[derive(Clone, Debug)]
pub struct Narrator {
    /// The names of the organisations, by OIN.
    names: BTreeMap<String, String>,
}

impl Narrator {
    /// Tells of these organisations by their names.
    pub fn new(parties: &chassis::Parties) -> Self {
        Self {
            names: parties
                .iter()
                .map(|party| (party.oin.to_string(), party.display_name.clone()))
                .collect(),
        }
    }

    /// What happened, in one or two lines.
    pub fn tell(&self, told: Told<'_>) -> String {
        match told {
            Told::Line(line) => told_line(line),
            Told::Happened(row) => format!(
                "{:>8} {} at {}, by {}",
                "->",
                row.kind,
                row.rung,
                self.who(row)
            ),
            Told::Sent { to, event } => format!("{:>8} {event} to {}", "=>", self.name(to)),
        }
    }

    fn who(&self, row: &Happening) -> String {
        match &row.organisation {
            None => format!("the {}", row.role),
            Some(oin) => format!("{} ({})", self.name(oin), row.role),
        }
    }

    fn name<'a>(&'a self, oin: &'a str) -> &'a str {
        self.names.get(oin).map_or(oin, String::as_str)
    }
}

fn told_line(line: &Line) -> String {
    let what = match &line.act {
        Act::HandIn { service, event, .. } => {
            format!("{service} hands in {}", event.event_type)
        }
        Act::Call { by, call } => {
            format!(
                "{} does {} {} at {}",
                by.name, call.method, call.path, call.door
            )
        }
    };
    let mut text = format!("{:>4} {} {what}", line.number, minute(&line.at.to_string()));
    if let Some(note) = &line.note {
        // Writing to a text does not fail.
        let _ = write!(text, "\n{:>5}{note}", "");
    }
    text
}

/// A time to the minute, for people.
fn minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

/// The timeline of a report as a table.
pub fn table(report: &Report, narrator: &Narrator) -> String {
    let mut rows = vec![["#", "when (UTC)", "what", "rung", "who", "as"].map(str::to_owned)];
    for row in &report.timeline {
        let who = row
            .organisation
            .as_deref()
            .map_or("", |oin| narrator.name(oin));
        rows.push([
            row.position.to_string(),
            minute(&row.at),
            row.kind.clone(),
            row.rung.clone(),
            who.to_owned(),
            row.role.clone(),
        ]);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    if let Some(case) = &report.case {
        let outcome = case.outcome.as_deref().unwrap_or("none yet");
        let owner = narrator.name(&case.owner);
        // Writing to a text does not fail.
        let _ = writeln!(
            text,
            "\nThe case: {}, on {} ({}); outcome: {outcome}; owner: {owner}.",
            case.state, case.rung, case.tier
        );
    }
    if !report.quarantine.is_empty() {
        let _ = writeln!(text, "In quarantine: {}.", report.quarantine.len());
    }
    text
}
