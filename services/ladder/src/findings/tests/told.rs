//! A case, told through the rules themselves.

use jiff::Timestamp;

use super::super::{Finding, LastHeard, findings};
use super::organisation;
use crate::catalogue::{LegalBasisCatalogue, RuleCatalogue};
use crate::{
    AnswerCommitment, AnswerHandoff, BlockType, Calendar, Case, CaseId, Command, CommitmentAnswer,
    Decider, Due, EscalationId, Evidence, FulfilCommitment, HandoffAnswer, HandoffId, HandoffKind,
    InMandate, Initiative, Ladder, OfferHandoff, RecordBlock, Report, RequestCommitment,
    RequestEscalation, RequestId, Rules, Sealed, StatedMandate, Suspend, SuspensionReason, Triage,
    TriageAnswer, TriageReason, Withdraw,
};

pub(super) const OWNER: &str = "00000099000000001000";
pub(super) const SVB: &str = "00000099000000002000";
pub(super) const TAX_OFFICE: &str = "00000099000000003000";

/// Monday 2 March 2026, 10:00 in Utrecht.
const START: &str = "2026-03-02T09:00:00Z";

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn sealed() -> Sealed {
    Sealed::new("sealed")
}

pub(super) struct Told {
    pub(super) rules: Rules,
    pub(super) heard: LastHeard,
    catalogue: RuleCatalogue,
    case: Case,
}

impl Told {
    pub(super) fn reported() -> Self {
        let mut told = Self {
            rules: Rules {
                ladder: Ladder::from_toml(include_str!("../../../../../deploy/ladder.toml"))
                    .unwrap(),
                calendar: Calendar::from_toml(include_str!("../../../../../deploy/calendar.toml"))
                    .unwrap(),
                closures: Default::default(),
                legal_bases: LegalBasisCatalogue::from_toml(
                    include_str!("../../../../../deploy/legal-bases.toml"),
                    "legal-bases.toml",
                )
                .unwrap(),
                organisations: Default::default(),
            },
            heard: LastHeard::new(),
            catalogue: rules(include_str!("../../../../../deploy/rules.toml")),
            case: Case::Absent,
        };
        let report = Report {
            case: CaseId::parse("case_1").unwrap(),
            owner: organisation(OWNER),
            own_reference: Sealed::new("1"),
            story: sealed(),
            desired_outcome: sealed(),
            citizens_words: Some(sealed()),
            no_words_reason: None,
            perspective: Some(sealed()),
            life_domains: vec![],
            persons: vec![],
            parties_involved: vec![],
            tried_provisions: vec![sealed()],
            provisions: vec![],
            no_provision_reason: None,
            theme: "family_income".to_owned(),
            region: "midden-nederland".to_owned(),
        };
        told.does(Command::Report(Box::new(report)), START);
        told
    }

    #[track_caller]
    fn does(&mut self, command: Command, moment: &str) {
        let events = self.rules.decide(&self.case, command, at(moment)).unwrap();
        assert_ne!(events, [], "something happens");
        for event in &events {
            self.case = Rules::evolve(std::mem::take(&mut self.case), event, at(moment));
        }
    }

    pub(super) fn found(&self, moment: &str) -> Vec<Finding> {
        let (catalogue, heard) = (&self.catalogue, &self.heard);
        findings(&self.rules, catalogue, &self.case, heard, at(moment))
    }

    /// A catalogue in which the first rule rests on the second, and that on the third.
    pub(super) fn catalogue(&mut self, first: &str, second: &str, third: &str) {
        let rule = |id: &str, on: &str| {
            format!(
                "[[rule]]\nid = \"{id}\"\nname = \"n\"\ninternal = true\n\
                 owner = {{ kind = \"municipality\" }}\ncondition = \"c\"\nintent = \"i\"\n\
                 depends_on = [{on}]\n"
            )
        };
        let quoted = |id: &str| format!("\"{id}\"");
        let text = rule(first, &quoted(second)) + &rule(second, &quoted(third)) + &rule(third, "");
        self.catalogue = rules(&text);
    }

    pub(super) fn review(&mut self, moment: &str) {
        self.does(Command::Lapse(Due::Review), moment);
    }

    pub(super) fn block(&mut self, kind: BlockType, rules: &[&str], moment: &str) {
        let block = RecordBlock {
            kind,
            rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
            explanation: sealed(),
        };
        self.does(Command::RecordBlock(block), moment);
    }

    pub(super) fn offer(&mut self, id: &str, to: &str, moment: &str) {
        let offer = OfferHandoff {
            handoff: HandoffId::parse(id).unwrap(),
            from: organisation(OWNER),
            to: organisation(to),
            kind: HandoffKind::Task,
            requested_outcome: "pay".to_owned(),
            rules: vec![],
            urgent: false,
            summary: sealed(),
            legal_basis: "participation_act_64".to_owned(),
            contact_role: "raiser".to_owned(),
            person: None,
            addressee: None,
            instead_of: None,
        };
        self.does(Command::OfferHandoff(offer), moment);
    }

    pub(super) fn decline(&mut self, id: &str, by: &str, moment: &str) {
        let answer = AnswerHandoff {
            handoff: HandoffId::parse(id).unwrap(),
            by: organisation(by),
            answer: HandoffAnswer::Declined {
                reason: Some("no_power".to_owned()),
                alternative: None,
            },
            text: None,
        };
        self.does(Command::AnswerHandoff(answer), moment);
    }

    pub(super) fn suspend(&mut self, moment: &str, until: &str) {
        let pause = Suspend {
            by: organisation(OWNER),
            reason: SuspensionReason::CitizenAsks,
            text: None,
            until: at(until),
        };
        self.does(Command::Suspend(pause), moment);
    }

    fn asked(&mut self, moment: &str) -> EscalationId {
        let escalation = EscalationId::parse("e1").unwrap();
        let items = ["question", "tried_provisions", "citizens_wish"];
        let request = RequestEscalation {
            escalation: escalation.clone(),
            by: organisation(OWNER),
            to: None,
            skip_reason: None,
            evidence: items
                .map(|item| Evidence {
                    item: item.to_owned(),
                    explained: false,
                    text: sealed(),
                })
                .into(),
            urgent: false,
            person: None,
            legal_basis: None,
        };
        self.does(Command::RequestEscalation(request), moment);
        escalation
    }

    fn triaged(&mut self, answer: TriageAnswer, reason: Option<TriageReason>, moment: &str) {
        let triage = Triage {
            escalation: self.asked(moment),
            answer,
            reason,
            missing: Default::default(),
            text: None,
        };
        self.does(Command::Triage(triage), moment);
    }

    pub(super) fn admitted(&mut self, moment: &str) {
        self.triaged(TriageAnswer::Admitted, None, moment);
    }

    pub(super) fn refused_admission(&mut self, moment: &str) {
        let reason = Some(TriageReason::OtherRoute);
        self.triaged(TriageAnswer::Refused, reason, moment);
    }

    pub(super) fn committed(&mut self, id: &str, of: &str, due: &str, moment: &str) {
        let request = RequestId::parse(id).unwrap();
        let ask = RequestCommitment {
            request: request.clone(),
            of: organisation(of),
            by: organisation(OWNER),
            text: sealed(),
        };
        self.does(Command::RequestCommitment(ask), moment);
        let answer = AnswerCommitment {
            request,
            by: organisation(of),
            answer: CommitmentAnswer::Made {
                text: sealed(),
                mandate: sealed(),
                inside: InMandate::Stated {
                    mandate: Box::new(StatedMandate::of(organisation(of), "administrator", None)),
                    subject: String::new(),
                },
                amount_cents: None,
                due: due.parse().unwrap(),
            },
        };
        self.does(Command::AnswerCommitment(answer), moment);
    }

    pub(super) fn fulfilled(&mut self, id: &str, by: &str, moment: &str) {
        let done = FulfilCommitment {
            request: RequestId::parse(id).unwrap(),
            by: organisation(by),
            result: sealed(),
        };
        self.does(Command::FulfilCommitment(done), moment);
    }

    pub(super) fn withdrawn(&mut self, moment: &str) {
        let withdrawal = Withdraw {
            initiative: Initiative::Citizen,
            reason: sealed(),
        };
        self.does(Command::Withdraw(withdrawal), moment);
    }
}

fn rules(text: &str) -> RuleCatalogue {
    RuleCatalogue::from_toml(text, "rules.toml").unwrap()
}
