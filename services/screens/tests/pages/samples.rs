//! A sample of every page, empty, filled and with something wrong. All people are invented.

use jiff::Timestamp;
use screens::page::*;
use screens::{Choice, Field, Frame, Here, Input, Language, Left, Page, User};

#[path = "samples/advice.rs"]
mod advice;
#[path = "samples/case.rs"]
mod case;
#[path = "samples/deeds.rs"]
mod deeds;
#[path = "samples/inbox.rs"]
mod inbox_parts;
#[path = "samples/insights.rs"]
mod insights;
#[path = "samples/long.rs"]
mod long;
#[path = "samples/mine.rs"]
mod mine;
#[path = "samples/offices.rs"]
mod offices;
#[path = "samples/raise.rs"]
mod raising;
#[path = "samples/search.rs"]
mod search;
#[path = "samples/sharing.rs"]
mod sharing;
#[path = "samples/signal.rs"]
mod signal;
#[path = "samples/table.rs"]
mod table;
#[path = "samples/unsent.rs"]
mod unsent_form;

use advice::{case_advised, inbox_advice, inbox_advice_wrong};
use case::{case, case_asked, case_ended, case_hardly_seen, case_long, case_page};
use deeds::{case_wrong, climb, climb_highest, climb_wrong, deed, desk, desk_empty, desk_wrong};
use inbox_parts::{inbox, inbox_empty, inbox_page, inbox_wrong};
use insights::{insights, insights_empty};
use long::{operation_long, privacy_kept_long, privacy_log_wrong, sharing_wrong};
use mine::{mine, mine_door, mine_door_wrong, mine_empty, mine_list, mine_long, mine_none};
use mine::{no_case_for_citizen, problem_for_citizen};
use offices::{
    operation, operation_empty, operation_unwell, privacy, privacy_empty, privacy_kept,
    privacy_kept_empty, privacy_log, privacy_log_empty, privacy_shared, privacy_shared_empty,
    privacy_wrong, sheet,
};
use raising::{raise, raise_keeps, raise_looked, raise_looked_in_vain, raise_wrong};
use search::{search, search_empty, search_found, search_wrong};
use sharing::{sharing, sharing_no};
use signal::{absent, away, away_empty, away_wrong, board, board_empty, signal as signal_one};
use signal::{signal_fresh, signal_new, signal_new_wrong, signal_wrong, signals, signals_empty};
use signal::{weigh, weigh_empty, weigh_wrong};
use table::{meeting, meeting_empty, meeting_wrong, pack, pack_empty, pack_long};
use table::{tables, tables_empty};
use unsent_form::{unsent, unsent_known};

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
    ("case-long", case_long),
    ("case-advised", case_advised),
    ("case-wrong", case_wrong),
    ("case-asked", case_asked),
    ("case-ended", case_ended),
    ("climb", climb),
    ("climb-wrong", climb_wrong),
    ("climb-highest", climb_highest),
    ("desk", desk),
    ("desk-empty", desk_empty),
    ("desk-wrong", desk_wrong),
    ("tables", tables),
    ("tables-empty", tables_empty),
    ("meeting", meeting),
    ("meeting-empty", meeting_empty),
    ("meeting-wrong", meeting_wrong),
    ("pack", pack),
    ("pack-empty", pack_empty),
    ("pack-long", pack_long),
    ("signals", signals),
    ("signals-empty", signals_empty),
    ("signal_new", signal_new),
    ("signal_new-wrong", signal_new_wrong),
    ("signal", signal_one),
    ("signal-fresh", signal_fresh),
    ("signal-wrong", signal_wrong),
    ("board", board),
    ("board-empty", board_empty),
    ("away", away),
    ("away-empty", away_empty),
    ("away-wrong", away_wrong),
    ("weigh", weigh),
    ("weigh-empty", weigh_empty),
    ("weigh-wrong", weigh_wrong),
    ("mine", mine),
    ("mine-empty", mine_empty),
    ("mine-long", mine_long),
    ("mine_list", mine_list),
    ("mine_list-empty", mine_none),
    ("mine_door", mine_door),
    ("mine_door-wrong", mine_door_wrong),
    ("operation", operation),
    ("operation-empty", operation_empty),
    ("operation-unwell", operation_unwell),
    ("operation-long", operation_long),
    ("privacy", privacy),
    ("privacy-empty", privacy_empty),
    ("privacy-wrong", privacy_wrong),
    ("privacy_shared", privacy_shared),
    ("privacy_shared-empty", privacy_shared_empty),
    ("privacy_kept", privacy_kept),
    ("privacy_kept-empty", privacy_kept_empty),
    ("privacy_kept-long", privacy_kept_long),
    ("privacy_log", privacy_log),
    ("privacy_log-empty", privacy_log_empty),
    ("privacy_log-wrong", privacy_log_wrong),
    ("privacy_sheet", sheet),
    ("insights", insights),
    ("insights-empty", insights_empty),
    ("sharing", sharing),
    ("sharing-no", sharing_no),
    ("sharing-wrong", sharing_wrong),
    ("raise", raise),
    ("raise-keeps", raise_keeps),
    ("raise-wrong", raise_wrong),
    ("raise-looked", raise_looked),
    ("raise-looked-in-vain", raise_looked_in_vain),
    ("search", search),
    ("search-found", search_found),
    ("search-empty", search_empty),
    ("search-wrong", search_wrong),
    ("unsent", unsent),
    ("unsent-known", unsent_known),
    ("inbox", inbox),
    ("inbox-empty", inbox_empty),
    ("inbox-wrong", inbox_wrong),
    ("inbox-advice", inbox_advice),
    ("inbox-advice-wrong", inbox_advice_wrong),
    ("problem-401", |frame| problem(frame, 401)),
    ("problem-403", |frame| problem(frame, 403)),
    ("problem-404", |frame| problem(frame, 404)),
    ("problem-403-citizen", problem_for_citizen),
    ("problem-no-case", |frame| not_yours(frame, Begun::Case)),
    ("problem-no-case-citizen", no_case_for_citizen),
    ("problem-no-signal", |frame| not_yours(frame, Begun::Signal)),
    ("problem-no-higher", |frame| {
        not_yours(frame, Begun::Higher("/casussen/c1".to_owned()))
    }),
    ("problem-405", |frame| problem(frame, 405)),
    ("problem-409", |frame| problem(frame, 409)),
    ("problem-503", |frame| problem(frame, 503)),
    ("glossary", |frame| html(&Glossary::new(frame))),
    ("accessibility", |frame| html(&Accessibility { frame })),
];

/// A text that goes on, and one word of it that does.
const LONG: &str = "Zij vroeg het overal, en overal hoorde zij dat een ander erover gaat, tot \
                    aan de Ketenpartnersamenwerkingsovereenkomstenregeling. ";

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
            advises: true,
            admits: true,
            meets: true,
            operates: false,
            oversees: false,
            learns: true,
            signals: true,
            governs: true,
            citizen: false,
        }),
        here: Here::Work,
        token: "t0ken".to_owned(),
        themed: false,
        plain: false,
        live: None,
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
        done: Some("✓".to_owned()),
        wanted: vec![
            Wanted {
                href: "/casussen/case_3".to_owned(),
                theme: Some("debts".to_owned()),
                number: "psn_3".to_owned(),
            },
            Wanted {
                href: "/casussen/psn_4".to_owned(),
                theme: None,
                number: "psn_4".to_owned(),
            },
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
        done: None,
        mine: Vec::new(),
        wanted: Vec::new(),
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

fn problem(frame: Frame, status: u16) -> String {
    html(&Problem::of(frame, status))
}

fn not_yours(frame: Frame, what: Begun) -> String {
    html(&Problem::not_yours(frame, what, vec!["R".to_owned()]))
}
