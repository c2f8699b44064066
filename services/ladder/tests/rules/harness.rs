//! Given what happened, when somebody asks this, then that follows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use ladder::catalogue::{LegalBasisCatalogue, OrganisationKind};
use ladder::sharing::Profile;
use ladder::{
    Calendar, Case, Command, Decider, Due, Event, Ladder, Organisation, Refusal, Rules, Underway,
    deadlines,
};

/// Monday 2 March 2026, 10:00 in Utrecht: when the events of `given` were recorded.
pub(crate) const START: &str = "2026-03-02T09:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The ladder of these tests, and the calendar that the platform ships with.
pub(crate) fn rules() -> Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| rules_on(include_str!("samples/ladder.toml")));
    RULES.clone()
}

/// Another ladder, the same calendar.
pub(crate) fn rules_on(ladder: &str) -> Rules {
    Rules {
        ladder: Ladder::from_toml(ladder).unwrap(),
        calendar: Calendar::from_toml(include_str!("../../../../deploy/calendar.toml")).unwrap(),
        closures: Default::default(),
        legal_bases: LegalBasisCatalogue::from_toml(
            include_str!("samples/legal-bases.toml"),
            "legal-bases.toml",
        )
        .unwrap(),
        organisations: organisations(),
    }
}

/// The organisations of the samples, as their party files would have them.
fn organisations() -> BTreeMap<Organisation, Profile> {
    let known = [
        ("00000099000000001000", OrganisationKind::Municipality, true),
        (
            "00000099000000002000",
            OrganisationKind::BenefitsAgency,
            true,
        ),
        ("00000099000000003000", OrganisationKind::TaxOffice, true),
        ("00000099000000004000", OrganisationKind::CareProvider, true),
        (
            "00000099000000006000",
            OrganisationKind::NationalBody,
            false,
        ),
        (
            "00000099000000007000",
            OrganisationKind::NationalBody,
            false,
        ),
    ];
    let profile = |(oin, kind, may_use_bsn)| {
        let laws = match kind {
            OrganisationKind::NationalBody => BTreeSet::new(),
            _ => BTreeSet::from(["act".to_owned()]),
        };
        let organisation = Organisation::parse(oin).unwrap();
        let profile = Profile {
            kind,
            laws,
            may_use_bsn,
        };
        (organisation, profile)
    };
    known.into_iter().map(profile).collect()
}

pub(crate) fn fold<'a>(
    case: Case,
    events: impl IntoIterator<Item = &'a Event>,
    at: Timestamp,
) -> Case {
    events
        .into_iter()
        .fold(case, |case, event| Rules::evolve(case, event, at))
}

pub(crate) struct Given {
    case: Case,
}

/// These events, recorded at [`START`].
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given {
    Given { case: Case::Absent }.and_at(START, events)
}

impl Given {
    /// And these, recorded at another moment.
    pub(crate) fn and_at(self, moment: &str, events: impl IntoIterator<Item = Event>) -> Self {
        let events: Vec<Event> = events.into_iter().collect();
        Self {
            case: fold(self.case, &events, at(moment)),
        }
    }

    /// And then this was asked and done.
    #[track_caller]
    pub(crate) fn after(self, command: Command, moment: &str) -> Self {
        let at = at(moment);
        let events = rules().decide(&self.case, command, at).unwrap();
        Self {
            case: fold(self.case, &events, at),
        }
    }

    /// And then nobody did anything until this moment; the clock rang for every deadline, at its
    /// time.
    #[track_caller]
    pub(crate) fn silence_until(mut self, moment: &str) -> Self {
        for _ in 0..100 {
            let open = deadlines(&self.case).into_iter();
            let due = open.filter(|(_, when)| *when <= at(moment));
            let Some((due, when)) = due.min_by_key(|(_, when)| *when) else {
                return self;
            };
            let events = rules().decide(&self.case, Command::Lapse(due), when);
            self.case = fold(self.case, &events.unwrap(), when);
        }
        panic!("a deadline keeps ringing: {:?}", deadlines(&self.case));
    }

    /// The case as it is.
    pub(crate) fn case(self) -> Case {
        self.case
    }

    pub(crate) fn when(self, command: Command, moment: &str) -> When {
        let outcome = rules().decide(&self.case, command, at(moment));
        When {
            case: self.case,
            at: at(moment),
            outcome,
        }
    }
}

pub(crate) struct When {
    case: Case,
    at: Timestamp,
    outcome: Result<Vec<Event>, Refusal>,
}

impl When {
    /// Exactly these events follow; gives the case as they leave it.
    #[track_caller]
    pub(crate) fn then(self, expected: impl IntoIterator<Item = Event>) -> Case {
        let expected: Vec<Event> = expected.into_iter().collect();
        assert_eq!(self.outcome, Ok(expected.clone()));
        fold(self.case, &expected, self.at)
    }

    /// Nothing follows, and that is no error.
    #[track_caller]
    pub(crate) fn then_nothing(self) {
        assert_eq!(self.outcome, Ok(Vec::new()));
    }

    #[track_caller]
    pub(crate) fn then_refused(self, expected: Refusal) {
        assert_eq!(self.outcome, Err(expected));
    }

    /// Whatever was decided: for tests that look at one part of it.
    #[track_caller]
    pub(crate) fn decided(self) -> Vec<Event> {
        self.outcome.unwrap()
    }
}

/// The case, which must not have ended.
#[track_caller]
pub(crate) fn underway(case: Case) -> Underway {
    match case {
        Case::Underway(underway) => *underway,
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => {
            panic!("the case is not under way")
        }
    }
}

/// When this deadline is, if it is open.
pub(crate) fn ends(case: &Case, due: &Due) -> Option<Timestamp> {
    let open = deadlines(case).into_iter();
    open.filter(|(it, _)| it == due)
        .map(|(_, when)| when)
        .next()
}
