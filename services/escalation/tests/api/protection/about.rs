//! Whom a text is about: it goes with them, and stays with all others.

use serde_json::{Value, json};

use crate::people::{DESK, DIRK, FATMA, INE, LENA, NOOR, Person, SEM, SVB};
use crate::story::{Chapter, Story, text};
use crate::table::Meeting;
use crate::world::World;

/// Who looks at passes of the SVB.
const OFFICER: Person = Person {
    name: "olga",
    organisation: SVB,
    roles: &["privacy_officer"],
};

#[tokio::test]
async fn a_text_goes_with_the_person_whom_it_is_about_and_with_no_other() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    let about = |who: &[&str], words: &str| {
        let mut body = json!({"type": "rule", "explanation": words});
        if !who.is_empty() {
            body["about"] = json!(who);
        }
        body
    };
    let blocks = story.path("/blocks");
    for (who, words) in [
        (&["p2"][..], "Alleen over Sam."),
        (&["p1"][..], "Alleen over Bella."),
        (&["p1", "p2"][..], "Over hen beiden."),
        (&[][..], "Over de zaak."),
    ] {
        world
            .post(&NOOR, &blocks, &about(who, words))
            .await
            .expect(201);
    }
    let perspective = json!({"text": "Zo ziet Bella het.", "about": ["p1"]});
    let path = story.path("/perspectives");
    world.post(&NOOR, &path, &perspective).await.expect(201);
    let fact = json!({
        "category": "family", "law": "youth_act", "summary": "Sam woont bij zijn zus.",
        "since": "2026-02-01", "legalBasis": "youth_act", "about": ["p2"]
    });
    let path = story.path("/facts");
    world.post(&NOOR, &path, &fact).await.expect(201);

    let order = json!({"person": "p2", "ground": "request"});
    let path = story.path("/erasures");
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    let seen = world.get(&NOOR, &blocks).await.text;
    assert!(seen.contains("Alleen over Bella."), "{seen}");
    for gone in ["Alleen over Sam.", "Over hen beiden.", "Over de zaak."] {
        assert!(!seen.contains(gone), "{gone}: {seen}");
    }
    let seen = world.get(&NOOR, &story.path("/perspectives")).await.text;
    assert!(seen.contains("Zo ziet Bella het."), "{seen}");
    let seen = world.get(&NOOR, &story.path("/facts")).await.text;
    assert!(!seen.contains("zijn zus"), "{seen}");

    // Nobody writes about whom nothing is kept any more, or about somebody else's person.
    for (who, place) in [("p2", "/about/0"), ("p9", "/about/0")] {
        let refused = world
            .post(&NOOR, &blocks, &about(&[who], "Nog iets."))
            .await;
        let refused = refused.expect(400);
        assert_eq!(refused["invalidParams"][0]["name"], place, "{refused}");
    }
    let wrong = json!({"type": "rule", "explanation": "Nee.", "about": "p1"});
    world.post(&NOOR, &blocks, &wrong).await.expect(400);
}

/// Erases Sam, by the key of the report.
async fn erase_sam(world: &World, case: &str) {
    let order = json!({"person": "p2", "ground": "request"});
    let path = format!("/v1/cases/{case}/erasures");
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
}

#[tokio::test]
async fn what_is_said_with_a_pass_goes_with_whom_it_is_about() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/passes");
    let mut passes = Vec::new();
    for (who, reason, verdict) in [
        (
            "p1",
            "Bella is vannacht niet veilig.",
            "Bella was in gevaar.",
        ),
        ("p2", "Sam is vannacht niet veilig.", "Sam was in gevaar."),
    ] {
        let taken = json!({"kind": "emergency", "categories": ["health"], "reason": reason,
            "until": "2026-03-02T17:00:00Z", "about": [who]});
        let pass = text(&world.post(&SEM, &path, &taken).await.expect(201)["id"]);
        let one = format!("/v1/passes/{pass}");
        let review = json!({"verdict": "justified", "text": verdict, "about": [who]});
        let reviewed = world
            .post(&OFFICER, &format!("{one}/review"), &review)
            .await;
        reviewed.expect(200);
        passes.push(one);
    }
    let stranger = json!({"kind": "emergency", "categories": ["health"], "reason": "Nu.",
        "until": "2026-03-02T17:00:00Z", "about": ["p9"]});
    let refused = world.post(&SEM, &path, &stranger).await.expect(400);
    assert_eq!(refused["invalidParams"][0]["name"], "/about/0");

    erase_sam(&world, &story.case).await;
    let seen = world.get(&OFFICER, &passes[0]).await.text;
    for kept in ["Bella is vannacht niet veilig.", "Bella was in gevaar."] {
        assert!(seen.contains(kept), "{seen}");
    }
    let seen = world.get(&OFFICER, &passes[1]).await.text;
    assert!(
        !seen.contains("niet veilig") && !seen.contains("gevaar"),
        "{seen}"
    );
}

#[tokio::test]
async fn an_answer_goes_with_whom_its_question_is_about_though_who_gives_it_knows_nobody() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/advice");
    for (who, question, answer) in [
        (&["p1"][..], "Kan een zus voogd zijn?", "Dat kan."),
        (&["p2"][..], "Kan een broer erven?", "Vraag een notaris."),
        (&[][..], "Is er een regeling?", "Die is er."),
    ] {
        let mut asked = json!({"of": DESK, "question": question});
        if !who.is_empty() {
            asked["about"] = json!(who);
        }
        let asked = world.post(&NOOR, &path, &asked).await.expect(201);
        let answered = format!("/v1/advice/{}/answer", text(&asked["consultation"]));
        let given = json!({"answer": answer});
        world.post(&DIRK, &answered, &given).await.expect(200);
        // Nor does it learn whom the case is about.
        let asks = json!({"answer": answer, "about": ["p1"]});
        let told = world.post(&DIRK, &answered, &asks).await;
        assert!(told.status.is_client_error());
    }
    erase_sam(&world, &story.case).await;
    let seen = world.get(&NOOR, &path).await.text;
    assert!(seen.contains("Dat kan."), "{seen}");
    assert!(!seen.contains("notaris"), "{seen}");
    assert!(
        !seen.contains("Die is er."),
        "of whom nobody said, it is about all: {seen}"
    );
}

#[tokio::test]
async fn what_ends_a_case_or_stops_sharing_goes_with_whom_it_is_about() {
    for (who, stays) in [("p1", true), ("p2", false)] {
        let world = World::new().await;
        let story = Story::told(&world, Chapter::Done).await;
        let said = json!({"person": who, "text": "Dat wil ik niet.", "about": [who]});
        let objections = story.path("/objections");
        let raised = world.post(&NOOR, &objections, &said).await.expect(201);
        let objection = format!("{objections}/{}", text(&raised["objection"]));
        for (what, body) in [
            (
                "extension",
                json!({"reason": "Dat duurt even.", "about": [who]}),
            ),
            (
                "settlement",
                json!({"upheld": false, "reason": "Het moet toch.", "about": [who]}),
            ),
        ] {
            let path = format!("{objection}/{what}");
            world.post(&NOOR, &path, &body).await.expect(200);
        }
        let share = json!({"receiver": SVB, "categories": ["finance"], "purpose": "own_law",
            "legalBasis": "wmo_5_2_1", "necessity": "Zonder kan het niet.",
            "proportionality": "Het weegt op.", "subsidiarity": "Minder helpt niet.",
            "about": [who]});
        let path = story.path("/disclosures");
        world.post(&NOOR, &path, &share).await.expect(201);
        let closure = json!({"outcome": "solved_by_deviation", "evaluation": "Het geld klopt.",
            "lesson": {"kind": "change_rule", "text": "Kijk naar broers."}, "about": [who]});
        let path = story.path("/closure");
        world.post(&NOOR, &path, &closure).await.expect(201);

        erase_sam(&world, &story.case).await;
        for (list, words) in [
            (
                "/objections",
                &["Dat wil ik niet.", "Dat duurt even.", "Het moet toch."][..],
            ),
            (
                "/legal-bases",
                &["Zonder kan het niet.", "Minder helpt niet."][..],
            ),
            ("/closure", &["Het geld klopt.", "Kijk naar broers."][..]),
        ] {
            let seen = world.get(&NOOR, &story.path(list)).await.text;
            for words in words {
                assert_eq!(seen.contains(words), stays, "{who} {words}: {seen}");
            }
        }
    }
}

#[tokio::test]
async fn what_a_table_says_of_a_case_goes_with_whom_it_is_about() {
    let world = World::new().await;
    let meeting = Meeting::open(&world).await;
    let request = async |who: &str, words: &str| {
        let asked = json!({"of": SVB, "lawOrTheme": "child_benefit_act", "text": words,
            "about": [who]});
        text(&meeting.record("requests", asked).await.expect(201)["request"])
    };
    let of_bella = request("p1", "Betaalt u de zus?").await;
    let of_sam = request("p2", "Betaalt u de broer?").await;
    for (request, who, words) in [
        (&of_bella, "p1", "Voor haar niet."),
        (&of_sam, "p2", "Voor hem niet."),
    ] {
        let answer = json!({"answer": "refused", "text": words, "about": [who]});
        let told = meeting.answer(&INE, request, answer).await;
        told.expect(200);
    }
    let collision = json!({"text": "Twee regels over de broer.", "about": ["p2"]});
    meeting.record("collision", collision).await.expect(200);
    let nobody = json!({"text": "Twee regels.", "about": ["p9"]});
    let refused = meeting.record("collision", nobody).await.expect(400);
    assert_eq!(refused["invalidParams"][0]["name"], "/about/0");

    erase_sam(&world, &meeting.case).await;
    let seen: Value = meeting.seen(&LENA).await;
    let seen = seen.to_string();
    for kept in ["Betaalt u de zus?", "Voor haar niet."] {
        assert!(seen.contains(kept), "{seen}");
    }
    for gone in ["de broer", "Voor hem niet."] {
        assert!(!seen.contains(gone), "{gone}: {seen}");
    }
}
