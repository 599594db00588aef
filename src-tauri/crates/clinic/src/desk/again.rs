//! Asking again who somebody is, within a sitting.

use record::body::Action;
use store::UnlockError;

use super::{Desk, PinAnswer};
use crate::audit;
use crate::refusal::Refusal;

impl Desk {
    /// Asks again before a signature: for the PIN where one is set, or for the passphrase. Wrong
    /// passphrases count as at the door; after five wrong PINs the PIN is gone.
    pub(crate) fn confirm_passphrase(&mut self, typed: &str) -> Result<(), Refusal> {
        let sitting = self.sitting_mut()?;
        let answer = sitting.pin.as_mut().and_then(|pin| pin.judge(typed));
        match answer {
            Some(PinAnswer::Right) => Ok(()),
            Some(PinAnswer::Wrong { left }) => {
                let words = if left == 0 {
                    self.sitting_mut()?.pin = None;
                    "That PIN is not right, and it was the fifth try. From now on your passphrase signs.".to_owned()
                } else {
                    format!(
                        "That PIN is not right. Nothing was signed. Tries left before your passphrase is needed: {left}."
                    )
                };
                audit::note(self, Action::WrongPassphrase, None, "PIN")?;
                Err(Refusal::field("passphrase", words))
            }
            None => self.confirm_own("passphrase", typed),
        }
    }

    /// The same within a review session, where it is asked for once: whoever has signed there a short
    /// while ago signs with nothing typed. What is typed is judged all the same.
    pub(crate) fn confirm_signer(&mut self, typed: &str) -> Result<(), Refusal> {
        let now = self.now().at();
        let review = self.sitting()?.review.as_ref();
        let shown = review.is_some_and(|review| review.is_shown(now));
        let confirmed = match (typed.is_empty(), shown) {
            (true, true) => Ok(()),
            // Nothing typed is no wrong try.
            (true, false) => Err(Refusal::field(
                "passphrase",
                "Enter your PIN or passphrase to sign.",
            )),
            (false, _) => self.confirm_passphrase(typed),
        };
        if let Some(review) = &mut self.sitting_mut()?.review {
            review.show(confirmed.is_ok().then_some(now));
        }
        confirmed
    }

    /// Asks for the person's own passphrase, whatever PIN is set. `field` is the form's.
    pub(crate) fn confirm_own(&mut self, field: &str, passphrase: &str) -> Result<(), Refusal> {
        let now = self.now().at();
        let judged =
            self.sitting()?
                .opened
                .confirm_passphrase(self.secrets.as_ref(), passphrase, now);
        if judged.is_err() {
            audit::failed_tries(self, &Action::WrongPassphrase)?;
        }
        match judged {
            Ok(()) => Ok(()),
            Err(UnlockError::WrongPassphrase {
                wait_seconds: 0, ..
            }) => Err(Refusal::field(
                field,
                "That passphrase is not right. Nothing was signed or changed.",
            )),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether more than one person unlocks this laptop, so that whoever sits at it may not be
    /// whoever unlocked it.
    pub(crate) fn is_shared(&self) -> Result<bool, Refusal> {
        let now = self.now().at();
        let people = self.sitting()?.colleagues(now)?;
        let able = people.iter().filter(|tile| !tile.needs_new_passphrase);
        Ok(able.count() > 1)
    }
}
