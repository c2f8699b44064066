//! Samples of signals, of what an administrator answers for, of absence and of weighing.

use jiff::civil::date;
use screens::page::*;
use screens::{Frame, Input, Left};

use super::{at, choices, deed, field, html};

fn item(state: &str, owner: bool, overdue: i64) -> SignalItem {
    SignalItem {
        href: "/signalen/s1".to_owned(),
        text: owner.then(|| "C <b>".to_owned()),
        kind: "unease".to_owned(),
        theme: "housing".to_owned(),
        state: state.to_owned(),
        owner: owner.then(|| "Gemeente Utrecht".to_owned()),
        until: (state != "closed").then(|| (at("2026-11-23T16:00:00Z"), Left::Days(1))),
        overdue,
    }
}

pub(super) fn signals(frame: Frame) -> String {
    html(&Signals {
        frame,
        ours: vec![item("assigned", true, 2)],
        raised: vec![item("unassigned", false, 0)],
        to_place: vec![item("answered", true, 0)],
        ended: vec![item("closed", true, 1)],
        more: true,
    })
}

pub(super) fn signals_empty(frame: Frame) -> String {
    html(&Signals {
        frame,
        ours: Vec::new(),
        raised: Vec::new(),
        to_place: Vec::new(),
        ended: Vec::new(),
        more: false,
    })
}

fn new_page(frame: Frame) -> RaiseSignal {
    let fields = vec![
        field("tekst", Input::Lines(5), true),
        field("waarover", Input::List(choices()), false),
        field("vaak", Input::Radios(choices()), false),
    ];
    RaiseSignal {
        frame,
        refusal: None,
        deed: deed("signaleren", fields),
    }
}

pub(super) fn signal_new(frame: Frame) -> String {
    html(&new_page(frame))
}

pub(super) fn signal_new_wrong(frame: Frame) -> String {
    let mut page = new_page(frame);
    page.refusal = Some("R".to_owned());
    page.deed.fields[0].error = Some("E".to_owned());
    page.deed.fields[0].value = "a\"><script>".to_owned();
    html(&page)
}

fn signal_page(frame: Frame) -> Signal {
    let moment = |kind: &str, answer: Option<&str>, step: Option<&str>| SignalMoment {
        kind: kind.to_owned(),
        at: at("2026-11-19T14:20:00Z"),
        answer: answer.map(str::to_owned),
        step: step.map(str::to_owned),
        text: answer.map(|_| "C <b>".to_owned()),
    };
    let step = |step: &str, done| CycleStep {
        step: step.to_owned(),
        done,
    };
    Signal {
        frame,
        done: Some("✓".to_owned()),
        refusal: None,
        item: item("answered", true, 1),
        rule: Some("R".to_owned()),
        often: Some("weekly".to_owned()),
        raised_by: "Spirit".to_owned(),
        suggested: None,
        addressee: Some("Anna Bedacht".to_owned()),
        cases: Some(20),
        fewer_than: None,
        own_cases: vec!["case_1".to_owned()],
        steps: vec![step("effect_named", true), step("tried_in_practice", false)],
        history: vec![
            moment("signal.assigned", None, None),
            moment("signal.overdue", None, None),
            moment("signal.answered", Some("will_change"), None),
            moment("signal.step-recorded", None, Some("effect_named")),
        ],
        deeds: vec![deed("stap", vec![field("tekst", Input::Lines(3), false)])],
    }
}

pub(super) fn signal(frame: Frame) -> String {
    html(&signal_page(frame))
}

pub(super) fn signal_fresh(frame: Frame) -> String {
    html(&Signal {
        done: None,
        item: item("unassigned", false, 0),
        rule: None,
        often: None,
        suggested: Some("SVB".to_owned()),
        addressee: None,
        cases: None,
        fewer_than: Some(10),
        own_cases: Vec::new(),
        steps: Vec::new(),
        history: Vec::new(),
        deeds: Vec::new(),
        ..signal_page(frame)
    })
}

pub(super) fn signal_wrong(frame: Frame) -> String {
    let mut page = signal_page(frame);
    page.done = None;
    page.refusal = Some("R".to_owned());
    page.deeds[0].open = true;
    page.deeds[0].fields[0].error = Some("E".to_owned());
    html(&page)
}

pub(super) fn board(frame: Frame) -> String {
    let promise = |due: Option<i8>| Promise {
        href: "/casussen/case_1".to_owned(),
        number: "psn_1".to_owned(),
        theme: due.map(|_| "family_income".to_owned()),
        text: Some("C <b>".to_owned()),
        due: due.map(|day| date(2026, 11, day)),
    };
    html(&Board {
        frame,
        signals: vec![item("assigned", true, 1)],
        late: vec![promise(Some(2))],
        asked: vec![promise(None)],
        running: vec![promise(Some(28))],
        more: true,
    })
}

pub(super) fn board_empty(frame: Frame) -> String {
    html(&Board {
        frame,
        signals: Vec::new(),
        late: Vec::new(),
        asked: Vec::new(),
        running: Vec::new(),
        more: false,
    })
}

pub(super) fn absent(who: &str, cover: Option<&str>, mine: bool) -> Absent {
    Absent {
        who: who.to_owned(),
        from: date(2026, 11, 19),
        until: date(2027, 1, 2),
        cover: cover.map(str::to_owned),
        mine,
    }
}

fn away_page(frame: Frame) -> Away {
    let away = vec![
        field("van", Input::Day, true),
        field("wie", Input::List(choices()), false),
    ];
    Away {
        frame,
        done: Some("✓".to_owned()),
        refusal: None,
        own: vec![
            OwnEntry {
                function: "Casusregisseur".to_owned(),
                deputy: Some("Petra Fictief".to_owned()),
                away: None,
                deeds: vec![deed("afwezig", away)],
            },
            OwnEntry {
                function: "Vervanger".to_owned(),
                deputy: None,
                away: Some(absent("Noor Verzonnen", Some("Petra Fictief"), false)),
                deeds: vec![deed("weer-terug", Vec::new())],
            },
        ],
        absent: vec![
            absent("Anna Bedacht", None, false),
            absent("Petra Fictief", Some("Noor Verzonnen"), true),
        ],
    }
}

pub(super) fn away(frame: Frame) -> String {
    html(&away_page(frame))
}

pub(super) fn away_empty(frame: Frame) -> String {
    html(&Away {
        done: None,
        own: Vec::new(),
        absent: Vec::new(),
        ..away_page(frame)
    })
}

pub(super) fn away_wrong(frame: Frame) -> String {
    let mut page = away_page(frame);
    page.done = None;
    page.refusal = Some("R".to_owned());
    page.own[0].deeds[0].open = true;
    page.own[0].deeds[0].fields[0].error = Some("E".to_owned());
    html(&page)
}

fn weigh_page(frame: Frame) -> Weigh {
    let part = |score, sufficient, count| PartLine {
        name: "Betrokkenheid".to_owned(),
        score,
        sufficient,
        count,
        text: Some("C <b>".to_owned()),
    };
    let weighing = |passed| Weighing {
        method: "M".to_owned(),
        passed,
        reason: passed.map(|_| "R".to_owned()),
        parts: vec![
            part(Some(4), None, None),
            part(None, Some(true), None),
            part(None, Some(false), Some(3)),
        ],
        missing: match passed {
            Some(_) => Vec::new(),
            None => vec![
                ("P".to_owned(), Some("/casussen/case_1/wegen".to_owned())),
                ("Q".to_owned(), None),
            ],
        },
    };
    let method = |heavy| MethodLine {
        name: "M".to_owned(),
        href: "/casussen/case_1/wegen?methode=m".to_owned(),
        heavy,
    };
    Weigh {
        frame,
        done: Some("✓".to_owned()),
        refusal: None,
        case: "/casussen/case_1".to_owned(),
        number: "ZAAK-2026-0001742".to_owned(),
        weighings: vec![weighing(None), weighing(Some(true)), weighing(Some(false))],
        methods: vec![method(false), method(true)],
        form: Some(PartForm {
            method: "M".to_owned(),
            part: "P".to_owned(),
            hidden: vec![("methode", "m".to_owned())],
            fields: vec![
                field("tekst", Input::Lines(4), true),
                field("cijfer", Input::Radios(choices()), true),
            ],
        }),
    }
}

pub(super) fn weigh(frame: Frame) -> String {
    html(&weigh_page(frame))
}

pub(super) fn weigh_empty(frame: Frame) -> String {
    html(&Weigh {
        done: None,
        weighings: Vec::new(),
        methods: Vec::new(),
        form: None,
        ..weigh_page(frame)
    })
}

pub(super) fn weigh_wrong(frame: Frame) -> String {
    let mut page = weigh_page(frame);
    page.done = None;
    page.refusal = Some("R".to_owned());
    if let Some(form) = &mut page.form {
        form.fields[0].error = Some("E".to_owned());
    }
    html(&page)
}
