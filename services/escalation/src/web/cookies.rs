//! Cookies: reading the three that there are, and setting them.

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::SignedDuration;

/// Who is logged in.
pub(super) const SESSION: &str = "doorbraak_session";
/// A login that is under way.
pub(super) const LOGIN: &str = "doorbraak_login";
/// The language that was chosen.
pub(super) const LANGUAGE: &str = "doorbraak_language";

/// The value of a cookie in a request.
pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A cookie that no script reads and that other sites' forms do not send.
pub(super) fn set(
    name: &str,
    value: &str,
    lives: SignedDuration,
    secure: bool,
) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let seconds = lives.as_secs();
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).ok()
}
