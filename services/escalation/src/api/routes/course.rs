//! The routes of what a case goes through before, beside and around the ladder.

use super::super::body::About;
use super::super::openapi::Operation;
use super::super::page::List;
use super::super::written::Written;
use super::super::{
    advice, consents, disclosures, drafts, ending, escalations, handoffs, legal_bases, objections,
    ownership, pauses, perspectives, sharing as checks, urgency,
};
use super::Route;
use proto::event;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = before_sharing();
    routes.extend(consulting());
    routes.extend(sharing());
    routes.extend(before_it_is_shared());
    routes.extend(said_by_the_persons());
    routes.extend(climbing());
    routes.extend(time());
    routes
}

fn before_sharing() -> Vec<Route> {
    vec![
        Route::at("/drafts")
            .get(
                drafts::list,
                Operation::new("listDrafts", "The drafts of your organisation")
                    .paged()
                    .answers::<List<drafts::DraftItem>>(),
            )
            .post(
                drafts::create,
                Operation::new("keepDraft", "Keep a story that is not shared yet")
                    .takes::<drafts::DraftKept>()
                    .creates::<Written>(),
            ),
        Route::at("/drafts/{id}")
            .get(
                drafts::read,
                Operation::new("readDraft", "A draft").answers::<drafts::DraftSeen>(),
            )
            .put(
                drafts::replace,
                Operation::new("changeDraft", "Keep another version of a draft")
                    .takes::<drafts::DraftKept>()
                    .answers::<Written>(),
            )
            .delete(
                drafts::discard,
                Operation::new("discardDraft", "Throw a draft away")
                    .takes_nothing()
                    .answers::<Written>(),
            ),
        Route::at("/drafts/{id}/report").post(
            drafts::report,
            Operation::new("reportDraft", "Report a draft; the case keeps its id")
                .takes_event::<event::CaseReported>(&[])
                .creates::<Written>(),
        ),
    ]
}

fn consulting() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/advice")
            .get(
                advice::list,
                Operation::new("listAdvice", "The questions for advice in a case")
                    .paged()
                    .answers::<List<advice::AdviceSeen>>(),
            )
            .post(
                advice::ask,
                Operation::new("askAdvice", "Ask for advice, without personal data")
                    .takes::<advice::Asked>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/advice").get(
            advice::inbox,
            Operation::new("listAskedAdvice", "Questions put to your organisation")
                .paged()
                .answers::<List<advice::AdviceSeen>>(),
        ),
        Route::at("/advice/{id}/answer").post(
            advice::answer,
            Operation::new("giveAdvice", "Give advice, without personal data")
                .takes::<advice::Given>()
                .answers::<advice::Answered>(),
        ),
    ]
}

fn sharing() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/perspectives")
            .get(
                perspectives::list,
                Operation::new("listPerspectives", "How the citizen saw the situation")
                    .paged()
                    .answers::<List<perspectives::PerspectiveSeen>>(),
            )
            .post(
                perspectives::record,
                Operation::new("recordPerspective", "Record how the citizen sees it now")
                    .takes::<perspectives::Perspective>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/legal-bases")
            .get(
                legal_bases::list,
                Operation::new("listLegalBases", "The grounds on which a case is shared")
                    .paged()
                    .answers::<List<legal_bases::BasisSeen>>(),
            )
            .post(
                legal_bases::record,
                Operation::new("recordLegalBasis", "Record the ground for one receiver")
                    .takes::<legal_bases::Basis>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/ownership-mode").post(
            ownership::choose,
            Operation::new(
                "chooseOwnershipMode",
                "Choose who owns a case when an ownership handoff is accepted",
            )
            .takes::<ownership::Choice>()
            .answers::<Written>(),
        ),
        Route::at("/cases/{id}/handoffs/{handoff}/counter-answer").post(
            handoffs::answer_counter,
            Operation::new("answerCounter", "Take a counter-offer, or not")
                .takes::<handoffs::CounterAnswer>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/handoffs/{handoff}/withdrawal").post(
            handoffs::withdraw,
            Operation::new("withdrawHandoff", "Take an offer back")
                .takes::<handoffs::Withdrawal>()
                .also::<About>()
                .answers::<Written>(),
        ),
        Route::at("/handoffs/{id}/return").post(
            handoffs::give_back,
            Operation::new("returnHandoff", "Give back what was accepted")
                .takes::<handoffs::Return>()
                .also::<About>()
                .creates::<Written>(),
        ),
    ]
}

fn before_it_is_shared() -> Vec<Route> {
    vec![
        Route::at("/legal-bases").get(
            checks::catalogue,
            Operation::new(
                "listCatalogue",
                "The legal bases for sharing, and its purposes",
            )
            .answers::<checks::Catalogue>(),
        ),
        Route::at("/sharing-checks").post(
            checks::check_without_case,
            Operation::new("checkSharing", "May I share this? Changes nothing")
                .takes::<checks::Asked>()
                .answers::<checks::Checked>(),
        ),
        Route::at("/cases/{id}/sharing-checks").post(
            checks::check_in_case,
            Operation::new("checkSharingInCase", "May I share this? Changes nothing")
                .takes::<checks::Asked>()
                .answers::<checks::Checked>(),
        ),
        Route::at("/cases/{id}/disclosures").post(
            disclosures::disclose,
            Operation::new(
                "disclose",
                "Share with one receiver, and say why that may be",
            )
            .takes::<disclosures::Disclosure>()
            .also::<About>()
            .creates::<Written>(),
        ),
        Route::at("/sharing-templates").get(
            disclosures::list_templates,
            Operation::new(
                "listSharingTemplates",
                "Former disclosures whose answers can be used again",
            )
            .answers::<disclosures::Templates>(),
        ),
    ]
}

fn said_by_the_persons() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/consents")
            .get(
                consents::list,
                Operation::new("listConsents", "What the people of a case agreed to")
                    .paged()
                    .answers::<List<consents::ConsentSeen>>(),
            )
            .post(
                consents::give,
                Operation::new("giveConsent", "Record that a person agreed to sharing")
                    .takes::<consents::Consent>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/consents/{consent}").delete(
            consents::withdraw,
            Operation::new(
                "withdrawConsent",
                "Record that a person took a consent back",
            )
            .takes_nothing()
            .answers::<Written>(),
        ),
        Route::at("/cases/{id}/objections")
            .get(
                objections::list,
                Operation::new("listObjections", "Who objects to sharing")
                    .paged()
                    .answers::<List<objections::ObjectionSeen>>(),
            )
            .post(
                objections::raise,
                Operation::new("raiseObjection", "Record that a person objects to sharing")
                    .takes::<objections::Objection>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/objections/{objection}/extension").post(
            objections::extend,
            Operation::new(
                "extendObjection",
                "Take more time to settle an objection, once, with a reason for the person",
            )
            .takes::<objections::Reason>()
            .also::<About>()
            .answers::<Written>(),
        ),
        Route::at("/cases/{id}/objections/{objection}/settlement").post(
            objections::settle,
            Operation::new("settleObjection", "Settle an objection to sharing")
                .takes::<objections::Settlement>()
                .also::<About>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/objections/{objection}/lifting").post(
            objections::lift,
            Operation::new(
                "liftObjection",
                "Lift an objection that was right: its ground has fallen away",
            )
            .takes::<objections::Reason>()
            .also::<About>()
            .answers::<Written>(),
        ),
    ]
}

fn climbing() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/insistences").post(
            escalations::insist,
            Operation::new(
                "insist",
                "Go one rung above a body that refused or returned",
            )
            .takes::<escalations::Insistence>()
            .also::<About>()
            .creates::<Written>(),
        ),
        Route::at("/escalations").get(
            escalations::waiting,
            Operation::new(
                "listWaitingRequests",
                "The requests for admission that wait for your organisation",
            )
            .paged()
            .answers::<List<escalations::WaitingRequest>>(),
        ),
        Route::at("/cases/{id}/escalations/{escalation}/acknowledgement").post(
            escalations::acknowledge,
            Operation::new("acknowledgeEscalation", "Say that a request was seen")
                .takes::<escalations::Acknowledgement>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/escalations/{escalation}/evidence").post(
            escalations::give_evidence,
            Operation::new("giveEvidence", "Give or explain evidence afterwards")
                .takes::<escalations::EvidenceLater>()
                .also::<About>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/urgency").post(
            urgency::confirm,
            Operation::new("confirmUrgency", "Confirm, as a second person, the urgency")
                .takes_nothing()
                .answers::<Written>(),
        ),
    ]
}

fn time() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/suspensions")
            .get(
                pauses::list,
                Operation::new("listSuspensions", "Who moved which deadline, and why")
                    .paged()
                    .answers::<List<pauses::PauseSeen>>(),
            )
            .post(
                pauses::suspend,
                Operation::new("suspendCase", "Put the deadlines of a case on hold")
                    .takes::<pauses::Suspension>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/suspensions/end").post(
            pauses::resume,
            Operation::new("resumeCase", "Let the deadlines run again")
                .takes_nothing()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/extensions").post(
            pauses::extend,
            Operation::new("extendTerm", "Ask for more time, before the deadline")
                .takes::<pauses::Extension>()
                .also::<About>()
                .creates::<Written>(),
        ),
        Route::at("/cases/{id}/withdrawal").post(
            ending::withdraw,
            Operation::new("withdrawCase", "Stop, for the citizen or the raiser does")
                .takes::<ending::Withdrawal>()
                .also::<About>()
                .creates::<Written>(),
        ),
        Route::at("/cases/{id}/reopening").post(
            ending::reopen,
            Operation::new("reopenCase", "Open a case again that has ended")
                .takes::<ending::Reopening>()
                .also::<About>()
                .answers::<Written>(),
        ),
    ]
}
