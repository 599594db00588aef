//! Referrals, typed and from a file.

use std::fs;

use crate::window::Window;

/// The invented patient of the live journeys.
pub const FAMILY: &str = "Zielińska-Quill";
pub const GIVEN: &str = "Bronisława";
pub const BORN: &str = "17-Sep-1979";
pub const NUMBER: &str = "9990417261";
pub const NUMBER_SHOWN: &str = "999\u{a0}041\u{a0}7261";
pub const ADDRESS: &str = "4 Gannet Steps, Ilkley";

/// Types the referral letter of the journeys' patient and saves it.
pub async fn take_referral(window: &Window<'_>) {
    window.press("Alt+2").await;
    window.find("heading", "New referral").await;
    refuse_then_accept_number(window).await;
    for (label, text) in [
        ("Family name", FAMILY),
        ("Given names", GIVEN),
        ("Title", "Ms"),
        ("Date of birth", BORN),
        ("Telephone", "01632 960177"),
        ("Address", ADDRESS),
        ("Communication and access needs", "Polish interpreter"),
        ("Who refers", "Dr H. Lomax"),
        ("GP practice", "Moorside Surgery"),
        (
            "Reason for referral",
            "Back pain for three years after a lifting accident.",
        ),
        (
            "The letter",
            "Dear colleagues, thank you for seeing this dyer.",
        ),
    ] {
        window.key_in(label, text).await;
    }
    window.pick("Gender, as they say it", "Female").await;
    window.pick("Urgency the referrer asks for", "Soon").await;
    window.click("button", "Save referral").await;
    window
        .wait_for_words("referral-saved", "A new patient record was made.")
        .await;
}

/// The number is checked at each key: a wrong one is refused with a sentence, a right one is not.
async fn refuse_then_accept_number(window: &Window<'_>) {
    let field = window.labelled("NHS number").await;
    field.click().await.unwrap();
    window.type_text("999 041").await;
    window.wait_for_words("nhs-check", "6 of 10 digits.").await;
    window.type_text(" 7262").await;
    window.wait_for_words("nhs-check", "check").await;
    let said = window.words_of("nhs-check").await;
    assert!(
        said.starts_with('✕') && said.ends_with('.'),
        "a sentence: {said}"
    );
    window.press("Backspace").await;
    window.type_text("1").await;
    window
        .wait_for_words("nhs-check", "The check digit is right.")
        .await;
}

/// The same person a second time is offered, and nothing happens until somebody says who it is.
pub async fn offer_known_person(window: &Window<'_>) {
    window.click("button", "Another referral").await;
    window.key_in("NHS number", NUMBER).await;
    window.wait_for_words("known", "same NHS number").await;
    window
        .check_accessibility("referral with a known person")
        .await;
    window.key_in("Family name", FAMILY).await;
    window.key_in("Date of birth", BORN).await;
    window.key_in("Who refers", "Physiotherapy").await;
    window
        .key_in("Reason for referral", "The same pain, from another door.")
        .await;
    window.click("button", "Save referral").await;
    window
        .wait_for_text("Felloe never decides this by itself.")
        .await;
    window.click("radio", "Same person").await;
    window.click("button", "Save referral").await;
    let kept = "It was added to the record of the person you chose.";
    window.wait_for_words("referral-saved", kept).await;
}

/// A file with two good rows, three bad ones, and one of somebody who is known already.
const FILE: &str = "\
NHS number,Family name,Given name,Date of birth,Referrer,Date received,Reason
9993182052,Thistlewood,Ivo,02-Mar-1961,Dr Lomax,10-Nov-2026,Shoulder pain for a year
,Okonjo,Blessing,1984-07-30,Dr Ellery,2026-11-11,Pain after surgery
9997701420,Marlowe,Kit,11-Jan-1970,Dr Ellery,12-Nov-2026,Number with a wrong check digit
,Penhallow,,31-Feb-1970,Dr Ellery,12-Nov-2026,A day that does not exist
,,Nobody,01-Jan-1970,Dr Ellery,12-Nov-2026,No family name
9990417261,Zielińska-Quill,Bronisława,17-Sep-1979,Dr Lomax,12-Nov-2026,Known here already
";

/// Takes a file of referrals: good rows go in, bad rows are named, known people stay out.
pub async fn import_file(window: &Window<'_>) {
    window.press("Alt+2").await;
    window.click("button", "Import a CSV file").await;
    window.find("heading", "Referrals from a CSV file").await;
    let file = window.machine().stick().join("referrals.csv");
    fs::write(&file, FILE).unwrap();
    let chooser = window.labelled("Choose a file").await;
    chooser.send_keys(file.to_str().unwrap()).await.unwrap();
    window.wait_for_words("csv-bad", "Line").await;
    let bad = window.words_of("csv-bad").await;
    for (line, field) in [
        ("4", "NHS number"),
        ("5", "Date of birth"),
        ("6", "Family name"),
    ] {
        let named = bad
            .lines()
            .any(|row| row.starts_with(line) && row.contains(field));
        assert!(named, "line {line} is named with its field: {bad}");
    }
    window.wait_for_words("csv-good", "same NHS number").await;
    window.check_accessibility("CSV import").await;
    window.click("button", "Import 2 good rows").await;
    window
        .wait_for_words("csv-sum", "2 referrals imported.")
        .await;
    window.click("button", "Go to the worklist").await;
    window.find("heading", "Worklist").await;
    window.wait_for_text("THISTLEWOOD").await;
    window.wait_for_text("OKONJO").await;
    let text = window.text().await;
    assert!(
        !text.contains("MARLOWE") && !text.contains("PENHALLOW"),
        "bad rows stay out whole"
    );
    assert_eq!(
        text.matches(&FAMILY.to_uppercase()).count(),
        1,
        "nobody is there twice"
    );
}

/// Finds a patient with Ctrl+K by a part of what is known, and opens the record.
pub async fn find_by(window: &Window<'_>, part: &str, family: &str) {
    window.press("Control+k").await;
    window
        .find("combobox", "Patient, screen, action or \"what is ...\"")
        .await;
    window.type_text(part).await;
    window
        .until(&format!("'{part}' finds {family}"), async || {
            let found = window.names("option").await;
            found.first()?.contains(family).then_some(())
        })
        .await;
    window.press("Enter").await;
    window.wait_for_css("[data-testid='list-timeline']").await;
}
