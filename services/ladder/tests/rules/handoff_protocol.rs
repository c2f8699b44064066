//! Every order in which a handoff can be answered, taken back and forgotten, tried exhaustively;
//! and every order of climbing and going down, up to a depth.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;
use ladder::{
    BlockType, Case, Command, Decider, Due, Event, HandoffStatus, RequestEscalation, Rules, Triage,
    TriageAnswer, TriageReason,
};

use super::harness::{START, at, fold, rules};
use super::invariants::{Recorded, no_rung_without_reason};
use super::samples::{
    ANSWER_BY, GROUND, REMIND_AT, accept, answer_proposal, climb, counter, decline, escalation,
    handoff, offer, propose, record_block, reported, rung, svb, triage_with, utrecht, withdraw,
};

/// Before, at and after each of the two deadlines.
const MOMENTS: [&str; 6] = [
    "2026-03-03T09:00:00Z",
    REMIND_AT,
    "2026-03-07T09:00:00Z",
    "2026-03-09T08:59:59Z",
    ANSWER_BY,
    "2026-03-11T09:00:00Z",
];

fn moves() -> Vec<Command> {
    vec![
        offer("h1", svb()),
        accept(),
        decline(Some("no_power")),
        counter(Some("half of it")),
        withdraw(utrecht()),
        Command::Lapse(Due::HandoffReminder(handoff("h1"))),
        Command::Lapse(Due::HandoffAnswer(handoff("h1"))),
    ]
}

fn is_final(event: &Event) -> bool {
    matches!(
        event,
        Event::HandoffAccepted(_)
            | Event::HandoffDeclined(_)
            | Event::HandoffCountered(_)
            | Event::HandoffWithdrawn(_)
            | Event::HandoffExpired(_)
    )
}

/// A case, how many final answers and reminders its handoff has had, and the moment up to which
/// it is.
#[derive(Clone)]
struct Node {
    case: Case,
    finals: usize,
    reminders: usize,
    moment: usize,
}

impl Node {
    fn key(&self) -> String {
        let Self {
            case,
            finals,
            reminders,
            moment,
        } = self;
        format!("{finals} {reminders} {moment} {case:?}")
    }
}

/// Every case that can be reached, moment after moment: breadth first, until nothing is new.
fn explore(rules: &Rules) -> Vec<Node> {
    let start = Node {
        case: fold(Case::Absent, &[reported()], at(START)),
        finals: 0,
        reminders: 0,
        moment: 0,
    };
    let mut seen = BTreeSet::from([start.key()]);
    let mut reached = vec![start.clone()];
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for (moment, text) in MOMENTS.iter().enumerate().skip(node.moment) {
            for command in moves() {
                // The offer itself is made at the start, so that the moments mean what they say.
                let when = match command {
                    Command::OfferHandoff(_) => at(START),
                    _ => at(text),
                };
                let Ok(events) = rules.decide(&node.case, command, when) else {
                    continue;
                };
                let count =
                    |wanted: fn(&Event) -> bool| events.iter().filter(|e| wanted(e)).count();
                // Two is too many already; counting no further keeps the search finite.
                let next = Node {
                    finals: (node.finals + count(is_final)).min(2),
                    reminders: (node.reminders + count(|e| matches!(e, Event::HandoffReminded(_))))
                        .min(2),
                    case: fold(node.case.clone(), &events, when),
                    moment,
                };
                if seen.insert(next.key()) {
                    reached.push(next.clone());
                    open.push_back(next);
                }
            }
        }
    }
    reached
}

fn status(case: &Case) -> Option<&HandoffStatus> {
    case.file()?.handoffs.get(&handoff("h1")).map(|h| &h.status)
}

#[test]
fn a_handoff_gets_at_most_one_final_answer_and_one_reminder() {
    for node in explore(&rules()) {
        let open = matches!(
            status(&node.case),
            None | Some(HandoffStatus::Offered { .. })
        );
        let expected = usize::from(!open);
        assert_eq!(node.finals, expected, "{:?}", node.case);
        assert!(node.reminders <= 1, "{:?}", node.case);
    }
}

/// Which final answers can be reached when; it shows that the search went everywhere.
#[test]
fn an_answer_comes_before_the_term_ends_and_expiry_after() {
    let mut first_and_last: BTreeMap<&str, BTreeSet<Timestamp>> = BTreeMap::new();
    for node in explore(&rules()) {
        let (name, when) = match status(&node.case) {
            Some(HandoffStatus::Accepted { at }) => ("accepted", *at),
            Some(HandoffStatus::Declined { at }) => ("declined", *at),
            Some(HandoffStatus::Countered { at, .. }) => ("countered", *at),
            Some(HandoffStatus::Withdrawn { at }) => ("withdrawn", *at),
            Some(HandoffStatus::Expired { at }) => ("expired", *at),
            Some(
                HandoffStatus::Offered { .. }
                | HandoffStatus::Returning { .. }
                | HandoffStatus::Returned { .. },
            )
            | None => continue,
        };
        first_and_last.entry(name).or_default().insert(when);
    }
    let within: BTreeSet<Timestamp> = MOMENTS[..4].iter().map(|text| at(text)).collect();
    let beyond: BTreeSet<Timestamp> = MOMENTS[4..].iter().map(|text| at(text)).collect();
    let expected = BTreeMap::from([
        ("accepted", within.clone()),
        ("declined", within.clone()),
        ("countered", within.clone()),
        ("withdrawn", within),
        ("expired", beyond),
    ]);
    assert_eq!(first_and_last, expected);
}

fn climbing_moves() -> Vec<Command> {
    let items: Vec<String> = rules()
        .ladder
        .rungs()
        .iter()
        .flat_map(|rung| rung.evidence.clone())
        .collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let ask = |to: Option<&str>| {
        Command::RequestEscalation(RequestEscalation {
            to: to.map(rung),
            skip_reason: Some("urgent".into()),
            legal_basis: Some(GROUND.into()),
            ..climb(&items)
        })
    };
    let returned = Triage {
        missing: ["plan".to_owned()].into(),
        ..triage_with(TriageAnswer::Returned)
    };
    let refused = Triage {
        reason: Some(TriageReason::OtherRoute),
        ..triage_with(TriageAnswer::Refused)
    };
    vec![
        record_block(BlockType::Rule),
        ask(None),
        ask(Some("national_table")),
        Command::Triage(triage_with(TriageAnswer::Admitted)),
        Command::Triage(returned),
        Command::Triage(refused),
        Command::Lapse(Due::EscalationAnswer(escalation("e1"))),
        propose("own_work"),
        propose("local_table"),
        answer_proposal(true, None),
        answer_proposal(false, Some("no_capacity")),
    ]
}

#[test]
fn no_order_of_climbing_and_going_down_passes_a_rung_over() {
    const DEPTH: usize = 8;
    let rules = rules();
    let moves = climbing_moves();
    let first: Vec<Recorded> = vec![(reported(), at(START))];
    let case = fold(Case::Absent, &[reported()], at(START));
    // One block is enough to climb, so blocks do not count as something new.
    let key = |case: &Case| {
        let mut case = case.clone();
        if let Case::Underway(underway) = &mut case {
            underway.file.blocks.truncate(1);
        }
        format!("{case:?}")
    };
    let mut seen = BTreeSet::from([key(&case)]);
    let mut open = VecDeque::from([(case, first, 0)]);
    let mut rungs_reached = BTreeSet::new();
    while let Some((case, log, depth)) = open.pop_front() {
        rungs_reached.extend(case.file().map(|file| file.rung.clone()));
        if depth == DEPTH {
            continue;
        }
        for command in &moves {
            let when = match command {
                Command::Lapse(_) => at("2026-04-01T09:00:00Z"),
                _ => at(START),
            };
            let Ok(events) = rules.decide(&case, command.clone(), when) else {
                continue;
            };
            let next = fold(case.clone(), &events, when);
            let mut log = log.clone();
            log.extend(events.into_iter().map(|event| (event, when)));
            assert_eq!(no_rung_without_reason(&log, &rules.ladder), Ok(()));
            if seen.insert(key(&next)) {
                open.push_back((next, log, depth + 1));
            }
        }
    }
    assert_eq!(
        rungs_reached.len(),
        5,
        "all but the regional table, where nobody is"
    );
}
