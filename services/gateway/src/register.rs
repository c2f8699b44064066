//! The party's own administration: what its systems told, and about whom.

use jiff::civil::Date;
use serde_json::Value;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::{
    error::GatewayError,
    matching::{ClientKey, Search, comparable, search},
    party::{OwnEvent, RegisteredPerson},
    sql,
    work::Work,
};

impl Work<'_> {
    /// Keeps an event of the party's own vocabulary, and does at once what it makes possible.
    pub(crate) async fn keep(
        &mut self,
        id: Uuid,
        event_type: &str,
        data: &Value,
        event: OwnEvent,
    ) -> Result<(), GatewayError> {
        match event {
            OwnEvent::Person(registered) => {
                self.register(&registered).await?;
                self.share_what_waited(&registered.own_reference).await
            }
            OwnEvent::About(clients) => {
                self.know(id, event_type, data, false).await?;
                for key in clients {
                    let client = self.client(&key).await?;
                    sqlx::query(sql::KNOWN_ABOUT)
                        .bind(id.to_string())
                        .bind(client)
                        .execute(self.conn())
                        .await?;
                }
                self.release_after_learning(id, false).await
            }
            OwnEvent::General => {
                self.know(id, event_type, data, true).await?;
                self.release_after_learning(id, true).await
            }
        }
    }

    async fn know(
        &mut self,
        id: Uuid,
        event_type: &str,
        data: &Value,
        general: bool,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::KNOWN_ADD)
            .bind(id.to_string())
            .bind(event_type)
            .bind(data.to_string())
            .bind(i64::from(general))
            .execute(self.conn())
            .await?;
        Ok(())
    }

    async fn register(&mut self, registered: &RegisteredPerson) -> Result<(), GatewayError> {
        let person = serde_json::to_string(&registered.person)
            .map_err(|_| GatewayError::Unreadable("person"))?;
        sqlx::query(sql::REGISTER_PUT)
            .bind(registered.own_reference.as_str())
            .bind(registered.person.person_key.as_str())
            .bind(person)
            .execute(self.conn())
            .await?;
        // Whoever is in a case of one's own is a client too, and can be recognised in another's.
        self.client(&ClientKey::from(&registered.person)).await?;
        Ok(())
    }

    /// The client with this key, made when there is none. Own systems are trusted with numbers.
    async fn client(&mut self, key: &ClientKey) -> Result<String, GatewayError> {
        let birth_date = key.birth_date.map(|date| date.to_string());
        let name = key.name.as_deref().map(comparable);
        if let Some(client) = find(self.conn(), &search(key, true)).await? {
            sqlx::query(sql::CLIENT_COMPLETE)
                .bind(client.as_str())
                .bind(name)
                .bind(birth_date)
                .execute(self.conn())
                .await?;
            return Ok(client);
        }
        let client = self.new_id().to_string();
        sqlx::query(sql::CLIENT_ADD)
            .bind(client.as_str())
            .bind(key.bsn.as_ref().map(|bsn| bsn.expose().to_owned()))
            .bind(name)
            .bind(birth_date)
            .execute(self.conn())
            .await?;
        Ok(client)
    }
}

/// The one client that is found; two of the same name and birth date are nobody.
pub(crate) async fn find(
    conn: &mut AnyConnection,
    search: &Search,
) -> Result<Option<String>, GatewayError> {
    let rows = match search {
        Search::Nothing => return Ok(None),
        Search::Number(bsn) => {
            sqlx::query(sql::CLIENT_BY_BSN)
                .bind(bsn.expose().to_owned())
                .fetch_all(conn)
                .await?
        }
        Search::NameAndBirth(name, born) => {
            let born: &Date = born;
            sqlx::query(sql::CLIENT_BY_NAME)
                .bind(name.clone())
                .bind(born.to_string())
                .fetch_all(conn)
                .await?
        }
    };
    match rows.as_slice() {
        [one] => Ok(Some(one.try_get("client")?)),
        _ => Ok(None),
    }
}
