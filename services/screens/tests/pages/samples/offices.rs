//! Samples of what an operator and a privacy officer see.

use screens::page::*;
use screens::{Frame, Input, User};

use super::{at, choices, deed, field, html};

/// With the menu of an operator who is a privacy officer too.
pub(super) fn office(frame: Frame) -> Frame {
    let user = frame.user.clone().map(|user| User {
        operates: true,
        oversees: true,
        ..user
    });
    Frame { user, ..frame }
}

fn plain(id: &str, about: &str) -> Deed {
    Deed {
        id: format!("{id}-{about}"),
        about: Some(about.to_owned()),
        lead: None,
        ..deed(id, Vec::new())
    }
}

pub(super) fn form(id: &str, fields: Vec<screens::Field>) -> Deed {
    Deed {
        about: None,
        ..deed(id, fields)
    }
}

fn quarantined(id: &str, replayed: Option<&str>) -> Quarantined {
    Quarantined {
        id: id.to_owned(),
        sender: "SVB".to_owned(),
        reason: "unsupported_version".to_owned(),
        detail: "D <b>".to_owned(),
        at: at("2026-11-19T08:00:00Z"),
        replayed: replayed.map(|outcome| (outcome.to_owned(), at("2026-11-20T08:00:00Z"))),
        deed: replayed.is_none().then(|| plain("opnieuw-innemen", id)),
    }
}

fn receiver(name: &str, letters: i64) -> Receiver {
    let since = at("2026-11-19T10:00:00Z");
    Receiver {
        name: name.to_owned(),
        door: "webhook".to_owned(),
        known: true,
        letters,
        since: (letters > 0).then_some(since),
        kinds: match letters {
            0 => Vec::new(),
            letters => vec![WaitingKind {
                event: "case.closed".to_owned(),
                letters,
                position: 12,
                since,
            }],
        },
        reason: (letters > 0).then(|| "R <b>".to_owned()),
        heard_at: (letters == 0).then_some(since),
    }
}

pub(super) fn operation_page(frame: Frame) -> Operation {
    Operation {
        frame: office(frame),
        done: Some("✓".to_owned()),
        refusal: None,
        parts: ["database", "vault", "logs", "bus"]
            .map(|part| (part.to_owned(), true))
            .into(),
        followers: [("events", 3), ("answers", 0), ("reactor", 0), ("tree", 1)]
            .map(|(follower, behind)| (follower.to_owned(), behind))
            .into(),
        position: 1204,
        parked: 2,
        next_deadline: Some(at("2026-11-23T16:00:00Z")),
        quarantine: vec![
            quarantined("q1", None),
            quarantined("q2", Some("stored")),
            quarantined("q3", Some("refused")),
        ],
        standing: 412,
        more: true,
        receivers: vec![receiver("SVB", 4), receiver("Belastingdienst", 0)],
        settings: InForce {
            version: "0.1.0".to_owned(),
            engine: "postgresql".to_owned(),
            carrier: "nats".to_owned(),
            development: false,
            letters_kept: 30,
            log_years: 5,
            terms: vec![("handoff_answer".to_owned(), "5wd".to_owned())],
            parties: vec![
                TakesPart {
                    name: "SVB".to_owned(),
                    door: Some("nats".to_owned()),
                    heard_at: Some(at("2026-11-20T08:59:00Z")),
                },
                TakesPart {
                    name: "Spirit".to_owned(),
                    door: Some("feed".to_owned()),
                    heard_at: None,
                },
                TakesPart {
                    name: "Woonstichting".to_owned(),
                    door: None,
                    heard_at: None,
                },
            ],
        },
    }
}

pub(super) fn operation(frame: Frame) -> String {
    html(&operation_page(frame))
}

pub(super) fn operation_empty(frame: Frame) -> String {
    html(&Operation {
        done: None,
        next_deadline: None,
        quarantine: Vec::new(),
        standing: 0,
        more: false,
        receivers: Vec::new(),
        ..operation_page(frame)
    })
}

pub(super) fn operation_unwell(frame: Frame) -> String {
    let mut page = operation_page(frame);
    page.done = None;
    page.refusal = Some("R".to_owned());
    page.parts[3].1 = false;
    page.next_deadline = Some(at("2026-11-19T16:00:00Z"));
    page.receivers[0].known = false;
    page.settings.development = true;
    html(&page)
}

fn privacy_page(frame: Frame) -> Privacy {
    let mut review = deed(
        "beoordelen",
        vec![
            field("oordeel", Input::Radios(choices()), true),
            field("tekst", Input::Lines(3), true),
        ],
    );
    review.about = Some("p1".to_owned());
    Privacy {
        frame: office(frame),
        done: Some("✓".to_owned()),
        refusal: None,
        passes: vec![PassLine {
            id: "p1".to_owned(),
            kind: "emergency".to_owned(),
            number: "psn_1".to_owned(),
            href: "/casussen/psn_1".to_owned(),
            person: "noor".to_owned(),
            categories: vec!["identity".to_owned(), "health".to_owned()],
            reason: "X <b>".to_owned(),
            at: at("2026-11-18T08:00:00Z"),
            until: at("2026-11-18T20:00:00Z"),
            review_by: Some(at("2026-11-25T16:00:00Z")),
            deeds: vec![review, plain("pas-intrekken", "p1")],
        }],
        more: true,
        requests: vec![AskedToSee {
            number: "psn_1".to_owned(),
            href: "/privacy/inzage/psn_1".to_owned(),
            at: at("2026-10-18T08:00:00Z"),
            due: at("2026-11-18T22:59:59Z"),
            by: "Gemeente Utrecht".to_owned(),
            overdue: true,
        }],
        verified: Verified {
            events: 1204,
            in_tree: 1203,
            signed: Some((1200, at("2026-11-20T08:00:00Z"))),
            intact: Some(true),
            proved: Some(("17".to_owned(), true)),
        },
        deeds: vec![form(
            "inzage-vastleggen",
            vec![field("over", Input::Line, true)],
        )],
        proof: vec![form("bewijs", vec![field("plaats", Input::Line, true)])],
    }
}

pub(super) fn privacy(frame: Frame) -> String {
    html(&privacy_page(frame))
}

pub(super) fn privacy_empty(frame: Frame) -> String {
    html(&Privacy {
        done: None,
        passes: Vec::new(),
        more: false,
        requests: Vec::new(),
        verified: Verified {
            events: 0,
            in_tree: 0,
            signed: None,
            intact: None,
            proved: None,
        },
        ..privacy_page(frame)
    })
}

pub(super) fn privacy_wrong(frame: Frame) -> String {
    let mut page = privacy_page(frame);
    page.done = None;
    page.refusal = Some("R".to_owned());
    page.deeds[0].open = true;
    page.deeds[0].fields[0].error = Some("E".to_owned());
    page.verified.intact = Some(false);
    page.verified.proved = Some(("17".to_owned(), false));
    html(&page)
}

pub(super) fn privacy_shared(frame: Frame) -> String {
    let line = |unlisted| SharedLine {
        number: "psn_1".to_owned(),
        href: "/casussen/psn_1/delen".to_owned(),
        at: at("2026-11-18T08:00:00Z"),
        receiver: "SVB".to_owned(),
        ground: "X <b>".to_owned(),
        unlisted,
        categories: vec!["identity".to_owned(), "finance".to_owned()],
        purpose: Some("own_law".to_owned()),
    };
    html(&PrivacyShared {
        frame: office(frame),
        lines: vec![line(false), line(true)],
        more: true,
    })
}

pub(super) fn privacy_shared_empty(frame: Frame) -> String {
    html(&PrivacyShared {
        frame: office(frame),
        lines: Vec::new(),
        more: false,
    })
}

pub(super) fn ledger(kind: &str) -> LedgerLine {
    LedgerLine {
        number: "psn_1".to_owned(),
        kind: kind.to_owned(),
        at: at("2026-11-18T08:00:00Z"),
        scope: None,
        ground: None,
        until: None,
        certificate: None,
        lift: None,
    }
}

pub(super) fn privacy_kept(frame: Frame) -> String {
    html(&PrivacyKept {
        frame: office(frame),
        done: Some("✓".to_owned()),
        refusal: None,
        kept: vec![KeptLine {
            number: "psn_1".to_owned(),
            ended: at("2025-11-18T08:00:00Z"),
            ahead: vec![
                (Some("health".to_owned()), at("2026-05-18T08:00:00Z"), true),
                (None, at("2045-11-18T08:00:00Z"), false),
            ],
            held_until: Some(at("2026-12-01T08:00:00Z")),
        }],
        ledger: vec![
            LedgerLine {
                scope: Some("person".to_owned()),
                ground: Some("request".to_owned()),
                certificate: Some("/privacy/bewaren/psn_1/e1".to_owned()),
                ..ledger("erasure.completed")
            },
            LedgerLine {
                until: Some(at("2026-12-01T08:00:00Z")),
                lift: Some(plain("vrijgeven", "psn_1_h1")),
                ..ledger("hold.placed")
            },
            ledger("erasure.ordered"),
            ledger("hold.lifted"),
            ledger("redaction.recorded"),
        ],
        more: true,
        ledger_more: true,
        deeds: vec![
            form("wissen", vec![field("over", Input::Line, true)]),
            form("vasthouden", Vec::new()),
        ],
    })
}

pub(super) fn privacy_kept_empty(frame: Frame) -> String {
    let mut order = form("wissen", vec![field("over", Input::Line, true)]);
    order.open = true;
    order.fields[0].error = Some("E".to_owned());
    html(&PrivacyKept {
        frame: office(frame),
        done: None,
        refusal: Some("R".to_owned()),
        kept: Vec::new(),
        ledger: Vec::new(),
        more: false,
        ledger_more: false,
        deeds: vec![order],
    })
}

pub(super) fn log_page(frame: Frame) -> PrivacyLog {
    let mut search = form("zoeken", vec![field("zaak", Input::Line, false)]);
    search.open = true;
    PrivacyLog {
        frame: office(frame),
        refusal: None,
        deeds: vec![search],
        searched: true,
        looks: Vec::new(),
        processings: Some(Vec::new()),
        more: false,
    }
}

pub(super) fn privacy_log(frame: Frame) -> String {
    let look = |result: &str| LookLine {
        at: at("2026-11-18T08:00:00Z"),
        person: "noor".to_owned(),
        role: "raiser+case_director".to_owned(),
        operation: "readCase".to_owned(),
        result: result.to_owned(),
        purpose: Some("help".to_owned()),
        shown: match result {
            "answered" => vec!["identity".to_owned(), "family".to_owned()],
            _ => Vec::new(),
        },
        emergency: result == "answered",
        objects: vec!["case_1".to_owned()],
    };
    let processing = |done| ProcessingLine {
        at: at("2026-11-18T08:00:00Z"),
        operation: "readCase".to_owned(),
        activity: "case-handling".to_owned(),
        done,
        receiver: (!done).then(|| "SVB".to_owned()),
    };
    html(&PrivacyLog {
        looks: vec![look("answered"), look("denied"), look("failed")],
        processings: Some(vec![processing(true), processing(false)]),
        more: true,
        ..log_page(frame)
    })
}

pub(super) fn privacy_log_empty(frame: Frame) -> String {
    html(&PrivacyLog {
        searched: false,
        ..log_page(frame)
    })
}

pub(super) fn sheet(frame: Frame) -> String {
    html(&Sheet {
        frame: office(frame),
        title: "T".to_owned(),
        lead: "L".to_owned(),
        back: "/privacy",
        parts: vec![
            SheetPart {
                title: "P".to_owned(),
                lines: vec![("W".to_owned(), "C <b>".to_owned())],
            },
            SheetPart {
                title: "Q".to_owned(),
                lines: Vec::new(),
            },
        ],
    })
}
