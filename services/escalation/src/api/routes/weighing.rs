//! Weighing, deciding, money, and what is found about stuck cases.

use super::Route;
use crate::api::body::About;
use crate::api::openapi::Operation;
use crate::api::page::List;
use crate::api::written::Written;
use crate::api::{
    assessments, catalogues, comparable, decisions, findings, insights, measures, money,
};

pub(super) fn routes() -> Vec<Route> {
    let mut routes = under_a_case();
    routes.extend(for_money());
    routes.extend(catalogued());
    routes
}

fn under_a_case() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/assessments")
            .get(
                assessments::list,
                Operation::new("listAssessments", "The weighings of a case, part by part")
                    .paged()
                    .answers::<List<assessments::AssessmentSeen>>(),
            )
            .post(
                assessments::record,
                Operation::new("recordAssessment", "Record a part of a weighing")
                    .takes::<assessments::PartGiven>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/comparable").get(
            comparable::list,
            Operation::new("listComparable", "Decided cases that are like this one")
                .answers::<List<comparable::ComparableSeen>>(),
        ),
        Route::at("/cases/{id}/decision-proposals")
            .get(
                decisions::list_proposals,
                Operation::new("listDecisionProposals", "The decisions on paper in a case")
                    .paged()
                    .answers::<List<decisions::ProposalSeen>>(),
            )
            .post(
                decisions::propose,
                Operation::new("proposeDecision", "Put a decision on paper")
                    .takes::<decisions::Proposed>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/decision-proposals/{decision}/rejection").post(
            decisions::reject,
            Operation::new("rejectDecision", "Turn a decision on paper down")
                .takes::<decisions::Rejection>()
                .also::<About>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/findings").get(
            findings::of_case,
            Operation::new("listFindings", "What keeps a case from moving")
                .answers::<List<findings::FindingSeen>>(),
        ),
        Route::at("/findings").get(
            findings::of_organisation,
            Operation::new("listStuckCases", "Your organisation's cases that are stuck")
                .paged()
                .answers::<List<findings::StuckCase>>(),
        ),
        Route::at("/insights").get(
            insights::read,
            Operation::new("readInsights", "What all cases together tell")
                .answers::<insights::Insights>(),
        ),
    ]
}

fn for_money() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/funds")
            .get(
                money::funds,
                Operation::new("listFunds", "The shared funds of a case")
                    .paged()
                    .answers::<List<money::FundSeen>>(),
            )
            .post(
                money::open,
                Operation::new("openFund", "Open a fund that several organisations share")
                    .takes::<money::FundAsked>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/funds/{fund}/contributions").post(
            money::contribute,
            Operation::new("contribute", "Take a share in a fund")
                .takes::<money::Share>()
                .creates::<Written>(),
        ),
        Route::at("/cases/{id}/spending")
            .get(
                money::spending,
                Operation::new("listSpending", "What was spent from free budgets")
                    .paged()
                    .answers::<List<money::SpentSeen>>(),
            )
            .post(
                money::spend,
                Operation::new(
                    "spendBudget",
                    "Spend from the free budget, inside a mandate",
                )
                .takes::<money::Spent>()
                .also::<About>()
                .creates::<Written>(),
            ),
        Route::at("/cases/{id}/measures")
            .get(
                measures::list,
                Operation::new("listMeasures", "The bridging measures of a case")
                    .paged()
                    .answers::<List<measures::MeasureSeen>>(),
            )
            .post(
                measures::start,
                Operation::new("startMeasure", "Start a bridging measure")
                    .takes::<measures::MeasureTaken>()
                    .also::<About>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/measures/{measure}/end").post(
            measures::end,
            Operation::new("endMeasure", "End a bridging measure")
                .takes::<measures::MeasureEnd>()
                .also::<About>()
                .answers::<Written>(),
        ),
    ]
}

fn catalogued() -> Vec<Route> {
    vec![
        Route::at("/methods").get(
            assessments::methods,
            Operation::new("listMethods", "The methods for weighing, light first")
                .answers::<assessments::Methods>(),
        ),
        Route::at("/rules").get(
            catalogues::rules,
            Operation::new("listRules", "The rules that households get stuck on")
                .answers::<catalogues::Rules>(),
        ),
        Route::at("/provisions").get(
            catalogues::provisions,
            Operation::new(
                "listProvisions",
                "Standard provisions: all, or what to try first",
            )
            .text(
                "theme",
                "The theme of the case: then at most five come back.",
            )
            .text(
                "lifeDomain",
                "A domain of life that it touches; may be repeated.",
            )
            .answers::<catalogues::Provisions>(),
        ),
    ]
}
