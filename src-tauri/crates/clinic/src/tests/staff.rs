//! Colleagues, locums, doctors in training, absences, and several sites.

use jiff::SignedDuration;
use record::body::{Cover, Revocation, Site, StreamEnd};
use record::entry::{Basis, Kind};
use record::id::SiteId;
use record::role::Role;
use record::scope::{Scope, Subject};

use super::Room;
use super::forms::{own_choice, present, referral};
use super::room::PASSPHRASE;
use crate::desk::{Line, Sign, patient_id};
use crate::refusal::Refusal;
use crate::role;
use crate::view::{
    ColleagueForm, CountersignForm, CoverForm, DecisionForm, FieldFault, HandOverForm,
    StaffChangeForm, StaffEndForm, StaffRow, Status,
};
use crate::{decide, door, patient, staff, worklist};

impl Room {
    /// The form for a colleague at this laptop's own site.
    fn colleague(&self, name: &str, role: Role) -> ColleagueForm {
        let site = self.desk.sitting().unwrap().opened.identity.site;
        ColleagueForm {
            name: name.into(),
            role: role::value(role),
            sites: vec![site.to_string()],
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            own_passphrase: PASSPHRASE.into(),
            ..ColleagueForm::default()
        }
    }

    fn row_of(&mut self, name: &str) -> StaffRow {
        let screen = staff::staff(&mut self.desk).unwrap();
        screen
            .people
            .into_iter()
            .find(|row| row.name == name)
            .unwrap()
    }

    fn tiles(&mut self) -> Vec<(String, Option<String>)> {
        let Status::Locked(door) = door::lock(&mut self.desk).unwrap() else {
            panic!("locked");
        };
        door.staff
            .into_iter()
            .map(|tile| (tile.name, tile.ends))
            .collect()
    }

    fn try_unlock(&mut self, staff: &str) -> Result<(), Refusal> {
        let (staff, passphrase) = (staff.to_owned(), PASSPHRASE.to_owned());
        door::unlock(&mut self.desk, staff, passphrase).map(drop)
    }
}

fn fields(refused: Result<impl Sized, Refusal>) -> Vec<String> {
    match refused {
        Err(Refusal::Invalid(faults)) => faults
            .into_iter()
            .map(|FieldFault { field, .. }| field)
            .collect(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

fn words(refused: Result<impl Sized, Refusal>) -> String {
    refused.map(|_| ()).unwrap_err().to_string()
}

#[test]
fn an_administrator_adds_a_colleague_who_unlocks_and_signs() {
    let mut room = Room::demo();
    let form = room.colleague("Bea Nowak", Role::Physiotherapist);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let row = room.row_of("Bea Nowak");
    assert_eq!(
        (row.state.as_str(), row.words.as_str()),
        ("holds", "Until 25-Nov-2027")
    );
    room.seat(&row.id);
    let (_, assessment) = room.finished();
    let decision = room.sign(&assessment).decision.unwrap();
    assert!(decision.signed.starts_with("Bea Nowak, physiotherapist"));
}

#[test]
fn a_colleague_s_form_names_each_field_that_cannot_be_right_and_nobody_is_added() {
    let mut room = Room::demo();
    let form = ColleagueForm {
        passphrase: "one".into(),
        first_day: "2026-11-01".into(),
        last_day: "yesterday".into(),
        ..ColleagueForm::default()
    };
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, form)),
        [
            "name",
            "passphrase_again",
            "role",
            "sites",
            "last_day",
            "first_day"
        ]
    );
    let wrong = ColleagueForm {
        own_passphrase: "not mine at all".into(),
        ..room.colleague("Bea Nowak", Role::Nurse)
    };
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, wrong)),
        ["own_passphrase"]
    );
    assert_eq!(room.tiles().len(), 1);
}

#[test]
fn a_second_administrator_is_made_by_whoever_holds_the_root_and_by_nobody_else() {
    let mut room = Room::demo();
    let form = room.colleague("Ada Okafor", Role::Administrator);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let ada = room.row_of("Ada Okafor");
    room.seat(&ada.id);
    let form = room.colleague("Bea Nowak", Role::Nurse);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let form = room.colleague("Cai Li", Role::Administrator);
    let refused = words(staff::add_colleague(&mut room.desk, form));
    assert!(refused.starts_with("Only the person who set up the service"));
    assert!(!room.tiles().iter().any(|(name, _)| name == "Cai Li"));
}

#[test]
fn a_certificate_is_spoken_of_from_thirty_days_before_it_ends_and_renewed_after_it_has() {
    let mut room = Room::demo();
    let form = room.colleague("Bea Nowak", Role::Nurse);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let bea = room.row_of("Bea Nowak").id;
    room.days(335);
    assert_eq!(room.seat(&bea).certificate, None);
    room.days(2);
    let said = room.seat(&bea).certificate.unwrap();
    assert_eq!(
        said,
        "Your certificate ends on 25-Nov-2027. Ask an administrator to renew it."
    );
    room.days(40);
    let said = room.seat(&bea).certificate.unwrap();
    assert!(said.starts_with("Your certificate ended on 25-Nov-2027. You can read and write"));
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let refused = decide::sign_decision(&mut room.desk, assessment.clone(), own_choice(&drawn));
    assert!(words(refused).contains("nothing was signed"));
    // Whoever set the service up renews themselves with the root key, and then the colleague.
    let osei = room.osei.clone();
    room.seat(&osei);
    for staff in [&osei, &bea] {
        let (own, last) = (PASSPHRASE.to_owned(), String::new());
        staff::renew_colleague(&mut room.desk, staff.clone(), last, own).unwrap();
    }
    assert_eq!(room.row_of("Bea Nowak").state, "holds");
    assert_eq!(room.row_of("Ama Osei").state, "holds");
    room.seat(&bea);
    assert!(room.sign(&assessment).decision.is_some());
}

#[test]
fn nobody_can_be_certified_under_an_administrator_s_certificate_that_has_ended() {
    let mut room = Room::demo();
    let form = room.colleague("Ada Okafor", Role::Administrator);
    staff::add_colleague(&mut room.desk, form).unwrap();
    let ada = room.row_of("Ada Okafor").id;
    room.days(400);
    room.seat(&ada);
    let form = room.colleague("Bea Nowak", Role::Nurse);
    let refused = staff::add_colleague(&mut room.desk, form);
    assert!(matches!(
        refused,
        Err(Refusal::NotAllowed(_) | Refusal::Plain(_))
    ));
    assert!(!room.tiles().iter().any(|(name, _)| name == "Bea Nowak"));
}

#[test]
fn another_role_holds_at_once_and_the_old_certificate_signs_no_more() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let site = room.desk.sitting().unwrap().opened.identity.site;
    let form = StaffChangeForm {
        role: role::value(Role::DoctorInTraining),
        sites: vec![site.to_string()],
        own_passphrase: PASSPHRASE.into(),
    };
    staff::change_colleague(&mut room.desk, bea.clone(), form).unwrap();
    let session = room.seat(&bea);
    assert_eq!(
        (session.role.as_str(), session.may_sign),
        ("Doctor in training", false)
    );
    let patient = Subject::Patient(patient_id(&room.refer(referral("Ndlovu", "Thabo"))).unwrap());
    let now = room.desk.now();
    let sitting = room.desk.sitting().unwrap();
    let under = sitting.signing_certificate(&Kind::DECISION, &patient, now);
    assert!(under.unwrap().is_none());
}

#[test]
fn the_role_rests_on_the_certificate_and_not_on_the_file_beside_the_record() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let opened = &room.desk.sitting().unwrap().opened;
    opened
        .describe_staff(bea.parse().unwrap(), Role::Lead, None)
        .unwrap();
    let session = room.seat(&bea);
    assert_eq!(session.role, "Nurse");
    let form = room.colleague("Kofi Mensah", Role::Nurse);
    let refused = staff::add_colleague(&mut room.desk, form);
    assert!(matches!(
        refused,
        Err(Refusal::NotAllowed(role::Act::GrantLocum))
    ));
}

#[test]
fn whoever_left_is_off_the_laptop_and_what_they_wrote_stays_and_counts() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    room.seat(&bea);
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    let osei = room.osei.clone();
    room.seat(&osei);
    let form = StaffEndForm {
        why: "left".into(),
        reason: "Moved to another service.".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let own = staff::end_colleague(&mut room.desk, osei.clone(), form.clone());
    assert!(words(own).starts_with("Nobody ends their own account"));
    staff::end_colleague(&mut room.desk, bea.clone(), form).unwrap();
    assert_eq!(room.row_of("Bea Nowak").state, "ended");
    let result = room.result(&assessment);
    assert!(
        result
            .decision
            .unwrap()
            .signed
            .starts_with("Bea Nowak, nurse")
    );
    assert_eq!(result.unverified, Vec::<String>::new());
    let view = patient::open_patient(&mut room.desk, patient).unwrap();
    assert!(
        view.timeline
            .iter()
            .all(|line| !line.title.starts_with("Unverified"))
    );
    assert_eq!(room.tiles().len(), 1);
    assert!(room.try_unlock(&bea).is_err());
}

/// An administrator ends the account as of an earlier envelope: what followed it was somebody
/// else's doing.
fn end_as_of(room: &mut Room, staff: &str, accepted: Vec<StreamEnd>) {
    let person = room.desk.sitting().unwrap().people().unwrap();
    let person = &person[&staff.parse().unwrap()];
    let key = person.key;
    let sitting = room.desk.sitting().unwrap();
    let certificate = sitting
        .authorities()
        .unwrap()
        .certificates()
        .find(|one| one.claims().key == key)
        .unwrap()
        .id();
    let body = Revocation {
        certificate,
        why: "lost".into(),
        accepted,
    };
    let line = Line::of(format!("revocation/{certificate}"), &body).unwrap();
    let sign = Sign {
        basis: Basis::default(),
    };
    room.desk
        .write_signed_in(Scope::Service, Subject::Service, vec![line], sign)
        .unwrap();
    room.desk.sitting_mut().unwrap().shown = None;
}

#[test]
fn what_followed_a_revocation_is_shown_as_unverified_prompts_and_settles_nothing() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let (patient, assessment) = room.begin();
    room.seat(&bea);
    room.answer(&assessment, "crps-pattern", present());
    room.row(
        &assessment,
        "allergy",
        &[
            ("substance", "Latex"),
            ("reaction", "Rash"),
            ("kind", "allergy"),
        ],
    );
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(!room.result(&assessment).warning_signs.is_empty());
    end_as_of(&mut room, &bea, Vec::new());
    let result = room.result(&assessment);
    assert_eq!(result.unverified.len(), 2, "{:?}", result.unverified);
    assert!(result.unverified[0].starts_with("A warning sign: "));
    assert_eq!(result.unverified[1], "An allergy");
    assert!(result.warning_signs.is_empty());
    let view = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    let lines: Vec<_> = view
        .timeline
        .iter()
        .filter(|line| line.title.starts_with("Unverified: "))
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| {
        line.reason
            .as_deref()
            .is_some_and(|why| why.contains("after its author's account was ended"))
    }));
    // Asked again and marked as an error, they prompt no more.
    room.answer(&assessment, "crps-pattern", super::forms::absent());
    let allergy = lines
        .iter()
        .find(|line| {
            line.detail.iter().any(|said| said.value.contains("Latex"))
                || line.title.contains("Latex")
        })
        .unwrap();
    let (entry, why) = (allergy.id.clone(), "Not said by the patient.".to_owned());
    patient::mark_in_error(&mut room.desk, patient, entry, why).unwrap();
    assert_eq!(room.result(&assessment).unverified, Vec::<String>::new());
}

#[test]
fn a_decision_that_followed_a_revocation_is_none() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let (_, assessment) = room.finished();
    room.seat(&bea);
    room.sign(&assessment);
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(room.result(&assessment).decision.is_some());
    end_as_of(&mut room, &bea, Vec::new());
    assert!(room.result(&assessment).decision.is_none());
    assert!(room.sign(&assessment).decision.is_some());
}

#[test]
fn a_lead_lets_a_locum_in_offline_and_the_account_ends_by_itself_and_says_so_at_the_door() {
    let mut room = Room::demo();
    room.seat_a(Role::Lead);
    let form = ColleagueForm {
        last_day: "2026-12-04".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, form).unwrap();
    let row = room.row_of("Kofi Mensah");
    assert!(row.locum && row.may_renew && !row.may_end);
    assert_eq!(row.words, "Locum until 04-Dec-2026, ends by itself");
    let session = room.seat(&row.id);
    assert!(session.may_sign);
    assert!(session.certificate.unwrap().contains("ends on 04-Dec-2026"));
    let (_, assessment) = room.finished();
    assert!(room.sign(&assessment).decision.is_some());
    room.days(11);
    let tiles = room.tiles();
    let (_, ends) = tiles
        .iter()
        .find(|(name, _)| name == "Kofi Mensah")
        .unwrap();
    assert!(ends.as_deref().unwrap().starts_with("Ended on 04-Dec-2026"));
    let refused = words(room.try_unlock(&row.id));
    assert_eq!(
        refused,
        "Your account on this laptop ended on 04-Dec-2026. Ask the lead of the site to let you in again."
    );
    let osei = room.osei.clone();
    room.unlock(&osei);
    assert!(
        room.result(&assessment).decision.is_some(),
        "what was signed in time counts"
    );
}

#[test]
fn a_lead_lets_nobody_in_beyond_their_sites_28_days_or_as_a_lead() {
    let mut room = Room::demo();
    room.seat_a(Role::Lead);
    let long = ColleagueForm {
        last_day: "2026-12-22".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, long)),
        ["last_day"]
    );
    let endless = room.colleague("Kofi Mensah", Role::Nurse);
    assert_eq!(
        fields(staff::add_colleague(&mut room.desk, endless)),
        ["last_day"]
    );
    for role in [Role::Lead, Role::Administrator, Role::ClinicalSafetyOfficer] {
        let form = ColleagueForm {
            last_day: "2026-12-01".into(),
            ..room.colleague("Kofi Mensah", role)
        };
        assert_eq!(fields(staff::add_colleague(&mut room.desk, form)), ["role"]);
    }
    let longest = ColleagueForm {
        last_day: "2026-12-21".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, longest).unwrap();
    // A lead renews a locum, and nobody else.
    let kofi = room.row_of("Kofi Mensah").id;
    room.days(5);
    let own = PASSPHRASE.to_owned();
    let again = staff::renew_colleague(&mut room.desk, kofi, "2026-12-26".into(), own.clone());
    assert!(again.is_ok());
    let osei = room.osei.clone();
    let other = staff::renew_colleague(&mut room.desk, osei, "2026-12-26".into(), own);
    assert!(matches!(
        other,
        Err(Refusal::NotAllowed(role::Act::KeepStaff))
    ));
}

#[test]
fn a_doctor_in_training_s_decision_counts_as_proposed_until_a_supervisor_countersigns() {
    let mut room = Room::demo();
    let trainee = room.hire("João Fonseca", Role::DoctorInTraining);
    let nurse = room.hire("Bea Nowak", Role::Nurse);
    room.seat(&trainee);
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    assert_eq!(drawn.supervisors.len(), 1);
    let osei = room.osei.clone();
    let form = own_choice(&drawn);
    let nobody = decide::sign_for_countersigning(
        &mut room.desk,
        assessment.clone(),
        nurse.clone(),
        form.clone(),
    );
    assert_eq!(fields(nobody), ["supervisor"]);
    let signed =
        decide::sign_for_countersigning(&mut room.desk, assessment.clone(), osei.clone(), form)
            .unwrap();
    assert!(signed.decision.is_none());
    let waiting = signed.supervised.unwrap();
    assert!(!waiting.may_countersign);
    assert_eq!(waiting.supervisor, "Ama Osei, consultant");
    room.write_plan(&assessment);
    assert!(room.agree(&assessment).is_err(), "what leaves waits");
    room.seat(&nurse);
    assert!(!room.result(&assessment).supervised.unwrap().may_countersign);
    room.seat(&osei);
    let list = worklist::worklist(&mut room.desk, "mine".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    assert_eq!(list.rows[0].owner, "You");
    assert_eq!(
        list.rows[0].next_step,
        "Countersign what was decided in training"
    );
    let drawn = room.result(&assessment);
    let form = CountersignForm {
        basis_digest: drawn.basis_digest,
        comment: String::new(),
        passphrase: PASSPHRASE.into(),
    };
    let done = decide::countersign(&mut room.desk, assessment.clone(), form).unwrap();
    let decision = done.decision.unwrap();
    assert!(done.supervised.is_none());
    assert!(decision.signed.starts_with("Ama Osei, consultant"));
    let trainee = decision.countersigns.unwrap();
    assert!(trainee.starts_with("João Fonseca, doctor in training"));
    assert!(room.agree(&assessment).is_ok());
}

#[test]
fn a_supervisor_who_decides_otherwise_signs_their_own_and_nothing_waits() {
    let mut room = Room::demo();
    let trainee = room.hire("João Fonseca", Role::DoctorInTraining);
    room.seat(&trainee);
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let osei = room.osei.clone();
    let form = own_choice(&drawn);
    decide::sign_for_countersigning(&mut room.desk, assessment.clone(), osei.clone(), form)
        .unwrap();
    room.seat(&osei);
    let drawn = room.result(&assessment);
    let form = DecisionForm {
        urgency: "urgent".into(),
        ..own_choice(&drawn)
    };
    let done = decide::sign_decision(&mut room.desk, assessment, form).unwrap();
    assert!(done.supervised.is_none());
    assert!(done.decision.unwrap().countersigns.is_none());
}

#[test]
fn whoever_covers_sees_the_cases_marked_and_it_ends_by_itself() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let (patient, _) = room.begin();
    let osei = room.osei.clone();
    let form = HandOverForm {
        to: osei.clone(),
        note: "Phones on Monday.".into(),
    };
    staff::hand_over(&mut room.desk, patient, form).unwrap();
    let cover = CoverForm {
        absent: osei.clone(),
        by: bea.clone(),
        from: "2026-11-24".into(),
        to: "2026-11-26".into(),
        note: String::new(),
    };
    let same = CoverForm {
        by: osei.clone(),
        ..cover.clone()
    };
    assert_eq!(fields(staff::cover_absence(&mut room.desk, same)), ["by"]);
    let screen = staff::cover_absence(&mut room.desk, cover).unwrap();
    assert_eq!(screen.covers[0].dates, "24-Nov-2026 to 26-Nov-2026");
    assert!(screen.covers[0].now);
    let mine = |room: &mut Room| {
        worklist::worklist(&mut room.desk, "mine".into(), String::new(), 0)
            .unwrap()
            .rows
    };
    assert_eq!(mine(&mut room)[0].owner, "You");
    let session = room.seat(&bea);
    assert_eq!(session.covering, ["Ama Osei"]);
    assert_eq!(mine(&mut room)[0].owner, "You, for A. Osei");
    room.days(3);
    let session = room.seat(&bea);
    assert!(session.covering.is_empty());
    assert!(mine(&mut room).is_empty());
    let all = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(all.rows[0].owner, "A. Osei");
    assert!(staff::staff(&mut room.desk).unwrap().covers.is_empty());
}

#[test]
fn an_absence_is_taken_back_and_stays_in_the_record() {
    let mut room = Room::demo();
    let bea = room.hire("Bea Nowak", Role::Nurse);
    let form = CoverForm {
        absent: room.osei.clone(),
        by: bea,
        from: "2026-11-24".into(),
        to: "2026-12-24".into(),
        note: "Leave".into(),
    };
    let screen = staff::cover_absence(&mut room.desk, form).unwrap();
    let cover = screen.covers[0].id.clone();
    let screen = staff::take_cover_back(&mut room.desk, cover.clone()).unwrap();
    assert!(screen.covers.is_empty());
    let written = room
        .desk
        .sitting()
        .unwrap()
        .open_all(Subject::Service)
        .unwrap();
    let covers = written
        .iter()
        .filter_map(|placed| crate::case::body_of::<Cover>(&placed.entry));
    assert_eq!(covers.count(), 2);
    assert!(staff::take_cover_back(&mut room.desk, cover).is_err());
}

#[test]
fn a_person_sees_and_writes_for_the_sites_of_their_certificate_and_picks_where_they_are() {
    let mut room = Room::demo();
    let other = SiteId::from_random(room.desk.random());
    let site = Site {
        site: other,
        name: "Skelby Spoke".into(),
        hub: false,
    };
    let line = Line::of(format!("site/{other}"), &site).unwrap();
    room.desk
        .write_in(Scope::Service, Subject::Service, vec![line])
        .unwrap();
    let home = room.refer(referral("Ndlovu", "Thabo"));
    let both = ColleagueForm {
        sites: vec![
            room.desk
                .sitting()
                .unwrap()
                .opened
                .identity
                .site
                .to_string(),
            other.to_string(),
        ],
        ..room.colleague("Bea Nowak", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, both).unwrap();
    let there = ColleagueForm {
        sites: vec![other.to_string()],
        ..room.colleague("Cai Li", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, there).unwrap();
    let (bea, cai) = (room.row_of("Bea Nowak").id, room.row_of("Cai Li").id);
    let session = room.seat(&bea);
    assert_eq!(session.sites.len(), 2);
    assert_eq!(session.site, "Fernbank Spoke");
    let session = staff::sit_at(&mut room.desk, other.to_string()).unwrap();
    assert_eq!(session.site, "Skelby Spoke");
    let away = room.refer(referral("Okafor", "Emeka"));
    let case = room.desk.case(patient_id(&away).unwrap()).unwrap();
    assert!(
        case.record
            .timeline()
            .iter()
            .all(|placed| placed.scope == Scope::Site(other))
    );
    assert_eq!(room.seat(&bea).site, "Skelby Spoke", "where they last were");
    let session = room.seat(&cai);
    assert_eq!(
        (session.site.as_str(), session.sites.len()),
        ("Skelby Spoke", 1)
    );
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    assert!(
        worklist::search(&mut room.desk, "ndlovu".into())
            .unwrap()
            .hits
            .is_empty()
    );
    let refused = words(patient::open_patient(&mut room.desk, home));
    assert!(refused.starts_with("This patient belongs to a site"));
    let own = room.desk.sitting().unwrap().opened.identity.site;
    let refused = staff::sit_at(&mut room.desk, own.to_string());
    assert!(words(refused).starts_with("Your certificate does not list that site"));
}

#[test]
fn a_wrong_clock_does_not_lengthen_a_locum_s_time_in_the_record() {
    let mut room = Room::demo();
    room.seat_a(Role::Lead);
    let form = ColleagueForm {
        last_day: "2026-11-25".into(),
        ..room.colleague("Kofi Mensah", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, form).unwrap();
    let kofi = room.row_of("Kofi Mensah").id;
    room.seat(&kofi);
    room.turn(SignedDuration::from_hours(40));
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let refused = decide::sign_decision(&mut room.desk, assessment, own_choice(&drawn));
    assert!(words(refused).contains("nothing was signed"));
}
