//! What each action is called, and the groups the screen filters by.

use record::body::Action;

/// Groups of actions: id, label and members; none for every action.
pub(super) const GROUPS: [(&str, &str, &[Action]); 7] = [
    ("all", "Everything", &[]),
    (
        "opened",
        "Opened or listed",
        &[
            Action::Viewed,
            Action::Listed,
            Action::BreakGlass,
            Action::RestrictedOpened,
        ],
    ),
    (
        "written",
        "Written or signed",
        &[
            Action::Changed,
            Action::Signed,
            Action::Imported,
            Action::Moved,
            Action::Merged,
            Action::Unmerged,
            Action::Erased,
            Action::HandedOver,
        ],
    ),
    (
        "left",
        "Printed or exported",
        &[Action::Printed, Action::Exported],
    ),
    (
        "door",
        "Unlocked, locked, failed",
        &[
            Action::Unlocked,
            Action::Locked,
            Action::FailedUnlock,
            Action::WrongPassphrase,
            Action::Recovered,
            Action::KeysChanged,
            Action::StaffChanged,
        ],
    ),
    (
        "rules",
        "Rules, tables, packs",
        &[Action::Adopted, Action::Withdrawn, Action::RulesTried],
    ),
    (
        "keeping",
        "Backups and checks",
        &[
            Action::BackedUp,
            Action::BackupTested,
            Action::Restored,
            Action::CopyFound,
            Action::ChainChecked,
            Action::AuditOpened,
        ],
    ),
];

/// The words on the wire of a group's actions; none for every action.
pub(super) fn group(id: &str) -> Vec<&'static str> {
    let found = GROUPS.iter().find(|(known, ..)| *known == id);
    let members: &'static [Action] = found.map_or(&[], |(_, _, members)| members);
    members.iter().map(Action::as_str).collect()
}

/// An action as people say it.
pub(super) fn what(action: &Action) -> String {
    match action {
        Action::Viewed => "Opened the record",
        Action::Listed => "Saw lists of patients",
        Action::Changed => "Wrote",
        Action::Signed => "Signed",
        Action::Printed => "Printed",
        Action::Exported => "Saved as a file",
        Action::Imported => "Imported",
        Action::BreakGlass => "Opened what is kept from them",
        Action::RestrictedOpened => "Read restricted notes",
        Action::FailedUnlock => "Failed to unlock",
        Action::WrongPassphrase => "Wrong passphrase or PIN",
        Action::Unlocked => "Unlocked",
        Action::Locked => "Locked",
        Action::Recovered => "Opened with the recovery sheet",
        Action::KeysChanged => "Changed keys",
        Action::StaffChanged => "Changed staff",
        Action::HandedOver => "Handed over",
        Action::Moved => "Moved entries",
        Action::Merged => "Linked two records",
        Action::Unmerged => "Took a link back",
        Action::Erased => "Signed an erasure",
        Action::Adopted => "Signed for adoption",
        Action::Withdrawn => "Withdrew from use",
        Action::RulesTried => "Tried other rules",
        Action::BackedUp => "Made a backup",
        Action::BackupTested => "Tested a backup",
        Action::Restored => "Restored from a backup",
        Action::CopyFound => "Found a copied disk",
        Action::ChainChecked => "Checked the record",
        Action::AuditOpened => "Opened the audit",
        Action::Other(word) => return format!("Something newer: {}", word.replace('-', " ")),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_stands_in_one_group_and_has_words_of_its_own() {
        for action in Action::KNOWN {
            let groups = GROUPS
                .iter()
                .filter(|(.., members)| members.contains(action));
            assert_eq!(groups.count(), 1, "{action}");
            let same = Action::KNOWN.iter().filter(|it| what(it) == what(action));
            assert_eq!(same.count(), 1, "{action}");
        }
    }

    #[test]
    fn an_action_of_a_newer_version_is_shown_as_such() {
        let action = Action::Other("sealed-for-court".into());
        assert_eq!(what(&action), "Something newer: sealed for court");
    }
}
