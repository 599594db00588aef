//! Which question comes next, and how soon the urgency is certain when it is followed.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use assessment::answer::{Answer, Unanswered, Value};
use assessment::fact::{Dated, Facts, Inputs, ListAnswer};
use assessment::proposal::{Proposal, evaluate};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::{Ruleset, Urgency};
use assessment::vignette::Vignette;

/// An assessment that is answered, one question at a time, as a vignette says.
struct Asking<'v> {
    vignette: &'v Vignette,
    inputs: Inputs,
    asked: Vec<String>,
}

impl<'v> Asking<'v> {
    fn new(vignette: &'v Vignette) -> Self {
        let inputs = Inputs {
            age: vignette.inputs.age,
            once_present: vignette.inputs.once_present.clone(),
            ..Inputs::default()
        };
        Self {
            vignette,
            inputs,
            asked: Vec::new(),
        }
    }

    fn proposal(&self) -> Proposal {
        evaluate(
            Ruleset::shipped(),
            &Facts::gather(&self.inputs, Vignette::ON),
            Vignette::ON,
        )
    }

    /// Takes the answer of the vignette, as a clinician would today; what it leaves out is not known.
    fn ask(&mut self, id: &str) {
        self.asked.push(id.to_owned());
        let not_known = || Dated::asked(Answer::Unanswered(Unanswered::NotKnown), Vignette::ON);
        if Catalogue::shipped().list(id).is_some() {
            let mut list = self.vignette.inputs.lists.get(id).cloned();
            let rows = list.iter_mut().flat_map(|it| &mut it.rows);
            rows.flat_map(|row| &mut row.versions)
                .for_each(|version| version.on = Vignette::ON);
            let unanswered = || ListAnswer {
                rows: Vec::new(),
                none: Some(not_known()),
            };
            self.inputs
                .lists
                .insert(id.to_owned(), list.unwrap_or_else(unanswered));
        } else {
            let answers = self.vignette.inputs.answers.get(id).cloned();
            let mut answers = answers.unwrap_or_else(|| vec![not_known()]);
            // One that is too old or on paper is given again when it is asked.
            for dated in &mut answers {
                *dated = Dated::asked(dated.answer.clone(), Vignette::ON);
            }
            self.inputs.answers.insert(id.to_owned(), answers);
        }
    }

    /// Asks in the engine's order until `done`; every question that it took.
    fn asks_until(mut self, done: impl Fn(&Proposal) -> bool) -> (Self, Proposal) {
        loop {
            let proposal = self.proposal();
            let next = proposal.next_question.clone();
            let Some(next) = next.filter(|_| !done(&proposal)) else {
                return (self, proposal);
            };
            let open_signs = &proposal.open_warning_signs;
            let may_be_asked = open_signs.iter().any(|it| it.state == Unanswered::NotAsked);
            assert!(
                next.warning_sign || !may_be_asked,
                "{} before a warning sign",
                next.question
            );
            assert!(
                !next.settles.is_empty(),
                "{} settles nothing",
                next.question
            );
            assert!(
                !self.asked.contains(&next.question),
                "{} is put twice",
                next.question
            );
            self.ask(&next.question);
        }
    }

    /// How many questions on paper it takes until the urgency is certain. What is certain stays
    /// so, so the number is found by halving.
    fn on_paper(vignette: &'v Vignette) -> Option<usize> {
        let whole = Self::new(vignette).asked_on_paper(usize::MAX);
        whole.proposal().urgency.settled.then(|| {
            let (mut open, mut certain) = (0, whole.asked.len());
            while open + 1 < certain {
                let middle = usize::midpoint(open, certain);
                if Self::new(vignette)
                    .asked_on_paper(middle)
                    .proposal()
                    .urgency
                    .settled
                {
                    certain = middle;
                } else {
                    open = middle;
                }
            }
            certain
        })
    }

    /// The first so many questions on paper that are shown.
    fn asked_on_paper(mut self, most: usize) -> Self {
        for section in &Catalogue::shipped().sections {
            let questions = section
                .questions
                .iter()
                .filter(|it| it.on_request.is_none());
            for question in questions {
                if self.asked.len() < most && self.is_shown(question) {
                    self.ask(&question.id);
                }
            }
            for list in &section.lists {
                if self.asked.len() < most {
                    self.ask(&list.id);
                }
            }
        }
        self
    }

    fn is_shown(&self, question: &Question) -> bool {
        question.show_when.as_ref().is_none_or(|condition| {
            let answers = self.inputs.answers.get(&condition.question);
            let mut answers = answers.into_iter().flatten();
            answers.any(|it| condition.met_by(Some(&it.answer)) == Some(true))
        })
    }
}

/// The vignette on which all others build: everything asked and nothing found.
fn nothing_found() -> Vignette {
    let text = "[[vignette]]\nid = \"plain\"\nwords = \"w\"\nreason = \"r\"\nexpect = { urgency = \"routine\" }\n";
    Vignette::parse("plain.toml", text).unwrap().remove(0)
}

fn finding(sign: &str) -> Vignette {
    let mut vignette = nothing_found();
    let answer = Answer::Given(Value::Bool(true));
    let answers = vec![Dated::asked(answer, Vignette::ON)];
    vignette.inputs.answers.insert(sign.to_owned(), answers);
    vignette
}

/// Some of the shipped vignettes, and one for some of the warning signs alone. The bench asks all.
fn cases() -> Vec<Vignette> {
    let signs = Catalogue::shipped().questions();
    let signs = signs.filter(|it| it.kind == QuestionKind::Feature);
    let shipped = Vignette::shipped().iter().filter(|it| it.set.is_empty());
    shipped
        .step_by(9)
        .cloned()
        .chain(signs.step_by(6).map(|it| finding(&it.id)))
        .collect()
}

#[test]
fn the_urgency_is_certain_after_at_most_half_as_many_questions_as_on_paper() {
    let (mut ours, mut paper, mut counted) = (0, 0, 0);
    let all = cases();
    for case in &all {
        let (asking, proposal) = Asking::new(case).asks_until(|made| made.urgency.settled);
        if let (true, Some(on_paper)) = (proposal.urgency.settled, Asking::on_paper(case)) {
            ours += asking.asked.len();
            paper += on_paper;
            counted += 1;
        }
    }
    assert!(
        2 * counted > all.len(),
        "only {counted} of {} settle",
        all.len()
    );
    assert!(2 * ours <= paper, "{ours} questions, and {paper} on paper");
}

#[test]
fn a_settled_urgency_never_shortens_the_assessment() {
    let emergency = finding("ces-saddle");
    let (asking, early) = Asking::new(&emergency).asks_until(|made| made.urgency.settled);
    assert_eq!(early.urgency.value(), Some(&Urgency::Emergency));
    assert!(asking.asked.len() < 20);

    // Asking goes on to everything that the lead, the strands and the rest still wait for.
    let (asking, last) = Asking::new(&emergency).asks_until(|_| false);
    let facts = Facts::gather(&asking.inputs, Vignette::ON);
    let is_shown = |id: &str| {
        facts
            .get(id)
            .is_none_or(|it| it.ask.iter().any(|own| own == id))
    };
    for part in [
        &last.warning_signs.missing,
        &last.strands.missing,
        &last.prompts.missing,
    ] {
        let mut left = part.iter().filter(|it| is_shown(&it.question));
        assert!(left.all(|it| it.state != Unanswered::NotAsked), "{part:?}");
    }
    let asked: BTreeSet<&str> = asking.asked.iter().map(String::as_str).collect();
    for sign in last
        .open_warning_signs
        .iter()
        .chain(&early.open_warning_signs)
    {
        assert!(asked.contains(sign.question.as_str()), "{}", sign.question);
    }
    for strand in [
        "medicine",
        "work-at-risk",
        "social-need",
        "fear-movement",
        "impact",
    ] {
        assert!(asked.contains(strand), "{strand} was left out");
    }
}

#[test]
fn a_list_that_was_declined_is_not_put_again() {
    let case = nothing_found();
    let mut asking = Asking::new(&case).asked_on_paper(usize::MAX);
    let none = Some(Dated::asked(
        Answer::Unanswered(Unanswered::Declined),
        Vignette::ON,
    ));
    let declined = ListAnswer {
        rows: Vec::new(),
        none,
    };
    asking.inputs.lists.insert("medicine".to_owned(), declined);
    let proposal = asking.proposal();
    let waits = proposal
        .medicine_flags
        .missing
        .iter()
        .find(|it| it.question == "medicine");
    assert_eq!(waits.map(|it| it.state), Some(Unanswered::Declined));
    assert_ne!(
        proposal.next_question.map(|it| it.question).as_deref(),
        Some("medicine")
    );
}

#[test]
fn a_list_that_was_gone_through_is_not_put_again_though_its_total_stays_open() {
    let methadone = Vignette::shipped()
        .iter()
        .find(|it| it.id == "methadone-alone")
        .unwrap();
    // `asks_until` refuses to put anything twice.
    let (asking, last) = Asking::new(methadone).asks_until(|_| false);
    assert!(asking.asked.contains(&"medicine".to_owned()));
    let waits = &last.medicine_flags.missing;
    assert!(
        waits.iter().any(|it| it.question == "medicine"),
        "{waits:?}"
    );
    assert_eq!(last.next_question, None);
}

#[test]
fn an_answer_that_decides_whether_others_arise_comes_before_them() {
    let case = nothing_found();
    let (asking, _) = Asking::new(&case).asks_until(|_| false);
    let at = |id: &str| asking.asked.iter().position(|it| it == id);
    assert!(at("implanted-device").is_some_and(|at| at < 5));
    assert_eq!(
        at("device-alarm"),
        None,
        "no device, and so nothing to ask of it"
    );
}
