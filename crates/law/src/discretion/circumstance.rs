//! What the law itself orders beside the factors (法定情节): lighter, mitigated or graver, each with its article.

use serde::{Deserialize, Serialize};

use super::{Benchmark, Direction, FactsError, WeighStep};

/// What a circumstance does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Lighter within the range (从轻).
    Lighter,
    /// Below the range (减轻).
    Mitigated,
    /// Graver within the range (从重).
    Heavier,
}

impl Effect {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lighter => "从轻",
            Self::Mitigated => "减轻",
            Self::Heavier => "从重",
        }
    }
}

/// A circumstance that a law names (法定情节).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstance {
    /// Its code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The article that names it.
    pub article: String,
    /// What it does.
    pub effect: Effect,
}

impl Benchmark {
    /// What circumstances, given by their codes, come to: what mitigates counts before all; what lightens and what aggravates weigh against
    /// each other, as many as there are.
    ///
    /// # Errors
    /// A code that the benchmark does not know.
    pub fn directed(&self, codes: &[String]) -> Result<(Direction, Vec<WeighStep>), FactsError> {
        let mut steps = Vec::new();
        let (mut mitigated, mut balance) = (false, 0_i32);
        for code in codes {
            let one = self.circumstances.iter().find(|one| one.code == *code).ok_or_else(|| FactsError::Unknown(code.clone()))?;
            match one.effect {
                Effect::Mitigated => mitigated = true,
                Effect::Lighter => balance -= 1,
                Effect::Heavier => balance += 1,
            }
            steps.push(WeighStep { basis: one.article.clone(), text: format!("{}：应当{}", one.label, one.effect.label()) });
        }
        let direction = match (mitigated, balance.signum()) {
            (true, _) => Direction::Mitigated,
            (false, -1) => Direction::Lighter,
            (false, 1) => Direction::Heavier,
            (false, _) => Direction::Plain,
        };
        Ok((direction, steps))
    }
}
