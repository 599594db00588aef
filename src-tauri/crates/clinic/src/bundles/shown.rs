//! Bundles on the screen.

use super::heard;
use super::laptops::laptops;
use super::sticks::sticks;
use super::writing::{chosen, contents, own, uncertified};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{BundleContents, BundleForm, BundleLaptop, BundlesView};
use crate::words;

/// For whom bundles can be written from here, and the sticks that are in the computer.
pub fn bundles(desk: &mut Desk) -> Result<BundlesView, Refusal> {
    let own = own(desk)?;
    let mut rows = Vec::new();
    for laptop in laptops(desk)?.into_values() {
        if laptop.device == own {
            continue;
        }
        let heard = heard::heard(desk, laptop.device)?;
        rows.push(BundleLaptop {
            device: laptop.device.to_string(),
            name: laptop.name(),
            sites: laptop.site_names(desk)?,
            hub: laptop.hub,
            heard: heard.map_or_else(
                || "No bundle of it was read here yet".to_owned(),
                |heard| {
                    let made = words::staff_moment(heard.made);
                    format!("Its bundle of {made} was read here")
                },
            ),
        });
    }
    rows.sort_by_key(|row| (!row.hub, row.sites.clone(), row.name.clone()));
    Ok(BundlesView {
        may_carry: desk.may(Act::CarryBundles)?,
        laptops: rows,
        sticks: sticks(),
    })
}

/// What a bundle for these laptops would hold. Nothing is written.
pub fn bundle_contents(desk: &mut Desk, form: BundleForm) -> Result<BundleContents, Refusal> {
    desk.allow(Act::CarryBundles)?;
    let mut known = laptops(desk)?;
    let recipients = chosen(&mut known, &form, own(desk)?)?;
    let writer = known.remove(&own(desk)?).ok_or_else(uncertified)?;
    let contents = contents(desk, &writer, &recipients, form.everything)?;
    let envelopes = contents.envelopes();
    let count = words::count(
        usize::try_from(envelopes).unwrap_or(usize::MAX),
        "envelope",
        "envelopes",
    );
    let which = if form.everything {
        "all that each of these laptops may read"
    } else {
        "what each of these laptops may read and is not known to hold"
    };
    Ok(BundleContents {
        envelopes: u32::try_from(envelopes).unwrap_or(u32::MAX),
        words: format!("{count} to write: {which}."),
    })
}
