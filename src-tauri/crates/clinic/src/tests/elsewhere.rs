//! What somebody else wrote without having seen what stands here.

use record::body::{Body, Detail};
use record::envelope;
use record::fold::Record;
use record::scope::{Scope, Subject};
use store::{Derived, KeyHolder};

use super::Room;
use crate::case::slots;
use crate::desk::{Line, patient_id};

impl Room {
    /// A value in a slot, written as if nothing stood there. The screen has to open the record anew.
    pub(super) fn write_unseen<B: Body>(&mut self, patient: &str, slot: &str, body: &B) {
        let patient = patient_id(patient).unwrap();
        let sitting = self.desk.sitting().unwrap();
        let store = &sitting.opened.store;
        let key = store
            .key_to_write(KeyHolder::Patient(patient))
            .unwrap()
            .unwrap();
        let scope = Scope::Site(sitting.opened.identity.site);
        self.append_unseen(scope, Subject::Patient(patient), slot, body, &key.key);
    }

    /// The same in the service scope.
    pub(super) fn write_unseen_in_service<B: Body>(&mut self, slot: &str, body: &B) {
        let store = &self.desk.sitting().unwrap().opened.store;
        let key = store
            .key_to_write(KeyHolder::Scope(Scope::Service))
            .unwrap()
            .unwrap();
        self.append_unseen(Scope::Service, Subject::Service, slot, body, &key.key);
    }

    fn append_unseen<B: Body>(
        &mut self,
        scope: Scope,
        subject: Subject,
        slot: &str,
        body: &B,
        key: &record::keys::ContentKey,
    ) {
        let (now, author) = (self.desk.now(), self.desk.staff().unwrap());
        let nonce = self.desk.random();
        let sitting = self.desk.sitting_mut().unwrap();
        let opened = &mut sitting.opened;
        let lamport = opened.store.lamport().unwrap() + 1;
        let entry = Line::of(slot, body)
            .unwrap()
            .entry(&Record::default(), author, now, lamport);
        let position = opened.store.position(scope).unwrap();
        let sealed = envelope::seal(
            position,
            subject,
            key,
            nonce,
            &[entry],
            &opened.device_signing,
        )
        .unwrap();
        let derived = Derived {
            lamport,
            ..Derived::default()
        };
        opened.store.append(&[sealed], derived).unwrap();
        sitting.shown = None;
        sitting.known = None;
    }

    /// Another value of a detail, written elsewhere.
    pub(super) fn detail_elsewhere(&mut self, patient: &str, field: &str, value: &str) {
        let body = Detail {
            field: field.into(),
            value: value.into(),
        };
        self.write_unseen(patient, &slots::detail(field), &body);
    }
}
