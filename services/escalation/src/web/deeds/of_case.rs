//! What people do in a case.

mod answers;
mod outcomes;

use super::Kind::{Checks, Day, Flag, Line, Lines, List, Radios};
use super::{Choices, Group, Part, Spec};
use Choices::{Bases, Codes, Evidence, Parties, Rules, Rungs};

const BLOCKS: &[&str] = &[
    "financial",
    "rule",
    "cooperation",
    "capacity",
    "scarcity",
    "legal_basis",
    "mandate",
];
const ASKED: &[&str] = &["advice", "task", "ownership"];
const REFUSALS: &[&str] = &[
    "not_complete",
    "not_competent",
    "scarcity",
    "standard_available",
    "other_route",
];
const ROOMS: &[&str] = &["within_law", "deviation_from_policy_rule", "beyond_law"];
const GROUNDS: &[&str] = &[
    "justice",
    "statute_intent",
    "agency",
    "equality",
    "safety",
    "durability",
    "cost",
];
const ENDINGS: &[&str] = &[
    "solved_within_rules",
    "solved_by_deviation",
    "solved_by_budget",
    "partly_solved",
    "not_solved_scarcity",
    "not_solved_no_power",
];
const LESSONS: &[&str] = &["deviate", "change_rule", "scrap_rule"];
const RECEIVERS: &[&str] = &["case_director", "process_director"];
const DOWN: &[&str] = &["decided", "not_needed_here"];

pub(super) const fn text(word: &'static str) -> Part {
    Part::must("tekst", word, "/text", Lines(4))
}

/// What a decision rests on, wherever it is taken.
pub(super) const ROOM: Part = Part::must("ruimte", "room", "/room", Radios(Codes("room", ROOMS)));
pub(super) const WHY: Part = Part::must(
    "gronden",
    "grounds",
    "/grounds",
    Checks(Codes("ground", GROUNDS)),
)
.helped();
/// On what a promise rests, and until when, wherever it is made. A page offers the mandates that the
/// register holds.
pub(super) const MANDATE: Part = Part::must("mandaat", "mandate", "/mandate", Line).helped();
pub(super) const DUE: Part = Part::must("dag", "due", "/due", Day);

/// In the order in which a case comes to them.
pub(in crate::web) const OF_CASE: &[Spec] = &[
    Spec {
        name: "vraag",
        path: "handoffs",
        says: &[],
        lead: true,
        parts: &[
            Part::must("aan", "to", "/to", List(Parties(Group::Others))),
            Part::must("soort", "asked", "/kind", Radios(Codes("asked", ASKED))),
            Part::must(
                "uitkomst",
                "outcome",
                "/requestedOutcome",
                List(Codes("outcome-asked", outcomes::ASKED)),
            ),
            Part::must("tekst", "summary", "/summary", Lines(4)).helped(),
            Part::must("grondslag", "basis", "/legalBasis", List(Bases)).helped(),
            Part::may("spoed", "urgent", "/urgent", Flag),
        ],
    },
    answers::COUNTER_TAKEN,
    answers::COUNTER_REFUSED,
    answers::OFFER_WITHDRAWN,
    Spec {
        name: "blokkade",
        path: "blocks",
        says: &[],
        lead: false,
        parts: &[
            Part::must("soort", "block", "/type", Radios(Codes("block", BLOCKS))),
            Part::must("tekst", "explanation", "/explanation", Lines(4)).helped(),
            Part::may("regels", "rules", "/rules", Checks(Rules)),
        ],
    },
    Spec {
        name: "beleving",
        path: "perspectives",
        says: &[],
        lead: false,
        parts: &[text("perspective").helped()],
    },
    Spec {
        name: "aandringen",
        path: "insistences",
        says: &[],
        lead: true,
        parts: &[
            Part::must("tekst", "insistence", "/explanation", Lines(4)),
            Part::may("grondslag", "basis", "/legalBasis", List(Bases)),
        ],
    },
    Spec {
        name: "gezien",
        path: "escalations/{over}/acknowledgement",
        says: &[],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "toelaten",
        path: "escalations/{over}/triage",
        says: &[("/answer", "admitted")],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "teruggeven",
        path: "escalations/{over}/triage",
        says: &[("/answer", "returned")],
        lead: true,
        parts: &[
            Part::must("mist", "missing-items", "/missing", Checks(Evidence)),
            Part::may("tekst", "advice", "/text", Lines(3)).helped(),
        ],
    },
    Spec {
        name: "weigeren",
        path: "escalations/{over}/triage",
        says: &[("/answer", "refused")],
        lead: true,
        parts: &[
            Part::must(
                "reden",
                "refusal",
                "/reason",
                Radios(Codes("admission", REFUSALS)),
            ),
            Part::must("tekst", "advice", "/text", Lines(3)).helped(),
        ],
    },
    answers::OBJECTION_UPHELD,
    answers::OBJECTION_OVERRULED,
    answers::OBJECTION_EXTENDED,
    answers::OBJECTION_LIFTED,
    answers::BRIDGE,
    answers::BRIDGE_ENDED,
    Spec {
        name: "spoed",
        path: "urgency",
        says: &[],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "toezegging-vragen",
        path: "commitments",
        says: &[],
        lead: true,
        parts: &[
            Part::must("aan", "to", "/of", List(Parties(Group::All))),
            text("request"),
        ],
    },
    Spec {
        name: "toezeggen",
        path: "commitments/{over}/answer",
        says: &[("/answer", "made")],
        lead: true,
        parts: &[text("promise"), MANDATE, DUE],
    },
    Spec {
        name: "niet-toezeggen",
        path: "commitments/{over}/answer",
        says: &[("/answer", "refused")],
        lead: false,
        parts: &[Part::must("tekst", "why-not", "/reason", Lines(3))],
    },
    Spec {
        name: "gedaan",
        path: "commitments/{over}/answer",
        says: &[("/answer", "fulfilled")],
        lead: false,
        parts: &[Part::must("tekst", "result", "/result", Lines(3))],
    },
    Spec {
        name: "besluit",
        path: "decisions",
        says: &[],
        lead: true,
        parts: &[
            text("decision"),
            ROOM,
            WHY,
            Part::may("obstakel", "obstacle", "/systemObstacle", Lines(3)).helped(),
        ],
    },
    Spec {
        name: "terugkoppelen",
        path: "feedback",
        says: &[("/to", "raiser")],
        lead: false,
        parts: &[text("feedback")],
    },
    Spec {
        name: "inwoner-vertellen",
        path: "feedback",
        says: &[("/to", "citizen")],
        lead: false,
        parts: &[text("told").helped()],
    },
    Spec {
        name: "toegang",
        path: "citizen-codes",
        says: &[("/personKey", "{over}")],
        lead: true,
        parts: &[],
    },
    Spec {
        name: "afschalen",
        path: "deescalations",
        says: &[],
        lead: true,
        parts: &[
            Part::must("trede", "rung", "/toRung", List(Rungs)),
            Part::must(
                "aan",
                "to",
                "/receiver/organisation",
                List(Parties(Group::Owners)),
            ),
            Part::must(
                "rol",
                "role",
                "/receiver/role",
                Radios(Codes("role", RECEIVERS)),
            ),
            Part::must("reden", "why", "/reason", Radios(Codes("down", DOWN))),
        ],
    },
    Spec {
        name: "terugnemen",
        path: "deescalations/{over}/answer",
        says: &[("/answer", "accepted")],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "sluiten",
        path: "closure",
        says: &[],
        lead: true,
        parts: &[
            Part::must(
                "uitkomst",
                "ending",
                "/outcome",
                Radios(Codes("outcome", ENDINGS)),
            ),
            Part::must("tekst", "evaluation", "/evaluation", Lines(4)),
            Part::may(
                "soort",
                "lesson-kind",
                "/lesson/kind",
                Radios(Codes("lesson", LESSONS)),
            ),
            Part::may("les", "lesson", "/lesson/text", Lines(3)).helped(),
            Part::may("geen-les", "no-lesson", "/noLesson", Flag),
        ],
    },
];
