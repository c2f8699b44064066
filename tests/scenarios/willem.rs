//! Willem's case is solved within the rules, and nothing leaves his municipality.

use scenarios::expected::WILLEM;
use scenarios::worlds::embedded_for;
use serde_json::{Value, json};

use super::{assert_ends_as_written, read, tell};

#[tokio::test(flavor = "multi_thread")]
async fn willem_in_one_process() {
    let story = WILLEM.story();
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), WILLEM.name, &story).await;
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let look = async |what: &str| {
        let path = format!("{case}/{what}");
        read(world.doors(), &story, "ilse", &path).await["items"].clone()
    };
    let handoffs = look("handoffs").await;
    let escalations = look("escalations").await;
    let proposals = look("decision-proposals").await;
    let decisions = look("decisions").await;
    let weighings = look("assessments").await;
    world.stop().await;

    assert_ends_as_written(&told.report, &WILLEM);
    assert_eq!((handoffs, escalations), (json!([]), json!([])));
    assert_eq!(told.bound["draft"], told.bound["case"]);
    let status = |row: &Value| row["status"].clone();
    let proposed: Vec<Value> = proposals.as_array().unwrap().iter().map(status).collect();
    assert_eq!(proposed, ["not_taken", "taken"]);
    let parts: Vec<&str> = weighings[0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|part| part["part"].as_str())
        .collect();
    assert_eq!(parts, ["effect", "intent", "ethics", "law"]);
    assert_eq!(decisions[0]["room"], "within_law");
    assert_eq!(decisions[0]["compared"], json!([told.bound["earlier"]]));
    assert_eq!(told.bound["precedent"], told.bound["earlier"]);
}
