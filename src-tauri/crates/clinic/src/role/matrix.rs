//! Who may do what: one row for each act, one column for each role.
//!
//! Checked when something is asked for, never when a record is read: what counts once it is
//! written is decided by the frozen table of `record::role` and may be narrower than a row here,
//! never wider. `docs/permissions.md` holds the same table for people; tests hold the two to each
//! other and every cell to the use case behind it. Each row is a design decision for the service's
//! clinical safety officer.

use record::role::Role;

macro_rules! cell {
    (Y) => {
        true
    };
    (-) => {
        false
    };
}

macro_rules! acts {
    ($($(#[doc = $words:literal])+ $act:ident [$($may:tt)*] $refusal:literal;)*) => {
        /// Something a person asks to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Act {
            $($(#[doc = $words])+ $act,)*
        }

        impl Act {
            /// Every act, in the order of the table.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$act),*];

            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$act => &Row {
                        words: concat!($($words),+),
                        may: [$(cell!($may)),*],
                        refusal: $refusal,
                    },)*
                }
            }
        }
    };
}

/// One act: what it is, which roles may, and what everybody else is told.
struct Row {
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the page of permissions is held to it")
    )]
    words: &'static str,
    may: [bool; Role::ALL.len()],
    refusal: &'static str,
}

acts! {
    // Nurse, physiotherapist, psychologist, pharmacist, doctor in training, consultant, lead,
    // administrator, clinical safety officer: the order of `Role::ALL`.

    /// See patients and the worklist.
    Look [Y Y Y Y Y Y Y Y Y]
        "Your role does not open patients' records. Ask the lead of your site.";
    /// Take referrals, typed or from a file.
    TakeReferral [Y Y Y Y Y Y Y Y Y]
        "Your role does not take referrals. Ask a colleague who does.";
    /// Ask questions and record answers and routes.
    Assess [Y Y Y Y Y Y Y - -]
        "Your role does not record assessments. Ask a clinician.";
    /// Sign a decision.
    SignDecision [Y Y Y Y - Y Y - -]
        "Your role does not sign decisions. Ask a clinician who does.";
    /// Sign a decision that counts once a supervisor has countersigned it.
    SignForCountersigning [- - - - Y - - - -]
        "Only a doctor in training signs for somebody to countersign.";
    /// Countersign what a doctor in training decided.
    Countersign [- - - - - Y Y - -]
        "Your role does not countersign decisions. Ask a consultant or the lead.";
    /// Work through a review session.
    Review [Y Y Y Y Y Y Y - -]
        "Your role does not work through review sessions. Ask a clinician who signs.";
    /// See how often and how quickly proposals are signed as they are.
    SeeRates [- - - - - - Y - Y]
        "Your role does not see how proposals are signed. Ask the lead or the clinical safety officer.";
    /// Write the plan and agree it with the patient.
    AgreePlan [Y Y Y Y Y Y Y - -]
        "Your role does not agree plans. Ask a clinician.";
    /// Ask a colleague for a second opinion.
    AskOpinion [Y Y Y Y Y Y Y - -]
        "Your role does not ask for second opinions. Ask a clinician.";
    /// Give a second opinion.
    GiveOpinion [Y Y Y Y Y Y Y - -]
        "Your role does not give second opinions. Ask a clinician.";
    // How colleagues agree is for those who answer for the service, and never by person.
    /// See how often second opinions agree.
    SeeAgreement [- - - - - - Y - Y]
        "Your role does not see how often opinions agree. Ask the lead or the clinical safety officer.";
    // A letter is approved and not signed: what is signed is the decision it tells of.
    /// Approve letters.
    ApproveLetters [Y Y Y Y - Y Y - -]
        "Your role does not approve letters. Ask a clinician who signs decisions.";
    // Letters are posted by whoever does the post.
    /// Print, save and hand over letters that are approved.
    SendLetters [Y Y Y Y Y Y Y Y -]
        "Your role does not send letters. Ask a clinician or an administrator.";
    /// Enter and confirm the local emergency numbers.
    SetNumbers [Y - - - - Y Y Y Y]
        "Your role does not change the emergency numbers. Ask the lead of your site.";
    // Who may adopt an instrument pack when two have to: they answer for its licence.
    /// Import and withdraw instrument packs.
    KeepPacks [- - - Y - Y Y - Y]
        "Your role does not import or withdraw instrument packs. Ask the lead, a consultant, a pharmacist or the clinical safety officer.";
    /// See who of the open cases would move under other rules.
    CompareRules [Y Y Y Y Y Y Y - Y]
        "Your role does not compare rules over open cases. Ask a clinician or the clinical safety officer.";
    /// Record what happened on a pathway, for the waiting-time clock.
    RecordPathway [Y Y Y Y Y Y Y Y Y]
        "Your role does not record what happened on a pathway. Ask a colleague who does.";
    /// Say how the site's waits are counted.
    SetClock [- - - - - Y Y Y -]
        "Your role does not set how waits are counted. Ask the lead of your site.";
    /// Correct what is wrong in a record, with a reason.
    CorrectRecord [Y Y Y Y Y Y Y - -]
        "Your role does not correct records. Ask a clinician.";
    /// Move entries that were made on the wrong patient.
    MoveEntries [Y Y Y Y Y Y Y - -]
        "Your role does not move entries to another patient. Ask a clinician.";
    /// Change who a patient is, settle where that is in conflict, and record a death.
    KeepDetails [Y Y Y Y Y Y Y Y -]
        "Your role does not change who a patient is. Ask a clinician or an administrator.";
    /// Link two records of one person, and take the link back.
    LinkPatients [Y Y Y Y Y Y Y Y -]
        "Your role does not link records. Ask a clinician or an administrator.";
    /// Write restricted notes, and open one with a reason.
    KeepRestricted [Y Y Y Y Y Y Y - -]
        "Your role does not open restricted notes. Ask a clinician.";
    /// Open a colleague's restricted note without breaking the glass.
    OpenRestricted [- - - - - Y Y - -]
        "Your role opens a colleague's restricted note only by breaking the glass. Ask a consultant or the lead.";
    /// Sign one of the two signatures of an erasure.
    Erase [- - - - - - Y Y -]
        "Your role does not sign erasures. Ask the lead or an administrator.";
    /// Adopt rulesets, medicines tables and instrument packs, as one of two.
    Adopt [- - - Y - Y Y - Y]
        "Your role does not adopt rules or tables. Ask the lead, a consultant, a pharmacist or the clinical safety officer.";
    /// Withdraw what was adopted.
    WithdrawAdopted [- - - - - - - - Y]
        "Only the clinical safety officer withdraws what was adopted. Ask them.";
    /// See who looked at and changed what.
    SeeAudit [- - - - - - Y Y Y]
        "Your role does not open the audit. Ask the lead, an administrator or the clinical safety officer.";
    /// Say where backups go, make and test them.
    KeepBackups [- - - - - - Y Y -]
        "Your role does not keep the backups. Ask the lead or an administrator.";
    // Whoever drives between the sites carries the stick. It opens on the laptops of the service
    // only, and brings nothing that their own devices have not signed.
    /// Write bundles for a USB stick, and read them.
    CarryBundles [Y Y Y Y Y Y Y Y -]
        "Your role does not write or read bundles. Ask a clinician or an administrator.";
    /// Renew the keys of this laptop, its recovery sheet and a colleague's lost passphrase.
    KeepKeys [- - - - - - - Y -]
        "Only an administrator of the service keeps the keys. Ask one.";
    /// Hand open cases and tasks over, and say who covers an absence.
    HandOver [Y Y Y Y Y Y Y Y -]
        "Your role does not hand over cases. Ask a clinician or an administrator.";
    /// Add, renew, change and revoke colleagues.
    KeepStaff [- - - - - - - Y -]
        "Only an administrator of the service adds, renews, changes or revokes colleagues. Ask one.";
    /// Say which hub server this laptop speaks to.
    SetHubServer [- - - - - - - Y -]
        "Only an administrator of the service names the hub server. Ask one.";
    /// Enrol laptops, give them other sites, and end them.
    KeepLaptops [- - - - - - - Y -]
        "Only an administrator of the service enrols, changes or ends laptops. Ask one.";
    /// Open, close and merge sites.
    KeepSites [- - - - - - - Y -]
        "Only an administrator of the service opens, closes or merges sites. Ask one.";
    /// Transfer a patient to another site.
    Transfer [Y Y Y Y Y Y Y Y -]
        "Your role does not transfer patients. Ask a clinician or an administrator.";
    // Who books and who posts letters does tasks, so whoever hands cases over.
    /// Take, give, finish and add tasks.
    KeepTasks [Y Y Y Y Y Y Y Y -]
        "Your role does not take or finish tasks. Ask a clinician or an administrator.";
    /// Let a locum work at one's own sites for a short time.
    GrantLocum [- - - - - - Y Y -]
        "Only the lead of a site or an administrator lets a locum work here. Ask one.";
}

/// Whether a role may do it.
pub(crate) fn may(role: Role, act: Act) -> bool {
    let column = Role::ALL.iter().position(|known| *known == role);
    column
        .and_then(|column| act.row().may.get(column))
        .is_some_and(|may| *may)
}

impl Act {
    /// What somebody is told who may not.
    pub(crate) fn refusal(self) -> &'static str {
        self.row().refusal
    }

    /// The act in words.
    #[cfg(test)]
    pub(crate) fn words(self) -> &'static str {
        self.row().words.trim().trim_end_matches('.')
    }
}
