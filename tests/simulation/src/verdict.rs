//! What is left, held against what really happened.

use std::collections::BTreeSet;

use record::envelope::Envelope;
use record::fold::{Current, Placed, Record};
use record::id::{EntryId, EnvelopeId, PatientId};
use record::log::EventLog;
use record::scope::Scope;

use crate::event::Node;
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::world::{World, broke};

impl World {
    /// Looks at everybody, once everybody is up to date.
    pub(crate) fn judge(&mut self) -> Result<(), Breach> {
        let nodes = self.nodes();
        for node in nodes {
            self.keeps_its_word(node)?;
        }
        let all = self.all_there_is()?;
        for server in 0..self.servers.len() {
            self.has_exactly(Node::server(server), &all)?;
        }
        for at in 0..self.laptops.len() {
            if self.laptops[at].state == State::Runs {
                self.has_nothing_else(at)?;
            }
        }
        for at in self.connected() {
            let reader = self.reader(at);
            let own = all.iter().filter(|id| {
                let header = self.truth.envelope(id).map(Envelope::header);
                header.is_some_and(|it| reader.may_have(it.scope, it.device))
            });
            let own = own.copied().collect();
            self.has_exactly(Node::laptop(at), &own)?;
        }
        for patient in self.truth.patients(&all) {
            self.is_one_record(patient)?;
        }
        Ok(())
    }

    /// Every disk that is not at the bottom of a river.
    fn nodes(&self) -> Vec<Node> {
        let laptops = (0..self.laptops.len())
            .filter(|at| self.laptops[*at].state != State::Lost)
            .map(Node::laptop);
        let servers = (0..self.servers.len()).map(Node::server);
        laptops.chain(servers).collect()
    }

    /// Everything that anybody holds who still counts.
    fn all_there_is(&self) -> Result<BTreeSet<EnvelopeId>, Breach> {
        let laptops = self.connected().into_iter().map(Node::laptop);
        let servers = (0..self.servers.len()).map(Node::server);
        let mut all = BTreeSet::new();
        for node in laptops.chain(servers) {
            all.extend(self.held(node)?);
        }
        Ok(all)
    }

    /// What is on a disk, as its journal tells.
    pub(crate) fn held(&self, node: Node) -> Result<BTreeSet<EnvelopeId>, Breach> {
        let mut held = BTreeSet::new();
        for scope in self.scopes() {
            let disk = self.disk(node);
            let all = disk.all(scope).map_err(|fault| broke(node, &fault))?;
            held.extend(all.iter().map(Envelope::id));
        }
        Ok(held)
    }

    fn disk(&self, node: Node) -> &crate::disk::Disk {
        match node {
            Node::Laptop(number) => &self.laptops[usize::from(number)].stored.journal.disk,
            Node::Server(number) => &self.servers[usize::from(number)].stored.disk,
        }
    }

    /// Whether everything is there that somebody was told is there.
    pub(crate) fn keeps_its_word(&self, node: Node) -> Result<(), Breach> {
        let held = self.held(node)?;
        let mut promised = self.truth.promised(node);
        let missing = promised.find(|id| !held.contains(id));
        missing.map_or(Ok(()), |id| {
            let words = format!("{node} has lost {}.", self.name(&id));
            Err(Breach::of(Law::KeepsItsWord, words))
        })
    }

    /// Which envelope it is, for a person.
    fn name(&self, id: &EnvelopeId) -> String {
        let header = self.truth.envelope(id).map(Envelope::header);
        let Some(header) = header else {
            return "an envelope that nobody wrote".to_owned();
        };
        let wrote = |one: &crate::laptop::Laptop| one.papers.device == header.device;
        let laptop = self.laptops.iter().position(wrote);
        let whose = laptop.map_or_else(|| "nobody".to_owned(), |at| Node::laptop(at).to_string());
        let (life, sequence) = (header.incarnation, header.sequence);
        let scope = match header.scope {
            Scope::Site(_) => "a site's",
            Scope::Service => "the service's",
            Scope::Audit => "the audit trail's",
        };
        format!("{scope} envelope {sequence} of life {life} of {whose}")
    }

    fn has_exactly(&self, node: Node, expected: &BTreeSet<EnvelopeId>) -> Result<(), Breach> {
        let held = self.held(node)?;
        if let Some(id) = expected.difference(&held).next() {
            let words = format!("{node} lacks {}.", self.name(id));
            return Err(Breach::of(Law::Everywhere, words));
        }
        if let Some(id) = held.difference(expected).next() {
            let words = format!("{node} holds {}.", self.name(id));
            return Err(Breach::of(Law::NowhereElse, words));
        }
        let (tips, ahead) = self.truth.tips(expected);
        for scope in self.scopes() {
            let disk = self.disk(node);
            let told = disk.tips(scope).map_err(|fault| broke(node, &fault))?;
            let waits = disk.ahead(scope).map_err(|fault| broke(node, &fault))?;
            let here = |id: &&EnvelopeId| {
                let envelope = self.truth.envelope(id);
                envelope.is_some_and(|one| one.header().scope == scope)
            };
            let true_tips = tips.iter().filter(|one| one.stream.scope == scope);
            if !told.iter().eq(true_tips) || !waits.iter().eq(ahead.iter().filter(here)) {
                let words = format!("{node} is wrong about where the streams of {scope:?} end.");
                return Err(Breach::of(Law::EveryFork, words));
            }
        }
        Ok(())
    }

    /// Even a laptop that counts no more has nothing that was never for it.
    fn has_nothing_else(&self, at: usize) -> Result<(), Breach> {
        let (node, reader) = (Node::laptop(at), self.reader(at));
        for id in self.held(node)? {
            let header = self.truth.envelope(&id).map(Envelope::header);
            if !header.is_some_and(|it| reader.may_have(it.scope, it.device)) {
                let words = format!("{node} holds {}.", self.name(&id));
                return Err(Breach::of(Law::NowhereElse, words));
            }
        }
        Ok(())
    }

    /// Whether all who may read a patient read the same, with every conflict.
    fn is_one_record(&mut self, patient: PatientId) -> Result<(), Breach> {
        let knows = |at: &usize| {
            let known = self.laptops[*at].stored.journal.patients();
            known.iter().any(|(one, _)| *one == patient)
        };
        let readers: Vec<usize> = self.connected().into_iter().filter(knows).collect();
        let mut first: Option<Record> = None;
        for at in readers {
            let journal = &self.laptops[at].stored.journal;
            let record = journal.record(patient);
            self.has_every_conflict(at, &record, &journal.entries(patient))?;
            if let Some(first) = &first {
                if *first != record {
                    let words = format!("{} reads something else.", Node::laptop(at));
                    return Err(Breach::of(Law::OneRecord, words));
                }
            } else {
                let conflicts = record.under("").filter(|(_, it)| it.all().len() > 1);
                self.counts.conflicts += conflicts.count();
                first = Some(record);
            }
        }
        Ok(())
    }

    fn has_every_conflict(
        &self,
        at: usize,
        record: &Record,
        entries: &[Placed],
    ) -> Result<(), Breach> {
        let truth = self.truth.heads(&entries.iter().collect::<Vec<_>>());
        let shown = record.under("").filter_map(|(slot, current)| {
            let ids: BTreeSet<EntryId> = current.all().iter().map(|it| it.id).collect();
            (current != Current::Nothing).then(|| (slot.clone(), ids))
        });
        if shown.collect::<std::collections::BTreeMap<_, _>>() == truth {
            return Ok(());
        }
        let words = format!("{} shows other values than were written.", Node::laptop(at));
        Err(Breach::of(Law::EveryConflict, words))
    }

    /// What is said at the end of a run.
    pub(crate) fn count_what_is_left(&mut self) {
        self.counts.acknowledged = self.truth.acknowledged();
        let all: BTreeSet<EnvelopeId> = self.truth.all().map(|(id, _)| *id).collect();
        self.counts.forks = self.truth.forks(&all);
    }
}
