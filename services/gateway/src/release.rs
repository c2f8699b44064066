//! Held facts leave here, and nowhere else: after a match, and only as the secrecy rule allows.

use jiff::tz::TimeZone;
use proto::{ActedBy, Pseudonym, event::FactReported};
use serde_json::Value;
use sqlx::Row;
use uuid::Uuid;

use crate::{
    error::GatewayError,
    outbox::pseudonym,
    party::{Disclosure, Known},
    sql,
    work::Work,
};

impl Work<'_> {
    /// After something was learned: releases what may now leave, in every case it is about.
    pub(crate) async fn release_after_learning(
        &mut self,
        learned: Uuid,
        general: bool,
    ) -> Result<(), GatewayError> {
        let query = if general {
            sqlx::query(sql::MATCHED_CASES_ALL)
        } else {
            sqlx::query(sql::MATCHED_CASES).bind(learned.to_string())
        };
        for row in query.fetch_all(self.conn()).await? {
            self.release_for(&pseudonym(&row)?).await?;
        }
        Ok(())
    }

    /// Releases what may leave in one case. Does nothing without a match, after the case was
    /// closed, or after this party's access ended.
    pub(crate) async fn release_for(&mut self, case: &Pseudonym) -> Result<(), GatewayError> {
        let Some(acted_by) = self.who_took_it_on(case).await? else {
            return Ok(());
        };
        let known = self.known_in(case).await?;
        for disclosure in self.core.party.may_leave(&known, self.now) {
            if self.first_time(case, &disclosure).await? {
                let fact = self.fact(&acted_by, disclosure);
                let outgoing = self.outgoing(fact);
                self.send(outgoing, Some(case)).await?;
            }
        }
        Ok(())
    }

    fn fact(&self, acted_by: &ActedBy, disclosure: Disclosure) -> FactReported {
        FactReported {
            acted_by: acted_by.clone(),
            category: disclosure.category,
            law: disclosure.law,
            rule: disclosure.rule,
            summary: disclosure.summary.into(),
            since: disclosure
                .since
                .unwrap_or_else(|| self.now.to_zoned(TimeZone::UTC).date()),
            legal_basis: disclosure.legal_basis,
        }
    }

    /// Who in this party accepted the case; `None` while nobody is recognised in it, or when it is
    /// no longer this party's to speak in.
    async fn who_took_it_on(&mut self, case: &Pseudonym) -> Result<Option<ActedBy>, GatewayError> {
        let row = sqlx::query(sql::IDENTITY_ACTOR)
            .bind(case.as_str())
            .fetch_optional(self.conn())
            .await?;
        row.map(|row| {
            serde_json::from_str(row.try_get("acted_by")?)
                .map_err(|_| GatewayError::Unreadable("actor"))
        })
        .transpose()
    }

    async fn known_in(&mut self, case: &Pseudonym) -> Result<Vec<Known>, GatewayError> {
        let rows = sqlx::query(sql::KNOWN_OF_CASE)
            .bind(case.as_str())
            .fetch_all(self.conn())
            .await?;
        let broken = || GatewayError::Unreadable("held fact");
        let sealed: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get("data")).collect();
        let opened = self.core.unseal_all(sealed?).await?;
        rows.iter()
            .zip(opened)
            .map(|(row, data)| {
                let data: Value = serde_json::from_str(&data).map_err(|_| broken())?;
                Ok(Known {
                    id: row
                        .try_get::<&str, _>("id")?
                        .parse()
                        .map_err(|_| broken())?,
                    event_type: row.try_get("event_type")?,
                    data,
                })
            })
            .collect()
    }

    /// Whether this has not left before in this case; notes that it does now.
    async fn first_time(
        &mut self,
        case: &Pseudonym,
        disclosure: &Disclosure,
    ) -> Result<bool, GatewayError> {
        let added = sqlx::query(sql::RELEASED_ADD)
            .bind(case.as_str())
            .bind(disclosure.from.to_string())
            .bind(disclosure.category.as_str())
            .execute(self.conn())
            .await?;
        Ok(added.rows_affected() == 1)
    }
}
