//! Commands in short.

use std::collections::BTreeSet;

use ladder::{
    AnswerCounter, AnswerHandoff, BlockType, ChooseOwnershipMode, Command, Evidence, HandoffAnswer,
    HandoffKind, OfferHandoff, OwnershipMode, Person, PersonRef, RecordBlock, Report,
    RequestEscalation, ReturnHandoff, RungId, Triage, TriageAnswer, TriageReason, WithdrawHandoff,
};

use crate::story::{SPIRIT, SVB, Story, UTRECHT, escalation, handoff, oin};

impl Story {
    /// A case that Utrecht raised.
    pub(crate) async fn reported() -> Self {
        let mut story = Self::start().await;
        let person = Person {
            person_key: "bella".to_owned(),
            called: Some(story.text()),
            role: "data_subject".to_owned(),
            age_band: "18-20".to_owned(),
            name: Some(story.text()),
            birth_date: None,
            address: Some(story.text()),
        };
        let report = Report {
            case: story.id.clone(),
            owner: oin(UTRECHT),
            own_reference: story.text(),
            story: story.text(),
            desired_outcome: story.text(),
            citizens_words: Some(story.text()),
            no_words_reason: None,
            perspective: Some(story.text()),
            life_domains: vec!["income".to_owned()],
            persons: vec![person],
            parties_involved: Vec::new(),
            tried_provisions: vec![story.text()],
            provisions: Vec::new(),
            no_provision_reason: None,
            theme: "sibling_care".to_owned(),
            region: "midden-nederland".to_owned(),
        };
        story.does(Command::Report(Box::new(report))).await;
        story
    }

    /// That case, blocked by a rule.
    pub(crate) async fn blocked() -> Self {
        let mut story = Self::reported().await;
        let explanation = story.text();
        story
            .does(Command::RecordBlock(RecordBlock {
                kind: BlockType::Rule,
                rules: vec!["akw_art_7".to_owned()],
                explanation,
            }))
            .await;
        story.letters().await;
        story
    }

    /// That case, taken up by the local table.
    pub(crate) async fn at_the_local_table() -> Self {
        let mut story = Self::blocked().await;
        story.climbs_to(1, "workshop").await;
        story.climbs_to(2, "local_table").await;
        story.letters().await;
        story
    }

    /// A case that Utrecht raised and Spirit took over: sender and raiser are two.
    pub(crate) async fn taken_over() -> Self {
        let mut story = Self::reported().await;
        story
            .does(Command::ChooseOwnershipMode(ChooseOwnershipMode {
                mode: OwnershipMode::TeamTakesOver,
            }))
            .await;
        story
            .offers(90, UTRECHT, SPIRIT, HandoffKind::Ownership)
            .await;
        story.answers(90, SPIRIT, HandoffAnswer::Accepted).await;
        story.letters().await;
        story
    }

    pub(crate) async fn offers(&mut self, id: u8, from: &str, to: &str, kind: HandoffKind) {
        let offer = OfferHandoff {
            handoff: handoff(id),
            from: oin(from),
            to: oin(to),
            kind,
            requested_outcome: "restore_benefit".to_owned(),
            rules: vec!["akw_art_7".to_owned()],
            urgent: false,
            summary: self.text(),
            legal_basis: "participation_act_64".to_owned(),
            contact_role: "case_director".to_owned(),
            person: PersonRef::parse("p-1").ok(),
            addressee: None,
            instead_of: None,
        };
        self.does(Command::OfferHandoff(offer)).await;
    }

    pub(crate) async fn answers(&mut self, id: u8, by: &str, answer: HandoffAnswer) {
        let answer = AnswerHandoff {
            handoff: handoff(id),
            by: oin(by),
            answer,
            text: Some(self.text()),
        };
        self.does(Command::AnswerHandoff(answer)).await;
    }

    pub(crate) async fn counters(&mut self, id: u8) {
        let alternative = Some(self.text());
        let answer = HandoffAnswer::Countered {
            reason: None,
            alternative,
        };
        self.answers(id, SVB, answer).await;
    }

    pub(crate) async fn answers_counter(&mut self, id: u8, by: &str, accepted: bool) {
        let answer = AnswerCounter {
            handoff: handoff(id),
            by: oin(by),
            accepted,
            reason: (!accepted).then(|| "other_route".to_owned()),
        };
        self.does(Command::AnswerCounter(answer)).await;
    }

    pub(crate) async fn withdraws(&mut self, id: u8, by: &str) {
        let withdrawal = WithdrawHandoff {
            handoff: handoff(id),
            by: oin(by),
            reason: self.text(),
        };
        self.does(Command::WithdrawHandoff(withdrawal)).await;
    }

    pub(crate) async fn gives_back(&mut self, id: u8, back: u8, by: &str) {
        let back = ReturnHandoff {
            handoff: handoff(id),
            back: handoff(back),
            by: oin(by),
            reason: self.text(),
            contact_role: "agency_liaison".to_owned(),
        };
        self.does(Command::ReturnHandoff(back)).await;
    }

    /// Asks for a rung, with something for each item that it asks for.
    pub(crate) async fn asks_for(&mut self, id: u8, rung: &str) {
        let items: &[&str] = match rung {
            "workshop" => &[
                "question",
                "tried_provisions",
                "citizens_wish",
                "perspective",
            ],
            "local_table" => &["light_method", "parties_contacted", "legal_basis_per_party"],
            _ => &["local_and_regional_attempts", "organisation_supports"],
        };
        let evidence = items.iter().map(|item| Evidence {
            item: (*item).to_owned(),
            explained: false,
            text: self.text(),
        });
        let request = RequestEscalation {
            escalation: escalation(id),
            by: oin(UTRECHT),
            to: RungId::parse(rung).ok(),
            skip_reason: None,
            evidence: evidence.collect(),
            urgent: false,
            person: None,
            legal_basis: Some("national_desk_consent".to_owned()),
        };
        self.does(Command::RequestEscalation(request)).await;
    }

    pub(crate) async fn triages(&mut self, id: u8, answer: TriageAnswer) {
        let triage = Triage {
            escalation: escalation(id),
            answer,
            reason: Some(TriageReason::StandardAvailable),
            missing: BTreeSet::from(["question".to_owned(), "Wie is hij?".to_owned()]),
            text: Some(self.text()),
        };
        self.does(Command::Triage(triage)).await;
    }

    /// Asks for a rung and is admitted there.
    pub(crate) async fn climbs_to(&mut self, id: u8, rung: &str) {
        self.asks_for(id, rung).await;
        self.triages(id, TriageAnswer::Admitted).await;
    }
}
