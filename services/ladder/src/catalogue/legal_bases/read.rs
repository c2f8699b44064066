use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::{
    BasisKind, BasisStatus, DataCategory, Ground, LegalBasis, LegalBasisCatalogue, PurposeEntry,
    SharingPurpose, Title, Users,
};
use crate::FileError;
use crate::catalogue::OrganisationKind;
use crate::catalogue::located::{Entry, positions};
use crate::file_error::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    purpose: Vec<WrittenPurpose>,
    #[serde(default)]
    basis: Vec<WrittenBasis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPurpose {
    id: Spanned<String>,
    title: Option<WrittenTitle>,
    #[serde(default)]
    needs: BTreeSet<DataCategory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTitle {
    nl: Spanned<String>,
    en: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUsers {
    #[serde(default)]
    kinds: BTreeSet<OrganisationKind>,
    #[serde(default)]
    laws: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBasis {
    id: Spanned<String>,
    title: Option<WrittenTitle>,
    law: Option<Spanned<String>>,
    article: Option<Spanned<String>>,
    #[serde(default)]
    ground: BTreeSet<Ground>,
    kind: BasisKind,
    status: BasisStatus,
    from: Option<WrittenUsers>,
    to: Option<WrittenUsers>,
    #[serde(default)]
    categories: BTreeSet<DataCategory>,
    #[serde(default)]
    own_law: BTreeSet<DataCategory>,
    #[serde(default)]
    purposes: Vec<SharingPurpose>,
    source: Option<Spanned<String>>,
    #[serde(default)]
    jurist: bool,
}

impl LegalBasisCatalogue {
    /// Reads the text of `deploy/legal-bases.toml`; `file_name` is how errors name it.
    ///
    /// # Errors
    /// [`FileError`] with line and remedy: an id that stands twice, an entry that lacks something,
    /// a purpose without an entry, or a basis that contradicts the law that it is about (consent
    /// that opens person numbers, health data without a ground of AVG 9, and the like).
    pub fn from_toml(text: &str, file_name: &str) -> Result<Self, FileError> {
        let source = Source::new(file_name, text);
        let file: File = source.parse()?;
        positions(
            source,
            "purpose",
            file.purpose.iter().map(|entry| &entry.id),
        )?;
        let found = positions(source, "basis", file.basis.iter().map(|entry| &entry.id))?;
        let positions = found
            .into_iter()
            .map(|(id, at)| (id.to_owned(), at))
            .collect();
        let purposes: Vec<PurposeEntry> = file
            .purpose
            .iter()
            .map(|written| purpose(source, written))
            .collect::<Result<_, _>>()?;
        let bases: Vec<LegalBasis> = file
            .basis
            .iter()
            .map(|written| basis(source, written, &purposes))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            bases,
            positions,
            purposes,
        })
    }
}

fn purpose(source: Source<'_>, written: &WrittenPurpose) -> Result<PurposeEntry, FileError> {
    let entry = Entry::new(source, "purpose", &written.id)?;
    let id = SharingPurpose::parse(written.id.get_ref()).map_err(|_| {
        let words: Vec<&str> = SharingPurpose::ALL.iter().map(|it| it.as_str()).collect();
        entry.error(
            "is no purpose of sharing",
            format!("write one of {}", words.join(", ")),
        )
    })?;
    if written.needs.is_empty() {
        return Err(entry.error(
            "needs nothing, so nothing would have to be shared for it",
            "write needs = [\"…\"]: the smallest set of categories that does for it",
        ));
    }
    Ok(PurposeEntry {
        id,
        title: title(&entry, written.title.as_ref())?,
        needs: written.needs.clone(),
    })
}

fn title(entry: &Entry<'_>, written: Option<&WrittenTitle>) -> Result<Title, FileError> {
    let Some(written) = written else {
        return Err(entry.error(
            "has no title",
            "write title = { nl = \"…\", en = \"…\" }: what it is called in both languages",
        ));
    };
    Ok(Title {
        nl: entry.text("title.nl", "its title in Dutch", Some(&written.nl))?,
        en: entry.text("title.en", "its title in English", Some(&written.en))?,
    })
}

fn users(
    entry: &Entry<'_>,
    field: &str,
    written: Option<&WrittenUsers>,
) -> Result<Users, FileError> {
    let Some(written) = written else {
        return Err(entry.error(
            format!("has no {field}"),
            format!(
                "write {field} = {{ kinds = [\"municipality\"], laws = [\"youth_act\"] }}, or \
                 {field} = {{ }} for everybody"
            ),
        ));
    };
    let laws = written.laws.iter().map(|law| entry.code("a law", law));
    Ok(Users {
        kinds: written.kinds.clone(),
        laws: laws.collect::<Result<_, _>>()?,
    })
}

fn basis(
    source: Source<'_>,
    written: &WrittenBasis,
    purposes: &[PurposeEntry],
) -> Result<LegalBasis, FileError> {
    let entry = Entry::new(source, "basis", &written.id)?;
    let text = |field, about, value: &Option<_>| entry.text(field, about, value.as_ref());
    let basis = LegalBasis {
        id: entry.id(),
        title: title(&entry, written.title.as_ref())?,
        law: text("law", "the law's Dutch name", &written.law)?,
        article: text("article", "the article of that law", &written.article)?,
        grounds: written.ground.clone(),
        kind: written.kind,
        status: written.status,
        from: users(&entry, "from", written.from.as_ref())?,
        to: users(&entry, "to", written.to.as_ref())?,
        categories: written.categories.clone(),
        own_law: written.own_law.clone(),
        purposes: written.purposes.clone(),
        source: text("source", "where this was read", &written.source)?,
        jurist: written.jurist,
    };
    agrees(&entry, &basis, purposes)?;
    Ok(basis)
}

/// Whether a basis agrees with itself and with the law that it is about.
fn agrees(
    entry: &Entry<'_>,
    basis: &LegalBasis,
    purposes: &[PurposeEntry],
) -> Result<(), FileError> {
    let refuse = |problem: &str, remedy: &str| Err(entry.error(problem, remedy));
    let has = |category| basis.categories.contains(&category);
    let on = |grounds: &[Ground]| grounds.iter().any(|it| basis.grounds.contains(it));
    if basis.categories.is_empty() {
        return refuse(
            "opens no category",
            "write categories = [\"…\"]: columns of the matrix",
        );
    }
    if let Some(stray) = basis.own_law.difference(&basis.categories).next() {
        return refuse(
            &format!("has own_law for {}, which it does not open", stray.as_str()),
            "name it in categories as well, or take it out of own_law",
        );
    }
    if basis.purposes.is_empty() {
        return refuse(
            "has no purposes",
            "write purposes = [\"…\"]: what it is for",
        );
    }
    let known = |purpose: &SharingPurpose| purposes.iter().any(|entry| entry.id == *purpose);
    if let Some(stray) = basis.purposes.iter().find(|purpose| !known(purpose)) {
        return refuse(
            &format!(
                "is for {}, a purpose that has no entry here",
                stray.as_str()
            ),
            "add that [[purpose]] with what it needs, or name another",
        );
    }
    let consent = on(&[Ground::Consent, Ground::ExplicitConsent]);
    if basis.is_consent() != consent {
        return refuse(
            "is consent by its kind or by its ground, and not by both",
            "write kind = \"consent\" with ground 6.1.a or 9.2.a, or neither",
        );
    }
    if let Some(closed) = basis.categories.iter().find(|it| it.closed_to_consent())
        && consent
    {
        return refuse(
            &format!(
                "opens {} on consent, which consent never opens",
                closed.as_str()
            ),
            "take that category out, or name the law that opens it",
        );
    }
    if !on(&[
        Ground::Consent,
        Ground::Contract,
        Ground::LegalDuty,
        Ground::VitalInterest,
        Ground::PublicTask,
        Ground::LegitimateInterest,
    ]) {
        return refuse(
            "has no ground of AVG 6",
            "write ground = [\"6.1.e\"], or the letter that fits",
        );
    }
    let special = [
        Ground::ExplicitConsent,
        Ground::SpecialVitalInterest,
        Ground::PublicInterest,
        Ground::CareProvision,
    ];
    if has(DataCategory::Health) && !on(&special) {
        return refuse(
            "opens health without a ground of AVG 9",
            "add 9.2.a, 9.2.c, 9.2.g or 9.2.h to ground, or take health out",
        );
    }
    if has(DataCategory::Criminal) && !on(&[Ground::Criminal]) {
        return refuse(
            "opens criminal without AVG 10",
            "add 10 to ground, or take criminal out",
        );
    }
    if has(DataCategory::Tax) && basis.from.kinds.is_empty() && basis.from.laws.is_empty() {
        return refuse(
            "opens tax for everybody who shares",
            "name in from who is bound by AWR 67 and has the exception",
        );
    }
    Ok(())
}
