//! Which faults come, in which order and how long each lasts: all of it follows from the seed.

use std::time::Duration;

use chassis::entropy::Entropy;

/// What can happen to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    KillService,
    KillParty,
    KillNats,
    KillPostgres,
    CutNetwork,
    SlowNetwork,
    FullDisk,
    SlowDisk,
    ClockJump,
    Hang,
    Away,
}

impl Kind {
    /// Every kind, with how often it comes in the short run and in the long one.
    const ALL: [(Self, usize, usize); 11] = [
        (Self::KillService, 4, 13),
        (Self::KillParty, 3, 13),
        (Self::KillNats, 3, 13),
        (Self::KillPostgres, 3, 13),
        (Self::CutNetwork, 4, 12),
        (Self::SlowNetwork, 3, 9),
        (Self::FullDisk, 3, 9),
        (Self::SlowDisk, 2, 6),
        (Self::ClockJump, 2, 8),
        (Self::Hang, 2, 9),
        (Self::Away, 1, 1),
    ];

    /// In words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::KillService => "kill -9 of the escalation service",
            Self::KillParty => "kill -9 of a party",
            Self::KillNats => "kill -9 of NATS",
            Self::KillPostgres => "kill -9 of PostgreSQL",
            Self::CutNetwork => "a cut network",
            Self::SlowNetwork => "a slow network",
            Self::FullDisk => "a full disk",
            Self::SlowDisk => "a slow disk",
            Self::ClockJump => "a jump of our clock",
            Self::Hang => "a process that hangs",
            Self::Away => "a receiver that is away",
        }
    }

    /// Between which times it lasts, in milliseconds.
    fn lasts(self) -> (u64, u64) {
        match self {
            Self::KillService | Self::KillParty | Self::KillNats | Self::KillPostgres => (0, 1_500),
            Self::CutNetwork | Self::SlowNetwork | Self::SlowDisk => (1_000, 6_000),
            Self::FullDisk => (1_000, 3_000),
            Self::ClockJump => (500, 1_500),
            Self::Hang => (1_000, 7_000),
            Self::Away if is_full() => (600_000, 600_001),
            Self::Away => (20_000, 20_001),
        }
    }
}

/// One fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What happens.
    pub(crate) kind: Kind,
    /// To which of those it can happen to, and how: a number to be divided by how many there are.
    pub(crate) choice: usize,
    /// How long it lasts.
    pub(crate) lasts: Duration,
    /// How long it was quiet before.
    pub(crate) before: Duration,
}

/// Whether the long run was asked for.
pub(crate) fn is_full() -> bool {
    std::env::var_os("DOORBRAAK_FULL").is_some()
}

/// The seed that was given, or one of the machine's.
pub(crate) fn seed() -> u64 {
    let given = std::env::var("DOORBRAAK_SEED").ok();
    let given = given.map(|seed| seed.parse().expect("DOORBRAAK_SEED is a number"));
    given.unwrap_or_else(|| u64::from(u32::from_le_bytes(Entropy::system().bytes())))
}

/// Numbers that follow from a seed.
pub(crate) struct Dice(Entropy);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Entropy::seeded(seed))
    }

    /// A number below `end`.
    pub(crate) fn below(&self, end: u64) -> u64 {
        u64::from_le_bytes(self.0.bytes()) % end
    }

    fn between(&self, (least, end): (u64, u64)) -> Duration {
        Duration::from_millis(least + self.below(end - least))
    }
}

/// All faults of a run, of every kind, mixed.
pub(crate) fn plan(seed: u64, full: bool) -> Vec<Fault> {
    let dice = Dice::new(seed);
    let mut kinds = Vec::new();
    for (kind, short, long) in Kind::ALL {
        kinds.extend(std::iter::repeat_n(kind, if full { long } else { short }));
    }
    // Fisher and Yates.
    for last in (1..kinds.len()).rev() {
        let other = usize::try_from(dice.below(last as u64 + 1)).unwrap_or_default();
        kinds.swap(last, other);
    }
    kinds
        .into_iter()
        .map(|kind| Fault {
            kind,
            choice: usize::try_from(dice.below(1 << 20)).unwrap_or_default(),
            lasts: dice.between(kind.lasts()),
            before: dice.between((1_500, 5_000)),
        })
        .collect()
}

/// The share of the n-th of three worlds (from 0): every third fault.
pub(crate) fn share(faults: &[Fault], nth: usize) -> Vec<Fault> {
    faults.iter().skip(nth).step_by(3).copied().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn counts(faults: &[Fault]) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for fault in faults {
            *counts.entry(fault.kind).or_default() += 1;
        }
        counts
    }

    #[test]
    fn the_short_run_has_thirty_faults_and_every_kind() {
        let faults = plan(1, false);
        assert_eq!((faults.len(), counts(&faults).len()), (30, 11));
    }

    #[test]
    fn the_long_run_has_a_hundred_and_each_kill_ten_times() {
        let faults = plan(1, true);
        assert!(faults.len() >= 100);
        for (kind, count) in counts(&faults) {
            let least = match kind {
                Kind::KillService | Kind::KillParty | Kind::KillNats | Kind::KillPostgres => 10,
                Kind::Away => 1,
                _ => 3,
            };
            assert!(count >= least, "{kind:?} comes {count} times");
        }
    }

    #[test]
    fn a_seed_gives_the_same_plan_again_and_another_seed_another() {
        assert_eq!(plan(7, false), plan(7, false));
        assert_ne!(plan(7, false), plan(8, false));
    }

    #[test]
    fn three_worlds_share_all_faults() {
        let faults = plan(1, false);
        let shares: usize = (0..3).map(|nth| share(&faults, nth).len()).sum();
        assert_eq!(shares, faults.len());
    }
}
