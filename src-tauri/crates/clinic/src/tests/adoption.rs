//! What comes into use by two signatures, and goes out of it by one.

use assessment::ruleset::Ruleset;
use record::role::Role;

use super::Room;
use super::forms::own_choice;
use super::room::PASSPHRASE;
use crate::adoption::{
    adopt_content, adoptions, cases_under, offer_ruleset, review_content, withdraw_content,
};
use crate::decide;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rulebook::hex;
use crate::view::{Adoptions, ContentState, ContentView, UrgencyTag};

const RULES: &str = "ruleset";

pub(super) fn shipped() -> String {
    hex(&Ruleset::shipped().digest)
}

fn of<'a>(all: &'a Adoptions, digest: &str) -> &'a ContentView {
    let mut contents = all.contents.iter();
    contents.find(|it| it.digest == digest).unwrap()
}

impl Room {
    /// Whoever is at the desk reads the review of a content and signs for it.
    pub(super) fn sign_for(&mut self, what: &str, digest: &str) -> Result<Adoptions, Refusal> {
        review_content(&mut self.desk, what.into(), digest.into())?;
        adopt_content(
            &mut self.desk,
            what.into(),
            digest.into(),
            PASSPHRASE.into(),
        )
    }

    /// Ama Osei and a lead who is hired for it adopt a content. Ama Osei is at the desk afterwards.
    pub(super) fn adopt(&mut self, what: &str, digest: &str) {
        let osei = self.osei.clone();
        self.sign_for(what, digest).unwrap();
        self.seat_a(Role::Lead);
        self.sign_for(what, digest).unwrap();
        self.seat(&osei);
    }

    fn withdraw(&mut self, digest: &str) -> Result<Adoptions, Refusal> {
        let reason = "A rule is wrong for people over 80".to_owned();
        withdraw_content(
            &mut self.desk,
            RULES.into(),
            digest.into(),
            reason,
            PASSPHRASE.into(),
        )
    }
}

#[test]
fn safety_08_one_signature_is_not_adoption_and_the_same_person_cannot_give_the_second() {
    let mut room = Room::live();
    let (_, assessment) = room.finished();
    let all = room.sign_for(RULES, &shipped()).unwrap();
    let content = of(&all, &shipped());
    assert_eq!(content.state, ContentState::Half);
    assert!(
        content
            .status
            .starts_with("One of two signatures: Ama Osei")
    );
    assert!(!content.may_adopt);
    assert!(matches!(
        room.sign_for(RULES, &shipped()),
        Err(Refusal::Plain(_))
    ));
    let drawn = room.result(&assessment);
    assert!(drawn.triage.off.is_some() && !drawn.sign_as_proposed.allowed);
    assert_eq!(drawn.triage.urgency, UrgencyTag::NotSettled);
}

#[test]
fn safety_08_two_people_adopt_and_a_live_service_then_proposes_without_the_word_draft() {
    let mut room = Room::live();
    let (_, assessment) = room.finished();
    room.adopt(RULES, &shipped());
    let all = adoptions(&mut room.desk).unwrap();
    let content = of(&all, &shipped());
    assert_eq!(content.state, ContentState::InUse);
    assert!(content.status.contains("Ama Osei") && content.status.contains("Robin Lead"));
    let drawn = room.result(&assessment);
    assert!(drawn.triage.off.is_none());
    assert!(
        !drawn.triage.ruleset.contains("DRAFT"),
        "{}",
        drawn.triage.ruleset
    );
    let mut parts = drawn.triage.parts.iter();
    assert!(drawn.triage.hidden || parts.any(|part| part.id == "urgency"));
    let osei = room.osei.clone();
    let session = room.seat(&osei);
    assert!(!session.draft_rules && !session.proposals_off);
}

#[test]
fn a_signature_names_the_content_the_review_and_the_statement() {
    let mut room = Room::live();
    room.sign_for(RULES, &shipped()).unwrap();
    let entries = room
        .desk
        .sitting()
        .unwrap()
        .open_all(record::scope::Subject::Service)
        .unwrap();
    let signed = entries
        .iter()
        .find(|placed| placed.entry.kind == record::entry::Kind::ADOPTION)
        .unwrap();
    let body = crate::case::body_of::<record::body::Adoption>(&signed.entry).unwrap();
    assert_eq!(body.digest, shipped());
    assert_eq!(body.review.len(), 64);
    assert!(body.statement.contains("likely to be a medical device"));
    let basis = &signed.entry.signed.as_ref().unwrap().basis;
    assert_eq!(basis.ruleset, Some(Ruleset::shipped().digest));
    assert_eq!(hex(&basis.proposal.unwrap()), body.review);
    let trail = room.trail();
    let said = trail.iter().find(|row| row.action == "adopted").unwrap();
    assert!(
        said.note.starts_with("ruleset uk-community-pain"),
        "{}",
        said.note
    );
}

#[test]
fn nobody_signs_for_what_they_have_not_read_in_this_sitting() {
    let mut room = Room::live();
    let refused = adopt_content(&mut room.desk, RULES.into(), shipped(), PASSPHRASE.into());
    assert!(matches!(refused, Err(Refusal::Stale(_))));
    review_content(&mut room.desk, RULES.into(), shipped()).unwrap();
    let wrong = adopt_content(&mut room.desk, RULES.into(), shipped(), "wrong".into());
    assert!(matches!(wrong, Err(Refusal::Invalid(_))));
    assert_eq!(room.trail().pop().unwrap().action, "wrong-passphrase");
    let all = adoptions(&mut room.desk).unwrap();
    assert_eq!(of(&all, &shipped()).state, ContentState::Draft);
}

#[test]
fn a_role_that_may_not_is_refused() {
    let mut room = Room::live();
    let lead = room.hire("Robin Lead", Role::Lead);
    for role in [Role::Nurse, Role::Physiotherapist, Role::DoctorInTraining] {
        room.seat_a(role);
        let refused = review_content(&mut room.desk, RULES.into(), shipped());
        assert!(matches!(refused, Err(Refusal::NotAllowed(Act::Adopt))));
        let osei = room.osei.clone();
        room.seat(&osei);
    }
    room.seat(&lead);
    let refused = room.withdraw(&shipped());
    assert!(matches!(
        refused,
        Err(Refusal::NotAllowed(Act::WithdrawAdopted))
    ));
}

#[test]
fn safety_08_the_safety_officer_alone_withdraws_at_once_and_the_cases_are_listed() {
    let mut room = Room::live();
    room.adopt(RULES, &shipped());
    let (decided, assessment) = room.finished();
    room.sign(&assessment);
    let open = room.refer(super::forms::referral("Nowak", "Anna"));
    let second = room.start(&open);
    room.seat_a(Role::ClinicalSafetyOfficer);
    let before = cases_under(&mut room.desk, RULES.into(), shipped()).unwrap();
    assert_eq!((before.decided.len(), before.open.len()), (1, 1));
    assert_eq!(before.open[0].patient, open);
    assert!(before.open[0].why.ends_with("it will be chosen by hand."));
    let all = room.withdraw(&shipped()).unwrap();
    let content = of(&all, &shipped());
    assert_eq!(content.state, ContentState::Withdrawn);
    assert!(
        content
            .status
            .ends_with("A rule is wrong for people over 80")
    );
    let after = cases_under(&mut room.desk, RULES.into(), shipped()).unwrap();
    assert_eq!(after.decided[0].patient, decided);
    let drawn = room.result(&second);
    assert!(
        drawn
            .triage
            .off
            .is_some_and(|why| why.contains("withdrawn"))
    );
    let again = room.result(&assessment).decision.unwrap();
    let why = again.withdrawn.unwrap();
    assert!(why.contains("people over 80") && why.ends_with("Look at it again."));
    let said = room
        .trail()
        .into_iter()
        .rfind(|row| row.action == "withdrawn");
    assert_eq!(said.unwrap().reason, "A rule is wrong for people over 80");
}

#[test]
fn what_was_withdrawn_needs_two_new_signatures() {
    let mut room = Room::live();
    let osei = room.osei.clone();
    room.adopt(RULES, &shipped());
    room.seat_a(Role::ClinicalSafetyOfficer);
    room.withdraw(&shipped()).unwrap();
    room.seat(&osei);
    let all = room.sign_for(RULES, &shipped()).unwrap();
    assert_eq!(of(&all, &shipped()).state, ContentState::Half);
    room.seat_a(Role::Pharmacist);
    let all = room.sign_for(RULES, &shipped()).unwrap();
    assert_eq!(of(&all, &shipped()).state, ContentState::InUse);
}

#[test]
fn a_decision_signed_while_proposals_are_off_names_no_ruleset() {
    let mut room = Room::live();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    decide::sign_decision(&mut room.desk, assessment, own_choice(&drawn)).unwrap();
    room.seat_a(Role::ClinicalSafetyOfficer);
    let found = cases_under(&mut room.desk, RULES.into(), shipped()).unwrap();
    assert!(found.decided.is_empty());
}

#[test]
fn another_ruleset_is_kept_to_the_byte_and_takes_the_place_of_the_first() {
    let mut room = Room::live();
    room.adopt(RULES, &shipped());
    let text = Ruleset::shipped_text().replace(
        &format!("version = \"{}\"", Ruleset::shipped().version),
        "version = \"made-up-2\"",
    );
    let all = offer_ruleset(&mut room.desk, text.clone()).unwrap();
    let other = Ruleset::parse(&text).unwrap();
    let digest = hex(&other.digest);
    assert_eq!(of(&all, &digest).state, ContentState::Draft);
    let one_byte_more = format!("{text}\n");
    let another = hex(&Ruleset::parse(&one_byte_more).unwrap().digest);
    room.adopt(RULES, &digest);
    let all = adoptions(&mut room.desk).unwrap();
    assert_eq!(of(&all, &digest).state, ContentState::InUse);
    assert_eq!(of(&all, &shipped()).state, ContentState::Replaced);
    assert!(review_content(&mut room.desk, RULES.into(), another).is_err());
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    assert!(
        drawn.triage.ruleset.ends_with("made-up-2"),
        "{}",
        drawn.triage.ruleset
    );
    let signed = room.sign(&assessment).decision.unwrap();
    assert!(signed.ruleset.contains("made-up-2"), "{}", signed.ruleset);
}

#[test]
fn safety_08_a_total_by_a_table_that_nobody_adopted_is_marked_as_a_draft_in_a_live_service() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    room.row(
        &assessment,
        "medicine",
        &[
            ("name", "morphine"),
            ("form", "modified-release"),
            ("strength", "60 mg"),
            ("times", "2"),
        ],
    );
    let ome = |room: &mut Room| {
        let shown = crate::patient::open_patient(&mut room.desk, patient.clone()).unwrap();
        shown.now.ome.unwrap_or_default()
    };
    let said = ome(&mut room);
    assert!(said.ends_with(", DRAFT)"), "{said}");
    let all = adoptions(&mut room.desk).unwrap();
    let table = all.contents.iter().find(|it| it.what == "medicines-table");
    let digest = table.unwrap().digest.clone();
    room.adopt("medicines-table", &digest);
    let said = ome(&mut room);
    assert!(!said.is_empty() && !said.contains("DRAFT"), "{said}");
}
