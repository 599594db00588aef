//! The matrix of permissions, cell by cell: `docs/permissions.md` says what was agreed, and each
//! test has a person of one role do one act through its use case.

use record::role::Role;

use super::Room;
use super::forms::text;
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::view::{
    AgreeForm, ApproveLetterForm, AskOpinionForm, ClockEventForm, ClockSettings, ColleagueForm,
    CountersignForm, DecisionForm, DetailsForm, ErasureForm, GivenForm, HandOverForm,
    HubServerForm, LocalNumbers, MoveForm, OpinionForm, ReferralForm, SettleForm, SiteForm,
    StaffEndForm, TransferForm,
};
use crate::{
    adoption, assess, audit, backups, bundles, clock, decide, door, enrol, instruments, intake,
    keys, letter, line, opinion, patient, person, plan, review, rulebook, sites, staff, transfer,
    worklist,
};

/// The page for people.
const PAGE: &str = include_str!("../../../../../docs/permissions.md");

const YES: &str = "yes";
const NO: &str = "-";

/// What the page says of an act, role by role in the order of the table; none when it says nothing.
fn agreed(act: Act) -> Option<Vec<bool>> {
    let row = PAGE.lines().find_map(|line| {
        let rest = line.strip_prefix("| ")?.strip_prefix(act.words())?;
        rest.strip_prefix(" |")
    })?;
    let cells = row.trim_end_matches('|').split('|').map(str::trim);
    cells
        .map(|cell| match cell {
            YES => Some(true),
            NO => Some(false),
            _ => None,
        })
        .collect()
}

/// The table as it stands in the code, to be pasted into the page.
fn table() -> String {
    let line = |first: &str, cells: Vec<String>| format!("| {first} | {} |\n", cells.join(" | "));
    let mut said = line(
        "Act",
        Role::ALL.map(|role| role::words(role).to_owned()).to_vec(),
    );
    said += &line("---", Role::ALL.map(|_| "---".to_owned()).to_vec());
    for act in Act::ALL {
        let cell = |role| if role::may(role, *act) { YES } else { NO };
        said += &line(
            act.words(),
            Role::ALL.map(|role| cell(role).to_owned()).to_vec(),
        );
    }
    said
}

#[test]
fn the_page_of_permissions_holds_the_table_of_the_code() {
    let table = table();
    assert!(
        PAGE.contains(&table),
        "docs/permissions.md and clinic/src/role/matrix.rs differ. If the code is what was agreed, the page says:\n{table}"
    );
}

#[test]
fn a_signature_that_the_matrix_allows_counts_for_ever() {
    use record::entry::Kind;
    use record::id::PatientId;
    use record::scope::Subject;
    let patient = Subject::Patient(PatientId::from_random([7; 16]));
    let signed = [
        (Act::SignDecision, Kind::DECISION, patient),
        (
            Act::SignForCountersigning,
            Kind::SUPERVISED_DECISION,
            patient,
        ),
        (Act::Countersign, Kind::DECISION, patient),
        (Act::AgreePlan, Kind::AGREED_PLAN, patient),
        (Act::GiveOpinion, Kind::OPINION, patient),
        (Act::Adopt, Kind::ADOPTION, Subject::Service),
        (Act::WithdrawAdopted, Kind::WITHDRAWAL, Subject::Service),
        (Act::Erase, Kind::ERASURE, patient),
        (Act::KeepStaff, Kind::REVOCATION, Subject::Service),
        (Act::KeepLaptops, Kind::REVOCATION, Subject::Service),
        (Act::KeepLaptops, Kind::EPOCH_KEY, Subject::Service),
    ];
    for (act, kind, subject) in signed {
        for role in Role::ALL.into_iter().filter(|role| role::may(*role, act)) {
            assert!(
                role.may_sign(&kind, &subject),
                "{}: {act:?}",
                role::words(role)
            );
        }
    }
}

/// A person of this role sits down and does it; the answer is held against the page.
fn check(act: Act, role: Role, done: impl FnOnce(&mut Room) -> Result<(), Refusal>) {
    let mut room = Room::demo();
    room.seat_a(role);
    let answer = done(&mut room);
    let refused = matches!(answer, Err(Refusal::NotAllowed(found)) if found == act);
    let column = Role::ALL.iter().position(|known| *known == role).unwrap();
    let agreed =
        agreed(act).unwrap_or_else(|| panic!("docs/permissions.md says nothing of {act:?}"));
    assert_eq!(
        !refused,
        agreed[column],
        "{act:?}, {}: the page says {}, the use case answered {answer:?}",
        role::words(role),
        if agreed[column] { "yes" } else { "no" },
    );
}

/// Nine tests for each act, one for each role.
macro_rules! cells {
    ($($module:ident = $act:ident: $done:expr;)*) => {
        /// The acts that have cells.
        const CHECKED: &[Act] = &[$(Act::$act),*];
        $(mod $module {
            use super::*;
            cells!(@ $act $done;
                nurse = Nurse, physiotherapist = Physiotherapist, psychologist = Psychologist,
                pharmacist = Pharmacist, doctor_in_training = DoctorInTraining,
                consultant = Consultant, lead = Lead, administrator = Administrator,
                clinical_safety_officer = ClinicalSafetyOfficer);
        })*
    };
    (@ $act:ident $done:expr; $($name:ident = $role:ident),*) => {
        $(#[test] fn $name() { check(Act::$act, Role::$role, $done); })*
    };
}

#[test]
fn every_act_has_a_row_on_the_page_and_a_test_for_each_of_its_cells() {
    for act in CHECKED {
        assert_eq!(agreed(*act).map(|row| row.len()), Some(9), "{act:?}");
    }
    for act in Act::ALL {
        assert!(CHECKED.contains(act), "{act:?} has no test of its cells");
    }
}

/// What is looked for is never there: the permission is asked for first.
fn nothing() -> String {
    "nothing".into()
}

cells! {
    look = Look: |room| worklist::search(&mut room.desk, nothing()).map(drop);
    take_referral = TakeReferral: |room| {
        intake::save_referral(&mut room.desk, ReferralForm::default(), None).map(drop)
    };
    assess_patients = Assess: |room| {
        assess::record_answer(&mut room.desk, nothing(), nothing(), text("")).map(drop)
    };
    sign_decision = SignDecision: |room| {
        decide::sign_decision(&mut room.desk, nothing(), DecisionForm::default()).map(drop)
    };
    review_cases = Review: |room| review::review_choices(&mut room.desk).map(drop);
    see_rates = SeeRates: |room| review::review_rates(&mut room.desk).map(drop);
    agree_plan = AgreePlan: |room| {
        plan::agree_plan(&mut room.desk, nothing(), AgreeForm::default()).map(drop)
    };
    ask_opinion = AskOpinion: |room| {
        opinion::ask_opinion(&mut room.desk, nothing(), AskOpinionForm::default()).map(drop)
    };
    give_opinion = GiveOpinion: |room| {
        opinion::give_opinion(&mut room.desk, nothing(), OpinionForm::default()).map(drop)
    };
    see_agreement = SeeAgreement: |room| opinion::agreement(&mut room.desk).map(drop);
    approve_letters = ApproveLetters: |room| {
        let form = ApproveLetterForm::default();
        letter::approve_letter(&mut room.desk, nothing(), nothing(), form).map(drop)
    };
    send_letters = SendLetters: |room| {
        letter::letter_given(&mut room.desk, nothing(), nothing(), GivenForm::default()).map(drop)
    };
    set_numbers = SetNumbers: |room| {
        door::save_local_numbers(&mut room.desk, LocalNumbers::default()).map(drop)
    };
    keep_packs = KeepPacks: |room| instruments::check_pack(&mut room.desk, nothing()).map(drop);
    record_pathway = RecordPathway: |room| {
        clock::record_clock_event(&mut room.desk, nothing(), ClockEventForm::default()).map(drop)
    };
    set_clock = SetClock: |room| {
        clock::save_clock_settings(&mut room.desk, ClockSettings::default()).map(drop)
    };
    keep_details = KeepDetails: |room| {
        person::change_details(&mut room.desk, nothing(), DetailsForm::default()).map(drop)
    };
    link_patients = LinkPatients: |room| {
        person::link_records(&mut room.desk, nothing(), nothing(), nothing()).map(drop)
    };
    keep_restricted = KeepRestricted: |room| {
        patient::open_note(&mut room.desk, nothing(), nothing(), nothing()).map(drop)
    };
    open_restricted = OpenRestricted: |room| {
        let staff = room.desk.staff().unwrap().to_string();
        let osei = room.osei.clone();
        room.seat(&osei);
        let patient = room.refer(crate::tests::forms::referral("Ndlovu", "Thabo"));
        let form = crate::view::NoteForm { text: "Made up".into(), restricted: true };
        let view = patient::write_note(&mut room.desk, patient.clone(), form).unwrap();
        let note = view.timeline.iter().find_map(|entry| entry.note.clone()).unwrap();
        room.seat(&staff);
        // Who never opens one is refused for that; the cell is of those who might.
        let lifted = patient::restrict_note(&mut room.desk, patient, note, false, "Made up".into());
        match lifted {
            Err(Refusal::NotAllowed(Act::KeepRestricted)) => {
                Err(Refusal::NotAllowed(Act::OpenRestricted))
            }
            other => other.map(drop),
        }
    };
    erase = Erase: |room| {
        person::ask_erasure(&mut room.desk, nothing(), ErasureForm::default()).map(drop)
    };
    sign_for_countersigning = SignForCountersigning: |room| {
        let form = DecisionForm::default();
        decide::sign_for_countersigning(&mut room.desk, nothing(), nothing(), form).map(drop)
    };
    countersign = Countersign: |room| {
        decide::countersign(&mut room.desk, nothing(), CountersignForm::default()).map(drop)
    };
    correct_record = CorrectRecord: |room| {
        patient::settle_conflict(&mut room.desk, nothing(), SettleForm::default()).map(drop)
    };
    move_entries = MoveEntries: |room| {
        patient::move_entries(&mut room.desk, nothing(), MoveForm::default()).map(drop)
    };
    adopt = Adopt: |room| adoption::offer_ruleset(&mut room.desk, nothing()).map(drop);
    withdraw_adopted = WithdrawAdopted: |room| {
        let (what, digest, reason, passphrase) = (nothing(), nothing(), nothing(), nothing());
        adoption::withdraw_content(&mut room.desk, what, digest, reason, passphrase).map(drop)
    };
    see_audit = SeeAudit: |room| audit::check_record(&mut room.desk).map(drop);
    keep_backups = KeepBackups: |room| {
        backups::forget_backup_place(&mut room.desk).map(drop)
    };
    carry_bundles = CarryBundles: |room| {
        bundles::inspect_bundle(&mut room.desk, nothing()).map(drop)
    };
    keep_keys = KeepKeys: |room| keys::try_sheet(&mut room.desk, nothing()).map(drop);
    hand_over = HandOver: |room| {
        staff::hand_over(&mut room.desk, nothing(), HandOverForm::default()).map(drop)
    };
    keep_staff = KeepStaff: |room| {
        staff::end_colleague(&mut room.desk, nothing(), StaffEndForm::default()).map(drop)
    };
    set_hub_server = SetHubServer: |room| {
        line::save_hub_server(&mut room.desk, HubServerForm::default()).map(drop)
    };
    keep_tasks = KeepTasks: |room| {
        let form = crate::view::AddTaskForm::default();
        crate::task::add_task(&mut room.desk, nothing(), form).map(drop)
    };
    grant_locum = GrantLocum: |room| {
        staff::add_colleague(&mut room.desk, ColleagueForm::default()).map(drop)
    };
    transfer_patient = Transfer: |room| {
        transfer::transfer_patient(&mut room.desk, nothing(), TransferForm::default()).map(drop)
    };
    keep_laptops = KeepLaptops: |room| {
        enrol::look_at_request(&mut room.desk, nothing()).map(drop)
    };
    keep_sites = KeepSites: |room| sites::open_site(&mut room.desk, SiteForm::default()).map(drop);
    compare_rules = CompareRules: |room| {
        rulebook::try_ruleset(&mut room.desk, nothing()).map(drop)
    };
}
