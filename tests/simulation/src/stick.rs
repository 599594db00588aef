//! Envelopes that are carried by hand: a real bundle, old when it is read, and at times damaged.

use record::body::BoxedKey;
use record::bundle::{Claims, Head, Recipient};
use record::envelope::Envelope;
use record::id::BundleId;
use record::log::{EventLog, Tips};
use record::scope::Scope;
use sync::bundle::{Contents, Error, FileKey, Knowledge, front, plan, write};
use sync::exchange::Known;
use zeroize::Zeroizing;

use crate::Fault;
use crate::disk::DiskError;
use crate::event::Node;
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::service::moment;
use crate::world::{Happening, World, broke};

const HOUR: u64 = 3_600_000;

/// A stick on its way.
pub(crate) struct Stick {
    file: Vec<u8>,
    /// The file's key. That only its recipient opens it is shown where keys are sealed; here it
    /// travels beside the file.
    key: [u8; 32],
    damaged: bool,
}

impl World {
    /// A laptop writes a bundle for another, which reads it so many hours later.
    pub(crate) fn carry(
        &mut self,
        from: usize,
        to: usize,
        hours: u16,
        damaged: bool,
    ) -> Result<bool, Breach> {
        let laptop = &self.laptops[from];
        if from == to || laptop.state != State::Runs || laptop.revoked {
            return Ok(false);
        }
        // Every other one is written by somebody who knows what the reader held that day.
        let known = if hours.is_multiple_of(2) {
            Vec::new()
        } else {
            self.tips(to)?
        };
        let number = self.next_number();
        let stick = self.written(from, to, known, number);
        let mut stick = stick.map_err(|fault| broke(Node::laptop(from), &fault))?;
        if damaged {
            let place = usize::from(hours) * 131 % stick.file.len();
            stick.file[place] ^= 1;
            stick.damaged = true;
        }
        self.after(u64::from(hours) * HOUR, Happening::Arrives(to, stick));
        Ok(true)
    }

    fn tips(&self, at: usize) -> Result<Vec<Tips>, Breach> {
        let mut all = Vec::new();
        let journal = &self.laptops[at].stored.journal;
        for scope in journal.scopes() {
            let tips = journal.disk.tips(scope);
            all.extend(tips.map_err(|fault| broke(Node::laptop(at), &fault))?);
        }
        Ok(all)
    }

    fn written(
        &self,
        from: usize,
        to: usize,
        known: Vec<Tips>,
        number: u64,
    ) -> Result<Stick, Fault> {
        let (writer, reader) = (&self.laptops[from], &self.laptops[to]);
        let knowledge = Knowledge {
            admitted: reader.admitted.clone(),
            holds: known,
        };
        let log = &writer.stored.journal.disk;
        let contents = plan(log, &writer.admitted, &[knowledge])?;
        let mut random = [0; 16];
        random[..8].copy_from_slice(&number.to_be_bytes());
        let bundle = BundleId::from_random(random);
        let head = Head {
            service: self.service.id,
            bundle,
            recipients: vec![Recipient {
                device: reader.papers.device,
                boxed: BoxedKey::from_bytes([0x46; 80]),
            }],
        };
        let claims = self.claims(from, bundle, number, contents)?;
        let device = self.service.device_key(writer.identity);
        let key = *blake3::hash(&number.to_be_bytes()).as_bytes();
        let mut file = Vec::new();
        write(log, &head, claims, &device, &file_key(key), &mut file)?;
        Ok(Stick {
            file,
            key,
            damaged: false,
        })
    }

    /// What the writer says of the bundle.
    fn claims(
        &self,
        from: usize,
        bundle: BundleId,
        number: u64,
        contents: Contents,
    ) -> Result<Claims, Fault> {
        let writer = &self.laptops[from];
        Ok(Claims {
            service: self.service.id,
            bundle,
            head: [0; 32],
            from: writer.papers.device,
            incarnation: 0,
            number,
            made: moment(self.now / 1000, writer.wrong_by_years)?,
            chain: writer.papers.chain.clone(),
            ranges: contents.ranges,
            held: contents.held,
        })
    }

    /// Reads a stick. A damaged one is refused, and nothing of it kept.
    pub(crate) fn read_stick(&mut self, to: usize, stick: &Stick) -> Result<(), Breach> {
        let (laptop, node) = (&self.laptops[to], Node::laptop(to));
        if laptop.state != State::Runs || laptop.revoked {
            return Ok(());
        }
        match self.opened_stick(to, stick) {
            Ok(_) if stick.damaged => {
                let words = format!("{node} read a stick that was damaged.");
                Err(Breach::of(Law::Works, words))
            }
            Ok(carried) => self.take_in(to, &carried),
            Err(fault) if stick.damaged => {
                self.say(&format!("{node} refuses a stick: {fault}"));
                Ok(())
            }
            Err(fault) => Err(broke(node, &fault)),
        }
    }

    fn opened_stick(&self, to: usize, stick: &Stick) -> Result<Vec<Envelope>, Error> {
        let front = front(stick.file.as_slice())?;
        front.sealed_to(self.service.id, self.laptops[to].papers.device)?;
        let bundle = front.open(&file_key(stick.key), &self.service.enrolled())?;
        bundle.envelopes().collect()
    }

    /// Keeps what was carried. Every envelope is checked by its device's key, as one from a hub
    /// server is; certificates first, since the others are checked by them.
    fn take_in(&mut self, to: usize, carried: &[Envelope]) -> Result<(), Breach> {
        let node = Node::laptop(to);
        let journal = &mut self.laptops[to].stored.journal;
        let of_service = |one: &&Envelope| one.header().scope == Scope::Service;
        let (first, second): (Vec<_>, Vec<_>) = carried.iter().partition(of_service);
        for part in [first, second] {
            let proven = |one: &&Envelope| {
                let key = journal.device_key(one.header().device);
                key.is_some_and(|key| one.verify(&key).is_ok())
            };
            let checked: Vec<Envelope> = part.into_iter().filter(proven).cloned().collect();
            match journal.append(&checked) {
                Ok(_) => {}
                Err(DiskError::Stopped) => {
                    self.stop(node);
                    return Ok(());
                }
                Err(fault) => return Err(broke(node, &fault)),
            }
        }
        let held = journal.ids();
        self.say(&format!("{node} reads a stick with {}", carried.len()));
        self.truth.promise(node, held);
        Ok(())
    }
}

fn file_key(key: [u8; 32]) -> FileKey {
    FileKey::from_bytes(Zeroizing::new(key))
}
