//! Every cell of `deploy/matrix.toml`, through the API: a case goes up the whole ladder with a fact
//! of every category from three organisations, and on every rung every role reads it for every
//! purpose that it has, and for one that it has not.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use chassis::Parties;
use escalation::policy;
use gate::{Category, Gate, Purpose, Role, Strength};
use proofs::{Condition, Level, Matrix, Row, Standing};
use proto::Oin;
use serde_json::{Value, json};

use crate::people::{
    DESK, DIRK, KOEN, LENA, LOTTE, NOOR, PETRA, Person, SEM, SPIRIT, SVB, TABLE, TAX_OFFICE,
    UTRECHT, YARA, YOUTH_TEAM,
};
use crate::story::{HANDOFFS, evidence, offer, report, text};
use crate::world::World;

/// Who reads: an organisation and one role. The tax office never answers its offer.
const READERS: [(&str, &str); 21] = [
    (UTRECHT, "citizen"),
    (UTRECHT, "raiser"),
    (UTRECHT, "case_director"),
    (UTRECHT, "process_director"),
    (UTRECHT, "administrator"),
    (UTRECHT, "privacy_officer"),
    (UTRECHT, "analyst"),
    (UTRECHT, "operator"),
    (TAX_OFFICE, "agency_liaison"),
    (TAX_OFFICE, "care_professional"),
    (TAX_OFFICE, "fund_holder"),
    (SVB, "agency_liaison"),
    (SVB, "administrator"),
    (SVB, "table_member"),
    (SVB, "privacy_officer"),
    (SPIRIT, "care_professional"),
    (SPIRIT, "fund_holder"),
    (YOUTH_TEAM, "regional_handler"),
    (DESK, "national_adviser"),
    (TABLE, "table_member"),
    (TABLE, "privacy_officer"),
];

/// Rows that no read of one case through the API can reach, and why.
const OUT_OF_REACH: [&str; 3] = [
    // For analysts and operators no single case is there: they have statistics.
    "Analyst, of cases of the own organisation",
    "Operator",
    "Lessons, for analysts",
];

/// A case on its way up, as far as it is.
struct Climb<'a> {
    world: &'a World,
    case: String,
    level: Level,
    /// From whom to whom a ground for sharing is recorded.
    grounds: BTreeSet<(String, String)>,
    parties: Parties,
}

/// Who recorded a fact, of which category, and under which law.
struct Told {
    source: &'static str,
    category: Category,
    law: &'static str,
}

impl<'a> Climb<'a> {
    /// At own work: offered to three, accepted by two, told by all who have a part.
    async fn begin(world: &'a World) -> (Self, BTreeMap<i64, Told>) {
        let mut story = report();
        story["theme"] = "care_and_safety".into();
        let told = world.post(&NOOR, "/v1/cases", &story).await.expect(201);
        let mut climb = Self {
            world,
            case: text(&told["case"]),
            level: Level::L0,
            grounds: BTreeSet::new(),
            parties: Parties::embedded().unwrap(),
        };
        let link = json!({"personKey": "p1", "citizen": "reader"});
        climb.post(&NOOR, "/citizens", &link, 201).await;
        for (handoff, to) in HANDOFFS.iter().zip([SVB, TAX_OFFICE, SPIRIT]) {
            climb
                .post(&NOOR, "/handoffs", &offer(handoff, to), 201)
                .await;
        }
        for (handoff, person) in [(HANDOFFS[0], SEM), (HANDOFFS[2], KOEN)] {
            let path = format!("/v1/handoffs/{handoff}/answer");
            let answer = json!({"answer": "accepted"});
            world.post(&person, &path, &answer).await.expect(200);
        }
        let facts = climb.facts().await;
        let bases = world
            .get(&NOOR, &climb.path("/legal-bases"))
            .await
            .expect(200);
        climb.grounds = bases["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|basis| (text(&basis["source"]), text(&basis["receiver"])))
            .collect();
        let block = json!({"type": "rule", "explanation": "Het botst."});
        climb.post(&NOOR, "/blocks", &block, 201).await;
        (climb, facts)
    }

    /// A fact of every category from everybody with a part; one more is known under the SVB's law.
    async fn facts(&self) -> BTreeMap<i64, Told> {
        let mut told = Vec::new();
        for (person, law) in [
            (NOOR, "participation_act"),
            (SEM, "child_benefit_act"),
            (KOEN, "medical_treatment_act"),
        ] {
            for category in Category::ALL.iter().copied() {
                told.push((person, category, law));
            }
        }
        told.push((NOOR, Category::Finance, "child_benefit_act"));
        let mut facts = BTreeMap::new();
        for (person, category, law) in told {
            let body = json!({"category": category.as_str(), "law": law, "summary": "Zo is het.",
                "since": "2026-01-01", "legalBasis": "basis"});
            let written = self.post(&person, "/facts", &body, 201).await;
            let fact = Told {
                source: person.organisation,
                category,
                law,
            };
            facts.insert(written["position"].as_i64().unwrap(), fact);
        }
        facts
    }

    /// The next rung.
    async fn up(&mut self) {
        let (to, items, by, admits, basis, next): (_, &[&str], _, _, _, _) = match self.level {
            Level::L0 => {
                let items = &[
                    "question",
                    "tried_provisions",
                    "citizens_wish",
                    "perspective",
                ];
                ("workshop", items, NOOR, PETRA, None, Level::L1)
            }
            Level::L1 => {
                let items = &["light_method", "parties_contacted", "legal_basis_per_party"];
                ("local_table", items, NOOR, PETRA, None, Level::L2)
            }
            Level::L2 => {
                let items = &["plan", "urgency"];
                ("regional_table", items, NOOR, YARA, Some("wgs"), Level::L3)
            }
            Level::L3 => {
                let items = &["local_and_regional_attempts", "organisation_supports"];
                ("national_desk", items, NOOR, DIRK, Some("desk"), Level::L4)
            }
            Level::L4 => {
                let items = &["requested_commitments", "mandate_gap", "system_obstacle"];
                (
                    "national_table",
                    items,
                    DIRK,
                    LOTTE,
                    Some("table"),
                    Level::L5,
                )
            }
            Level::L5 => panic!("there is no rung above"),
        };
        let body = json!({"toRung": to, "evidence": evidence(items), "legalBasis": basis});
        let asked = self.post(&by, "/escalations", &body, 201).await;
        let path = format!("/escalations/{}/triage", text(&asked["escalation"]));
        self.post(&admits, &path, &json!({"answer": "admitted"}), 200)
            .await;
        if next == Level::L5 {
            let body = json!({"of": SVB, "text": "Wilt u dit doen?"});
            self.post(&LENA, "/commitments", &body, 201).await;
        }
        self.level = next;
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/cases/{}{rest}", self.case)
    }

    async fn post(&self, person: &Person, rest: &str, body: &Value, status: u16) -> Value {
        let path = self.path(rest);
        self.world.post(person, &path, body).await.expect(status)
    }

    /// How an organisation stands to the case now.
    fn stands(&self, organisation: &str) -> Vec<Standing> {
        use Standing::{Accepted, Committed, Handler, Offered, Owner, PastHandler, Raiser};
        let mut standing = vec![Standing::Anyone];
        let handler = match self.level {
            Level::L0 | Level::L1 | Level::L2 => UTRECHT,
            Level::L3 => YOUTH_TEAM,
            Level::L4 => DESK,
            Level::L5 => TABLE,
        };
        if organisation == handler {
            standing.push(Handler);
        }
        standing.extend(match organisation {
            UTRECHT => vec![Owner, Raiser],
            SVB if self.level == Level::L5 => vec![Accepted, Committed],
            SVB | SPIRIT => vec![Accepted],
            TAX_OFFICE => vec![Offered],
            YOUTH_TEAM if self.level > Level::L3 => vec![PastHandler],
            DESK if self.level > Level::L4 => vec![PastHandler],
            _ => Vec::new(),
        });
        standing
    }

    fn holds(&self, row: &Row, organisation: &str, role: Role, purpose: Purpose) -> bool {
        let standing = self.stands(organisation);
        row.roles.contains(&role)
            && row.purpose.is_none_or(|only| only == purpose)
            && row.levels.contains(&self.level)
            && row.standing.iter().any(|one| {
                standing.contains(one) || (*one == Standing::Citizen && role == Role::Citizen)
            })
            && row
                .theme
                .as_deref()
                .is_none_or(|only| only == "care_and_safety")
    }

    fn fulfilled(&self, condition: Condition, organisation: &str, fact: &Told) -> bool {
        let own = fact.source == organisation;
        match condition {
            Condition::OwnPart => own,
            Condition::OwnLaw => own || self.shared(organisation, fact),
            // A test of its own tells what passes open.
            Condition::RecordedGround | Condition::EmergencyPass | Condition::TemporaryPass => {
                false
            }
        }
    }

    /// A ground opens income and debts only to whoever carries out the law of the fact.
    fn shared(&self, organisation: &str, fact: &Told) -> bool {
        let party = self
            .parties
            .get(&Oin::parse(organisation).unwrap())
            .unwrap();
        let told = (fact.source.to_owned(), organisation.to_owned());
        self.grounds.contains(&told)
            && (fact.category != Category::Finance || party.laws.iter().any(|law| law == fact.law))
    }
}

/// The embedded rules, with a regional body for care and safety.
fn rules() -> ladder::Rules {
    let folder = tempfile::tempdir().unwrap();
    let ladder = include_str!("../../../../deploy/ladder.toml").replace(
        "themes = [\"youth_care\"]",
        "themes = [\"care_and_safety\"]",
    );
    let calendar = include_str!("../../../../deploy/calendar.toml");
    let legal_bases = include_str!("../../../../deploy/legal-bases.toml");
    for (name, text) in [
        ("ladder.toml", ladder.as_str()),
        ("calendar.toml", calendar),
        ("legal-bases.toml", legal_bases),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    policy::load(folder.path()).unwrap()
}

#[tokio::test]
async fn every_cell_of_the_matrix_is_what_the_api_shows() {
    let world = World::with_rules(rules()).await;
    let matrix = Matrix::embedded().unwrap();
    let gate = Gate::embedded().unwrap();
    let (mut climb, facts) = Climb::begin(&world).await;
    let (mut reached, mut cells) = (BTreeSet::new(), 0);
    loop {
        for (organisation, word) in READERS {
            let role = Role::from_word(word).unwrap();
            let usual = gate.usual_purposes(role).iter().copied();
            for purpose in usual.chain([Purpose::Operate]) {
                let place = format!("{:?} {organisation} {role} {purpose}", climb.level);
                let rows: Vec<&Row> = matrix
                    .rows
                    .iter()
                    .filter(|row| climb.holds(row, organisation, role, purpose))
                    .collect();
                let Some(seen) = read(&climb, organisation, role, purpose).await else {
                    // For whom no case is there, the matrix gives nothing of it but lessons.
                    let given = rows
                        .iter()
                        .filter(|row| !OUT_OF_REACH.contains(&row.name.as_str()));
                    let given = given.flat_map(|row| &row.cells).filter(|(category, cell)| {
                        **category != Category::Lesson && !cell.given.is_empty()
                    });
                    assert_eq!(given.count(), 0, "{place}: not there");
                    continue;
                };
                assert_eq!(seen.len(), facts.len(), "{place}");
                for (position, fact) in &facts {
                    let expected = rows
                        .iter()
                        .flat_map(|row| &row.cells[&fact.category].given)
                        .filter(|given| {
                            given
                                .condition
                                .is_none_or(|one| climb.fulfilled(one, organisation, fact))
                        })
                        .map(|given| given.strength)
                        .max()
                        .unwrap_or(Strength::None);
                    assert_eq!(
                        seen[position],
                        shown(expected),
                        "{place}: {} of {}",
                        fact.category,
                        fact.source
                    );
                    cells += 1;
                }
                reached.extend(rows.iter().map(|row| row.name.clone()));
            }
        }
        if climb.level == Level::L5 {
            break;
        }
        climb.up().await;
    }
    let left: Vec<&str> = matrix
        .rows
        .iter()
        .map(|row| row.name.as_str())
        .filter(|name| !reached.contains(*name))
        .collect();
    assert_eq!(left, OUT_OF_REACH);
    assert!(cells > 4_000, "{cells}");
}

/// How much is shown of each fact, by its position; `None`: the case is not there.
async fn read(
    climb: &Climb<'_>,
    organisation: &'static str,
    role: Role,
    purpose: Purpose,
) -> Option<BTreeMap<i64, String>> {
    let roles: &'static [&'static str] = vec![role.as_str()].leak();
    let person = Person {
        name: "reader",
        organisation,
        roles,
    };
    let headers = [("Purpose", purpose.as_str())];
    let path = climb.path("/facts?pageSize=100");
    let reply = climb
        .world
        .ask(&person, Method::GET, &path, &headers, None)
        .await;
    if reply.status.as_u16() == 404 {
        return None;
    }
    let list = reply.expect(200);
    let items = list["items"].as_array().unwrap().iter();
    let seen = items.map(|item| {
        let shown = text(&item["shown"]);
        assert_eq!(item["summary"].is_string(), shown == "full", "{item}");
        (item["position"].as_i64().unwrap(), shown)
    });
    Some(seen.collect())
}

fn shown(strength: Strength) -> &'static str {
    match strength {
        Strength::Full => "full",
        Strength::Masked => "masked",
        Strength::Pseudonym => "pseudonym",
        Strength::None => "none",
    }
}
