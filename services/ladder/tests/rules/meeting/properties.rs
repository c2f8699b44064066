//! What holds of a meeting whatever is asked, in whatever order.

use std::collections::BTreeSet;

use ladder::Decider;
use ladder::meeting::{
    AnswerRequest, Command, Conclusion, Event, Meeting, NoObstacle, Obstacles, Open, agenda,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::super::harness::at;
use super::super::invariants::Verdict;
use super::super::properties::search;
use super::generated::{Run, run, steps};
use super::harness::{START, fold};
use super::invariants::{
    answers_are_asked_for, deadlines_fire_once, minutes_are_complete, nothing_after_the_end,
    quorum_is_kept, reads_back, recused_take_no_part, replay_gives,
};
use super::samples::{adjourn, adopt, no, person};

fn holds_everywhere(property: fn(&Run) -> Verdict) {
    search(&steps(), |(quorum, steps)| {
        let run = run(quorum, &steps);
        property(&run).map_err(|wrong| {
            let kinds: Vec<&str> = run.log.iter().map(|(event, _)| event.kind()).collect();
            format!("{wrong}; the log: {}", kinds.join(", "))
        })
    });
}

#[test]
fn minutes_have_an_answer_to_every_request() {
    holds_everywhere(|run| minutes_are_complete(&run.log));
}

#[test]
fn a_meeting_is_never_open_below_its_quorum() {
    holds_everywhere(|run| quorum_is_kept(&run.log));
}

#[test]
fn a_recused_organisation_has_no_answer_in_that_case() {
    holds_everywhere(|run| recused_take_no_part(&run.log));
}

#[test]
fn only_who_was_asked_answers_and_only_once() {
    holds_everywhere(|run| answers_are_asked_for(&run.log));
}

#[test]
fn replaying_the_log_gives_the_meeting() {
    holds_everywhere(|run| replay_gives(&run.log, &run.meeting));
}

#[test]
fn every_event_of_a_meeting_reads_back_as_it_was_written() {
    holds_everywhere(|run| reads_back(&run.log));
}

#[test]
fn nothing_happens_after_the_minutes_or_a_cancellation() {
    holds_everywhere(|run| nothing_after_the_end(&run.log));
}

#[test]
fn a_moment_that_passes_is_noticed_once_at_its_time() {
    holds_everywhere(|run| {
        run.states
            .iter()
            .try_for_each(|meeting| deadlines_fire_once(&run.rules, meeting))
    });
}

#[test]
fn the_minutes_keep_the_order_of_the_agenda() {
    holds_everywhere(|run| match run.log.last() {
        Some((Event::MinutesAdopted(minutes), _)) => {
            let minuted: Vec<_> = minutes.cases.iter().map(|case| case.case.clone()).collect();
            if minuted == agenda(&run.meeting) {
                Ok(())
            } else {
                Err(format!("the minutes go {minuted:?}"))
            }
        }
        _ => Ok(()),
    });
}

/// Whatever happened at the table, those present can bring the meeting to adopted minutes.
#[test]
fn an_open_meeting_can_always_be_brought_to_an_end() {
    holds_everywhere(|run| {
        let open = run.states.iter().filter_map(|meeting| match meeting {
            Meeting::Open(open) => Some((meeting, open)),
            _ => None,
        });
        for (meeting, open) in open {
            brought_to_an_end(run, meeting, open)?;
        }
        Ok(())
    });
}

/// What waits is refused, what is undecided is adjourned, what is unspoken is ruled out.
fn brought_to_an_end(run: &Run, meeting: &Meeting, open: &Open) -> Verdict {
    let mut commands = Vec::new();
    for (case, said) in &open.cases {
        for request in said.waiting() {
            commands.push(Command::AnswerRequest(AnswerRequest {
                case: case.clone(),
                request: request.clone(),
                by: said.requests[request].of.clone(),
                person: person("p-1"),
                answer: no(),
            }));
        }
        match (&said.conclusion, &said.obstacles) {
            (None, _) => commands.push(adjourn(case.as_str())),
            (Some(Conclusion::Decided { .. }), Obstacles::Unspoken) => {
                commands.push(Command::NoObstacle(NoObstacle { case: case.clone() }));
            }
            (Some(_), _) => {}
        }
    }
    commands.push(adopt());
    let mut ended = meeting.clone();
    for command in commands {
        let told = format!("{command:?}");
        let events = run
            .rules
            .decide(&ended, command, at(START))
            .map_err(|refusal| format!("{told} was refused: {refusal}"))?;
        ended = fold(ended, &events, at(START));
    }
    match ended {
        Meeting::Adopted(_) => Ok(()),
        other => Err(format!("it ended as {other:?}")),
    }
}

/// The search means something only when its sequences reach every kind of event, and minutes with
/// answers, recusals and obstacles in them.
#[test]
fn the_search_reaches_every_kind_of_event_and_full_minutes() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut answers, mut recusals, mut obstacles) = (0, 0, 0);
    for _ in 0..1_500 {
        let (quorum, steps) = steps().new_tree(&mut runner).unwrap().current();
        let run = run(quorum, &steps);
        seen.extend(run.log.iter().map(|(event, _)| event.kind()));
        if let Some((Event::MinutesAdopted(minutes), _)) = run.log.last() {
            for case in &minutes.cases {
                answers += case.requests.len();
                recusals += case.recused.len();
                obstacles += case.obstacles.len();
            }
        }
    }
    let all: BTreeSet<&str> = Event::KINDS.iter().copied().collect();
    assert_eq!(seen, all);
    let minuted = [answers, recusals, obstacles];
    assert!(minuted.iter().all(|count| *count > 50), "{minuted:?}");
}
