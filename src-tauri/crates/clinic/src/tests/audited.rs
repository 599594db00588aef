//! No command goes by the audit trail: each of the table is of one class, and leaves what its class
//! must leave.

mod classes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use record::id::PatientId;
use record::role::Role;

use classes::{CLASSES, class_of};

use super::Room;
use super::adoption::shipped;
use super::forms::{own_choice, referral, text};
use super::room::PASSPHRASE;
use crate::desk::patient_id;
use crate::view::{AuditQuery, GivenForm, LocalNumbers, ReviewForm};
use crate::{
    adoption, assess, audit, decide, door, intake, patient, plan, review, route, rulebook, task,
    worklist,
};

/// The table of commands, as it stands in the shell.
const TABLE: &str = include_str!("../../../../src/commands.rs");

fn commands() -> BTreeSet<&'static str> {
    let table = TABLE.split("$then! {").nth(1).unwrap();
    let table = table.split("macro_rules! handlers").next().unwrap();
    table
        .lines()
        .filter_map(|line| line.trim().split_once('('))
        .filter(|(_, rest)| rest.contains("->"))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn every_command_is_of_one_class_that_says_what_it_leaves_in_the_audit_trail() {
    let named: Vec<&str> = CLASSES
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect();
    let table = commands();
    assert!(table.len() > 60, "the table was found");
    for command in &table {
        let times = named.iter().filter(|name| *name == command).count();
        assert_eq!(
            times, 1,
            "say in one class of this test what {command} leaves in the audit trail"
        );
    }
}

/// A patient with an assessment that is finished, a plan that is written, and somebody at work who
/// has seen nothing yet.
struct Day {
    room: Room,
    patient: String,
    assessment: String,
}

impl Day {
    fn new() -> Self {
        let mut room = Room::demo();
        let (patient, assessment) = room.finished();
        room.result(&assessment);
        let osei = room.osei.clone();
        room.seat(&osei);
        Self {
            room,
            patient,
            assessment,
        }
    }

    fn patient(&self) -> PatientId {
        patient_id(&self.patient).unwrap()
    }

    /// Runs a command in a sitting of its own, and holds what it left against its class.
    fn leaves(&mut self, command: &str, about: bool, run: impl FnOnce(&mut Room, &str, &str)) {
        let osei = self.room.osei.clone();
        self.room.seat(&osei);
        let seen = self.room.trail().len();
        run(&mut self.room, &self.patient, &self.assessment);
        let wanted = class_of(command);
        let whom = about.then(|| self.patient());
        let said = self.room.said_since(seen);
        assert!(
            said.contains(&(wanted.to_owned(), whom)),
            "{command} leaves {wanted}, not {said:?}"
        );
    }
}

#[test]
fn whatever_shows_a_patient_leaves_a_view() {
    let mut day = Day::new();
    day.leaves("open_patient", true, |room, patient, _| {
        drop(patient::open_patient(&mut room.desk, patient.into()).unwrap());
    });
    day.leaves("open_assessment", true, |room, _, assessment| {
        drop(assess::open_assessment(&mut room.desk, assessment.into()).unwrap());
    });
    day.leaves("triage_result", true, |room, _, assessment| {
        drop(decide::triage_result(&mut room.desk, assessment.into()).unwrap());
    });
    day.leaves("review_choices", false, |room, _, _| {
        drop(review::review_choices(&mut room.desk).unwrap());
    });
    day.leaves("review_case", true, |room, _, assessment| {
        let form = ReviewForm {
            most: 20,
            ..ReviewForm::default()
        };
        review::begin_review(&mut room.desk, form).unwrap();
        drop(review::review_case(&mut room.desk, assessment.into()).unwrap());
    });
    day.leaves("explain_proposal", true, |room, _, assessment| {
        drop(decide::explain_proposal(&mut room.desk, assessment.into()).unwrap());
    });
    day.leaves("open_plan", true, |room, _, assessment| {
        drop(plan::open_plan(&mut room.desk, assessment.into()).unwrap());
    });
    day.leaves("preview_plan", true, |room, _, assessment| {
        drop(plan::preview_plan(&mut room.desk, assessment.into(), false).unwrap());
    });
    day.leaves("open_route", true, |room, patient, _| {
        drop(route::open_route(&mut room.desk, patient.into(), "ces".into()).unwrap());
    });
    day.leaves("call_card", true, |room, patient, _| {
        drop(route::call_card(&mut room.desk, patient.into(), "ces".into()).unwrap());
    });
    day.leaves("worklist", false, |room, _, _| {
        let shown = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0);
        drop(shown.unwrap());
    });
    day.leaves("overdue", false, |room, _, _| {
        drop(worklist::overdue(&mut room.desk).unwrap());
    });
    day.leaves("tasks_of", true, |room, patient, _| {
        drop(task::tasks_of(&mut room.desk, patient.into()).unwrap());
    });
    day.leaves("tasks", false, |room, _, _| {
        drop(task::tasks(&mut room.desk, "all".into()).unwrap());
    });
    day.leaves("duplicates", false, |room, _, _| {
        drop(worklist::duplicates(&mut room.desk).unwrap());
    });
    day.leaves("search", false, |room, _, _| {
        drop(worklist::search(&mut room.desk, "ndlovu".into()).unwrap());
    });
    day.leaves("check_referral", false, |room, _, _| {
        drop(intake::check_referral(&mut room.desk, referral("Ndlovu", "Thabo")).unwrap());
    });
}

#[test]
fn whatever_writes_about_a_patient_leaves_a_change() {
    let mut day = Day::new();
    day.leaves("save_referral", true, |room, patient, _| {
        let form = referral("Ndlovu", "Thabo");
        intake::save_referral(&mut room.desk, form, Some(patient.into())).unwrap();
    });
    day.leaves("start_assessment", true, |room, patient, _| {
        room.start(patient);
    });
    day.leaves("leave_section", true, |room, patient, _| {
        let assessment = room.start(patient);
        room.answer(&assessment, "matters-most", text("To walk the dog"));
        drop(assess::leave_section(&mut room.desk, assessment).unwrap());
    });
    day.leaves("sign_decision", true, |room, _, assessment| {
        let drawn = room.result(assessment);
        decide::sign_decision(&mut room.desk, assessment.into(), own_choice(&drawn)).unwrap();
    });
    day.leaves("agree_plan", true, |room, _, assessment| {
        room.write_plan(assessment);
        room.agree(assessment).unwrap();
    });
    day.leaves("plan_given", true, |room, _, assessment| {
        let form = GivenForm {
            to: "patient".into(),
            name_checked: true,
            born: "1979-09-17".into(),
        };
        plan::plan_given(&mut room.desk, assessment.into(), form).unwrap();
    });
    day.leaves("save_plan_pdf", true, |room, _, assessment| {
        let folder = room.folder().display().to_string();
        plan::save_plan_pdf(&mut room.desk, assessment.into(), false, folder).unwrap();
    });
    day.leaves("save_call_card", true, |room, patient, _| {
        let folder = room.folder().display().to_string();
        route::save_call_card(&mut room.desk, patient.into(), "ces".into(), folder).unwrap();
    });
    day.leaves("export_audit", true, |room, patient, _| {
        let query = AuditQuery {
            patient: patient.into(),
            ..AuditQuery::default()
        };
        let folder = room.folder().display().to_string();
        audit::export_audit(&mut room.desk, query, folder).unwrap();
    });
}

#[test]
fn whatever_changes_the_service_leaves_it() {
    let mut day = Day::new();
    day.leaves("save_local_numbers", false, |room, _, _| {
        let numbers = LocalNumbers::default();
        drop(door::save_local_numbers(&mut room.desk, numbers).unwrap());
    });
    day.leaves("try_ruleset", false, |room, _, _| {
        let text = assessment::ruleset::Ruleset::shipped_text().to_owned();
        drop(rulebook::try_ruleset(&mut room.desk, text).unwrap());
    });
    day.leaves("adopt_content", false, |room, _, _| {
        let (what, digest) = ("ruleset".to_owned(), shipped());
        adoption::review_content(&mut room.desk, what.clone(), digest.clone()).unwrap();
        adoption::adopt_content(&mut room.desk, what, digest, PASSPHRASE.into()).unwrap();
    });
    day.leaves("audit_trail", true, |room, patient, _| {
        let query = AuditQuery {
            patient: patient.into(),
            ..AuditQuery::default()
        };
        drop(audit::audit_trail(&mut room.desk, query, 0).unwrap());
    });
    day.room.osei = day.room.hire("Robin Lead", Role::Lead);
    day.leaves("check_record", false, |room, _, _| {
        drop(audit::check_record(&mut room.desk).unwrap());
    });
}

/// The two halves of the guarantee are in one place each: nothing reaches the journal but through
/// the desk's writing, and no case is read for the screen but through the desk's reading.
#[test]
fn nothing_writes_to_the_journal_or_reads_a_patient_behind_the_desk() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![src.clone()];
    let mut found: BTreeSet<(String, &str)> = BTreeSet::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&src).unwrap().display().to_string();
            if path.is_dir() {
                if name != "tests" {
                    open.push(path);
                }
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text: String = text.split_whitespace().collect();
            for sign in ["store.append(", "envelope::seal", "case_unshown("] {
                if text.contains(sign) {
                    found.insert((name.clone(), sign));
                }
            }
        }
    }
    let writing = |name: &str| name.starts_with("desk/writing/");
    for (name, sign) in &found {
        let allowed = match *sign {
            "case_unshown(" => {
                // Closing a site transfers everybody there and shows nobody.
                let unseen = [
                    "route/opening.rs",
                    "transfer/transferring.rs",
                    "task/opening.rs",
                ];
                name == "desk/reading.rs" || unseen.contains(&name.as_str()) || writing(name)
            }
            _ => writing(name),
        };
        assert!(
            allowed,
            "{name} uses {sign}) and so goes by the audit trail"
        );
    }
    assert!(
        found.iter().any(|(name, _)| writing(name)),
        "the search finds what is there"
    );
}
