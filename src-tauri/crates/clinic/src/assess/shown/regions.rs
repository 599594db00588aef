//! The regions of the body map.

use assessment::question::{Catalogue, QuestionKind};

use super::Shown;
use crate::view::RegionView;

impl Shown<'_> {
    /// The regions of the body map.
    pub(crate) fn regions() -> Vec<RegionView> {
        let Some(list) = Catalogue::shipped().list("region") else {
            return Vec::new();
        };
        let Some(QuestionKind::Choice { options }) = list
            .fields
            .iter()
            .find(|field| field.id == "region")
            .map(|field| &field.kind)
        else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for view in ["front", "back"] {
            for option in options
                .iter()
                .filter(|option| seen_from(view, &option.value))
            {
                let sides: &[&str] = if in_the_middle(&option.value) {
                    &["middle"]
                } else {
                    &["left", "right"]
                };
                all.extend(sides.iter().map(|side| RegionView {
                    code: format!("{view}-{side}-{}", option.value),
                    name: option.label.clone(),
                    view: view.into(),
                    side: (*side).into(),
                }));
            }
        }
        all
    }
}

pub(super) fn seen_from(view: &str, region: &str) -> bool {
    match region {
        "face" | "jaw" | "mouth" | "chest" | "abdomen" | "groin" | "pelvis" | "genitals"
        | "shin" => view == "front",
        "upper-back" | "mid-back" | "low-back" | "buttock" | "calf" => view == "back",
        _ => true,
    }
}

pub(super) fn in_the_middle(region: &str) -> bool {
    matches!(
        region,
        "head" | "face" | "mouth" | "neck" | "genitals" | "pelvis"
    )
}
