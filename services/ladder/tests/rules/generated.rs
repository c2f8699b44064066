//! Commands in an order that nobody thought of.

mod citizens;
mod course;
mod erasures;
mod handoffs;
mod ladders;
mod outcome;
mod persons;

use jiff::{Span, Timestamp};
use ladder::{
    Case, Command, Decider, Due, Event, File, Organisation, Person, Rules, SaveDraft, Underway,
    deadlines,
};
use proptest::prelude::*;

use super::harness::{START, at, fold};
use super::invariants::Recorded;
use super::samples;
pub(crate) use ladders::ladder_file;

/// One command, as numbers: which, two choices about it, and how long after the one before.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    which: usize,
    this: usize,
    that: usize,
    hours: i64,
}

/// Up to 120 commands about one case of this theme.
pub(crate) fn steps() -> impl Strategy<Value = (&'static str, Vec<Step>)> {
    let step = (0..MAKERS.len(), 0..64_usize, 0..64_usize, 0..40_i64).prop_map(
        |(which, this, that, hours)| Step {
            which,
            this,
            that,
            hours,
        },
    );
    let theme = prop::sample::select(vec!["youth_care", "family_income"]);
    (theme, prop::collection::vec(step, 1..120))
}

/// What one command led to.
pub(crate) struct Move {
    pub(crate) before: Case,
    pub(crate) command: Command,
    pub(crate) at: Timestamp,
    pub(crate) events: Vec<Event>,
}

/// What a sequence of commands led to.
pub(crate) struct Run {
    pub(crate) rules: Rules,
    pub(crate) log: Vec<Recorded>,
    pub(crate) case: Case,
    /// Every command that was carried out.
    pub(crate) moves: Vec<Move>,
}

/// Reports a case of `theme`, or begins a draft of it, then carries out `steps`; what is refused
/// changes nothing.
pub(crate) fn run(rules: Rules, theme: &str, steps: &[Step]) -> Run {
    let mut run = Run {
        rules,
        log: Vec::new(),
        case: Case::Absent,
        moves: Vec::new(),
    };
    let mut now = at(START);
    let drafted = steps.first().is_some_and(|step| step.this % 4 == 0);
    let first = if drafted { save() } else { report(theme) };
    run.execute(first, now);
    for step in steps {
        // Now and then nobody does anything for a month, which is how long aftercare waits.
        let drafting = matches!(run.case, Case::Draft(_)) && step.that % 8 == 4;
        let quiet = drafting || step.that == 63;
        now += Span::new().hours(if quiet { 24 * 31 } else { step.hours });
        let command = run.command(theme, step);
        run.execute(command, now);
    }
    run
}

impl Run {
    fn execute(&mut self, command: Command, at: Timestamp) {
        if let Ok(events) = self.rules.decide(&self.case, command.clone(), at) {
            let before = std::mem::take(&mut self.case);
            self.case = fold(before.clone(), &events, at);
            let recorded = events.iter().cloned().map(|event| (event, at));
            self.log.extend(recorded);
            self.moves.push(Move {
                before,
                command,
                at,
                events,
            });
        }
    }

    /// The case after every command.
    pub(crate) fn states(&self) -> impl Iterator<Item = &Case> {
        self.moves
            .iter()
            .map(|done| &done.before)
            .chain([&self.case])
    }

    fn command(&self, theme: &str, step: &Step) -> Command {
        let Step {
            which, this, that, ..
        } = *step;
        match &self.case {
            Case::Absent | Case::Discarded => report(theme),
            Case::Draft(_) => match that % 8 {
                0 => Command::DiscardDraft,
                1..=3 => save(),
                4 | 5 => Command::Lapse(Due::DraftReminder),
                _ => report(theme),
            },
            Case::Closed(closed) if that < 56 => outcome::reopen(&closed.file, this),
            Case::Closed(closed) => MAKERS[which](&About {
                run: self,
                file: &closed.file,
                underway: None,
                this,
                that,
            }),
            Case::Underway(underway) => MAKERS[which](&About {
                run: self,
                file: &underway.file,
                underway: Some(underway),
                this,
                that,
            }),
        }
    }
}

/// What a command is made from.
struct About<'a> {
    run: &'a Run,
    file: &'a File,
    underway: Option<&'a Underway>,
    this: usize,
    that: usize,
}

type Maker = fn(&About<'_>) -> Command;

/// Every kind of command; what opens the way to others stands more than once.
const MAKERS: &[Maker] = &[
    lapse,
    lapse,
    lapse,
    lapse,
    lapse,
    lapse,
    handoffs::offer,
    handoffs::offer,
    handoffs::answer,
    handoffs::answer,
    handoffs::answer,
    handoffs::answer_counter,
    handoffs::withdraw,
    handoffs::give_back,
    handoffs::share_identity,
    handoffs::ask_advice,
    handoffs::give_advice,
    course::fact,
    course::block,
    course::perspective,
    course::basis,
    course::mode,
    persons::consent,
    persons::object,
    course::climb,
    course::climb,
    course::climb,
    course::insist,
    course::insist,
    course::confirm_urgency,
    course::give_evidence,
    course::acknowledge,
    course::triage,
    course::triage,
    course::triage,
    course::triage,
    course::propose_descent,
    course::answer_descent,
    course::suspend,
    course::resume,
    course::extend,
    outcome::request_commitment,
    outcome::request_commitment,
    outcome::answer_commitment,
    outcome::answer_commitment,
    outcome::fulfil,
    outcome::fulfil,
    outcome::assess,
    outcome::assess,
    outcome::propose,
    outcome::reject,
    outcome::decide,
    outcome::open_fund,
    outcome::contribute,
    outcome::contribute,
    outcome::spend,
    outcome::start_measure,
    outcome::end_measure,
    outcome::feedback,
    outcome::inform,
    outcome::close,
    outcome::withdraw,
    erasures::order,
    erasures::order,
    erasures::complete,
    erasures::hold,
    erasures::lift,
    erasures::redact,
    citizens::link,
    citizens::unlink,
    again,
];

fn save() -> Command {
    Command::SaveDraft(SaveDraft {
        case: samples::case_id("case_1"),
        owner: samples::utrecht(),
        content: samples::sealed("half a story"),
    })
}

fn report(theme: &str) -> Command {
    let mut report = samples::report_about(theme);
    report.persons.push(Person {
        person_key: erasures::PERSON.into(),
        called: None,
        role: "data_subject".into(),
        age_band: "18-20".into(),
        name: Some(samples::sealed("name")),
        birth_date: None,
        address: None,
    });
    Command::Report(Box::new(report))
}

/// What only a draft or a closed case knows.
fn again(about: &About<'_>) -> Command {
    match about.that % 3 {
        0 => report(&about.file.theme),
        1 => save(),
        _ => Command::DiscardDraft,
    }
}

fn lapse(about: &About<'_>) -> Command {
    let open = deadlines(&about.run.case);
    if open.is_empty() || about.that.is_multiple_of(8) {
        let id = samples::handoff(&format!("h{}", about.this % 4));
        let due = [
            Due::HandoffReminder(id.clone()),
            Due::HandoffAnswer(id),
            Due::EscalationAcknowledgement(samples::escalation("e1")),
            Due::EscalationAnswer(samples::escalation("e1")),
            Due::AftercareCheck,
            Due::Review,
        ];
        return Command::Lapse(due[about.this % due.len()].clone());
    }
    // Mostly the one that comes first, as a clock does.
    let first = open.iter().min_by_key(|(_, when)| *when);
    match first {
        Some((due, _)) if about.that.is_multiple_of(2) => Command::Lapse(due.clone()),
        _ => Command::Lapse(open[about.this % open.len()].0.clone()),
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
