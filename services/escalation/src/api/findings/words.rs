//! Findings and next steps in words, Dutch and English. Names come from the ladder file, the
//! party files and the catalogue of rules; nothing comes from what people wrote in a case.

use jiff::Timestamp;
use ladder::catalogue::CollisionKind;
use ladder::findings::{Because, NextStep};
use ladder::{HandoffKind, Organisation};
use proto::Oin;

use crate::api::Platform;

/// What can be done, in Dutch and in English.
pub(super) fn step(step: NextStep) -> (&'static str, &'static str) {
    match step {
        NextStep::RecordBlock => (
            "Leg vast wat de casus tegenhoudt",
            "Record what blocks the case",
        ),
        NextStep::Escalate => ("Vraag om een stap hoger te gaan", "Ask for the next rung"),
        NextStep::Insist => (
            "Houd aan: ga naar de tafel erboven",
            "Insist: go to the body above",
        ),
        NextStep::AskAdvice => (
            "Vraag advies, zonder persoonsgegevens",
            "Ask for advice, without personal data",
        ),
        NextStep::OfferAgain => ("Vraag het nog een keer", "Offer it again"),
        NextStep::CallParty => ("Bel met deze organisatie", "Call this organisation"),
        NextStep::HoldMeeting => (
            "Zet de casus op de agenda van de tafel",
            "Put the case on the table's agenda",
        ),
        NextStep::Weigh => (
            "Weeg af waar elke regel voor bedoeld is",
            "Weigh what each rule is for",
        ),
        NextStep::RaiseSignal => (
            "Geef een signaal aan wie het beleid maakt",
            "Raise a signal to those who make policy",
        ),
    }
}

/// Why it is found, in Dutch and in English.
pub(super) fn explain(platform: &Platform, because: &Because) -> (String, String) {
    match because {
        Because::NoProgress {
            since,
            rung,
            handler,
        } => {
            let day = day(platform, *since);
            let who = name(platform, handler);
            let known = platform.ground.rules.ladder.rung(rung);
            let step = known.map_or(rung.as_str(), |rung| rung.name.as_str());
            (
                format!("Bij {who} ({step}) is sinds {day} geen voortgang gezien."),
                format!("{who} ({step}) has shown no progress since {day}."),
            )
        }
        Because::RefusedTwice {
            by,
            asked,
            handoffs,
            last_at,
        } => {
            let (who, times) = (name(platform, by), handoffs.len());
            let day = day(platform, *last_at);
            let (kind, kind_en) = asked_for(*asked);
            (
                format!("{who} heeft {times} keer nee gezegd op {kind}, voor het laatst op {day}."),
                format!("{who} has declined {kind_en} {times} times, last on {day}."),
            )
        }
        Because::RulesCollide { kind, rules } => collide(platform, *kind, rules),
        Because::PartySilent {
            organisation,
            last_heard,
            ..
        } => {
            let (who, day) = (name(platform, organisation), day(platform, *last_heard));
            (
                format!("Er wordt op {who} gewacht, maar het systeem daar zwijgt sinds {day}."),
                format!("{who} is waited for, but its system has been silent since {day}."),
            )
        }
        Because::Scarcity { .. } => (
            "Er is te weinig voor iedereen. Dat lost geen hogere tafel op: het beleid moet het horen."
                .to_owned(),
            "There is too little for everybody. No higher table cures that: policy has to hear it."
                .to_owned(),
        ),
        Because::LateCommitment { of, due, .. } => {
            let who = name(platform, of);
            (
                format!("{who} zou dit uiterlijk {due} doen en heeft niet gemeld dat het is gedaan."),
                format!("{who} would do this by {due} and has not reported that it is done."),
            )
        }
    }
}

fn asked_for(kind: HandoffKind) -> (&'static str, &'static str) {
    match kind {
        HandoffKind::Advice => ("een vraag om advies", "a request for advice"),
        HandoffKind::Task => ("een taak", "a task"),
        HandoffKind::Ownership => ("het overnemen van de casus", "taking the case over"),
    }
}

/// A stated collision in the catalogue's own words; a chain by the names of its rules.
fn collide(platform: &Platform, kind: CollisionKind, rules: &[String]) -> (String, String) {
    let catalogue = &platform.catalogues.rules;
    let named = rules.iter().map(|id| {
        let name = catalogue.get(id).map_or(id.as_str(), |rule| &rule.name);
        format!("‘{name}’")
    });
    let names: Vec<String> = named.collect();
    match kind {
        CollisionKind::Chain => {
            let chain = names.join(" → ");
            (
                format!(
                    "Deze regels hangen aan elkaar: {chain}. Stopt de laatste, dan stopt alles ervoor."
                ),
                format!(
                    "These rules hang together: {chain}. When the last one stops, all before it stop."
                ),
            )
        }
        CollisionKind::Collision => {
            let pair = names.join(" / ");
            let both = rules.iter().cloned().collect();
            let why = catalogue.collisions(&both).into_iter().next();
            let why = why.map_or_else(String::new, |collision| collision.why);
            (
                format!("Deze regels werken elkaar tegen: {pair}. {why}"),
                format!("These rules work against each other: {pair}."),
            )
        }
    }
}

/// What people call an organisation.
fn name(platform: &Platform, organisation: &Organisation) -> String {
    let party = Oin::parse(organisation.as_str()).ok();
    let party = party.and_then(|oin| platform.parties.get(&oin));
    party.map_or_else(
        || organisation.to_string(),
        |party| party.display_name.clone(),
    )
}

/// The local day of a moment.
fn day(platform: &Platform, at: Timestamp) -> String {
    platform.ground.rules.calendar.date_of(at).to_string()
}
