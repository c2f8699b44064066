//! A pass: for a reason, until a moment, and accounted for when it was taken in an emergency.

use ladder::pass::{
    Command, Due, End, Ending, Event, Issue, Pass, PassEnded, PassIssued, PassKind, PassReviewed,
    PassRules, Refusal, Review, ReviewOverdue, StateName, Verdict, deadlines,
};
use ladder::{Calendar, CaseId, Organisation, PassId, PersonRef, Term};

use super::harness::{START, at};
use super::samples::{sealed, svb, utrecht};
use super::signals_harness::Story;

/// Eight hours after `START`, a Monday at ten in Utrecht.
const TONIGHT: &str = "2026-03-02T17:00:00Z";
/// Five working days after `START`.
const REVIEW_BY: &str = "2026-03-09T09:00:00Z";

fn rules() -> PassRules {
    PassRules {
        calendar: Calendar::from_toml(include_str!("../../../../deploy/calendar.toml")).unwrap(),
        review: Term::parse("5wd").unwrap(),
        emergency_hours_at_most: 24,
        temporary_days_at_most: 31,
    }
}

fn person(reference: &str) -> PersonRef {
    PersonRef::parse(reference).unwrap()
}

fn emergency() -> Issue {
    Issue {
        pass: PassId::parse("pass_1").unwrap(),
        case: CaseId::parse("case_1").unwrap(),
        kind: PassKind::Emergency,
        holder: utrecht(),
        person: person("p-night"),
        by: person("p-night"),
        categories: ["health".to_owned(), "identity".to_owned()].into(),
        reason: sealed("the brother is not safe tonight"),
        until: at(TONIGHT),
    }
}

fn temporary() -> Issue {
    Issue {
        kind: PassKind::Temporary,
        by: person("p-director"),
        categories: ["identity".to_owned()].into(),
        ..emergency()
    }
}

fn issued(new: Issue) -> Event {
    Event::PassIssued(PassIssued {
        review_by: (new.kind == PassKind::Emergency).then(|| at(REVIEW_BY)),
        pass: new.pass,
        case: new.case,
        pass_kind: new.kind,
        holder: new.holder,
        person: new.person,
        by: new.by,
        categories: new.categories,
        reason: new.reason,
        until: new.until,
    })
}

fn given(events: impl IntoIterator<Item = Event>) -> Story<PassRules> {
    Story::given(rules(), START, events)
}

fn issue(new: Issue) -> Command {
    Command::Issue(Box::new(new))
}

fn end(by: Organisation, reference: &str) -> Command {
    Command::End(End {
        by,
        person: person(reference),
    })
}

fn review(reference: &str) -> Command {
    Command::Review(Review {
        person: person(reference),
        verdict: Verdict::Justified,
        text: sealed("the police called"),
    })
}

fn reviewed() -> Event {
    Event::PassReviewed(PassReviewed {
        by: person("p-officer"),
        verdict: Verdict::Justified,
        text: sealed("the police called"),
    })
}

fn ended(ending: Ending, by: Option<&str>) -> Event {
    Event::PassEnded(PassEnded {
        ending,
        by: by.map(person),
    })
}

fn state(story: &Story<PassRules>) -> StateName {
    story.state.held().unwrap().state_name()
}

/// A pass of each kind, from its issue to its end and what came after.
pub(crate) fn histories() -> Vec<Vec<Event>> {
    let ended = || ended(Ending::GivenBack, Some("p-night"));
    let overdue = Event::ReviewOverdue(ReviewOverdue {
        review_by: at(REVIEW_BY),
    });
    vec![
        vec![issued(emergency()), ended(), reviewed()],
        vec![issued(emergency()), ended(), overdue],
        vec![issued(temporary()), ended()],
    ]
}

#[test]
fn an_emergency_ends_by_itself_and_is_reviewed_after() {
    let story = given([])
        .when(issue(emergency()), START)
        .then([issued(emergency())]);
    assert_eq!(
        deadlines(&story.state),
        [(Due::End, at(TONIGHT)), (Due::Review, at(REVIEW_BY))]
    );
    let story = story
        .when(Command::Lapse(Due::End), TONIGHT)
        .then([ended(Ending::Expired, None)]);
    assert_eq!(state(&story), StateName::UnderReview);
    let story = story
        .when(review("p-officer"), "2026-03-03T09:00:00Z")
        .then([reviewed()]);
    assert_eq!(state(&story), StateName::Closed);
    assert_eq!(deadlines(&story.state), []);
}

#[test]
fn a_review_that_does_not_come_is_reported_and_asked_for_again() {
    let again = Event::ReviewOverdue(ReviewOverdue {
        review_by: at("2026-03-16T09:00:00Z"),
    });
    let story = given([issued(emergency()), ended(Ending::Expired, None)])
        .when(Command::Lapse(Due::Review), REVIEW_BY)
        .then([again]);
    assert_eq!(
        deadlines(&story.state),
        [(Due::Review, at("2026-03-16T09:00:00Z"))]
    );
    story
        .when(Command::Lapse(Due::Review), REVIEW_BY)
        .then_nothing();
}

#[test]
fn a_temporary_pass_needs_no_review() {
    let story = given([])
        .when(issue(temporary()), START)
        .then([issued(temporary())]);
    assert_eq!(deadlines(&story.state), [(Due::End, at(TONIGHT))]);
    story
        .when(review("p-officer"), START)
        .then_refused(Refusal::NoReviewNeeded);
}

#[test]
fn no_pass_opens_a_person_number_tax_or_criminal_data() {
    for closed in ["bsn", "tax", "criminal"] {
        for kind in PassKind::ALL {
            assert!(!kind.opens().contains(&closed), "{kind:?} {closed}");
        }
        let mut new = emergency();
        new.categories.insert(closed.to_owned());
        given([])
            .when(issue(new), START)
            .then_refused(Refusal::CategoryNotOpened(closed.to_owned()));
    }
}

#[test]
fn a_temporary_pass_never_opens_health() {
    let mut new = temporary();
    new.categories = ["health".to_owned()].into();
    given([])
        .when(issue(new), START)
        .then_refused(Refusal::CategoryNotOpened("health".to_owned()));
}

#[test]
fn a_pass_lasts_up_to_its_limit_and_not_a_second_longer() {
    for (new, limit, beyond, refusal) in [
        (
            emergency(),
            "2026-03-03T09:00:00Z",
            "2026-03-03T09:00:01Z",
            Refusal::EmergencyTooLong { hours: 24 },
        ),
        (
            temporary(),
            "2026-04-02T09:00:00Z",
            "2026-04-02T09:00:01Z",
            Refusal::TemporaryTooLong { days: 31 },
        ),
    ] {
        let until = |moment: &str| Issue {
            until: at(moment),
            ..new.clone()
        };
        given([])
            .when(issue(until(limit)), START)
            .then([issued(until(limit))]);
        given([])
            .when(issue(until(beyond)), START)
            .then_refused(refusal);
        given([])
            .when(issue(until(START)), START)
            .then_refused(Refusal::EndNotAhead);
    }
}

#[test]
fn an_emergency_is_taken_for_oneself_and_a_temporary_pass_given_to_another() {
    let for_another = Issue {
        by: person("p-director"),
        ..emergency()
    };
    given([])
        .when(issue(for_another), START)
        .then_refused(Refusal::NotForAnother);
    let for_oneself = Issue {
        by: person("p-night"),
        ..temporary()
    };
    given([])
        .when(issue(for_oneself), START)
        .then_refused(Refusal::NotForOneself);
}

#[test]
fn a_privacy_officer_opens_identity_for_oneself_and_nothing_else() {
    let accounting = Issue {
        kind: PassKind::Accounting,
        categories: ["identity".to_owned()].into(),
        ..emergency()
    };
    let story = given([])
        .when(issue(accounting.clone()), START)
        .then([issued(accounting.clone())]);
    assert_eq!(deadlines(&story.state), [(Due::End, at(TONIGHT))]);
    assert_eq!(PassKind::Accounting.opens(), ["identity"]);
    let for_another = Issue {
        by: person("p-director"),
        ..accounting
    };
    given([])
        .when(issue(for_another), START)
        .then_refused(Refusal::NotForAnother);
}

#[test]
fn a_pass_is_given_back_by_its_holder_and_revoked_by_anybody_else() {
    for (by, reference, ending) in [
        (utrecht(), "p-night", Ending::GivenBack),
        (utrecht(), "p-officer", Ending::Revoked),
        (svb(), "p-night", Ending::Revoked),
    ] {
        let story = given([issued(emergency())])
            .when(end(by, reference), START)
            .then([ended(ending, Some(reference))]);
        assert_eq!(state(&story), StateName::UnderReview);
        story
            .when(end(utrecht(), "p-night"), START)
            .then_refused(Refusal::PassEnded);
    }
}

#[test]
fn who_took_a_pass_does_not_review_it_and_a_review_stands() {
    given([issued(emergency())])
        .when(review("p-night"), START)
        .then_refused(Refusal::ReviewOfOwn);
    given([issued(emergency()), reviewed()])
        .when(review("p-officer"), START)
        .then_refused(Refusal::AlreadyReviewed);
}

#[test]
fn a_pass_opens_something_and_is_issued_once() {
    let mut nothing = emergency();
    nothing.categories.clear();
    given([])
        .when(issue(nothing), START)
        .then_refused(Refusal::CategoriesRequired);
    given([issued(emergency())])
        .when(issue(emergency()), START)
        .then_refused(Refusal::PassExists);
    given([])
        .when(review("p-officer"), START)
        .then_refused(Refusal::UnknownPass);
}

#[test]
fn a_deadline_that_has_not_come_or_was_overtaken_does_nothing() {
    given([issued(emergency())])
        .when(Command::Lapse(Due::End), "2026-03-02T16:59:59Z")
        .then_nothing();
    given([
        issued(emergency()),
        ended(Ending::GivenBack, Some("p-night")),
    ])
    .when(Command::Lapse(Due::End), TONIGHT)
    .then_nothing();
    given([])
        .when(Command::Lapse(Due::End), TONIGHT)
        .then_nothing();
}

#[test]
fn every_event_reads_back_as_it_was_written() {
    for event in [
        issued(emergency()),
        ended(Ending::Revoked, Some("p-officer")),
        reviewed(),
        Event::ReviewOverdue(ReviewOverdue {
            review_by: at(REVIEW_BY),
        }),
    ] {
        let version = i64::from(event.version());
        let read = Event::from_stored(event.kind(), version, event.data()).unwrap();
        assert_eq!(read, event);
    }
    assert_eq!(Pass::default(), Pass::Absent);
}
