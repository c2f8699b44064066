//! Errors in `ladder.toml` and `calendar.toml` name the file, the line and the remedy.

use ladder::{Calendar, Ladder, RungId, Term, TermKey, Terms, Thresholds};

const LADDER: &str = include_str!("../../../../../deploy/ladder.toml");
const CALENDAR: &str = include_str!("../../../../../deploy/calendar.toml");

/// The line, from 1, of the first text like this behind the first `after`.
fn line(file: &str, after: &str, text: &str) -> usize {
    let from = file.find(after).unwrap();
    let offset = from + file[from..].find(text).unwrap();
    1 + file[..offset].matches('\n').count()
}

/// What is said of the shipped ladder with, behind `after`, `old` replaced.
#[track_caller]
fn ladder_says(after: &str, old: &str, new: &str, expected: &str) {
    let from = LADDER.find(after).unwrap();
    assert!(LADDER[from..].contains(old), "{old}");
    let edited = format!(
        "{}{}",
        &LADDER[..from],
        LADDER[from..].replacen(old, new, 1)
    );
    let line = line(LADDER, after, old);
    assert_eq!(
        Ladder::from_toml(&edited).unwrap_err().to_string(),
        format!("ladder.toml, line {line}: {expected}")
    );
}

#[track_caller]
fn calendar_says(old: &str, new: &str, expected: &str) {
    let line = line(CALENDAR, "", old);
    assert_eq!(
        Calendar::from_toml(&CALENDAR.replacen(old, new, 1))
            .unwrap_err()
            .to_string(),
        format!("calendar.toml, line {line}: {expected}")
    );
}

fn rung(id: &str) -> RungId {
    RungId::parse(id).unwrap()
}

fn term(text: &str) -> Term {
    Term::parse(text).unwrap()
}

const WORKSHOP: &str = "id = \"workshop\"";

#[test]
fn a_term_that_is_none_is_placed_with_what_to_write() {
    ladder_says(
        WORKSHOP,
        "answer = \"5wd\"",
        "answer = \"5 days\"",
        "'5 days' is no term; write 5wd, 30d, 6w, 3mo, 20y, 4h or 15min, or `statutory 6w` for a \
         term of law",
    );
    ladder_says(
        "[terms]",
        "climb_after = \"5wd\"",
        "climb_after = \"0wd\"",
        "'0wd' is no time at all; write 1 or more",
    );
    ladder_says(
        "[terms]",
        "decision = \"10wd\"",
        "decision = \"statutory 10wd\"",
        "'statutory 10wd' mixes two ways to count: a term of law counts days of the calendar and is \
         then extended; write `statutory 10d`, or `10wd` for a term of this platform",
    );
}

#[test]
fn a_rung_in_the_wrong_place_is_named_with_its_line() {
    ladder_says(
        "id = \"national_table\"",
        "tier = \"national\"",
        "tier = \"local\"",
        "rung national_table goes down a tier; move it up in the file, or write tier = \"national\" \
         or higher",
    );
    ladder_says(
        WORKSHOP,
        WORKSHOP,
        "id = \"own_work\"",
        "rung own_work stands twice; give one of the two another id",
    );
    ladder_says(
        WORKSHOP,
        WORKSHOP,
        "id = \"work shop\"",
        "'work shop' is no id of a rung; write 1 to 80 of a-z, A-Z, 0-9, _ and -",
    );
    ladder_says(
        "id = \"own_work\"",
        "body = \"owner\"",
        "body = { organisation = \"00000099000000006000\" }",
        "rung own_work is the first and every case starts there; write body = \"owner\"",
    );
}

#[test]
fn a_rung_that_nobody_admits_to_or_answers_at_is_placed_at_its_beginning() {
    for (key, remedy) in [
        (
            "admission = { role = \"process_director\" }\n",
            "has no admission; write who admits: admission = { role = \"...\" }",
        ),
        (
            "answer = \"5wd\"\n",
            "has no answer; write a term: answer = \"5wd\"",
        ),
    ] {
        let from = LADDER.find(WORKSHOP).unwrap();
        let edited = format!("{}{}", &LADDER[..from], LADDER[from..].replacen(key, "", 1));
        let header = line(LADDER, WORKSHOP, WORKSHOP) - 1;
        assert_eq!(
            Ladder::from_toml(&edited).unwrap_err().to_string(),
            format!("ladder.toml, line {header}: rung workshop {remedy}")
        );
    }
}

#[test]
fn an_organisation_that_cannot_be_one_is_named() {
    ladder_says(
        "id = \"national_desk\"",
        "body = { organisation = \"00000099000000006000\" }",
        "body = { organisation = \"the desk\" }",
        "rung national_desk names 'the desk', which is no organisation; write its OIN of 20 digits",
    );
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    ladder_says(
        "[thresholds]",
        "refusals = 2",
        "refusals = 0",
        "`refusals` is 0; write 1 or more",
    );
    ladder_says(
        "id = \"national_table\"",
        "quorum = 3",
        "quorum = 0",
        "rung national_table has a quorum of 0; write 1 or more, or leave it out",
    );
    ladder_says(
        "id = \"national_desk\"",
        "warn = \"40wd\"",
        "warn = \"20wd\"",
        "rung national_desk warns after 20wd, before its review after 20wd; write a longer `warn`",
    );
    ladder_says(
        "[terms]",
        "aftercare_checks = [\"30d\", \"90d\"]",
        "aftercare_checks = [\"90d\", \"30d\"]",
        "the check after 30d comes before the one above it; write them from early to late",
    );
    ladder_says(
        "[terms]",
        "aftercare_checks = [\"30d\", \"90d\"]",
        "aftercare_checks = []",
        "there is no check in aftercare; write at least one: aftercare_checks = [\"30d\"]",
    );
}

#[test]
fn what_the_form_of_the_file_does_not_know_is_placed() {
    let wrong =
        Ladder::from_toml("[[rung]]\nid = \"own_work\"\nname = \"Eigen werk\"\nteir = \"local\"\n");
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "ladder.toml, line 4: unknown field `teir`, expected one of `id`, `name`, `tier`, `body`, \
         `admission`, `evidence`, `answer`, `answer_urgent`, `acknowledge`, `review`, `warn`, \
         `quorum`; correct the name or remove the line"
    );
    let short = Ladder::from_toml("# mine\n\n[[rung]]\nid = \"own_work\"\ntier = \"local\"\n");
    assert_eq!(
        short.unwrap_err().to_string(),
        "ladder.toml, line 3: missing field `name`; add it here"
    );
    let empty = Ladder::from_toml("").unwrap_err().to_string();
    assert_eq!(
        empty,
        "ladder.toml, line 1: the ladder has no rungs; write at least one [[rung]]"
    );
}

#[test]
fn a_file_with_one_rung_has_every_default() {
    let text =
        "[[rung]]\nid = \"own_work\"\nname = \"Eigen werk\"\ntier = \"local\"\nbody = \"owner\"\n";
    let minimal = Ladder::from_toml(text).unwrap();
    assert_eq!(minimal.terms, Terms::default());
    assert_eq!(minimal.thresholds, Thresholds::default());
    assert_eq!(
        minimal.first().review,
        None,
        "nobody is admitted to the first rung"
    );
}

#[test]
fn the_shipped_file_says_every_default_aloud() {
    let shipped = Ladder::from_toml(LADDER).unwrap();
    assert_eq!(shipped.terms, Terms::default());
    assert_eq!(shipped.thresholds, Thresholds::default());
    for key in TermKey::ALL {
        assert!(
            LADDER.contains(&format!("\n{} = ", key.as_str())),
            "{key:?}"
        );
    }
    let values: Vec<String> = TermKey::ALL
        .iter()
        .map(|key| format!("{} {}", key.as_str(), shipped.terms.get(*key)))
        .collect();
    assert_eq!(
        values,
        [
            "handoff_answer 5wd",
            "handoff_answer_urgent 1wd",
            "climb_after 5wd",
            "urgent_confirmation 1wd",
            "advice_answer 2wd",
            "draft_reminder 30d",
            "completion 10wd",
            "decision 10wd",
            "progress_review 20wd",
            "block_review 10wd",
            "counter_follow_up 5wd",
            "explain 5wd",
            "objection_answer statutory 1mo",
            "objection_answer_extended statutory 3mo",
            "pass_review 5wd",
            "signal_answer 30d",
            "contact_stale 180d",
            "heartbeat_silence 1d",
        ]
    );
    assert_eq!(shipped.terms.aftercare_checks, [term("30d"), term("90d")]);
}

#[test]
fn a_rung_has_its_own_terms_or_those_of_the_ladder() {
    let shipped = Ladder::from_toml(LADDER).unwrap();
    let desk = shipped.rung(&rung("national_desk")).unwrap();
    assert_eq!(desk.acknowledge_within(false), Some(term("2wd")));
    assert_eq!(desk.acknowledge_within(true), Some(term("1wd")));
    assert_eq!(desk.answer_within(true), Some(term("1wd")));
    assert_eq!(
        (desk.review, desk.warn),
        (Some(term("20wd")), Some(term("40wd")))
    );
    assert_eq!(desk.quorum, None);
    assert_eq!(
        shipped.rung(&rung("national_table")).unwrap().quorum,
        Some(3)
    );

    let bare = LADDER
        .replace("acknowledge = \"2wd\"\n", "")
        .replace("\nreview = \"10wd\"\n", "\n");
    let bare = Ladder::from_toml(&bare).unwrap();
    let workshop = bare.rung(&rung("workshop")).unwrap();
    assert_eq!(workshop.acknowledge, Some(term("5wd")), "as answer");
    assert_eq!(workshop.review, Some(term("20wd")), "as progress_review");
}

#[test]
fn the_six_rungs_are_there_in_order_and_a_seventh_is_one_edit() {
    let shipped = Ladder::from_toml(LADDER).unwrap();
    let ids = |ladder: &Ladder| -> Vec<String> {
        ladder
            .rungs()
            .iter()
            .map(|rung| rung.id.to_string())
            .collect()
    };
    let mut expected = vec![
        "own_work",
        "workshop",
        "local_table",
        "regional_table",
        "national_desk",
        "national_table",
    ];
    assert_eq!(ids(&shipped), expected);
    let more = format!(
        "{LADDER}\n[[rung]]\nid = \"cabinet\"\nname = \"Kabinet\"\ntier = \"national\"\n\
         body = \"owner\"\nadmission = {{ role = \"secretary\" }}\nanswer = \"statutory 6w\"\n"
    );
    expected.push("cabinet");
    assert_eq!(ids(&Ladder::from_toml(&more).unwrap()), expected);
}

#[test]
fn a_regional_body_is_there_for_its_theme_and_region_only() {
    let shipped = Ladder::from_toml(LADDER).unwrap();
    let regional = shipped.rung(&rung("regional_table")).unwrap();
    let organisation = |text| ladder::Organisation::parse(text).unwrap();
    let owner = organisation("00000099000000001000");
    let body = |theme, region| regional.body_for(&owner, theme, region);
    let competent = Some(organisation("00000099000000005000"));
    assert_eq!(body("youth_care", "midden-nederland"), competent);
    assert_eq!(body("family_income", "midden-nederland"), None);
    assert_eq!(body("youth_care", "elsewhere"), None);
}

#[test]
fn a_calendar_says_what_is_wrong_and_where() {
    calendar_says(
        "zone = \"Europe/Amsterdam\"",
        "zone = \"Mars/Olympus\"",
        "the time zone 'Mars/Olympus' is unknown; write one of the IANA database: \
         \"Europe/Amsterdam\"",
    );
    calendar_says(
        "liberation_day = \"every_five_years\"",
        "liberation_day = \"sometimes\"",
        "unknown variant `sometimes`, expected one of `every_year`, `every_five_years`, `never`",
    );
    calendar_says(
        "not_above_days = 90",
        "not_above_days = 0",
        "`not_above_days` is 0; write the number that the act gives, 1 or more",
    );
    calendar_says(
        "extra_closed = []",
        "extra_closed = [{ date = \"2026-05-15\", name = \" \" }]",
        "2026-05-15 has no name; write why: name = \"Bridging day after Ascension\"",
    );
    let day = "{ date = \"2026-05-15\", name = \"Bridging day\" }";
    calendar_says(
        "extra_equated = []",
        &format!("extra_equated = [{day}, {day}]"),
        "2026-05-15 stands twice in this list; remove one of the two",
    );
    calendar_says(
        "easter_monday = true",
        "easter_sunday = true",
        "unknown field `easter_sunday`, expected one of `new_year`, `good_friday`, `easter_monday`, \
         `kings_day`, `liberation_day`, `ascension`, `whit_monday`, `christmas_day`, \
         `second_christmas_day`; correct the name or remove the line",
    );
}

#[test]
fn the_shipped_calendar_is_what_a_bare_one_is() {
    let bare = Calendar::from_toml("zone = \"Europe/Amsterdam\"").unwrap();
    assert_eq!(Calendar::from_toml(CALENDAR).unwrap(), bare);
}
