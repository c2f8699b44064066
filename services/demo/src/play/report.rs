//! What a played story ended in: the one document of `--report json`.

pub use escalation::api::report::{CaseEnd, Happening, Quarantined, Report};

/// The JSON Schema of [`Report`], as it stands in `report.schema.json`.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Report);
    schema.insert(
        "$id".to_owned(),
        "https://doorbraak.example/schemas/play-report.json".into(),
    );
    format!("{:#}\n", schema.to_value())
}
