//! The checkpoints of the platform's log, as this party keeps them: the copy that nobody at the
//! platform can change. One that does not go on from those before it is kept as well, as a finding.

mod chain;

use proto::{Envelope, event::CheckpointPublished};
use sqlx::{Row, any::AnyRow};
use transparency::{Checkpoint, Consistency, Hash, origin_of};

use crate::{core::Core, error::GatewayError, sql, work::Work};
pub(crate) use chain::{Chain, Link, State};

/// What a trusted note says, with how it goes on from the one before it.
fn understood(core: &Core, told: &CheckpointPublished) -> Result<Link, State> {
    let verifier = core.log_key.as_ref().ok_or(State::Unchecked)?;
    let origin = origin_of(core.platform.as_str());
    let checkpoint = Checkpoint::open(&told.note, &origin, verifier).map_err(|_| State::Forged)?;
    let proof: Result<Vec<Hash>, _> = told.proof.iter().map(|hash| Hash::parse(hash)).collect();
    Ok(Link {
        size: checkpoint.size,
        root: checkpoint.root,
        previous: told.previous,
        proof: Consistency(proof.map_err(|_| State::Inconsistent)?),
    })
}

impl Work<'_> {
    /// Keeps a checkpoint, and says what it is worth. What waited for it is judged again.
    pub(crate) async fn keep_checkpoint(
        &mut self,
        envelope: &Envelope,
        told: &CheckpointPublished,
    ) -> Result<(), GatewayError> {
        let (mut chain, waiting) = self.chain().await?;
        let link = understood(self.core, told);
        let state = match &link {
            Ok(link) => chain.judge(link),
            Err(state) => *state,
        };
        let link = link.ok();
        let size = link.as_ref().map(|link| link.size);
        report(state, size);
        sqlx::query(sql::CHECKPOINT_ADD)
            .bind(envelope.id.as_str())
            .bind(size.and_then(|size| i64::try_from(size).ok()))
            .bind(link.as_ref().map(|link| link.root.to_string()))
            .bind(told.note.as_str())
            .bind(i64::try_from(told.previous).unwrap_or(i64::MAX))
            .bind(serde_json::to_string(&told.proof).unwrap_or_default())
            .bind(state.as_str())
            .bind(envelope.time.to_string())
            .execute(self.conn())
            .await?;
        if state != State::Consistent {
            return Ok(());
        }
        for (message, link) in waiting {
            let state = chain.judge(&link);
            if state == State::Unlinked {
                continue;
            }
            report(state, Some(link.size));
            sqlx::query(sql::CHECKPOINT_STATE)
                .bind(message)
                .bind(state.as_str())
                .execute(self.conn())
                .await?;
        }
        Ok(())
    }

    /// What was accepted so far, and what waits for one before it, by size.
    async fn chain(&mut self) -> Result<(Chain, Vec<(String, Link)>), GatewayError> {
        let rows = sqlx::query(sql::CHECKPOINTS_LINKED)
            .fetch_all(self.conn())
            .await?;
        let mut chain = Chain::default();
        let mut waiting = Vec::new();
        for row in &rows {
            let link = link(row)?;
            if row.try_get::<&str, _>("state")? == State::Consistent.as_str() {
                chain.accepted(&link);
            } else {
                waiting.push((row.try_get("message")?, link));
            }
        }
        Ok((chain, waiting))
    }
}

fn report(state: State, size: Option<u64>) {
    if state.is_finding() {
        tracing::error!(
            finding = state.as_str(),
            ?size,
            "a checkpoint of the platform's log does not fit those before it: the log may have been changed"
        );
    } else {
        tracing::info!(state = state.as_str(), ?size, "a checkpoint was kept");
    }
}

fn link(row: &AnyRow) -> Result<Link, GatewayError> {
    let broken = || GatewayError::Unreadable("checkpoint");
    let number = |name: &str| -> Result<u64, GatewayError> {
        u64::try_from(row.try_get::<i64, _>(name)?).map_err(|_| broken())
    };
    let proof: Vec<Hash> = serde_json::from_str(row.try_get("proof")?).map_err(|_| broken())?;
    Ok(Link {
        size: number("size")?,
        root: Hash::parse(row.try_get("root")?).map_err(|_| broken())?,
        previous: number("previous")?,
        proof: Consistency(proof),
    })
}
