//! What the nurse enters in `first_light`, question by question. Invented, every word.

use crate::rows::Answer::{self, Pick, Tick, Write};

/// Answers of one section: question id and what is done with it.
type Answers = &'static [(&'static str, Answer)];

/// The sections after the safety questions, in order. Questions that an answer brings up stand
/// after it.
pub const SECTIONS: &[(&str, Answers)] = &[
    ("where", WHERE),
    ("feel", FEEL),
    ("effect", EFFECT),
    ("mood", MOOD),
    ("sleep", SLEEP),
    ("work", WORK),
    ("medicines", MEDICINES),
    ("health", HEALTH),
    ("matters", MATTERS),
];

/// The safety questions that are not warning signs.
pub const CONTACT: Answers = &[
    ("contact-mode", Pick("In person")),
    (
        "contact-present",
        Write("Her sister, Halina, for the first half"),
    ),
    ("seen-alone", Pick("Yes")),
    ("interpreter-today", Pick("Yes, a professional interpreter")),
    ("implanted-device", Pick("No")),
    ("inflam-back-pain", Pick("No")),
];

const WHERE: Answers = &[
    (
        "pain-main",
        Write("Heavy burning across the low back, since the tannery fire"),
    ),
    ("pain-months", Write("38")),
    (
        "pain-onset",
        Write("Lifting the drum lid while running out"),
    ),
    (
        "pain-history",
        Write("Better for a summer, then back for good. Two bad spells each month."),
    ),
    (
        "pain-tests",
        Write("MRI at L4/5 in spring: wear for her age"),
    ),
    (
        "pain-explained",
        Write("Told it is wear. She thinks a nerve is trapped."),
    ),
];

const FEEL: Answers = &[
    ("pain-words", Tick(&["Aching", "Burning"])),
    ("pain-pattern", Pick("All the time, with worse spells")),
    ("pain-worse", Write("Standing at the sink")),
    ("pain-better", Write("Warm bath, lying on the left")),
    ("pain-cause", Pick("It explains part of it")),
    ("pain-cancer", Pick("No")),
    ("nerve-pattern", Pick("No")),
    ("nerve-lesion", Pick("No")),
    ("nerve-facial", Pick("No")),
    ("sciatica", Pick("Yes")),
    ("sciatica-severe", Pick("No")),
    ("sciatica-imaging", Pick("No")),
    ("examined", Pick("Yes")),
    ("exam-general", Write("Slow to rise, walks evenly")),
    (
        "exam-painful",
        Write("Tender both sides of L4, bends to the knees"),
    ),
    (
        "exam-neurology",
        Write("Power 5 of 5, ankle reflexes equal"),
    ),
    ("exam-other", Write("Skin normal")),
];

const EFFECT: Answers = &[
    ("pain-average", Pick("7")),
    ("pain-worst", Pick("9")),
    ("pain-now", Pick("6")),
    ("pain-enjoyment", Pick("8")),
    ("pain-activity", Pick("10")),
    ("confidence", Pick("0")),
    ("impact", Pick("A good deal: some things are given up")),
    ("activity", Pick("Short walks")),
    ("pacing", Pick("A lot on good days, then paying for it")),
    ("fear-movement", Pick("Yes")),
    ("walking-aid", Pick("No")),
    ("falls", Pick("Yes")),
    ("falls-detail", Write("One, on the weir steps in March")),
    ("self-care", Pick("With some help")),
];

/// PHQ-2 comes to 4, so the rest is asked: 4 + 2 + 2 + 1 + 1 + 1 + 1 + 0 = 12, item 9 at 0.
const MOOD: Answers = &[
    ("phq-9-1", Pick("More than half the days")),
    ("phq-9-2", Pick("More than half the days")),
    ("gad-7-1", Pick("Several days")),
    ("gad-7-2", Pick("Nearly every day")),
    ("phq-9-full", Pick("Ask it now")),
    ("phq-9-3", Pick("More than half the days")),
    ("phq-9-4", Pick("More than half the days")),
    ("phq-9-5", Pick("Several days")),
    ("phq-9-6", Pick("Several days")),
    ("phq-9-7", Pick("Several days")),
    ("phq-9-8", Pick("Several days")),
    ("phq-9-9", Pick("Not at all")),
    ("gad-7-full", Pick("Ask it now")),
    ("gad-7-3", Pick("Several days")),
    ("gad-7-4", Pick("Several days")),
    ("gad-7-5", Pick("Not at all")),
    ("gad-7-6", Pick("More than half the days")),
    ("gad-7-7", Pick("Not at all")),
    ("psychosis", Pick("No")),
    ("trauma", Answer::Without("Declined")),
    ("mental-health-team", Answer::Without("Not known")),
    ("memory", Pick("Some")),
    ("memory-support", Pick("Yes")),
];

const SLEEP: Answers = &[
    ("pain-sleep", Pick("8")),
    ("sleep-hours", Write("5")),
    ("sleep-trouble", Pick("Waking in the night")),
    ("snoring", Pick("Loud snoring")),
    ("sleep-apnoea", Pick("No")),
    ("sleep-day", Write("Strong tea until nine at night")),
];

const WORK: Answers = &[
    ("work-status", Pick("Off sick")),
    (
        "work-detail",
        Write("Dyer at the tannery; cannot stand a shift"),
    ),
    ("work-at-risk", Pick("Yes")),
    ("money-worry", Pick("Yes")),
    ("claim", Answer::Without("Cannot be answered")),
    ("lives-with", Pick("Family")),
    ("stairs", Pick("No")),
    ("lonely", Pick("No")),
    ("is-carer", Pick("No")),
    ("social-need", Pick("No")),
    ("drives", Pick("Yes")),
    ("driving-kind", Tick(&["Car or motorcycle"])),
    ("driving-advice", Pick("Yes")),
    ("audit-c-1", Pick("2 to 4 times per month")),
    ("audit-c-2", Pick("3 to 4")),
    ("audit-c-3", Pick("Less than monthly")),
    ("smoking", Pick("Stopped")),
    ("drug-use", Pick("No")),
    ("substance-unstable", Pick("No")),
    ("eating", Pick("Less than usual")),
    ("weight-wished", Pick("Yes")),
    ("weight", Write("71")),
];

const MEDICINES: Answers = &[
    ("medicines-complete", Pick("Yes")),
    (
        "medicine-sources",
        Tick(&["The person", "Boxes or repeat slip"]),
    ),
    ("medicines-taken", Pick("It varies")),
    (
        "medicines-difference",
        Write("Leaves the morning tablet out before driving"),
    ),
    ("dependence-concern", Pick("No")),
    ("wants-reduce", Pick("Yes")),
    ("medicine-benefit", Pick("No")),
    ("stores-medicines", Pick("Yes")),
    ("naloxone", Pick("Yes")),
    ("opioid-substitution", Pick("No")),
];

const HEALTH: Answers = &[
    ("cancer-now", Pick("No")),
    ("end-of-life", Pick("No")),
    ("breathing-disease", Pick("No")),
    ("kidney-function", Pick("60 or more")),
    ("kidney-date", Write("14-Sep-2026")),
    ("heart-disease", Pick("No")),
    ("ulcer-history", Pick("No")),
    ("epilepsy", Pick("No")),
    ("osteoporosis", Pick("No")),
    ("second-opinion-wish", Pick("No")),
    ("diagnosis-unclear", Pick("No")),
    ("community-care-failed", Pick("No")),
    ("facet-pattern", Pick("No")),
    ("pregnancy", Pick("Not pregnant")),
    ("breastfeeding", Pick("No")),
];

/// `matters-most` is left out: finishing asks for it.
const MATTERS: Answers = &[
    ("hopes", Write("Dance at my niece's wedding in Cracow")),
    ("worries", Write("That I will need a chair")),
    ("does-not-want", Write("No more injections")),
    ("group-willing", Pick("Perhaps")),
    ("psychology-willing", Pick("Yes")),
    ("exercise-willing", Pick("Yes")),
    ("self-management-wish", Pick("No")),
    ("carer-need", Pick("No carer")),
    ("language", Write("Polish, reads English")),
    ("information-needs", Tick(&["None"])),
    ("adjustments", Write("A chair with arms")),
    ("consent-share", Pick("With the team and the GP")),
    ("consent-who", Write("Not with the insurer")),
    ("safe-contact", Pick("By telephone only")),
    (
        "safe-contact-note",
        Write("After six, never the work number"),
    ),
];

/// Answered last in the first light: the missing list leads to it.
pub const MATTERS_MOST: (&str, &str) = ("matters-most", "To sleep until six and go back to dyeing");

/// Typed right before the program is killed.
pub const LAST_TYPED: (&str, &str) = ("mood-note", "Says she feels like a kite without wind");
