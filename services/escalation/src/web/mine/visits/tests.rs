use super::*;

fn at(text: &str) -> Timestamp {
    format!("2026-03-02T{text}Z").parse().unwrap()
}

/// A look of a case director of one organisation who helps.
fn look(time: &str) -> Look {
    Look {
        at: at(time),
        organisation: "utrecht".to_owned(),
        role: "case_director".to_owned(),
        result: "answered".to_owned(),
        purpose: Some("help".to_owned()),
        shown: BTreeMap::new(),
    }
}

/// From when until when, and how many looks.
fn times(visits: &[Visit]) -> Vec<(Timestamp, Timestamp, usize)> {
    let visits = visits.iter();
    visits
        .map(|one| (one.from, one.until, one.looks.len()))
        .collect()
}

#[test]
fn nobody_looked() {
    assert!(visits(Vec::new()).is_empty());
}

#[test]
fn a_visit_ends_when_nobody_looks_for_longer_than_half_an_hour() {
    let looks = ["09:00:00", "09:30:00", "10:00:00", "10:30:01"].map(look);
    let found = visits(looks.to_vec());
    let wanted = [
        (at("10:30:01"), at("10:30:01"), 1),
        (at("09:00:00"), at("10:00:00"), 3),
    ];
    assert_eq!(times(&found), wanted);
}

#[test]
fn another_organisation_purpose_or_role_is_another_visit_in_between() {
    let others = [
        Look {
            organisation: "svb".to_owned(),
            ..look("09:01:00")
        },
        Look {
            purpose: Some("account".to_owned()),
            ..look("09:01:00")
        },
        Look {
            role: "administrator".to_owned(),
            ..look("09:01:00")
        },
    ];
    for other in others {
        let found = visits(vec![look("09:00:00"), other.clone(), look("09:02:00")]);
        let wanted = [
            (at("09:00:00"), at("09:02:00"), 2),
            (at("09:01:00"), at("09:01:00"), 1),
        ];
        assert_eq!(times(&found), wanted, "{other:?}");
    }
}

#[test]
fn who_has_two_roles_looks_once_and_both_are_told() {
    let both = Look {
        role: "case_director+raiser".to_owned(),
        ..look("09:01:00")
    };
    let raiser = Look {
        role: "raiser".to_owned(),
        ..look("09:02:00")
    };
    let found = visits(vec![look("09:00:00"), both, raiser]);
    assert_eq!(times(&found), [(at("09:00:00"), at("09:02:00"), 3)]);
    assert_eq!(
        found[0].roles,
        ["case_director", "raiser"].map(str::to_owned).into()
    );
}

#[test]
fn a_look_without_a_purpose_belongs_to_the_visit_in_which_it_falls() {
    let without = |time: &str| Look {
        purpose: None,
        ..look(time)
    };
    let looks = vec![without("09:00:00"), look("09:01:00"), without("09:02:00")];
    let found = visits(looks);
    assert_eq!(times(&found), [(at("09:00:00"), at("09:02:00"), 3)]);
    assert_eq!(found[0].purpose.as_deref(), Some("help"));
    // Of two that go on at the same time, to the one that was looked at last.
    let accounts = Look {
        purpose: Some("account".to_owned()),
        ..look("09:01:00")
    };
    let found = visits(vec![look("09:00:00"), accounts, without("09:02:00")]);
    let wanted = [
        (at("09:01:00"), at("09:02:00"), 2),
        (at("09:00:00"), at("09:00:00"), 1),
    ];
    assert_eq!(times(&found), wanted);
    // Alone it is told all the same.
    assert_eq!(visits(vec![without("09:00:00")])[0].purpose, None);
}

#[test]
fn the_own_looks_and_what_was_refused_are_no_visits() {
    let own = Look {
        role: ROLE.to_owned(),
        ..look("09:00:00")
    };
    let looks = ["denied", "failed"].map(|result| Look {
        result: result.to_owned(),
        ..look("09:00:00")
    });
    let looks = [own].into_iter().chain(looks).collect();
    assert!(visits(looks).is_empty());
}

#[test]
fn the_last_visit_comes_first_in_whatever_order_the_looks_come_and_no_look_is_lost() {
    let looks = ["13:00:00", "09:00:00", "09:10:00", "11:00:00", "13:20:00"].map(look);
    let found = visits(looks.to_vec());
    let wanted = [
        (at("13:00:00"), at("13:20:00"), 2),
        (at("11:00:00"), at("11:00:00"), 1),
        (at("09:00:00"), at("09:10:00"), 2),
    ];
    assert_eq!(times(&found), wanted);
    // One who was there all the while left last.
    let svb = |time: &str| Look {
        organisation: "svb".to_owned(),
        ..look(time)
    };
    let looks = vec![svb("09:00:00"), look("09:05:00"), svb("09:20:00")];
    let found = visits(looks);
    let who: Vec<&str> = found.iter().map(|one| one.organisation.as_str()).collect();
    assert_eq!(who, ["svb", "utrecht"]);
}

#[test]
fn what_was_not_shown_was_not_seen() {
    let mut one = look("09:00:00");
    for (category, strength) in [("health", "none"), ("family", "masked")] {
        one.shown.insert(category.to_owned(), strength.to_owned());
    }
    let seen = single(&one).seen;
    assert_eq!(seen, [("family".to_owned(), "masked".to_owned())]);
}
