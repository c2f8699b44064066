//! Samples of offices and of sharing with what goes on, and with what cannot be.

use screens::page::*;
use screens::{Frame, Input};

use super::offices::{form, ledger, log_page, office, operation_page};
use super::sharing::sharing_page;
use super::{LONG, at, field, html};

/// Everything as long as it comes.
pub(super) fn operation_long(frame: Frame) -> String {
    let mut page = operation_page(frame);
    page.quarantine[0].detail = LONG.repeat(9);
    page.receivers[0].name = LONG.to_owned();
    page.receivers[0].reason = Some(LONG.repeat(9));
    page.settings.version = "0.1.0-".repeat(20);
    html(&page)
}

/// The same of what is kept.
pub(super) fn privacy_kept_long(frame: Frame) -> String {
    let mut order = form("wissen", vec![field("over", Input::Line, true)]);
    order.lead = Some(LONG.repeat(3));
    html(&PrivacyKept {
        frame: office(frame),
        done: None,
        refusal: None,
        kept: vec![KeptLine {
            number: "psn_".repeat(30),
            ended: at("2025-11-18T08:00:00Z"),
            ahead: vec![(None, at("2045-11-18T08:00:00Z"), false); 12],
            held_until: None,
        }],
        ledger: vec![LedgerLine {
            number: "psn_".repeat(30),
            ..ledger("hold.placed")
        }],
        more: false,
        ledger_more: false,
        deeds: vec![order],
    })
}

/// The log, when what was looked for cannot be.
pub(super) fn privacy_log_wrong(frame: Frame) -> String {
    let mut page = log_page(frame);
    page.refusal = Some(LONG.to_owned());
    page.searched = false;
    page.deeds[0].fields[0].error = Some("E".to_owned());
    html(&page)
}

/// A check in which something is missing, of a case with a long name.
pub(super) fn sharing_wrong(frame: Frame) -> String {
    let mut page = sharing_page(frame);
    page.number = LONG.to_owned();
    page.refusal = Some("R".to_owned());
    page.deeds[0].fields[0].error = Some("E".to_owned());
    page.sights[1].withheld = Some(LONG.repeat(9));
    html(&page)
}
