use std::time::Duration;

/// Why the hub server did not answer, or not with what was asked.
///
/// Each sentence is for the person at the screen; none says anything of a patient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineError {
    /// No connection: no network, no such name, nobody there.
    #[error("The hub server cannot be reached. What you do is kept here and sent later.")]
    Unreachable,
    /// The connection broke, or went quiet for longer than [`Patience`](super::Patience) allows.
    #[error("The connection to the hub server broke off. What you do is kept here and sent later.")]
    BrokenOff,
    /// Whoever answered does not hold the key that was pinned.
    #[error(
        "Another computer answered in the hub server's place, so nothing was sent. Tell an administrator: either the hub server was given a new key, or somebody stands between."
    )]
    OtherKey,
    /// Whoever answered does not speak TLS as it has to be spoken.
    #[error(
        "What answered at the hub server's address is not a hub server. Nothing was sent. Check the address in settings."
    )]
    NotAHubServer,
    /// The token is not valid or no longer: log in anew.
    #[error("The hub server wants this laptop to log in again.")]
    LogInAgain,
    /// The device is not admitted: blocked, revoked, or its certificate is unknown there.
    #[error(
        "The hub server does not admit this laptop. What you do is kept here. Ask an administrator."
    )]
    NotAdmitted,
    /// No version of the protocol is spoken by both.
    #[error(
        "The hub server and this laptop speak versions that do not fit. Update Felloe. What you do is kept here and sent then."
    )]
    OtherVersion,
    /// The server asks to be left alone for a while.
    #[error("The hub server is busy. What you do is kept here and sent later.")]
    Busy {
        /// How long it asks to be left alone, where it says so.
        wait: Option<Duration>,
    },
    /// The answer is too long or not what was asked for.
    #[error(
        "The hub server's answer could not be read. What you do is kept here. If it goes on, tell an administrator."
    )]
    Unreadable,
}

impl LineError {
    /// Whether it is worth trying again by itself: nobody has to do anything first.
    pub fn passes(&self) -> bool {
        !matches!(
            self,
            Self::OtherKey | Self::NotAHubServer | Self::NotAdmitted | Self::OtherVersion
        )
    }
}
