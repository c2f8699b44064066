//! What each role has before them: every screen for every role, by its headings and by what can be
//! done there. Kept in `snapshots/`, so that a screen that appears to a role, or a form that leaves
//! it, is seen by whoever changes it.

use serde_json::json;

use crate::browser::Browser;
use crate::people::{
    ANNA, DIRK, FATMA, HANNA, KOEN, LENA, NOBODY, NOOR, OLGA, PETRA, Person, SEM, UTRECHT, YARA,
};
use crate::story::text;
use crate::table::Meeting;
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};

/// Somebody of each role.
const ROLES: [(&str, Person); 13] = [
    ("raiser-and-case-director", NOOR),
    ("process-director", PETRA),
    ("administrator", ANNA),
    ("agency-liaison", SEM),
    ("care-professional", KOEN),
    ("regional-handler", YARA),
    ("national-adviser", DIRK),
    ("table-member", LENA),
    ("analyst", HANNA),
    ("privacy-officer", FATMA),
    ("operator", OLGA),
    ("citizen", BELLA),
    ("no-role", NOBODY),
];

/// Without what a word of the glossary folds away.
fn unfolded(html: &str) -> String {
    let mut pieces = html.split("<span class=\"db-hidden\">");
    let mut shown = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let after = piece.split_once("</button>").map_or("", |(_, after)| after);
        let folded = after.starts_with("<span class=\"db-term__text\"");
        let rest = after.split_once("</span>").filter(|_| folded);
        shown.push_str(rest.map_or(piece, |(_, rest)| rest));
    }
    shown
}

/// The text between a tag's end and the next closing tag of that name, without the tags in it.
fn inside(html: &str, name: &str) -> String {
    let until = html.split(&format!("</{name}>")).next().unwrap_or(html);
    let until = &unfolded(until);
    let texts = until
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let joined = texts.collect::<Vec<_>>().join(" ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address with the names of things left out: they are other ones every time.
fn place(address: &str) -> String {
    let parts = address.split('?').next().unwrap_or(address).split('/');
    let steady = parts.map(|part| match part.contains(|c: char| c.is_ascii_digit()) {
        true => "…",
        false => part,
    });
    steady.collect::<Vec<_>>().join("/")
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.split(&format!(" {name}=\"")).nth(1)?;
    from.split('"').next()
}

/// A page's headings, and what can be done on it.
fn outline(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let main = html.split("<main").nth(1).unwrap_or_default();
    for (at, _) in main.match_indices('<') {
        let rest = &main[at + 1..];
        let Some((tag, after)) = rest.split_once('>') else {
            continue;
        };
        match tag.split_whitespace().next().unwrap_or_default() {
            name @ ("h1" | "h2" | "h3") => {
                let depth = "  ".repeat(usize::from(name.as_bytes()[1] - b'0'));
                lines.push(format!("{depth}{}", inside(after, name)));
            }
            "form" => {
                let action = attribute(tag, "action").map_or_else(String::new, place);
                let (fields, name) = (fields(after), inside(after_button(after), "button"));
                lines.push(
                    format!("        [{name}] {action} {fields}")
                        .trim_end()
                        .to_owned(),
                );
            }
            _ => {}
        }
    }
    // What stands there once for each of several things is told once.
    lines.dedup();
    lines
}

fn after_button(form: &str) -> &str {
    // A term of a label explains itself by a button, too.
    let button = form.split(" type=\"submit\"").nth(1).unwrap_or_default();
    button.split_once('>').map_or("", |(_, text)| text)
}

/// The names of what a form asks.
fn fields(form: &str) -> String {
    let form = form.split("</form>").next().unwrap_or(form);
    let mut names = Vec::new();
    for tag in form.split('<') {
        let asks = ["input", "select", "textarea"]
            .iter()
            .any(|kind| tag.starts_with(kind));
        let name = attribute(tag, "name").filter(|_| asks && !tag.contains("type=\"hidden\""));
        names.extend(name.map(str::to_owned));
    }
    names.dedup();
    names.join(", ")
}

/// The menu, as its names.
fn menu(html: &str) -> String {
    let nav = html.split("<nav class=\"db-menu\"").nth(1);
    let nav = nav.and_then(|nav| nav.split("</nav>").next());
    let items = nav.unwrap_or_default().split("<a ").skip(1);
    let names = items.map(|item| inside(item.split_once('>').map_or("", |(_, text)| text), "a"));
    names.collect::<Vec<_>>().join(" | ")
}

#[tokio::test]
async fn every_role_has_before_it_what_it_had() {
    let world = World::new().await;
    let meeting = Meeting::planned(&world).await;
    let case = meeting.case.as_str();
    let link = json!({"personKey": "p1", "citizen": BELLA.name});
    let citizens = format!("/v1/cases/{case}/citizens");
    world.post(&NOOR, &citizens, &link).await.expect(201);
    let unease = json!({"kind": "unease", "text": "Twee regels sluiten elkaar uit."});
    let signal = world.post(&NOOR, "/v1/signals", &unease).await.expect(201);
    let signal = text(&signal["id"]);
    let screens = [
        "/werk".to_owned(),
        "/zoeken".to_owned(),
        "/casussen/nieuw".to_owned(),
        format!("/casussen/{case}"),
        format!("/casussen/{case}/hoger"),
        format!("/casussen/{case}/wegen"),
        format!("/casussen/{case}/delen"),
        "/vragen".to_owned(),
        "/afwezig".to_owned(),
        "/loket".to_owned(),
        "/tafel".to_owned(),
        format!("/tafel/{}", meeting.id),
        format!("/tafel/{}/stukken", meeting.id),
        "/signalen".to_owned(),
        "/signalen/nieuw".to_owned(),
        format!("/signalen/{signal}"),
        "/bestuur".to_owned(),
        "/mijn-zaak".to_owned(),
        "/inzicht".to_owned(),
        "/privacy".to_owned(),
        "/privacy/gedeeld".to_owned(),
        "/privacy/bewaren".to_owned(),
        "/privacy/logboek".to_owned(),
        "/beheer".to_owned(),
    ];
    for (role, person) in ROLES {
        let mut browser = Browser::new(&world);
        browser.login(&person).await;
        let mut told = Vec::new();
        for screen in &screens {
            let page = browser.get(screen).await;
            let status = page.status.as_u16();
            if told.is_empty() && status == 200 {
                told.push(format!("menu: {}", menu(&page.text)));
            }
            told.push(format!("{status} {}", place(screen)));
            match page.header("location") {
                Some(onwards) => told.push(format!("    to {}", place(onwards))),
                None if status == 200 => told.extend(outline(&page.text)),
                None => {}
            }
        }
        insta::assert_snapshot!(role, told.join("\n"));
    }
}
