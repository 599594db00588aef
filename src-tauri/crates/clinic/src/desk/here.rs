use std::path::PathBuf;

use record::moment::Moment;
use store::{Place, Stretch, SystemKeyring};

use super::{Desk, Program, Surroundings};

/// The clock and the random source of this machine.
struct Machine;

impl Surroundings for Machine {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the program looks at the clock"
    )]
    fn now(&self) -> Moment {
        let now = jiff::Zoned::now();
        // A clock that shows no possible time is taken as the beginning of 1970: wrong for all to
        // see, and never a reason to lose what was typed.
        Moment::new(now.timestamp(), now.offset().seconds())
            .or_else(|_| Moment::new(jiff::Timestamp::UNIX_EPOCH, 0))
            .unwrap_or_else(|_| unreachable!("1970 is a moment"))
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        // Without the system's randomness no key may be made: stopping is the only safe answer.
        #[expect(clippy::expect_used, reason = "no key may be made without randomness")]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// A desk on this machine: its clock, its randomness, its keyring.
pub fn desk_here(folder: PathBuf, version: &str, demo: Option<PathBuf>) -> Desk {
    let program = Program {
        version: version.to_owned(),
        demo,
        stretch: Stretch::REAL,
    };
    Desk::new(
        Place::new(folder),
        Box::new(SystemKeyring),
        Box::new(Machine),
        program,
    )
}
