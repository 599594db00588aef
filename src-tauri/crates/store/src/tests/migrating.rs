use std::fs;
use std::path::PathBuf;

use rusqlite::{Connection, OpenFlags};

use super::backing_up::write;
use super::laptop::{Laptop, PASSPHRASE, own_key};
use crate::*;
use record::id::StaffId;

/// A laptop with forty envelopes whose tables are of the first version, with its number of tables.
pub(super) fn first_version() -> (Laptop, StaffId, usize) {
    let laptop = Laptop::new();
    let (mut opened, _) = laptop.set_up();
    for number in 0..40 {
        write(&laptop, &mut opened, &format!("Wisniewska {number}"));
    }
    let (staff, key) = (opened.staff, opened.data_key.clone());
    drop(opened);
    let old = laptop.dir.path().join("old.db");
    let made = crate::database::connect(&old, &key, OpenFlags::default()).unwrap();
    made.execute_batch(include_str!("../schema/0001.sql"))
        .unwrap();
    made.execute(
        "ATTACH DATABASE ?1 AS now KEY ?2",
        [
            laptop.place().database().to_str().unwrap(),
            key.text().as_str(),
        ],
    )
    .unwrap();
    for (table, now) in [
        ("installation", "installation"),
        ("envelope", "envelope"),
        ("stream", "tip"),
        ("content_key", "content_key"),
    ] {
        let columns: String = made
            .query_row(
                "SELECT group_concat(name) FROM pragma_table_info(?1, 'main')",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        made.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{now}"
        ))
        .unwrap();
    }
    made.execute_batch("DETACH now; PRAGMA user_version = 1")
        .unwrap();
    let tables = objects(&made).len();
    made.close().unwrap();
    fs::rename(old, laptop.place().database()).unwrap();
    (laptop, staff, tables)
}

fn objects(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn before(laptop: &Laptop) -> PathBuf {
    laptop
        .place()
        .dir()
        .join(format!("felloe.before-v{}", crate::TABLES))
}

#[test]
fn an_older_file_is_copied_beside_itself_and_brought_up_to_date_with_everything_in_it() {
    let (laptop, staff, old) = first_version();
    assert!(!before(&laptop).exists());
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(opened.store.tables().unwrap(), crate::TABLES);
    let report = opened.store.chain_check(&own_key(&opened)).unwrap();
    assert_eq!((report.envelopes, report.faults.len()), (40, 0));
    assert!(objects(&opened.store.connection).len() > old);
    // The copy opens with the same key and is of the version before.
    let copy = crate::database::connect(
        &before(&laptop),
        &opened.data_key,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )
    .unwrap();
    assert_eq!(objects(&copy).len(), old);
    let kept: i64 = copy
        .query_row("SELECT count(*) FROM envelope", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 40);
}

#[test]
fn the_copy_from_before_goes_after_ten_more_openings() {
    let (laptop, staff, _) = first_version();
    for opening in 0..11 {
        drop(laptop.unlock(staff, PASSPHRASE).unwrap());
        assert_eq!(before(&laptop).exists(), opening < 10, "opening {opening}");
    }
    assert!(laptop.unlock(staff, PASSPHRASE).is_ok());
}

#[test]
fn a_migration_cut_short_goes_on_and_keeps_the_copy_from_before_it_began() {
    let (laptop, staff, old) = first_version();
    drop(laptop.unlock(staff, PASSPHRASE).unwrap());
    let first = fs::read(before(&laptop)).unwrap();
    // As if the power had gone after the first of the versions: their transactions are apart.
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    opened
        .store
        .connection
        .set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
        .unwrap();
    opened
        .store
        .connection
        .execute_batch(
            "DROP TABLE audit_row; DROP TABLE fork; DROP TABLE ahead; DROP TABLE acknowledged;
             DROP TABLE delivered; DROP TABLE delivered_early; DROP TABLE closed; DROP TABLE heard;
             DROP TABLE unproven; DROP TABLE row_owed; ALTER TABLE content_key DROP COLUMN reading_only;
             DROP TABLE blob_there; DROP TABLE blob_piece; DROP TABLE blob;
             ALTER TABLE tip RENAME TO stream",
        )
        .unwrap();
    opened
        .store
        .connection
        .pragma_update(None, "user_version", 9)
        .unwrap();
    drop(opened);
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(opened.store.tables().unwrap(), crate::TABLES);
    assert!(objects(&opened.store.connection).len() > old);
    assert_eq!(fs::read(before(&laptop)).unwrap(), first);
}

#[test]
fn what_an_interrupted_copy_left_does_not_stand_in_the_way() {
    let (laptop, staff, _) = first_version();
    let left = laptop.place().dir().join("felloe.before.tmp");
    fs::write(&left, b"half a copy").unwrap();
    drop(laptop.unlock(staff, PASSPHRASE).unwrap());
    assert!(!left.exists() && before(&laptop).exists());
}

#[test]
fn without_room_for_the_copy_the_file_is_left_as_it_is() {
    let (laptop, staff, _) = first_version();
    // A folder in the way stands for a disk that does not take the copy.
    fs::create_dir_all(laptop.place().dir().join("felloe.before.tmp/x")).unwrap();
    assert!(laptop.unlock(staff, PASSPHRASE).is_err());
    fs::remove_dir_all(laptop.place().dir().join("felloe.before.tmp")).unwrap();
    let opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    assert_eq!(opened.store.patients().unwrap().len(), 40);
}

#[test]
fn a_key_file_of_a_newer_felloe_is_refused_politely() {
    let (laptop, staff, _) = Laptop::ready();
    let text = fs::read_to_string(laptop.place().keys()).unwrap();
    fs::write(
        laptop.place().keys(),
        text.replacen("\"version\": ", "\"version\": 9", 1),
    )
    .unwrap();
    let refused = laptop.unlock(staff, PASSPHRASE).unwrap_err();
    assert!(matches!(
        refused,
        UnlockError::Store(StoreError::Newer { .. })
    ));
    assert!(refused.to_string().contains("Update Felloe"));
}
