use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::data_key::random;

/// Crockford's base 32: no I, L, O or U, so that nothing reads as two things.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Groups of a code; each is four characters of key and one that checks them.
const GROUPS: usize = 8;
const GROUP: usize = 5;
/// 160 random bits. An X25519 key can be no stronger than 128, and every group
/// less is one less to mistype on a bad day.
const SEED: usize = 20;

/// What is printed, put in two safes, and typed in when a passphrase, a keyring
/// or a laptop is lost. Wiped from memory when dropped.
pub struct RecoverySheet {
    /// The service's name, for the sheet's heading.
    pub service_name: String,
    /// The site's name, for the sheet's heading.
    pub site_name: String,
    /// When the sheet was made.
    pub made: Timestamp,
    seed: SheetSeed,
    ask: [usize; 2],
}

/// The random bits a sheet stands for.
pub(crate) type SheetSeed = Zeroizing<[u8; SEED]>;

impl RecoverySheet {
    pub(crate) fn new(
        service_name: &str,
        site_name: &str,
        made: Timestamp,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Self {
        let seed = Zeroizing::new(random::<SEED>(entropy));
        let [first, step] = random::<2>(entropy).map(usize::from);
        let first = first % GROUPS;
        let second = (first + 1 + step % (GROUPS - 1)) % GROUPS;
        Self {
            service_name: service_name.to_owned(),
            site_name: site_name.to_owned(),
            made,
            seed,
            ask: [first.min(second) + 1, first.max(second) + 1],
        }
    }

    pub(crate) fn seed(&self) -> &SheetSeed {
        &self.seed
    }

    /// The eight groups of five characters, in order.
    pub fn groups(&self) -> Vec<Zeroizing<String>> {
        let values = values_of(&self.seed);
        values
            .chunks(GROUP - 1)
            .enumerate()
            .map(|(index, group)| written(index, group))
            .collect()
    }

    /// The whole code, groups joined by hyphens.
    pub fn code(&self) -> Zeroizing<String> {
        let groups = self.groups();
        let parts: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
        Zeroizing::new(parts.join("-"))
    }

    /// The two groups (counted from 1) to be typed from the paper, so that it is
    /// known to have been printed and to be readable.
    pub fn words_to_confirm(&self) -> [usize; 2] {
        self.ask
    }

    /// Whether `typed` is what stands in group `number` (from 1). Case, spaces
    /// and O for 0 do not matter.
    pub fn confirms(&self, number: usize, typed: &str) -> bool {
        let Some(group) = number
            .checked_sub(1)
            .and_then(|index| self.groups().into_iter().nth(index))
        else {
            return false;
        };
        let plain: Option<Vec<u8>> = significant(typed).map(value_of).collect();
        plain.is_some() && plain == group.chars().map(value_of).collect()
    }
}

impl std::fmt::Debug for RecoverySheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecoverySheet")
            .field("made", &self.made)
            .finish_non_exhaustive()
    }
}

/// What is wrong with a typed code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Not eight groups of five.
    #[error(
        "The code has {found} characters; the sheet has 40, in eight groups of five. Check that every group is there."
    )]
    Length {
        /// Characters found, spaces and hyphens not counted.
        found: usize,
    },
    /// A group's check character does not fit the other four.
    #[error("Group {group} of the code is mistyped. Compare it with the sheet.")]
    Mistyped {
        /// The group, counted from 1.
        group: usize,
    },
}

/// Reads a typed code back into the bits it stands for.
pub(crate) fn read_code(typed: &str) -> Result<SheetSeed, SheetError> {
    let characters: Zeroizing<Vec<char>> = Zeroizing::new(significant(typed).collect());
    if characters.len() != GROUPS * GROUP {
        return Err(SheetError::Length {
            found: characters.len(),
        });
    }
    let mut values = Zeroizing::new(Vec::with_capacity(GROUPS * (GROUP - 1)));
    for (index, group) in characters.chunks(GROUP).enumerate() {
        let mistyped = SheetError::Mistyped { group: index + 1 };
        let read: Option<Vec<u8>> = group.iter().copied().map(value_of).collect();
        let read = Zeroizing::new(read.ok_or(mistyped)?);
        let (data, check) = read.split_at(GROUP - 1);
        if check != [check_of(index, data)] {
            return Err(mistyped);
        }
        values.extend_from_slice(data);
    }
    Ok(seed_of(&values))
}

fn significant(typed: &str) -> impl Iterator<Item = char> {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
}

fn value_of(character: char) -> Option<u8> {
    let plain = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET
        .iter()
        .position(|&letter| char::from(letter) == plain)?;
    u8::try_from(at).ok()
}

fn written(index: usize, group: &[u8]) -> Zeroizing<String> {
    let check = check_of(index, group);
    let letters = group.iter().chain(std::iter::once(&check));
    Zeroizing::new(
        letters
            .map(|&value| char::from(ALPHABET[usize::from(value & 31)]))
            .collect(),
    )
}

/// A weighted sum in the field of 32 elements. The weights differ and are not
/// zero, so one wrong character or two swapped ones always show; the group's
/// place is in it, so two swapped groups do too.
fn check_of(index: usize, group: &[u8]) -> u8 {
    let place = u8::try_from(index & 31).unwrap_or(0);
    let (sum, _) = group.iter().fold((place, 2), |(sum, weight), &value| {
        (sum ^ times(weight, value), times(weight, 2))
    });
    sum
}

/// Multiplication modulo x^5 + x^2 + 1.
fn times(a: u8, b: u8) -> u8 {
    let product = (0..5)
        .filter(|bit| b >> bit & 1 == 1)
        .fold(0_u16, |sum, bit| sum ^ (u16::from(a) << bit));
    let reduced = (5..10).rev().fold(product, |rest, bit| {
        if rest >> bit & 1 == 1 {
            rest ^ (0b10_0101 << (bit - 5))
        } else {
            rest
        }
    });
    (reduced & 31) as u8
}

fn values_of(seed: &SheetSeed) -> Zeroizing<Vec<u8>> {
    let bit = |n: usize| seed[n / 8] >> (7 - n % 8) & 1;
    let value = |n: usize| (0..5).fold(0, |value, at| value << 1 | bit(n * 5 + at));
    Zeroizing::new((0..SEED * 8 / 5).map(value).collect())
}

fn seed_of(values: &[u8]) -> SheetSeed {
    let bit = |n: usize| {
        values
            .get(n / 5)
            .map_or(0, |value| value >> (4 - n % 5) & 1)
    };
    let mut seed = Zeroizing::new([0; SEED]);
    for (n, byte) in seed.iter_mut().enumerate() {
        *byte = (0..8).fold(0, |value, at| value << 1 | bit(n * 8 + at));
    }
    seed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(bytes: [u8; SEED]) -> RecoverySheet {
        let mut given = bytes.into_iter().chain([3, 200]).cycle();
        RecoverySheet::new("Service", "Site", Timestamp::UNIX_EPOCH, &mut |slice| {
            slice.fill_with(|| given.next().unwrap());
        })
    }

    proptest! {
        /// Whatever the bits, the code typed in any case, with any spacing and with
        /// O and I for 0 and 1, gives them back.
        #[test]
        fn a_printed_code_reads_back(bytes: [u8; SEED]) {
            let code = sheet(bytes).code();
            prop_assert_eq!(*read_code(&code).unwrap(), bytes);
            let sloppy = code.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "I");
            prop_assert_eq!(*read_code(&sloppy).unwrap(), bytes);
        }

        /// One wrong character is always found, and the group is named.
        #[test]
        fn one_wrong_character_is_found_in_its_group(bytes: [u8; SEED], at in 0_usize..40, to in 1_u8..32) {
            let mut typed: Vec<char> = significant(&sheet(bytes).code()).collect();
            let value = (value_of(typed[at]).unwrap() + to) % 32;
            typed[at] = char::from(ALPHABET[usize::from(value)]);
            let typed: String = typed.into_iter().collect();
            prop_assert_eq!(read_code(&typed), Err(SheetError::Mistyped { group: at / 5 + 1 }));
        }

        /// Two neighbours swapped within a group are always found, unless alike.
        #[test]
        fn swapped_neighbours_are_found(bytes: [u8; SEED], group in 0_usize..8, at in 0_usize..4) {
            let mut typed: Vec<char> = significant(&sheet(bytes).code()).collect();
            let at = group * 5 + at;
            prop_assume!(typed[at] != typed[at + 1]);
            typed.swap(at, at + 1);
            let typed: String = typed.into_iter().collect();
            prop_assert_eq!(read_code(&typed), Err(SheetError::Mistyped { group: group + 1 }));
        }
    }

    #[test]
    fn a_missing_group_is_said_with_the_number_of_characters() {
        let code = sheet([9; SEED]).code();
        let refused = read_code(&code[6..]).unwrap_err();
        assert_eq!(refused, SheetError::Length { found: 35 });
        assert!(refused.to_string().contains("35 characters"));
    }

    #[test]
    fn the_two_groups_asked_for_differ_and_only_their_own_text_confirms_them() {
        let sheet = sheet([0x5a; SEED]);
        let [first, second] = sheet.words_to_confirm();
        assert!(first < second && second <= 8);
        let group = sheet.groups()[first - 1].to_lowercase();
        assert!(sheet.confirms(first, &group));
        assert!(!sheet.confirms(second, &group));
        assert!(!sheet.confirms(0, &group));
        assert!(!sheet.confirms(first, ""));
    }

    #[test]
    fn debug_output_holds_no_part_of_the_code() {
        let sheet = sheet([0x5a; SEED]);
        let shown = format!("{sheet:?}");
        assert!(
            sheet
                .groups()
                .iter()
                .all(|group| !shown.contains(group.as_str()))
        );
    }
}
