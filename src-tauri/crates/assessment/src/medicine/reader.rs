//! Reading one medicine from its words.

use rust_decimal::Decimal;

use super::dictionary::{Dictionary, Medicine};
use super::item::{Form, Item, Times, check_unit, dose_count, resolved_form};
use super::regimen::{Problem, RegimenError};
use super::strength::{Strength, StrengthError, is_millilitre, is_word, read_strength};
use super::token::{Piece, Token, tokens};

/// A fault in one medicine, before its number is known.
pub(super) struct Fault {
    at: usize,
    reason: Problem,
    nearest: Option<String>,
}

impl Fault {
    pub(super) fn new(at: usize, reason: Problem) -> Self {
        Self {
            at,
            reason,
            nearest: None,
        }
    }

    pub(super) fn at_item(self, item: usize) -> RegimenError {
        RegimenError {
            item,
            position: self.at + 1,
            reason: self.reason,
            nearest: self.nearest,
        }
    }
}

/// Reads one medicine from its tokens.
pub(super) struct Reader<'a> {
    text: &'a str,
    medicine: &'a Medicine,
    tokens: Vec<Token>,
    next: usize,
    form: Option<Form>,
    strength: Option<(usize, Strength)>,
    dose: Option<(usize, String)>,
    times: Option<Decimal>,
    as_needed: bool,
    most: Option<Decimal>,
    takes: Option<Decimal>,
    change_days: Option<Decimal>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        text: &'a str,
        offset: usize,
        dictionary: &'a Dictionary,
    ) -> Result<Self, Fault> {
        let tokens = tokens(text, offset);
        let (medicine, next) = named(&tokens, dictionary)?;
        Ok(Self {
            text,
            medicine,
            tokens,
            next,
            form: None,
            strength: None,
            dose: None,
            times: None,
            as_needed: false,
            most: None,
            takes: None,
            change_days: None,
        })
    }

    pub(super) fn item(mut self) -> Result<Item, Fault> {
        while self.next < self.tokens.len() {
            self.step()?;
        }
        self.finish()
    }

    fn step(&mut self) -> Result<(), Fault> {
        if self.read_strength()? || self.read_form() || self.read_how_often()? || self.read_dose() {
            return Ok(());
        }
        let reason = match self.tokens.get(self.next).map(|token| &token.piece) {
            Some(Piece::Number(_) | Piece::Unreadable) if self.form == Some(Form::Patch) => {
                Problem::PatchUnit
            }
            Some(Piece::Unreadable) => Problem::Number,
            Some(Piece::Number(_)) => Problem::Strength(StrengthError::NotAStrength),
            _ => Problem::NotUnderstood,
        };
        Err(self.fault(reason))
    }

    fn read_strength(&mut self) -> Result<bool, Fault> {
        let at = self.position();
        let read =
            read_strength(self.rest()).map_err(|error| Fault::new(at, Problem::Strength(error)))?;
        let Some(read) = read else { return Ok(false) };
        if self.strength.is_none() {
            self.strength = Some((at, read.strength));
        } else if self.dose.is_none() && matches!(read.strength, Strength::Mass { .. }) {
            self.dose = Some((at, self.words(read.used)));
        } else {
            return Err(self.fault(Problem::NotUnderstood));
        }
        self.next += read.used;
        Ok(true)
    }

    fn read_form(&mut self) -> bool {
        let Some((form, used)) = form_of(self.rest()) else {
            return false;
        };
        self.next += used;
        // "MR tablets" is modified release; "tablets" alone says no more than "oral".
        if form != Form::Tablet || self.form.is_none() {
            self.form = Some(form);
        }
        true
    }

    fn read_how_often(&mut self) -> Result<bool, Fault> {
        let Some(word) = self.tokens.get(self.next).and_then(Token::word) else {
            return Ok(false);
        };
        match word {
            "prn" => self.as_needed = true,
            "as" | "when" if is_word(&self.tokens, self.next + 1, &["needed", "required"]) => {
                self.as_needed = true;
                self.next += 1;
            }
            "up" | "max" | "maximum" | "most" => {
                if is_word(&self.tokens, self.next + 1, &["to"]) {
                    self.next += 1;
                }
                self.most = Some(self.count()?);
            }
            "takes" | "taking" | "taken" => self.takes = Some(self.count()?),
            "x" => self.times = Some(self.count_here()?),
            "every" => self.every()?,
            "od" | "once" | "daily" | "nocte" | "mane"
                if self.times.is_none() && self.most.is_none() =>
            {
                self.times = Some(Decimal::ONE);
            }
            "bd" | "twice" => self.times = Some(Decimal::TWO),
            "tds" => self.times = Some(Decimal::from(3)),
            "qds" => self.times = Some(Decimal::from(4)),
            "daily" | "a" | "day" | "times" | "per" | "and" | "at" | "night" | "morning" => {}
            _ => return Ok(false),
        }
        self.next += 1;
        Ok(true)
    }

    /// `every 72 hours` or `every 7 days`: a patch's change; for others, how often.
    fn every(&mut self) -> Result<(), Fault> {
        let number = self
            .tokens
            .get(self.next + 1)
            .and_then(Token::number)
            .filter(|number| !number.is_zero())
            .ok_or_else(|| self.fault(Problem::Number))?;
        let hours = is_word(&self.tokens, self.next + 2, &["h", "hr", "hour", "hours"]);
        let days = is_word(&self.tokens, self.next + 2, &["day", "days"]);
        let day = Decimal::from(24);
        match (hours, days) {
            (true, _) if self.is_patch() => self.change_days = Some(number / day),
            (true, _) => self.times = Some(day / number),
            (_, true) if self.is_patch() => self.change_days = Some(number),
            (_, true) => self.times = Some(Decimal::ONE / number),
            _ => return Err(self.fault(Problem::NotUnderstood)),
        }
        self.next += 2;
        Ok(())
    }

    /// `2 tablets` or `5 ml`; or `3 times`.
    fn read_dose(&mut self) -> bool {
        let Some(number) = self.tokens.get(self.next).and_then(Token::number) else {
            return false;
        };
        match self.tokens.get(self.next + 1).and_then(Token::word) {
            Some("times") if self.times.is_none() => self.times = Some(number),
            Some(word)
                if self.dose.is_none() && (is_millilitre(word) || COUNTED.contains(&word)) =>
            {
                self.dose = Some((self.position(), self.words(2)));
            }
            _ => return false,
        }
        self.next += 2;
        true
    }

    /// A count after the word at the cursor, with or without its times sign.
    fn count(&mut self) -> Result<Decimal, Fault> {
        if is_word(&self.tokens, self.next + 1, &["x"]) {
            self.next += 1;
        }
        self.count_here()
    }

    fn count_here(&mut self) -> Result<Decimal, Fault> {
        self.next += 1;
        self.tokens
            .get(self.next)
            .and_then(Token::number)
            .filter(|number| *number <= Decimal::ONE_HUNDRED)
            .ok_or_else(|| self.fault(Problem::Number))
    }

    fn finish(self) -> Result<Item, Fault> {
        let end = self.position();
        let strength = self.strength.as_ref().map(|(_, strength)| strength);
        let form = resolved_form(self.form, strength, Some(self.medicine));
        let times = self
            .when_taken()
            .map_err(|reason| Fault::new(end, reason))?;
        let (strength_at, strength) = self.strength.ok_or_else(|| {
            let reason = match form {
                Some(Form::Patch) => Problem::PatchUnit,
                _ => Problem::Strength(StrengthError::NotAStrength),
            };
            Fault::new(end, reason)
        })?;
        check_unit(Some(self.medicine), form, Some(&strength))
            .map_err(|reason| Fault::new(strength_at, reason))?;
        if form == Some(Form::Patch) && self.times.is_some_and(|times| times != Decimal::ONE) {
            return Err(Fault::new(end, Problem::PatchTimes));
        }
        let (dose_at, dose) = self.dose.unwrap_or((end, String::new()));
        let per_dose =
            dose_count(&dose, Some(&strength)).map_err(|reason| Fault::new(dose_at, reason))?;
        Ok(Item {
            text: self.text.trim().to_owned(),
            name: self.medicine.name.clone(),
            known: true,
            form,
            strength: Some(strength),
            per_dose,
            times,
            change_days: self.change_days,
            source: None,
            for_dependence: false,
            said_opioid: None,
        })
    }

    /// How often; an amount without it is all that is taken in 24 hours.
    fn when_taken(&self) -> Result<Times, Problem> {
        let maximum = self.most.or(self.times);
        if let (Some(takes), Some(most)) = (self.takes, maximum)
            && takes > most
        {
            return Err(Problem::TakesMoreThanMost);
        }
        if maximum.is_none() && self.takes.is_none() && !self.as_needed {
            let once = Some(Decimal::ONE);
            return Ok(Times {
                typical: once,
                maximum: once,
                as_needed: false,
                assumed_daily: true,
            });
        }
        let regular = if self.as_needed { None } else { self.times };
        let typical = self.takes.or(regular);
        Ok(Times {
            typical,
            maximum,
            as_needed: self.as_needed,
            assumed_daily: false,
        })
    }

    fn is_patch(&self) -> bool {
        self.form == Some(Form::Patch)
            || matches!(self.strength, Some((_, Strength::PerHour { .. })))
    }

    fn rest(&self) -> &[Token] {
        self.tokens.get(self.next..).unwrap_or_default()
    }

    /// The next `count` tokens as text again.
    fn words(&self, count: usize) -> String {
        let piece = |token: &Token| match &token.piece {
            Piece::Word(word) => word.clone(),
            Piece::Number(number) => number.to_string(),
            Piece::Slash => "/".to_owned(),
            Piece::Other(sign) => sign.to_string(),
            Piece::Unreadable => String::new(),
        };
        self.rest()
            .iter()
            .take(count)
            .map(piece)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn position(&self) -> usize {
        self.tokens
            .get(self.next)
            .or(self.tokens.last())
            .map_or(0, |token| token.at)
    }

    fn fault(&self, reason: Problem) -> Fault {
        Fault::new(self.position(), reason)
    }
}

const COUNTED: [&str; 10] = [
    "tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "caps", "patch", "patches",
];

/// The longest known name that the tokens begin with, and how many tokens it takes.
fn named<'a>(tokens: &[Token], dictionary: &'a Dictionary) -> Result<(&'a Medicine, usize), Fault> {
    let words: Vec<&str> = tokens.iter().map_while(Token::word).take(4).collect();
    let at = tokens.first().map_or(0, |token| token.at);
    for count in (1..=words.len()).rev() {
        let name = words.get(..count).unwrap_or_default().join(" ");
        if let Some(medicine) = dictionary.find(&name) {
            return Ok((medicine, count));
        }
    }
    let nearest = words
        .first()
        .and_then(|word| dictionary.nearest(word))
        .map(str::to_owned);
    Err(Fault {
        at,
        reason: Problem::UnknownName,
        nearest,
    })
}

/// A form at the start of the tokens, and how many tokens it takes.
fn form_of(tokens: &[Token]) -> Option<(Form, usize)> {
    let word = tokens.first().and_then(Token::word)?;
    let slash = tokens.get(1).map(|token| &token.piece) == Some(&Piece::Slash);
    if word == "m" && slash && is_word(tokens, 2, &["r"]) {
        return Some((Form::ModifiedRelease, 3));
    }
    if word == "modified" && is_word(tokens, 1, &["release", "-release"]) {
        return Some((Form::ModifiedRelease, 2));
    }
    let form = match word {
        "mr" | "sr" | "xl" | "pr" | "cr" | "modified-release" => Form::ModifiedRelease,
        "tablet" | "tablets" | "tab" | "tabs" | "capsule" | "capsules" | "oral" | "ir" => {
            Form::Tablet
        }
        "liquid" | "solution" | "syrup" | "suspension" | "drops" => Form::Liquid,
        "patch" | "patches" | "transdermal" => Form::Patch,
        "sublingual" | "sl" | "buccal" | "lozenge" | "lozenges" => Form::Sublingual,
        "injection" | "sc" | "im" | "iv" | "subcutaneous" | "depot" => Form::Injection,
        "nasal" | "spray" => Form::Nasal,
        "suppository" | "suppositories" | "rectal" => Form::Suppository,
        "gel" | "cream" | "ointment" | "topical" | "plaster" => Form::Topical,
        "pump" | "intrathecal" => Form::Pump,
        _ => return None,
    };
    Some((form, 1))
}
