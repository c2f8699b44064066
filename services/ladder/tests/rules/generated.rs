//! Ladders that nobody wrote, and commands in an order that nobody thought of.

use std::fmt::Write;

use jiff::{Span, Timestamp};
use ladder::{
    AnswerCommitment, AnswerDeescalation, AnswerHandoff, BlockType, Case, Command, Commitment,
    CommitmentAnswer, CommitmentStatus, Decider, Due, File, HandoffAnswer, Organisation,
    ProposeDeescalation, Receiver, RequestEscalation, Rules, ShareIdentity, Stage, Triage,
    TriageAnswer, TriageReason, WithdrawHandoff, deadlines,
};
use proptest::prelude::*;

use super::harness::{START, at, fold};
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

/// Up to 120 commands about one case of this theme.
pub(crate) fn steps() -> impl Strategy<Value = (&'static str, Vec<Step>)> {
    let step =
        (0..28_u8, 0..64_usize, 0..64_usize, 0..30_i64).prop_map(|(which, this, that, hours)| {
            Step {
                which,
                this,
                that,
                hours,
            }
        });
    let theme = prop::sample::select(vec!["youth_care", "family_income"]);
    (theme, prop::collection::vec(step, 1..120))
}

/// A ladder file of one to seven rungs, with any bodies, evidence and terms.
pub(crate) fn ladder_file() -> impl Strategy<Value = String> {
    let rung = (
        0..3_usize,
        0..5_usize,
        0..4_usize,
        any::<bool>(),
        term(),
        prop::option::of(term()),
        (prop::option::of(term()), prop::option::of(term()), 0..4_u32),
    );
    let terms = (term(), term(), term());
    (terms, prop::collection::vec(rung, 1..8)).prop_map(|((answer, urgent, check), mut rungs)| {
        rungs.sort_by_key(|(tier, ..)| *tier);
        let mut file = format!(
            "[terms]\nhandoff_answer = \"{answer}\"\nhandoff_answer_urgent = \"{urgent}\"\n\
             aftercare_checks = [\"{check}\", \"60d\"]\n"
        );
        for (index, (tier, body, items, elsewhere, answer, urgent, more)) in
            rungs.iter().enumerate()
        {
            let tier = ["local", "regional", "national"][*tier];
            let body = if index == 0 { BODIES[0] } else { BODIES[*body] };
            let evidence: Vec<String> = (0..*items).map(|n| format!("item-{index}-{n}")).collect();
            let admission = if *elsewhere {
                "{ organisation = \"00000099000000006000\", role = \"national_adviser\" }"
            } else {
                "{ role = \"process_director\" }"
            };
            write!(
                file,
                "\n[[rung]]\nid = \"rung-{index}\"\nname = \"Trede {index}\"\ntier = \"{tier}\"\n\
                 body = {body}\nadmission = {admission}\nevidence = {evidence:?}\n\
                 answer = \"{answer}\"\n"
            )
            .unwrap();
            if let Some(urgent) = urgent {
                writeln!(file, "answer_urgent = \"{urgent}\"").unwrap();
            }
            let (acknowledge, review, quorum) = more;
            for (key, term) in [("acknowledge", acknowledge), ("review", review)] {
                if let Some(term) = term {
                    writeln!(file, "{key} = \"{term}\"").unwrap();
                }
            }
            if *quorum > 0 {
                writeln!(file, "quorum = {quorum}").unwrap();
            }
        }
        file
    })
}

const BODIES: [&str; 5] = [
    "\"owner\"",
    "{ organisation = \"00000099000000006000\" }",
    "{ organisation = \"00000099000000007000\" }",
    "{ competent = [{ organisation = \"00000099000000005000\", themes = [\"youth_care\"], regions = [\"midden-nederland\"] }] }",
    "{ competent = [] }",
];

fn term() -> impl Strategy<Value = String> {
    (1..20_u32, prop::sample::select(vec!["wd", "d", "h"]))
        .prop_map(|(n, unit)| format!("{n}{unit}"))
}

/// What a sequence of commands led to.
pub(crate) struct Run {
    pub(crate) rules: Rules,
    pub(crate) log: Vec<Recorded>,
    pub(crate) case: Case,
    /// The case after every command.
    pub(crate) states: Vec<Case>,
}

/// Reports a case of `theme`, then carries out `steps`; what is refused changes nothing.
pub(crate) fn run(rules: Rules, theme: &str, steps: &[Step]) -> Run {
    let mut run = Run {
        rules,
        log: Vec::new(),
        case: Case::Absent,
        states: Vec::new(),
    };
    let mut now = at(START);
    let report = samples::report_about(theme);
    run.execute(Command::Report(Box::new(report)), now);
    for step in steps {
        // Now and then nobody does anything for a month, which is how long aftercare waits.
        let quiet = step.which == 27;
        now += Span::new().hours(if quiet { 24 * 31 } else { step.hours });
        let command = command(&run, theme, step);
        run.execute(command, now);
    }
    run
}

impl Run {
    fn execute(&mut self, command: Command, at: Timestamp) {
        if let Ok(events) = self.rules.decide(&self.case, command, at) {
            self.case = fold(std::mem::take(&mut self.case), &events, at);
            self.log.extend(events.into_iter().map(|event| (event, at)));
        }
        self.states.push(self.case.clone());
    }
}

fn organisation(index: usize) -> Organisation {
    let all = [
        samples::utrecht,
        samples::svb,
        samples::tax_office,
        samples::spirit,
        samples::expert_team,
        samples::desk,
        samples::table,
    ];
    all[index % all.len()]()
}

/// One time in eight the wrong organisation, otherwise the right one.
fn mostly(right: Option<&Organisation>, that: usize) -> Organisation {
    match right {
        Some(right) if !that.is_multiple_of(8) => right.clone(),
        _ => organisation(that / 8),
    }
}

fn maybe(that: usize, text: &str) -> Option<String> {
    match that % 6 {
        0 => None,
        1 => Some(" ".into()),
        _ => Some(text.into()),
    }
}

fn command(run: &Run, theme: &str, step: &Step) -> Command {
    let Step {
        which, this, that, ..
    } = *step;
    let Some(file) = run.case.file() else {
        return samples::report();
    };
    match which {
        0 => Command::Report(Box::new(samples::report_about(theme))),
        1 => samples::record_block(BlockType::ALL[this % BlockType::ALL.len()]),
        2..=6 => about_handoff(file, which, this, that),
        7..=9 => climb(run, file, this, that),
        10 | 20 | 21 => triage(&run.case, this, that),
        11..=13 => about_commitment(file, which, this, that),
        22..=24 => about_commitment(file, which - 11, this, that),
        25 => about_handoff(file, 4, this, that),
        // Seldom before anybody committed itself, for a decided case does not ask any more.
        14 if that.is_multiple_of(8) || has_commitment(file) => samples::decide(),
        14 => about_commitment(file, 13, this, that),
        15 if that.is_multiple_of(2) => samples::send_feedback(),
        15 => Command::InformCitizen(ladder::InformCitizen {
            text: samples::sealed("news"),
        }),
        16 => propose(run, this, that),
        17 => Command::AnswerDeescalation(AnswerDeescalation {
            proposal: samples::proposal("p1"),
            accepted: this.is_multiple_of(2),
            reason: maybe(that, "no_capacity"),
        }),
        18 => samples::close(),
        _ => lapse(&run.case, this, that),
    }
}

fn has_commitment(file: &File) -> bool {
    let made = |commitment: &Commitment| matches!(commitment.status, CommitmentStatus::Made { .. });
    file.commitments.values().any(made)
}

fn about_handoff(file: &File, which: u8, this: usize, that: usize) -> Command {
    let id = samples::handoff(&format!("h{}", this % 4));
    let known = file.handoffs.get(&id);
    match which {
        2 | 3 => {
            let mut offer = samples::offer_of(id.as_str(), organisation(that));
            offer.urgent = this.is_multiple_of(3);
            Command::OfferHandoff(offer)
        }
        4 => Command::AnswerHandoff(AnswerHandoff {
            handoff: id,
            by: mostly(known.map(|handoff| &handoff.to), that),
            answer: match this / 4 % 4 {
                0 | 1 => HandoffAnswer::Accepted,
                2 => HandoffAnswer::Declined {
                    reason: maybe(that, "no_power"),
                    alternative: None,
                },
                _ => HandoffAnswer::Countered {
                    reason: None,
                    alternative: maybe(that, "half").map(ladder::Sealed::new),
                },
            },
            text: None,
        }),
        5 => Command::WithdrawHandoff(WithdrawHandoff {
            handoff: id,
            by: mostly(known.map(|handoff| &handoff.from), that),
            reason: samples::sealed("solved"),
        }),
        _ if that.is_multiple_of(4) => Command::ReportFact(ladder::ReportFact {
            source: organisation(this),
            category: "benefits".into(),
            law: "akw".into(),
            rule: None,
            summary: samples::sealed("fact"),
            since: "2026-01-01".into(),
            legal_basis: samples::GROUND.into(),
        }),
        _ => Command::ShareIdentity(ShareIdentity {
            handoff: id,
            from: mostly(known.map(|handoff| &handoff.from), that),
            to: mostly(known.map(|handoff| &handoff.to), that),
            sealed: "numbers".into(),
        }),
    }
}

fn climb(run: &Run, file: &File, this: usize, that: usize) -> Command {
    let rungs = run.rules.ladder.rungs();
    let items: Vec<&str> = rungs
        .iter()
        .flat_map(|rung| rung.evidence.iter().map(String::as_str))
        .filter(|item| !that.is_multiple_of(5) || item.len() % 2 == this % 2)
        .collect();
    Command::RequestEscalation(RequestEscalation {
        escalation: samples::escalation(&format!("e{}", run.log.len() % 3)),
        by: mostly(Some(&file.handler), that),
        to: (!this.is_multiple_of(3)).then(|| rungs[this % rungs.len()].id.clone()),
        skip_reason: maybe(that, "urgent"),
        urgent: that.is_multiple_of(2),
        legal_basis: maybe(this, samples::GROUND),
        ..samples::climb(&items)
    })
}

fn triage(case: &Case, this: usize, that: usize) -> Command {
    let waiting = match case {
        Case::Underway(underway) => match &underway.stage {
            Stage::EscalationRequested(request) => Some(request.escalation.clone()),
            _ => None,
        },
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => None,
    };
    let answer = match this % 5 {
        0 => TriageAnswer::Returned,
        1 => TriageAnswer::Refused,
        _ => TriageAnswer::Admitted,
    };
    Command::Triage(Triage {
        escalation: match waiting {
            Some(waiting) if !that.is_multiple_of(8) => waiting,
            _ => samples::escalation("e1"),
        },
        reason: (!that.is_multiple_of(3)).then_some(TriageReason::OtherRoute),
        missing: maybe(that, "question").into_iter().collect(),
        ..samples::triage_with(answer)
    })
}

fn about_commitment(file: &File, which: u8, this: usize, that: usize) -> Command {
    // Mostly one that can be answered now, for then the search gets beyond the decision.
    let answerable = file.commitments.iter().find(|(_, commitment)| {
        matches!(
            (which, &commitment.status),
            (12, CommitmentStatus::Requested) | (13, CommitmentStatus::Made { .. })
        )
    });
    let id = match answerable {
        Some((id, _)) if !that.is_multiple_of(8) => id.clone(),
        _ => samples::request(&format!("r{}", this % 3)),
    };
    let of = file.commitments.get(&id).map(|commitment| &commitment.of);
    match which {
        11 => samples::request_commitment(id.as_str(), organisation(that)),
        12 => Command::AnswerCommitment(AnswerCommitment {
            by: mostly(of, that),
            request: id,
            answer: if this.is_multiple_of(4) {
                CommitmentAnswer::Refused {
                    reason: samples::sealed("no power"),
                }
            } else {
                CommitmentAnswer::Made {
                    text: samples::sealed("we will"),
                    mandate: samples::sealed("mandate 12"),
                    recorded: None,
                    amount_cents: None,
                    due: samples::due(),
                }
            },
        }),
        _ => samples::fulfil(id.as_str(), mostly(of, that)),
    }
}

fn propose(run: &Run, this: usize, that: usize) -> Command {
    let rungs = run.rules.ladder.rungs();
    Command::ProposeDeescalation(ProposeDeescalation {
        proposal: samples::proposal("p1"),
        to: rungs[this % rungs.len()].id.clone(),
        receiver: Receiver {
            organisation: organisation(that),
            role: "case_director".into(),
        },
        reason: "solved_here".into(),
    })
}

fn lapse(case: &Case, this: usize, that: usize) -> Command {
    let open = deadlines(case);
    if open.is_empty() || that.is_multiple_of(4) {
        let id = samples::handoff(&format!("h{}", this % 4));
        let due = [
            Due::HandoffReminder(id.clone()),
            Due::HandoffAnswer(id),
            Due::EscalationAnswer(samples::escalation("e1")),
            Due::AftercareCheck,
        ];
        return Command::Lapse(due[that / 4 % due.len()].clone());
    }
    Command::Lapse(open[this % open.len()].0.clone())
}
