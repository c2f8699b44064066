//! Small ladders with short terms, so that time has few moments.

use jiff::SignedDuration;
use ladder::catalogue::LegalBasisCatalogue;
use ladder::{Calendar, Ladder, Organisation, Rules};

macro_rules! organisations {
    ($($(#[$doc:meta])* $name:ident = $oin:literal),+ $(,)?) => {
        $($(#[$doc])* pub(crate) fn $name() -> Organisation { Organisation::parse($oin).unwrap() })+
    };
}

organisations! {
    /// Raises the case and owns it first.
    owner = "00000099000000001000",
    /// The other organisation.
    other = "00000099000000002000",
    /// The body of the second rung.
    desk = "00000099000000006000",
    /// The body of the third rung.
    table = "00000099000000007000",
}

/// The term to answer, of handoffs and of requests, when nothing is urgent.
pub(crate) const ORDINARY_ANSWER: SignedDuration = SignedDuration::from_hours(4);

/// In hours, for the calendar does nothing to those. The terms differ from each other where the
/// order in which they end matters.
const TERMS: &str = r#"
[terms]
handoff_answer = "4h"
handoff_answer_urgent = "2h"
climb_after = "3h"
urgent_confirmation = "1h"
completion = "2h"
decision = "2h"
progress_review = "6h"
block_review = "6h"
counter_follow_up = "2h"
explain = "3h"
aftercare_checks = ["2h", "4h"]
"#;

const OWN_WORK: &str = r#"
[[rung]]
id = "own_work"
name = "Eigen werk"
tier = "local"
body = "owner"
"#;

const DESK: &str = r#"
[[rung]]
id = "desk"
name = "Loket"
tier = "national"
body = { organisation = "00000099000000006000" }
admission = { role = "adviser" }
evidence = ["plan"]
answer = "4h"
answer_urgent = "2h"
review = "5h"
"#;

const TABLE: &str = r#"
[[rung]]
id = "table"
name = "Tafel"
tier = "national"
body = { organisation = "00000099000000007000" }
admission = { role = "adviser" }
evidence = ["obstacle"]
answer = "4h"
answer_urgent = "2h"
review = "5h"
"#;

fn rules(rungs: &[&str]) -> Rules {
    let file = format!("{TERMS}{}", rungs.concat());
    Rules {
        ladder: Ladder::from_toml(&file).unwrap(),
        calendar: Calendar::from_toml(include_str!("../../../../deploy/calendar.toml")).unwrap(),
        closures: Default::default(),
        legal_bases: LegalBasisCatalogue::from_toml(
            include_str!("../rules/samples/legal-bases.toml"),
            "legal-bases.toml",
        )
        .unwrap(),
        organisations: Default::default(),
    }
}

/// The owner's own work, and a desk above it.
pub(crate) fn two_rungs() -> Rules {
    rules(&[OWN_WORK, DESK])
}

/// The same, where the desk owes a first word before its answer.
pub(crate) fn two_rungs_with_a_first_word() -> Rules {
    let desk = DESK.replace("review = ", "acknowledge = \"3h\"\nreview = ");
    rules(&[OWN_WORK, &desk])
}

/// And a table above the desk.
pub(crate) fn three_rungs() -> Rules {
    rules(&[OWN_WORK, DESK, TABLE])
}
