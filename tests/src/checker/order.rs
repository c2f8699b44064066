//! The order within a case: of what a party sent, in the log; of what was sent to it, in its own.

use std::collections::BTreeMap;

use sqlx::Row;

use super::{Exchange, Wrong, last_word, rows, text};

impl Exchange {
    pub(super) async fn read_order(&mut self, platform: &str, parties: &BTreeMap<String, String>) {
        let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
        for (oin, database) in parties {
            for row in rows(database, "SELECT event_id, sequence FROM outbox").await {
                let sequence = row.try_get("sequence").expect("the column is there");
                counts.insert((oin.clone(), text(&row, "event_id")), sequence);
            }
            let log =
                "SELECT message FROM journal_event WHERE stream LIKE 'in/%' ORDER BY position";
            let taken = rows(database, log).await;
            let taken = taken.iter().map(|row| last_word(&text(row, "message")));
            self.taken_in_order.insert(oin.clone(), taken.collect());
        }
        let log = "SELECT stream, sender, message FROM journal_event ORDER BY position";
        for row in rows(platform, log).await {
            let sender = text(&row, "sender");
            let count = counts.get(&(sender.clone(), last_word(&text(&row, "message"))));
            if let Some(count) = count {
                let told = self.told.entry((sender, text(&row, "stream")));
                told.or_default().push(*count);
            }
        }
        let sent = "SELECT organisation, case_id, message FROM sent_view \
                    WHERE case_id IS NOT NULL ORDER BY organisation, number";
        for row in rows(platform, sent).await {
            let about = (text(&row, "organisation"), text(&row, "case_id"));
            let message = last_word(&text(&row, "message"));
            self.sent_in_order.entry(about).or_default().push(message);
        }
    }

    pub(super) fn out_of_order(&self) -> Vec<(Wrong, String)> {
        let mut wrongs = Vec::new();
        for ((party, case), told) in &self.told {
            for pair in told.windows(2).filter(|pair| pair[0] > pair[1]) {
                let what = format!("{case}: {} of {party} came after {}", pair[1], pair[0]);
                wrongs.push((Wrong::OutOfOrder, what));
            }
        }
        for ((party, case), sent) in &self.sent_in_order {
            let taken = self
                .taken_in_order
                .get(party)
                .map_or(&[][..], Vec::as_slice);
            let mut place = BTreeMap::new();
            for (nth, message) in taken.iter().enumerate() {
                place.entry(message.as_str()).or_insert(nth);
            }
            let places: Vec<_> = sent
                .iter()
                .filter_map(|id| place.get(id.as_str()))
                .collect();
            let before = places.windows(2).filter(|pair| pair[0] > pair[1]).count();
            if before > 0 {
                let what = format!("{case}: {party} took {before} messages after a later one");
                wrongs.push((Wrong::OutOfOrder, what));
            }
        }
        wrongs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(party: &str, case: &str) -> (String, String) {
        (party.to_owned(), case.to_owned())
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    fn sound() -> Exchange {
        Exchange {
            told: BTreeMap::from([(about("svb", "case/1"), vec![1, 3, 3, 4])]),
            sent_in_order: BTreeMap::from([
                (about("svb", "case/1"), ids(&["a", "c"])),
                (about("svb", "case/2"), ids(&["b"])),
            ]),
            taken_in_order: BTreeMap::from([("svb".to_owned(), ids(&["b", "a", "x", "c"]))]),
            ..Exchange::default()
        }
    }

    #[test]
    fn the_order_between_cases_does_not_matter() {
        assert_eq!(sound().out_of_order(), []);
    }

    #[test]
    fn an_event_that_overtook_another_in_the_log_is_noticed() {
        let mut swapped = sound();
        swapped.told.insert(about("svb", "case/1"), vec![1, 4, 3]);
        let what = "case/1: 3 of svb came after 4".to_owned();
        assert_eq!(swapped.out_of_order(), [(Wrong::OutOfOrder, what)]);
    }

    #[test]
    fn a_message_that_overtook_another_on_its_way_is_noticed() {
        let mut swapped = sound();
        let taken = ids(&["c", "b", "a"]);
        swapped.taken_in_order.insert("svb".to_owned(), taken);
        let what = "case/1: svb took 1 messages after a later one".to_owned();
        assert_eq!(swapped.out_of_order(), [(Wrong::OutOfOrder, what)]);
    }
}
