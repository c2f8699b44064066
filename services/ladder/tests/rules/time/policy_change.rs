//! Another ladder or calendar moves no deadline; it says which would have been at another time.

use std::collections::BTreeMap;

use ladder::policy_change::{self, OpenDeadline, RungTerm, TermOf, WouldBe, compare};
use ladder::{Calendar, Closures, Rules, RungId, TermKey};

use crate::rules::harness::{START, at, rules_on};
use crate::rules::{objecting, objecting_longer, samples};

const LADDER: &str = include_str!("../../../../../deploy/ladder.toml");

fn edited(edits: &[(&str, &str)]) -> Rules {
    let edit = |text: String, (old, new): &(&str, &str)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    };
    rules_on(&edits.iter().fold(LADDER.to_owned(), edit))
}

fn open(what: &str, term_of: TermOf, due: &str) -> OpenDeadline {
    OpenDeadline {
        what: what.into(),
        since: at(START),
        term_of,
        closures: Closures::default(),
        due: at(due),
    }
}

fn desk(term: RungTerm) -> TermOf {
    TermOf::Rung(RungId::parse("national_desk").unwrap(), term)
}

fn told(what: &str, due: &str, would_be: Option<&str>) -> WouldBe {
    WouldBe {
        what: what.into(),
        due: at(due),
        would_be: would_be.map(at),
    }
}

#[test]
fn the_same_policy_changes_nothing() {
    let open = [open(
        "h1",
        TermOf::Key(TermKey::HandoffAnswer),
        "2026-03-09T09:00:00Z",
    )];
    let change = compare(&rules_on(LADDER), &rules_on(LADDER), &open);
    assert_eq!((change.deadlines, change.ladder), (Vec::new(), Vec::new()));
}

#[test]
fn a_longer_term_is_told_for_the_deadlines_it_is_about() {
    let new = edited(&[("handoff_answer = \"5wd\"", "handoff_answer = \"6wd\"")]);
    let change = compare(
        &rules_on(LADDER),
        &new,
        &[
            open(
                "h1",
                TermOf::Key(TermKey::HandoffAnswer),
                "2026-03-09T09:00:00Z",
            ),
            open("e1", desk(RungTerm::Answer), "2026-03-09T09:00:00Z"),
            open("check", TermOf::AftercareCheck(0), "2026-04-01T08:00:00Z"),
        ],
    );
    let expected = told("h1", "2026-03-09T09:00:00Z", Some("2026-03-10T09:00:00Z"));
    assert_eq!(change.deadlines, [expected]);
    let lines: Vec<String> = change.ladder.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["handoff_answer: 5wd -> 6wd"]);
}

#[test]
fn a_day_off_is_told_for_the_deadlines_it_falls_in() {
    let mut new = rules_on(LADDER);
    new.calendar = Calendar::from_toml(
        "zone = \"Europe/Amsterdam\"\nextra_closed = [{ date = \"2026-03-09\", name = \"Move\" }]",
    )
    .unwrap();
    let mut closed = open("closed", desk(RungTerm::Answer), "2026-03-10T09:00:00Z");
    closed.closures = ["2026-03-09".parse::<jiff::civil::Date>().unwrap()]
        .into_iter()
        .collect();
    let change = compare(
        &rules_on(LADDER),
        &new,
        &[
            open("answer", desk(RungTerm::Answer), "2026-03-09T09:00:00Z"),
            open(
                "urgent",
                desk(RungTerm::AnswerUrgent),
                "2026-03-03T09:00:00Z",
            ),
            closed,
        ],
    );
    let expected = told(
        "answer",
        "2026-03-09T09:00:00Z",
        Some("2026-03-10T09:00:00Z"),
    );
    assert_eq!(
        change.deadlines,
        [expected],
        "who was closed anyway, sees no difference"
    );
    assert_eq!(change.ladder, []);
}

#[test]
fn a_deadline_that_was_moved_would_be_moved_as_far() {
    let new = edited(&[("review = \"20wd\"\nwarn", "review = \"15wd\"\nwarn")]);
    let moved = open("review", desk(RungTerm::Review), "2026-04-03T08:00:00Z");
    let change = compare(&rules_on(LADDER), &new, &[moved]);
    // 20 working days are 30 March 08:00 UTC, 15 are 23 March 09:00 UTC; four days were added.
    let expected = told(
        "review",
        "2026-04-03T08:00:00Z",
        Some("2026-03-27T09:00:00Z"),
    );
    assert_eq!(change.deadlines, [expected]);
}

#[test]
fn a_deadline_whose_term_goes_away_is_told_without_a_time() {
    let new = edited(&[
        ("warn = \"40wd\"\n", ""),
        (
            "aftercare_checks = [\"30d\", \"90d\"]",
            "aftercare_checks = [\"30d\"]",
        ),
    ]);
    let change = compare(
        &rules_on(LADDER),
        &new,
        &[
            open("warning", desk(RungTerm::Warn), "2026-04-28T08:00:00Z"),
            open("check", TermOf::AftercareCheck(1), "2026-05-31T08:00:00Z"),
        ],
    );
    assert_eq!(
        change.deadlines,
        [
            told("warning", "2026-04-28T08:00:00Z", None),
            told("check", "2026-05-31T08:00:00Z", None)
        ]
    );
}

#[test]
fn every_difference_between_ladders_is_one_line() {
    let new = edited(&[
        (
            "signal_answer = \"30d\"",
            "signal_answer = \"statutory 6w\"",
        ),
        (
            "aftercare_checks = [\"30d\", \"90d\"]",
            "aftercare_checks = [\"30d\"]",
        ),
        ("small_cell = 5", "small_cell = 10"),
        ("id = \"regional_table\"", "id = \"region\""),
        ("name = \"Landelijk loket\"", "name = \"Het loket\""),
        ("warn = \"40wd\"\n", ""),
        (
            "evidence = [\"local_and_regional_attempts\", ",
            "evidence = [",
        ),
        ("quorum = 3", "quorum = 4"),
    ]);
    let change = compare(&rules_on(LADDER), &new, &[]);
    let lines: Vec<String> = change.ladder.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "signal_answer: 30d -> statutory 6w",
            "aftercare_checks: 30d, 90d -> 30d",
            "small_cell: 5 -> 10",
            "rung regional_table: removed",
            "rung region: added",
            "rung national_desk: Landelijk loket -> Het loket",
            "rung national_desk, warn: 40wd -> none",
            "rung national_desk: another evidence",
            "rung national_table: another quorum",
        ]
    );
}

#[test]
fn rungs_that_change_places_are_told() {
    let new = edited(&[
        ("id = \"workshop\"", "id = \"swap\""),
        ("id = \"local_table\"", "id = \"workshop\""),
        ("id = \"swap\"", "id = \"local_table\""),
        ("name = \"Maatwerkplaats\"", "name = \"swap\""),
        ("name = \"Lokale tafel\"", "name = \"Maatwerkplaats\""),
        ("name = \"swap\"", "name = \"Lokale tafel\""),
    ]);
    let change = compare(&rules_on(LADDER), &new, &[]);
    let lines: Vec<String> = change.ladder.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "the rungs stand in another order",
            "rung local_table: another evidence",
            "rung local_table: another quorum",
            "rung workshop: another evidence",
            "rung workshop: another quorum",
        ]
    );
}

/// What is open in a case follows from its history: when each term began, and which term it was.
#[test]
fn a_case_knows_which_terms_its_open_deadlines_follow_from() {
    let history = [
        (samples::reported(), at(START)),
        (samples::offered(), at("2026-03-03T09:00:00Z")),
    ];
    let told = history.iter().map(|(event, at)| (event, *at));
    let open = policy_change::open("case_1", told, &BTreeMap::new());
    let said: Vec<_> = open
        .iter()
        .map(|it| (it.what.as_str(), it.since, it.term_of.clone()))
        .collect();
    assert_eq!(
        said,
        [
            (
                "case_1 handoff-answer/h1",
                at("2026-03-03T09:00:00Z"),
                TermOf::Key(TermKey::HandoffAnswer)
            ),
            (
                "case_1 review",
                at(START),
                TermOf::Rung(RungId::parse("own_work").unwrap(), RungTerm::Review)
            ),
        ]
    );
}

/// An objection whose term was extended follows from the longer one, counted from the objection.
#[test]
fn an_objection_that_was_extended_follows_from_the_longer_term() {
    let until = "2026-06-02T22:00:00Z";
    let history = [
        (samples::reported(), at(START)),
        (objecting::raised(), at("2026-03-03T09:00:00Z")),
        (
            objecting_longer::extended(until),
            at("2026-03-20T09:00:00Z"),
        ),
    ];
    let term_after = |events: usize| {
        let told = history.iter().take(events).map(|(event, at)| (event, *at));
        let open = policy_change::open("case_1", told, &BTreeMap::new());
        let found = open.into_iter().find(|it| it.what == "case_1 objection/o1");
        found.map(|it| (it.term_of, it.since, it.due))
    };
    let began = at("2026-03-03T09:00:00Z");
    let key = TermOf::Key;
    let first = (
        key(TermKey::ObjectionAnswer),
        began,
        at("2026-04-01T09:00:00Z"),
    );
    assert_eq!(term_after(2), Some(first));
    let longer = (key(TermKey::ObjectionAnswerExtended), began, at(until));
    assert_eq!(term_after(3), Some(longer));
}
