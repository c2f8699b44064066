//! The story of Bella, told through the API alone, to the point that a test needs.

use serde_json::{Value, json};

use crate::people::{
    ANNA, BAS, DIRK, INE, KOEN, LENA, LOTTE, NOOR, PETRA, Person, ROOS, SEM, SPIRIT, SVB, TARA,
    TAX_OFFICE, UTRECHT,
};
use crate::world::World;

/// Handoffs to SVB, tax office and care provider.
pub(crate) const HANDOFFS: [&str; 3] = [
    "019cae00-0000-7000-8000-000000000001",
    "019cae00-0000-7000-8000-000000000002",
    "019cae00-0000-7000-8000-000000000003",
];

/// Words that say who somebody is: whoever may not know must not find any of them anywhere.
pub(crate) const IDENTITY: [&str; 5] = [
    "Bella",
    "Sam",
    "2007-05-04",
    "Voorbeeldstraat",
    "Vader Jansen",
];

/// How far the story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Chapter {
    Reported,
    Offered,
    Accepted,
    Workshop,
    LocalTable,
    DeskAsked,
    Desk,
    TableAsked,
    Table,
    Committed,
    Decided,
    Proposed,
    Home,
    Done,
    Closed,
}

pub(crate) const CHAPTERS: [Chapter; 15] = [
    Chapter::Reported,
    Chapter::Offered,
    Chapter::Accepted,
    Chapter::Workshop,
    Chapter::LocalTable,
    Chapter::DeskAsked,
    Chapter::Desk,
    Chapter::TableAsked,
    Chapter::Table,
    Chapter::Committed,
    Chapter::Decided,
    Chapter::Proposed,
    Chapter::Home,
    Chapter::Done,
    Chapter::Closed,
];

/// The story as far as it was told.
pub(crate) struct Story<'a> {
    world: &'a World,
    pub(crate) case: String,
    pub(crate) escalation: String,
    pub(crate) requests: Vec<String>,
    pub(crate) proposal: String,
}

pub(crate) fn report() -> Value {
    json!({
        "ownReference": "ZAAK-2026-0001",
        "story": "Bella zorgt voor haar halfbroer Sam. De kinderbijslag is gestopt.",
        "desiredOutcome": "Sam blijft bij Bella wonen.",
        "lifeDomains": ["income", "care"],
        "persons": [
            {"personKey": "p1", "role": "data_subject", "ageBand": "18-20", "name": "Bella",
             "birthDate": "2007-05-04", "address": "Voorbeeldstraat 1, Utrecht"},
            {"personKey": "p2", "role": "data_subject", "ageBand": "12-17", "name": "Sam"},
            {"personKey": "p3", "role": "third_party", "ageBand": "27-66", "name": "Vader Jansen"}
        ],
        "citizensWords": "Ik, Bella, wil dat hij bij mij blijft.",
        "partiesInvolved": [SVB],
        "triedProvisions": ["Bijzondere bijstand"],
        "theme": "income",
        "region": "midden-nederland"
    })
}

pub(crate) fn offer(handoff: &str, to: &str) -> Value {
    json!({
        "handoff": handoff, "to": to, "kind": "advice",
        "requestedOutcome": "restore_child_benefit", "rules": ["child_benefit_parent"],
        "summary": "Bella heeft het geld nodig.", "legalBasis": "wmo_5_2_1"
    })
}

pub(crate) fn evidence(items: &[&str]) -> Value {
    items
        .iter()
        .map(|item| json!({"item": item, "text": "Dat is gedaan."}))
        .collect()
}

impl<'a> Story<'a> {
    /// Tells the story up to and including a chapter.
    pub(crate) async fn told(world: &'a World, until: Chapter) -> Self {
        let mut story = Self::begin(world).await;
        for chapter in CHAPTERS.into_iter().filter(|chapter| *chapter <= until) {
            story.tell(chapter).await;
        }
        story
    }

    /// The case is reported; [`Chapter::Reported`] has been told.
    pub(crate) async fn begin(world: &'a World) -> Self {
        let told = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
        Self {
            world,
            case: text(&told["case"]),
            escalation: String::new(),
            requests: Vec::new(),
            proposal: String::new(),
        }
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/cases/{}{rest}", self.case)
    }

    async fn post(&self, person: &Person, rest: &str, body: Value, status: u16) -> Value {
        self.world
            .post(person, &self.path(rest), &body)
            .await
            .expect(status)
    }

    async fn climb(&mut self, by: &Person, to: &str, items: &[&str], basis: Option<&str>) {
        let body = json!({"toRung": to, "evidence": evidence(items), "legalBasis": basis});
        let asked = self.post(by, "/escalations", body, 201).await;
        self.escalation = text(&asked["escalation"]);
    }

    async fn admit(&self, by: &Person) {
        let path = format!("/escalations/{}/triage", self.escalation);
        self.post(by, &path, json!({"answer": "admitted"}), 200)
            .await;
    }

    pub(crate) async fn tell(&mut self, chapter: Chapter) {
        match chapter {
            Chapter::Reported => {}
            Chapter::Offered => {
                for (handoff, to) in HANDOFFS.iter().zip([SVB, TAX_OFFICE, SPIRIT]) {
                    self.post(&NOOR, "/handoffs", offer(handoff, to), 201).await;
                }
            }
            Chapter::Accepted => {
                for (handoff, person) in HANDOFFS.iter().zip([SEM, TARA, KOEN]) {
                    let path = format!("/v1/handoffs/{handoff}/answer");
                    let answer = json!({"answer": "accepted"});
                    self.world.post(&person, &path, &answer).await.expect(200);
                }
                self.facts().await;
            }
            Chapter::Workshop => {
                let block = json!({"type": "rule", "rules": ["child_benefit_parent"],
                    "explanation": "De zorgende past in geen van beide regels."});
                self.post(&NOOR, "/blocks", block, 201).await;
                let items = [
                    "question",
                    "tried_provisions",
                    "citizens_wish",
                    "perspective",
                ];
                self.climb(&NOOR, "workshop", &items, None).await;
                self.admit(&PETRA).await;
            }
            Chapter::LocalTable => {
                let items = ["light_method", "parties_contacted", "legal_basis_per_party"];
                self.climb(&NOOR, "local_table", &items, None).await;
                self.admit(&PETRA).await;
            }
            Chapter::DeskAsked => {
                let items = ["local_and_regional_attempts", "organisation_supports"];
                self.climb(
                    &NOOR,
                    "national_desk",
                    &items,
                    Some("national_desk_consent"),
                )
                .await;
            }
            Chapter::Desk => self.admit(&DIRK).await,
            Chapter::TableAsked => {
                let items = ["requested_commitments", "mandate_gap", "system_obstacle"];
                self.climb(
                    &DIRK,
                    "national_table",
                    &items,
                    Some("national_table_consent"),
                )
                .await;
            }
            Chapter::Table => self.admit(&LOTTE).await,
            Chapter::Committed => self.commit().await,
            Chapter::Decided => self.decide().await,
            Chapter::Proposed => {
                let body = json!({"toRung": "local_table", "reason": "decided",
                    "receiver": {"organisation": UTRECHT, "role": "case_director"}});
                let proposed = self.post(&LENA, "/deescalations", body, 201).await;
                self.proposal = text(&proposed["proposal"]);
            }
            Chapter::Home => {
                let path = format!("/deescalations/{}/answer", self.proposal);
                self.post(&NOOR, &path, json!({"answer": "accepted"}), 200)
                    .await;
            }
            Chapter::Done => {
                for (request, person) in self.requests.iter().zip([INE, BAS, ROOS, ANNA]) {
                    let path = format!("/commitments/{request}/answer");
                    let body = json!({"answer": "fulfilled", "result": "Het geld is er."});
                    self.post(&person, &path, body, 200).await;
                }
            }
            Chapter::Closed => {
                let body = json!({"outcome": "solved_by_deviation", "evaluation": "Het geld klopt.",
                    "lesson": {"kind": "change_rule", "text": "De keten breekt bij broers en zussen."}});
                self.post(&NOOR, "/closure", body, 201).await;
            }
        }
    }

    async fn facts(&self) {
        for (person, category, basis, summary) in [
            (
                SEM,
                "finance",
                "svb_own_task",
                "Geen kinderbijslag voor Bella sinds januari.",
            ),
            (
                TARA,
                "tax",
                "awr_67_3",
                "Geen kindgebonden budget voor Bella.",
            ),
            (KOEN, "care", "care_need_present", "Hulp voor Sam is nodig."),
        ] {
            let body = json!({"category": category, "law": "law", "summary": summary,
                "since": "2026-01-01", "legalBasis": basis});
            self.post(&person, "/facts", body, 201).await;
        }
    }

    async fn commit(&mut self) {
        for of in [SVB, TAX_OFFICE, SPIRIT, UTRECHT] {
            let body = json!({"of": of, "text": "Wilt u dit doen?"});
            let asked = self.post(&LENA, "/commitments", body, 201).await;
            self.requests.push(text(&asked["request"]));
        }
        for (request, person) in self.requests.iter().zip([INE, BAS, ROOS, ANNA]) {
            let path = format!("/commitments/{request}/answer");
            let body = json!({"answer": "made", "text": "Wij doen dit.", "mandate": "Artikel 1",
                "due": "2026-04-20"});
            self.post(&person, &path, body, 200).await;
        }
    }

    async fn decide(&self) {
        let body = json!({"text": "Vier organisaties doen hun deel.",
            "room": "deviation_from_policy_rule", "grounds": ["justice", "statute_intent"],
            "systemObstacle": "De keten breekt."});
        self.post(&LENA, "/decisions", body, 201).await;
        let told = |to: &str| json!({"to": to, "text": "Het is besloten."});
        self.post(&LENA, "/feedback", told("raiser"), 201).await;
        self.post(&NOOR, "/feedback", told("citizen"), 201).await;
    }
}

pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}
