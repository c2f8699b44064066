//! The routes of meetings, signals and the register.

use super::super::body::About;
use super::super::openapi::Operation;
use super::super::page::List;
use super::super::written::Kept;
use super::super::{meetings, register, signals};
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = people();
    routes.extend(signalling());
    routes.extend(preparing());
    routes.extend(meeting());
    routes
}

fn people() -> Vec<Route> {
    vec![
        Route::at("/register").get(
            register::list,
            Operation::new(
                "findContacts",
                "Find the person to ask, and everybody who fits",
            )
            .paged()
            .text("law", "Who carries out this law.")
            .text("theme", "Who knows this theme.")
            .text("region", "Who works for this region.")
            .text("rung", "Who works on this rung.")
            .text("organisation", "In the register of this organisation.")
            .answers::<register::RegisterSeen>(),
        ),
        Route::at("/register/{contact}")
            .put(
                register::put,
                Operation::new("keepContact", "Add or change an entry of your register")
                    .takes::<register::ContactKept>()
                    .answers::<Kept>(),
            )
            .delete(
                register::remove,
                Operation::new("removeContact", "Take an entry out of your register")
                    .takes_nothing()
                    .answers::<Kept>(),
            ),
        Route::at("/register/{contact}/confirmation").post(
            register::confirm,
            Operation::new("confirmContact", "Say that an entry is right as it stands")
                .takes_nothing()
                .answers::<Kept>(),
        ),
        Route::at("/register/{contact}/absence")
            .put(
                register::set_absence,
                Operation::new("setAbsence", "Say when somebody is away")
                    .takes::<register::Absent>()
                    .answers::<Kept>(),
            )
            .delete(
                register::clear_absence,
                Operation::new("clearAbsence", "Say that somebody is back")
                    .takes_nothing()
                    .answers::<Kept>(),
            ),
    ]
}

fn signalling() -> Vec<Route> {
    vec![
        Route::at("/signals")
            .get(
                signals::list,
                Operation::new(
                    "listSignals",
                    "What your organisation owns, raised or places",
                )
                .paged()
                .answers::<List<signals::SignalSeen>>(),
            )
            .post(
                signals::raise,
                Operation::new("raiseSignal", "Tell what is wrong in the system")
                    .takes::<signals::Raised>()
                    .creates::<Kept>(),
            ),
        Route::at("/signals/{id}").get(
            signals::read,
            Operation::new("readSignal", "A signal").answers::<signals::SignalSeen>(),
        ),
        Route::at("/signals/{id}/assignment").post(
            signals::assign,
            Operation::new("assignSignal", "Give a signal to somebody who can act")
                .takes::<signals::Assigned>()
                .answers::<Kept>(),
        ),
        Route::at("/signals/{id}/answer").post(
            signals::answer,
            Operation::new("answerSignal", "Answer a signal")
                .takes::<signals::AnswerGiven>()
                .answers::<Kept>(),
        ),
        Route::at("/signals/{id}/steps").post(
            signals::step,
            Operation::new("recordSignalStep", "Record a step towards the change")
                .takes::<signals::StepTaken>()
                .answers::<Kept>(),
        ),
        Route::at("/signals/{id}/case").post(
            signals::become_case,
            Operation::new("turnSignalIntoCase", "Let a case take over from a signal")
                .takes::<signals::Became>()
                .answers::<Kept>(),
        ),
        Route::at("/signals/{id}/closure").post(
            signals::close,
            Operation::new("closeSignal", "Tell what came of a signal, and end it")
                .takes::<signals::Ended>()
                .answers::<Kept>(),
        ),
    ]
}

fn preparing() -> Vec<Route> {
    vec![
        Route::at("/meetings")
            .get(
                meetings::list,
                Operation::new("listMeetings", "The meetings that you hold or attend")
                    .paged()
                    .answers::<List<meetings::MeetingItem>>(),
            )
            .post(
                meetings::plan,
                Operation::new("planMeeting", "Plan a meeting of a table")
                    .takes::<meetings::Planned>()
                    .creates::<Kept>(),
            ),
        Route::at("/meetings/proposed-agenda").get(
            meetings::propose,
            Operation::new("proposeAgenda", "The cases that wait for a table")
                .text("rung", "The rung whose table it is.")
                .text("body", "Whose table, when the rung has more than one.")
                .answers::<List<meetings::Waiting>>(),
        ),
        Route::at("/meetings/{id}").get(
            meetings::read,
            Operation::new("readMeeting", "A meeting, as far as you may see it")
                .answers::<meetings::MeetingSeen>(),
        ),
        Route::at("/meetings/{id}/agenda").post(
            meetings::put_on,
            Operation::new("putOnAgenda", "Put a case on the agenda")
                .takes::<meetings::PutOn>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/agenda/{case}").delete(
            meetings::take_off,
            Operation::new("takeOffAgenda", "Take a case off the agenda")
                .query("reason", &meetings::OFF)
                .takes_nothing()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/invitations").post(
            meetings::invite,
            Operation::new("inviteToMeeting", "Invite an organisation")
                .takes::<meetings::Invited>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/reschedule").post(
            meetings::reschedule,
            Operation::new("rescheduleMeeting", "Plan a meeting for another moment")
                .takes::<meetings::Moved>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/cancellation").post(
            meetings::cancel,
            Operation::new("cancelMeeting", "Call a meeting off")
                .takes::<meetings::CalledOff>()
                .answers::<Kept>(),
        ),
    ]
}

fn meeting() -> Vec<Route> {
    vec![
        Route::at("/meetings/{id}/recusals").post(
            meetings::recuse,
            Operation::new("declareRecusal", "Take no part in a case")
                .takes::<meetings::Recused>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/opening").post(
            meetings::open,
            Operation::new("openMeeting", "Open a meeting with those who are there")
                .takes::<meetings::Opened>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/cases/{case}/collision").post(
            meetings::collision,
            Operation::new("recordCollision", "Record what collides in a case")
                .takes::<meetings::Collision>()
                .also::<About>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/cases/{case}/requests").post(
            meetings::request,
            Operation::new("requestAtTable", "Ask an organisation at the table")
                .takes::<meetings::RequestMade>()
                .also::<About>()
                .creates::<Kept>(),
        ),
        Route::at("/meetings/{id}/requests/{request}/answer").post(
            meetings::answer,
            Operation::new("answerAtTable", "Promise what is asked, or not")
                .takes::<meetings::AnswerGiven>()
                .also::<About>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/cases/{case}/decision").post(
            meetings::decide,
            Operation::new("decideAtTable", "Record the decision on a case")
                .takes::<meetings::Decided>()
                .also::<About>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/cases/{case}/adjournment").post(
            meetings::adjourn,
            Operation::new("adjournCase", "Leave a case undecided")
                .takes::<meetings::Adjourned>()
                .also::<About>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/cases/{case}/obstacle").post(
            meetings::obstacle,
            Operation::new("recordObstacle", "Record what would stop the next case too")
                .takes::<meetings::Found>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/minutes").post(
            meetings::adopt,
            Operation::new("adoptMinutes", "Adopt the minutes, which ends the meeting")
                .takes_nothing()
                .answers::<Kept>(),
        ),
    ]
}
