//! What of a case is looked through: the API's own answers about it, so that nothing is found that
//! could not be read, and the names of what stands in them as codes, in both languages.

use chassis::problem::Problem;
use gate::{CaseFacts, Category, Strength};
use ladder::CaseId;
use proto::Oin;
use serde_json::Value;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::cases::CaseSeen;
use super::super::closing::closure_seen;
use super::super::records::{blocks_seen, facts_seen, records};
use super::super::refusal::unavailable;
use super::super::reveal::{ERASED, Reader};
use super::super::sight::{self, Sight};
use crate::views::CaseRow;

/// Something to look through.
pub(super) struct Field {
    /// What it is.
    pub(super) name: &'static str,
    /// The category of data under which it was shown.
    pub(super) category: Category,
    /// Its words.
    pub(super) text: String,
    /// Whether a piece of it says why it was found; a code says that by itself.
    pub(super) shown: bool,
}

/// What the caller sees of a case.
pub(super) struct Seen {
    /// How much of its course.
    pub(super) course: Strength,
    /// What the caller's own organisation calls it.
    pub(super) own_reference: Option<String>,
    /// What is looked through.
    pub(super) fields: Vec<Field>,
}

/// Where texts stand in the answer about a case.
const TEXTS: [(&str, &str, Category); 7] = [
    ("story", "story", Category::Family),
    ("desiredOutcome", "wish", Category::Family),
    ("citizensWords", "words", Category::Family),
    ("perspective", "words", Category::Family),
    ("triedProvisions", "tried", Category::Family),
    ("noProvisionReason", "tried", Category::Family),
    ("partiesInvolved", "organisation", Category::Process),
];

/// What the caller sees of this case. Whoever may know that it is there and not read it sees the line
/// in a list.
pub(super) async fn of(
    platform: &Platform,
    caller: &Caller,
    (row, facts): (&CaseRow, &CaseFacts),
    (id, pseudonym): (&CaseId, &str),
) -> Result<Seen, Problem> {
    let mut reader = Reader::new(platform, caller, facts, "searchCases");
    let course = reader.strength(Category::Process);
    let mut fields = Fields::default();
    fields.shown("reference", Category::Process, pseudonym);
    of_course(platform, &mut fields, row, course);
    let mut own_reference = None;
    if sight::can_read(platform, caller, facts) {
        let sight = Sight {
            row: row.clone(),
            facts: facts.clone(),
            id: id.clone(),
        };
        let seen = json(&CaseSeen::of(platform, caller, sight).await?)?;
        own_reference = seen["ownReference"].as_str().map(str::to_owned);
        of_case(platform, &mut fields, &seen);
        let rows = records(platform, id.as_str(), "facts").await?;
        let told = facts_seen(platform, (caller, &mut reader), id.as_str(), rows).await?;
        for fact in told {
            of_fact(platform, &mut fields, &json(&fact)?);
        }
        let rows = records(platform, id.as_str(), "blocks").await?;
        for block in blocks_seen(&mut reader, rows).await? {
            of_block(platform, &mut fields, &json(&block)?);
        }
        let rows = records(platform, id.as_str(), "closure").await?;
        for end in closure_seen(&mut reader, rows, course).await? {
            of_end(&mut fields, &json(&end)?);
        }
    }
    Ok(Seen {
        course,
        own_reference,
        fields: fields.0,
    })
}

#[derive(Default)]
struct Fields(Vec<Field>);

impl Fields {
    fn shown(&mut self, name: &'static str, category: Category, text: &str) {
        if text != ERASED {
            self.add(name, category, text.to_owned(), true);
        }
    }

    /// A code by what the screens call it, in both languages.
    fn code(&mut self, name: &'static str, category: Category, list: &str, code: &str) {
        let words = screens::catalogue().get(&format!("codes.{list}.{code}"));
        let text = words.map(|both| format!("{} {}", both.nl, both.en));
        let text = text.unwrap_or_else(|| code.replace(['_', '-'], " "));
        self.add(name, category, text, false);
    }

    fn add(&mut self, name: &'static str, category: Category, text: String, shown: bool) {
        self.0.push(Field {
            name,
            category,
            text,
            shown,
        });
    }
}

fn json(seen: &impl serde::Serialize) -> Result<Value, Problem> {
    serde_json::to_value(seen).map_err(unavailable)
}

/// A text, or the texts of a list.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let many = value.as_array().into_iter().flatten();
    many.chain(std::iter::once(value)).filter_map(Value::as_str)
}

fn of_course(platform: &Platform, fields: &mut Fields, row: &CaseRow, course: Strength) {
    let process = Category::Process;
    if course >= Strength::Masked {
        fields.code("theme", process, "theme", &row.theme);
        fields.code("state", process, "state", &row.state);
        if let Some(outcome) = &row.outcome {
            fields.code("outcome", process, "outcome", outcome);
        }
        let rungs = platform.ground.rules.ladder.rungs().iter();
        for rung in rungs.filter(|rung| rung.id.as_str() == row.rung) {
            fields.shown("rung", process, &rung.name);
        }
    }
    if course == Strength::Full {
        fields.add("region", process, row.region.replace('-', " "), false);
        for organisation in [&row.owner, &row.raiser, &row.handler] {
            let oin = Oin::parse(organisation).ok();
            if let Some(party) = oin.and_then(|oin| platform.parties.get(&oin)) {
                fields.shown("organisation", process, &party.display_name);
            }
        }
    }
}

fn of_case(platform: &Platform, fields: &mut Fields, case: &Value) {
    for reference in texts(&case["ownReference"]) {
        fields.shown("reference", Category::Process, reference);
    }
    for (place, name, category) in TEXTS {
        for text in texts(&case[place]) {
            fields.shown(name, category, text);
        }
    }
    let catalogue = &platform.catalogues.provisions;
    for tried in case["provisions"].as_array().into_iter().flatten() {
        let known = tried["provision"].as_str().and_then(|id| catalogue.get(id));
        if let Some(provision) = known {
            fields.shown("tried", Category::Process, &provision.name);
        }
    }
}

fn of_fact(platform: &Platform, fields: &mut Fields, fact: &Value) {
    let category = fact["category"].as_str().and_then(Category::from_word);
    let Some(category) = category else { return };
    for text in texts(&fact["summary"]) {
        fields.shown("fact", category, text);
    }
    of_rules(platform, fields, category, &fact["rule"]);
}

fn of_block(platform: &Platform, fields: &mut Fields, block: &Value) {
    let category = Category::Decision;
    if let Some(kind) = block["type"].as_str() {
        fields.code("block", category, "block", kind);
    }
    for text in texts(&block["explanation"]) {
        fields.shown("block", category, text);
    }
    of_rules(platform, fields, category, &block["rules"]);
}

/// Rules by their names and those of their laws.
fn of_rules(platform: &Platform, fields: &mut Fields, category: Category, named: &Value) {
    let catalogue = &platform.catalogues.rules;
    for rule in texts(named).filter_map(|id| catalogue.get(id)) {
        let statute = match &rule.basis {
            ladder::catalogue::Basis::Statute(id) => catalogue.statute(id),
            ladder::catalogue::Basis::Internal => None,
        };
        let law = statute.map_or("", |statute| statute.name.as_str());
        fields.shown("rule", category, format!("{} {law}", rule.name).trim());
    }
}

fn of_end(fields: &mut Fields, end: &Value) {
    for text in texts(&end["text"]) {
        fields.shown("lesson", Category::Lesson, text);
    }
    if let Some(kind) = end["lesson"].as_str() {
        fields.code("lesson", Category::Lesson, "lesson", kind);
    }
    for place in ["evaluation", "reason"] {
        for text in texts(&end[place]) {
            fields.shown("end", Category::Decision, text);
        }
    }
}
