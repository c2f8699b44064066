use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Organisation, RungId};

/// The ladder as policy: rungs from low to high, with bodies, evidence and terms
/// (`deploy/ladder.toml`).
#[derive(Debug, Clone)]
pub struct Ladder {
    rungs: Vec<Rung>,
    /// The terms that are not a rung's own.
    pub terms: Terms,
    /// Numbers that are policy.
    pub thresholds: Thresholds,
    /// What raising a case leaves for later: given or explained before the first escalation.
    pub raising: Vec<String>,
}

/// Numbers that are policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// How many days the deadlines of a case can be on hold.
    pub suspension_days_at_most: u32,
    /// So many refusals of the same handoff are a finding.
    pub refusals: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            suspension_days_at_most: 90,
            refusals: 2,
        }
    }
}

/// One step of the ladder.
#[derive(Debug, Clone, Deserialize)]
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
    /// The term in which a request is acknowledged.
    pub acknowledge: Option<Term>,
    /// How long a case may stand here without progress.
    pub review: Option<Term>,
    /// How long it may stay here before that is said aloud.
    pub warn: Option<Term>,
    /// How many organisations must be present when its table meets; a rung without a quorum has
    /// no table.
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
#[derive(Debug, Clone, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
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

/// A length of time as the ladder file writes it: `5wd` working days, `30d` calendar days, `4h`
/// hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Term {
    /// Working days of the calendar.
    WorkingDays(u32),
    /// Calendar days.
    Days(u32),
    /// Hours.
    Hours(u32),
}

impl TryFrom<String> for Term {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let refused = || format!("'{text}' is no term; write 5wd, 30d or 4h");
        let count: u32 = count.parse().map_err(|_| refused())?;
        match unit {
            "wd" => Ok(Self::WorkingDays(count)),
            "d" => Ok(Self::Days(count)),
            "h" => Ok(Self::Hours(count)),
            _ => Err(refused()),
        }
    }
}

/// Terms that hold on every rung.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// To answer an offered handoff.
    pub handoff_answer: Term,
    /// To answer an urgent one.
    pub handoff_answer_urgent: Term,
    /// From the first expiry in silence until the process climbs.
    #[serde(default = "five_working_days")]
    pub climb_after: Term,
    /// For a second person to confirm an urgency.
    #[serde(default = "one_working_day")]
    pub urgent_confirmation: Term,
    /// To give advice without personal data.
    #[serde(default = "two_working_days")]
    pub advice_answer: Term,
    /// From the last change of a draft to a reminder.
    #[serde(default = "thirty_days")]
    pub draft_reminder: Term,
    /// To complete a returned request.
    #[serde(default = "ten_working_days")]
    pub completion: Term,
    /// To decide on what was proposed.
    #[serde(default = "ten_working_days")]
    pub decision: Term,
    /// Without progress for so long, an active case is stuck.
    #[serde(default = "twenty_working_days")]
    pub progress_review: Term,
    /// The same for a case that is blocked.
    #[serde(default = "ten_working_days")]
    pub block_review: Term,
    /// To answer a counter-offer.
    #[serde(default = "five_working_days")]
    pub counter_follow_up: Term,
    /// For the owner to give or explain evidence after silence climbed.
    #[serde(default = "five_working_days")]
    pub explain: Term,
    /// From the start of aftercare to each check with the citizen, shortest first.
    #[serde(default = "aftercare_checks")]
    pub aftercare_checks: Vec<Term>,
    /// How long a structural signal waits for an owner, an answer or a next step.
    #[serde(default = "thirty_days")]
    pub signal_answer: Term,
    /// A party that sends nothing for so long is silent.
    #[serde(default = "one_day")]
    pub heartbeat_silence: Term,
}

fn one_day() -> Term {
    Term::Days(1)
}
fn one_working_day() -> Term {
    Term::WorkingDays(1)
}
fn two_working_days() -> Term {
    Term::WorkingDays(2)
}
fn five_working_days() -> Term {
    Term::WorkingDays(5)
}
fn ten_working_days() -> Term {
    Term::WorkingDays(10)
}
fn twenty_working_days() -> Term {
    Term::WorkingDays(20)
}
fn thirty_days() -> Term {
    Term::Days(30)
}
fn aftercare_checks() -> Vec<Term> {
    vec![Term::Days(30), Term::Days(90)]
}

/// Why a ladder file is no ladder.
#[derive(Debug, thiserror::Error)]
pub enum LadderError {
    /// The file is not valid TOML of the expected form.
    #[error("the ladder file: {0}")]
    File(#[from] toml::de::Error),
    /// The rungs contradict each other.
    #[error("the ladder file: {0}")]
    Rungs(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LadderFile {
    terms: Terms,
    rung: Vec<Rung>,
}

impl Ladder {
    /// Reads `deploy/ladder.toml`.
    ///
    /// # Errors
    /// [`LadderError`] when a rung is missing what it needs, stands twice or goes down a tier.
    pub fn from_toml(text: &str) -> Result<Self, LadderError> {
        let file: LadderFile = toml::from_str(text)?;
        Self::new(file.rung, file.terms)
    }

    /// A ladder of these rungs, low to high.
    ///
    /// # Errors
    /// As [`Ladder::from_toml`].
    pub fn new(rungs: Vec<Rung>, terms: Terms) -> Result<Self, LadderError> {
        let refuse = |why: String| Err(LadderError::Rungs(why));
        let Some(first) = rungs.first() else {
            return refuse("it has no rungs".into());
        };
        if !matches!(first.body, Body::Owner) {
            return refuse(format!(
                "the first rung, {}, must belong to the owner",
                first.id
            ));
        }
        for (index, rung) in rungs.iter().enumerate() {
            if rungs.iter().take(index).any(|below| below.id == rung.id) {
                return refuse(format!("rung {} stands twice", rung.id));
            }
            if index > 0 && rung.tier < rungs[index - 1].tier {
                return refuse(format!("rung {} goes down a tier", rung.id));
            }
            if index > 0 && (rung.admission.is_none() || rung.answer.is_none()) {
                return refuse(format!("rung {} needs `admission` and `answer`", rung.id));
            }
        }
        Ok(Self {
            rungs,
            terms,
            thresholds: Thresholds::default(),
            raising: Vec::new(),
        })
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = include_str!("../../../deploy/ladder.toml");

    fn organisation(text: &str) -> Organisation {
        Organisation::parse(text).unwrap()
    }

    #[test]
    fn the_default_ladder_has_the_six_rungs_in_order() {
        let ladder = Ladder::from_toml(DEFAULT).unwrap();
        let ids: Vec<&str> = ladder.rungs().iter().map(|rung| rung.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "own_work",
                "workshop",
                "local_table",
                "regional_table",
                "national_desk",
                "national_table"
            ]
        );
    }

    #[test]
    fn a_regional_body_is_there_for_its_theme_and_region_only() {
        let ladder = Ladder::from_toml(DEFAULT).unwrap();
        let regional = ladder
            .rung(&RungId::parse("regional_table").unwrap())
            .unwrap();
        let owner = organisation("00000099000000001000");
        let body = |theme, region| regional.body_for(&owner, theme, region);
        assert_eq!(
            body("youth_care", "midden-nederland"),
            Some(organisation("00000099000000005000"))
        );
        assert_eq!(body("family_income", "midden-nederland"), None);
        assert_eq!(body("youth_care", "elsewhere"), None);
    }

    #[test]
    fn a_rung_that_goes_down_a_tier_is_named() {
        let text = DEFAULT
            .replace("id = \"workshop\"", "id = \"workshop\" # moved")
            .replacen("tier = \"local\"", "tier = \"national\"", 1);
        let error = Ladder::from_toml(&text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the ladder file: rung workshop goes down a tier"
        );
    }

    #[test]
    fn a_term_without_a_unit_is_refused() {
        let error = Term::try_from("5 days".to_owned()).unwrap_err();
        assert_eq!(error, "'5 days' is no term; write 5wd, 30d or 4h");
    }
}
