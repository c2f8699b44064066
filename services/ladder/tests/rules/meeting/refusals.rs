//! Every refusal of a meeting once, so that none is a dead letter.

use std::collections::BTreeSet;

use ladder::Ground;
use ladder::meeting::{Answer, Command, Event, Refusal};
use ladder::{Mandate, MandateError, Organisation};

use super::super::harness::at;
use super::super::samples::{case_id, request, rung, spirit, svb, table, tax_office};
use super::harness::{START, given};
use super::samples::{
    PLANNED_AT, SINCE, adjourn, adjourned, adopt, adopted, answer, ask, asked, at_small_table,
    at_table, cancel, cancelled, collide, decide, decide_on, decided, erase, invite, invited, made,
    make, mandate, no_obstacle, obstacle_found, on_agenda, open, person, plan, plan_of, planned,
    prepared, promise, put, recuse, recused, reschedule, take_off,
};

type Row = (Vec<Event>, Command, Refusal);

fn planning() -> Vec<Row> {
    let passed = at("2026-03-01T09:00:00Z");
    vec![
        (vec![], cancel(), Refusal::UnknownMeeting),
        (vec![planned()], erase(), Refusal::NothingToErase),
        (vec![planned()], plan(), Refusal::MeetingExists),
        (at_table([]), plan(), Refusal::MeetingExists),
        (at_table([]), reschedule(PLANNED_AT), Refusal::MeetingOpen),
        (prepared(), collide(), Refusal::MeetingNotOpen),
        (
            vec![planned(), cancelled()],
            plan(),
            Refusal::MeetingCancelled,
        ),
        (
            at_table([adjourned("c1"), adopted(vec![])]),
            plan(),
            Refusal::MinutesAdopted,
        ),
        (
            vec![],
            plan_of("workshop"),
            Refusal::NoTable(rung("workshop")),
        ),
        (
            vec![planned()],
            reschedule("2026-03-01T09:00:00Z"),
            Refusal::MomentPassed { at: passed },
        ),
        (
            prepared(),
            put("c1", false, SINCE),
            Refusal::AlreadyOnAgenda(case_id("c1")),
        ),
        (
            prepared(),
            take_off("c9"),
            Refusal::NotOnAgenda(case_id("c9")),
        ),
        (
            at_table([]),
            adjourn("c9"),
            Refusal::NotOnAgenda(case_id("c9")),
        ),
        (prepared(), invite(svb()), Refusal::AlreadyInvited(svb())),
        (prepared(), recuse(spirit()), Refusal::NotInvited(spirit())),
        (
            vec![planned(), invited(svb())],
            open([svb()]),
            Refusal::AgendaEmpty,
        ),
        (
            vec![planned(), invited(svb()), on_agenda("c1")],
            open([svb()]),
            Refusal::NoQuorum {
                present: 1,
                quorum: 2,
            },
        ),
    ]
}

fn parts() -> Vec<Row> {
    let no_part = |organisation: Organisation| Refusal::Recused {
        organisation,
        case: case_id("c1"),
    };
    vec![
        (
            at_table([recused(svb(), &[])]),
            recuse(svb()),
            Refusal::AlreadyRecused {
                organisation: svb(),
                case: case_id("c1"),
            },
        ),
        (
            at_small_table([recused(svb(), &[])]),
            collide(),
            Refusal::NoCaseQuorum {
                case: case_id("c1"),
                present: 1,
                quorum: 2,
            },
        ),
        (
            at_small_table([]),
            ask("r1", tax_office()),
            Refusal::NotPresent(tax_office()),
        ),
        (
            at_table([recused(svb(), &[])]),
            ask("r1", svb()),
            no_part(svb()),
        ),
    ]
}

fn answers() -> Vec<Row> {
    let asked = || at_table([asked("r1", svb())]);
    let in_mandate = |mandate: Mandate| answer("r1", svb(), promise(mandate));
    let ended = "2026-03-01".parse().unwrap();
    let mut gift = promise(mandate(svb()));
    if let Answer::Made { amount_cents, .. } = &mut gift {
        *amount_cents = Some(0);
    }
    let mut rows = vec![
        (
            asked(),
            ask("r1", tax_office()),
            Refusal::RequestExists(request("r1")),
        ),
        (
            asked(),
            make("r9", svb()),
            Refusal::UnknownRequest(request("r9")),
        ),
        (
            asked(),
            make("r1", tax_office()),
            Refusal::RequestNotYours(tax_office()),
        ),
        (
            [asked(), vec![made("r1", svb())]].concat(),
            make("r1", svb()),
            Refusal::AlreadyAnswered {
                by: svb(),
                at: at(START),
            },
        ),
        (
            asked(),
            answer("r1", svb(), gift),
            Refusal::AmountNotPositive,
        ),
    ];
    let mandates = [
        (
            Mandate {
                holder: person("p-2"),
                ..mandate(svb())
            },
            MandateError::NotYours,
        ),
        (
            Mandate {
                scope: ["anw".to_owned()].into(),
                ..mandate(svb())
            },
            MandateError::OutsideScope,
        ),
        (
            Mandate {
                amount_cents: Some(1),
                ..mandate(svb())
            },
            MandateError::OverLimit { limit_cents: 1 },
        ),
        (
            Mandate {
                until: Some(ended),
                ..mandate(svb())
            },
            MandateError::Ended { on: ended },
        ),
    ];
    rows.extend(
        mandates.map(|(mandate, error)| (asked(), in_mandate(mandate), Refusal::Mandate(error))),
    );
    rows
}

fn conclusions() -> Vec<Row> {
    let open_request = vec![request("r1")];
    vec![
        (
            at_table([decided()]),
            decide(),
            Refusal::CaseConcluded(case_id("c1")),
        ),
        (
            at_table([asked("r1", svb())]),
            decide(),
            Refusal::RequestsUnanswered(open_request),
        ),
        (
            at_table([]),
            decide_on(table(), &[]),
            Refusal::GroundsRequired,
        ),
        (
            at_table([]),
            decide_on(table(), &[Ground::Cost]),
            Refusal::CostAlone,
        ),
        (
            at_table([obstacle_found()]),
            no_obstacle(),
            Refusal::ObstacleKnown(case_id("c1")),
        ),
        (
            at_table([]),
            adopt(),
            Refusal::CasesUnconcluded(vec![case_id("c1")]),
        ),
        (
            at_table([decided()]),
            adopt(),
            Refusal::ObstacleUnspoken(vec![case_id("c1")]),
        ),
    ]
}

fn every_row() -> Vec<Row> {
    [planning(), parts(), answers(), conclusions()].concat()
}

#[test]
fn every_refusal_comes_when_its_rule_is_broken() {
    for (history, command, refusal) in every_row() {
        given(history).when(command, START).then_refused(refusal);
    }
}

/// Reads the codes from the source, so that a refusal added there must get its row here.
#[test]
fn no_refusal_is_without_a_row() {
    let refusals = include_str!("../../../src/meeting/refusal.rs");
    let mandates = include_str!("../../../src/mandate.rs");
    let listed: Vec<&str> = [refusals, mandates]
        .into_iter()
        .flat_map(str::lines)
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\","))
        .collect();
    let declared: BTreeSet<&str> = listed.iter().copied().collect();
    let rows = every_row();
    let shown: BTreeSet<&str> = rows.iter().map(|(_, _, refusal)| refusal.code()).collect();
    assert_eq!(listed.len(), 35);
    assert_eq!(declared.len(), listed.len(), "two refusals share a code");
    assert_eq!(shown, declared);
}
