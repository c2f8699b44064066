//! The API, asked from a page: the same routes, the same token, the same answers.

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use chassis::problem::TYPE_PREFIX;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::ServiceExt;

use super::answer::Failure;
use super::visitor::Visitor;

/// The largest answer that is read.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The longest id, in characters.
const LONGEST_ID: usize = 80;

/// The largest page of a list.
const LARGEST: u32 = 200;

/// A list of the API.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: DeserializeOwned")]
pub(super) struct List<T> {
    pub(super) items: Vec<T>,
    #[serde(default)]
    pub(super) next_cursor: Option<String>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            next_cursor: None,
        }
    }
}

/// A name out of an address or a form, as a part of an address of the API: an id has no other
/// characters, so that nobody reaches another route by what they type.
///
/// # Errors
/// [`Failure::MISSING`]: nothing is called like that.
pub(super) fn id(name: &str) -> Result<&str, Failure> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let fits = !name.is_empty() && name.len() <= LONGEST_ID && name.bytes().all(plain);
    fits.then_some(name).ok_or(Failure::MISSING)
}

/// What the API refuses, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    /// The kind of problem, without what every kind begins with.
    pub(super) code: String,
    /// The fields that are wrong, as `/field/…`.
    pub(super) fields: Vec<String>,
    /// What is wrong with each of them.
    reasons: Vec<String>,
}

impl Refused {
    /// What is wrong with a field, in the API's words; nothing when it is not to blame.
    pub(super) fn reason(&self, field: &str) -> &str {
        let at = self.fields.iter().position(|known| known == field);
        at.and_then(|at| self.reasons.get(at))
            .map_or("", String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Problem {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    invalid_params: Vec<Param>,
}

#[derive(Deserialize)]
struct Param {
    name: String,
    reason: String,
}

impl Visitor {
    /// Reads an address of the API.
    ///
    /// # Errors
    /// [`Failure`] with the status that the API answered.
    pub(super) async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let (status, body) = self.ask(Method::GET, path, None, None).await?;
        if status == StatusCode::UNAUTHORIZED {
            return Err(Failure::LoggedOut);
        }
        if !status.is_success() {
            return Err(Failure::Status(status));
        }
        serde_json::from_slice(&body).map_err(|error| {
            // Only where and how: the error's own words may quote what stands there.
            let (column, kind) = (error.column(), error.classify());
            tracing::error!(column, ?kind, path, "a page does not understand the API");
            Failure::OURS
        })
    }

    /// Reads a list of which the reader may see nothing: then it is empty.
    ///
    /// # Errors
    /// As [`Visitor::read`], without "not allowed" and "not there".
    pub(super) async fn list<T: DeserializeOwned>(&self, path: &str) -> Result<List<T>, Failure> {
        match self.read(path).await {
            Err(Failure::Status(StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)) => {
                Ok(List::default())
            }
            other => other,
        }
    }

    /// Reads every page of a list that stays small, or that makes no sense in part.
    ///
    /// # Errors
    /// As [`Visitor::list`].
    pub(super) async fn whole<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Failure> {
        let join = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{join}pageSize={LARGEST}");
        let mut list = self.list::<T>(&path).await?;
        let mut items = std::mem::take(&mut list.items);
        while let Some(cursor) = list.next_cursor.take() {
            list = self.list(&format!("{path}&cursor={cursor}")).await?;
            items.append(&mut list.items);
        }
        Ok(items)
    }

    /// Carries out an operation of the API under the token of a form, so that sending the same form
    /// twice does it once.
    ///
    /// # Errors
    /// [`Failure`] when nobody is logged in or the service fails; what the API refuses is an answer.
    pub(super) async fn act(
        &self,
        method: Method,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Result<Result<Value, Refused>, Failure> {
        let (status, answer) = self.ask(method, path, Some(key), Some(body)).await?;
        if status == StatusCode::UNAUTHORIZED {
            return Err(Failure::LoggedOut);
        }
        if status.is_server_error() {
            return Err(Failure::OURS);
        }
        if status.is_success() {
            return Ok(Ok(serde_json::from_slice(&answer).unwrap_or_default()));
        }
        let problem: Option<Problem> = serde_json::from_slice(&answer).ok();
        let (code, wrong) = problem.map_or_else(Default::default, |problem| {
            let code = problem.kind.strip_prefix(TYPE_PREFIX).unwrap_or_default();
            (code.to_owned(), problem.invalid_params)
        });
        let wrong = wrong.into_iter().map(|param| (param.name, param.reason));
        let (fields, reasons) = wrong.unzip();
        Ok(Err(Refused {
            status,
            code,
            fields,
            reasons,
        }))
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Vec<u8>), Failure> {
        let session = self.session()?;
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", session.token))
            .header("traceparent", self.asking().trace.as_str());
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        // An address made of what somebody typed can be none.
        let request = request.body(body).map_err(|_| Failure::MISSING)?;
        let Ok(response) = self.web().0.api.clone().oneshot(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), MOST_BYTES).await;
        let bytes = bytes.map_err(|_| Failure::OURS)?;
        Ok((status, bytes.to_vec()))
    }
}
