use crate::event::{AssessmentCompleted, AssessmentRecorded};
use crate::{Assessment, Event, File, Method, Part, RecordAssessment, Refusal};

/// Records a part; the last one completes the weighing. Recording a part again before that takes
/// the place of what stood there.
pub(super) fn record(file: &File, part: RecordAssessment) -> Result<Vec<Event>, Refusal> {
    let known = file.assessments.get(&part.assessment);
    if let Some(known) = known {
        if known.passed.is_some() {
            return Err(Refusal::AssessmentComplete);
        }
        if known.method != part.method {
            return Err(Refusal::PartOfAnotherMethod);
        }
    }
    let parts = part.method.parts();
    let Some(place) = parts.iter().position(|it| *it == part.part) else {
        return Err(Refusal::PartOfAnotherMethod);
    };
    let recorded = |it: &Part| known.is_some_and(|known| known.parts.contains_key(it));
    if part.method.is_in_order()
        && let Some(earlier) = parts[..place].iter().find(|it| !recorded(it))
    {
        return Err(Refusal::PartOutOfOrder(earlier.as_str()));
    }
    if known.is_none() && part.method.is_heavy() && part.reason.is_none() && !has_light_one(file) {
        return Err(Refusal::LighterMethodFirst);
    }
    check_form(&part)?;
    let complete = parts.iter().all(|it| *it == part.part || recorded(it));
    let passed = passes(known, &part);
    let completed = complete.then(|| {
        Event::AssessmentCompleted(AssessmentCompleted {
            assessment: part.assessment.clone(),
            method: part.method,
            passed,
        })
    });
    let recorded = Event::AssessmentRecorded(AssessmentRecorded {
        assessment: part.assessment,
        method: part.method,
        part: part.part,
        text: part.text,
        score: part.score,
        sufficient: part.sufficient,
        amount_cents: part.amount_cents,
        count: part.count,
        reason: part.reason,
    });
    Ok([recorded].into_iter().chain(completed).collect())
}

/// A solution passes unless a view says that it does not suffice (domain, row H4).
fn passes(known: Option<&Assessment>, part: &RecordAssessment) -> bool {
    let others = known.into_iter().flat_map(|known| &known.parts);
    others
        .filter(|(it, _)| **it != part.part)
        .map(|(_, sufficient)| *sufficient)
        .chain([part.sufficient])
        .all(|sufficient| sufficient != Some(false))
}

fn has_light_one(file: &File) -> bool {
    file.assessments
        .values()
        .any(|it| !it.method.is_heavy() && it.passed.is_some())
}

/// What a method asks beside the text.
fn check_form(part: &RecordAssessment) -> Result<(), Refusal> {
    match part.method {
        Method::ValueTriangle => match part.score {
            Some(1..=5) => Ok(()),
            Some(_) | None => Err(Refusal::ScoreRequired),
        },
        Method::PerspectiveCircle if part.sufficient.is_none() => Err(Refusal::VerdictRequired),
        Method::BreakthroughPlan if part.part == Part::Helpers && part.count.is_none() => {
            Err(Refusal::CountRequired)
        }
        Method::ReversedTest | Method::PerspectiveCircle | Method::BreakthroughPlan => Ok(()),
    }
}
