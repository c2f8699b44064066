use super::*;

#[test]
fn each_form_calls_its_fields_as_it_does_on_its_page() {
    for (address, name, wanted) in [
        ("/casussen/nieuw", "verhaal", "raise.story"),
        ("/casussen/nieuw?concept=c1", "woorden", "raise.words"),
        ("/signalen/nieuw", "tekst", "deed.goes-wrong"),
        ("/signalen/s1/doen/afronden", "tekst", "deed.signal-result"),
        ("/casussen/c1/doen/blokkade", "tekst", "deed.explanation"),
        ("/casussen/c1/doen/vraag", "tekst", "deed.summary"),
        ("/casussen/c1/doen/delen", "tekst", "deed.summary"),
        ("/casussen/c1/wegen", "tekst", "weigh.text"),
        ("/casussen/c1/wegen", "reden", "weigh.why-heavy"),
        ("/loket/c1/doen/teruggeven", "tekst", "deed.advice"),
        ("/tafel/m1/doen/besluit", "tekst", "deed.decision"),
        ("/tafel/m1/doen/botsing", "tekst", "deed.collision"),
        ("/mijn-zaak/c1/doen/bezwaar", "tekst", "deed.objection"),
        (
            "/privacy/bewaren/doen/vasthouden",
            "waarom",
            "deed.hold-reason",
        ),
        ("/vragen/h1", "alternatief", "inbox.instead"),
        ("/vragen/doen/advies-geven", "antwoord", "deed.advice-given"),
        ("/vragen/doen/geef-terug", "tekst", "deed.give-back-reason"),
        ("/zoeken", "q", "search.q"),
    ] {
        let path = address.split('?').next().unwrap();
        assert_eq!(key(path, name).as_deref(), Some(wanted), "{address} {name}");
        assert!(screens::catalogue().contains_key(wanted), "{wanted}");
    }
}

#[test]
fn an_item_of_evidence_is_called_by_its_place_for_which_it_is_nobody_knows_here() {
    assert_eq!(climb::pieces::number("stuk-1"), Some(1));
    assert_eq!(climb::pieces::number("stuk-10"), Some(10));
    assert_eq!(climb::pieces::number("ontbreekt-1"), None);
}

#[test]
fn what_no_form_asks_is_called_nothing() {
    for (path, name) in [
        ("/casussen/nieuw", "tekst"),
        ("/casussen/c1/doen/onbekend", "tekst"),
        ("/afmelden", "token"),
        ("/", "tekst"),
    ] {
        assert_eq!(key(path, name), None, "{path} {name}");
    }
}
