//! Bella's case, brought to where the reader of the demo takes over; and cases of the year before,
//! when they are wanted.

mod before;
mod early;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, ToSpan};
use serde_json::Value;

use crate::{
    embedded::{Folder, FolderError},
    play::{
        Act, Doors, DoorsError, Line, NotQuiet, PlayError, Story, StoryError, Told, play, play_on,
    },
};

pub use before::MOST;

/// Bella's story, built in.
pub const BELLA: &str = include_str!("../../../tests/scenarios/bella.ndjson");

/// The rung where the demo waits for somebody to act.
const WAITS_AT: &str = "national_desk";

/// Why the case cannot be brought there.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A story that is built in is broken.
    #[error(transparent)]
    Story(#[from] StoryError),
    /// A story could not be played.
    #[error("the stories could not be played: {0}")]
    Play(#[from] PlayError),
    /// A door of the world.
    #[error(transparent)]
    Doors(#[from] DoorsError),
    /// What came with the stories was refused.
    #[error("{what}: {reply}")]
    Refused {
        /// What was asked, where and by whom.
        what: String,
        /// The answer.
        reply: String,
    },
    /// What came before its question did not come to wait for it.
    #[error("the answers that come before their questions do not wait for them")]
    NotEarly,
    /// What followed did not come to an end.
    #[error(transparent)]
    NotQuiet(#[from] NotQuiet),
    /// A time that cannot be reckoned with.
    #[error(transparent)]
    Time(#[from] jiff::Error),
    /// The marker in the data folder.
    #[error("the data folder: {0}")]
    Folder(#[from] io::Error),
}

/// Bella's story up to the request to the national desk, as if that had been asked in the week
/// before `now`. Whole weeks are shifted, so that terms in working days hold.
///
/// # Errors
/// [`SeedError::Story`]; a test shows that the story that is built in is sound.
pub fn story(now: Timestamp) -> Result<Story, StoryError> {
    Ok(Story::parse(BELLA)?.until(asks_the_desk).ending_near(now))
}

fn asks_the_desk(line: &Line) -> bool {
    let body: Option<&Value> = match &line.act {
        Act::HandIn { event, .. } => Some(&event.data),
        Act::Call { call, .. } => call.body.as_ref(),
    };
    body.is_some_and(|body| body["toRung"] == WAITS_AT)
}

/// Seeding that was broken off leaves half a story; this marks that it is under way.
#[derive(Debug)]
pub struct Marker(PathBuf);

impl Marker {
    fn of(folder: &Path) -> Self {
        Self(folder.join("seeding"))
    }

    /// Deletes the databases when seeding them was broken off the last time.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn clear_half_a_story(folder: &Path) -> Result<(), FolderError> {
        if Self::of(folder).0.exists() {
            tracing::warn!("the last start was broken off while the case was made; starting anew");
            Folder::clear_databases(folder)?;
        }
        Ok(())
    }
}

/// Plays so many cases of the year before and then the story when there is no case yet, and lets
/// the deadlines between its last line and `now` fall due. With cases of the year before, answers come
/// before that line that are earlier than their questions. Says whether it did.
///
/// # Errors
/// [`SeedError`].
pub async fn seed_once(
    doors: &Doors,
    folder: &Path,
    now: Timestamp,
    cases: u16,
    told: &mut (dyn FnMut(Told<'_>) + Send),
) -> Result<bool, SeedError> {
    if doors.report().await?.case.is_some() {
        return Ok(false);
    }
    let marker = Marker::of(folder);
    fs::write(&marker.0, "")?;
    if cases > 0 {
        play(doors, &before::story(cases, now)?, "before", told).await?;
    }
    let (story, last) = story(now)?.before_its_last();
    let played = play(doors, &story, "seed", told).await?;
    if let Some(line) = story.lines.last().filter(|_| cases > 0) {
        early::answer(doors, line.at.saturating_add(1.hour())?).await?;
    }
    play_on(doors, &last, "seed", played, told).await?;
    doors.advance(now).await?;
    fs::remove_file(&marker.0)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_stops_where_the_national_desk_is_asked() {
        let now: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
        let story = story(now).unwrap();
        let last = story.lines.last().unwrap();
        assert!(asks_the_desk(last));
        assert_eq!(last.at, "2026-11-16T09:00:00Z".parse().unwrap());
        assert!(
            !story.lines[..story.lines.len() - 1]
                .iter()
                .any(asks_the_desk)
        );
    }
}
