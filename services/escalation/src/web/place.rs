//! Where a page is: the address at which it can be asked for again, and which page is somebody's first.

use axum::http::Uri;

/// Forms are sent to `<page>/doen/<deed>`.
const DOING: &str = "/doen/";
/// Said once, and not again with the same page.
const DONE: &str = "gedaan=";
/// Pages whose forms are sent further down than that: what the address begins with, and the page.
const ABOVE: [(&str, &str); 2] = [("/loket/", "/loket"), ("/vragen/", "/vragen")];
/// Where the answer of a form is a page of its own.
const APART: [(&str, &str); 1] = [("/doen/delen", "/delen")];

/// Which page is the first for whoever has these roles and no other.
const FIRST: [(&[&str], &str); 8] = [
    (&["citizen"], "/mijn-zaak"),
    (&["privacy_officer"], "/privacy"),
    (&["operator"], "/beheer"),
    (&["analyst"], "/inzicht"),
    (&["administrator"], "/bestuur"),
    (
        &["agency_liaison", "care_professional", "fund_holder"],
        "/vragen",
    ),
    (&["regional_handler", "national_adviser"], "/loket"),
    (&["table_member", "administrator"], "/tafel"),
];

/// The address at which the page can be asked for, of what was asked for: the page itself, or a form
/// on it.
pub(super) fn own(uri: &Uri) -> String {
    let path = uri.path();
    if let Some((_, page)) = ABOVE.iter().find(|(above, _)| path.starts_with(above)) {
        return (*page).to_owned();
    }
    for (end, page) in APART {
        if let Some(rest) = path.strip_suffix(end) {
            return format!("{rest}{page}");
        }
    }
    if let Some((page, _)) = path.split_once(DOING) {
        return page.to_owned();
    }
    let asked = uri.query().unwrap_or_default().split('&');
    let asked: Vec<&str> = asked
        .filter(|one| !one.is_empty() && !one.starts_with(DONE))
        .collect();
    match asked.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", asked.join("&")),
    }
}

/// The page on which somebody with these roles begins.
pub(super) fn first(roles: &[String]) -> &'static str {
    let within = |known: &[&str]| {
        let within = roles.iter().all(|role| known.contains(&role.as_str()));
        within && !roles.is_empty()
    };
    let found = FIRST.iter().find(|(known, _)| within(known));
    found.map_or("/werk", |(_, page)| page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_again_where_it_stands_and_a_form_leads_to_its_page() {
        for (asked, page) in [
            ("/werk", "/werk"),
            ("/casussen/c1?gedaan=besluit", "/casussen/c1"),
            (
                "/casussen/c1/wegen?methode=x&gedaan=wegen&deel=y",
                "/casussen/c1/wegen?methode=x&deel=y",
            ),
            ("/casussen/c1/doen/besluit", "/casussen/c1"),
            ("/casussen/c1/doen/delen", "/casussen/c1/delen"),
            ("/loket/c1/doen/teruggeven", "/loket"),
            ("/vragen/h1", "/vragen"),
            ("/vragen/doen/advies-geven", "/vragen"),
            ("/privacy/logboek/doen/zoeken", "/privacy/logboek"),
            ("/mijn-zaak/c1/doen/bezwaar", "/mijn-zaak/c1"),
        ] {
            assert_eq!(own(&asked.parse().unwrap()), page, "{asked}");
        }
    }

    #[test]
    fn everybody_begins_on_the_page_of_the_own_role() {
        for (roles, page) in [
            (&["operator"][..], "/beheer"),
            (&["citizen"], "/mijn-zaak"),
            (&["agency_liaison"], "/vragen"),
            (&["national_adviser"], "/loket"),
            (&["table_member"], "/tafel"),
            (&["administrator"], "/bestuur"),
            (&["raiser", "case_director"], "/werk"),
            (&["operator", "raiser"], "/werk"),
            (&[], "/werk"),
        ] {
            let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
            assert_eq!(first(&roles), page, "{roles:?}");
        }
    }
}
