//! The door: first run, unlocking, locking, recovery, and what a person sets for themselves.

use record::body::LocalNumbers as NumbersBody;
use record::scope::{Scope, Subject};
use store::{
    Door as StoreDoor, KeyringUse, LEAST_CHARACTERS, LEAST_CHARACTERS_WITHOUT_KEYRING, NewStaff,
    Presence, Recovery, RecoverySheet, SetUp, SiteKind, look, recover as recover_store,
    set_up as set_up_store, unlock as unlock_store,
};

use crate::audit;
use crate::case::body_of;
use crate::desk::{Desk, Line};
use crate::paper::{SheetPaper, sheet};
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::rules;
use crate::view::{
    About, Broken, Choice, Door, FieldFault, KeyringNote, LocalNumbers, Preferences, Printed,
    RecoverForm, RecoverySheetView, SavedPdf, Session, SetUpForm, StaffTile, Status,
};
use crate::words;

/// Minutes without a key until the screen locks. A site may set 1 to 15. A design decision.
pub(crate) const IDLE_MINUTES: u32 = 5;

/// Seconds after which what was typed becomes entries even if the section is not left.
const TYPING_RESTS_AFTER: i64 = 30;

/// The statement every person reads before the first use, and in the about box.
const INTENDED_USE: &str = include_str!("../../../../assets/intended-use.md");

/// Where the program stands.
pub fn status(desk: &mut Desk) -> Result<Status, Refusal> {
    if desk.sitting.is_some() {
        return session(desk).map(Status::Open);
    }
    let about = about(desk);
    Ok(
        match look(&desk.place, desk.secrets.as_ref(), desk.now().at()) {
            Presence::FirstRun => Status::FirstRun(about),
            Presence::Ready(door) => Status::Locked(outside(desk, &door, None)),
            Presence::NeedsRecovery { door, reason } => {
                Status::Recovery(outside(desk, &door, Some(reason.to_string())))
            }
            Presence::Broken(error) => Status::Broken(Broken {
                message: error.to_string(),
            }),
        },
    )
}

fn about(desk: &Desk) -> About {
    let keyring = desk.secrets.usable();
    About {
        version: desk.program.version.clone(),
        intended_use: INTENDED_USE
            .split("\n\n")
            .map(str::trim)
            .filter(|text| !text.is_empty() && !text.starts_with('#'))
            .map(|text| text.replace('\n', " "))
            .collect(),
        roles: record::role::Role::ALL
            .into_iter()
            .map(|role| Choice {
                value: role::value(role),
                label: role::words(role).into(),
            })
            .collect(),
        keyring: KeyringNote {
            usable: keyring.is_ok(),
            words: match keyring {
                Ok(()) => "This computer's keyring will hold one half of the key.".into(),
                Err(error) => error.to_string(),
            },
        },
        passphrase_min: u32::try_from(LEAST_CHARACTERS).unwrap_or(u32::MAX),
        passphrase_min_without_keyring: u32::try_from(LEAST_CHARACTERS_WITHOUT_KEYRING)
            .unwrap_or(u32::MAX),
    }
}

fn outside(desk: &Desk, door: &StoreDoor, reason: Option<String>) -> Door {
    Door {
        service: door.service_name.clone(),
        site: door.site_name.clone(),
        demo: door.demo,
        staff: door
            .staff
            .iter()
            .map(|tile| StaffTile {
                id: tile.id.to_string(),
                name: tile.name.clone(),
                initials: words::initials(&tile.name),
                role: role::words(tile.role).into(),
                wait_seconds: u32::try_from(tile.wait_seconds).unwrap_or(u32::MAX),
            })
            .collect(),
        reason,
        demo_passphrase: door.demo.then(crate::demo::passphrase),
        keyring_held: door.keyring == KeyringUse::Held,
        hub_not_told: crate::reminder::read(&desk.place),
        about: about(desk),
    }
}

/// Sets up a service and its first staff member. The recovery sheet comes back and is shown once.
pub fn set_up(desk: &mut Desk, form: SetUpForm) -> Result<RecoverySheetView, Refusal> {
    let role = check_set_up(&form)?;
    let asked = SetUp {
        service_name: form.service.trim(),
        site_name: form.site.trim(),
        site_kind: if form.hub {
            SiteKind::Hub
        } else {
            SiteKind::Spoke
        },
        demo: false,
        first: NewStaff {
            name: form.name.trim(),
            role,
            passphrase: &form.passphrase,
            stretch: desk.program.stretch,
        },
        keyring: form.use_keyring,
    };
    let now = desk.now();
    let Desk {
        place,
        secrets,
        around,
        ..
    } = desk;
    let (opened, sheet) = set_up_store(
        place,
        secrets.as_ref(),
        &asked,
        &mut |bytes| around.fill(bytes),
        now.at(),
    )?;
    sit_down(desk, opened, Some(sheet))?;
    sheet_view(desk)
}

fn check_set_up(form: &SetUpForm) -> Result<record::role::Role, Refusal> {
    let mut fields = Vec::new();
    let mut need = |field: &str, text: &str, message: &str| {
        if text.trim().is_empty() {
            fields.push(FieldFault {
                field: field.into(),
                message: message.into(),
            });
        }
    };
    need("service", &form.service, "Enter the name of the service.");
    need("site", &form.site, "Enter the name of this site.");
    need("name", &form.name, "Enter your full name.");
    if form.passphrase != form.passphrase_again {
        fields.push(FieldFault {
            field: "passphrase_again".into(),
            message: "The two passphrases differ. Type the second again.".into(),
        });
    }
    if !form.read_intended_use {
        fields.push(FieldFault {
            field: "read_intended_use".into(),
            message: "Read what Felloe is for, then tick the box.".into(),
        });
    }
    let role = role::from_value(&form.role);
    if role.is_none() {
        fields.push(FieldFault {
            field: "role".into(),
            message: "Choose your role.".into(),
        });
    }
    match role {
        Some(role) if fields.is_empty() => Ok(role),
        _ => Err(Refusal::Invalid(fields)),
    }
}

/// Makes the demo clinic if it is not there, and stands at its door.
pub fn set_up_demo(desk: &mut Desk) -> Result<Status, Refusal> {
    let Some(folder) = desk.program.demo.clone() else {
        return Err(Refusal::plain(
            "This installation has no folder for the demo clinic. Start Felloe with --demo.",
        ));
    };
    desk.sitting = None;
    desk.place = store::Place::new(folder);
    if matches!(
        look(&desk.place, desk.secrets.as_ref(), desk.now().at()),
        Presence::FirstRun
    ) {
        crate::demo::make(desk, &mut |_| {})?;
        desk.sitting = None;
    }
    status(desk)
}

/// Opens the record for one person.
pub fn unlock(desk: &mut Desk, staff: String, passphrase: String) -> Result<Session, Refusal> {
    let staff = staff
        .parse()
        .map_err(|_| Refusal::NotFound("That person"))?;
    let opened = unlock_store(
        &desk.place,
        desk.secrets.as_ref(),
        staff,
        &passphrase,
        desk.now().at(),
    )?;
    sit_down(desk, opened, None)?;
    audit::note(desk, "unlocked", None, "")?;
    session(desk)
}

fn sit_down(
    desk: &mut Desk,
    opened: store::Opened,
    sheet: Option<RecoverySheet>,
) -> Result<(), Refusal> {
    desk.sit(opened, sheet);
    desk.certify_first(&[])?;
    // What was typed before a crash, by whoever typed it.
    for patient in desk.seal_all_typed()? {
        crate::route::after_crash(desk, patient)?;
    }
    Ok(())
}

/// Opens the record with the recovery sheet. A new sheet comes back; the old one no longer works.
pub fn recover(desk: &mut Desk, form: RecoverForm) -> Result<RecoverySheetView, Refusal> {
    if form.passphrase != form.passphrase_again {
        return Err(Refusal::field(
            "passphrase_again",
            "The two passphrases differ. Type the second again.",
        ));
    }
    let asked = Recovery {
        code: &form.code,
        staff: form
            .staff
            .parse()
            .map_err(|_| Refusal::field("staff", "Choose whose account to reopen."))?,
        passphrase: &form.passphrase,
        stretch: desk.program.stretch,
        keyring: form.use_keyring,
    };
    let now = desk.now();
    let Desk {
        place,
        secrets,
        around,
        ..
    } = desk;
    let (opened, sheet) = recover_store(
        place,
        secrets.as_ref(),
        &asked,
        &mut |bytes| around.fill(bytes),
        now.at(),
    )?;
    sit_down(desk, opened, Some(sheet))?;
    audit::note(desk, "recovered", None, "")?;
    sheet_view(desk)
}

fn sheet_document(desk: &Desk) -> Result<(document::Document, Vec<String>, [u32; 2]), Refusal> {
    let sitting = desk.sitting()?;
    let sheet_now = sitting.sheet.as_ref().ok_or_else(|| {
        Refusal::plain("The recovery sheet was confirmed and is not shown again.")
    })?;
    let code: Vec<String> = sheet_now
        .groups()
        .iter()
        .map(|group| group.as_str().to_owned())
        .collect();
    let made = words::staff_date(desk.today());
    let paper = SheetPaper {
        service: &sheet_now.service_name,
        site: &sheet_now.site_name,
        code: &code,
        fingerprint: &desk.service_in_words()?,
        made: &made,
        demo: sitting.opened.identity.demo,
    };
    let document = sheet(&paper);
    let confirm = sheet_now
        .words_to_confirm()
        .map(|group| u32::try_from(group).unwrap_or(1));
    Ok((document, code, confirm))
}

fn sheet_view(desk: &Desk) -> Result<RecoverySheetView, Refusal> {
    let (document, code, confirm) = sheet_document(desk)?;
    let typeset = document.typeset()?;
    let pages = (0..typeset.pages())
        .map(|page| typeset.page_svg(page))
        .collect();
    Ok(RecoverySheetView {
        code,
        confirm,
        pages,
    })
}

/// Two groups typed back from the paper: the sheet was printed and can be read.
pub fn confirm_sheet(desk: &mut Desk, first: String, second: String) -> Result<Session, Refusal> {
    let sitting = desk.sitting_mut()?;
    if let Some(sheet) = &sitting.sheet {
        let [a, b] = sheet.words_to_confirm();
        for (field, group, typed) in [("first", a, &first), ("second", b, &second)] {
            if !sheet.confirms(group, typed) {
                return Err(Refusal::field(
                    field,
                    format!("Group {group} is not what the sheet says. Compare it with the paper."),
                ));
            }
        }
        sitting.opened.confirm_sheet()?;
        sitting.sheet = None;
    }
    session(desk)
}

/// Writes the recovery sheet as a PDF where the person chose.
pub fn save_sheet(desk: &mut Desk, folder: String) -> Result<SavedPdf, Refusal> {
    let (document, _, _) = sheet_document(desk)?;
    let typeset = document.typeset()?;
    let path = crate::print::save(
        &folder,
        "felloe-recovery-sheet.pdf",
        &typeset.pdf(crate::print::made(desk.now())),
    )?;
    audit::note(desk, "saved", None, "recovery sheet")?;
    Ok(SavedPdf {
        path,
        pages: u32::try_from(typeset.pages()).unwrap_or(u32::MAX),
    })
}

/// Prints the recovery sheet.
pub fn print_sheet(desk: &mut Desk, printer: String) -> Result<Printed, Refusal> {
    let (document, _, _) = sheet_document(desk)?;
    let bytes = document.typeset()?.pdf(crate::print::made(desk.now()));
    crate::print::print(&printer, 2, &bytes)?;
    audit::note(desk, "printed", None, "recovery sheet")?;
    Ok(Printed {
        words: format!("Two copies were sent to {printer}. Lock them in two safes."),
    })
}

/// Locks at once. What was typed becomes entries first.
pub fn lock(desk: &mut Desk) -> Result<Status, Refusal> {
    if desk.sitting.is_some() {
        desk.seal_all_typed()?;
        audit::note(desk, "locked", None, "")?;
        let open = crate::worklist::hub_not_told(desk)?;
        crate::reminder::write(&desk.place, open);
        desk.sitting = None;
    }
    status(desk)
}

/// Somebody is at the keys. After the idle time the desk has locked itself.
pub fn still_here(desk: &mut Desk) -> Result<Session, Refusal> {
    let now = desk.now().at();
    let idle = now.duration_since(desk.sitting()?.last_seen).as_secs();
    if idle > i64::from(IDLE_MINUTES) * 60 {
        lock(desk)?;
        return Err(Refusal::Locked);
    }
    if idle >= TYPING_RESTS_AFTER {
        desk.seal_all_typed()?;
    }
    desk.sitting_mut()?.last_seen = now;
    session(desk)
}

/// Who is at work and what every screen needs.
pub(crate) fn session(desk: &mut Desk) -> Result<Session, Refusal> {
    let preferences = preferences(desk)?;
    let numbers = local_numbers(desk)?;
    let about = about(desk);
    let today = desk.today();
    let sitting = desk.sitting()?;
    let opened = &sitting.opened;
    let rules = rules::standing(opened.identity.demo);
    Ok(Session {
        staff: opened.staff.to_string(),
        name: opened.name.clone(),
        short_name: format!(
            "{}{}",
            role::before_name(opened.role),
            words::short_name(&opened.name)
        ),
        role: role::words(opened.role).into(),
        service: opened.identity.service_name.clone(),
        site: opened.identity.site_name.clone(),
        demo: opened.identity.demo,
        may_sign: role::may(opened.role, Act::SignDecision),
        idle_minutes: IDLE_MINUTES,
        text_size: preferences.text_size,
        letter_keys: preferences.letter_keys,
        ruleset: rules.words,
        draft_rules: true,
        proposals_off: rules.off,
        today: words::weekday_date(today),
        sheet_to_confirm: sitting.sheet.is_some(),
        numbers_confirmed: numbers.confirmed,
        keyring_held: opened.keyring == KeyringUse::Held,
        about,
    })
}

fn preferences(desk: &Desk) -> Result<Preferences, Refusal> {
    let name = format!("preferences/{}", desk.staff()?);
    let kept = desk.sitting()?.opened.store.setting(&name)?;
    Ok(kept.unwrap_or(Preferences {
        text_size: 100,
        letter_keys: true,
    }))
}

/// Keeps a person's own settings on this laptop.
pub fn save_preferences(desk: &mut Desk, preferences: Preferences) -> Result<Session, Refusal> {
    if ![100, 112, 125, 150].contains(&preferences.text_size) {
        return Err(Refusal::field(
            "text_size",
            "Choose 100, 112, 125 or 150 per cent.",
        ));
    }
    let name = format!("preferences/{}", desk.staff()?);
    desk.sitting()?
        .opened
        .store
        .put_setting(&name, &preferences)?;
    session(desk)
}

const NUMBERS: &str = "local-numbers";

/// The site's emergency numbers. Empty until the site enters its own.
pub fn local_numbers(desk: &mut Desk) -> Result<LocalNumbers, Refusal> {
    let site = desk.sitting()?.opened.identity.site;
    let entries = desk.sitting()?.open_all(Subject::Site(site))?;
    let newest = entries.iter().filter_map(|placed| {
        body_of::<NumbersBody>(&placed.entry).map(|body| (placed.entry.lamport, body))
    });
    let Some((_, body)) = newest.max_by_key(|(lamport, _)| *lamport) else {
        return Ok(LocalNumbers::default());
    };
    let number = |name: &str| body.numbers.get(name).cloned().unwrap_or_default();
    Ok(LocalNumbers {
        hub: number("hub"),
        crisis: number("crisis"),
        mscc: number("mscc"),
        safeguarding: number("safeguarding"),
        spinal: number("spinal"),
        clinic: number("clinic"),
        out_of_hours: number("out-of-hours"),
        confirmed: body.confirmed,
    })
}

/// Keeps the site's emergency numbers.
pub fn save_local_numbers(desk: &mut Desk, numbers: LocalNumbers) -> Result<Session, Refusal> {
    desk.allow(Act::SetNumbers)?;
    let given = [
        ("hub", &numbers.hub),
        ("crisis", &numbers.crisis),
        ("mscc", &numbers.mscc),
        ("safeguarding", &numbers.safeguarding),
        ("spinal", &numbers.spinal),
        ("clinic", &numbers.clinic),
        ("out-of-hours", &numbers.out_of_hours),
    ];
    let missing: Vec<FieldFault> = given
        .iter()
        .filter(|(_, number)| {
            numbers.confirmed && number.chars().filter(char::is_ascii_digit).count() < 3
        })
        .map(|(name, _)| FieldFault {
            field: name.replace('-', "_"),
            message: "Enter this number before saying that all are right.".into(),
        })
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::Invalid(missing));
    }
    let body = NumbersBody {
        numbers: given
            .iter()
            .map(|(name, number)| ((*name).to_owned(), number.trim().to_owned()))
            .collect(),
        confirmed: numbers.confirmed,
    };
    let site = desk.sitting()?.opened.identity.site;
    desk.write_in(
        Scope::Site(site),
        Subject::Site(site),
        vec![Line::of(NUMBERS, &body)?],
    )?;
    session(desk)
}
