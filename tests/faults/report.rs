//! What a run says at its end.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use scenarios::checker::{Exchange, Wrong};

use crate::kinds::Came;
use crate::plan::{Fault, Kind};

/// One fault that was planned, what came of it, and how long it took until all was answered.
pub(crate) struct Lived {
    pub(crate) fault: Fault,
    pub(crate) came: Came,
    pub(crate) recovered: Option<Duration>,
}

/// Everything about a run.
pub(crate) struct Report {
    pub(crate) seed: u64,
    pub(crate) replicas: usize,
    pub(crate) lived: Vec<Lived>,
    pub(crate) handed_in: usize,
    pub(crate) exchange: Exchange,
    pub(crate) views: usize,
    /// Views that do not follow from the log; services that ended by themselves.
    pub(crate) besides: Vec<String>,
}

impl Report {
    /// Everything that is wrong, in words.
    pub(crate) fn wrong(&self) -> Vec<String> {
        let mut wrong = self.exchange.faults();
        wrong.extend(self.besides.iter().cloned());
        for (nth, lived) in self.lived.iter().enumerate() {
            if matches!(lived.came, Came::To(_)) && lived.recovered.is_none() {
                wrong.push(format!("fault {} was not recovered from", nth + 1));
            }
        }
        wrong
    }

    fn by_kind(&self) -> BTreeMap<Kind, (usize, Duration, Vec<&str>)> {
        let mut kinds: BTreeMap<Kind, (usize, Duration, Vec<&str>)> = BTreeMap::new();
        for lived in &self.lived {
            let (ran, longest, not) = kinds.entry(lived.fault.kind).or_default();
            match &lived.came {
                Came::To(_) => *ran += 1,
                Came::Not(reason) => not.push(reason),
            }
            *longest = (*longest).max(lived.recovered.unwrap_or_default());
        }
        kinds
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |wrong: Wrong| {
            let all = self.exchange.wrongs();
            all.iter().filter(|(kind, _)| *kind == wrong).count()
        };
        let sum = |each: &mut dyn Iterator<Item = usize>| each.sum::<usize>();
        let (mut longest, mut of) = (Duration::ZERO, "none");
        let ran = self
            .lived
            .iter()
            .filter(|lived| matches!(lived.came, Came::To(_)));
        let (seed, replicas) = (self.seed, self.replicas);
        writeln!(
            f,
            "seed {seed}, {replicas} escalation service(s): {} faults",
            ran.count()
        )?;
        for (kind, (ran, took, not)) in self.by_kind() {
            if took > longest {
                (longest, of) = (took, kind.name());
            }
            if ran > 0 {
                let (name, took) = (kind.name(), took.as_secs_f32());
                writeln!(
                    f,
                    "  fault  {ran:3}  {name}, recovered in {took:.1} s at most"
                )?;
            }
            for reason in not {
                writeln!(f, "  NOT RUN  {}: {reason}", kind.name())?;
            }
        }
        let exchange = &self.exchange;
        writeln!(
            f,
            "  handed in {}, published {}, in the log {}, sent to parties {}, taken by them {}",
            self.handed_in,
            sum(&mut exchange.sent.values().map(BTreeMap::len)),
            exchange.log.len(),
            sum(&mut exchange
                .letters
                .values()
                .map(std::collections::BTreeSet::len)),
            sum(&mut exchange.taken.values().map(Vec::len)),
        )?;
        writeln!(
            f,
            "  views rebuilt from the log and compared: {}",
            self.views
        )?;
        writeln!(
            f,
            "  lost {}, doubled {}, out of order within a case {}",
            count(Wrong::Lost),
            count(Wrong::Doubled),
            count(Wrong::OutOfOrder)
        )?;
        write!(
            f,
            "  longest recovery {:.1} s ({of})",
            longest.as_secs_f32()
        )
    }
}
