//! What every page holds to, whatever it says.

use std::collections::BTreeSet;

use screens::{Language, asset};

use crate::samples::{SAMPLES, frame};

fn every_page(look: impl Fn(&str, &str)) {
    for (name, render) in SAMPLES {
        for language in Language::ALL {
            let html = render(frame(language));
            look(&format!("{name}.{}", language.code()), &html);
        }
    }
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    let parts = html.split(mark.as_str()).skip(1);
    parts
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect()
}

#[test]
fn nothing_runs_or_is_styled_inside_a_page_and_nothing_comes_from_elsewhere() {
    every_page(|name, html| {
        for inline in [
            "<style",
            " style=",
            " onclick=",
            " onload=",
            "javascript:",
            "http:",
            "https:",
        ] {
            assert!(!html.contains(inline), "{name} has {inline}");
        }
        for script in html.split("<script").skip(1) {
            assert!(
                script.starts_with(" src=\"/assets/"),
                "{name} has a script inside"
            );
        }
        for address in values(html, "src").into_iter().chain(values(html, "href")) {
            let name_of = address
                .strip_prefix("/assets/")
                .filter(|it| *it != "thema.css");
            assert!(address.starts_with(['/', '#']), "{name}: {address}");
            assert!(
                name_of.is_none_or(|it| asset(it).is_some()),
                "{name}: {address}"
            );
        }
    });
}

#[test]
fn every_id_is_there_once_and_every_mention_leads_to_one() {
    every_page(|name, html| {
        let ids = values(html, "id");
        let all: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(all.len(), ids.len(), "{name}: {ids:?}");
        for attribute in [
            "for",
            "aria-labelledby",
            "aria-describedby",
            "popovertarget",
        ] {
            for mention in values(html, attribute).iter().flat_map(|it| it.split(' ')) {
                assert!(all.contains(mention), "{name}: {attribute} names {mention}");
            }
        }
        for address in values(html, "href")
            .iter()
            .filter_map(|it| it.strip_prefix('#'))
        {
            assert!(all.contains(address), "{name}: no {address}");
        }
    });
}

#[test]
fn every_form_carries_its_token_and_every_page_one_heading_and_its_language() {
    every_page(|name, html| {
        for form in html
            .split("<form")
            .skip(1)
            .filter(|_| !name.starts_with("personas") && !name.starts_with("mine_door"))
        {
            let form = form.split("</form>").next().unwrap();
            assert!(
                form.contains("name=\"token\" value=\"t0ken\""),
                "{name}: {form}"
            );
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        let language = name.rsplit('.').next().unwrap();
        assert!(
            html.contains(&format!("<html lang=\"{language}\">")),
            "{name}"
        );
        assert!(
            !html.contains("disabled"),
            "{name} has a control that does nothing"
        );
        assert!(!html.contains('⟦'), "{name} lacks a text");
    });
}

#[test]
fn what_people_wrote_is_never_markup() {
    every_page(|name, html| {
        assert!(!html.contains("<script>"), "{name}");
        assert!(!html.contains("C <b>"), "{name}");
    });
}

#[test]
fn a_page_hears_what_changes_when_it_has_a_script_and_asks_again_without_one() {
    for (name, render) in SAMPLES.iter().filter(|(name, _)| *name == "work") {
        for plain in [false, true] {
            let html = render(screens::Frame {
                live: Some("/live?sinds=7".to_owned()),
                plain,
                ..frame(Language::Dutch)
            });
            let hears = html.contains("hx-sse:connect=\"/live?sinds=7\"");
            assert_eq!(hears, html.contains("<script src="), "{name}");
            assert!(!(plain && hears));
            // Where it is said, and the way to see it.
            assert_eq!(hears, html.contains("id=\"veranderd\" role=\"status\""));
            assert_eq!(
                hears,
                html.contains("<a class=\"nl-link\" href=\"/werk\">Vernieuw de pagina</a>")
            );
        }
    }
}

#[test]
fn every_printed_page_says_for_whom_it_was_made_and_when() {
    for (name, render) in SAMPLES {
        for (language, word, day) in [
            (Language::Dutch, "Vertrouwelijk.", "20 november, 10"),
            (Language::English, "Confidential.", "20 November, 10"),
        ] {
            let html = render(frame(language));
            let stamp = html.split("<p class=\"db-stamp\">").nth(1);
            let logged_in = html.contains("class=\"db-user\"");
            assert_eq!(stamp.is_some(), logged_in, "{name}");
            let Some(stamp) = stamp else { continue };
            let stamp = stamp.split("</p>").next().unwrap();
            for part in [word, "Noor Verzonnen, Gemeente Utrecht", day] {
                assert!(stamp.contains(part), "{name}: {stamp}");
            }
        }
    }
}

#[test]
fn another_language_leads_to_the_same_place_and_loses_nothing_that_is_shown_once() {
    let (_, work) = SAMPLES.iter().find(|(name, _)| *name == "work").unwrap();
    let at = |address: &str| {
        work(screens::Frame {
            address: address.to_owned(),
            ..frame(Language::Dutch)
        })
    };
    let asked = at("/casussen/c1/wegen?methode=x&deel=y");
    let whole = "href=\"/taal/en?naar=/casussen/c1/wegen%3Fmethode%3Dx%26deel%3Dy\"";
    assert!(asked.contains(whole), "{asked}");
    assert!(at("/werk").contains("href=\"/taal/en?naar=/werk\""));
    assert!(!at("").contains("/taal/"));
}

#[test]
fn a_citizen_is_led_to_the_own_case_and_nobody_else_is() {
    for (name, render) in SAMPLES
        .iter()
        .filter(|(name, _)| name.starts_with("problem-403"))
    {
        let html = render(frame(Language::Dutch));
        let citizen = name.ends_with("citizen");
        assert_eq!(
            html.contains("href=\"/mijn-zaak\">Naar mijn zaak"),
            citizen,
            "{name}"
        );
        assert_eq!(
            html.contains("href=\"/werk\">Naar mijn werk"),
            !citizen,
            "{name}"
        );
    }
}
