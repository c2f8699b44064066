use jiff::civil::date;
use proto::Category;
use serde_json::json;
use uuid::Uuid;

use super::*;

fn office() -> TaxOffice {
    TaxOffice::built_in().expect("a valid rule")
}

fn stopped(allowance: &str, follows: Option<&str>) -> Known {
    let mut data = json!({ "bsn": "999990342", "allowance": allowance, "since": "2026-02-01" });
    if let Some(follows) = follows {
        data["follows"] = json!(follows);
    }
    Known {
        id: Uuid::from_u128(1),
        event_type: ALLOWANCE_STOPPED.into(),
        data,
    }
}

fn exemption(scope: &str, from: &str, until: Option<&str>) -> Known {
    Known {
        id: Uuid::from_u128(2),
        event_type: EXEMPTION_REGISTERED.into(),
        data: json!({ "article": "AWR 67.3", "scope": [scope], "from": from, "until": until }),
    }
}

fn leaves(known: &[Known], now: &str) -> Vec<Disclosure> {
    office().may_leave(known, now.parse().expect("a moment"))
}

#[test]
fn without_an_exemption_nothing_leaves() {
    let known = [stopped("child_budget", Some("child_benefit"))];
    assert_eq!(leaves(&known, "2026-03-06T13:00:00Z"), []);
}

#[test]
fn with_an_exemption_the_stopped_allowance_leaves_with_its_rule_and_article() {
    let known = [
        stopped("child_budget", Some("child_benefit")),
        exemption("child_budget", "2026-03-06", None),
    ];
    assert_eq!(
        leaves(&known, "2026-03-06T13:00:00Z"),
        [Disclosure {
            from: Uuid::from_u128(1),
            category: Category::Tax,
            law: "child_budget_act".into(),
            rule: Some("child_budget_follows_child_benefit".into()),
            summary: "Het kindgebonden budget is gestopt, omdat de kinderbijslag is gestopt."
                .into(),
            since: Some(date(2026, 2, 1)),
            legal_basis: "awr_67_3".into(),
        }]
    );
}

#[test]
fn an_exemption_for_another_allowance_opens_nothing() {
    let known = [
        stopped("child_budget", None),
        exemption("rent_allowance", "2026-01-01", None),
    ];
    assert_eq!(leaves(&known, "2026-03-06T13:00:00Z"), []);
}

#[test]
fn an_exemption_holds_on_its_days_only_counted_in_dutch_time() {
    let known = [
        stopped("care_allowance", None),
        exemption("care_allowance", "2026-03-06", Some("2026-03-07")),
    ];
    // Amsterdam is one hour ahead of UTC in winter.
    assert_eq!(leaves(&known, "2026-03-05T22:59:59Z").len(), 0);
    assert_eq!(leaves(&known, "2026-03-05T23:00:00Z").len(), 1);
    assert_eq!(leaves(&known, "2026-03-07T22:59:59Z").len(), 1);
    assert_eq!(leaves(&known, "2026-03-07T23:00:00Z").len(), 0);
}

#[test]
fn an_exemption_must_rest_on_a_listed_article_and_end_after_it_begins() {
    let data = json!({
        "article": "AWR 99", "scope": ["child_budget"], "from": "2026-03-06", "until": "2026-03-01",
    });
    let Err(errors) = office().read(EXEMPTION_REGISTERED, &data) else {
        panic!("it is refused");
    };
    let names: Vec<_> = errors.iter().map(|error| error.name.as_str()).collect();
    assert_eq!(names, ["/article", "/until"]);
}

#[test]
fn an_exemption_for_nothing_is_refused() {
    let data = json!({ "article": "AWR 67.3", "scope": [], "from": "2026-03-06" });
    assert!(office().read(EXEMPTION_REGISTERED, &data).is_err());
}

#[test]
fn a_rule_file_that_leaves_an_allowance_out_is_refused() {
    let text = include_str!("../../../deploy/secrecy/tax-office.toml")
        .replace("[allowance.care_allowance]", "[allowance.rent_allowance_2]");
    assert!(TaxOffice::parse(&text).is_err());
}
