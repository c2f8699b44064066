//! From the words of the border to the words of the domain. Pure: no I/O, and every event of the
//! contract has a translation. Both doors, wire and API, come through here.

mod commitment;
mod receiver;
pub(crate) mod register;

use chassis::parties::Parties;
use journal::vault::VaultError;
use ladder::{
    AnswerCommitment, AnswerCounter, AnswerHandoff, BlockType, CaseId, Command, CommitmentAnswer,
    ConfirmUrgency, ConsultationId, ContactId, EscalationId, Evidence, FulfilCommitment,
    GiveAdvice, HandoffAnswer, HandoffId, HandoffKind, MandateError, OfferHandoff, Organisation,
    Person, PersonRef, RecordBlock, Report, ReportFact, RequestEscalation, RequestId,
    ReturnHandoff, RungId, Sealed, ShareIdentity, TriedProvision, TriedResult, WithdrawHandoff,
};
use proto::{Answer, FromParty, Oin, Text, event};

pub use receiver::Addressee;
pub(crate) use receiver::{carries_out, receiver};

use crate::mandate::Named;
use crate::person_free;
use crate::seal::CaseSealer;

#[cfg(test)]
mod tests;

/// What a translation needs beside the event.
pub struct Context<'a> {
    /// The case it is about; a new id for a case that is being reported.
    pub case: CaseId,
    /// The organisation that sent it, as authenticated.
    pub sender: &'a Oin,
    /// The organisations that a handoff may be offered to.
    pub parties: &'a Parties,
    /// Seals what people wrote.
    pub(crate) sealer: &'a CaseSealer,
    /// The id that a request for admission gets, if this event is one; and the handoff with which
    /// something goes back, when its sender chose none.
    pub escalation: EscalationId,
    /// Whom an offered handoff reaches, if this event is one; see [`crate::addressee`].
    pub addressee: Option<Addressee>,
    /// The registered mandate that a commitment names, if this event is one and names one; see
    /// [`crate::mandate`].
    pub mandate: Option<Named>,
}

/// Why an event has no command.
#[derive(Debug, thiserror::Error)]
pub enum TranslateError {
    /// The receiver of a handoff is not a known organisation.
    #[error("{0} is not an organisation of this platform")]
    UnknownReceiver(Oin),
    /// No organisation, or more than one, carries out that law or theme.
    #[error("'{0}' does not lead to exactly one organisation; name the receiver")]
    NoSingleReceiver(String),
    /// It is about no case: a heartbeat, or an entry of the register, which has its own translation.
    #[error("this event is about no case")]
    NoCase,
    /// Advice names nobody.
    #[error("advice is free of personal data: leave out what points at a person")]
    PersonalData,
    /// Whoever commits an organisation says in which mandate.
    #[error("a commitment says in which mandate it is made")]
    MandateRequired,
    /// It does so in a mandate that is not theirs.
    #[error(transparent)]
    OutsideMandate(#[from] MandateError),
    /// Something could not be sealed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// An identifier that the border accepts and the domain does not.
    #[error(transparent)]
    Identifier(#[from] ladder::IdentifierError),
}

impl TranslateError {
    /// The stable code under which the sender hears of it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownReceiver(_) | Self::NoSingleReceiver(_) => "unknown_receiver",
            Self::Identifier(_) | Self::NoCase => "invalid_data",
            Self::PersonalData => "personal_data",
            Self::MandateRequired => "mandate_required",
            Self::OutsideMandate(_) => "outside_mandate",
            Self::Vault(_) => "unavailable",
        }
    }
}

/// What an event calls the persons that it tells of.
pub fn persons_told(event: &FromParty) -> Vec<&str> {
    match event {
        FromParty::CaseReported(report) => report
            .persons
            .iter()
            .map(|person| person.person_key.as_str())
            .collect(),
        _ => Vec::new(),
    }
}

/// The command on a case that an event asks for.
///
/// # Errors
/// [`TranslateError`], which the sender hears as a refusal.
pub fn translate(event: &FromParty, context: &Context) -> Result<Command, TranslateError> {
    let sender = organisation(context.sender)?;
    let command = match event {
        FromParty::CaseReported(report) => {
            Command::Report(Box::new(self::report(report, context, sender)?))
        }
        FromParty::FactReported(fact) => Command::ReportFact(ReportFact {
            source: sender,
            category: fact.category.as_str().to_owned(),
            law: fact.law.clone(),
            rule: fact.rule.clone(),
            summary: context
                .sealer
                .fact(fact.category.as_str(), &fact.law, &fact.summary)?,
            since: fact.since.to_string(),
            legal_basis: fact.legal_basis.clone(),
        }),
        FromParty::BlockRecorded(block) => Command::RecordBlock(RecordBlock {
            kind: block_type(block.type_),
            rules: block.rules.clone(),
            explanation: context.sealer.text(&block.explanation)?,
        }),
        FromParty::EscalationRequested(request) => {
            Command::RequestEscalation(escalation(request, context, sender)?)
        }
        FromParty::HandoffOffered(offer) => Command::OfferHandoff(handoff(offer, context, sender)?),
        FromParty::HandoffAnswered(answer) => Command::AnswerHandoff(AnswerHandoff {
            handoff: HandoffId::parse(&answer.handoff.to_string())?,
            by: sender,
            text: optional(context, answer.text.as_ref())?,
            answer: handoff_answer(answer, context)?,
        }),
        FromParty::HandoffWithdrawn(withdrawal) => Command::WithdrawHandoff(WithdrawHandoff {
            handoff: HandoffId::parse(&withdrawal.handoff.to_string())?,
            by: sender,
            reason: context.sealer.text(&withdrawal.reason)?,
        }),
        FromParty::HandoffReturned(back) => Command::ReturnHandoff(ReturnHandoff {
            handoff: HandoffId::parse(&back.handoff.to_string())?,
            back: match back.back {
                Some(chosen) => HandoffId::parse(&chosen.to_string())?,
                None => HandoffId::parse(context.escalation.as_str())?,
            },
            by: sender,
            reason: context.sealer.text(&back.reason)?,
            contact_role: back.acted_by.role.as_str().to_owned(),
        }),
        FromParty::CounterAnswered(answer) => Command::AnswerCounter(AnswerCounter {
            handoff: HandoffId::parse(&answer.handoff.to_string())?,
            by: sender,
            accepted: answer.accepted,
            reason: answer.reason.clone(),
        }),
        FromParty::UrgencyConfirmed(confirmed) => Command::ConfirmUrgency(ConfirmUrgency {
            by: sender,
            person: PersonRef::parse(&confirmed.acted_by.person_ref)?,
        }),
        FromParty::AdviceGiven(advice) if !person_free::check(&advice.answer).is_empty() => {
            return Err(TranslateError::PersonalData);
        }
        FromParty::AdviceGiven(advice) => Command::GiveAdvice(GiveAdvice {
            consultation: ConsultationId::parse(&advice.consultation)?,
            by: sender,
            answer: context.sealer.text(&advice.answer)?,
        }),
        FromParty::IdentityShared(share) => Command::ShareIdentity(ShareIdentity {
            handoff: HandoffId::parse(&share.handoff.to_string())?,
            from: sender,
            to: organisation(&share.to)?,
            sealed: share.sealed.clone(),
        }),
        FromParty::CommitmentMade(made) => {
            Command::AnswerCommitment(commitment::made(made, context, sender)?)
        }
        FromParty::CommitmentRefused(refused) => Command::AnswerCommitment(AnswerCommitment {
            request: RequestId::parse(&refused.request.to_string())?,
            by: sender,
            answer: CommitmentAnswer::Refused {
                reason: context.sealer.text(&refused.reason)?,
            },
        }),
        FromParty::CommitmentFulfilled(done) => Command::FulfilCommitment(FulfilCommitment {
            request: RequestId::parse(&done.request.to_string())?,
            by: sender,
            result: context.sealer.text(&done.result)?,
        }),
        FromParty::ContactConfirmed(_) | FromParty::HeartbeatSent(_) => {
            return Err(TranslateError::NoCase);
        }
    };
    Ok(command)
}

/// An organisation in the domain's words.
///
/// # Errors
/// Never for a valid OIN.
pub fn organisation(oin: &Oin) -> Result<Organisation, ladder::IdentifierError> {
    Organisation::parse(oin.as_str())
}

/// Who acts, by the organisation's own reference; nobody when that is no reference.
fn person(acted_by: &proto::ActedBy) -> Option<PersonRef> {
    PersonRef::parse(&acted_by.person_ref).ok()
}

fn optional(context: &Context, text: Option<&Text>) -> Result<Option<Sealed>, VaultError> {
    text.map(|text| context.sealer.text(text)).transpose()
}

fn report(
    report: &event::CaseReported,
    context: &Context,
    owner: Organisation,
) -> Result<Report, TranslateError> {
    let sealer = context.sealer;
    let persons = report
        .persons
        .iter()
        .map(|person| {
            let word = &person.person_key;
            let seal = |text: &str| sealer.person(word, text);
            Ok(Person {
                person_key: sealer.key(word),
                called: Some(seal(word)?),
                role: person.role.as_str().to_owned(),
                age_band: person.age_band.as_str().to_owned(),
                name: person.name.as_deref().map(seal).transpose()?,
                birth_date: person
                    .birth_date
                    .map(|date| seal(&date.to_string()))
                    .transpose()?,
                address: person.address.as_deref().map(seal).transpose()?,
            })
        })
        .collect::<Result<_, VaultError>>()?;
    Ok(Report {
        case: context.case.clone(),
        owner,
        own_reference: sealer.text(&report.own_reference)?,
        story: sealer.text(&report.story)?,
        desired_outcome: sealer.text(&report.desired_outcome)?,
        citizens_words: optional(context, report.citizens_words.as_ref())?,
        life_domains: report.life_domains.clone(),
        persons,
        parties_involved: report
            .parties_involved
            .iter()
            .map(|name| sealer.text(name))
            .collect::<Result<_, _>>()?,
        no_words_reason: optional(context, report.no_words_reason.as_ref())?,
        perspective: optional(context, report.perspective.as_ref())?,
        provisions: report.provisions.iter().map(provision).collect(),
        no_provision_reason: optional(context, report.no_provision_reason.as_ref())?,
        tried_provisions: report
            .tried_provisions
            .iter()
            .map(|text| sealer.text(text))
            .collect::<Result<_, _>>()?,
        theme: report.theme.clone(),
        region: report.region.clone(),
    })
}

fn provision(tried: &event::TriedProvision) -> TriedProvision {
    TriedProvision {
        provision: tried.provision.clone(),
        result: match tried.result {
            proto::ProvisionResult::NotAvailable => TriedResult::NotAvailable,
            proto::ProvisionResult::TooSlow => TriedResult::TooSlow,
            proto::ProvisionResult::DidNotFit => TriedResult::DidNotFit,
            proto::ProvisionResult::Scarcity => TriedResult::Scarcity,
        },
    }
}

fn escalation(
    request: &event::EscalationRequested,
    context: &Context,
    by: Organisation,
) -> Result<RequestEscalation, TranslateError> {
    let evidence = request
        .evidence
        .iter()
        .map(|evidence| {
            let explained = evidence.text.is_none();
            let text = evidence.text.as_deref().or(evidence.explanation.as_deref());
            Ok(Evidence {
                item: evidence.item.clone(),
                explained,
                text: context.sealer.text(text.unwrap_or_default())?,
            })
        })
        .collect::<Result<_, VaultError>>()?;
    Ok(RequestEscalation {
        escalation: context.escalation.clone(),
        by,
        to: request.to_rung.as_deref().map(RungId::parse).transpose()?,
        skip_reason: request.skip_reason.clone(),
        evidence,
        urgent: request.urgent,
        person: person(&request.acted_by),
        legal_basis: request.legal_basis.clone(),
    })
}

fn handoff(
    offer: &event::HandoffOffered,
    context: &Context,
    from: Organisation,
) -> Result<OfferHandoff, TranslateError> {
    let addressee = context.addressee.as_ref();
    let region = addressee.and_then(|addressee| addressee.region.as_deref());
    Ok(OfferHandoff {
        handoff: HandoffId::parse(&offer.handoff.to_string())?,
        from,
        to: organisation(&receiver(offer, context.parties, region)?.oin)?,
        kind: match offer.kind {
            proto::HandoffKind::Advice => HandoffKind::Advice,
            proto::HandoffKind::Task => HandoffKind::Task,
            proto::HandoffKind::Ownership => HandoffKind::Ownership,
        },
        requested_outcome: offer.requested_outcome.clone(),
        rules: offer.rules.clone(),
        urgent: offer.urgent,
        summary: context.sealer.text(&offer.summary)?,
        legal_basis: offer.legal_basis.clone(),
        contact_role: offer.acted_by.role.as_str().to_owned(),
        person: person(&offer.acted_by),
        addressee: match &offer.addressee {
            Some(named) => Some(ContactId::parse(named)?),
            None => addressee.and_then(|addressee| addressee.contact.clone()),
        },
        instead_of: offer
            .instead_of
            .map(|earlier| HandoffId::parse(&earlier.to_string()))
            .transpose()?,
    })
}

fn handoff_answer(
    answer: &event::HandoffAnswered,
    context: &Context,
) -> Result<HandoffAnswer, TranslateError> {
    let reason = answer.reason.map(|reason| reason.as_str().to_owned());
    let alternative = optional(context, answer.alternative.as_ref())?;
    Ok(match answer.answer {
        Answer::Accepted => HandoffAnswer::Accepted,
        Answer::Declined => HandoffAnswer::Declined {
            reason,
            alternative,
        },
        Answer::Countered => HandoffAnswer::Countered {
            reason,
            alternative,
        },
    })
}

fn block_type(block: proto::BlockType) -> BlockType {
    match block {
        proto::BlockType::Financial => BlockType::Financial,
        proto::BlockType::Rule => BlockType::Rule,
        proto::BlockType::Cooperation => BlockType::Cooperation,
        proto::BlockType::Capacity => BlockType::Capacity,
        proto::BlockType::Scarcity => BlockType::Scarcity,
        proto::BlockType::LegalBasis => BlockType::LegalBasis,
        proto::BlockType::Mandate => BlockType::Mandate,
    }
}
