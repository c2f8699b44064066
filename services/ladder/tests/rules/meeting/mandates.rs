//! A commitment at the table is made in a mandate; inside it nothing needs approval.

use jiff::civil::Date;
use ladder::meeting::{Answer, AnswerRequest, Command, Refusal};
use ladder::{Mandate, MandateError};

use super::super::samples::{case_id, request, sealed, svb, tax_office};
use super::harness::{START, When, given};
use super::samples::{answer, asked, at_table, made, mandate, person, promise};

fn promised_in(mandate: Mandate, moment: &str) -> When {
    given(at_table([asked("r1", svb())])).when(answer("r1", svb(), promise(mandate)), moment)
}

fn until(day: &str) -> Option<Date> {
    Some(day.parse().unwrap())
}

#[test]
fn an_amount_up_to_the_limit_needs_no_approval() {
    promised_in(mandate(svb()), START).then([made("r1", svb())]);
}

#[test]
fn an_amount_above_the_limit_is_refused_with_the_limit() {
    let small = Mandate {
        amount_cents: Some(249_999),
        ..mandate(svb())
    };
    let limit_cents = 249_999;
    promised_in(small, START)
        .then_refused(Refusal::Mandate(MandateError::OverLimit { limit_cents }));
}

#[test]
fn a_mandate_for_another_law_does_not_serve() {
    let other = Mandate {
        scope: ["anw".to_owned()].into(),
        ..mandate(svb())
    };
    promised_in(other, START).then_refused(Refusal::Mandate(MandateError::OutsideScope));
}

#[test]
fn a_mandate_of_another_person_or_organisation_does_not_serve() {
    let others = Mandate {
        holder: person("p-2"),
        ..mandate(svb())
    };
    for mandate in [others, mandate(tax_office())] {
        promised_in(mandate, START).then_refused(Refusal::Mandate(MandateError::NotYours));
    }
}

/// Half an hour before midnight in UTC it is the next day at the table.
#[test]
fn a_mandate_ends_with_the_day_at_the_table() {
    let ending = || Mandate {
        until: until("2026-03-10"),
        ..mandate(svb())
    };
    let given = || given(at_table([asked("r1", svb())]));
    let command = || answer("r1", svb(), promise(ending()));
    let kept = given().when(command(), "2026-03-10T22:30:00Z").decided();
    assert_eq!(kept.len(), 1);
    given()
        .when(command(), "2026-03-10T23:30:00Z")
        .then_refused(Refusal::Mandate(MandateError::Ended {
            on: "2026-03-10".parse().unwrap(),
        }));
}

#[test]
fn a_promised_amount_is_more_than_nought() {
    for amount in [0, -1] {
        let command = Command::AnswerRequest(AnswerRequest {
            case: case_id("c1"),
            request: request("r1"),
            by: svb(),
            person: person("p-1"),
            answer: Answer::Made {
                text: sealed("we will"),
                mandate: Box::new(mandate(svb())),
                due: "2026-05-01".parse().unwrap(),
                amount_cents: Some(amount),
            },
        });
        given(at_table([asked("r1", svb())]))
            .when(command, START)
            .then_refused(Refusal::AmountNotPositive);
    }
}
