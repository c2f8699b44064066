//! Nothing lost, nothing doubled: compares what every party sent with what stands in the log, and
//! what the platform sent with what every party took.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};

/// What stands in all databases about what was exchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Per party (OIN): the ids of the events it sent, and whether it knows they were answered.
    pub sent: BTreeMap<String, BTreeMap<String, bool>>,
    /// Per sender: the ids of the events that the platform answered, with the events they became.
    pub answered: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The ids of all events in the platform's log.
    pub log: Vec<String>,
    /// Per party: the ids of the messages that the platform sent it.
    pub letters: BTreeMap<String, BTreeSet<String>>,
    /// Per party: the ids of the messages that it took.
    pub taken: BTreeMap<String, Vec<String>>,
}

impl Exchange {
    /// Reads the platform's database, and each party's by its OIN.
    pub async fn read(platform: &str, parties: &BTreeMap<String, String>) -> Self {
        let mut exchange = Self::default();
        for row in rows(
            platform,
            "SELECT sender, message, outcome FROM journal_inbox",
        )
        .await
        {
            let outcome: Value =
                serde_json::from_str(&text(&row, "outcome")).expect("an outcome is JSON");
            let events = outcome["stored"]["eventIds"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let events = events
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            let answered = exchange.answered.entry(text(&row, "sender")).or_default();
            answered.insert(last_word(&text(&row, "message")), events);
        }
        for row in rows(platform, "SELECT id FROM journal_event ORDER BY position").await {
            exchange.log.push(text(&row, "id"));
        }
        for row in rows(platform, "SELECT organisation, message FROM sent_view").await {
            let letters = exchange
                .letters
                .entry(text(&row, "organisation"))
                .or_default();
            letters.insert(last_word(&text(&row, "message")));
        }
        for (oin, database) in parties {
            let sent = exchange.sent.entry(oin.clone()).or_default();
            for row in rows(database, "SELECT event_id, answer FROM outbox").await {
                let answer: Option<String> = row.try_get("answer").expect("the column is there");
                sent.insert(text(&row, "event_id"), answer.is_some());
            }
            let taken = exchange.taken.entry(oin.clone()).or_default();
            for row in rows(database, "SELECT message FROM received").await {
                taken.push(last_word(&text(&row, "message")));
            }
        }
        exchange
    }

    /// Everything that is lost, doubled or invented; empty when nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (party, sent) in &self.sent {
            let answered = self.answered.get(party).cloned().unwrap_or_default();
            for (id, heard) in sent {
                if !answered.contains_key(id) {
                    faults.push(format!(
                        "{party} sent {id}, which the platform never answered"
                    ));
                } else if !heard {
                    faults.push(format!("{party} never heard what became of {id}"));
                }
            }
            for id in answered.keys().filter(|id| !sent.contains_key(*id)) {
                faults.push(format!(
                    "the platform answered {id}, which {party} never sent"
                ));
            }
        }
        let mut caused: BTreeMap<&str, usize> = BTreeMap::new();
        for events in self.answered.values().flat_map(BTreeMap::values) {
            for event in events {
                *caused.entry(event).or_default() += 1;
            }
        }
        let mut logged: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &self.log {
            *logged.entry(event).or_default() += 1;
        }
        for event in caused.keys().chain(logged.keys()).collect::<BTreeSet<_>>() {
            let (causes, rows) = (caused.get(*event), logged.get(*event));
            if (causes, rows) != (Some(&1), Some(&1)) {
                let count = |found: Option<&usize>| found.copied().unwrap_or_default();
                faults.push(format!(
                    "event {event}: {} causes, {} in the log",
                    count(causes),
                    count(rows)
                ));
            }
        }
        for (party, taken) in &self.taken {
            let letters = self.letters.get(party).cloned().unwrap_or_default();
            let once: BTreeSet<String> = taken.iter().cloned().collect();
            for id in letters.difference(&once) {
                faults.push(format!("{party} never took {id}"));
            }
            for id in once.difference(&letters) {
                faults.push(format!("{party} took {id}, which the platform never sent"));
            }
            if once.len() != taken.len() {
                faults.push(format!(
                    "{party} took {} messages twice",
                    taken.len() - once.len()
                ));
            }
        }
        faults
    }
}

async fn rows(url: &str, query: &'static str) -> Vec<AnyRow> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url)
        .await
        .expect("the database answers");
    let rows = sqlx::query(query)
        .fetch_all(&mut connection)
        .await
        .expect("the table is there");
    connection.close().await.ok();
    rows
}

fn text(row: &AnyRow, column: &str) -> String {
    row.try_get(column).expect("the column is there")
}

/// A message id is `<source> <id>`.
fn last_word(message: &str) -> String {
    message.rsplit(' ').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Exchange {
        let one = |id: &str| BTreeSet::from([id.to_owned()]);
        Exchange {
            sent: BTreeMap::from([("svb".into(), BTreeMap::from([("e1".into(), true)]))]),
            answered: BTreeMap::from([(
                "svb".into(),
                BTreeMap::from([("e1".into(), vec!["l1".into(), "l2".into()])]),
            )]),
            log: vec!["l1".into(), "l2".into()],
            letters: BTreeMap::from([("svb".into(), one("m1"))]),
            taken: BTreeMap::from([("svb".into(), vec!["m1".into()])]),
        }
    }

    #[test]
    fn a_sound_exchange_has_no_faults() {
        assert_eq!(sound().faults(), Vec::<String>::new());
    }

    #[test]
    fn a_lost_message_is_noticed() {
        let mut lost = sound();
        lost.answered.clear();
        lost.log.clear();
        assert_eq!(
            lost.faults(),
            ["svb sent e1, which the platform never answered"]
        );
    }

    #[test]
    fn an_event_that_was_appended_twice_is_noticed() {
        let mut doubled = sound();
        doubled.log.push("l3".into());
        assert_eq!(doubled.faults(), ["event l3: 0 causes, 1 in the log"]);
    }

    #[test]
    fn an_answer_that_never_arrived_is_noticed() {
        let mut silent = sound();
        silent.taken.clear();
        silent.taken.insert("svb".into(), Vec::new());
        silent
            .sent
            .insert("svb".into(), BTreeMap::from([("e1".into(), false)]));
        assert_eq!(
            silent.faults(),
            ["svb never heard what became of e1", "svb never took m1"]
        );
    }

    #[test]
    fn a_message_that_was_taken_twice_is_noticed() {
        let mut twice = sound();
        twice
            .taken
            .insert("svb".into(), vec!["m1".into(), "m1".into()]);
        assert_eq!(twice.faults(), ["svb took 1 messages twice"]);
    }
}
