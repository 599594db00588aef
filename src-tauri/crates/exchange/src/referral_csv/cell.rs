//! One cell at a time: what may stand in it and what it means.

use super::column::Column;
use super::referral::{AskedUrgency, Gender};
use super::trouble::Trouble;

/// The cell's text as it is kept: trimmed, its line breaks as its column wants them.
pub(super) fn tidy(column: Column, raw: &str) -> Result<String, Trouble> {
    let text = raw.trim();
    if text.chars().any(is_unseen) {
        return Err(Trouble::Unseen);
    }
    let limit = column.longest();
    if text.chars().count() > limit {
        return Err(Trouble::TooLong { limit });
    }
    match column {
        Column::Reason | Column::LetterText => Ok(text.to_owned()),
        // Address books export one address on several lines of one cell.
        Column::Address | Column::Needs | Column::GpPractice | Column::Phone => Ok(joined(text)),
        _ if text.contains('\n') => Err(Trouble::LineBreak),
        _ => Ok(text.to_owned()),
    }
}

/// The gender a word names; none for an empty cell.
pub(super) fn gender(text: &str) -> Result<Option<Gender>, Trouble> {
    let gender = match folded(text).as_str() {
        "" => return Ok(None),
        "m" | "male" | "man" => Gender::Male,
        "f" | "female" | "woman" => Gender::Female,
        "other" | "non binary" | "nonbinary" => Gender::Other,
        "not known" | "unknown" => Gender::NotKnown,
        _ => return Err(Trouble::Gender),
    };
    Ok(Some(gender))
}

/// The urgency a word names; none for an empty cell.
pub(super) fn urgency(text: &str) -> Result<Option<AskedUrgency>, Trouble> {
    let urgency = match folded(text).as_str() {
        "" => return Ok(None),
        "routine" => AskedUrgency::Routine,
        "soon" => AskedUrgency::Soon,
        "urgent" => AskedUrgency::Urgent,
        _ => return Err(Trouble::Urgency),
    };
    Ok(Some(urgency))
}

fn joined(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace('-', " ")
}

fn is_unseen(c: char) -> bool {
    let turns_direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns_direction || (c.is_control() && !matches!(c, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::{gender, tidy, urgency};
    use crate::referral_csv::{AskedUrgency, Column, Gender, Trouble};

    #[test]
    fn an_address_on_several_lines_becomes_one() {
        let text = tidy(Column::Address, " 4 Fell View,\n\nOverburn\n");
        assert_eq!(text.as_deref(), Ok("4 Fell View, Overburn"));
    }

    #[test]
    fn a_letter_keeps_its_paragraphs() {
        let text = tidy(Column::LetterText, "Dear team,\n\nThank you.");
        assert_eq!(text.as_deref(), Ok("Dear team,\n\nThank you."));
    }

    #[test]
    fn a_name_over_two_lines_is_refused() {
        assert_eq!(
            tidy(Column::FamilyName, "O'\nNeill"),
            Err(Trouble::LineBreak)
        );
    }

    #[test]
    fn marks_that_turn_the_direction_of_writing_are_refused() {
        assert_eq!(
            tidy(Column::FamilyName, "Khan\u{202E}nahK"),
            Err(Trouble::Unseen)
        );
    }

    #[test]
    fn a_cell_at_its_limit_is_taken_and_one_character_more_is_not() {
        let limit = Column::FamilyName.longest();
        assert!(tidy(Column::FamilyName, &"ś".repeat(limit)).is_ok());
        let over = tidy(Column::FamilyName, &"ś".repeat(limit + 1));
        assert_eq!(over, Err(Trouble::TooLong { limit }));
    }

    #[test]
    fn what_was_not_said_differs_from_what_is_not_known() {
        assert_eq!(gender(""), Ok(None));
        assert_eq!(gender("Not-known"), Ok(Some(Gender::NotKnown)));
        assert_eq!(gender("F"), Ok(Some(Gender::Female)));
        assert_eq!(gender("X"), Err(Trouble::Gender));
    }

    #[test]
    fn only_three_urgencies_can_be_asked_for_in_a_file() {
        assert_eq!(urgency("Urgent"), Ok(Some(AskedUrgency::Urgent)));
        assert_eq!(urgency(""), Ok(None));
        assert_eq!(urgency("emergency"), Err(Trouble::Urgency));
    }
}
