use std::{collections::BTreeMap, path::Path};

use chassis::parties::{Door, Mode, Parties, PartyKeys, PartyKind, Webhook};
use proto::Oin;

const PLATFORM: &str =
    "oin = \"00000099000000009000\"\ndisplay_name = \"Doorbraak\"\nkind = \"platform\"\n";

fn files(more: &[(&str, &str)]) -> BTreeMap<String, String> {
    [("doorbraak", PLATFORM)]
        .iter()
        .chain(more)
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// What is wrong, one line per mistake.
fn faults(more: &[(&str, &str)]) -> Vec<String> {
    let error = Parties::from_files(files(more)).unwrap_err();
    error.0.iter().map(ToString::to_string).collect()
}

#[test]
fn the_built_in_organisations_are_those_of_the_deploy_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/parties");
    assert_eq!(
        Parties::load(&folder).unwrap(),
        Parties::embedded().unwrap()
    );
}

#[test]
fn every_organisation_of_the_stories_is_there_under_its_number() {
    let parties = Parties::embedded().unwrap();
    let found: Vec<_> = parties
        .iter()
        .map(|party| {
            (
                party.oin.as_str(),
                party.name.as_str(),
                party.service.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("00000099000000001000", "utrecht", Some("municipality")),
            ("00000099000000002000", "svb", Some("svb")),
            ("00000099000000003000", "tax-office", Some("tax-office")),
            ("00000099000000004000", "spirit", Some("care-provider")),
            ("00000099000000005000", "youth-expert-team", None),
            ("00000099000000006000", "national-desk", None),
            ("00000099000000007000", "national-table", None),
            ("00000099000000009000", "doorbraak", None),
            ("00000099000000011000", "leeuwarden", None),
            ("00000099000000012000", "de-friesland", None),
            ("00000099000000013000", "woonstichting", None),
        ]
    );
    assert_eq!(parties.platform().unwrap().name, "doorbraak");
}

#[test]
fn only_who_has_a_law_for_it_may_use_citizen_service_numbers() {
    let parties = Parties::embedded().unwrap();
    let found: Vec<_> = parties
        .iter()
        .filter_map(|party| Some((party.name.as_str(), party.may_use_bsn.as_deref()?)))
        .collect();
    assert_eq!(
        found,
        [
            ("utrecht", "Wabb art. 10"),
            ("svb", "Wabb art. 10"),
            ("tax-office", "Wabb art. 10"),
            ("spirit", "Wabvpz"),
            ("leeuwarden", "Wabb art. 10"),
            ("de-friesland", "Wabvpz"),
        ]
    );
}

#[test]
fn a_regional_body_is_found_by_its_region_and_its_theme_only() {
    let parties = Parties::embedded().unwrap();
    let bodies = |region, theme| -> Vec<String> {
        let found = parties.regional_bodies(region, theme);
        found.map(|party| party.name.clone()).collect()
    };
    assert_eq!(
        bodies("midden-nederland", "youth_care"),
        ["youth-expert-team"]
    );
    assert!(bodies("midden-nederland", "income").is_empty());
    assert!(bodies("friesland", "youth_care").is_empty());
}

#[test]
fn a_law_leads_to_the_organisation_that_carries_it_out() {
    let parties = Parties::embedded().unwrap();
    let found: Vec<_> = parties.for_law("child_benefit_act").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "svb");
    assert_eq!(found[0].kind, PartyKind::BenefitsAgency);
}

#[test]
fn no_key_is_kept_in_the_repository() {
    let parties = Parties::embedded().unwrap();
    assert!(
        parties
            .iter()
            .all(|party| party.public_key.is_none() && party.nkey.is_none())
    );
}

#[test]
fn every_mistake_in_every_file_is_named_at_once() {
    let broken = "oin = \"123\"\nkind = \"club\"\nlaws = [\"Youth Act\"]\ncolour = \"red\"\n";
    let found = faults(&[
        ("club", broken),
        ("half", "oin = "),
        ("Second Platform", PLATFORM),
        ("twin", PLATFORM),
    ]);
    let kinds = r#"["municipality","benefits_agency","tax_office","care_provider","insurer","housing_association","ministry","regional_body","national_body","platform"]"#;
    let oin = "^(0000000[1-9]|00000010|00000099)[0-9A-Z]{9}000$";
    assert_eq!(
        found,
        [
            "Second Platform.toml: the name must be in kebab-case".to_owned(),
            "club.toml: Additional properties are not allowed ('colour' was unexpected)".to_owned(),
            "club.toml: /display_name: is required".to_owned(),
            format!("club.toml: /kind: is none of {kinds}"),
            "club.toml: /laws/0: does not match ^[a-z][a-z0-9_]*$".to_owned(),
            format!("club.toml: /oin: does not match {oin}"),
            "half.toml: string values must be quoted, expected literal string".to_owned(),
            "twin.toml: /oin: is also the number of doorbraak.toml".to_owned(),
        ]
    );
}

#[test]
fn what_belongs_to_a_kind_of_organisation_is_checked() {
    let body = "oin = \"00000099000000005000\"\ndisplay_name = \"Team\"\nkind = \"regional_body\"\nregions = [\"midden-nederland\"]\n";
    let town = "oin = \"00000099000000001000\"\ndisplay_name = \"Town\"\nkind = \"municipality\"\nthemes = [\"income\"]\n";
    assert_eq!(
        faults(&[("team", body), ("town", town)]),
        [
            "team.toml: /themes: a regional body lists at least one",
            "town.toml: /themes: only a regional body lists these",
            "town.toml: /region: a municipality names its region",
        ]
    );
}

#[test]
fn there_is_exactly_one_platform() {
    let second = PLATFORM.replace("9000\"", "8000\"");
    assert_eq!(
        faults(&[("second", &second)]),
        ["parties: more than one platform: second, doorbraak"]
    );
    let none = Parties::from_files(BTreeMap::new()).unwrap_err();
    assert_eq!(
        none.to_string(),
        "the list of organisations is not valid\n  parties: no organisation has the kind platform"
    );
}

#[test]
fn keys_are_supplied_at_start_by_short_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let (public_key, nkey) = ("A".repeat(43), format!("U{}", "A".repeat(55)));
    let text = format!("[svb]\npublic_key = \"{public_key}\"\nnkey = \"{nkey}\"\n");
    std::fs::write(&file, text).unwrap();

    let parties = Parties::embedded().unwrap().with_keys_from(&file).unwrap();
    let svb = parties
        .get(&Oin::parse("00000099000000002000").unwrap())
        .unwrap();
    assert_eq!(svb.public_key, Some(public_key));
    assert_eq!(svb.nkey, Some(nkey));
    assert_eq!(parties.named("utrecht").unwrap().nkey, None);
}

#[test]
fn a_key_for_an_organisation_that_does_not_exist_is_named() {
    let keys = [("svbb".to_owned(), PartyKeys::default())].into();
    let error = Parties::embedded().unwrap().with_keys(keys).unwrap_err();
    assert_eq!(
        error.0[0].to_string(),
        "keys: /svbb: no organisation has this name"
    );
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let error = Parties::load(Path::new("/no/such/folder")).unwrap_err();
    assert_eq!(
        error.0[0].to_string(),
        "/no/such/folder: No such file or directory (os error 2)"
    );
}

#[test]
fn every_organisation_names_its_people_and_somebody_who_may_decide() {
    let parties = Parties::embedded().unwrap();
    for party in parties.iter() {
        assert!(!party.contacts.is_empty(), "{}", party.name);
    }
    let svb = parties.named("svb").unwrap();
    let found: Vec<_> = svb
        .contacts
        .iter()
        .map(|contact| (contact.person.as_str(), contact.deputy.as_deref()))
        .collect();
    assert_eq!(found, [("sem", Some("bestuur")), ("ine", None)]);
    let mandate = &svb.contacts[1].mandates[0];
    assert_eq!(
        (mandate.id.as_str(), mandate.amount_cents),
        ("svb-m1", Some(1_000_000))
    );
    assert!(
        parties
            .without_contacts()
            .iter()
            .all(|party| party.contacts.is_empty())
    );
}

#[test]
fn a_mistake_about_people_is_named_with_what_to_do() {
    let entry = |id: &str, more: &str| {
        format!("[[contact]]\nid = \"{id}\"\nperson = \"p\"\nfunction = \"f\"\n{more}\n")
    };
    let town = |contacts: &str| {
        format!(
            "oin = \"00000099000000001000\"\ndisplay_name = \"Town\"\nkind = \"municipality\"\nregion = \"r\"\n{contacts}"
        )
    };
    let people = [
        entry(
            "a",
            "deputy = \"b\"\nmandates = [{ id = \"m\" }, { id = \"m\" }]",
        ),
        entry("b", "deputy = \"a\""),
        entry("b", "deputy = \"nobody\""),
    ]
    .concat();
    assert_eq!(
        faults(&[("town", &town(&people))]),
        [
            "town.toml: /contact/0/mandates/1/id: m is already the id of a mandate above; give it another",
            "town.toml: /contact/0/deputy: a would take over from itself; name somebody else",
            "town.toml: /contact/1/deputy: b would take over from itself; name somebody else",
            "town.toml: /contact/2/id: b is already the id of an entry above; give it another",
            "town.toml: /contact/2/deputy: no entry has the id nobody; name one of this file",
        ]
    );
    let broken = entry("a", "mandates = [{ id = \"m\", amount_cents = -1 }]");
    assert_eq!(
        faults(&[("town", &town(&broken))]),
        ["town.toml: /contact/0/mandates/0/amount_cents: value is less than the minimum of 0"]
    );
}

const TOWN: &str = "oin = \"00000099000000001000\"\ndisplay_name = \"Town\"\nkind = \"municipality\"\nregion = \"r\"\n";

#[test]
fn an_organisation_says_by_which_door_letters_reach_it() {
    let door = |exchange: &str| {
        let town = format!("{TOWN}{exchange}");
        let parties = Parties::from_files(files(&[("town", &town)])).unwrap();
        let town = parties.named("town").unwrap();
        (town.door.clone(), town.hears())
    };
    assert_eq!(door(""), (Door::Nats, false));
    assert_eq!(door("[exchange]\ndoor = \"feed\"\n"), (Door::Feed, true));
    let to = |url: &str, mode| Door::Webhook(Webhook::to(url, mode).unwrap());
    assert_eq!(
        door("[exchange]\ndoor = \"webhook\"\nurl = \"https://a.example/in\"\nmode = \"binary\"\n"),
        (to("https://a.example/in", Mode::Binary), true)
    );
    for own_machine in ["http://127.0.0.1:9/in", "http://[::1]:9/in"] {
        let exchange = format!("[exchange]\ndoor = \"webhook\"\nurl = \"{own_machine}\"\n");
        assert_eq!(door(&exchange).0, to(own_machine, Mode::Structured));
    }
}

#[test]
fn an_address_that_letters_must_not_go_to_is_refused_with_line_and_remedy() {
    let fault = |exchange: &str| {
        let town = format!("{TOWN}{exchange}");
        let mut faults = faults(&[("town", &town)]);
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.remove(0)
    };
    let at = |url: &str| {
        fault(&format!(
            "[exchange]\ndoor = \"webhook\"\nurl = \"{url}\"\n"
        ))
    };
    assert_eq!(
        at("http://a.example/in"),
        "town.toml: /exchange/url: is without TLS; write https://, http only on 127.0.0.1 (line 7)"
    );
    assert!(at("http://localhost/in").contains("without TLS"));
    assert!(at("http://127.0.0.1.a.example/in").contains("without TLS"));
    assert!(at("file:///etc/passwd").contains("is no web address"));
    assert!(at("https://me:secret@a.example/in").contains("leave it out"));
    assert!(at("https://a.example/in#x").contains("after #"));
    assert!(at("in").contains("is no address"));
    assert_eq!(
        fault("[exchange]\ndoor = \"webhook\"\n"),
        "town.toml: /exchange/door: a webhook needs an address; write url = \"https://…\" (line 6)"
    );
    assert!(
        fault("[exchange]\ndoor = \"feed\"\nurl = \"https://a.example\"\n")
            .contains("only a webhook")
    );
    assert!(fault("[exchange]\ndoor = \"pigeon\"\n").contains("/exchange/door"));
}
