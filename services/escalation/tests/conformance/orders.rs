//! Commands for the executor itself, without a bus.

use std::sync::Arc;

use chassis::clock::Clock;
use chassis::entropy::Entropy;
use escalation::aggregate::RuleBook;
use escalation::execute::{Done, ExecuteError, Executor, Ground, Order, Work};
use escalation::pseudonym::Pseudonyms;
use gate::{ActedBy, Actor};
use journal::vault::{MasterKey, Vault};
use journal::{CauseKey, Db};
use ladder::{
    AnswerHandoff, CaseId, Command, HandoffAnswer, HandoffId, HandoffKind, OfferHandoff,
    Organisation, Report, Sealed, WithdrawHandoff,
};
use tokio::sync::Notify;

use crate::place::Place;
use crate::world::{START, SVB, UTRECHT, time};

pub(crate) type Answer = Result<Done, ExecuteError>;

/// The ground of an executor without the rest of a service.
pub(crate) async fn ground(place: &Place) -> Ground {
    let parties = chassis::parties::Parties::embedded().unwrap();
    let rules = ladder::Rules {
        organisations: escalation::policy::profiles(&parties),
        ..escalation::policy::embedded().unwrap()
    };
    Ground {
        db: Db::open(&place.url, escalation::service::migrations())
            .await
            .unwrap(),
        gate: Arc::new(gate::Gate::embedded().unwrap()),
        rule_book: Arc::new(RuleBook::of(&rules)),
        rules: Arc::new(rules),
        clock: Clock::at(time(START)),
        entropy: Entropy::system(),
        pseudonyms: Pseudonyms::new(&[2; 32]),
        vault: Vault::open(&place.vault_url, MasterKey::from_bytes([1; 32]))
            .await
            .unwrap(),
        retention: Arc::new(escalation::policy::retention().unwrap()),
    }
}

pub(crate) fn executor(ground: &Ground) -> Executor {
    Executor::start(ground.clone(), Arc::new(Notify::new()))
}

/// A text that the vault of this place opens, so that the relay can pass it on.
pub(crate) async fn sealed(place: &Place) -> Sealed {
    let vault = Vault::open(&place.vault_url, MasterKey::from_bytes([1; 32]))
        .await
        .unwrap();
    let sealer = vault
        .sealer("case/case_1/text", time(START), [3; _])
        .await
        .unwrap();
    Sealed::new(sealer.seal("een tekst", [4; _]).unwrap().as_str())
}

/// Builds orders; every text in them is the same.
#[derive(Clone)]
pub(crate) struct Orders {
    pub(crate) text: Sealed,
}

pub(crate) fn organisation(oin: &str) -> Organisation {
    Organisation::parse(oin).unwrap()
}

pub(crate) fn handoff(id: &str) -> HandoffId {
    HandoffId::parse(id).unwrap()
}

pub(crate) fn case(id: &str) -> CaseId {
    CaseId::parse(&format!("case_{id}")).unwrap()
}

pub(crate) fn actor(oin: &str, role: &str) -> Actor {
    let acted_by = ActedBy {
        role: role.to_owned(),
        person_ref: "p-1".to_owned(),
    };
    Actor::Organisation(gate::Organisation::authenticated(
        oin,
        "municipality",
        acted_by,
    ))
}

impl Orders {
    /// An order whose cause is named after its sender and `message`.
    pub(crate) fn order(
        &self,
        oin: &str,
        role: &str,
        case: &CaseId,
        message: &str,
        command: Command,
    ) -> Order {
        Order {
            actor: actor(oin, role),
            work: Work::case(case, command),
            cause: CauseKey::new(oin, message),
            if_match: None,
            arrival: None,
        }
    }

    pub(crate) fn report(&self, case: &CaseId, message: &str) -> Order {
        let report = Report {
            case: case.clone(),
            owner: organisation(UTRECHT),
            own_reference: self.text.clone(),
            story: self.text.clone(),
            desired_outcome: self.text.clone(),
            citizens_words: None,
            no_words_reason: None,
            perspective: None,
            life_domains: vec!["income".to_owned()],
            persons: Vec::new(),
            parties_involved: Vec::new(),
            tried_provisions: Vec::new(),
            provisions: Vec::new(),
            no_provision_reason: None,
            theme: "sibling_care".to_owned(),
            region: "midden-nederland".to_owned(),
        };
        self.order(
            UTRECHT,
            "raiser",
            case,
            message,
            Command::Report(Box::new(report)),
        )
    }

    pub(crate) fn offer(&self, case: &CaseId, id: &str, kind: HandoffKind, to: &str) -> Order {
        let offer = OfferHandoff {
            handoff: handoff(id),
            from: organisation(UTRECHT),
            to: organisation(to),
            kind,
            requested_outcome: "restore_benefit".to_owned(),
            rules: Vec::new(),
            urgent: false,
            summary: self.text.clone(),
            legal_basis: "wmo_5_2_1".to_owned(),
            contact_role: "raiser".to_owned(),
            person: None,
            addressee: None,
            instead_of: None,
        };
        let message = format!("offer {id}");
        self.order(
            UTRECHT,
            "raiser",
            case,
            &message,
            Command::OfferHandoff(offer),
        )
    }

    pub(crate) fn accept(&self, case: &CaseId, id: &str) -> Order {
        let answer = AnswerHandoff {
            handoff: handoff(id),
            by: organisation(SVB),
            answer: HandoffAnswer::Accepted,
            text: None,
        };
        let message = format!("answer {id}");
        self.order(
            SVB,
            "agency_liaison",
            case,
            &message,
            Command::AnswerHandoff(answer),
        )
    }

    pub(crate) fn withdraw(&self, case: &CaseId, id: &str) -> Order {
        let withdrawal = WithdrawHandoff {
            handoff: handoff(id),
            by: organisation(UTRECHT),
            reason: self.text.clone(),
        };
        let message = format!("withdrawal {id}");
        self.order(
            UTRECHT,
            "raiser",
            case,
            &message,
            Command::WithdrawHandoff(withdrawal),
        )
    }
}

pub(crate) fn code(answer: &Answer) -> &str {
    match answer {
        Ok(Done::Stored { .. }) => "stored",
        Ok(Done::Refused { code, .. }) => code,
        Ok(Done::Parked) => "parked",
        Err(ExecuteError::Conflict { .. }) => "conflict",
        Err(ExecuteError::Unavailable) => "unavailable",
    }
}
