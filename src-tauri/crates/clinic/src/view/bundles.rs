use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Bundles for a USB stick: for whom they can be written, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BundlesView {
    /// Whether this person may write and read them.
    pub may_carry: bool,
    /// The other laptops of the service, those that are for this site's work first.
    pub laptops: Vec<BundleLaptop>,
    /// Sticks that are in this computer now.
    pub sticks: Vec<Stick>,
}

/// A laptop that a bundle can be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BundleLaptop {
    /// Its id, to be sent back.
    pub device: String,
    /// Its first digits and the people at it.
    pub name: String,
    /// Its sites, in words.
    pub sites: String,
    /// It stands at the hub site: a bundle is for it unless somebody says otherwise.
    pub hub: bool,
    /// What was last heard of it by a bundle, in words.
    pub heard: String,
}

/// A stick that is in this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Stick {
    /// Its folder, to be sent back.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// The bundles on it, the newest name first.
    pub bundles: Vec<String>,
}

/// For whom a bundle is to be, and what goes in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct BundleForm {
    /// The folder it goes to.
    pub folder: String,
    /// The laptops it is for, by id.
    pub laptops: Vec<String>,
    /// All of it, rather than what they were not known to hold: for a new laptop.
    pub everything: bool,
}

/// What a bundle would hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BundleContents {
    /// Envelopes that would go in.
    pub envelopes: u32,
    /// The same in words, with what stays out and why.
    pub words: String,
}

/// A bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WrittenBundle {
    /// Where it is.
    pub path: String,
    /// Envelopes in it.
    pub envelopes: u32,
    /// Bytes of the file.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Six words that its reader sees as well.
    pub six_words: String,
    /// What was done, and that the stick may be taken out.
    pub words: String,
}

/// What a bundle holds, before anything of it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InspectedBundle {
    /// Who wrote it, in words.
    pub from: String,
    /// When, by the clock of the laptop that wrote it.
    pub made: String,
    /// Envelopes that are not here yet.
    pub new: u32,
    /// Envelopes that are.
    pub here: u32,
    /// Envelopes that this laptop may not have.
    pub not_for_here: u32,
    /// Six words that its writer saw as well.
    pub six_words: String,
    /// All of it in words.
    pub words: String,
}

/// How far the reading of a bundle is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BundleReading {
    /// How much of it is done: envelopes taken in, and after them people put into the lists.
    pub done: u32,
    /// Of how much.
    pub all: u32,
    /// The same in words.
    pub words: String,
    /// What came of it, once it is over.
    pub came: Option<ReadBundle>,
}

/// What reading a bundle came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadBundle {
    /// Who wrote it, in words.
    pub from: String,
    /// Envelopes that were new.
    pub new: u32,
    /// Envelopes that were here already.
    pub here: u32,
    /// Envelopes that were not taken.
    pub refused: u32,
    /// What was done, what was not and why, and that the stick may be taken out.
    pub words: String,
}
