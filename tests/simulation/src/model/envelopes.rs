//! The small service's envelopes, sealed and signed.

use std::collections::BTreeSet;

use record::body::{Body, Erasure, Revocation, StreamEnd, Transfer};
use record::cbor::to_value;
use record::certificate::{Certificate, Grant, Stated, Validity};
use record::entry::{Basis, Entry, Slot, sign_entry};
use record::envelope::{Envelope, Position, Stream, seal};
use record::id::{EntryId, PatientId, StaffId};
use record::keys::{ContentKey, SigningKey};
use record::role::Role;
use record::scope::{Scope, Subject};
use record::transfers::{self};

use crate::Fault;
use crate::service::{Papers, Service, carrying, entry, moment, time};

use super::meaning::Careless;

/// The envelopes themselves.
pub(super) struct Small {
    pub(super) service: Service,
    pub(super) careless: Option<Careless>,
    pub(super) hub_site: Papers,
    spoke: Papers,
    lead: Certificate,
    pub(super) patient: PatientId,
    pub(super) papers: Vec<Written>,
    /// The spoke's three, and the transfer.
    pub(super) originals: Vec<Written>,
    /// The service's four.
    pub(super) decided: Vec<Written>,
}

/// An envelope with what it says.
pub(super) struct Written {
    pub(super) envelope: Envelope,
    pub(super) entries: Vec<Entry>,
}

impl Small {
    pub(super) fn new(careless: Option<Careless>) -> Result<Self, Fault> {
        let service = Service::new(0, 2)?;
        let sites: BTreeSet<_> = service.sites.iter().copied().collect();
        let hub_site = service.enrol(0, sites.clone())?;
        let spoke = service.enrol(1, BTreeSet::from([service.sites[1]]))?;
        let lead = lead(&service, &hub_site, sites)?;
        let mut small = Self {
            patient: service.patient(0),
            papers: Vec::new(),
            originals: Vec::new(),
            decided: Vec::new(),
            service,
            careless,
            hub_site,
            spoke,
            lead,
        };
        small.papers = vec![small.certify()?];
        small.originals = small.write()?;
        small.originals.push(small.transfer()?);
        small.decided = small.decide()?;
        Ok(small)
    }

    fn certify(&self) -> Result<Written, Fault> {
        let by = self.service.administrator_staff();
        let chains = self.hub_site.chain.iter().chain(&self.spoke.chain[2..]);
        let staff = [&self.hub_site.staff, &self.spoke.staff, &self.lead];
        let mut entries = Vec::new();
        for one in chains.chain(staff) {
            entries.push(carrying(one, by)?);
        }
        self.in_service(0, entries)
    }

    fn write(&self) -> Result<Vec<Written>, Fault> {
        let site = Scope::Site(self.service.sites[1]);
        let stream = self.stream(site, self.spoke.device, 0);
        let staff = self.spoke.staff.claims().grant.staff();
        let staff = staff.ok_or("a clinician is somebody")?;
        let mut all: Vec<Written> = Vec::new();
        for number in 0..3_u64 {
            let at = match all.first() {
                None => stream.first(),
                Some(first) => Position::after(&first.envelope),
            };
            let said = Entry {
                slot: Some(Slot::new("thing/0")?),
                body: record::cbor::Value::Int(i64::try_from(number)?),
                ..entry(staff, moment(0, 0)?)
            };
            let (subject, key) = (Subject::Patient(self.patient), self.service.patient_key(0));
            let device = self.service.device_key(1);
            all.push(self.sealed(at, subject, &key, vec![said], &device, number)?);
        }
        Ok(all)
    }

    /// The four decisions, each first in a life of its own, since they come in any order.
    fn decide(&self) -> Result<Vec<Written>, Fault> {
        let asked = self.erasure(3, "asked", None)?;
        let question = EntryId {
            envelope: asked.envelope.id(),
            index: 0,
        };
        Ok(vec![
            self.end(1, 1)?,
            self.end(2, 2)?,
            asked,
            self.erasure(4, "confirmed", Some(question))?,
        ])
    }

    fn end(&self, life: u32, after: u64) -> Result<Written, Fault> {
        let certificate = self.spoke.chain[2].id();
        let why = if self.careless == Some(Careless::IgnoresTheEnd) {
            "replaced"
        } else {
            "lost"
        };
        let body = Revocation {
            certificate,
            why: why.to_owned(),
            accepted: vec![StreamEnd {
                scope: Scope::Site(self.service.sites[1]),
                incarnation: 0,
                sequence: after,
            }],
        };
        let slot = Slot::new(format!("revocation/{certificate}"))?;
        self.signed(life, &body, slot, false)
    }

    fn erasure(&self, life: u32, step: &str, asked: Option<EntryId>) -> Result<Written, Fault> {
        let body = Erasure {
            records: vec![self.patient],
            step: step.to_owned(),
            asked,
            ground: "court".to_owned(),
            reference: "made up".to_owned(),
        };
        let slot = Slot::new(format!("erasure/{}", self.patient))?;
        let alone = self.careless == Some(Careless::ErasesAlone);
        self.signed(life, &body, slot, asked.is_some() && !alone)
    }

    /// On the patient, in the spoke's scope, by the hub site's laptop.
    fn transfer(&self) -> Result<Written, Fault> {
        let body = Transfer {
            patient: self.patient,
            from: self.service.sites[1],
            to: self.service.sites[2],
            grounds: "nearer".to_owned(),
            told: "the other spoke's nurse".to_owned(),
            note: "made up".to_owned(),
        };
        let said = Entry {
            kind: Transfer::kind(),
            slot: Some(transfers::slot(self.patient)),
            body: to_value(&body)?,
            ..entry(self.service.administrator_staff(), moment(0, 0)?)
        };
        let site = Scope::Site(self.service.sites[1]);
        let at = self.stream(site, self.hub_site.device, 0).first();
        let (subject, key) = (Subject::Patient(self.patient), self.service.patient_key(0));
        let device = self.service.device_key(0);
        self.sealed(at, subject, &key, vec![said], &device, 300)
    }

    /// Signed by the administrator, or by the lead.
    fn signed<B: Body>(
        &self,
        life: u32,
        body: &B,
        slot: Slot,
        by_lead: bool,
    ) -> Result<Written, Fault> {
        let (certificate, key, staff) = if by_lead {
            let staff = self.lead.claims().grant.staff();
            (&self.lead, &lead_key(), staff.ok_or("a lead is somebody")?)
        } else {
            let service = &self.service;
            let staff = service.administrator_staff();
            (&service.administrator, service.administrator_key(), staff)
        };
        let said = Entry {
            kind: B::kind(),
            slot: Some(slot),
            body: to_value(body)?,
            ..entry(staff, moment(0, 0)?)
        };
        let at = self
            .stream(Scope::Service, self.hub_site.device, life)
            .first();
        let (authority, basis) = (certificate.id(), Basis::default());
        let said = sign_entry(said, &at, Subject::Service, 0, basis, authority, key)?;
        self.in_service(life, vec![said])
    }

    fn in_service(&self, life: u32, entries: Vec<Entry>) -> Result<Written, Fault> {
        let at = self
            .stream(Scope::Service, self.hub_site.device, life)
            .first();
        let key = self.service.scope_key(&Scope::Service);
        let device = self.service.device_key(0);
        let number = 100 + u64::from(life);
        self.sealed(at, Subject::Service, &key, entries, &device, number)
    }

    pub(super) fn sealed(
        &self,
        at: Position,
        subject: Subject,
        key: &ContentKey,
        entries: Vec<Entry>,
        device: &SigningKey,
        number: u64,
    ) -> Result<Written, Fault> {
        let nonce = self.service.nonce(number);
        Ok(Written {
            envelope: seal(at, subject, key, nonce, &entries, device)?,
            entries,
        })
    }

    pub(super) fn stream(
        &self,
        scope: Scope,
        device: record::id::DeviceId,
        incarnation: u32,
    ) -> Stream {
        Stream {
            service: self.service.id,
            scope,
            device,
            incarnation,
        }
    }
}

impl Written {
    pub(super) fn stated(&self) -> impl Iterator<Item = Stated<'_>> {
        let entries = (0..).zip(&self.entries);
        entries.map(|(index, entry)| Stated {
            header: self.envelope.header(),
            index,
            entry,
        })
    }
}

fn lead_key() -> SigningKey {
    SigningKey::from_seed(&[0x4c; 32])
}

/// The second person an erasure needs, at the hub site's laptop.
fn lead(
    service: &Service,
    at: &Papers,
    sites: BTreeSet<record::id::SiteId>,
) -> Result<Certificate, Fault> {
    let grant = Grant::Staff {
        staff: StaffId::from_random([0x4c; 16]),
        name: "Edith Whitlock".to_owned(),
        role: Role::Lead,
        sites,
        device: at.device,
        valid: Validity {
            not_before: time(0)?,
            not_after: time(86_400)?,
        },
    };
    let to = lead_key().verifying_key();
    let own = service.administrator_key();
    Ok(service.administrator.issue(grant, to, moment(0, 0)?, own)?)
}
