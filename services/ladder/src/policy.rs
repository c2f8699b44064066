use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Organisation, RungId, Term};

mod file;
mod terms;

pub use file::{LadderError, LadderFault};
pub use terms::{TermKey, Terms, Thresholds};

/// The ladder as policy: rungs from low to high, with bodies, evidence and terms
/// (`deploy/ladder.toml`).
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    rungs: Vec<Rung>,
    /// The terms that are not a rung's own.
    pub terms: Terms,
    /// The numbers that are no terms.
    pub thresholds: Thresholds,
    /// Evidence that raising a case leaves for later: given or explained before its first
    /// escalation, on whatever rung.
    pub raising: Vec<String>,
}

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Its id, such as `national_desk`.
    pub id: RungId,
    /// Its name on Dutch screens.
    pub name: String,
    /// The tier it belongs to.
    pub tier: Tier,
    /// Who takes up a case here.
    pub body: Body,
    /// Who admits a case to this rung; absent on the first rung, where every case starts.
    pub admission: Option<Admission>,
    /// Evidence that this rung asks beyond the rungs below it: comply or explain.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The term in which a request for admission is answered.
    pub answer: Option<Term>,
    /// The same, when the request is urgent.
    pub answer_urgent: Option<Term>,
    /// The term in which a request is acknowledged; as `answer` when the file has none. An urgent
    /// one is acknowledged within [`Self::answer_urgent`].
    pub acknowledge: Option<Term>,
    /// From admission, or from an acknowledgement, until the case is looked at again; the term
    /// `progress_review` when the file has none.
    pub review: Option<Term>,
    /// From admission until those involved are warned that the case stays long; none by default.
    pub warn: Option<Term>,
    /// How many organisations must be present for its table to meet; none where no table meets.
    pub quorum: Option<u32>,
}

/// A tier of government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Within a municipality and its neighbours.
    Local,
    /// A region, by theme.
    Regional,
    /// The whole country.
    National,
}

impl Tier {
    /// The word used in files, events and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Regional => "regional",
            Self::National => "national",
        }
    }
}

/// Who takes up a case on a rung.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Body {
    /// The organisation that owns the case.
    Owner,
    /// Always this organisation.
    Organisation(Organisation),
    /// The first of these that is competent for the case's theme and region; there may be none.
    Competent(Vec<CompetentBody>),
}

/// A body that is there for some themes and regions only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompetentBody {
    organisation: Organisation,
    themes: BTreeSet<String>,
    regions: BTreeSet<String>,
}

/// Who admits a case to a rung.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admission {
    /// The organisation; the rung's body when absent.
    pub organisation: Option<Organisation>,
    /// The role, as in the access token.
    pub role: String,
}

impl Ladder {
    /// All rungs, low to high.
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// The rung where every case starts.
    pub fn first(&self) -> &Rung {
        &self.rungs[0]
    }

    /// The rung of that id.
    pub fn rung(&self, id: &RungId) -> Option<&Rung> {
        self.rungs.iter().find(|rung| &rung.id == id)
    }

    /// How high a rung stands; 0 is the lowest.
    pub fn height(&self, id: &RungId) -> Option<usize> {
        self.rungs.iter().position(|rung| &rung.id == id)
    }

    /// The rungs above `id`, low to high; none when `id` is unknown.
    pub fn above(&self, id: &RungId) -> &[Rung] {
        self.height(id)
            .map_or(&[], |height| &self.rungs[height + 1..])
    }
}

impl Rung {
    /// The term to answer a request for admission; absent on the first rung.
    pub fn answer_within(&self, urgent: bool) -> Option<Term> {
        self.answer_urgent.filter(|_| urgent).or(self.answer)
    }

    /// The term to acknowledge one; absent on the first rung.
    pub fn acknowledge_within(&self, urgent: bool) -> Option<Term> {
        self.answer_urgent.filter(|_| urgent).or(self.acknowledge)
    }

    /// The organisations it names, with the key where they stand.
    fn organisations(&self) -> impl Iterator<Item = (&Organisation, &'static str)> {
        let bodies: Vec<&Organisation> = match &self.body {
            Body::Owner => Vec::new(),
            Body::Organisation(organisation) => vec![organisation],
            Body::Competent(bodies) => bodies.iter().map(|body| &body.organisation).collect(),
        };
        let admitting = self.admission.iter().flat_map(|by| &by.organisation);
        let bodies = bodies.into_iter().map(|body| (body, "body"));
        bodies.chain(admitting.map(|by| (by, "admission")))
    }

    /// Whether the ladder lets this organisation take up cases here, be it for some themes and
    /// regions only.
    pub fn has_body(&self, organisation: &Organisation) -> bool {
        match &self.body {
            Body::Owner => true,
            Body::Organisation(body) => body == organisation,
            Body::Competent(bodies) => bodies.iter().any(|body| body.organisation == *organisation),
        }
    }

    /// The organisation that takes up this case here, if one is competent.
    pub fn body_for(
        &self,
        owner: &Organisation,
        theme: &str,
        region: &str,
    ) -> Option<Organisation> {
        match &self.body {
            Body::Owner => Some(owner.clone()),
            Body::Organisation(organisation) => Some(organisation.clone()),
            Body::Competent(bodies) => bodies
                .iter()
                .find(|body| body.themes.contains(theme) && body.regions.contains(region))
                .map(|body| body.organisation.clone()),
        }
    }
}
