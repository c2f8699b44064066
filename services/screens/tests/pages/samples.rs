//! A sample of every page, empty, filled and with something wrong. All people are invented.

use jiff::Timestamp;
use screens::page::*;
use screens::{Choice, Field, Frame, Here, Input, Language, Left, Page, User};

#[path = "samples/case.rs"]
mod case;
#[path = "samples/deeds.rs"]
mod deeds;
#[path = "samples/mine.rs"]
mod mine;
#[path = "samples/sharing.rs"]
mod sharing;
#[path = "samples/table.rs"]
mod table;

use case::{case, case_hardly_seen, case_page};
use deeds::{case_wrong, climb, climb_highest, climb_wrong, deed, desk, desk_empty};
use mine::{mine, mine_door, mine_door_wrong, mine_empty};
use sharing::{sharing, sharing_no};
use table::{meeting, meeting_empty, tables, tables_empty};

/// A page by its name, and what makes it.
type Sample = (&'static str, fn(Frame) -> String);

/// A page of its own for every state in which it can be.
pub(crate) const SAMPLES: &[Sample] = &[
    ("home", home),
    ("home-without-login", home_without_login),
    ("personas", personas),
    ("work", work),
    ("work-empty", work_empty),
    ("case", case),
    ("case-hardly-seen", case_hardly_seen),
    ("case-wrong", case_wrong),
    ("climb", climb),
    ("climb-wrong", climb_wrong),
    ("climb-highest", climb_highest),
    ("desk", desk),
    ("desk-empty", desk_empty),
    ("tables", tables),
    ("tables-empty", tables_empty),
    ("meeting", meeting),
    ("meeting-empty", meeting_empty),
    ("mine", mine),
    ("mine-empty", mine_empty),
    ("mine_door", mine_door),
    ("mine_door-wrong", mine_door_wrong),
    ("sharing", sharing),
    ("sharing-no", sharing_no),
    ("raise", raise),
    ("raise-wrong", raise_wrong),
    ("inbox", inbox),
    ("inbox-empty", inbox_empty),
    ("inbox-wrong", inbox_wrong),
    ("problem-401", |frame| problem(frame, 401)),
    ("problem-403", |frame| problem(frame, 403)),
    ("problem-404", |frame| problem(frame, 404)),
    ("problem-409", |frame| problem(frame, 409)),
    ("problem-503", |frame| problem(frame, 503)),
    ("glossary", |frame| html(&Glossary::new(frame))),
    ("accessibility", |frame| html(&Accessibility { frame })),
];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What is around a sample.
pub(crate) fn frame(language: Language) -> Frame {
    Frame {
        language,
        now: at("2026-11-20T09:00:00Z"),
        address: "/werk".to_owned(),
        user: Some(User {
            name: "Noor Verzonnen".to_owned(),
            organisation: "Gemeente Utrecht".to_owned(),
            raises: true,
            answers: true,
            admits: true,
            meets: true,
            citizen: false,
        }),
        here: Here::Work,
        token: "t0ken".to_owned(),
        themed: false,
        plain: false,
    }
}

fn html(page: &impl Page) -> String {
    page.render().unwrap()
}

fn outside(frame: Frame) -> Frame {
    Frame {
        user: None,
        here: Here::Elsewhere,
        themed: true,
        ..frame
    }
}

fn home(frame: Frame) -> String {
    html(&Home {
        frame: outside(frame),
        login: true,
    })
}

fn home_without_login(frame: Frame) -> String {
    html(&Home {
        frame: outside(frame),
        login: false,
    })
}

fn personas(frame: Frame) -> String {
    let person = |id, name: &str, roles| Persona {
        id,
        name: name.to_owned(),
        roles,
    };
    html(&Personas {
        frame: outside(frame),
        action: "/dev/authorize".to_owned(),
        hidden: vec![("state", "abc".to_owned())],
        groups: vec![Group {
            organisation: "Gemeente Utrecht".to_owned(),
            people: vec![
                person("noor", "Noor", vec!["raiser", "case_director"]),
                person("petra", "Petra", vec!["process_director"]),
            ],
        }],
    })
}

fn item(expected: &str, left: Left, who: Option<&str>) -> Item {
    Item {
        href: "/casussen/case_1".to_owned(),
        expected: expected.to_owned(),
        theme: "family_income".to_owned(),
        number: "ZAAK-2026-0001742".to_owned(),
        rung: "Lokale tafel".to_owned(),
        state: "blocked".to_owned(),
        who: who.map(str::to_owned),
        urgent: left == Left::Over,
        by: at("2026-11-23T16:00:00Z"),
        left,
    }
}

fn work(frame: Frame) -> String {
    html(&Work {
        frame,
        raises: true,
        drafts: vec![Draft {
            id: "case_2".to_owned(),
            saved_at: at("2026-11-19T14:20:00Z"),
        }],
        mine: vec![
            item("completion", Left::Over, None),
            item("explanation", Left::Today, None),
            item("review", Left::Days(4), None),
        ],
        others: vec![item("handoff-answer", Left::Days(1), Some("SVB"))],
        known: vec![Known {
            href: "/casussen/psn_9".to_owned(),
            theme: "housing".to_owned(),
            number: "psn_9".to_owned(),
            rung: "Landelijke tafel".to_owned(),
            state: "admitted".to_owned(),
        }],
        more: true,
    })
}

fn work_empty(frame: Frame) -> String {
    html(&Work {
        frame,
        raises: false,
        drafts: Vec::new(),
        mine: Vec::new(),
        others: Vec::new(),
        known: Vec::new(),
        more: false,
    })
}

fn field(name: &'static str, input: Input, required: bool) -> Field {
    Field {
        id: name.to_owned(),
        name,
        label: "L".to_owned(),
        help: Some("H".to_owned()),
        error: None,
        value: String::new(),
        required,
        input,
    }
}

fn choices() -> Vec<Choice> {
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        label: value.to_uppercase(),
    };
    vec![choice("a"), choice("b")]
}

fn raise_page(frame: Frame) -> Raise {
    Raise {
        frame,
        draft: None,
        saved: None,
        refusal: None,
        fields: vec![
            field("verhaal", Input::Lines(8), true),
            field("onderwerp", Input::List(choices()), true),
            field("leeftijd", Input::Radios(choices()), true),
            field("naam", Input::Line, false),
        ],
        required: 3,
        provisions: Vec::new(),
    }
}

fn raise(frame: Frame) -> String {
    html(&raise_page(frame))
}

fn raise_wrong(frame: Frame) -> String {
    let mut page = raise_page(frame);
    for field in &mut page.fields {
        field.error = Some("E".to_owned());
        field.value = "a\"><script>".to_owned();
    }
    html(&Raise {
        draft: Some("case_2".to_owned()),
        saved: Some(at("2026-11-20T08:00:00Z")),
        refusal: Some("R".to_owned()),
        provisions: vec![Provision {
            name: "P".to_owned(),
            gives: "G".to_owned(),
        }],
        ..page
    })
}

fn inbox_page(frame: Frame) -> Inbox {
    let mut reason = field("reden", Input::Radios(choices()), true);
    reason.id = "o1-reden".to_owned();
    let mut instead = field("alternatief", Input::Lines(3), true);
    instead.id = "o1-anders".to_owned();
    Inbox {
        frame,
        done: Some("✓".to_owned()),
        refusal: None,
        offers: vec![Offer {
            id: "o1".to_owned(),
            from: "Gemeente Utrecht".to_owned(),
            kind: "advice".to_owned(),
            theme: "family_income".to_owned(),
            age_band: Some("21-26".to_owned()),
            requested: "confirm_facts".to_owned(),
            rules: vec!["R".to_owned()],
            urgent: true,
            by: at("2026-11-23T16:00:00Z"),
            left: Left::Days(1),
            decline: vec![reason],
            declining: false,
            counter: vec![instead],
            countering: false,
        }],
        accepted: vec![Accepted {
            from: "Gemeente Utrecht".to_owned(),
            kind: "task".to_owned(),
            theme: "housing".to_owned(),
            number: "psn_1".to_owned(),
            summary: Some("S".to_owned()),
            href: Some("/casussen/psn_1".to_owned()),
        }],
        fields: Vec::new(),
    }
}

fn inbox(frame: Frame) -> String {
    html(&inbox_page(frame))
}

fn inbox_empty(frame: Frame) -> String {
    html(&Inbox {
        done: None,
        offers: Vec::new(),
        accepted: Vec::new(),
        ..inbox_page(frame)
    })
}

fn inbox_wrong(frame: Frame) -> String {
    let mut page = inbox_page(frame);
    let offer = &mut page.offers[0];
    offer.declining = true;
    offer.decline[0].error = Some("E".to_owned());
    page.fields = offer.decline.clone();
    page.done = None;
    html(&page)
}

fn problem(frame: Frame, status: u16) -> String {
    html(&Problem::of(frame, status))
}
