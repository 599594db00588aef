//! Several hub servers over one database, and many connections of one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use hub::Address;
use hub::shelf::Shelves;
use record::envelope::Envelope;
use record::log::EventLog as _;
use record::scope::Scope;
use sync::conformance::{Pen, SERVICE};
use sync::memory::Memory;
use sync::shelf::Shelf as _;

use crate::postgres::Postgres;
use crate::service::Service;

/// Devices that write, and what each writes.
const DEVICES: u8 = 4;
const EACH: usize = 60;

/// Every device's stream is pushed by two at once: by itself at one hub server, and by a colleague
/// who re-offers it at the other. Others ask all the time how it stands.
fn pushed_from_both_sides(sides: [&Shelves; 2]) {
    let scope = Scope::Service;
    let streams: Vec<Vec<Envelope>> = (1..=DEVICES)
        .map(|device| Pen::new(SERVICE, scope, device).write_many("words", EACH))
        .collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope_of_threads| {
        let writers: Vec<_> = streams
            .iter()
            .flat_map(|stream| [(stream, sides[0], 7), (stream, sides[1], 5)])
            .map(|(stream, side, batch)| {
                scope_of_threads.spawn(move || {
                    let mut own = side.shelf().unwrap();
                    let new = |part: &[Envelope]| own.append(part).unwrap().new;
                    stream.chunks(batch).map(new).sum::<usize>()
                })
            })
            .collect();
        for side in sides {
            let done = &done;
            scope_of_threads.spawn(move || {
                let own = side.shelf().unwrap();
                while !done.load(Ordering::Relaxed) {
                    own.digest(SERVICE, scope).unwrap();
                }
            });
        }
        let new: Vec<usize> = writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .collect();
        done.store(true, Ordering::Relaxed);
        let all = usize::from(DEVICES) * EACH;
        assert_eq!(new.iter().sum::<usize>(), all, "each is new once");
    });
    let mut memory = Memory::new(SERVICE);
    for stream in &streams {
        memory.append(stream).unwrap();
    }
    for side in sides {
        let own = side.shelf().unwrap();
        assert_eq!(own.tips(scope).unwrap(), memory.tips(scope).unwrap());
        assert_eq!(own.ahead(scope).unwrap(), []);
        let tips = memory.tips(scope).unwrap();
        let digest = sync::record::log::ScopeDigest::of(SERVICE, scope, &tips, &[]);
        assert_eq!(own.digest(SERVICE, scope).unwrap(), digest);
    }
}

fn opened(at: &Address) -> Shelves {
    Shelves::set_up(at, &Service::with_id("together", SERVICE).set_up()).unwrap();
    Shelves::open(at, 8).unwrap()
}

#[test]
fn two_hub_servers_that_are_given_the_same_at_once_keep_it_once_and_say_how_it_stands() {
    let postgres = Postgres::start();
    for round in 0..3 {
        let address = postgres.fresh(&format!("round_{round}"));
        let at = Address::read(&address, PathBuf::new()).unwrap();
        pushed_from_both_sides([&opened(&at), &opened(&at)]);
    }
}

#[test]
fn many_connections_to_one_file_that_are_given_the_same_at_once_keep_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let shelves = opened(&Address::File(folder.path().join("hub.db")));
    pushed_from_both_sides([&shelves, &shelves]);
}
