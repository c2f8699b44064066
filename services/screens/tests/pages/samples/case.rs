//! Samples of the page of a case.

use jiff::civil::date;
use screens::page::*;
use screens::{Frame, Input, Left};

use super::{at, deed, field, html};

fn steps() -> Vec<Step> {
    let step = |name: &str, place| Step {
        name: name.to_owned(),
        place,
    };
    vec![
        step("Eigen werk", Place::Done),
        step("Maatwerkplaats", Place::Skipped),
        step("Lokale tafel", Place::Now),
        step("Regionale tafel", Place::Ahead),
        step("Landelijk loket", Place::Asked),
        step("Landelijke tafel", Place::Ahead),
    ]
}

fn happening(kind: &str, at: Moment, who: Option<&str>) -> Happening {
    Happening {
        kind: kind.to_owned(),
        at,
        who: who.map(str::to_owned),
        clock: who.is_none(),
    }
}

pub(super) fn case_page(frame: Frame) -> Case {
    Case {
        frame,
        done: Some("✓".to_owned()),
        number: "ZAAK-2026-0001742".to_owned(),
        theme: "family_income".to_owned(),
        state: "escalation_requested".to_owned(),
        urgency: Some("claimed".to_owned()),
        reported_at: Some(at("2026-11-02T08:14:00Z")),
        owner: Some("Gemeente Utrecht".to_owned()),
        clock: Some(Clock {
            expected: "escalation-answer".to_owned(),
            mine: false,
            who: Some("Landelijk loket".to_owned()),
            at: at("2026-11-23T16:00:00Z"),
            left: Left::Days(1),
        }),
        steps: steps(),
        tasks: vec![Task {
            kind: "explain_evidence".to_owned(),
            item: Some("plan".to_owned()),
            by: Some(at("2026-11-24T16:00:00Z")),
            href: None,
        }],
        next: vec![Found {
            explanation: "1 → 2".to_owned(),
            steps: vec!["A".to_owned(), "B".to_owned()],
        }],
        story: Some(Story {
            told: "S".to_owned(),
            wish: Some("W".to_owned()),
            citizens_words: Some("C <b>".to_owned()),
            tried: vec!["T".to_owned()],
        }),
        persons: vec![
            PersonLine {
                role: "data_subject".to_owned(),
                age_band: "21-26".to_owned(),
                name: Some("Bella".to_owned()),
            },
            PersonLine {
                role: "third_party".to_owned(),
                age_band: "67+".to_owned(),
                name: None,
            },
        ],
        timeline: vec![
            happening(
                "review.passed",
                Moment::At(at("2026-11-18T07:30:00Z")),
                None,
            ),
            happening(
                "handoff.declined",
                Moment::At(at("2026-11-17T16:00:00Z")),
                Some("SVB"),
            ),
            happening(
                "case.reported",
                Moment::On(date(2026, 11, 2)),
                Some("Gemeente Utrecht"),
            ),
        ],
        parties: vec![PartyLine {
            name: "Gemeente Utrecht".to_owned(),
            parts: vec!["owner", "raiser"],
        }],
        advice: Vec::new(),
        handoffs: vec![HandoffLine {
            to: "SVB".to_owned(),
            kind: "task".to_owned(),
            status: "declined".to_owned(),
            requested: "restore_benefit".to_owned(),
            answer_by: None,
            reason: Some("no_power".to_owned()),
            text: Some("X".to_owned()),
            alternative: Some("Y".to_owned()),
            counter: None,
            counter_reason: None,
        }],
        blocks: vec![BlockLine {
            kind: "rule".to_owned(),
            rules: vec!["R".to_owned(), "S".to_owned()],
            text: Some("X".to_owned()),
        }],
        commitments: vec![CommitmentLine {
            of: "Spirit".to_owned(),
            status: "made".to_owned(),
            due: Some(date(2026, 12, 1)),
            text: Some("X".to_owned()),
        }],
        shares: vec![Share {
            source: "Gemeente Utrecht".to_owned(),
            receiver: "SVB".to_owned(),
            ground: "municipality_own_task".to_owned(),
        }],
        sights: vec![Sight {
            category: "identity".to_owned(),
            shown: "full".to_owned(),
        }],
        refusal: None,
        returned: Some(Returned {
            by: Some("SVB".to_owned()),
            refused: None,
            missing: vec!["question".to_owned()],
            text: Some("X".to_owned()),
            complete_by: Some(at("2026-12-01T16:00:00Z")),
        }),
        climb: Some(Some("/casussen/case_1/hoger".to_owned())),
        weigh: Some("/casussen/case_1/wegen".to_owned()),
        weighed: None,
        sharing: Some("/casussen/case_1/delen".to_owned()),
        deeds: vec![
            deed("toelaten", Vec::new()),
            deed("blokkade", vec![field("tekst", Input::Lines(4), true)]),
        ],
        said: vec![Said {
            kind: "decision",
            at: Some(at("2026-11-18T07:30:00Z")),
            who: Some("SVB".to_owned()),
            text: Some("X".to_owned()),
            room: Some("deviation_from_policy_rule".to_owned()),
            grounds: vec!["justice".to_owned(), "safety".to_owned()],
            obstacle: Some("X".to_owned()),
        }],
        ended: Vec::new(),
        objections: Vec::new(),
        perspectives: vec![
            Perspective {
                at: Some(at("2026-11-10T08:00:00Z")),
                text: "P <b>".to_owned(),
            },
            Perspective {
                at: None,
                text: "P".to_owned(),
            },
        ],
        bridges: Vec::new(),
    }
}

fn bridge(status: &str) -> Bridge {
    Bridge {
        status: status.to_owned(),
        by: Some("Gemeente Utrecht".to_owned()),
        watcher: Some("Spirit".to_owned()),
        until: Some(date(2026, 12, 1)),
        text: Some("X".to_owned()),
        result: (status == "ended").then(|| "Y".to_owned()),
    }
}

fn ending(kind: &str) -> Ending {
    Ending {
        kind: kind.to_owned(),
        outcome: None,
        lesson: None,
        nothing_learnt: false,
        text: Some("X".to_owned()),
    }
}

/// An objection that was decided on in every way, or waits.
pub(super) fn objection(status: &str) -> Objected {
    let text = |wanted| status.eq(wanted).then(|| "X".to_owned());
    Objected {
        status: status.to_owned(),
        categories: vec!["family".to_owned(), "care".to_owned()],
        text: Some("C <b>".to_owned()),
        by: at("2026-12-18T07:30:00Z"),
        extended: text("overdue"),
        reason: text("upheld"),
        lifted: text("lifted"),
    }
}

/// A counter-offer and objections wait, a measure came to its end: what can be done is told there.
pub(super) fn case_asked(frame: Frame) -> String {
    let page = case_page(frame);
    let task = |kind: &str, href: Option<&str>| Task {
        kind: kind.to_owned(),
        item: None,
        by: None,
        href: href.map(str::to_owned),
    };
    let countered = |counter: Option<&str>| HandoffLine {
        status: "countered".to_owned(),
        counter: counter.map(str::to_owned),
        counter_reason: counter.map(|_| "not_enough".to_owned()),
        ..page.handoffs[0].clone()
    };
    let pieces = vec![
        field("stuk-1", Input::Lines(3), false),
        field("ontbreekt-1", Input::Checks(super::choices()), false),
    ];
    html(&Case {
        tasks: vec![
            task("answer_counter", Some("#doe-tegenvoorstel-nee")),
            task("settle_objection", None),
            task("end_measure", None),
        ],
        handoffs: vec![countered(None), countered(Some("refused"))],
        objections: ["open", "overdue", "upheld", "overruled", "lifted"]
            .map(objection)
            .to_vec(),
        bridges: ["running", "due", "ended"].map(bridge).to_vec(),
        deeds: vec![
            deed("tegenvoorstel-ja", Vec::new()),
            deed(
                "tegenvoorstel-nee",
                vec![field("reden", Input::Radios(super::choices()), true)],
            ),
            deed("uitleggen", pieces),
        ],
        ..page
    })
}

/// It ended, was opened again, and ended without a lesson.
pub(super) fn case_ended(frame: Frame) -> String {
    html(&Case {
        state: "closed".to_owned(),
        weigh: None,
        weighed: Some("/casussen/case_1/wegen".to_owned()),
        deeds: Vec::new(),
        climb: None,
        ended: vec![
            Ending {
                lesson: Some("change_rule".to_owned()),
                ..ending("lesson.recorded")
            },
            Ending {
                outcome: Some("partly_solved".to_owned()),
                ..ending("case.closed")
            },
            ending("case.reopened"),
            Ending {
                nothing_learnt: true,
                text: None,
                ..ending("lesson.recorded")
            },
        ],
        ..case_page(frame)
    })
}

pub(super) fn case(frame: Frame) -> String {
    html(&case_page(frame))
}

/// Everything as long as people make it, with a word that has no place to break.
pub(super) fn case_long(frame: Frame) -> String {
    let long = "Zij belden zeven keer en schreven drie brieven. ".repeat(60);
    let word = "Meervoudigehuishoudensschuldhulpverleningsverzoekschriftprocedure".to_owned();
    let page = case_page(frame);
    html(&Case {
        number: format!("ZAAK-{}", "1234567890".repeat(6)),
        owner: Some(format!("Gemeente {word}")),
        story: Some(Story {
            told: long.clone(),
            wish: Some(word.clone()),
            citizens_words: Some(long.clone()),
            tried: vec![word.clone(), long.clone()],
        }),
        parties: vec![PartyLine {
            name: format!("Stichting {word}"),
            parts: vec!["owner", "raiser"],
        }],
        blocks: vec![BlockLine {
            kind: "rule".to_owned(),
            rules: vec![word],
            text: Some(long),
        }],
        ..page
    })
}

pub(super) fn case_hardly_seen(frame: Frame) -> String {
    html(&Case {
        frame,
        done: None,
        number: "psn_1".to_owned(),
        theme: "a_theme_of_their_own".to_owned(),
        state: "closed".to_owned(),
        urgency: None,
        reported_at: None,
        owner: None,
        clock: None,
        steps: steps(),
        tasks: Vec::new(),
        next: Vec::new(),
        story: None,
        persons: Vec::new(),
        timeline: Vec::new(),
        parties: Vec::new(),
        advice: Vec::new(),
        handoffs: Vec::new(),
        blocks: Vec::new(),
        commitments: Vec::new(),
        shares: Vec::new(),
        sights: Vec::new(),
        refusal: None,
        returned: Some(Returned {
            by: None,
            refused: Some("scarcity".to_owned()),
            missing: Vec::new(),
            text: None,
            complete_by: None,
        }),
        climb: None,
        weigh: None,
        weighed: None,
        sharing: None,
        deeds: Vec::new(),
        said: Vec::new(),
        ended: Vec::new(),
        objections: Vec::new(),
        perspectives: Vec::new(),
        bridges: Vec::new(),
    })
}
