//! Ladders that nobody wrote.

use std::fmt::Write;

use proptest::prelude::*;

/// A ladder file of one to seven rungs, with any bodies, evidence and terms.
pub(crate) fn ladder_file() -> impl Strategy<Value = String> {
    let rung = (
        0..3_usize,
        0..5_usize,
        0..4_usize,
        any::<bool>(),
        term(),
        prop::option::of(term()),
        // In weeks: a warning before the review is refused where the two can be compared.
        (
            prop::option::of(term()),
            prop::option::of((1..9_u32).prop_map(|weeks| format!("{weeks}w"))),
        ),
    );
    let terms = (term(), term(), term(), term(), term());
    (terms, prop::collection::vec(rung, 1..8)).prop_map(|(terms, mut rungs)| {
        rungs.sort_by_key(|(tier, ..)| *tier);
        let (answer, urgent, check, climb, review) = terms;
        let mut file = format!(
            "[terms]\nhandoff_answer = \"{answer}\"\nhandoff_answer_urgent = \"{urgent}\"\n\
             climb_after = \"{climb}\"\nprogress_review = \"{review}\"\n\
             aftercare_checks = [\"{check}\"]\n"
        );
        for (index, (tier, body, items, elsewhere, answer, urgent, (review, warn))) in
            rungs.iter().enumerate()
        {
            let tier = ["local", "regional", "national"][*tier];
            let body = if index == 0 { BODIES[0] } else { BODIES[*body] };
            let evidence: Vec<String> = (0..*items).map(|n| format!("item-{index}-{n}")).collect();
            let admission = if *elsewhere {
                "{ organisation = \"00000099000000006000\", role = \"national_adviser\" }"
            } else {
                "{ role = \"process_director\" }"
            };
            write!(
                file,
                "\n[[rung]]\nid = \"rung-{index}\"\nname = \"Trede {index}\"\ntier = \"{tier}\"\n\
                 body = {body}\nadmission = {admission}\nevidence = {evidence:?}\n\
                 answer = \"{answer}\"\n"
            )
            .unwrap();
            for (key, term) in [
                ("answer_urgent", urgent),
                ("review", review),
                ("warn", warn),
            ] {
                if let Some(term) = term {
                    writeln!(file, "{key} = \"{term}\"").unwrap();
                }
            }
        }
        file
    })
}

const BODIES: [&str; 5] = [
    "\"owner\"",
    "{ organisation = \"00000099000000006000\" }",
    "{ organisation = \"00000099000000007000\" }",
    "{ competent = [{ organisation = \"00000099000000005000\", themes = [\"youth_care\"], regions = [\"midden-nederland\"] }] }",
    "{ competent = [] }",
];

fn term() -> impl Strategy<Value = String> {
    (1..20_u32, prop::sample::select(vec!["wd", "d", "h"]))
        .prop_map(|(n, unit)| format!("{n}{unit}"))
}
