//! Invented people. The same number always gives the same person.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A source of numbers that is the same in every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Splitmix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// A person with what a referral says of them.
pub(crate) struct Person {
    pub(crate) family: String,
    pub(crate) given: String,
    pub(crate) born: Date,
    pub(crate) nhs_number: String,
    pub(crate) phone: String,
    pub(crate) address: String,
    pub(crate) received: Date,
}

/// Half of all people have one of these; the rest have names put together from parts.
const COMMON: [&str; 40] = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Patel",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Khan",
    "Wood",
    "Jackson",
    "Clarke",
    "O'Neill",
    "O'Brien",
    "Begum",
    "Ali",
    "Hughes",
    "Lewis",
    "Ahmed",
    "Kaur",
    "Singh",
    "Murphy",
    "Kelly",
    "McDonald",
    "Nowak",
    "Wiśniewska",
    "Müller",
    "García",
    "Smith-Jones",
    "de la Cruz",
];
const FIRST: [&str; 36] = [
    "Ash", "Black", "Brad", "Bur", "Carl", "Chad", "Cot", "Dal", "Den", "East", "Fair", "Farn",
    "Gar", "Hart", "Hay", "Kirk", "Lang", "Lin", "Mar", "Mill", "Nor", "Oak", "Pen", "Ray", "Rush",
    "Sand", "Shel", "Stan", "Sut", "Thorn", "Wake", "Wal", "West", "Whit", "Win", "York",
];
const MIDDLE: [&str; 12] = [
    "", "er", "ing", "el", "y", "a", "en", "ers", "i", "ley", "or", "by",
];
const LAST: [&str; 24] = [
    "ton", "ford", "ley", "well", "field", "worth", "man", "ham", "wood", "land", "burn", "croft",
    "dale", "more", "ridge", "shaw", "son", "stead", "thorpe", "by", "combe", "den", "gate",
    "hurst",
];
const GIVEN: [&str; 48] = [
    "Ada", "Ahmed", "Aisha", "Amir", "Ana", "Anna", "Ben", "Carol", "Chloe", "Daniel", "David",
    "Donna", "Elsie", "Emeka", "Emma", "Ewan", "Farah", "Fatima", "George", "Hanna", "Harry",
    "Imran", "Ivy", "Jack", "Jane", "John", "Joseph", "Karen", "Khadija", "Leah", "Liam", "Linda",
    "Łucja", "Margaret", "Mary", "Michael", "Mohammed", "Nina", "Olu", "Paul", "Peter", "Priya",
    "Rosa", "Sam", "Sarah", "Susan", "Thabo", "Zoë",
];
const STREETS: [&str; 12] = [
    "Mill Lane",
    "High Street",
    "Church Road",
    "Station Road",
    "Priory Street",
    "Causey Hill",
    "Park Avenue",
    "Victoria Road",
    "Queen Street",
    "Green Lane",
    "Manor Road",
    "King Street",
];

impl Person {
    pub(crate) fn new(number: usize) -> Self {
        let mut chance = Chance::new(number as u64);
        let family = if chance.below(2) == 0 {
            chance.of(&COMMON).to_owned()
        } else {
            format!(
                "{}{}{}",
                chance.of(&FIRST),
                chance.of(&MIDDLE),
                chance.of(&LAST)
            )
        };
        let born = date(1930, 1, 1).saturating_add((chance.below(28_000) as i64).days());
        Self {
            family,
            given: chance.of(&GIVEN).to_owned(),
            born,
            nhs_number: nhs_number(number),
            phone: format!("01632 {:06}", 960_000 + number % 1000),
            address: format!("{} {}", 1 + chance.below(200), chance.of(&STREETS)),
            received: date(2026, 1, 5).saturating_add((chance.below(300) as i64).days()),
        }
    }
}

/// The numbers of the range that is never issued whose check digit exists, spread over it.
fn nhs_number(number: usize) -> String {
    // A prime step visits each of the million once before it comes round.
    let mut at = number.wrapping_mul(387_401) % 1_000_000;
    loop {
        let nine = format!("999{at:06}");
        let weighed: u32 = nine
            .bytes()
            .zip((2..=10).rev())
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        match 11 - weighed % 11 {
            10 => at = (at + 1) % 1_000_000,
            check => return format!("{nine}{}", check % 11),
        }
    }
}

/// What somebody types, and what the index is asked for it.
pub(crate) struct Query {
    pub(crate) typed: String,
    pub(crate) words: Vec<String>,
    pub(crate) whole: Vec<String>,
    pub(crate) digits: Option<String>,
}

/// The eight usual ways, in turn.
pub(crate) const WAYS: [&str; 8] = [
    "two letters of a family name",
    "four letters of a family name",
    "a family name",
    "a given name and an initial",
    "a family name and a year",
    "four digits of a number",
    "a number",
    "a date of birth",
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What people type to find one of so many, in eight usual ways.
pub(crate) fn queries(patients: usize, count: usize) -> Vec<Query> {
    let mut chance = Chance::new(42);
    (0..count)
        .map(|turn| {
            let person = Person::new(chance.below(patients));
            query(&person, turn)
        })
        .collect()
}

fn query(person: &Person, turn: usize) -> Query {
    let plain = |name: &str| -> String {
        let name = name
            .to_lowercase()
            .replace('ś', "s")
            .replace('ü', "u")
            .replace('í', "i");
        let name = name.replace('ł', "l").replace('ë', "e");
        name.chars().filter(char::is_ascii_lowercase).collect()
    };
    let (family, given) = (plain(&person.family), plain(&person.given));
    let (born, short) = (person.born, person.born.year() % 100);
    let begin = |text: &str, letters: usize| text.chars().take(letters).collect::<String>();
    let digits = &person.nhs_number;
    let of = |typed: String, words: &[&str], whole: Vec<String>, digits: Option<&str>| Query {
        typed,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        whole,
        digits: digits.map(str::to_owned),
    };
    match turn % WAYS.len() {
        0 => of(begin(&family, 2), &[&begin(&family, 2)], vec![], None),
        1 => of(begin(&family, 4), &[&begin(&family, 4)], vec![], None),
        2 => of(family.clone(), &[&family], vec![], None),
        3 => {
            let typed = format!("{given} {}", begin(&family, 1));
            of(typed, &[&given, &begin(&family, 1)], vec![], None)
        }
        4 => of(
            format!("{family} {short:02}"),
            &[&family],
            vec![format!("{short:02}y")],
            None,
        ),
        5 => of(digits[4..8].to_owned(), &[], vec![], Some(&digits[4..8])),
        6 => {
            let typed = format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..]);
            of(typed, &[], vec![], Some(digits))
        }
        _ => {
            let month = MONTHS[usize::from(born.month().unsigned_abs()) - 1];
            let whole = format!("{:04}{:02}{:02}", born.year(), born.month(), born.day());
            let typed = format!("{} {month} {}", born.day(), born.year());
            of(typed, &[], vec![whole], None)
        }
    }
}
