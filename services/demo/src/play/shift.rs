//! A story moved in time, so that it ends near today.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use serde_json::Value;

use super::{line::Act, story::Story};

/// Whole weeks keep the weekdays, and with them the terms in working days.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Story {
    /// The story up to and including the last line for which `is_last` holds; as it is when there
    /// is none.
    #[must_use]
    pub fn until(mut self, is_last: impl Fn(&super::Line) -> bool) -> Self {
        if let Some(last) = self.lines.iter().rposition(is_last) {
            self.lines.truncate(last + 1);
        }
        self
    }

    /// The story without its last line, and that line.
    #[must_use]
    pub fn before_its_last(mut self) -> (Self, Self) {
        let last = self.lines.pop();
        let lines = last.into_iter().collect();
        (self, Self { lines })
    }

    /// The story with all its dates moved by whole weeks, so that its last line lies within the
    /// week before `now`. Birth dates stay: people do not get younger.
    #[must_use]
    pub fn ending_near(mut self, now: Timestamp) -> Self {
        let Some(last) = self.lines.last() else {
            return self;
        };
        let weeks = now
            .duration_since(last.at)
            .as_secs()
            .div_euclid(WEEK.as_secs());
        for line in &mut self.lines {
            line.at = moved(line.at, weeks);
            match &mut line.act {
                Act::HandIn { event, .. } => move_dates(&mut event.data, weeks),
                Act::Call { call, .. } => {
                    if let Some(body) = &mut call.body {
                        move_dates(body, weeks);
                    }
                }
            }
        }
        self
    }
}

fn moved(time: Timestamp, weeks: i64) -> Timestamp {
    time.checked_add(SignedDuration::from_secs(weeks * WEEK.as_secs()))
        .unwrap_or(time)
}

fn move_dates(value: &mut Value, weeks: i64) {
    match value {
        Value::String(text) => {
            if let Some(moved) = moved_text(text, weeks) {
                *text = moved;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_dates(item, weeks)),
        Value::Object(fields) => fields
            .iter_mut()
            .filter(|(name, _)| *name != "birthDate")
            .for_each(|(_, value)| move_dates(value, weeks)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text that is a date or a time as a whole, moved.
fn moved_text(text: &str, weeks: i64) -> Option<String> {
    if text.len() == "2026-03-02".len() {
        let date: Date = text.parse().ok()?;
        let span = weeks.checked_mul(7)?;
        return Some(date.checked_add(span.days()).ok()?.to_string());
    }
    let is_time = text.contains('T') && text.ends_with('Z');
    let time: Timestamp = is_time.then(|| text.parse().ok()).flatten()?;
    Some(moved(time, weeks).to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const STORY: &str = r#"{"at":"2026-03-02T08:00:00Z","party":"utrecht","event":{"type":"person.registered","data":{"ownReference":"Z-1","personKey":"bella","role":"data_subject","bsn":"999990342","name":"Bella","birthDate":"2005-06-01"}}}
{"at":"2026-03-02T08:00:00Z","party":"svb","event":{"type":"benefit.stopped","data":{"bsn":"999990342","benefit":"child_benefit","since":"2026-01-01","cause":"no_parent_or_guardian"}}}
{"at":"2026-03-16T09:00:00Z","as":"noor","call":{"method":"POST","path":"/v1/x","body":{"until":"2026-04-01T10:00:00Z","text":"Sinds 2026-01-01 niets."}}}"#;

    fn data(story: &Story, line: usize) -> Value {
        match &story.lines[line].act {
            Act::HandIn { event, .. } => event.data.clone(),
            Act::Call { call, .. } => call.body.clone().unwrap(),
        }
    }

    #[test]
    fn all_dates_move_by_whole_weeks_to_just_before_now() {
        let story = Story::parse(STORY)
            .unwrap()
            .ending_near("2026-11-22T01:00:00Z".parse().unwrap());
        let times: Vec<String> = story.lines.iter().map(|line| line.at.to_string()).collect();
        assert_eq!(
            times,
            [
                "2026-11-02T08:00:00Z",
                "2026-11-02T08:00:00Z",
                "2026-11-16T09:00:00Z"
            ]
        );
        assert_eq!(data(&story, 1)["since"], json!("2026-09-03"));
        assert_eq!(
            data(&story, 2),
            json!({"until": "2026-12-02T10:00:00Z", "text": "Sinds 2026-01-01 niets."})
        );
    }

    #[test]
    fn a_birth_date_stays() {
        let story = Story::parse(STORY)
            .unwrap()
            .ending_near("2026-11-22T01:00:00Z".parse().unwrap());
        assert_eq!(data(&story, 0)["birthDate"], json!("2005-06-01"));
    }

    #[test]
    fn a_story_that_ends_exactly_now_does_not_move() {
        let story = Story::parse(STORY).unwrap();
        let now = story.lines[2].at;
        assert_eq!(story.clone().ending_near(now), story);
        let earlier = now - SignedDuration::from_secs(1);
        assert_eq!(
            story.ending_near(earlier).lines[2].at,
            "2026-03-09T09:00:00Z".parse().unwrap()
        );
    }
}
