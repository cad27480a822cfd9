//! Stores of older versions are opened, migrated and joined; stores of newer ones and foreign files are refused.

use std::path::{Path, PathBuf};

use selon_store::{Filter, Kind, Store, StoreError};

/// A copy of a file that may be written.
fn copy(name: &str, test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("selon-older-{}-{test}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("store.db");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/older").join(name), &path).unwrap();
    path
}

#[test]
fn version_1_is_migrated_and_joined() {
    let path = copy("1.db", "migrated");
    assert!(matches!(Store::open_read_only(&path), Err(StoreError::Asked(_))), "reading only cannot migrate");
    let mut store = Store::open(&path).unwrap();
    let events = store.count(Kind::Event, &Filter::default()).unwrap();
    assert!(events > 10 && store.count(Kind::Incident, &Filter::default()).unwrap() == 0);
    assert_eq!(store.join().unwrap().articles, 3);
    assert!(store.count(Kind::Incident, &Filter::default()).unwrap() > 0);
    assert_eq!(store.count(Kind::Event, &Filter::default()).unwrap(), events);
    assert!(store.count(Kind::Event, &Filter { text: Some("kramatorsk".into()), ..Filter::default() }).unwrap() > 0);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
    drop(store);
    Store::open_read_only(&path).unwrap();
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn newer_and_foreign_files_are_refused() {
    let path = copy("1.db", "refused");
    // The version stands at byte 60 of the header (SQLite, "Database File Format", 1.3).
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found: 99, .. })));
    std::fs::write(&path, "no database, a text that is longer than the header of one: ".repeat(20)).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Foreign(_))));
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn a_backup_is_the_store() {
    let path = copy("1.db", "backup");
    let mut store = Store::open(&path).unwrap();
    store.join().unwrap();
    let to = path.with_file_name("backup.db");
    store.backup(&to).unwrap();
    let other = Store::open(&to).unwrap();
    assert_eq!(other.check().unwrap(), store.check().unwrap());
    assert_eq!(other.incidents(&Filter::default()).unwrap(), store.incidents(&Filter::default()).unwrap());
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}
