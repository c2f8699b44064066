//! `POST /dev/citizen-token {"code": …}`: a citizen's token for a code that a professional handed over.
//! It stands in for the citizens' identity provider, which in production says who somebody is.

use axum::{Json, Router, extract::State, routing::post};
use chassis::{Problem, body::Checked};
use escalation::citizen_codes::CitizenCodes;
use proto::{Oin, Role};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{APPLICATION, ASSURANCE, Issuer, given};

/// What stands behind the address.
#[derive(Clone)]
struct Citizens {
    issuer: Issuer,
    codes: CitizenCodes,
}

impl Issuer {
    /// `POST /dev/citizen-token`, on the codes of one platform.
    pub fn citizens(&self, codes: CitizenCodes) -> Router {
        Router::new()
            .route("/dev/citizen-token", post(give_token))
            .with_state(Citizens {
                issuer: self.clone(),
                codes,
            })
    }
}

#[derive(Deserialize, JsonSchema)]
struct CodeRequest {
    /// The code.
    #[schemars(length(min = 1, max = 64))]
    code: String,
}

/// Whoever has the code is the citizen, once. A code that never was, was used or has ended is one
/// answer: nobody learns which.
async fn give_token(
    State(citizens): State<Citizens>,
    Checked(request): Checked<CodeRequest>,
) -> Result<Json<Value>, Problem> {
    let account = citizens
        .codes
        .redeem(&request.code)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a code could not be looked up");
            Problem::unavailable("The code cannot be looked up now. Try again in a moment.")
        })?;
    let account = account.ok_or_else(|| {
        Problem::not_found("This code gives nothing: it was used, it has ended, or it never was.")
    })?;
    let org = Oin::parse(&account.organisation).map_err(|_| Problem::internal())?;
    let roles = [Role::Citizen];
    given(citizens.issuer.sign(
        &account.citizen,
        APPLICATION,
        &org,
        (json!(roles), Some(ASSURANCE)),
    ))
}
