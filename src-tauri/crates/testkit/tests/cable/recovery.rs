//! The recovery drill: every laptop of a service is lost. What is left is a hub server that reads
//! nothing, the printed sheet, and a laptop out of its box.

use std::path::Path;

use clinic::view::{
    BlankForm, Fault, FoundService, LaptopEndForm, RecoverySheetView, SheetForm, Status,
};
use clinic::{Desk, Refusal, audit, decide, door, enrol, keys, line, patient};
use testkit::{HubServer, Laptop, PASSPHRASE};

use crate::laptops::{Clinic, Shared, Sheet, confirm};
use crate::{decide_as, has, is_done, refer, start};

/// Another one than everybody's, so that it is seen to be theirs from now on.
const NEW_PASSPHRASE: &str = "lantern quarry moss violin";

fn typed(sheet: &Sheet, server: &HubServer) -> SheetForm {
    SheetForm {
        code: sheet.code.clone(),
        words: sheet.words.clone(),
        address: server.address(),
        pin: server.pin().to_owned(),
    }
}

fn blank(folder: &Path, name: &str, seed: u64) -> Desk {
    let at = folder.join(name);
    std::fs::create_dir_all(&at).unwrap();
    let (desk, _) = Laptop::at(&at).unwrap().desk(seed).unwrap();
    desk
}

fn look(desk: &mut Desk, form: SheetForm) -> Result<FoundService, Refusal> {
    door::look_for_service(desk, form)
}

fn recover(
    desk: &mut Desk,
    form: SheetForm,
    found: &FoundService,
) -> Result<RecoverySheetView, Refusal> {
    let form = BlankForm {
        sheet: form,
        staff: found.staff[0].value.clone(),
        passphrase: NEW_PASSPHRASE.into(),
        passphrase_again: NEW_PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    };
    door::recover_service(desk, form)
}

/// Under which field it is refused, and how.
fn refused<T>(asked: Result<T, Refusal>) -> (String, String) {
    let Err(refusal) = asked else {
        panic!("not refused");
    };
    let fault = Fault::from(refusal);
    match fault.fields.first() {
        Some(field) => (field.field.clone(), field.message.clone()),
        None => (String::new(), fault.message),
    }
}

/// The hub's laptop has left what its sheet opens, and both laptops and the hub server hold the same.
fn until_left(clinic: &Clinic) {
    clinic.hub.until("left for the sheet", is_left);
    clinic.hub.until_up_to_date();
    clinic.spoke.until_up_to_date();
}

fn is_left(desk: &mut Desk) -> bool {
    let here = keys::keys_here(desk).unwrap();
    here.sheet.contains("was left there on")
}

/// The laptops are gone, with their disks and keyrings.
fn lose(clinic: &Clinic, folder: &Path) {
    for laptop in [&clinic.hub, &clinic.spoke] {
        laptop.does(|desk| door::seal(desk).unwrap());
    }
    for name in ["a", "b"] {
        std::fs::remove_dir_all(folder.join(name)).unwrap();
    }
}

#[test]
fn a_lost_service_is_recovered_from_a_blind_hub_server_the_sheet_and_a_blank_laptop() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Clinic::open(folder.path());
    let patient = clinic.spoke.does(|desk| refer(desk, "Ndlovu"));
    let assessment = clinic.spoke.does(|desk| start(desk, &patient));
    clinic
        .spoke
        .does(|desk| testkit::victim::finish(desk, &assessment).unwrap());
    let finished = |desk: &mut Desk| {
        let shown = decide::triage_result(desk, assessment.clone());
        shown.is_ok_and(|it| {
            it.sign_as_proposed.why_not.as_deref() != Some("The assessment is not finished.")
        })
    };
    clinic.hub.until("it is finished at the hub", finished);
    clinic
        .hub
        .does(|desk| decide_as(desk, &assessment, "same-day"));
    clinic
        .spoke
        .until("decided", |desk| is_done(desk, &patient, "Decided"));
    until_left(&clinic);
    lose(&clinic, folder.path());

    let mut desk = blank(folder.path(), "c", 3);
    let form = typed(&clinic.sheet, &clinic.server);
    let found = look(&mut desk, form.clone()).unwrap();
    assert_eq!(
        (found.service.as_str(), found.site.as_str(), found.sites),
        ("Fernbank Pain Service", "Fernbank Hub", 2)
    );
    assert_eq!(found.staff[0].label, "Ama Osei, Consultant");
    assert_eq!(found.put_back, None);
    assert!(matches!(
        door::status(&mut desk).unwrap(),
        Status::FirstRun(_)
    ));
    let sheet = recover(&mut desk, form.clone(), &found).unwrap();
    let again = Shared::new(desk);
    again.until_up_to_date();
    // All that anybody wrote opens: the spoke's case, and what the hub decided on it.
    again.lend_now(|desk| {
        assert!(has(desk, "NDLOVU"));
        assert!(is_done(desk, &patient, "Decided"));
        let shown = patient::open_patient(desk, patient.clone()).unwrap();
        assert_eq!(shown.banner.family, "NDLOVU");
        let check = audit::check_record(desk).unwrap();
        assert!(check.sound, "{:?}", check.words);
    });
    // Until the new sheet is on paper, the old one still finds what was left for it.
    let mut other = blank(folder.path(), "d", 4);
    assert!(look(&mut other, form.clone()).is_ok());
    again.does(|desk| confirm(desk, &sheet));
    let gone = || look(&mut other, form.clone()).is_err();
    until(gone);
    let (field, said) = refused(look(&mut other, form));
    assert_eq!(field, "code");
    assert!(
        said.contains("an older sheet than the newest one"),
        "{said}"
    );

    // The laptops that are lost are ended, and the service goes on under new keys.
    again.does(|desk| {
        let all = enrol::laptops(desk).unwrap();
        for laptop in all.laptops.iter().filter(|laptop| !laptop.here) {
            let form = LaptopEndForm {
                why: "lost".into(),
                reason: "burnt with the clinic".into(),
                own_passphrase: NEW_PASSPHRASE.into(),
            };
            enrol::end_laptop(desk, laptop.id.clone(), form).unwrap();
        }
        refer(desk, "Okafor");
        assert!(!is_left(desk), "what was left opens none of it");
    });
    again.until("left under the new keys", is_left);
    again.until_up_to_date();

    // And once more, with the new sheet: what was written since opens too.
    again.does(|desk| door::seal(desk).unwrap());
    std::fs::remove_dir_all(folder.path().join("c")).unwrap();
    let sheet = Sheet {
        code: sheet.code.join(" "),
        words: clinic.sheet.words.clone(),
    };
    let form = typed(&sheet, &clinic.server);
    let found = look(&mut other, form.clone()).unwrap();
    recover(&mut other, form, &found).unwrap();
    let third = Shared::new(other);
    third.until_up_to_date();
    third.lend_now(|desk| assert!(has(desk, "NDLOVU") && has(desk, "OKAFOR")));
}

fn until(mut so: impl FnMut() -> bool) {
    let since = std::time::Instant::now();
    while !so() {
        assert!(since.elapsed().as_secs() < 90, "it did not come about");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn what_is_wrong_on_a_typed_sheet_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = Clinic::open(folder.path());
    until_left(&clinic);
    let mut desk = blank(folder.path(), "c", 3);
    let right = typed(&clinic.sheet, &clinic.server);

    let mut mistyped = right.clone();
    // The last character of a group checks the others.
    let third = mistyped.code.split(' ').nth(2).unwrap().to_owned();
    let wrong = if third.starts_with('7') { "8" } else { "7" };
    let wrong = format!("{wrong}{}", &third[1..]);
    mistyped.code = mistyped.code.replacen(&third, &wrong, 1);
    let (field, said) = refused(look(&mut desk, mistyped));
    assert_eq!(field, "code");
    assert!(
        said.starts_with("Group 3 of the code is mistyped."),
        "{said}"
    );

    // The words of another service: whoever runs this hub server shows one that is not ours.
    let mut other = blank(folder.path(), "o", 9);
    let (theirs, words) = another_service(&mut other, folder.path());
    let slipped_in = SheetForm {
        words,
        ..right.clone()
    };
    let (field, said) = refused(look(&mut desk, slipped_in));
    assert_eq!(field, "words");
    assert!(said.contains("not the six words of the service"), "{said}");
    let no_words = SheetForm {
        words: "kettle orbit fern".into(),
        ..right.clone()
    };
    assert_eq!(refused(look(&mut desk, no_words)).0, "words");

    // A whole sheet of another service.
    let of_another = SheetForm {
        code: theirs,
        ..right.clone()
    };
    let (field, said) = refused(look(&mut desk, of_another));
    assert_eq!(field, "code");
    assert!(said.contains("the sheet of another service"), "{said}");

    // Another computer at the address gets nothing, and gives nothing.
    let elsewhere = SheetForm {
        pin: "00".repeat(32),
        ..right
    };
    let (_, said) = refused(look(&mut desk, elsewhere));
    assert!(said.contains("Another computer answered"), "{said}");
    assert!(matches!(
        door::status(&mut desk).unwrap(),
        Status::FirstRun(_)
    ));
}

/// The code and the words of a sheet that has nothing to do with the service of this test.
fn another_service(desk: &mut Desk, folder: &Path) -> (String, String) {
    let form = clinic::view::SetUpForm {
        service: "Heron Pain Service".into(),
        site: "Heron Hub".into(),
        hub: true,
        name: "Ivo Marsh".into(),
        role: "consultant".into(),
        passphrase: PASSPHRASE.into(),
        passphrase_again: PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    };
    let sheet = door::set_up(desk, form).unwrap();
    confirm(desk, &sheet);
    let at = folder.join("heron");
    std::fs::create_dir_all(&at).unwrap();
    let set_up = line::save_hub_set_up(desk, at.display().to_string()).unwrap();
    (sheet.code.join(" "), set_up.six_words)
}

#[test]
fn a_hub_server_that_was_put_back_from_an_old_copy_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = Clinic::open(folder.path());
    clinic.spoke.does(|desk| refer(desk, "Ndlovu"));
    clinic
        .hub
        .until("it is at the hub", |desk| has(desk, "NDLOVU"));
    until_left(&clinic);
    let copy = folder.path().join("copy");
    clinic.server.back_up(&copy).unwrap();
    clinic.spoke.does(|desk| refer(desk, "Okafor"));
    clinic
        .hub
        .until("it is at the hub", |desk| has(desk, "OKAFOR"));
    lose(&clinic, folder.path());
    clinic.server.put_back(&copy).unwrap();

    let mut desk = blank(folder.path(), "c", 3);
    let form = typed(&clinic.sheet, &clinic.server);
    let found = look(&mut desk, form.clone()).unwrap();
    let said = found.put_back.clone().unwrap();
    assert!(
        said.starts_with("The hub server was put back from a copy of "),
        "{said}"
    );
    recover(&mut desk, form, &found).unwrap();
    let again = Shared::new(desk);
    again.until_up_to_date();
    again.lend_now(|desk| {
        assert!(has(desk, "NDLOVU") && !has(desk, "OKAFOR"));
        let screen = line::sync_screen(desk).unwrap();
        let told = screen.problems.iter().find(|one| one.name == "Recovered");
        assert!(told.unwrap().words.contains(&said), "{told:?}");
    });
}
