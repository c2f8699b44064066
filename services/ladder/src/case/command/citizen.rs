use crate::{CitizenRef, LinkId, Organisation, Sealed};

/// See [`Command::LinkCitizen`](crate::Command::LinkCitizen).
#[derive(Debug, Clone)]
pub struct LinkCitizen {
    /// Its id.
    pub link: LinkId,
    /// Whom of the case it is about, by the platform's own key.
    pub person: String,
    /// Who may look: that person, or who represents that person.
    pub citizen: CitizenRef,
    /// By whom.
    pub by: Organisation,
}

/// See [`Command::UnlinkCitizen`](crate::Command::UnlinkCitizen).
#[derive(Debug, Clone)]
pub struct UnlinkCitizen {
    /// Which link.
    pub link: LinkId,
    /// Why.
    pub reason: Sealed,
    /// By whom.
    pub by: Organisation,
}
