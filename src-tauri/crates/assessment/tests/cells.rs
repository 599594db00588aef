//! How values are cut into cells, and how conditions become the ways in which they hold.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::engine::{Cell, Program, Span};
use assessment::fact::{Fact, FactId, FactValue, Facts, Known};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::{Ruleset, RulesetError, Vocabulary};
use jiff::civil::date;
use rust_decimal::Decimal;

/// `[1 2]` takes both ends in, `(1 2)` neither; `-` is no limit; a `w` before it: whole numbers.
fn span(written: &str) -> Span {
    let (whole, written) = match written.strip_prefix('w') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let (from, to) = written[1..written.len() - 1].split_once(' ').unwrap();
    Span {
        from: from.parse().ok(),
        with_from: written.starts_with('['),
        to: to.parse().ok(),
        with_to: written.ends_with(']'),
        whole,
    }
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_span_holds_its_ends_only_where_they_belong_to_it() {
    for (written, inside, outside) in [
        ("[1 3]", &["1", "2", "3"][..], &["0", "0.9", "3.1", "4"][..]),
        ("(1 3)", &["1.1", "2", "2.9"], &["1", "3", "0", "4"]),
        ("[1 3)", &["1", "2"], &["0", "3", "4"]),
        ("(1 3]", &["2", "3"], &["0", "1", "4"]),
        ("(- 3]", &["-9", "3"], &["3.1"]),
        ("[1 -)", &["1", "99"], &["0.9"]),
        ("(- -)", &["-9", "0", "9"], &[]),
    ] {
        let span = span(written);
        assert!(inside.iter().all(|it| span.holds(number(it))), "{written}");
        assert!(
            !outside.iter().any(|it| span.holds(number(it))),
            "{written}"
        );
    }
}

#[test]
fn a_span_meets_what_it_has_a_number_in_common_with() {
    for (written, lowest, highest, meets) in [
        ("[1 3]", "3", "9", true),
        ("[1 3)", "3", "9", false),
        ("[1 3]", "0", "1", true),
        ("(1 3]", "0", "1", false),
        ("[1 3]", "4", "9", false),
        ("[1 3]", "-9", "0", false),
        ("[1 3]", "2", "2", true),
        ("(- 3]", "-9", "-8", true),
        ("[1 -)", "8", "9", true),
        ("[1 3]", "-", "0", false),
        ("[1 3]", "-", "2", true),
        ("[1 3]", "4", "-", false),
        ("[1 3]", "3", "-", true),
    ] {
        let (low, high) = (lowest.parse().ok(), highest.parse().ok());
        assert_eq!(
            span(written).meets(low, high),
            meets,
            "{written} {lowest} {highest}"
        );
    }
}

#[test]
fn a_span_is_below_another_when_each_of_its_numbers_is() {
    for (one, other, below) in [
        ("[1 2]", "[3 4]", true),
        ("[1 3]", "[3 4]", false),
        ("[1 3)", "[3 4]", true),
        ("[1 3]", "(3 4]", true),
        ("[1 3)", "(3 4]", true),
        ("[3 4]", "[1 2]", false),
        ("[1 5]", "[3 4]", false),
        ("[1 -)", "[3 4]", false),
        ("[1 2]", "(- 4]", false),
    ] {
        assert_eq!(span(one).is_below(&span(other)), below, "{one} {other}");
    }
}

#[test]
fn the_sample_of_a_span_is_in_it_and_the_least_where_there_is_one() {
    for (written, sample) in [
        ("[1 3]", "1"),
        ("(1 3)", "2"),
        ("(1 -)", "2"),
        ("(- 3]", "3"),
        ("(- 3)", "2"),
        ("(- 2.5)", "1.5"),
        ("(- -)", "0"),
        ("w(1 3]", "2"),
        ("w(1.5 3]", "2"),
        ("w(- 3)", "2"),
        ("w(- 2.5)", "2"),
        ("(1.5 2)", "1.75"),
    ] {
        let span = span(written);
        assert_eq!(span.sample(), number(sample), "{written}");
        assert!(span.holds(span.sample()), "{written}");
        let cell = Cell::Number(span);
        assert_eq!(cell.sample(), Some(FactValue::Number(number(sample))));
    }
}

#[test]
fn every_cell_that_arises_holds_its_own_sample_and_no_other_kind_does() {
    let choice = |value: &str| Cell::Choice(value.to_owned());
    let cells = [
        Cell::No,
        Cell::Yes,
        choice("a"),
        choice("b"),
        Cell::Number(span("[1 3]")),
    ];
    for (at, cell) in cells.iter().enumerate() {
        for (other, another) in cells.iter().enumerate() {
            let sample = another.sample().unwrap();
            assert_eq!(cell.holds(&sample), at == other, "{cell:?} {another:?}");
        }
    }
    assert_eq!(Cell::DoesNotArise.sample(), None);
}

#[test]
fn a_span_reads_as_a_person_would_say_it() {
    for (written, words) in [
        ("[1 3]", "from 1 to 3"),
        ("[1 3)", "from 1 to below 3"),
        ("(1 3]", "above 1 to 3"),
        ("(1 3)", "above 1 to below 3"),
        ("[3 3]", "3"),
        ("[3 -)", "3 or more"),
        ("(3 -)", "above 3"),
        ("(- 3]", "3 or less"),
        ("(- 3)", "below 3"),
        ("(- -)", "any number"),
        ("w[1 3]", "1 to 3"),
        ("w(1 3)", "2"),
        ("w(1 4)", "2 to 3"),
        ("w(1.5 4.5)", "2 to 4"),
        ("w[1.5 4.5]", "2 to 4"),
        ("w(3 -)", "above 3"),
    ] {
        assert_eq!(span(written).to_string(), words, "{written}");
    }
}

fn read(facts: &str, whens: &[String]) -> Result<Ruleset, RulesetError> {
    read_over(Vocabulary::Own, facts, whens)
}

fn read_over(over: Vocabulary, facts: &str, whens: &[String]) -> Result<Ruleset, RulesetError> {
    let mut parts = vec![format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\n{facts}\n"
    )];
    let mut rule = |id: &str, when: &str, then: &str| {
        parts.push(format!(
            "[[rule]]\nid = \"{id}\"\n{when}\nthen = {then}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
        ));
    };
    for (at, when) in whens.iter().enumerate() {
        rule(
            &format!("r{at}"),
            &format!("when = {when}"),
            "{ urgency = \"soon\" }",
        );
    }
    let otherwise = "{ urgency = \"routine\", lead = \"D15\" }";
    rule("otherwise", "default = true", otherwise);
    Ruleset::parse_over(&parts.concat(), over)
}

fn joined(how: &str, parts: &[String]) -> String {
    format!("{{ {how} = [{}] }}", parts.join(", "))
}

#[test]
fn a_fact_may_have_sixty_four_cells_and_no_more() {
    let choice = |count: usize| {
        let options: Vec<String> = (0..count).map(|at| format!("\"o{at}\"")).collect();
        let facts = format!("f = {{ type = \"choice\", of = [{}] }}", options.join(", "));
        read(&facts, &["{ fact = \"f\", is = \"o0\" }".to_owned()])
    };
    assert_eq!(choice(64).unwrap().program().facts[0].all(), u64::MAX);
    let limits = |count: usize| {
        let tests: Vec<String> = (1..=count)
            .map(|at| format!("{{ fact = \"f\", is = {} }}", 2 * at))
            .collect();
        read("f = \"number\"", &[joined("any", &tests)])
    };
    assert_eq!(limits(31).unwrap().program().facts[0].cells.len(), 63);
    let refused = limits(32).unwrap_err();
    assert_eq!(
        refused.expected,
        "expected at most 31 different limits for \"f\""
    );
    assert_eq!(refused.line, 9, "{refused}");
    assert!(choice(65).is_err());
}

#[test]
fn a_condition_may_hold_in_2048_ways_and_no_more() {
    let facts: Vec<String> = (0..26).map(|at| format!("f{at} = \"yes-no\"")).collect();
    let facts = facts.join("\n");
    let yes = |at: usize| format!("{{ fact = \"f{at}\", is = true }}");
    // Each pair doubles the ways.
    let pairs = |from: usize, count: usize| {
        let pairs: Vec<String> = (0..count)
            .map(|at| joined("any", &[yes(from + 2 * at), yes(from + 2 * at + 1)]))
            .collect();
        joined("all", &pairs)
    };
    let made = read(&facts, &[pairs(0, 11)]).unwrap();
    assert_eq!(made.program().rules[0].len(), 2048);
    let refused = read(&facts, &[yes(0), pairs(0, 12)]).unwrap_err();
    assert!(refused.expected.contains("split \"r1\""), "{refused}");
    assert_eq!(refused.line, 42, "{refused}");
    // Few at a time still multiply: 1,024 times four.
    let fours: Vec<String> = (0..6)
        .map(|at| {
            joined(
                "any",
                &[4 * at, 4 * at + 1, 4 * at + 2, 4 * at + 3].map(yes),
            )
        })
        .collect();
    assert!(read(&facts, &[joined("all", &fours[..5])]).is_ok());
    assert!(read(&facts, &[joined("all", &fours)]).is_err());
    // A thousand ways twice, and one more.
    let twice = [pairs(0, 10), pairs(2, 10)];
    assert!(read(&facts, &[joined("any", &twice)]).is_ok());
    let more = [pairs(0, 10), pairs(2, 10), yes(25)];
    assert!(read(&facts, &[joined("any", &more)]).is_err());
}

fn facts_of(known: impl IntoIterator<Item = (String, Known)>) -> Facts {
    let known = known
        .into_iter()
        .map(|(id, known)| (FactId::new(id), Fact::settled(known)));
    Facts::from_known(known, Some(44), date(2026, 11, 24))
}

/// Whether a constraint is broken in a case of which everything is known.
fn is_ruled_out(program: &Program, facts: &Facts) -> bool {
    let state = program.state(facts);
    assert!((0..program.facts.len()).all(|fact| state.possible(fact).is_power_of_two()));
    let mut holding = program.no_terms();
    program.fire(&state.lowest(), &mut holding);
    program
        .constraints
        .clone()
        .any(|term| holding.contains(term))
}

/// Every value that a question can have as a fact, as its gates write it.
fn values(question: &Question) -> Vec<(String, Known)> {
    match &question.kind {
        QuestionKind::Feature | QuestionKind::YesNo => {
            vec![
                ("yes".into(), Known::bool(true)),
                ("no".into(), Known::bool(false)),
            ]
        }
        QuestionKind::Choice { options } => {
            let of = |it: &str| (it.to_owned(), Known::choice(it));
            options.iter().map(|option| of(&option.value)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_gated_question_arises_exactly_when_its_gate_says_so() {
    let catalogue = Catalogue::shipped();
    let mut tried = 0;
    for own in catalogue.questions() {
        let Some(gate) = &own.show_when else { continue };
        let deciding = catalogue.question(&gate.question).unwrap();
        let (own_values, deciding_values) = (values(own), values(deciding));
        if own_values.is_empty() || deciding_values.is_empty() || deciding.show_when.is_some() {
            continue;
        }
        let kind = |question: &Question| match question.kind {
            QuestionKind::Choice { .. } => "choice",
            _ => "yes-no",
        };
        let declared = format!(
            "{} = \"{}\"\n{} = \"{}\"",
            own.id,
            kind(own),
            deciding.id,
            kind(deciding)
        );
        let ruleset = read_over(Vocabulary::Shipped, &declared, &[]).unwrap();
        for (value, known) in deciding_values {
            let arises = gate.one_of.contains(&value);
            let case = |own_known: &Known| {
                let facts = [
                    (deciding.id.clone(), known.clone()),
                    (own.id.clone(), own_known.clone()),
                ];
                is_ruled_out(ruleset.program(), &facts_of(facts))
            };
            let id = &own.id;
            assert_eq!(case(&Known::NotApplicable), arises, "{id} when {value}");
            for (_, own_known) in &own_values {
                assert_eq!(case(own_known), !arises, "{id} when {value}");
            }
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn of_two_numbers_where_one_is_never_less_each_pair_is_ruled_out_or_not_by_its_values() {
    let text = |further: &str| {
        format!(
            "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\nlow = \"number\"\nhigh = \"number\"\n{further}\n[[rule]]\nid = \"d\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
        )
    };
    let tests = "[[rule]]\nid = \"r\"\nwhen = { any = [{ fact = \"low\", at-least = 50 }, { fact = \"high\", above = 120 }] }\nthen = { urgency = \"soon\" }\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";
    let never = "[[constraint]]\nid = \"c\"\nnot-less = [\"high\", \"low\"]\nwords = \"w\"\n";
    let ruleset = Ruleset::parse_over(&text(&format!("{never}{tests}")), Vocabulary::Own).unwrap();
    let case = |low: i64, high: i64| {
        let facts = [("low", low), ("high", high)];
        let facts = facts.map(|(id, value)| (id.to_owned(), Known::number(value)));
        is_ruled_out(ruleset.program(), &facts_of(facts))
    };
    for (low, high, ruled_out) in [
        (40, 40, false),
        (50, 40, true),
        (50, 50, false),
        (60, 50, true),
        (60, 60, false),
        (120, 60, true),
        (120, 120, false),
        (121, 120, true),
        (130, 40, true),
        (40, 130, false),
    ] {
        assert_eq!(case(low, high), ruled_out, "{low} {high}");
    }
}

#[test]
fn no_cell_is_empty_and_none_is_outside_the_domain() {
    let shown = |domain: &str, tests: &[&str]| -> Vec<String> {
        let tests: Vec<String> = tests
            .iter()
            .map(|test| format!("{{ fact = \"f\", {test} }}"))
            .collect();
        let made = read(
            &format!("f = {{ type = \"number\"{domain} }}"),
            &[joined("any", &tests)],
        );
        let cells = made.unwrap().program().facts[0].cells.clone();
        let words = |cell: &Cell| match cell {
            Cell::Number(span) => span.to_string(),
            other => panic!("{other:?}"),
        };
        cells.iter().map(words).collect()
    };
    let whole = ", from = 0, to = 27, whole = true";
    assert_eq!(
        shown(whole, &["is = 5", "is = 6"]),
        ["0 to 4", "5", "6", "7 to 27"]
    );
    assert_eq!(shown(whole, &["is = 0", "is = 27"]), ["0", "1 to 26", "27"]);
    assert_eq!(
        shown(whole, &["above = 5", "at-least = 6"]),
        ["0 to 5", "6 to 27"]
    );
    let any = ", from = 0, to = 27";
    assert_eq!(
        shown(any, &["is = 0", "is = 27"]),
        ["0", "above 0 to below 27", "27"]
    );
    assert_eq!(
        shown(any, &["above = 27", "is = 3"]),
        ["from 0 to below 3", "3", "above 3 to 27"]
    );
    assert_eq!(shown("", &["is = 3"]), ["below 3", "3", "above 3"]);
}

#[test]
fn numbers_that_are_held_against_each_other_have_no_empty_cells_either() {
    let kind = "{ type = \"number\", from = 0, to = 27, whole = true }";
    let rule =
        "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\nhigh = {kind}\nlow = {kind}\n\
         [[constraint]]\nid = \"c\"\nnot-less = [\"high\", \"low\"]\nwords = \"w\"\n\
         [[rule]]\nid = \"r\"\nwhen = {{ any = [{{ fact = \"low\", is = 5 }}, {{ fact = \"low\", is = 6 }}, {{ fact = \"high\", is = 0 }}, {{ fact = \"high\", is = 27 }}] }}\nthen = {{ prompt = true }}\n{rule}\
         [[rule]]\nid = \"d\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{rule}"
    );
    let made = Ruleset::parse_over(&text, Vocabulary::Own).unwrap();
    for fact in &made.program().facts {
        let shown: Vec<String> = fact
            .cells
            .iter()
            .map(|cell| match cell {
                Cell::Number(span) => span.to_string(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            shown,
            ["0", "1 to 4", "5", "6", "7 to 26", "27"],
            "{}",
            fact.id
        );
    }
}
