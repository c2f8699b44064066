use jiff::Timestamp;

use crate::event::{AdviceAsked, AdviceGiven};
use crate::{AskAdvice, Event, File, GiveAdvice, Refusal, Rules};

pub(super) fn ask(
    rules: &Rules,
    file: &File,
    question: AskAdvice,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if file.consultations.contains_key(&question.consultation) {
        return Err(Refusal::ConsultationExists);
    }
    Ok(vec![Event::AdviceAsked(AdviceAsked {
        consultation: question.consultation,
        by: question.by,
        answer_by: rules.until(at, rules.ladder.terms.advice_answer, &question.of),
        of: question.of,
        question: question.question,
    })])
}

pub(super) fn give(file: &File, advice: GiveAdvice) -> Result<Vec<Event>, Refusal> {
    let asked = file
        .consultations
        .get(&advice.consultation)
        .ok_or(Refusal::UnknownConsultation)?;
    if asked.of != advice.by {
        return Err(Refusal::ConsultationNotYours(advice.by));
    }
    if asked.answer_by.is_none() {
        return Err(Refusal::ConsultationOver);
    }
    Ok(vec![Event::AdviceGiven(AdviceGiven {
        consultation: advice.consultation,
        by: advice.by,
        answer: advice.answer,
    })])
}
