//! Every laptop is lost: a blank one, the recovery sheet and the hub server give the service back.

use std::time::Duration;

use jiff::Timestamp;
use record::body::Action;
use record::certificate::Fingerprint;
use record::words::{NotSixWords, SixWords};
use store::{BlankRecovery, KeysError, LeftBehind, open_deposit, recover_on_blank, sheet_lookup};
use sync::deposit::{Found, Seek};
use sync::http::{HubServer, Line, LineError, NotAPin, NotAnAddress, Patience, Pin};

use super::{sheet_view, sit_down};
use crate::audit;
use crate::desk::Desk;
use crate::faults::Faults;
use crate::line::{HUB_SERVER, keep_hub_server, runtime, to_keep};
use crate::recovered::{self, Recovered};
use crate::refusal::Refusal;
use crate::role;
use crate::view::{BlankForm, Choice, FoundService, RecoverySheetView, SheetForm};
use crate::words;

/// Looks at the hub server for what was left for a sheet. Nothing is written on this laptop.
pub fn look_for_service(desk: &mut Desk, form: SheetForm) -> Result<FoundService, Refusal> {
    let day = |at| words::staff_date(desk.local(at).date());
    let (left, found) = found(&form, day)?;
    let sites = Recovered::new(&left, None, desk.now().at()).sites.len();
    Ok(FoundService {
        service: left.identity.service_name.clone(),
        site: left.identity.site_name.clone(),
        left: day(left.left),
        sites: u32::try_from(sites).unwrap_or(u32::MAX),
        staff: left
            .staff
            .iter()
            .map(|one| Choice {
                value: one.id.to_string(),
                label: format!("{}, {}", one.name, role::words(one.role)),
            })
            .collect(),
        put_back: found
            .put_back_from
            .map(|at| recovered::rolled_back(&day(at))),
    })
}

/// Makes this blank laptop one of the service again. The root certifies it and the person at it; what
/// the service wrote comes from the hub server. The sheet of this laptop comes back and is shown once;
/// when it is confirmed, the one that was used opens nothing at the hub server any more.
pub fn recover_service(desk: &mut Desk, form: BlankForm) -> Result<RecoverySheetView, Refusal> {
    check(&form)?;
    let hub = hub_server(&form.sheet)?;
    let day = |at| words::staff_date(desk.local(at).date());
    let (left, found) = found(&form.sheet, day)?;
    let staff = form
        .staff
        .parse()
        .map_err(|_| Refusal::field("staff", "Choose who you are."))?;
    let recovered = Recovered::new(&left, found.put_back_from, desk.now().at());
    let asked = BlankRecovery {
        left,
        staff,
        passphrase: &form.passphrase,
        stretch: desk.program.stretch,
        keyring: form.use_keyring,
        settings: vec![
            (recovered::SETTING.to_owned(), json(&recovered)?),
            (HUB_SERVER.to_owned(), json(&to_keep(&hub))?),
        ],
    };
    let now = desk.now().at();
    let Desk {
        place,
        secrets,
        around,
        ..
    } = desk;
    let fill = &mut |bytes: &mut [u8]| around.fill(bytes);
    let (opened, sheet) = recover_on_blank(place, secrets.as_ref(), asked, fill, now)?;
    sit_down(desk, opened, Some(sheet), |desk| {
        keep_hub_server(desk, &hub)?;
        audit::note(desk, Action::Recovered, None, "on a blank laptop")
    })?;
    sheet_view(desk)
}

fn json(value: &impl serde::Serialize) -> Result<serde_json::Value, Refusal> {
    serde_json::to_value(value).map_err(|_| Refusal::Store(store::StoreError::Malformed("setting")))
}

fn check(form: &BlankForm) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.passphrases(&form.passphrase, &form.passphrase_again);
    faults.intended_use(form.read_intended_use);
    faults.none()
}

fn hub_server(form: &SheetForm) -> Result<HubServer, Refusal> {
    let pin = form
        .pin
        .parse::<Pin>()
        .map_err(|error: NotAPin| Refusal::field("pin", error.to_string()))?;
    HubServer::new(&form.address, pin)
        .map_err(|error: NotAnAddress| Refusal::field("address", error.to_string()))
}

/// Asks the hub server, and opens with the sheet what it gives. The six words on the sheet are those
/// of the root that comes out: so nobody slips another service in. `day` is a day as this desk says it.
fn found(
    form: &SheetForm,
    day: impl Fn(Timestamp) -> String,
) -> Result<(LeftBehind, Found), Refusal> {
    let words: SixWords = form
        .words
        .parse()
        .map_err(|error: NotSixWords| Refusal::field("words", error.to_string()))?;
    let hub = hub_server(form)?;
    let lookup = sheet_lookup(&form.code).map_err(of_the_sheet)?;
    let found = runtime()
        .map_err(|_| Refusal::plain("This computer gives Felloe nothing to wait with. Try again."))?
        .block_on(ask(&hub, Seek { lookup }))
        .map_err(|error| Refusal::plain(error.to_string()))?;
    match first_that_opens(&form.code, &words, &found.deposits) {
        Some(left) => Ok((left?, found)),
        None => Err(Refusal::field("code", nothing(&found, day))),
    }
}

/// The newest of these that the sheet opens and whose root has these words; the fault of the newest
/// where none is such, and none where there is none. There are two where a laptop was copied, and one
/// that is spoilt must not stand before one that is whole.
pub(crate) fn first_that_opens(
    code: &str,
    words: &SixWords,
    deposits: &[Vec<u8>],
) -> Option<Result<LeftBehind, Refusal>> {
    let mut fault = None;
    for deposit in deposits {
        match open(code, words, deposit) {
            Ok(left) => return Some(Ok(left)),
            Err(refusal) => fault = fault.or(Some(refusal)),
        }
    }
    fault.map(Err)
}

fn open(code: &str, words: &SixWords, deposit: &[u8]) -> Result<LeftBehind, Refusal> {
    let left = open_deposit(code, deposit).map_err(of_the_sheet)?;
    let root = Fingerprint::of(left.identity.service, &left.root.verifying_key());
    if SixWords::of(&root) != *words {
        return Err(Refusal::field(
            "words",
            "These are not the six words of the service that this code opens. Copy them from the same sheet as the code; if they still differ, this is not your service's hub server.",
        ));
    }
    Ok(left)
}

fn of_the_sheet(error: KeysError) -> Refusal {
    match error {
        KeysError::Sheet(error) => Refusal::field("code", error.to_string()),
        other => other.into(),
    }
}

fn nothing(found: &Found, day: impl Fn(Timestamp) -> String) -> String {
    let said = "This hub server holds nothing for this sheet. It is the sheet of another service, an older sheet than the newest one, or that of a laptop that does not hold the service's root key.";
    let Some(at) = found.put_back_from else {
        return said.to_owned();
    };
    format!(
        "{said} Or the sheet is newer than the copy of {} from which the hub server was put back: ask whoever looks after it for a newer one.",
        day(at)
    )
}

async fn ask(hub: &HubServer, seek: Seek) -> Result<Found, LineError> {
    let mut line = Line::open(hub, Patience::USUAL).await?;
    let answer = line
        .ask("/v1/recover", None, seek.to_bytes(), Duration::ZERO)
        .await?;
    Found::from_bytes(&answer).map_err(|_| LineError::Unreadable)
}
