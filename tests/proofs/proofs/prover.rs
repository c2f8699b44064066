//! Asks the solver.

use std::time::{Duration, Instant};

use cedar_policy::{EntityTypeName, EntityUid, Policy, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::{
    CedarSymCompiler, CompiledPolicy, CompiledPolicySet, Env, err::Error, solver::LocalSolver,
};

use crate::world::about;

/// A question may take so long in the solver; one that does not even say so is given up at twice that.
const LIMIT: Duration = Duration::from_secs(60);

/// What came of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It holds for every request.
    Proved,
    /// It does not hold: for this request, for one.
    Refuted(String),
    /// Neither is known: a failure.
    Unknown(String),
}

/// A solver at work, and how much it was asked.
pub(crate) struct Prover {
    compiler: CedarSymCompiler<LocalSolver>,
    pub(crate) questions: usize,
    begin: Instant,
}

/// A kind of request.
#[derive(Debug, Clone)]
pub(crate) struct Kind {
    pub(crate) principal: &'static str,
    pub(crate) action: String,
    pub(crate) resource: &'static str,
}

impl Kind {
    pub(crate) fn of_case(principal: &'static str, action: &str) -> Self {
        Self {
            principal,
            action: action.to_owned(),
            resource: "Case",
        }
    }

    pub(crate) fn action(&self) -> EntityUid {
        format!("Action::\"{}\"", self.action).parse().unwrap()
    }

    fn env(&self) -> RequestEnv {
        let name = |word: &str| -> EntityTypeName { word.parse().unwrap() };
        RequestEnv::new(name(self.principal), self.action(), name(self.resource))
    }
}

impl Prover {
    pub(crate) fn new() -> Self {
        // Per question, as one solver answers many; a question that runs out is "unknown".
        let limit = format!("--tlimit-per={}", LIMIT.as_millis());
        let solver = LocalSolver::cvc5_with_args([limit])
            .expect("cvc5 is installed (the variable CVC5 says where)");
        Self {
            compiler: CedarSymCompiler::new(solver).unwrap(),
            questions: 0,
            begin: Instant::now(),
        }
    }

    /// Says how much work a statement was.
    pub(crate) fn report(&self, statement: &str) {
        let seconds = self.begin.elapsed().as_secs_f64();
        let mut out = std::io::stdout();
        let line = format!(
            "proof {statement}: {} questions, {seconds:.1} s\n",
            self.questions
        );
        std::io::Write::write_all(&mut out, line.as_bytes()).unwrap();
    }

    /// That the policies deny every request of this kind for which `when` holds.
    pub(crate) async fn denied(
        &mut self,
        schema: &Schema,
        policies: &str,
        kind: &Kind,
        when: &str,
    ) -> Verdict {
        let set = match compiled(schema, &only(policies, when), kind) {
            Ok(set) => set,
            Err(unknown) => return unknown,
        };
        self.questions += 1;
        let asked = self
            .compiler
            .check_always_denies_with_counterexample_opt(&set);
        verdict(tokio::time::timeout(LIMIT * 2, asked).await)
    }

    /// That two sets of policies answer every request of this kind alike for which `when` holds.
    pub(crate) async fn alike(
        &mut self,
        schema: &Schema,
        (one, other): (&str, &str),
        kind: &Kind,
        when: &str,
    ) -> Verdict {
        let both = (only(one, when), only(other, when));
        let (one, other) = match both_compiled(schema, (&both.0, &both.1), kind) {
            Ok(sets) => sets,
            Err(unknown) => return unknown,
        };
        self.questions += 1;
        let asked = self
            .compiler
            .check_equivalent_with_counterexample_opt(&one, &other);
        verdict(tokio::time::timeout(LIMIT * 2, asked).await)
    }

    /// That what the one set permits of this kind, the other permits.
    pub(crate) async fn implies(
        &mut self,
        schema: &Schema,
        both: (&str, &str),
        kind: &Kind,
    ) -> Verdict {
        let (one, other) = match both_compiled(schema, both, kind) {
            Ok(sets) => sets,
            Err(unknown) => return unknown,
        };
        self.questions += 1;
        let asked = self
            .compiler
            .check_implies_with_counterexample_opt(&one, &other);
        verdict(tokio::time::timeout(LIMIT * 2, asked).await)
    }

    /// That a policy never fails for a request of this kind: Cedar would pass it over.
    pub(crate) async fn never_fails(
        &mut self,
        schema: &Schema,
        policy: &Policy,
        kind: &Kind,
    ) -> Verdict {
        let policy = match CompiledPolicy::compile(policy, &kind.env(), schema) {
            Ok(policy) => policy,
            Err(error) => return Verdict::Unknown(format!("{kind:?}: {error}")),
        };
        self.questions += 1;
        let asked = self
            .compiler
            .check_never_errors_with_counterexample_opt(&policy);
        verdict(tokio::time::timeout(LIMIT * 2, asked).await)
    }
}

/// The policies, of which none permits anything but when this holds.
fn only(policies: &str, when: &str) -> String {
    format!("{policies}\nforbid (principal, action, resource) unless {{ {when} }};\n")
}

fn compiled(schema: &Schema, policies: &str, kind: &Kind) -> Result<CompiledPolicySet, Verdict> {
    let about: PolicySet = about(policies, &kind.action());
    CompiledPolicySet::compile(&about, &kind.env(), schema)
        .map_err(|error| Verdict::Unknown(format!("{kind:?}: {error}")))
}

fn both_compiled(
    schema: &Schema,
    (one, other): (&str, &str),
    kind: &Kind,
) -> Result<(CompiledPolicySet, CompiledPolicySet), Verdict> {
    Ok((compiled(schema, one, kind)?, compiled(schema, other, kind)?))
}

fn verdict(answer: Result<Result<Option<Env>, Error>, tokio::time::error::Elapsed>) -> Verdict {
    match answer {
        Ok(Ok(None)) => Verdict::Proved,
        Ok(Ok(Some(env))) => Verdict::Refuted(env.to_string()),
        Ok(Err(error)) => Verdict::Unknown(error.to_string()),
        Err(_) => Verdict::Unknown("out of time".to_owned()),
    }
}
