//! Every route of the API, each with what its description says: one table for the router and for
//! the OpenAPI document, so that neither has what the other lacks.

mod accounting;
mod citizens;
mod course;
mod erasing;
mod exchanging;
mod operation;
mod passes;
mod supervision;
mod tables;
mod transparency;
mod weighing;

use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use proto::event;

use super::body::About;
use super::openapi::Operation;
use super::page::List;
use super::written::Written;
use super::{
    Platform, cases, closing, commitments, decisions, descent, escalations, glossary, handoffs,
    openapi, policy, records, search, suggestions, work,
};

/// The version that every address of the API begins with.
pub(super) const PREFIX: &str = "/v1";

/// One address with its methods.
pub(super) struct Route {
    /// The address after [`PREFIX`], with `{parameters}`.
    pub(super) path: &'static str,
    /// What answers there.
    pub(super) methods: MethodRouter<Platform>,
    /// What stands about it in the description, per method.
    pub(super) operations: Vec<(&'static str, Operation)>,
}

impl Route {
    fn at(path: &'static str) -> Self {
        Self {
            path,
            methods: MethodRouter::new(),
            operations: Vec::new(),
        }
    }

    /// The whole address.
    pub(super) fn address(&self) -> String {
        format!("{PREFIX}{}", self.path)
    }

    fn get<H, T>(self, handler: H, operation: Operation) -> Self
    where
        H: Handler<T, Platform>,
        T: 'static,
    {
        self.with(("get", MethodFilter::GET), handler, operation)
    }

    fn post<H, T>(self, handler: H, operation: Operation) -> Self
    where
        H: Handler<T, Platform>,
        T: 'static,
    {
        self.with(("post", MethodFilter::POST), handler, operation)
    }

    fn put<H, T>(self, handler: H, operation: Operation) -> Self
    where
        H: Handler<T, Platform>,
        T: 'static,
    {
        self.with(("put", MethodFilter::PUT), handler, operation)
    }

    fn delete<H, T>(self, handler: H, operation: Operation) -> Self
    where
        H: Handler<T, Platform>,
        T: 'static,
    {
        self.with(("delete", MethodFilter::DELETE), handler, operation)
    }

    fn with<H, T>(
        mut self,
        (method, filter): (&'static str, MethodFilter),
        handler: H,
        operation: Operation,
    ) -> Self
    where
        H: Handler<T, Platform>,
        T: 'static,
    {
        self.methods = self.methods.merge(on(filter, handler));
        self.operations.push((method, operation));
        self
    }
}

/// The table.
pub(super) fn all() -> Vec<Route> {
    let mut routes = vec![
        Route::at("/cases")
            .get(
                cases::list,
                Operation::new(
                    "listCases",
                    "The cases in which your organisation has a part",
                )
                .query("order", &cases::ORDERS)
                .paged()
                .answers::<List<cases::CaseItem>>(),
            )
            .post(
                cases::report,
                Operation::new("reportCase", "Report a stuck case")
                    .takes_event::<event::CaseReported>(&[])
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/work").get(
            work::list,
            Operation::new("listWork", "Your cases by what falls due next")
                .paged()
                .answers::<List<work::WorkItem>>(),
        ),
        Route::at("/searches").post(
            search::search,
            Operation::new(
                "searchCases",
                "Search your cases and what was learnt in them. Changes nothing",
            )
            .takes::<search::Asked>()
            .answers::<search::Hits>(),
        ),
        Route::at("/suggestions").post(
            suggestions::suggest,
            Operation::new(
                "suggest",
                "What there is already for what you are writing. Keeps nothing of it",
            )
            .takes::<suggestions::Asked>()
            .answers::<suggestions::Suggested>(),
        ),
        Route::at("/cases/{id}").get(
            cases::read,
            Operation::new("readCase", "A case, as far as you may see it")
                .answers::<cases::CaseSeen>(),
        ),
        Route::at("/cases/{id}/timeline").get(
            cases::timeline,
            Operation::new("readTimeline", "What happened to a case, in order")
                .paged()
                .answers::<List<cases::Happening>>(),
        ),
    ];
    routes.extend(under_a_case());
    routes.extend(course::routes());
    routes.extend(accounting::routes());
    routes.extend(citizens::routes());
    routes.extend(passes::routes());
    routes.extend(supervision::routes());
    routes.extend(tables::routes());
    routes.extend(erasing::routes());
    routes.extend(exchanging::routes());
    routes.extend(operation::routes());
    routes.extend(transparency::routes());
    routes.extend(others());
    routes.extend(weighing::routes());
    routes
}

fn under_a_case() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/facts")
            .get(
                records::list_facts,
                Operation::new("listFacts", "The facts of a case")
                    .paged()
                    .answers::<List<records::FactSeen>>(),
            )
            .post(
                records::report_fact,
                Operation::new("reportFact", "Report a fact")
                    .takes_event::<event::FactReported>(&[])
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/blocks")
            .get(
                records::list_blocks,
                Operation::new("listBlocks", "What blocks a case")
                    .paged()
                    .answers::<List<records::BlockSeen>>(),
            )
            .post(
                records::record_block,
                Operation::new("recordBlock", "Record what blocks a case")
                    .takes_event::<event::BlockRecorded>(&[])
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/escalations")
            .get(
                escalations::list,
                Operation::new("listEscalations", "The requests for admission of a case")
                    .paged()
                    .answers::<List<escalations::EscalationSeen>>(),
            )
            .post(
                escalations::request,
                Operation::new("requestEscalation", "Ask to be admitted to a higher rung")
                    .takes_event::<event::EscalationRequested>(&[])
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/escalations/{escalation}/triage").post(
            escalations::triage,
            Operation::new(
                "triageEscalation",
                "Admit, return or refuse a request for admission",
            )
            .takes::<escalations::Triage>()
            .also::<About>()
            .answers::<Written>(),
        ),
        Route::at("/cases/{id}/handoffs")
            .get(
                handoffs::list,
                Operation::new("listHandoffs", "The handoffs of a case")
                    .paged()
                    .answers::<List<handoffs::HandoffSeen>>(),
            )
            .post(
                handoffs::offer,
                Operation::new("offerHandoff", "Offer work or ownership to an organisation")
                    .takes_event::<event::HandoffOffered>(&[])
                    .also::<About>()
                    .optional("handoff")
                    .creates::<Written>(),
            ),
        Route::at("/commitments").get(
            commitments::list_own,
            Operation::new(
                "listOwnCommitments",
                "What your organisation was asked to promise, or promised and has not done",
            )
            .paged()
            .answers::<List<commitments::OwnCommitment>>(),
        ),
        Route::at("/cases/{id}/commitments")
            .get(
                commitments::list,
                Operation::new("listCommitments", "The commitments that were asked for")
                    .paged()
                    .answers::<List<commitments::CommitmentSeen>>(),
            )
            .post(
                commitments::request,
                Operation::new("requestCommitment", "Ask an organisation to commit itself")
                    .takes::<commitments::Asked>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/commitments/{request}/answer").post(
            commitments::answer,
            Operation::new(
                "answerCommitment",
                "Commit, refuse, or report that it is done",
            )
            .takes_answer::<event::CommitmentMade>("made", &["request"])
            .also::<About>()
            .also::<commitments::Named>()
            .takes_answer::<event::CommitmentRefused>("refused", &["request"])
            .also::<About>()
            .takes_answer::<event::CommitmentFulfilled>("fulfilled", &["request"])
            .also::<About>()
            .answers::<Written>(),
        ),
        Route::at("/cases/{id}/decisions")
            .get(
                decisions::list_decisions,
                Operation::new("listDecisions", "The decisions in a case")
                    .paged()
                    .answers::<List<decisions::TakenSeen>>(),
            )
            .post(
                decisions::decide,
                Operation::new("takeDecision", "Take the decision")
                    .takes::<decisions::DecisionMade>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/feedback")
            .get(
                decisions::list_feedback,
                Operation::new("listFeedback", "What raiser and citizen were told")
                    .paged()
                    .answers::<List<decisions::Said>>(),
            )
            .post(
                decisions::tell,
                Operation::new(
                    "giveFeedback",
                    "Tell the raiser, or record what the citizen was told",
                )
                .takes::<decisions::Feedback>()
                .also::<About>()
                .creates::<Written>(),
            ),
        Route::at("/cases/{id}/deescalations")
            .get(
                descent::list,
                Operation::new("listDeescalations", "The ways down the ladder of a case")
                    .paged()
                    .answers::<List<descent::DescentSeen>>(),
            )
            .post(
                descent::propose,
                Operation::new(
                    "proposeDeescalation",
                    "Propose to send a case down the ladder",
                )
                .takes::<descent::Proposed>()
                .creates::<Written>(),
            ),
        Route::at("/cases/{id}/deescalations/{proposal}/answer").post(
            descent::answer,
            Operation::new("answerDeescalation", "Take a case back, or not")
                .takes::<descent::Answer>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/closure")
            .get(
                closing::list,
                Operation::new("readClosure", "How a case ended, and what was learnt")
                    .paged()
                    .answers::<List<closing::ClosureSeen>>(),
            )
            .post(
                closing::close,
                Operation::new("closeCase", "Close a case")
                    .takes::<closing::Closure>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
    ]
}

fn others() -> Vec<Route> {
    vec![
        Route::at("/handoffs").get(
            handoffs::inbox,
            Operation::new(
                "listOfferedHandoffs",
                "What was offered to your organisation",
            )
            .paged()
            .query("state", &handoffs::STATES)
            .answers::<List<handoffs::HandoffSeen>>(),
        ),
        Route::at("/handoffs/{id}/answer").post(
            handoffs::answer,
            Operation::new("answerHandoff", "Accept, decline or counter a handoff")
                .takes_event::<event::HandoffAnswered>(&["handoff"])
                .also::<About>()
                .answers::<Written>(),
        ),
        Route::at("/ladder").get(
            policy::ladder,
            Operation::new("readLadder", "The ladder: its rungs, low to high")
                .answers::<policy::LadderSeen>(),
        ),
        Route::at("/glossary").get(
            glossary::glossary,
            Operation::new(
                "readGlossary",
                "The words of the domain, in Dutch and in English",
            )
            .open()
            .answers::<glossary::Glossary>(),
        ),
        Route::at("/openapi.json").get(
            openapi::openapi,
            Operation::new("readDescription", "This description").open(),
        ),
    ]
}
