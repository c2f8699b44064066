//! Walks a graph of states breadth first, once each, and asks of every state whether the end can
//! still be reached from it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

/// A graph of states that is found by walking it.
pub(crate) trait Graph {
    /// A state; two that are equal are one.
    type State: Clone + Eq;

    fn first(&self) -> Self::State;

    /// A number that equal states share. States that are not equal may share it as well: equality
    /// decides.
    fn digest(&self, state: &Self::State) -> u64;

    /// What can happen here: what it is called, and the state after it or the rule it breaks.
    fn steps(&self, state: &Self::State) -> Vec<(String, Result<Self::State, String>)>;

    /// Whether this is an end that every state has to be able to reach.
    fn is_end(&self, state: &Self::State) -> bool;
}

/// What was walked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Walked {
    pub(crate) states: usize,
    pub(crate) transitions: usize,
    /// Steps on the shortest way to the state that is furthest away.
    pub(crate) depth: usize,
    /// How many of the states are ends.
    pub(crate) ends: usize,
}

impl fmt::Display for Walked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            states,
            transitions,
            depth,
            ends,
        } = self;
        write!(
            f,
            "{states} states ({ends} of them ends), {transitions} transitions, depth {depth}"
        )
    }
}

/// A shortest way to where a rule is broken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counterexample {
    pub(crate) broken: String,
    pub(crate) trace: Vec<String>,
}

impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.broken)?;
        self.trace
            .iter()
            .enumerate()
            .try_for_each(|(index, step)| write!(f, "\n  {:>2}. {step}", index + 1))
    }
}

/// What is said of a state from which no end can be reached.
pub(crate) const NO_WAY_OUT: &str = "no end can be reached from here";

struct Node<S> {
    state: S,
    depth: usize,
    /// The step that first led here; absent for the first state.
    by: Option<(usize, String)>,
    /// The states with a step to this one.
    from: Vec<usize>,
}

/// The states of a graph that was walked in full.
pub(crate) struct Walk<S> {
    nodes: Vec<Node<S>>,
    places: BTreeMap<u64, Vec<usize>>,
    transitions: usize,
    taken: BTreeSet<String>,
}

impl<S: Clone + Eq> Walk<S> {
    /// Every state that can be reached, as long as no rule is broken.
    ///
    /// More than `most` states is a mistake in the bounds, and broken as well.
    pub(crate) fn of<G: Graph<State = S>>(graph: &G, most: usize) -> Result<Self, Counterexample> {
        let mut walk = Self {
            nodes: Vec::new(),
            places: BTreeMap::new(),
            transitions: 0,
            taken: BTreeSet::new(),
        };
        let first = graph.first();
        walk.place(graph.digest(&first), first, 0, None);
        let mut waiting = VecDeque::from([0]);
        while let Some(here) = waiting.pop_front() {
            if walk.nodes.len() > most {
                return Err(Counterexample {
                    broken: format!("more than {most} states"),
                    trace: walk.trace(here),
                });
            }
            let depth = walk.nodes[here].depth + 1;
            for (step, outcome) in graph.steps(&walk.nodes[here].state) {
                walk.transitions += 1;
                let state = match outcome {
                    Ok(state) => state,
                    Err(broken) => {
                        let mut trace = walk.trace(here);
                        trace.push(step);
                        return Err(Counterexample { broken, trace });
                    }
                };
                if !walk.taken.contains(&step) {
                    walk.taken.insert(step.clone());
                }
                let digest = graph.digest(&state);
                let (there, is_new) = walk.place(digest, state, depth, Some((here, step)));
                walk.nodes[there].from.push(here);
                if is_new {
                    waiting.push_back(there);
                }
            }
        }
        Ok(walk)
    }

    fn place(
        &mut self,
        digest: u64,
        state: S,
        depth: usize,
        by: Option<(usize, String)>,
    ) -> (usize, bool) {
        let places = self.places.entry(digest).or_default();
        let known = places.iter().find(|at| self.nodes[**at].state == state);
        if let Some(known) = known {
            return (*known, false);
        }
        let at = self.nodes.len();
        places.push(at);
        self.nodes.push(Node {
            state,
            depth,
            by,
            from: Vec::new(),
        });
        (at, true)
    }

    fn trace(&self, to: usize) -> Vec<String> {
        let mut steps: Vec<String> =
            std::iter::successors(self.nodes[to].by.as_ref(), |(before, _)| {
                self.nodes[*before].by.as_ref()
            })
            .map(|(_, step)| step.clone())
            .collect();
        steps.reverse();
        steps
    }

    /// Whether a step of that name was taken anywhere.
    pub(crate) fn took(&self, step: &str) -> bool {
        self.taken.contains(step)
    }

    /// Whether this state was met.
    pub(crate) fn met(&self, digest: u64, state: &S) -> bool {
        let mut places = self.places.get(&digest).into_iter().flatten();
        places.any(|at| self.nodes[*at].state == *state)
    }

    pub(crate) fn states(&self) -> impl Iterator<Item = &S> {
        self.nodes.iter().map(|node| &node.state)
    }

    /// Walks back from the ends: a state that is not met on the way cannot reach any.
    pub(crate) fn every_state_can_end<G: Graph<State = S>>(
        &self,
        graph: &G,
    ) -> Result<Walked, Counterexample> {
        let mut can_end: Vec<bool> = self
            .nodes
            .iter()
            .map(|node| graph.is_end(&node.state))
            .collect();
        let mut waiting: Vec<usize> = (0..can_end.len()).filter(|at| can_end[*at]).collect();
        let ends = waiting.len();
        while let Some(there) = waiting.pop() {
            for before in &self.nodes[there].from {
                if !std::mem::replace(&mut can_end[*before], true) {
                    waiting.push(*before);
                }
            }
        }
        // The first one found is the nearest.
        if let Some(stuck) = can_end.iter().position(|can| !can) {
            return Err(Counterexample {
                broken: NO_WAY_OUT.to_owned(),
                trace: self.trace(stuck),
            });
        }
        Ok(self.walked(ends))
    }

    fn walked(&self, ends: usize) -> Walked {
        Walked {
            states: self.nodes.len(),
            transitions: self.transitions,
            depth: self.nodes.iter().map(|node| node.depth).max().unwrap_or(0),
            ends,
        }
    }

    /// What was walked, where no end is asked for.
    pub(crate) fn counted(&self) -> Walked {
        self.walked(0)
    }
}

/// Walks all of it, and then back from the ends.
pub(crate) fn explore<G: Graph>(graph: &G, most: usize) -> Result<Walked, Counterexample> {
    Walk::of(graph, most)?.every_state_can_end(graph)
}

/// Counts to three, and may get lost at two.
struct Counter {
    traps: bool,
}

impl Graph for Counter {
    type State = u64;

    fn first(&self) -> u64 {
        0
    }

    fn digest(&self, state: &u64) -> u64 {
        state % 2
    }

    fn steps(&self, state: &u64) -> Vec<(String, Result<u64, String>)> {
        let on = |to: u64| (format!("to {to}"), Ok(to));
        match state {
            0 | 1 => vec![on(state + 1), on(0)],
            2 if self.traps => vec![on(3), on(9)],
            2 => vec![on(3)],
            _ => Vec::new(),
        }
    }

    fn is_end(&self, state: &u64) -> bool {
        *state == 3
    }
}

#[test]
fn every_state_and_transition_is_counted_once() {
    let walked = explore(&Counter { traps: false }, 10).unwrap();
    let expected = Walked {
        states: 4,
        transitions: 5,
        depth: 3,
        ends: 1,
    };
    assert_eq!(walked, expected);
}

#[test]
fn a_state_without_a_way_out_is_found_with_the_way_to_it() {
    let stuck = explore(&Counter { traps: true }, 10).unwrap_err();
    assert_eq!(stuck.broken, NO_WAY_OUT);
    assert_eq!(stuck.trace, ["to 1", "to 2", "to 9"]);
}

#[test]
fn a_walk_that_does_not_end_is_not_a_result() {
    let endless = explore(&Counter { traps: false }, 2).unwrap_err();
    assert_eq!(endless.broken, "more than 2 states");
}
