//! The audit trail as a file with the device's signature beside it.

use data_encoding::HEXLOWER;
use exchange::table_csv::table_csv;
use record::body::Action;
use record::signed_file::sign_file;
use serde::Serialize;

use super::listing::{Names, Wanted, allowed};
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::{AuditQuery, SavedAudit};
use crate::words;

/// What stands beside the file. `docs/security.md` says how to check it.
#[derive(Serialize)]
struct Beside {
    format: &'static str,
    file: String,
    lines: usize,
    service: String,
    device: String,
    /// Ed25519, hexadecimal.
    device_key: String,
    /// Ed25519 over the file's digest, hexadecimal.
    signature: String,
    exported_by: String,
    exported_at: String,
}

/// The headings of the file, in order.
const HEADINGS: [&str; 11] = [
    "when",
    "who",
    "who id",
    "account",
    "device id",
    "action",
    "patient",
    "patient id",
    "note",
    "reason",
    "entry id",
];

/// Writes the lines a query finds into a folder a person chose, and a signature beside them.
pub fn export_audit(
    desk: &mut Desk,
    query: AuditQuery,
    folder: String,
) -> Result<SavedAudit, Refusal> {
    let wanted = Wanted::of(desk, &query)?;
    allowed(desk, wanted.patient)?;
    let store = &desk.sitting()?.opened.store;
    let rows = store.audit_rows(&wanted.filter(), 0, u32::MAX)?;
    let names = Names::of(desk)?;
    let mut table = Vec::with_capacity(rows.len());
    for row in &rows {
        let line = names.line(desk, row)?;
        table.push([
            row.at.to_string(),
            line.who,
            row.staff.to_string(),
            line.account.unwrap_or_default(),
            row.device.to_string(),
            row.action.clone(),
            line.patient_name.unwrap_or_default(),
            line.patient.unwrap_or_default(),
            line.note,
            line.reason,
            line.id,
        ]);
    }
    let file = table_csv(&HEADINGS, table.iter().map(|row| &row[..]))
        .map_err(|_| Refusal::plain("The audit could not be put into a table. Try again."))?;
    let count = words::count(rows.len(), "line", "lines");
    let said = format!("audit, {count}");
    audit::note(desk, Action::Exported, wanted.patient, &said)?;
    let path = crate::print::save(&folder, "felloe-audit.csv", &file)?;
    let signature = signed(desk, &path, &file, rows.len())?;
    let beside = crate::print::save(&folder, &format!("{}.json", name_of(&path)), &signature)?;
    Ok(SavedAudit {
        path,
        signature: beside,
        words: format!("{count} saved, with this laptop's signature beside them."),
    })
}

fn name_of(path: &str) -> String {
    let name = std::path::Path::new(path).file_name();
    name.map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn signed(desk: &Desk, path: &str, file: &[u8], lines: usize) -> Result<Vec<u8>, Refusal> {
    let opened = &desk.sitting()?.opened;
    let key = &opened.device_signing;
    let beside = Beside {
        format: "felloe-signed-file-0",
        file: name_of(path),
        lines,
        service: opened.identity.service.to_string(),
        device: opened.identity.device.to_string(),
        device_key: HEXLOWER.encode(&key.verifying_key().to_bytes()),
        signature: HEXLOWER.encode(&sign_file(file, key)),
        exported_by: opened.name.clone(),
        exported_at: desk.now().at().to_string(),
    };
    serde_json::to_vec_pretty(&beside)
        .map_err(|_| Refusal::plain("The signature could not be written. Try again."))
}
