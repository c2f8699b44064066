//! Full dates, in figures or with the Dutch or English name of the month.

/// Dutch and English names of months, whole and shortened.
const MONTHS: [&str; 35] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "august",
    "october",
    "jan",
    "feb",
    "febr",
    "mrt",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "okt",
    "oct",
    "nov",
    "dec",
];

/// The places, counted from 1, where a full date begins: day, month and year in either order.
pub(super) fn dates(text: &[char]) -> impl Iterator<Item = usize> + '_ {
    (0..text.len())
        .filter(|start| is_date(text, *start))
        .map(|start| start + 1)
}

fn is_date(text: &[char], start: usize) -> bool {
    let glued = start > 0 && (text[start - 1].is_alphanumeric() || text[start - 1] == '-');
    if glued || !text[start].is_ascii_digit() {
        return false;
    }
    let Some((first, rest)) = number(&text[start..]) else {
        return false;
    };
    year_first(first, rest) || day_first(first, rest)
}

/// `2007-05-04`, `2007/5/4`.
fn year_first(first: Number, rest: &[char]) -> bool {
    let Some((month, rest)) = separated(rest) else {
        return false;
    };
    let Some((day, _)) = separated(rest) else {
        return false;
    };
    first.is_year() && month.is_month() && day.is_day()
}

/// `4-5-2007`, `04.05.07`, `4 mei 2007`.
fn day_first(first: Number, rest: &[char]) -> bool {
    if !first.is_day() {
        return false;
    }
    if let Some((month, rest)) = separated(rest) {
        // "4.5.12" is an article; "04.05.12" is a day.
        let short = first.length == 2 && month.length == 2;
        let year = separated(rest).map(|(year, _)| year);
        let is_year = |year: Number| year.is_year() || (short && year.length == 2);
        return month.is_month() && year.is_some_and(is_year);
    }
    let rest = trim(rest);
    let word: String = rest
        .iter()
        .take_while(|c| c.is_alphabetic())
        .flat_map(|c| c.to_lowercase())
        .collect();
    if !MONTHS.contains(&word.as_str()) {
        return false;
    }
    let rest = trim(&rest[word.chars().count()..]);
    number(rest).is_some_and(|(year, _)| year.is_year())
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    length: usize,
}

impl Number {
    fn is_day(self) -> bool {
        self.length <= 2 && (1..=31).contains(&self.value)
    }

    fn is_month(self) -> bool {
        self.length <= 2 && (1..=12).contains(&self.value)
    }

    fn is_year(self) -> bool {
        self.length == 4 && (1880..=2100).contains(&self.value)
    }
}

/// A number of at most four digits at the very beginning, and what follows.
fn number(text: &[char]) -> Option<(Number, &[char])> {
    let length = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let digits: String = text.get(..length)?.iter().collect();
    let value = digits.parse().ok().filter(|_| length <= 4)?;
    Some((Number { value, length }, &text[length..]))
}

/// A number after a separator of dates.
fn separated(text: &[char]) -> Option<(Number, &[char])> {
    let (separator, rest) = text.split_first()?;
    if !['-', '/', '.', '\u{2011}'].contains(separator) {
        return None;
    }
    number(trim(rest))
}

fn trim(text: &[char]) -> &[char] {
    let blanks = text
        .iter()
        .take_while(|c| [' ', '.', ',', '\u{a0}'].contains(*c))
        .count();
    &text[blanks..]
}
