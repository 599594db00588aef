//! Backups of a hub server, and putting one back.

use std::fs;
use std::path::Path;

use crate::care::{ENVIRONMENT, INPUT, code, device, held, push, write};
use crate::postgres::Postgres;
use crate::running::{Installed, answered, felloe_hub};
use crate::service::Service;

fn service() -> Service {
    Service::new("backups")
}

#[tokio::test]
async fn a_backup_is_made_while_it_serves_and_put_back_under_the_same_pin() {
    let service = service();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let before = write(&mut device, &service, 150);
    push(&hub, &device, &before).await;
    let backup = installed.folder.path().join("backup");
    let made = answered(&felloe_hub(
        &installed.at(),
        &["backup", backup.to_str().unwrap()],
    ));
    assert_eq!(made["envelopes"], 150);
    let after = write(&mut device, &service, 30);
    push(&hub, &device, &after).await;
    hub.kill();
    fs::remove_dir_all(installed.at()).unwrap();
    answered(&felloe_hub(
        &installed.at(),
        &["restore", backup.to_str().unwrap()],
    ));
    assert_eq!(held(&installed.at(), None, &before), before);
    // What came after the backup is taken from the laptop again, and follows.
    let hub = installed.serve();
    assert_eq!(
        push(&hub, &device, &[before.clone(), after.clone()].concat()).await,
        30
    );
    assert_eq!(
        answered(&felloe_hub(&installed.at(), &["status"]))["ahead"],
        0
    );
    assert_eq!(held(&installed.at(), None, &after), after);
}

#[tokio::test]
async fn a_hub_server_moves_from_sqlite_to_postgresql_and_back_by_its_backups() {
    let service = service();
    let postgres = Postgres::start();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let first = write(&mut device, &service, 70);
    push(&hub, &device, &first).await;
    hub.kill();
    let backup = installed.folder.path().join("backup");
    let backup = backup.to_str().unwrap();
    answered(&felloe_hub(&installed.at(), &["backup", backup]));
    fs::remove_dir_all(installed.at()).unwrap();
    let address = postgres.address();
    answered(&felloe_hub(
        &installed.at(),
        &["--store", &address, "restore", backup],
    ));
    assert_eq!(held(&installed.at(), Some(&address), &first), first);
    // It goes on there: new streams, certificates and envelopes find their numbers.
    let hub = installed.serve();
    let second = write(&mut device, &service, 20);
    assert_eq!(push(&hub, &device, &second).await, 20);
    let mut other = service.device("other", &[service.site(1)]);
    let third = write(&mut other, &service, 5);
    assert_eq!(push(&hub, &other, &third).await, 5);
    hub.kill();
    let back = installed.folder.path().join("back");
    let back = back.to_str().unwrap();
    answered(&felloe_hub(&installed.at(), &["backup", back]));
    let again = installed.folder.path().join("again");
    answered(&felloe_hub(&again, &["--store", "sqlite", "restore", back]));
    let all = [first, second, third].concat();
    assert_eq!(held(&again, None, &all), all);
}

/// Makes of a backup one that a hub server made whose tables were at that version.
fn age(backup: &Path, version: u32) {
    let file = backup.join("shelf.db");
    let shelf = rusqlite::Connection::open(&file).unwrap();
    for (since, tables) in [
        (3, "DROP TABLE blob_piece; DROP TABLE blob"),
        (2, "DROP TABLE deposit"),
    ] {
        if version < since {
            shelf.execute_batch(tables).unwrap();
        }
    }
    let set = "UPDATE about SET value = ?1 WHERE name = 'tables'";
    shelf
        .execute(set, [version.to_string().into_bytes()])
        .unwrap();
    drop(shelf);
    let manifest = backup.join("manifest.json");
    let mut told: serde_json::Value =
        serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let hash = blake3::hash(&fs::read(&file).unwrap()).to_hex();
    told["hashes"]["shelf.db"] = hash.as_str().into();
    fs::write(&manifest, serde_json::to_vec(&told).unwrap()).unwrap();
}

/// The version of the tables in the database of a folder.
fn tables(at: &Path) -> Vec<u8> {
    let shelf = rusqlite::Connection::open(at.join("hub.db")).unwrap();
    let sql = "SELECT value FROM about WHERE name = 'tables'";
    shelf.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn folders_in(at: &Path) -> usize {
    let all = fs::read_dir(at).unwrap();
    all.filter(|one| one.as_ref().unwrap().path().is_dir())
        .count()
}

#[tokio::test]
async fn a_backup_of_an_older_hub_server_is_put_back_and_brought_up_to_date() {
    let service = service();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let written = write(&mut device, &service, 80);
    push(&hub, &device, &written).await;
    hub.kill();
    let today = tables(&installed.at());
    for version in [2, 1] {
        let backup = installed.folder.path().join(format!("of {version}"));
        let name = backup.to_str().unwrap();
        answered(&felloe_hub(&installed.at(), &["backup", name]));
        age(&backup, version);
        let before = fs::read(backup.join("shelf.db")).unwrap();
        fs::remove_dir_all(installed.at()).unwrap();
        answered(&felloe_hub(&installed.at(), &["restore", name]));
        assert_eq!(held(&installed.at(), None, &written), written);
        assert_eq!(tables(&installed.at()), today);
        assert_eq!(folders_in(&installed.at()), 0, "no copy is left");
        assert_eq!(fs::read(backup.join("shelf.db")).unwrap(), before);
        // It serves, with the tables that were not there.
        let hub = installed.serve();
        let more = write(&mut device, &service, 1);
        assert_eq!(push(&hub, &device, &more).await, 1);
        hub.kill();
    }
}

#[test]
fn a_backup_of_a_newer_hub_server_is_refused_in_words_and_leaves_no_copy() {
    let installed = Installed::new(&service(), None);
    let backup = installed.folder.path().join("backup");
    let name = backup.to_str().unwrap();
    answered(&felloe_hub(&installed.at(), &["backup", name]));
    age(&backup, 99);
    let at = installed.folder.path().join("elsewhere");
    let refused = felloe_hub(&at, &["restore", name]);
    assert_eq!(refused.status.code(), Some(ENVIRONMENT));
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(words.contains("newer version"), "{words}");
    assert_eq!(folders_in(&at), 0);
    // Nothing that keeps a right one from being put back there.
    let right = installed.folder.path().join("right");
    let right = right.to_str().unwrap();
    answered(&felloe_hub(&installed.at(), &["backup", right]));
    answered(&felloe_hub(&at, &["restore", right]));
}

#[tokio::test]
async fn a_backup_of_which_a_byte_was_changed_is_refused_by_the_name_of_the_file() {
    let service = service();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let written = write(&mut device, &service, 3);
    push(&hub, &device, &written).await;
    let backup = installed.folder.path().join("backup");
    answered(&felloe_hub(
        &installed.at(),
        &["backup", backup.to_str().unwrap()],
    ));
    for name in ["shelf.db", "server.key", "server.crt", "hub.toml"] {
        let file = backup.join(name);
        let whole = fs::read(&file).unwrap();
        let mut changed = whole.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(&file, changed).unwrap();
        let at = installed.folder.path().join("elsewhere");
        let refused = felloe_hub(&at, &["restore", backup.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(ENVIRONMENT));
        assert!(
            String::from_utf8_lossy(&refused.stderr).contains(name),
            "{name}"
        );
        assert!(!at.exists(), "nothing was begun");
        fs::write(&file, whole).unwrap();
    }
}

#[tokio::test]
async fn a_backup_is_never_mixed_into_what_is_there() {
    let service = service();
    let installed = Installed::new(&service, None);
    let mut device = device(&service);
    let hub = installed.serve();
    let written = write(&mut device, &service, 3);
    push(&hub, &device, &written).await;
    hub.kill();
    let backup = installed.folder.path().join("backup");
    let restore = ["restore", backup.to_str().unwrap()];
    answered(&felloe_hub(
        &installed.at(),
        &["backup", backup.to_str().unwrap()],
    ));
    assert_eq!(code(&installed.at(), &restore), INPUT);
    assert_eq!(
        code(&installed.at(), &["backup", backup.to_str().unwrap()]),
        INPUT
    );
    // Nor into a database that is there while the folder is gone.
    fs::remove_file(installed.at().join("hub.toml")).unwrap();
    assert_eq!(code(&installed.at(), &restore), INPUT);
}
