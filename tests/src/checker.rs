//! Nothing lost, nothing doubled, nothing out of order within a case: compares what every party sent
//! with what stands in the log, and what the platform sent with what every party took.

mod order;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};

/// What is wrong with an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// It was sent and did not arrive, or arrived and can no longer be read.
    Lost,
    /// It counts more than once, or comes from nowhere.
    Doubled,
    /// It came before what was sent earlier about the same case.
    OutOfOrder,
}

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
    /// Per party: the ids of what its systems handed in and it promised to send.
    pub promised: BTreeMap<String, BTreeSet<String>>,
    /// Who put how many messages into quarantine.
    pub quarantined: BTreeMap<String, usize>,
    /// Per party and case: what it sent, by its own count, in the order of the log.
    pub told: BTreeMap<(String, String), Vec<i64>>,
    /// Per party and case: the messages that were sent to it, in order.
    pub sent_in_order: BTreeMap<(String, String), Vec<String>>,
    /// Per party: the messages that it took, in order.
    pub taken_in_order: BTreeMap<String, Vec<String>>,
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
        exchange.read_quarantines(platform, parties).await;
        exchange.read_order(platform, parties).await;
        exchange
    }

    async fn read_quarantines(&mut self, platform: &str, parties: &BTreeMap<String, String>) {
        let of_platform = ("the platform".to_owned(), platform.to_owned());
        for (who, database) in parties.clone().into_iter().chain([of_platform]) {
            let kept = rows(&database, "SELECT id FROM quarantine").await.len();
            if kept > 0 {
                self.quarantined.insert(who, kept);
            }
        }
    }

    /// Everything that is lost, doubled, invented or out of order, in words; empty when nothing is.
    pub fn faults(&self) -> Vec<String> {
        self.wrongs().into_iter().map(|(_, what)| what).collect()
    }

    /// The same, with what kind of fault each is.
    pub fn wrongs(&self) -> Vec<(Wrong, String)> {
        let mut faults = Vec::new();
        for (party, sent) in &self.sent {
            let answered = self.answered.get(party).cloned().unwrap_or_default();
            for (id, heard) in sent {
                if !answered.contains_key(id) {
                    let what = format!("{party} sent {id}, which the platform never answered");
                    faults.push((Wrong::Lost, what));
                } else if !heard {
                    let what = format!("{party} never heard what became of {id}");
                    faults.push((Wrong::Lost, what));
                }
            }
            for id in answered.keys().filter(|id| !sent.contains_key(*id)) {
                let what = format!("the platform answered {id}, which {party} never sent");
                faults.push((Wrong::Doubled, what));
            }
        }
        for (party, promised) in &self.promised {
            let sent = self.sent.get(party).cloned().unwrap_or_default();
            for id in promised.iter().filter(|id| !sent.contains_key(*id)) {
                let what = format!("{party} promised to send {id} and did not");
                faults.push((Wrong::Lost, what));
            }
        }
        for (who, kept) in &self.quarantined {
            let what = format!("{kept} messages lie in the quarantine of {who}");
            faults.push((Wrong::Lost, what));
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
                let (causes, rows) = (count(causes), count(rows));
                let wrong = if rows == 0 {
                    Wrong::Lost
                } else {
                    Wrong::Doubled
                };
                let what = format!("event {event}: {causes} causes, {rows} in the log");
                faults.push((wrong, what));
            }
        }
        for (party, taken) in &self.taken {
            let letters = self.letters.get(party).cloned().unwrap_or_default();
            let once: BTreeSet<String> = taken.iter().cloned().collect();
            for id in letters.difference(&once) {
                faults.push((Wrong::Lost, format!("{party} never took {id}")));
            }
            for id in once.difference(&letters) {
                let what = format!("{party} took {id}, which the platform never sent");
                faults.push((Wrong::Doubled, what));
            }
            if once.len() != taken.len() {
                let twice = taken.len() - once.len();
                faults.push((
                    Wrong::Doubled,
                    format!("{party} took {twice} messages twice"),
                ));
            }
        }
        faults.extend(self.out_of_order());
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
            ..Exchange::default()
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
    fn a_message_that_a_party_took_in_and_never_sent_is_noticed() {
        let mut forgotten = sound();
        forgotten.promised = BTreeMap::from([("svb".into(), BTreeSet::from(["e2".into()]))]);
        let what = "svb promised to send e2 and did not".to_owned();
        assert_eq!(forgotten.wrongs(), [(Wrong::Lost, what)]);
    }

    #[test]
    fn a_message_in_quarantine_is_lost() {
        let mut shut = sound();
        shut.quarantined = BTreeMap::from([("svb".into(), 2)]);
        let what = "2 messages lie in the quarantine of svb".to_owned();
        assert_eq!(shut.wrongs(), [(Wrong::Lost, what)]);
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
