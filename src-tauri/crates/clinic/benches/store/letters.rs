//! What referrals say, each in other words, so that no two are alike to whoever compresses them.

use crate::people::Chance;

const WHERE: [&str; 16] = [
    "Low back and left leg pain",
    "Neck and right shoulder pain",
    "Widespread pain with poor sleep",
    "Burning pain of both feet",
    "Pain of the right knee after replacement",
    "Facial pain on the left",
    "Pelvic pain",
    "Pain of the left hand after a fracture",
    "Chest wall pain after shingles",
    "Hip pain on both sides",
    "Headache on most days",
    "Pain of the scar after a hernia repair",
    "Arm pain after a stroke",
    "Mid back pain",
    "Pain of the stump below the right knee",
    "Aching of all joints, worse in the morning",
];
const COURSE: [&str; 12] = [
    "opioids rising",
    "slowly worse since the summer",
    "worse at night",
    "off work since spring",
    "two courses of physiotherapy without lasting help",
    "good days and bad days",
    "could not tolerate amitriptyline",
    "walks with a stick now",
    "sleep broken three times a night",
    "mood low since the redundancy",
    "afraid of moving it",
    "no longer drives",
];
const SENTENCES: [&str; 24] = [
    "Scans show nothing that needs surgery.",
    "Bloods including CRP and thyroid were normal last month.",
    "Has tried naproxen, codeine and a course of duloxetine.",
    "Takes gabapentin, and is not sure that it helps.",
    "Lives alone on the second floor and manages the stairs slowly.",
    "Cares for a mother with dementia.",
    "The orthopaedic team has discharged the case.",
    "Asks whether an injection could help.",
    "Would like to return to work part time.",
    "Blood pressure is well controlled on amlodipine.",
    "No red flags when seen in surgery last week.",
    "Weight has been steady over the year.",
    "Drinks alcohol at weekends only.",
    "Stopped smoking four years ago.",
    "An MRI two years ago showed wear at two levels.",
    "Was seen by the mental health team after a bereavement.",
    "Morphine was started by the hospital and never reviewed.",
    "Uses a TENS machine with some relief.",
    "Attended the exercise group for three weeks and then stopped.",
    "Has diabetes, diet controlled, HbA1c 46.",
    "Speaks good English and reads large print.",
    "Would prefer to be telephoned in the afternoon.",
    "The partner is worried about how much is taken at night.",
    "Grateful for advice on reducing the dose safely.",
];

/// Why somebody is sent.
pub(crate) fn reason(chance: &mut Chance) -> String {
    let (place, course) = (chance.of(&WHERE), chance.of(&COURSE));
    format!("{place} for {} years, {course}.", 2 + chance.below(14))
}

/// What the letter says: three sentences.
pub(crate) fn letter(chance: &mut Chance) -> String {
    let mut sentences = SENTENCES;
    let said: Vec<&str> = (0..3)
        .map(|at| {
            let left = SENTENCES.len() - at;
            sentences.swap(at, at + chance.below(left));
            sentences[at]
        })
        .collect();
    said.join(" ")
}
