//! Treatments that were tried and medicines, as the signer reads them in tables.

use assessment::question::{Catalogue, ListSpec};

use crate::assess::{Shown, field_words, medicine_in_words};
use crate::case::ItemNow;
use crate::view::{MedicineRow, TreatmentRow};

/// The treatments that were tried, in the order of the list.
pub(super) fn treatments(shown: &Shown<'_>) -> Vec<TreatmentRow> {
    let Some(list) = Catalogue::shipped().list("treatment") else {
        return Vec::new();
    };
    rows(shown, list)
        .map(|item| {
            let said = |field: &str| field_words(list, item, field);
            TreatmentRow {
                name: said("name"),
                kind: said("kind"),
                dose: said("dose"),
                duration: said("duration"),
                when: said("when"),
                benefit: said("benefit"),
                stopped: said("stopped"),
            }
        })
        .collect()
}

fn rows<'a>(shown: &'a Shown<'_>, list: &'a ListSpec) -> impl Iterator<Item = &'a ItemNow> {
    let items = shown.items.iter();
    items.filter(move |item| item.list == list.id)
}

/// The medicines, each with its part of the OME and what to act on.
pub(super) fn medicines(shown: &Shown<'_>) -> Vec<MedicineRow> {
    let worked = shown.medicines();
    let items = shown.items.iter().filter(|item| item.list == "medicine");
    items
        .map(|item| {
            let [name, taken, purpose] = medicine_in_words(&item.fields);
            MedicineRow {
                name,
                taken,
                purpose,
                notes: worked.notes(item.item),
            }
        })
        .collect()
}
