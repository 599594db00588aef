//! A service at its hub, and a spoke whose laptop joins it.

use std::path::Path;

use clinic::view::{
    ApproveForm, FinishJoiningForm, HubServerForm, JoinForm, SetUpForm, SiteForm, StaffChangeForm,
    Status,
};
use clinic::{Desk, door, enrol, line, sites, staff};

use crate::victim::confirm;
use crate::{Fault, PASSPHRASE};

/// A service with a hub and one spoke.
#[derive(Debug, Clone)]
pub struct Service {
    /// Whoever set it up: a consultant, who is an administrator and works at both sites.
    pub staff: String,
    /// The spoke.
    pub spoke: String,
    /// The file that its hub server is set up with.
    pub set_up: String,
    /// The code on the recovery sheet of the first laptop.
    pub sheet: String,
    /// The six words of the service.
    pub words: String,
}

impl Service {
    /// Sets a service up at `desk`, the first laptop at its hub.
    pub fn found(desk: &mut Desk, folder: &Path) -> Result<Self, Fault> {
        let form = SetUpForm {
            service: "Fernbank Pain Service".into(),
            site: "Fernbank Hub".into(),
            hub: true,
            name: "Ama Osei".into(),
            role: "consultant".into(),
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            use_keyring: true,
            read_intended_use: true,
        };
        let sheet = door::set_up(desk, form)?;
        let own = confirm(desk, &sheet)?;
        let form = SiteForm {
            name: "Rowan Spoke".into(),
            own_passphrase: PASSPHRASE.into(),
        };
        let opened = sites::open_site(desk, form)?;
        let all: Vec<String> = opened.sites.iter().map(|site| site.id.clone()).collect();
        let spoke = opened.sites.iter().find(|site| site.name == "Rowan Spoke");
        let spoke = spoke.ok_or("the spoke is not there")?.id.clone();
        let both = StaffChangeForm {
            role: "consultant".into(),
            sites: all,
            own_passphrase: PASSPHRASE.into(),
        };
        staff::change_colleague(desk, own.clone(), both)?;
        let set_up = line::save_hub_set_up(desk, folder.display().to_string())?;
        Ok(Self {
            staff: own,
            spoke,
            set_up: set_up.path,
            sheet: sheet.code.join(" "),
            words: set_up.six_words,
        })
    }
}

/// Names the hub server that this laptop, and whoever joins from it, speaks to.
pub fn name(desk: &mut Desk, address: &str, pin: &str) -> Result<(), Fault> {
    let form = HubServerForm {
        address: address.to_owned(),
        pin: pin.to_owned(),
    };
    line::save_hub_server(desk, form)?;
    Ok(())
}

/// A nurse's laptop joins at the spoke: asked there, approved at the hub, the words compared. Gives
/// the nurse's id.
pub fn join(hub: &mut Desk, spoke: &mut Desk, site: &str, folder: &Path) -> Result<String, Fault> {
    let form = JoinForm {
        name: "Ada Quist".into(),
        passphrase: PASSPHRASE.into(),
        passphrase_again: PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    };
    let Status::Joining(joining) = enrol::begin_joining(spoke, form)? else {
        return Err("the laptop does not wait for an answer".into());
    };
    let form = ApproveForm {
        request: joining.text,
        words: joining.words.join(" "),
        role: "nurse".into(),
        sites: vec![site.to_owned()],
        home: site.to_owned(),
        colleague: String::new(),
        own_passphrase: PASSPHRASE.into(),
        folder: folder.display().to_string(),
    };
    let approved = enrol::approve_joining(hub, form)?;
    let form = FinishJoiningForm {
        answer: approved.path,
        words: approved.words.join(" "),
        passphrase: PASSPHRASE.into(),
    };
    let sheet = enrol::finish_joining(spoke, form)?;
    Ok(confirm(spoke, &sheet)?)
}
