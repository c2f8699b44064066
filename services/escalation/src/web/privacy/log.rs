//! Who looked at what, and what was done with somebody's data. What is looked for is sent in a form
//! and not in the address: it may point at a person.

use axum::response::Response;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use screens::{Here, ZONE, page};
use serde::Deserialize;
use std::collections::BTreeMap;

use super::super::answer::{self, Failure};
use super::super::api::{List, id};
use super::super::deeds::{SEARCH, Wrong};
use super::super::fields::Filled;
use super::super::visitor::Visitor;

/// Where the page is.
const PLACE: &str = "/privacy/logboek";
/// What is shown when nothing was looked for.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Look {
    at: Timestamp,
    person_ref: String,
    role: String,
    operation: String,
    result: String,
    purpose: Option<String>,
    shown: BTreeMap<String, String>,
    emergency: bool,
    objects: Vec<String>,
}

#[derive(Deserialize)]
struct Processing {
    at: Timestamp,
    operation: String,
    activity: String,
    done: bool,
    receiver: Option<String>,
}

/// What is looked for, as parts of an address of the API.
#[derive(Default)]
struct Wanted {
    looks: Vec<String>,
    /// The case and the person of it.
    subject: Option<(String, String)>,
}

/// `GET /privacy/logboek`: the last week.
pub(in crate::web) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let since = visitor.now() - RECENT;
    let wanted = Wanted {
        looks: vec![format!("from={since}")],
        subject: None,
    };
    answer::page(&read(&visitor, &wanted, false).await?)
}

async fn read(
    visitor: &Visitor,
    wanted: &Wanted,
    searched: bool,
) -> Result<page::PrivacyLog, Failure> {
    let query = wanted.looks.join("&");
    let path = format!("/v1/access-log?pageSize=200&{query}");
    let looks: List<Look> = visitor.read(&path).await?;
    let processings = match &wanted.subject {
        None => None,
        Some((case, person)) => {
            let path = format!("/v1/processing-log?pageSize=200&case={case}&person={person}");
            Some(visitor.list::<Processing>(&path).await?)
        }
    };
    let frame = visitor.frame(Here::Privacy);
    let web = visitor.web();
    let mut search = SEARCH.deed(visitor, &frame, (PLACE, None));
    search.open = true;
    search.send = search.title.clone();
    let processings = processings.map(|list| {
        let lines = list.items.into_iter().map(|one| page::ProcessingLine {
            at: one.at,
            operation: one.operation,
            activity: last_part(&one.activity).to_owned(),
            done: one.done,
            receiver: one.receiver.map(|receiver| web.name_of(&receiver)),
        });
        lines.collect()
    });
    Ok(page::PrivacyLog {
        refusal: None,
        deeds: vec![search],
        searched,
        more: looks.next_cursor.is_some(),
        looks: looks.items.into_iter().map(line).collect(),
        processings,
        frame,
    })
}

fn line(look: Look) -> page::LookLine {
    let shown = look.shown.into_iter();
    page::LookLine {
        at: look.at,
        person: look.person_ref,
        role: look.role,
        operation: look.operation,
        result: look.result,
        purpose: look.purpose,
        shown: shown
            .filter(|(_, strength)| strength != "none")
            .map(|(category, _)| category)
            .collect(),
        emergency: look.emergency,
        objects: look.objects,
    }
}

/// The id of an entry of the register, out of its address.
fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// `POST /privacy/logboek/doen/zoeken`, which changes nothing.
pub(in crate::web) async fn search(visitor: Visitor, filled: Filled) -> Result<Response, Failure> {
    let (wanted, wrong) = wanted(&filled);
    if wrong.is_empty() {
        let mut page = read(&visitor, &wanted, true).await?;
        SEARCH.again(&mut page.deeds, (&page.frame, &filled), &wrong);
        return answer::page(&page);
    }
    let mut page = read(&visitor, &Wanted::default(), true).await?;
    page.looks.clear();
    page.more = false;
    SEARCH.again(&mut page.deeds, (&page.frame, &filled), &wrong);
    answer::wrong(&page)
}

/// What was filled in, and what of it is none of what it has to be.
fn wanted(filled: &Filled) -> (Wanted, Wrong) {
    let (mut wanted, mut wrong) = (Wanted::default(), Wrong::new());
    for (field, name) in [("zaak", "case"), ("medewerker", "personRef")] {
        let given = filled.get(field);
        match id(given) {
            _ if given.is_empty() => {}
            Ok(given) => wanted.looks.push(format!("{name}={given}")),
            Err(_) => wrong.push((field, "deed.unfit")),
        }
    }
    // The last day counts as a whole.
    for (field, name, more) in [("van", "from", 0), ("tot", "to", 1)] {
        let given = filled.get(field);
        match beginning(given, more) {
            _ if given.is_empty() => {}
            Some(at) => wanted.looks.push(format!("{name}={at}")),
            None => wrong.push((field, "deed.unfit")),
        }
    }
    let (case, person) = (filled.get("zaak"), filled.get("persoon"));
    match (id(case), id(person)) {
        _ if person.is_empty() => {}
        (Ok(case), Ok(person)) => wanted.subject = Some((case.to_owned(), person.to_owned())),
        // Somebody is a person of a case.
        (Err(_), _) if case.is_empty() => wrong.push(("zaak", "deed.missing")),
        (Err(_), _) => {}
        (Ok(_), Err(_)) => wrong.push(("persoon", "deed.unfit")),
    }
    (wanted, wrong)
}

/// When a day begins on Dutch clocks, so many days later.
fn beginning(day: &str, later: i64) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let day = day.checked_add(later.days()).ok()?;
    Some(day.in_tz(ZONE).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_on_dutch_clocks() {
        let at = |day, later| beginning(day, later).map(|at| at.to_string());
        assert_eq!(at("2026-03-02", 0).as_deref(), Some("2026-03-01T23:00:00Z"));
        assert_eq!(at("2026-03-28", 1).as_deref(), Some("2026-03-28T23:00:00Z"));
        assert_eq!(at("2026-03-29", 1).as_deref(), Some("2026-03-29T22:00:00Z"));
        assert_eq!(at("2 maart", 0), None);
    }
}
