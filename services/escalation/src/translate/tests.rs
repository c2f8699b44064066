use chassis::entropy::Entropy;
use jiff::Timestamp;
use journal::vault::{MasterKey, Vault};
use ladder::{InMandate, TriedResult};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;

const HANDOFF: &str = "019503a0-7c00-7000-8000-000000000001";
const BACK: &str = "019503a0-7c00-7000-8000-000000000002";
const FRESH: &str = "019503a0-7c00-7000-8000-000000000003";

/// The command that this data asks for, sent by the SVB.
async fn command(event: &str, data: Value) -> Command {
    translated(event, data).await.unwrap()
}

async fn translated(event: &str, mut data: Value) -> Result<Command, TranslateError> {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}/vault.db", folder.path().display());
    let vault = Vault::open(&url, MasterKey::from_bytes([1; 32]))
        .await
        .unwrap();
    let case = CaseId::parse("case_01").unwrap();
    let entropy = Entropy::seeded(1);
    let at = Timestamp::UNIX_EPOCH;
    let sealer = CaseSealer::load(&vault, &entropy, &case, &[], at)
        .await
        .unwrap();
    let parties = Parties::embedded().unwrap();
    let sender = Oin::parse("00000099000000002000").unwrap();
    let context = Context {
        case,
        sender: &sender,
        parties: &parties,
        sealer: &sealer,
        escalation: EscalationId::parse(FRESH).unwrap(),
        addressee: None,
        mandate: None,
    };
    data["actedBy"] = json!({"role": "agency_liaison", "personRef": "p-2"});
    let event = FromParty::decode(event, 1, &data).unwrap();
    translate(&event, &context)
}

#[tokio::test]
async fn what_goes_back_gets_the_id_that_its_sender_chose_or_one_from_the_platform() {
    for (chosen, expected) in [(Some(BACK), BACK), (None, FRESH)] {
        let data = json!({"handoff": HANDOFF, "back": chosen, "reason": "Niet bij ons."});
        let Command::ReturnHandoff(back) = command("handoff.returned", data).await else {
            panic!("another command");
        };
        assert_eq!(back.handoff.as_str(), HANDOFF);
        assert_eq!(back.back.as_str(), expected);
        assert_eq!(back.by.as_str(), "00000099000000002000");
        assert_eq!(back.contact_role, "agency_liaison");
        assert!(!back.reason.ciphertext().contains("Niet"));
    }
}

#[tokio::test]
async fn an_answer_to_a_counter_offer_keeps_its_code() {
    let data = json!({"handoff": HANDOFF, "accepted": false, "reason": "other_route"});
    let Command::AnswerCounter(answer) = command("counter.answered", data).await else {
        panic!("another command");
    };
    assert_eq!(answer.handoff.as_str(), HANDOFF);
    assert!(!answer.accepted);
    assert_eq!(answer.reason.as_deref(), Some("other_route"));
}

/// "A second person" is a pair: the authenticated sender and its own reference.
#[tokio::test]
async fn who_confirms_an_urgency_is_the_sender_and_its_own_person() {
    let Command::ConfirmUrgency(second) = command("urgency.confirmed", json!({})).await else {
        panic!("another command");
    };
    assert_eq!(second.by.as_str(), "00000099000000002000");
    assert_eq!(second.person.as_str(), "p-2");
}

#[tokio::test]
async fn advice_is_sealed_and_belongs_to_its_question() {
    let data = json!({"consultation": "c-1", "answer": "Het kan."});
    let Command::GiveAdvice(advice) = command("advice.given", data).await else {
        panic!("another command");
    };
    assert_eq!(advice.consultation.as_str(), "c-1");
    assert!(!advice.answer.ciphertext().contains("Het kan"));
}

#[tokio::test]
async fn what_was_tried_and_why_not_reaches_the_case() {
    let data = json!({
        "ownReference": "Z-1", "story": "Verhaal.", "desiredOutcome": "Rust.", "theme": "income",
        "region": "utrecht", "noWordsReason": "Ziek.", "perspective": "Moe.",
        "provisions": [{"provision": "special_assistance", "result": "too_slow"}],
    });
    let Command::Report(report) = command("case.reported", data).await else {
        panic!("another command");
    };
    assert_eq!(report.provisions.len(), 1);
    assert_eq!(report.provisions[0].provision, "special_assistance");
    assert_eq!(report.provisions[0].result, TriedResult::TooSlow);
    let given = [&report.no_words_reason, &report.perspective];
    assert!(given.iter().all(|text| text.is_some()));
    assert_eq!(report.no_provision_reason, None);
}

#[tokio::test]
async fn an_offer_names_a_person_and_what_it_takes_the_place_of() {
    let data = json!({
        "handoff": HANDOFF, "to": "00000099000000003000", "kind": "task",
        "requestedOutcome": "restore_benefit", "summary": "Kijk mee.", "legalBasis": "akw_14",
        "addressee": "k-7", "insteadOf": BACK,
    });
    let Command::OfferHandoff(offer) = command("handoff.offered", data).await else {
        panic!("another command");
    };
    assert_eq!(offer.addressee.as_ref().map(ContactId::as_str), Some("k-7"));
    assert_eq!(offer.instead_of.as_ref().map(HandoffId::as_str), Some(BACK));
}

#[tokio::test]
async fn advice_that_points_at_a_person_is_refused_on_the_wire_too() {
    let data = json!({"consultation": "q1", "answer": "Bel mevrouw op 06-12345678."});
    let error = translated("advice.given", data).await.unwrap_err();
    assert_eq!(error.code(), "personal_data");
}

fn made(mandate: &str) -> Value {
    json!({"request": HANDOFF, "text": "Wij doen dit.", "mandate": mandate, "due": "2026-04-20",
        "amountCents": 700})
}

/// The platform trusts an organisation's word for its own staff, and keeps it.
#[tokio::test]
async fn the_mandate_of_a_commitment_is_on_record_with_who_used_it() {
    let Command::AnswerCommitment(answer) = command("commitment.made", made("Besluit")).await
    else {
        panic!("another command");
    };
    let CommitmentAnswer::Made {
        inside: InMandate::Stated { mandate, .. },
        amount_cents,
        ..
    } = answer.answer
    else {
        panic!("another answer");
    };
    assert_eq!(mandate.organisation.as_str(), "00000099000000002000");
    assert_eq!(mandate.role, "agency_liaison");
    assert_eq!(mandate.person.unwrap().as_str(), "p-2");
    assert_eq!(amount_cents, Some(700));
}

#[tokio::test]
async fn a_commitment_without_a_mandate_has_no_command() {
    let refused = translated("commitment.made", made(" ")).await.unwrap_err();
    assert_eq!(refused.code(), "mandate_required");
}
