//! Signing in a review session: the same checks and the same entry as anywhere, with what goes
//! before it in its envelope.

use record::body::{Decided, Decision, SupervisedDecision};

use super::signing::{Ready, check};
use super::supervised::{asked, countersigning};
use crate::case::{Case, slots};
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{CountersignForm, DecisionForm};

/// Signs a decision. `before` gives what goes before it, once it is known what was decided.
pub(crate) fn signed_in_review(
    desk: &mut Desk,
    assessment: &str,
    form: DecisionForm,
    before: impl FnOnce(&Case, &Decided) -> Result<Vec<Line>, Refusal>,
) -> Result<Decided, Refusal> {
    desk.allow(Act::SignDecision)?;
    check(&form)?;
    let ready = Ready::of(desk, assessment, &form.basis_digest)?;
    let passphrase = form.passphrase.clone();
    let body = Decision {
        assessment: ready.id,
        decided: ready.decided(desk, form)?,
        countersigns: None,
    };
    let before = before(&ready.case, &body.decided)?;
    desk.confirm_signer(&passphrase)?;
    ready.write(desk, before, slots::decision(ready.id), &body)?;
    Ok(body.decided)
}

/// The same for a doctor in training and the supervisor they name.
pub(crate) fn supervised_in_review(
    desk: &mut Desk,
    assessment: &str,
    supervisor: &str,
    form: DecisionForm,
    before: impl FnOnce(&Case, &Decided) -> Result<Vec<Line>, Refusal>,
) -> Result<Decided, Refusal> {
    desk.allow(Act::SignForCountersigning)?;
    check(&form)?;
    let supervisor = asked(desk, supervisor)?;
    let ready = Ready::of(desk, assessment, &form.basis_digest)?;
    let passphrase = form.passphrase.clone();
    let body = SupervisedDecision {
        assessment: ready.id,
        supervisor,
        decided: ready.decided(desk, form)?,
    };
    let before = before(&ready.case, &body.decided)?;
    desk.confirm_signer(&passphrase)?;
    ready.write(desk, before, slots::supervised(ready.id), &body)?;
    Ok(body.decided)
}

/// The same for a supervisor under what a doctor in training decided.
pub(crate) fn countersigned_in_review(
    desk: &mut Desk,
    assessment: &str,
    form: CountersignForm,
    before: impl FnOnce(&Case, &Decided) -> Result<Vec<Line>, Refusal>,
) -> Result<Decided, Refusal> {
    desk.allow(Act::Countersign)?;
    let ready = Ready::of(desk, assessment, &form.basis_digest)?;
    let body = countersigning(&ready, &form)?;
    let before = before(&ready.case, &body.decided)?;
    desk.confirm_signer(&form.passphrase)?;
    ready.write(desk, before, slots::decision(ready.id), &body)?;
    Ok(body.decided)
}
