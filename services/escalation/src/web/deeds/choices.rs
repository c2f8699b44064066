//! What can be chosen: coded lists, organisations, grounds for sharing, rungs and rules.

use ladder::Organisation;
use proto::Oin;
use screens::{Choice, Frame, Language};

use super::super::visitor::Visitor;

/// What can be chosen in a field.
pub(in crate::web) enum Choices {
    /// Codes, with the list that has their words.
    Codes(&'static str, &'static [&'static str]),
    /// An organisation that takes part.
    Parties(Group),
    /// A ground on which the reader's organisation may share.
    Bases,
    /// A rung of the ladder.
    Rungs,
    /// A rung at which a table meets.
    Tables,
    /// A rule of the catalogue.
    Rules,
    /// A theme, or a rule of the catalogue: `theme.x` or `rule.x`.
    About,
    /// What only the page knows that the form stands on, which fills it in.
    OfPage,
    /// A theme or a law: what a mandate can be about.
    Subjects,
    /// The items of evidence that a rung can ask for.
    Evidence,
}

/// Which organisations.
pub(in crate::web) enum Group {
    /// All but the reader's own and the platform's.
    Others,
    /// All but the platform's.
    All,
    /// Those that own cases.
    Owners,
}

impl Choices {
    pub(in crate::web) fn get(&self, visitor: &Visitor, frame: &Frame) -> Vec<Choice> {
        let platform = &visitor.web().0.platform;
        let ladder = &platform.ground.rules.ladder;
        match self {
            Self::Codes(list, codes) => codes
                .iter()
                .map(|code| choice(code, frame.code(list, code)))
                .collect(),
            Self::Parties(group) => parties(visitor, group),
            Self::Bases => bases(visitor, frame.language),
            Self::Rungs => ladder
                .rungs()
                .iter()
                .map(|rung| choice(rung.id.as_str(), rung.name.clone()))
                .collect(),
            Self::Tables => ladder
                .rungs()
                .iter()
                .filter(|rung| rung.quorum.is_some())
                .map(|rung| choice(rung.id.as_str(), rung.name.clone()))
                .collect(),
            Self::Subjects => subjects(visitor, frame),
            Self::Rules => rules(visitor),
            Self::About => about(visitor, frame),
            Self::OfPage => Vec::new(),
            Self::Evidence => evidence(visitor, frame),
        }
    }
}

fn choice(value: &str, label: String) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
    }
}

fn rules(visitor: &Visitor) -> Vec<Choice> {
    let rules = visitor.web().0.platform.catalogues.rules.rules().iter();
    rules
        .map(|rule| choice(&rule.id, rule.name.clone()))
        .collect()
}

/// The themes that provisions are for.
fn themes(visitor: &Visitor, frame: &Frame) -> Vec<Choice> {
    let catalogues = &visitor.web().0.platform.catalogues;
    let provisions = catalogues.provisions.provisions().iter();
    let mut themes: Vec<&String> = provisions.flat_map(|one| &one.themes).collect();
    themes.sort();
    themes.dedup();
    let themes = themes.into_iter();
    themes
        .map(|theme| choice(theme, frame.code("theme", theme)))
        .collect()
}

fn subjects(visitor: &Visitor, frame: &Frame) -> Vec<Choice> {
    let laws = visitor.web().0.platform.catalogues.rules.statutes();
    let laws = laws.map(|law| choice(&law.id, law.name.clone()));
    themes(visitor, frame).into_iter().chain(laws).collect()
}

fn about(visitor: &Visitor, frame: &Frame) -> Vec<Choice> {
    let of = |field: &'static str| {
        move |one: Choice| Choice {
            value: format!("{field}.{}", one.value),
            ..one
        }
    };
    let themes = themes(visitor, frame).into_iter().map(of("theme"));
    themes
        .chain(rules(visitor).into_iter().map(of("rule")))
        .collect()
}

fn evidence(visitor: &Visitor, frame: &Frame) -> Vec<Choice> {
    let ladder = &visitor.web().0.platform.ground.rules.ladder;
    let mut items: Vec<&String> = Vec::new();
    let of_rungs = ladder.rungs().iter().flat_map(|rung| &rung.evidence);
    for item in ladder.raising.iter().chain(of_rungs) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
        .into_iter()
        .map(|item| choice(item, frame.code("evidence", item)))
        .collect()
}

fn parties(visitor: &Visitor, group: &Group) -> Vec<Choice> {
    let web = visitor.web();
    let own = visitor.session().ok().map(|session| &session.organisation);
    let platform = web.0.platform.parties.platform().map(|party| &party.oin);
    let organisations = &web.0.platform.ground.rules.organisations;
    let is_owner = |oin: &Oin| {
        let kind = Organisation::parse(oin.as_str()).ok();
        let profile = kind.and_then(|organisation| organisations.get(&organisation));
        profile.is_some_and(|profile| {
            profile.kind == ladder::catalogue::OrganisationKind::Municipality
        })
    };
    let parties = web.0.platform.parties.iter().filter(|party| {
        Some(&party.oin) != platform
            && match group {
                Group::Others => Some(&party.oin) != own,
                Group::All => true,
                Group::Owners => is_owner(&party.oin),
            }
    });
    let mut choices: Vec<Choice> = parties
        .map(|party| choice(party.oin.as_str(), party.display_name.clone()))
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices
}

/// The grounds in force on which the reader's organisation may share, by their title.
pub(in crate::web) fn bases(visitor: &Visitor, language: Language) -> Vec<Choice> {
    let rules = &visitor.web().0.platform.ground.rules;
    let own = visitor.session().ok();
    let own = own.and_then(|session| Organisation::parse(session.organisation.as_str()).ok());
    let Some(own) = own.and_then(|own| rules.organisations.get(&own)) else {
        return Vec::new();
    };
    let bases = rules.legal_bases.bases().iter();
    bases
        .filter(|basis| basis.in_force() && basis.from.include(own.kind, &own.laws))
        .map(|basis| {
            let title = match language {
                Language::Dutch => &basis.title.nl,
                Language::English => &basis.title.en,
            };
            choice(&basis.id, title.clone())
        })
        .collect()
}
