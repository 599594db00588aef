//! What whoever looks after the hub server can do, apart from letting it serve.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use hub::clock;
use hub::folder::Folder;
use hub::server_key::{Pin, ServerKey};
use hub::settings::Settings;
use hub::shelf::{DatabaseShelf, Shelves};
use hub::{Address, backup};
use serde_json::json;
use sync::admitted::Admitted;
use sync::record::id::DeviceId;
use sync::record::words::SixWords;
use sync::set_up::SetUp;

use crate::arguments::{Admit, Arguments};
use crate::outcome::{Outcome, Trouble};
use crate::status::Status;

/// The hub server that a command is about.
pub(crate) struct Place {
    pub(crate) folder: Folder,
    store: Option<String>,
}

impl Place {
    pub(crate) fn of(arguments: &Arguments) -> Self {
        Self {
            folder: Folder::at(&arguments.at),
            store: arguments.store.clone(),
        }
    }

    /// Its settings and where its envelopes are.
    pub(crate) fn found(&self) -> Result<(Settings, Address), Trouble> {
        let settings = self.folder.settings()?;
        let store = self.folder.store(&settings, self.store.as_deref())?;
        Ok((settings, store))
    }

    fn shelf(&self) -> Result<DatabaseShelf, Trouble> {
        let (_, store) = self.found()?;
        Ok(Shelves::open(&store, 1)?.shelf()?)
    }

    pub(crate) fn init(&self, service: &Path, name: &str) -> Result<Outcome, Trouble> {
        let file = read(service).map_err(|error| {
            Trouble::input(&format!("The set-up file cannot be read: {error}."))
        })?;
        let set_up = SetUp::from_bytes(&file).map_err(|error| Trouble::input(&error))?;
        let mut settings = Settings {
            name: name.to_owned(),
            ..Settings::default()
        };
        if let Some(store) = &self.store {
            settings.store.clone_from(store);
        }
        let store = self.folder.store(&settings, None)?;
        let key = ServerKey::generate(name).map_err(|error| Trouble::input(&error))?;
        self.folder.make()?;
        Shelves::set_up(&store, &set_up)?;
        self.folder.keep_server_key(&key)?;
        self.folder.keep_settings(&settings)?;
        let address = format!("{name}:{}", settings.listen.port());
        let root = SixWords::of(&set_up.fingerprint()).to_string();
        let json = json!({
            "service": set_up.service().to_string(),
            "root_words": root,
            "address": address,
            "pin": key.pin().to_string(),
            "pin_words": key.pin().words().to_string(),
        });
        let words = format!(
            "The hub server is set up.\n\n  service   {}\n  its root  {root}\n{}\n\n\
             Compare the words of the root with those in Felloe at the hub site, and enter the \
             address and the pin there.",
            set_up.service(),
            known_by(&address, key.pin())
        );
        Ok(Outcome::new(json, words, true))
    }

    pub(crate) fn admit(&self, admit: &Admit) -> Result<Outcome, Trouble> {
        match (admit.device, &admit.chain) {
            (Some(device), _) => self.unblock(device),
            (None, Some(chain)) => self.introduce(chain),
            (None, None) => Err(Trouble::input(
                &"Name a device, or give a file with --chain.",
            )),
        }
    }

    fn unblock(&self, device: DeviceId) -> Result<Outcome, Trouble> {
        let was = self.shelf()?.unblock(device)?;
        let json = json!({ "device": device.to_string(), "was_blocked": was });
        let words = if was {
            "The device may speak again."
        } else {
            "That device was not blocked. One with a certificate of the service is let in by itself."
        };
        Ok(Outcome::new(json, words, was))
    }

    fn introduce(&self, chain: &Path) -> Result<Outcome, Trouble> {
        let bytes = fs::read(chain)
            .map_err(|error| Trouble::input(&format!("The file cannot be read: {error}.")))?;
        let request = sync::wire::Request::from_bytes(&bytes);
        let Ok((_, sync::wire::Request::Introduce { chain })) = request else {
            return Err(Trouble::input(&"That is not a file of certificates."));
        };
        let mut opened = self.shelf()?;
        let about = opened.about();
        let admitted = Admitted::from_chain(&chain, &about.root, about.hub_site)
            .map_err(|error| Trouble::input(&error))?;
        opened.admit(&chain)?;
        let json = json!({ "device": admitted.device().to_string() });
        let words = format!("Device {} is known now.", admitted.device());
        Ok(Outcome::new(json, words, true))
    }

    pub(crate) fn block(&self, device: DeviceId) -> Result<Outcome, Trouble> {
        let mut opened = self.shelf()?;
        let known = opened.knows(device)?;
        let new = opened.block(device, clock::now().as_millisecond())?;
        let json = json!({ "device": device.to_string(), "known": known, "newly": new });
        let words = match (known, new) {
            (true, true) => {
                "The device is blocked from its next request on. What it wrote before stays. Revoke \
                 it in Felloe as well: that is what the other devices go by."
            }
            (false, true) => {
                "The device is blocked. It has never been here: see that the id is the right one."
            }
            (_, false) => "The device was blocked before.",
        };
        Ok(Outcome::new(json, words, new))
    }

    pub(crate) fn status(&self) -> Result<Outcome, Trouble> {
        let (settings, store) = self.found()?;
        let key = self.folder.server_key()?;
        let opened = Shelves::open(&store, 1)?.shelf()?;
        let status = Status {
            about: opened.about(),
            address: format!("{}:{}", settings.name, settings.listen.port()),
            pin: key.pin(),
            store,
            standing: opened.standing()?,
        };
        Ok(Outcome::new(status.json(), status.words(), true))
    }

    pub(crate) fn backup(&self, to: &Path) -> Result<Outcome, Trouble> {
        let (_, store) = self.found()?;
        let made = backup::backup(&self.folder, &store, to, clock::now())?;
        let words = format!(
            "Backed up: {} envelopes of service {}, read back and whole. The folder holds the \
             server's private key: keep it where only you can read it.",
            made.envelopes, made.service
        );
        Ok(Outcome::new(told(&made), words, true))
    }

    pub(crate) fn restore(&self, from: &Path) -> Result<Outcome, Trouble> {
        let made = backup::restore(from, &self.folder, self.store.as_deref())?;
        let words = format!(
            "Restored: {} envelopes of service {}, as of {}. What came after is offered again by \
             the laptops when they come.",
            made.envelopes, made.service, made.made
        );
        Ok(Outcome::new(told(&made), words, true))
    }

    pub(crate) fn rotate(&self) -> Result<Outcome, Trouble> {
        let (settings, _) = self.found()?;
        let key = ServerKey::generate(&settings.name).map_err(|error| Trouble::input(&error))?;
        self.folder.keep_server_key(&key)?;
        let address = format!("{}:{}", settings.name, settings.listen.port());
        let json = json!({
            "address": address,
            "pin": key.pin().to_string(),
            "pin_words": key.pin().words().to_string(),
        });
        let words = format!(
            "The server has a new key from its next start on.\n\n{}\n\nNo laptop talks to it until \
             it has been told the new pin. Copy server.key and server.crt to the other hub servers \
             of the service, if there are any.",
            known_by(&address, key.pin())
        );
        Ok(Outcome::new(json, words, true))
    }
}

/// A file, or standard input where it is called `-`: an account of the system may not open what a
/// person may.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file != Path::new("-") {
        return fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn known_by(address: &str, pin: Pin) -> String {
    format!(
        "  address   {address}\n  its pin   {pin}\n  in words  {}",
        pin.words()
    )
}

fn told(made: &backup::Manifest) -> serde_json::Value {
    serde_json::to_value(made).unwrap_or_default()
}
