//! The register of processing activities, open to everybody.

use account::{Activity, Controller};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::glossary::FOR_ALL;

/// The register (AVG article 30).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Activities {
    /// Every entry.
    items: Vec<ActivitySeen>,
    /// For how many years the lines of the logs are kept.
    log_retention_years: u16,
}

/// One activity.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct ActivitySeen {
    /// Its address, as lines of the logs name it.
    uri: String,
    /// Its name, in Dutch.
    name: String,
    /// What it is for, in Dutch.
    purpose: String,
    /// On which ground, with the article.
    legal_basis: String,
    /// Categories of personal data; none when it needs none.
    categories: Vec<String>,
    /// Whose data.
    subjects: Vec<String>,
    /// To whom it may go.
    recipients: Vec<String>,
    /// How long it is kept.
    retention: String,
    /// Whose processing it is: `acting` (the organisation whose user acts) or `platform`.
    controller: &'static str,
    /// The operations of this API that belong to it.
    operations: Vec<String>,
}

impl From<&Activity> for ActivitySeen {
    fn from(activity: &Activity) -> Self {
        Self {
            uri: activity.uri.clone(),
            name: activity.name.clone(),
            purpose: activity.purpose.clone(),
            legal_basis: activity.legal_basis.clone(),
            categories: activity.categories.clone(),
            subjects: activity.subjects.clone(),
            recipients: activity.recipients.clone(),
            retention: activity.retention.clone(),
            controller: match activity.controller {
                Controller::Acting => "acting",
                Controller::Platform => "platform",
            },
            operations: activity.operations.iter().cloned().collect(),
        }
    }
}

/// `GET /v1/processing-activities`: an open document.
pub(super) async fn list(
    State(platform): State<Platform>,
) -> ([(HeaderName, &'static str); 1], Json<Activities>) {
    let register = platform.accounting.register();
    let activities = Activities {
        items: register.activities().iter().map(Into::into).collect(),
        log_retention_years: register.years(),
    };
    (FOR_ALL, Json(activities))
}
