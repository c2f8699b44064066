//! The party's own administration: what its systems told, and about whom.

use sqlx::Row;
use uuid::Uuid;

use crate::{
    error::GatewayError,
    matching::{ClientKey, Search, comparable, search},
    party::{OwnEvent, RegisteredPerson},
    rest::{Lookup, Owner},
    sql,
    work::Work,
};

impl Work<'_> {
    /// Keeps an event of the party's own vocabulary, and does at once what it makes possible.
    pub(crate) async fn keep(
        &mut self,
        id: Uuid,
        event_type: &str,
        sealed: String,
        event: OwnEvent,
    ) -> Result<(), GatewayError> {
        match event {
            OwnEvent::Person(registered) => {
                self.register(&registered).await?;
                self.share_what_waited(&registered.own_reference).await
            }
            OwnEvent::About(clients) => {
                self.know(id, event_type, sealed, false).await?;
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
                self.know(id, event_type, sealed, true).await?;
                self.release_after_learning(id, true).await
            }
        }
    }

    async fn know(
        &mut self,
        id: Uuid,
        event_type: &str,
        sealed: String,
        general: bool,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::KNOWN_ADD)
            .bind(id.to_string())
            .bind(event_type)
            .bind(sealed)
            .bind(i64::from(general))
            .execute(self.conn())
            .await?;
        Ok(())
    }

    async fn register(&mut self, registered: &RegisteredPerson) -> Result<(), GatewayError> {
        let person = serde_json::to_string(&registered.person)
            .map_err(|_| GatewayError::Unreadable("person"))?;
        let owner = Owner::Reference(&registered.own_reference);
        let sealed = self.core.seal(&owner, &person).await?;
        sqlx::query(sql::REGISTER_PUT)
            .bind(registered.own_reference.as_str())
            .bind(registered.person.person_key.as_str())
            .bind(sealed)
            .execute(self.conn())
            .await?;
        // Whoever is in a case of one's own is a client too, and can be recognised in another's.
        self.client(&ClientKey::from(&registered.person)).await?;
        Ok(())
    }

    /// The client with this key, made when there is none. Own systems are trusted with numbers.
    async fn client(&mut self, key: &ClientKey) -> Result<String, GatewayError> {
        let rest = &self.core.rest;
        let born = key.birth_date.map(|date| date.to_string());
        let birth_date = born.map(|born| rest.digest(Lookup::BirthDate, &born));
        let name = key.name.as_deref().map(comparable);
        let name = name.map(|name| rest.digest(Lookup::Name, &name));
        if let Some(client) = self.find(&search(key, true)).await? {
            sqlx::query(sql::CLIENT_COMPLETE)
                .bind(client.as_str())
                .bind(name)
                .bind(birth_date)
                .execute(self.conn())
                .await?;
            return Ok(client);
        }
        let client = self.new_id().to_string();
        let number = key.bsn.as_ref();
        let number = number.map(|bsn| self.core.rest.digest(Lookup::Bsn, bsn.expose()));
        sqlx::query(sql::CLIENT_ADD)
            .bind(client.as_str())
            .bind(number)
            .bind(name)
            .bind(birth_date)
            .execute(self.conn())
            .await?;
        Ok(client)
    }

    /// The one client that is found; two of the same name and birth date are nobody.
    pub(crate) async fn find(&mut self, search: &Search) -> Result<Option<String>, GatewayError> {
        let rest = &self.core.rest;
        let query = match search {
            Search::Nothing => return Ok(None),
            Search::Number(bsn) => {
                sqlx::query(sql::CLIENT_BY_BSN).bind(rest.digest(Lookup::Bsn, bsn.expose()))
            }
            Search::NameAndBirth(name, born) => sqlx::query(sql::CLIENT_BY_NAME)
                .bind(rest.digest(Lookup::Name, name))
                .bind(rest.digest(Lookup::BirthDate, &born.to_string())),
        };
        match query.fetch_all(self.conn()).await?.as_slice() {
            [one] => Ok(Some(one.try_get("client")?)),
            _ => Ok(None),
        }
    }
}
