//! Commands to a meeting in an order that nobody thought of.

use std::collections::BTreeSet;

use jiff::{Span, Timestamp};
use ladder::meeting::{
    Answer, AnswerRequest, CaseAtTable, Command, DeclareRecusal, Event, Meeting, MeetingRules,
    NoObstacle, Open, OpenMeeting, Plan, PutOnAgenda, RecordCollision, RecordDecision,
    RecordObstacle, RequestCommitment, RequestStatus, Reschedule, Table, TakeOffAgenda,
};
use ladder::signal::Artefact;
use ladder::{CaseId, Decider, Ground, Mandate, Organisation, Room};
use proptest::prelude::*;

use super::super::harness::at;
use super::super::samples::{case_id, request, rung, sealed, spirit, svb, table, tax_office};
use super::harness::{START, fold, rules_with};
use super::invariants::Recorded;
use super::samples;

/// One command, as numbers: which, two choices about it, and how long after the one before.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    which: u8,
    this: usize,
    that: usize,
    hours: i64,
}

/// Up to 140 commands to a meeting with this quorum.
pub(crate) fn steps() -> impl Strategy<Value = (u32, Vec<Step>)> {
    let step =
        (0..32_u8, 0..64_usize, 0..64_usize, 0..12_i64).prop_map(|(which, this, that, hours)| {
            Step {
                which,
                this,
                that,
                hours,
            }
        });
    (1..4_u32, prop::collection::vec(step, 1..140))
}

/// What a sequence of commands led to.
pub(crate) struct Run {
    pub(crate) rules: MeetingRules,
    pub(crate) log: Vec<Recorded>,
    pub(crate) meeting: Meeting,
    /// The meeting after every command.
    pub(crate) states: Vec<Meeting>,
}

/// Carries out `steps`; what is refused changes nothing.
pub(crate) fn run(quorum: u32, steps: &[Step]) -> Run {
    let mut run = Run {
        rules: rules_with(quorum),
        log: Vec::new(),
        meeting: Meeting::Unplanned,
        states: Vec::new(),
    };
    let mut now = at(START);
    for step in steps {
        now += Span::new().hours(step.hours);
        run.execute(command(&run.meeting, step, now), now);
    }
    run
}

impl Run {
    fn execute(&mut self, command: Command, at: Timestamp) {
        if let Ok(events) = self.rules.decide(&self.meeting, command, at) {
            self.meeting = fold(std::mem::take(&mut self.meeting), &events, at);
            self.log
                .extend(events.into_iter().map(|event: Event| (event, at)));
        }
        self.states.push(self.meeting.clone());
    }
}

fn organisation(index: usize) -> Organisation {
    [table, svb, tax_office, spirit][index % 4]()
}

fn case(index: usize) -> CaseId {
    case_id(["c1", "c2", "c3"][index % 3])
}

fn command(meeting: &Meeting, step: &Step, now: Timestamp) -> Command {
    let Step {
        which, this, that, ..
    } = *step;
    match meeting {
        Meeting::Unplanned if !that.is_multiple_of(4) => plan(this, now),
        Meeting::Planned(planned) if which < 22 => prepare(&planned.table, which, this, that, now),
        Meeting::Open(open) => at_table(Some(open), which, this, that, now),
        Meeting::Unplanned | Meeting::Planned(_) | Meeting::Adopted(_) | Meeting::Cancelled(_) => {
            at_table(None, which, this, that, now)
        }
    }
}

fn plan(this: usize, now: Timestamp) -> Command {
    Command::Plan(Plan {
        meeting: samples::meeting_id(),
        body: table(),
        rung: rung(if this.is_multiple_of(16) {
            "own_work"
        } else {
            "national_table"
        }),
        at: moment(this, now),
    })
}

/// Up to three days from now, and seldom a moment that passed.
fn moment(this: usize, now: Timestamp) -> Timestamp {
    now + Span::new().hours(i64::try_from(this).unwrap() + 8) - Span::new().hours(10)
}

fn prepare(table: &Table, which: u8, this: usize, that: usize, now: Timestamp) -> Command {
    match which {
        0..=4 => Command::PutOnAgenda(PutOnAgenda {
            case: case(this),
            urgent: that.is_multiple_of(3),
            since: at(samples::SINCE) + Span::new().hours(i64::try_from(that).unwrap()),
        }),
        5 => Command::TakeOffAgenda(TakeOffAgenda {
            case: case(this),
            reason: sealed("solved"),
        }),
        6..=12 => samples::invite(organisation(this)),
        13 => recuse(this, that),
        14 => Command::Reschedule(Reschedule {
            at: moment(this, now),
        }),
        15 if that.is_multiple_of(8) => samples::cancel(),
        15..=17 => samples::lapse(),
        _ => Command::Open(OpenMeeting {
            present: present(table, this, that),
        }),
    }
}

/// Mostly those who are invited, now and then one too few or one too many.
fn present(table: &Table, this: usize, that: usize) -> BTreeSet<Organisation> {
    let mut present: BTreeSet<Organisation> = table.invited.keys().cloned().collect();
    if this.is_multiple_of(3) {
        present.remove(&organisation(that));
    }
    if that.is_multiple_of(8) {
        present.insert(organisation(this));
    }
    present
}

fn recuse(this: usize, that: usize) -> Command {
    Command::DeclareRecusal(DeclareRecusal {
        case: case(this),
        organisation: organisation(that),
        by: samples::person("p-1"),
    })
}

/// The first case of which this holds; one time in eight, or when there is none, any case.
fn first(open: Option<&Open>, this: usize, holds: impl Fn(&CaseAtTable) -> bool) -> CaseId {
    let found = open.and_then(|open| open.cases.iter().find(|(_, said)| holds(said)));
    match found {
        Some((id, _)) if !this.is_multiple_of(8) => id.clone(),
        _ => case(this / 8),
    }
}

fn at_table(open: Option<&Open>, which: u8, this: usize, that: usize, now: Timestamp) -> Command {
    let unconcluded = || first(open, this, |said| said.conclusion.is_none());
    match which {
        0 => plan(this, now),
        1 if that.is_multiple_of(4) => recuse(this, that / 4),
        1 => samples::lapse(),
        2 if that.is_multiple_of(8) => samples::cancel(),
        2 if that % 8 == 1 => samples::erase(),
        2 => samples::open([table(), svb()]),
        3 | 4 => Command::RecordCollision(RecordCollision {
            case: unconcluded(),
            collision: sealed("two laws"),
        }),
        5..=8 => Command::RequestCommitment(RequestCommitment {
            case: if this.is_multiple_of(2) {
                unconcluded()
            } else {
                case(this)
            },
            request: request(&format!("r{}", this % 12)),
            of: organisation(that),
            law_or_theme: samples::LAW.into(),
            text: sealed("please"),
        }),
        9..=16 => answer(open, this, that),
        17..=20 => Command::RecordDecision(RecordDecision {
            case: unconcluded(),
            by: organisation(that),
            text: sealed("decision"),
            room: Room::ALL[this % Room::ALL.len()],
            grounds: (0..that % 4)
                .map(|index| Ground::ALL[(this + index) % Ground::ALL.len()])
                .collect(),
        }),
        21 => samples::adjourn(unconcluded().as_str()),
        22 | 23 => Command::RecordObstacle(RecordObstacle {
            case: case(this),
            text: sealed("the rule"),
            target: Artefact::ALL[that % Artefact::ALL.len()],
            owner: organisation(that),
        }),
        24 | 25 => Command::NoObstacle(NoObstacle { case: case(this) }),
        _ => samples::adopt(),
    }
}

/// Mostly an answer to what waits, by who was asked, in a mandate that covers it.
fn answer(open: Option<&Open>, this: usize, that: usize) -> Command {
    let waits = |said: &CaseAtTable| said.waiting().next().is_some();
    let case = first(open, this, waits);
    let waiting = open.and_then(|open| {
        let requests = &open.cases.get(&case)?.requests;
        requests
            .iter()
            .find(|(_, request)| request.status == RequestStatus::Waiting)
    });
    let (request, of) = match waiting {
        Some((id, request)) if !that.is_multiple_of(8) => (id.clone(), request.of.clone()),
        _ => (request(&format!("r{}", this % 12)), organisation(that / 8)),
    };
    let answer = match this % 4 {
        0 => samples::no(),
        _ => Answer::Made {
            text: sealed("we will"),
            mandate: Box::new(Mandate {
                amount_cents: (!that.is_multiple_of(3)).then_some(500_000),
                ..samples::mandate(of.clone())
            }),
            due: "2026-05-01".parse().unwrap(),
            amount_cents: (!this.is_multiple_of(5)).then_some(20_000 * (this as i64)),
        },
    };
    Command::AnswerRequest(AnswerRequest {
        case,
        request,
        by: of,
        person: samples::person("p-1"),
        answer,
    })
}
