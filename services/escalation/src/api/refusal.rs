//! From a refusal to the problem that the caller hears.

use axum::http::StatusCode;
use chassis::problem::Problem;
use proto::InvalidParam;

/// The problem for a refusal of the rules, by its stable code and its sentence.
pub(super) fn refused(code: &str, text: &str) -> Problem {
    if let Some(field) = field(code) {
        let params = vec![InvalidParam::new(field, text)];
        return Problem::bad_request(params).with_detail(sentence(text));
    }
    let status = match code {
        "unknown_case"
        | "unknown_contact"
        | "unknown_signal"
        | "unknown_meeting"
        | "unknown_pass"
        | "unknown_request"
        | "unknown_handoff"
        | "unknown_commitment"
        | "unknown_proposal"
        | "unknown_consultation"
        | "unknown_assessment"
        | "unknown_decision"
        | "unknown_fund"
        | "unknown_measure"
        | "unknown_consent"
        | "unknown_objection" => {
            return Problem::not_found(sentence(text));
        }
        _ => StatusCode::CONFLICT,
    };
    let title = "The rules do not allow this now";
    Problem::new(status, &code.replace('_', "-"), title).with_detail(sentence(text))
}

/// The field that is to blame, when one is: the command itself was incomplete, whatever the case.
fn field(code: &str) -> Option<&'static str> {
    Some(match code {
        "reason_required" => "/reason",
        "alternative_required" => "/alternative",
        "legal_basis_required"
        | "legal_basis_unknown"
        | "legal_basis_not_in_force"
        | "legal_basis_unfit" => "/legalBasis",
        "answers_required" => "/necessity",
        "categories_required"
        | "category_not_opened"
        | "closed_to_consent"
        | "closed_to_objection" => "/categories",
        "missing_items_required" => "/missing",
        "evidence_missing" => "/evidence",
        "skip_needs_reason" => "/skipReason",
        "unknown_rung" => "/toRung",
        "function_required" => "/function",
        "deputy_of_self" | "unknown_deputy" | "deputy_cycle" => "/deputy",
        "amount_below_zero" | "mandate_exists" => "/mandates",
        "absence_ends_before_start" => "/until",
        "theme_required" => "/theme",
        "target_required" => "/target",
        "moment_passed" => "/at",
        "no_table" => "/rung",
        "amount_not_positive" => "/amountCents",
        "explanation_required" => "/explanation",
        "evidence_not_asked" => "/evidence",
        "urgency_needs_person" => "/urgent",
        "review_not_ahead" => "/reviewAt",
        "end_not_ahead" | "suspension_too_long" | "emergency_too_long" | "temporary_too_long" => {
            "/until"
        }
        "not_for_oneself" => "/person",
        "unknown_deadline" => "/due",
        "extension_not_later" => "/to",
        "part_of_another_method" => "/part",
        "score_required" => "/score",
        "verdict_required" => "/sufficient",
        "count_required" => "/count",
        "lighter_method_first" => "/reason",
        "room_required" => "/room",
        "grounds_required" | "cost_alone" => "/grounds",
        "mandate_required" => "/mandate",
        "amount_required" | "fund_exceeded" => "/amountCents",
        _ => return None,
    })
}

/// A failure of ours behind the API; the reason is for the log only.
#[allow(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
pub(super) fn unavailable(error: impl std::error::Error) -> Problem {
    tracing::error!(%error, "a request could not be carried out");
    Problem::unavailable("Nothing was stored. Try again in a moment.")
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses(codes: &[&str]) -> Vec<u16> {
        let of = |code: &&str| refused(code, "it is so").status().as_u16();
        codes.iter().map(of).collect()
    }

    #[test]
    fn what_is_not_known_is_not_found() {
        let codes = [
            "unknown_case",
            "unknown_handoff",
            "unknown_commitment",
            "unknown_proposal",
            "unknown_consultation",
            "unknown_assessment",
            "unknown_decision",
            "unknown_fund",
            "unknown_measure",
        ];
        assert_eq!(statuses(&codes), [404; 9]);
    }

    #[test]
    fn what_a_field_is_to_blame_for_is_a_bad_request() {
        let codes = [
            "explanation_required",
            "evidence_not_asked",
            "review_not_ahead",
            "end_not_ahead",
            "suspension_too_long",
            "unknown_deadline",
            "extension_not_later",
            "score_required",
            "room_required",
            "cost_alone",
            "fund_exceeded",
        ];
        assert_eq!(statuses(&codes), [400; 11]);
    }

    #[test]
    fn what_cannot_be_now_is_a_conflict() {
        let codes = [
            "not_shared",
            "not_a_draft",
            "not_owner",
            "consultation_over",
            "counter_not_open",
            "scarcity_goes_to_signal",
            "nothing_to_insist_on",
            "already_insisted",
            "same_person",
            "urgency_not_claimed",
            "already_acknowledged",
            "already_suspended",
            "not_suspended",
            "deadline_not_yours",
            "extension_too_late",
            "already_extended",
            "not_closed",
            "may_not_reopen",
        ];
        assert_eq!(statuses(&codes), [409; 18]);
    }
}
