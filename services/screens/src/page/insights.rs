//! What all cases together tell, as pictures with a table beside each.

use askama::Template;

use crate::Frame;

/// How wide a bar with the room beside it is.
const STEP: u32 = 34;
/// How wide a bar is.
const BAR: u32 = 26;
/// How high the highest bar is.
const HIGH: u32 = 44;
/// How high a row is, with its name above the bars.
const ROW: u32 = 78;
/// Where the bars of a row begin, below its name.
const NAME: u32 = 22;
/// How wide a picture is at least, for the names in it.
const LEAST: u32 = 264;
/// How many letters of a name fit then; the table has all of it.
const LETTERS: usize = 38;
/// How wide the picture of the stays is without its numbers.
const WIDE: u32 = 260;

/// How many cases came to have a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What it is called.
    pub name: String,
    /// Per quarter how many; none where it is too few to tell.
    pub cases: Vec<Option<u64>>,
}

/// What was counted together: themes, rules, blocks, refusals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Which, in the words of `insights.toml`.
    pub kind: &'static str,
    /// The words, the most frequent first.
    pub words: Vec<Counted>,
}

/// A rectangle in a picture.
#[derive(Debug, PartialEq, Eq)]
struct Bar {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

impl Counted {
    /// As much of the name as fits into the picture.
    fn label(&self) -> String {
        if self.name.chars().count() <= LETTERS {
            return self.name.clone();
        }
        let kept: String = self.name.chars().take(LETTERS - 1).collect();
        format!("{}…", kept.trim_end())
    }
}

impl Chart {
    /// A text about this kind.
    fn said(&self, frame: &Frame, which: &str) -> &'static str {
        frame.t(&format!("insights.{}{which}", self.kind))
    }

    fn most(&self) -> u64 {
        let all = self.words.iter().flat_map(|word| &word.cases);
        all.flatten().copied().max().unwrap_or(1).max(1)
    }

    fn height(&self) -> u32 {
        ROW * u32::try_from(self.words.len()).unwrap_or(0)
    }

    fn width(&self) -> u32 {
        let many = self.words.iter().map(|word| word.cases.len()).max();
        LEAST.max(STEP * u32::try_from(many.unwrap_or(0)).unwrap_or(0))
    }

    /// Where the name of a row stands.
    fn named_at(&self, row: &usize) -> u32 {
        ROW * u32::try_from(*row).unwrap_or(0) + NAME - 8
    }

    /// The line on which the bars of a row stand.
    fn ground(&self, row: &usize) -> u32 {
        ROW * u32::try_from(*row).unwrap_or(0) + NAME + HIGH
    }

    /// The bars of a row, in proportion to the most of the picture.
    fn bars(&self, row: &usize) -> Vec<Bar> {
        let ground = self.ground(row);
        let cases = self.words.get(*row).map_or(&[][..], |word| &word.cases);
        let bar = |(place, cases): (usize, &Option<u64>)| {
            let cases = (*cases)?;
            let height = u64::from(HIGH) * cases / self.most();
            let height = u32::try_from(height).unwrap_or(HIGH).max(2);
            Some(Bar {
                x: STEP * u32::try_from(place).ok()?,
                y: ground - height,
                width: BAR,
                height,
            })
        };
        cases.iter().enumerate().filter_map(bar).collect()
    }
}

/// How long cases stood on a rung, in days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The rung.
    pub rung: String,
    /// How many cases left it.
    pub cases: u64,
    /// A quarter of the stays was not longer.
    pub quarter: i64,
    /// Half of them was not longer.
    pub half: i64,
    /// Three quarters of them were not longer.
    pub three_quarters: i64,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "insights.html")]
pub struct Insights {
    /// What is around it.
    pub frame: Frame,
    /// A smaller number is not told.
    pub smallest: u64,
    /// The quarters, the oldest first.
    pub quarters: Vec<String>,
    /// What was counted.
    pub charts: Vec<Chart>,
    /// How long cases stood on each rung, low to high.
    pub stays: Vec<Stay>,
}

impl Insights {
    fn is_empty(&self) -> bool {
        self.stays.is_empty() && self.charts.iter().all(|chart| chart.words.is_empty())
    }

    fn longest(&self) -> i64 {
        let all = self.stays.iter().map(|stay| stay.three_quarters);
        all.max().unwrap_or(1).max(1)
    }

    /// How far to the right this many days are.
    fn along(&self, days: &i64) -> u32 {
        u32::try_from(i64::from(WIDE) * days / self.longest()).unwrap_or(WIDE)
    }

    fn stays_height(&self) -> u32 {
        ROW / 2 * u32::try_from(self.stays.len()).unwrap_or(0)
    }

    fn stay_at(&self, row: &usize) -> u32 {
        ROW / 2 * u32::try_from(*row).unwrap_or(0)
    }
}
