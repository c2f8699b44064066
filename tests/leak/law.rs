//! Which field of what people and systems hand in says something about a person, and in which
//! column of the matrix it stands. Written by hand from the domain (section e1), apart from the
//! code that is tested: what the code thinks of a field is not asked here.

use gate::Category;
use serde_json::{Map, Value};

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// It says something about a person: data of this column.
    About(Category),
    /// A draft: read by whoever writes it, and by nobody else (a draft is not shared yet).
    Draft,
    /// What an organisation calls the case in its own files: for that organisation only.
    OwnReference,
    /// It may name nobody, so everybody may read it: a structural signal.
    NamesNobody,
    /// A code, an id, a date of a proceeding, an amount.
    Code,
}

/// What its values look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// Words; each text is another.
    Words,
    /// The same value stands in several files and must stay the same: a name, an address, a
    /// reference.
    Same,
    /// A day of birth.
    Birth,
    /// A person number.
    Number,
}

/// What a field is and looks like. `place` is the event, or the call without its ids
/// (`cases/blocks`); `around` are the fields beside it. `None`: nobody decided yet.
pub(crate) fn of(place: &str, name: &str, around: &Map<String, Value>) -> Option<(Rule, Shape)> {
    let words = |category| (Rule::About(category), Shape::Words);
    let decision = words(Category::Decision);
    let household = words(Category::Family);
    let identity = match around.get("role").and_then(Value::as_str) {
        Some("third_party") => Category::ThirdParty,
        _ => Category::Identity,
    };
    Some(match (place, name) {
        ("drafts", "story") => (Rule::Draft, Shape::Words),
        (_, "name" | "address") => (Rule::About(identity), Shape::Same),
        // What the raiser calls a person: it may be a name.
        (_, "personKey") => (Rule::About(identity), Shape::Same),
        (_, "birthDate") => (Rule::About(identity), Shape::Birth),
        (_, "bsn" | "childBsn") => (Rule::About(Category::Bsn), Shape::Number),
        (_, "ownReference") => (Rule::OwnReference, Shape::Same),
        ("fact.reported" | "cases/facts", "summary") => {
            let column = around.get("category").and_then(Value::as_str);
            words(column.and_then(Category::from_word)?)
        }
        ("care.provided", "need" | "details") => words(Category::Health),
        (
            _,
            "story" | "desiredOutcome" | "citizensWords" | "perspective" | "noWordsReason"
            | "noProvisionReason" | "triedProvisions" | "summary" | "question",
        ) => household,
        ("cases/perspectives", "text") => household,
        // As the raiser names them: a practice may bear a person's name.
        (_, "partiesInvolved") => (Rule::About(Category::Process), Shape::Same),
        ("signals" | "signals/answer" | "signals/steps", "text") => {
            (Rule::NamesNobody, Shape::Words)
        }
        ("cases/closure", "text") => words(Category::Lesson),
        (
            _,
            "text" | "explanation" | "alternative" | "evaluation" | "difference" | "systemObstacle"
            | "purpose",
        ) => decision,
        ("commitment.made", "mandate") => decision,
        ("commitment.fulfilled" | "cases/commitments/answer", "result") => decision,
        ("commitment.refused" | "handoff.returned" | "handoff.withdrawn", "reason") => decision,
        ("advice.given", "answer") => decision,
        _ if CODES.contains(&name) => (Rule::Code, Shape::Words),
        _ => return None,
    })
}

/// Fields that say nothing about a person: codes of a list, ids of catalogues, organisations,
/// rungs and requests, days of a proceeding. `personRef` is an organisation's own opaque key for its
/// employee, `contact` in an assignment is the id of a post.
const CODES: &[&str] = &[
    "actedBy",
    "ageBand",
    "allowance",
    "answer",
    "article",
    "assessment",
    "assessments",
    "benefit",
    "cases",
    "category",
    "cause",
    "contact",
    "due",
    "follows",
    "from",
    "grounds",
    "handoff",
    "insteadOf",
    "item",
    "kind",
    "law",
    "legalBasis",
    "lifeDomains",
    "mandate",
    "method",
    "of",
    "organisation",
    "outcome",
    "part",
    "personRef",
    "proposal",
    "provision",
    "reason",
    "region",
    "request",
    "requestedOutcome",
    "result",
    "role",
    "room",
    "rule",
    "rules",
    "scope",
    "since",
    "skipReason",
    "subject",
    "target",
    "theme",
    "to",
    "toRung",
    "type",
];
