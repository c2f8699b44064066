use super::Kind::{Address, Date, Email, PersonNumber, Phone};
use super::{Kind, check};

fn kinds(text: &str) -> Vec<Kind> {
    check(text).into_iter().map(|found| found.kind).collect()
}

#[test]
fn nine_digits_that_pass_the_eleven_test_are_found_however_they_are_written() {
    for text in ["999990342", "9999.90.342", "999 990 342", "BSN: 999990342."] {
        assert_eq!(kinds(text), [PersonNumber], "{text}");
    }
    for text in ["999990343", "99999034", "9999903421", "zaak-a999990342"] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn an_email_address_is_found() {
    for text in ["mail j.jansen@example.nl", "b+c@sub.example.org."] {
        assert_eq!(kinds(text), [Email], "{text}");
    }
    for text in ["apenstaart @ werk", "@team", "team@", "a@b"] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_phone_number_is_found_however_it_is_written() {
    for text in [
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "030 - 123 45 67",
        "(030) 1234567",
        "+31 6 12345678",
        "+31 (0)6 12345678",
        "0031 6 12345678",
        "+32 470 12 34 56",
    ] {
        assert_eq!(kinds(text), [Phone], "{text}");
    }
    for text in ["artikel 0612", "12345678", "750 euro"] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_postcode_with_a_house_number_is_found_and_a_postcode_alone_is_not() {
    for text in [
        "3511 AB 12",
        "3511AB, 12a",
        "3511ab 12",
        "Voorbeeldstraat 12, 3511 AB Utrecht",
        "Voorbeeldstraat 12 bis 3511 AB",
        "Voorbeeldstraat 12a\n3511 AB",
    ] {
        assert_eq!(kinds(text), [Address], "{text}");
    }
    for text in [
        "3511 AB",
        "in 3511 AB Utrecht",
        "2000 en 12",
        "artikel 1000 EURO 5",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_full_date_is_found_and_a_month_or_a_year_is_not() {
    for text in [
        "2007-05-04",
        "4-5-2007",
        "04/05/2007",
        "04.05.07",
        "4 mei 2007",
        "4 Mei 2007",
        "geboren 4 sept. 2007",
        "4 March 2007",
    ] {
        assert_eq!(kinds(text), [Date], "{text}");
    }
    for text in [
        "mei 2007",
        "in 2007",
        "artikel 4.5",
        "artikel 4.5.1",
        "artikel 4.5.12",
        "4 mei",
        "32-5-2007",
        "4-13-2007",
        "4 kinderen 2007",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn where_it_begins_is_told_in_characters_and_everything_at_once() {
    let found: Vec<_> = check("Één: 999990342, a@b.nl")
        .into_iter()
        .map(|found| (found.at, found.kind))
        .collect();
    assert_eq!(found, [(6, PersonNumber), (17, Email)]);
}

#[test]
fn an_ordinary_question_is_free_of_it() {
    let question = "Een jongere van 18-20 krijgt sinds januari 2026 geen toeslag; de huur is 750 \
        euro. Kan artikel 1:2.3 van de wet, lid 4, hier anders worden gelezen? Het gaat om 2 \
        kinderen en 3 organisaties.";
    assert_eq!(check(question), []);
}
