//! Machines that write, stop in the midst of it, and are started again.

use record::envelope::Envelope;
use record::log::EventLog;

use crate::disk::DiskError;
use crate::draft::Draft;
use crate::event::Node;
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::world::{Happening, World, broke};

impl World {
    /// Keeps what somebody wrote at a laptop, and tells them so.
    pub(crate) fn keep(&mut self, laptop: usize, draft: &Draft) -> Result<(), Breach> {
        let node = Node::laptop(laptop);
        if draft.into_a_fork {
            let words = format!("{node} goes on in a stream of which it holds two ends.");
            return Err(Breach::of(Law::ClosesForks, words));
        }
        self.next_number();
        self.truth.write(&draft.envelopes, &draft.seen);
        let ids: Vec<_> = draft.envelopes.iter().map(Envelope::id).collect();
        match self.laptops[laptop].stored.journal.append(&draft.envelopes) {
            Ok(_) => {
                self.counts.envelopes += ids.len();
                self.say(&format!("{node} saves {}", ids.len()));
                self.truth.promise(node, ids);
                Ok(())
            }
            Err(DiskError::Stopped) => {
                self.stop(node);
                Ok(())
            }
            Err(fault) => Err(broke(node, &fault)),
        }
    }

    /// A machine stops in the midst of a write.
    pub(crate) fn stop(&mut self, node: Node) {
        self.say(&format!("{node} stops"));
        self.counts.add("machines stopped in a write");
        let minutes = match node {
            Node::Laptop(number) => {
                let laptop = &mut self.laptops[usize::from(number)];
                (laptop.state, laptop.talk) = (State::Stopped, None);
                laptop.down_for
            }
            Node::Server(number) => {
                let server = &mut self.servers[usize::from(number)];
                server.stop();
                server.down_for
            }
        };
        self.after(u64::from(minutes) * 60_000, Happening::Restart(node));
    }

    /// A machine is started with what is on its disk.
    pub(crate) fn restart(&mut self, node: Node) -> Result<(), Breach> {
        let interrupted = match node {
            Node::Laptop(number) => {
                let laptop = &mut self.laptops[usize::from(number)];
                if laptop.state != State::Stopped {
                    return Ok(());
                }
                laptop.state = State::Runs;
                laptop.stored.journal.restart()
            }
            Node::Server(number) => {
                let server = &mut self.servers[usize::from(number)];
                if server.state != State::Stopped {
                    return Ok(());
                }
                server.state = State::Runs;
                Ok(server.stored.disk.restart())
            }
        };
        let interrupted = interrupted.map_err(|fault| broke(node, &fault))?;
        self.say(&format!("{node} is started again"));
        let held = self.held(node)?;
        let there = interrupted.iter().filter(|id| held.contains(id)).count();
        if there != 0 && there != interrupted.len() {
            let words = format!("{node} kept {there} of {} at once.", interrupted.len());
            return Err(Breach::of(Law::WholeOrNot, words));
        }
        self.keeps_its_word(node)
    }
}
