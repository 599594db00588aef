use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Store, StoreError};

impl Store {
    /// A local setting, if it was ever put. Settings are never sent.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let json: Option<String> = self
            .connection
            .prepare_cached("SELECT json FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        json.map(|json| serde_json::from_str(&json).map_err(|_| StoreError::Malformed("setting")))
            .transpose()
    }

    /// Keeps a local setting in place of an older one.
    pub fn put_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let json = serde_json::to_string(value).map_err(|_| StoreError::Malformed("setting"))?;
        let kept = self
            .connection
            .prepare_cached(
                "INSERT INTO setting (name, json) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET json = excluded.json",
            )?
            .execute(params![name, json]);
        self.told(kept).map(drop)
    }
}
