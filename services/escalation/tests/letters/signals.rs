//! Nobody signals into a void: who can act is told, and who raised it hears what came of it.

use ladder::signal::{
    AnswerKind, Artefact, Event, SignalAnswered, SignalAssigned, SignalClosed, SignalKind,
    SignalLeftUnassigned, SignalOverdue, SignalRaised, SignalStepRecorded, Step,
};
use ladder::{CaseId, ContactId, SignalId};
use serde_json::{Value, json};

use crate::story::{MARKER, SVB, Story, UTRECHT, oin, time};

const UNTIL: &str = "2026-04-01T08:00:00Z";

fn raised(story: &Story, cases: usize) -> Event {
    Event::SignalRaised(SignalRaised {
        signal: SignalId::parse("signal_1").unwrap(),
        signal_kind: SignalKind::Scarcity,
        theme: "housing".into(),
        region: Some("midden-nederland".into()),
        rule: None,
        target: Some(Artefact::Provision),
        cases: (0..cases)
            .map(|number| CaseId::parse(&format!("case_{number}")).unwrap())
            .collect(),
        by: oin(UTRECHT),
        text: Some(story.text_of_signal()),
        often: None,
        suggested: None,
        assign_by: time(UNTIL),
    })
}

fn assigned() -> Event {
    Event::SignalAssigned(SignalAssigned {
        to: oin(SVB),
        contact: Some(ContactId::parse("director").unwrap()),
        instead_of: None,
        answer_by: time(UNTIL),
    })
}

fn answered(story: &Story) -> Event {
    Event::SignalAnswered(SignalAnswered {
        by: oin(SVB),
        answer: AnswerKind::WillChange,
        text: story.text_of_signal(),
        act_by: time(UNTIL),
    })
}

async fn told(story: &Story, events: impl IntoIterator<Item = Event>) {
    for (version, event) in (1..).zip(events) {
        let stream = "signal/signal_1";
        story
            .happened_to(stream, version, event.kind(), event.data())
            .await;
    }
}

#[tokio::test]
async fn who_can_act_is_told_and_a_small_count_is_not() {
    for (cases, shown) in [(5, json!(5)), (4, Value::Null)] {
        let mut story = Story::start().await;
        told(&story, [raised(&story, cases), assigned()]).await;
        let letters = story.letters().await;
        let letter = letters.one(SVB, "signal.assigned");
        assert_eq!(letter["cases"], shown);
        assert_eq!(
            (
                &letter["kind"],
                &letter["theme"],
                &letter["target"],
                &letter["by"]
            ),
            (
                &json!("scarcity"),
                &json!("housing"),
                &json!("provision"),
                &json!(UTRECHT)
            )
        );
        assert_eq!(letters.hearers(), [SVB]);
    }
}

#[tokio::test]
async fn who_raised_it_hears_the_answer_the_steps_and_the_end() {
    let mut story = Story::start().await;
    let step = Event::SignalStepRecorded(SignalStepRecorded {
        by: oin(SVB),
        step: Step::EffectNamed,
        text: None,
        act_by: time(UNTIL),
    });
    let closed = Event::SignalClosed(SignalClosed {
        result: story.text_of_signal(),
    });
    let events = [
        raised(&story, 1),
        assigned(),
        answered(&story),
        step,
        closed,
    ];
    told(&story, events).await;
    let letters = story.letters().await;
    assert_eq!(
        letters.one(UTRECHT, "signal.answered"),
        json!({
            "signal": "signal_1", "by": SVB, "answer": "will_change", "text": MARKER,
            "actBy": UNTIL
        })
    );
    assert_eq!(
        letters.one(UTRECHT, "signal.step-recorded"),
        json!({"signal": "signal_1", "by": SVB, "step": "effect_named"})
    );
    assert_eq!(
        letters.one(UTRECHT, "signal.closed"),
        json!({"signal": "signal_1", "result": MARKER})
    );
}

#[tokio::test]
async fn silence_is_told_to_who_is_silent_and_to_who_waits() {
    let mut story = Story::start().await;
    let nobody = Event::SignalLeftUnassigned(SignalLeftUnassigned {
        assign_by: time(UNTIL),
    });
    told(&story, [raised(&story, 1), nobody]).await;
    let letters = story.letters().await;
    assert_eq!(
        letters.one(UTRECHT, "signal.overdue"),
        json!({"signal": "signal_1", "until": UNTIL})
    );
    assert_eq!(letters.hearers(), [UTRECHT]);

    let mut story = Story::start().await;
    let silence = Event::SignalOverdue(SignalOverdue {
        owner: oin(SVB),
        answer_by: time(UNTIL),
    });
    told(&story, [raised(&story, 1), assigned(), silence]).await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, SVB] {
        assert_eq!(
            letters.one(organisation, "signal.overdue"),
            json!({"signal": "signal_1", "owner": SVB, "until": UNTIL})
        );
    }
}
