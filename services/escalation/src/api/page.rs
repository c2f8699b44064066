//! Lists in pages: `pageSize`, and a `cursor` that means something to this service only.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chassis::problem::Problem;
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::Serialize;

use super::reveal::Why;

/// How many items a page has when the caller does not say.
pub(super) const USUAL_SIZE: u32 = 50;
/// How many it has at most.
pub(super) const LARGEST_SIZE: u32 = 200;

/// A list, or a part of one.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct List<T> {
    /// What there is, in order.
    pub(super) items: Vec<T>,
    /// Ask again with this to get what comes after; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_cursor: Option<String>,
    /// How much of each category of data is shown, and by which policies.
    #[serde(skip_serializing_if = "Why::is_empty")]
    pub(super) why: Why,
}

/// Which part of a list is asked for.
pub(super) struct Page {
    /// How many items at most.
    pub(super) size: u32,
    after: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Ok(Query(mut query)) = query else {
            return Err(Problem::bad_request(Vec::new()));
        };
        let mut wrong = Vec::new();
        let size = match query.remove("pageSize").map(|text| text.parse::<u32>()) {
            None => USUAL_SIZE,
            Some(Ok(size)) if (1..=LARGEST_SIZE).contains(&size) => size,
            Some(_) => {
                let reason = format!("is no number from 1 to {LARGEST_SIZE}");
                wrong.push(InvalidParam::new("pageSize", reason));
                USUAL_SIZE
            }
        };
        let after = query.remove("cursor").map(|cursor| {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
            bytes.and_then(|bytes| String::from_utf8(bytes).ok())
        });
        if after == Some(None) {
            wrong.push(no_cursor());
        }
        if wrong.is_empty() {
            Ok(Self {
                size,
                after: after.flatten(),
            })
        } else {
            Err(Problem::bad_request(wrong))
        }
    }
}

impl Page {
    /// The name after which the page starts.
    pub(super) fn after_name(&self) -> &str {
        self.after.as_deref().unwrap_or_default()
    }

    /// The log's position after which the page starts.
    ///
    /// # Errors
    /// 400 for a cursor of another list.
    pub(super) fn after_position(&self) -> Result<i64, Problem> {
        match &self.after {
            None => Ok(0),
            Some(text) => text
                .parse()
                .map_err(|_| Problem::bad_request(vec![no_cursor()])),
        }
    }

    /// The cursor after the last row of a page, when the page is full.
    pub(super) fn next(&self, rows: usize, last: Option<String>) -> Option<String> {
        let full = u32::try_from(rows).is_ok_and(|rows| rows >= self.size);
        last.filter(|_| full)
            .map(|last| URL_SAFE_NO_PAD.encode(last))
    }

    /// The rows of this page of a list that is at hand as a whole, ordered by position, and the
    /// cursor to the next page.
    ///
    /// # Errors
    /// 400 for a cursor of another list.
    pub(super) fn cut<T>(
        &self,
        rows: Vec<T>,
        position: impl Fn(&T) -> i64,
    ) -> Result<(Vec<T>, Option<String>), Problem> {
        let after = self.after_position()?;
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let rows: Vec<T> = rows
            .into_iter()
            .filter(|row| position(row) > after)
            .take(size)
            .collect();
        let next = self.next(rows.len(), rows.last().map(|row| position(row).to_string()));
        Ok((rows, next))
    }
}

/// What is said of a cursor of another list.
pub(super) fn no_cursor() -> InvalidParam {
    InvalidParam::new("cursor", "is no cursor of this list")
}
