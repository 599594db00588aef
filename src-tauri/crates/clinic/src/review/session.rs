//! A session as it is kept: which cases, how far, and when the signer last showed who they are.

use jiff::{SignedDuration, Timestamp};
use record::body::Reviewed;
use record::id::{ItemId, PatientId};
use serde::{Deserialize, Serialize};

use crate::desk::{Desk, Line};
use crate::refusal::Refusal;

/// How long a PIN or passphrase holds within a session after the last signature. A design decision,
/// for the clinical safety officer: long enough to read a case, shorter than a coffee.
const SHOWN_FOR: SignedDuration = SignedDuration::from_mins(15);

/// The most seconds that a look is said to have taken: longer was no look.
const LONGEST: i64 = 86_400;

/// What was done about a case in this session. The names are those of `Reviewed::step`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Step {
    /// Signed as proposed.
    Signed,
    /// Something else was signed, with a reason.
    Changed,
    /// Put aside until a day.
    PutAside,
    /// The spoke was asked for more.
    Enquired,
    /// Looked at, and not decided.
    Passed,
}

impl Step {
    /// As it stands in the record and in the queue.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Changed => "changed",
            Self::PutAside => "put-aside",
            Self::Enquired => "enquired",
            Self::Passed => "passed",
        }
    }

    /// As it is read.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Signed => "Signed",
            Self::Changed => "Changed",
            Self::PutAside => "Put aside",
            Self::Enquired => "Spoke asked",
            Self::Passed => "Not decided",
        }
    }

    /// Which of two it was.
    pub(super) fn signed(as_proposed: bool) -> Self {
        if as_proposed {
            Self::Signed
        } else {
            Self::Changed
        }
    }
}

/// One case of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Queued {
    pub(super) assessment: ItemId,
    pub(super) patient: PatientId,
    /// What was done, once it was.
    pub(super) step: Option<Step>,
}

/// What outlives a lock: ids, and nothing of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    session: ItemId,
    queue: Vec<Queued>,
    at: Option<ItemId>,
}

/// A session under way. It goes with the lock; what is [`Kept`] brings it back.
pub(crate) struct Review {
    kept: Kept,
    /// The case on screen, and since when.
    drawn: Option<(ItemId, Timestamp)>,
    /// When the signer last signed here, having shown who they are.
    shown: Option<Timestamp>,
}

impl Review {
    pub(super) fn new(session: ItemId, queue: Vec<Queued>) -> Self {
        Self::of(Kept {
            session,
            queue,
            at: None,
        })
    }

    fn of(kept: Kept) -> Self {
        Self {
            kept,
            drawn: None,
            shown: None,
        }
    }

    /// The cases in their order.
    pub(super) fn queue(&self) -> &[Queued] {
        &self.kept.queue
    }

    /// The case that is or was on screen.
    pub(super) fn at(&self) -> Option<ItemId> {
        self.kept.at
    }

    /// Which place an assessment has, from 0.
    pub(super) fn place_of(&self, assessment: ItemId) -> Result<usize, Refusal> {
        let place = self.kept.queue.iter();
        let mut place = place.map(|queued| queued.assessment);
        place
            .position(|queued| queued == assessment)
            .ok_or(Refusal::NotFound("That case of the session"))
    }

    /// Whether a signature at this time needs no PIN or passphrase.
    pub(crate) fn is_shown(&self, now: Timestamp) -> bool {
        let since = self.shown.map(|shown| now.duration_since(shown));
        since.is_some_and(|since| (SignedDuration::ZERO..SHOWN_FOR).contains(&since))
    }

    /// The signer has shown who they are and signs now; or the contrary.
    pub(crate) fn show(&mut self, now: Option<Timestamp>) {
        self.shown = now;
    }
}

/// One look at a case: in which session and for how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    assessment: ItemId,
    session: ItemId,
    seconds: u32,
    hidden: bool,
}

impl Look {
    /// The line that goes with what was done.
    pub(super) fn line(self, step: Step) -> Result<Line, Refusal> {
        Line::appended(&Reviewed {
            assessment: self.assessment,
            session: self.session,
            step: step.word().into(),
            seconds: self.seconds,
            hidden: self.hidden,
        })
    }
}

impl Desk {
    /// The review session of the person at work. After an unlock it is taken up where it stood;
    /// who signs has then to be shown again.
    pub(super) fn review(&mut self) -> Result<&mut Review, Refusal> {
        self.take_up_review()?;
        let review = self.sitting_mut()?.review.as_mut();
        review.ok_or_else(|| {
            Refusal::plain("No review session is under way. Choose its cases first.")
        })
    }

    /// The same; none where there is no session.
    pub(super) fn take_up_review(&mut self) -> Result<Option<&Review>, Refusal> {
        let name = self.review_setting()?;
        let sitting = self.sitting_mut()?;
        if sitting.review.is_none() {
            let kept: Option<Option<Kept>> = sitting.opened.store.setting(&name)?;
            sitting.review = kept.flatten().map(Review::of);
        }
        Ok(sitting.review.as_ref())
    }

    /// Begins a session in the place of an earlier one.
    pub(super) fn put_review(&mut self, review: Option<Review>) -> Result<(), Refusal> {
        self.sitting_mut()?.review = review;
        self.keep_review()
    }

    /// What was done about a case of the session.
    pub(super) fn mark(&mut self, assessment: ItemId, step: Option<Step>) -> Result<(), Refusal> {
        let review = self.review()?;
        let place = review.place_of(assessment)?;
        if let Some(queued) = review.kept.queue.get_mut(place) {
            queued.step = step;
        }
        self.keep_review()
    }

    /// A case of the session is on screen.
    pub(super) fn drew(&mut self, assessment: ItemId) -> Result<(), Refusal> {
        let now = self.now().at();
        let review = self.review()?;
        // Drawing the same case again, when something arrived, is the same look.
        if review.drawn.is_none_or(|(drawn, _)| drawn != assessment) {
            review.drawn = Some((assessment, now));
        }
        review.kept.at = Some(assessment);
        self.keep_review()
    }

    /// The look at a case that ends now.
    pub(super) fn look(&mut self, assessment: ItemId) -> Result<Look, Refusal> {
        let now = self.now().at();
        let review = self.review()?;
        review.place_of(assessment)?;
        let since = match review.drawn {
            Some((drawn, since)) if drawn == assessment => now.duration_since(since).as_secs(),
            _ => 0,
        };
        Ok(Look {
            assessment,
            session: review.kept.session,
            seconds: u32::try_from(since.clamp(0, LONGEST)).unwrap_or_default(),
            hidden: crate::decide::is_hidden(assessment),
        })
    }

    fn keep_review(&self) -> Result<(), Refusal> {
        let name = self.review_setting()?;
        let sitting = self.sitting()?;
        let kept = sitting.review.as_ref().map(|review| &review.kept);
        let kept = sitting.opened.store.put_setting(&name, &kept);
        kept.map_err(Refusal::NotSaved)
    }

    fn review_setting(&self) -> Result<String, Refusal> {
        Ok(format!("review/{}", self.staff()?))
    }
}
