//! A meeting of the national table about Bella's case, as far as a test needs it.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{LENA, Person, SPIRIT, SVB, TABLE, TAX_OFFICE, UTRECHT};
use crate::story::{Chapter, Story, text};
use crate::world::{Reply, World};

/// Five weeks after the story begins.
const MEETS: &str = "2026-04-07T09:00:00Z";

pub(crate) struct Meeting<'a> {
    world: &'a World,
    pub(crate) case: String,
    pub(crate) id: String,
}

impl<'a> Meeting<'a> {
    /// Planned, with the case on its agenda and everybody concerned invited.
    pub(crate) async fn planned(world: &'a World) -> Self {
        let story = Story::told(world, Chapter::Table).await;
        let planned = json!({"rung": "national_table", "at": MEETS});
        let planned = world
            .post(&LENA, "/v1/meetings", &planned)
            .await
            .expect(201);
        let meeting = Self {
            world,
            case: story.case,
            id: text(&planned["id"]),
        };
        let case = json!({"case": meeting.case});
        meeting.post(&LENA, "/agenda", case).await.expect(200);
        for organisation in [TABLE, SVB, TAX_OFFICE, SPIRIT, UTRECHT] {
            let invited = json!({"organisation": organisation});
            meeting
                .post(&LENA, "/invitations", invited)
                .await
                .expect(200);
        }
        meeting
    }

    /// The same, opened with everybody who was invited.
    pub(crate) async fn open(world: &'a World) -> Self {
        let meeting = Self::planned(world).await;
        let present = json!({"present": [TABLE, SVB, TAX_OFFICE, SPIRIT, UTRECHT]});
        meeting.post(&LENA, "/opening", present).await.expect(200);
        meeting
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/meetings/{}{rest}", self.id)
    }

    pub(crate) async fn post(&self, person: &Person, rest: &str, body: Value) -> Reply {
        self.world.post(person, &self.path(rest), &body).await
    }

    /// What the chair records about the case.
    pub(crate) async fn record(&self, what: &str, body: Value) -> Reply {
        let rest = format!("/cases/{}/{what}", self.case);
        self.post(&LENA, &rest, body).await
    }

    /// Asks the SVB to pay, and gives the id of the request.
    pub(crate) async fn ask_svb(&self) -> String {
        let asked = json!({"of": SVB, "lawOrTheme": "child_benefit_act", "text": "Betaalt u?"});
        text(&self.record("requests", asked).await.expect(201)["request"])
    }

    pub(crate) async fn answer(&self, person: &Person, request: &str, body: Value) -> Reply {
        let rest = format!("/requests/{request}/answer");
        self.post(person, &rest, body).await
    }

    pub(crate) async fn adopt(&self) -> Reply {
        let path = self.path("/minutes");
        self.world.ask(&LENA, Method::POST, &path, &[], None).await
    }

    pub(crate) async fn seen(&self, person: &Person) -> Value {
        self.world.get(person, &self.path("")).await.expect(200)
    }
}

/// A promise inside the mandate of the director of the SVB.
pub(crate) fn promise(amount_cents: i64) -> Value {
    json!({"answer": "made", "text": "Wij betalen.", "mandate": "svb-m1", "due": "2026-05-01",
        "amountCents": amount_cents})
}
