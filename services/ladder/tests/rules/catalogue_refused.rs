//! What a catalogue that cannot be used says to whoever edits it: file, line, fault and remedy.

use ladder::catalogue::{ProvisionCatalogue, RuleCatalogue};

/// Line 1 is `[[statute]]`; the rules begin in lines 5 and 12.
const RULES: &str = r#"[[statute]]
id = "act"
name = "Wet"
intent = "Helpen."
[[rule]]
id = "one"
name = "Een"
law = "act"
owner = { kind = "municipality" }
condition = "Als het zo is."
intent = "Daarom."
[[rule]]
id = "two"
name = "Twee"
internal = true
owner = { external = "iemand" }
condition = "Als het anders is."
intent = "Hierom."
"#;

const PROVISION: &str = r#"[[provision]]
id = "help"
name = "Hulp"
law = "act"
themes = ["care"]
carried_out_by = { kind = "municipality" }
gives = "Hulp."
"#;

/// What is said of the rules after this change.
fn rules_said(from: &str, to: &str) -> String {
    let text = RULES.replacen(from, to, 1);
    assert_ne!(text, RULES, "the change changes something");
    let error = RuleCatalogue::from_toml(&text, "deploy/rules.toml").unwrap_err();
    error.to_string()
}

fn provisions_said(from: &str, to: &str) -> String {
    let text = PROVISION.replacen(from, to, 1);
    assert_ne!(text, PROVISION, "the change changes something");
    let error = ProvisionCatalogue::from_toml(&text, "deploy/provisions.toml").unwrap_err();
    error.to_string()
}

#[test]
fn the_files_that_the_tests_spoil_are_fit_for_use() {
    assert_eq!(
        RuleCatalogue::from_toml(RULES, "x").unwrap().rules().len(),
        2
    );
    let provisions = ProvisionCatalogue::from_toml(PROVISION, "x").unwrap();
    assert_eq!(provisions.provisions().len(), 1);
}

#[test]
fn a_rule_without_the_reason_why_it_exists_is_refused() {
    assert_eq!(
        rules_said("intent = \"Hierom.\"\n", ""),
        "deploy/rules.toml, line 13: rule two has no intent; \
         write intent = \"…\": why the rule exists"
    );
    assert_eq!(
        rules_said("Hierom.", "  "),
        "deploy/rules.toml, line 18: rule two has an empty intent; \
         write intent = \"…\": why the rule exists"
    );
    assert_eq!(
        rules_said("intent = \"Helpen.\"\n", ""),
        "deploy/rules.toml, line 2: statute act has no intent; \
         write intent = \"…\": why the law was written"
    );
}

#[test]
fn an_id_that_stands_twice_is_shown_with_both_lines() {
    assert_eq!(
        rules_said("id = \"two\"", "id = \"one\""),
        "deploy/rules.toml, line 13: rule one stands twice, first in line 6; \
         give one of them another id, or take it out"
    );
    let twice = format!("{PROVISION}{PROVISION}");
    assert_eq!(
        ProvisionCatalogue::from_toml(&twice, "deploy/provisions.toml")
            .unwrap_err()
            .to_string(),
        "deploy/provisions.toml, line 9: provision help stands twice, first in line 2; \
         give one of them another id, or take it out"
    );
}

#[test]
fn a_rule_that_rests_on_an_unknown_one_is_refused() {
    assert_eq!(
        rules_said(
            "intent = \"Daarom.\"",
            "intent = \"Daarom.\"\ndepends_on = [\n  \"tow\",\n]"
        ),
        "deploy/rules.toml, line 13: rule one names tow in depends_on, which is not in the file; \
         write the id of a [[rule]] of this file, or add that rule"
    );
}

#[test]
fn a_rule_that_names_what_it_rests_on_twice_is_refused() {
    let to = "intent = \"Hierom.\"\ndepends_on = [\"one\", \"one\"]";
    assert_eq!(
        rules_said("intent = \"Hierom.\"", to),
        "deploy/rules.toml, line 19: rule two names one twice in depends_on; write it once"
    );
}

#[test]
fn a_collision_with_an_unknown_rule_is_refused() {
    let to = "intent = \"Daarom.\"\ncollides_with = [{ rule = \"tow\", why = \"Zo.\" }]";
    assert_eq!(
        rules_said("intent = \"Daarom.\"", to),
        "deploy/rules.toml, line 12: rule one names tow in collides_with, which is not in the \
         file; write the id of a [[rule]] of this file, or add that rule"
    );
}

#[test]
fn a_collision_is_with_another_rule_says_why_and_stands_once() {
    let with = |clash: &str| {
        let to = format!("intent = \"Hierom.\"\ncollides_with = [{clash}]");
        rules_said("intent = \"Hierom.\"", &to)
    };
    assert_eq!(
        with("{ rule = \"two\", why = \"Zo.\" }"),
        "deploy/rules.toml, line 19: rule two collides with itself; \
         write the id of the other rule"
    );
    assert_eq!(
        with("{ rule = \"one\" }"),
        "deploy/rules.toml, line 19: rule two collides with one and does not say why; \
         write why = \"…\": what the two rules do together that neither means"
    );
    assert_eq!(
        with("{ rule = \"one\", why = \"Zo.\" }, { rule = \"one\", why = \"En zo.\" }"),
        "deploy/rules.toml, line 19: rule two collides with one, which the file says already; \
         write the collision with one of the two rules only"
    );
}

#[test]
fn rules_that_rest_on_each_other_in_a_circle_are_all_named() {
    let text = RULES
        .replace("\"Daarom.\"", "\"Daarom.\"\ndepends_on = [\"two\"]")
        .replace("\"Hierom.\"", "\"Hierom.\"\ndepends_on = [\"one\"]");
    assert_eq!(
        RuleCatalogue::from_toml(&text, "deploy/rules.toml")
            .unwrap_err()
            .to_string(),
        "deploy/rules.toml, line 12: rule one depends on itself: on two, that on one; \
         take one of these out of depends_on"
    );
    assert_eq!(
        rules_said("\"Hierom.\"", "\"Hierom.\"\ndepends_on = [\"two\"]"),
        "deploy/rules.toml, line 19: rule two depends on itself: on two; \
         take one of these out of depends_on"
    );
}

#[test]
fn a_rule_rests_on_a_law_of_the_file_or_on_none_and_says_which() {
    assert_eq!(
        rules_said("law = \"act\"", "law = \"acct\""),
        "deploy/rules.toml, line 8: rule one names the law acct, which is not in the file; \
         write the id of a [[statute]] of this file, or add that statute"
    );
    assert_eq!(
        rules_said("internal = true\n", ""),
        "deploy/rules.toml, line 13: rule two has neither a law nor internal = true; \
         write law = \"<id of a statute>\", or internal = true when no law asks for it"
    );
    assert_eq!(
        rules_said("law = \"act\"", "law = \"act\"\ninternal = true"),
        "deploy/rules.toml, line 8: rule one has a law and internal = true; \
         keep one of the two: internal = true says that no law asks for it"
    );
}

#[test]
fn somebody_owns_each_rule() {
    let forms = "write owner = { organisation = \"<OIN>\" }, { kind = \"municipality\" } or \
                 { external = \"<name>\" }";
    assert_eq!(
        rules_said("owner = { external = \"iemand\" }\n", ""),
        format!("deploy/rules.toml, line 13: rule two has no owner; {forms}")
    );
    assert_eq!(
        rules_said("external = \"iemand\"", "external = \" \""),
        format!("deploy/rules.toml, line 16: rule two has no name in its owner; {forms}")
    );
    assert_eq!(
        rules_said("external = \"iemand\"", "organisation = \"de SVB\""),
        format!("deploy/rules.toml, line 16: rule two has no OIN in its owner; {forms}")
    );
    let unknown = rules_said("\"municipality\"", "\"municipalty\"");
    let begin = "deploy/rules.toml, line 9: unknown variant `municipalty`, expected one of \
                 `municipality`, `benefits_agency`, ";
    assert!(unknown.starts_with(begin), "{unknown}");
}

#[test]
fn an_id_that_the_wire_would_refuse_is_refused_here() {
    assert_eq!(
        rules_said("id = \"two\"", "id = \"Art. 7 AKW\""),
        "deploy/rules.toml, line 13: rule Art. 7 AKW has an id that is no code; \
         write 1 to 64 of a-z, 0-9, _ . -, the first of them a letter or a figure"
    );
}

#[test]
fn a_provision_says_who_gives_what_under_which_law_and_for_what() {
    assert_eq!(
        provisions_said("law = \"act\"\n", ""),
        "deploy/provisions.toml, line 2: provision help has no law; \
         write law = \"…\": the id of the statute that gives it"
    );
    assert_eq!(
        provisions_said("gives = \"Hulp.\"", "gives = \"\""),
        "deploy/provisions.toml, line 7: provision help has an empty gives; \
         write gives = \"…\": what it gives, and to whom"
    );
    assert_eq!(
        provisions_said("themes = [\"care\"]\n", ""),
        "deploy/provisions.toml, line 2: provision help has no themes and no life_domains, so \
         nobody would ever see it; write themes = [\"…\"] or life_domains = [\"…\"]"
    );
    assert_eq!(
        provisions_said("\"care\"", "\n  \"Zorg\""),
        "deploy/provisions.toml, line 6: provision help has a theme that is no code; \
         write 1 to 64 of a-z, 0-9, _ . -, the first of them a letter or a figure"
    );
    let nobody = provisions_said("carried_out_by = { kind = \"municipality\" }\n", "");
    let begin = "deploy/provisions.toml, line 2: provision help has no carried_out_by; write ";
    assert!(nobody.starts_with(begin), "{nobody}");
}
