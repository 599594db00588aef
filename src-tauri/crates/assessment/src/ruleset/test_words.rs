//! A test of one fact in words.

use rust_decimal::Decimal;

use super::declaration::Domain;
use super::expression::Test;
use super::fact_words::FactWords;
use crate::fact::FactValue;

impl FactWords {
    /// A test of this fact in words.
    pub fn test(&self, test: &Test) -> String {
        match test {
            Test::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|it| self.value(it)).collect();
                self.said(&values.join(" or "))
            }
            Test::AtLeast(limit) => self.said(&format!("{} or more", self.amount(*limit))),
            Test::Above(limit) => self.said(&format!("more than {}", self.amount(*limit))),
            Test::AtMost(limit) => self.said(&format!("{} or less", self.amount(*limit))),
            Test::Below(limit) => self.said(&format!("less than {}", self.amount(*limit))),
            Test::Arises(true) => format!("it arises: {}", self.name),
            Test::Arises(false) => format!("it does not arise: {}", self.name),
        }
    }

    /// A value of this fact in words: `present`, `yes`, `47 years`, `"In the past, treated"`.
    pub fn value(&self, value: &FactValue) -> String {
        match value {
            FactValue::Bool(true) if self.sign => "present".to_owned(),
            FactValue::Bool(false) if self.sign => "absent".to_owned(),
            FactValue::Bool(true) => "yes".to_owned(),
            FactValue::Bool(false) => "no".to_owned(),
            FactValue::Number(number) => self.amount(*number),
            FactValue::Choice(choice) => format!("\"{}\"", self.label(choice)),
        }
    }

    /// A number of this fact with its unit.
    pub fn amount(&self, number: Decimal) -> String {
        let number = number.normalize();
        match self.unit.as_deref() {
            None => number.to_string(),
            Some(unit) => format!("{number} {}", counted(unit, number)),
        }
    }

    /// The name with what is said of it: `age is 50 years or more`, `Do you drive? yes`.
    pub(crate) fn said(&self, answer: &str) -> String {
        let counted = matches!(self.domain, Domain::Number { .. }) && !self.asked;
        let between = match self.name.ends_with('?') {
            true => " ",
            false if counted => " is ",
            false => ": ",
        };
        format!("{}{between}{answer}", self.name)
    }
}

/// One year, two years. Units that are no English plural stay as they are.
fn counted(unit: &str, number: Decimal) -> &str {
    match unit {
        "years" | "months" | "weeks" | "days" | "hours" | "minutes" if number == Decimal::ONE => {
            unit.trim_end_matches('s')
        }
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::Ruleset;

    #[test]
    fn one_is_in_the_singular_and_no_number_has_needless_noughts() {
        let rules = Ruleset::shipped();
        let declared = rules.facts.iter().find(|fact| fact.id.as_str() == "age");
        let age = FactWords::of(declared.unwrap());
        assert_eq!(age.amount(Decimal::ONE), "1 year");
        assert_eq!(age.amount(Decimal::new(5000, 2)), "50 years");
        let above = age.test(&Test::Above(Decimal::new(1201, 1)));
        assert_eq!(above, "age is more than 120.1 years");
        assert_eq!(age.test(&Test::Arises(false)), "it does not arise: age");
    }
}
