//! What an organisation commits itself to, and in which mandate.

use ladder::{
    AnswerCommitment, CommitmentAnswer, InMandate, MandateError, Organisation, RequestId,
    StatedMandate, UsedMandate,
};
use proto::event;

use super::{Context, TranslateError, person};
use crate::mandate::Named;

/// Words that name no registered mandate are the organisation's word for its own staff.
pub(super) fn made(
    made: &event::CommitmentMade,
    context: &Context,
    by: Organisation,
) -> Result<AnswerCommitment, TranslateError> {
    if made.mandate.trim().is_empty() {
        return Err(TranslateError::MandateRequired);
    }
    let inside = match &context.mandate {
        Some(Named {
            mandate,
            person,
            subject,
        }) => InMandate::Registered(Box::new(UsedMandate {
            mandate: mandate.clone(),
            // A reference that the register cannot hold is not its holder's.
            person: person.clone().ok_or(MandateError::NotYours)?,
            subject: subject.clone(),
        })),
        None => InMandate::Stated {
            mandate: Box::new(StatedMandate::of(
                by.clone(),
                made.acted_by.role.as_str(),
                person(&made.acted_by),
            )),
            subject: made.subject.clone().unwrap_or_default(),
        },
    };
    Ok(AnswerCommitment {
        request: RequestId::parse(&made.request.to_string())?,
        by,
        answer: CommitmentAnswer::Made {
            text: context.sealer.text(&made.text)?,
            mandate: context.sealer.text(&made.mandate)?,
            inside,
            amount_cents: made.amount_cents,
            due: made.due,
        },
    })
}
