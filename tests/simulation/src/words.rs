//! Messages as people say them, for the trace.

use record::scope::Scope;
use sync::wire::{Answer, Request};

/// A request in a few words.
pub(crate) fn asked(bytes: &[u8]) -> String {
    let Ok((_, request)) = Request::from_bytes(bytes) else {
        return "what cannot be read".to_owned();
    };
    match request {
        Request::Compare { .. } => "compare".to_owned(),
        Request::Tips { scope, streams } => {
            format!("tips of {}, {} streams", scope_name(scope), streams.len())
        }
        Request::Push { envelopes } => format!("push {}", envelopes.len()),
        Request::Pull { stream, have, .. } => format!(
            "pull {} of a stream in {} beyond {}",
            stream.incarnation,
            scope_name(stream.scope),
            have.len()
        ),
        Request::Fetch { ids, .. } => format!("fetch {}", ids.len()),
        Request::Introduce { .. } => "introduce a device".to_owned(),
        Request::Erasures { ids } => format!("name {} erasures", ids.len()),
        Request::Erase { proofs } => format!("show {} erasures", proofs.len()),
        Request::BlobAsk { .. } => "ask after a document".to_owned(),
        Request::BlobPut { at, piece, .. } => format!("put {} bytes from {at}", piece.len()),
        Request::BlobGet { at, .. } => format!("get a document from {at}"),
    }
}

/// An answer in a few words.
pub(crate) fn answered(bytes: &[u8]) -> String {
    let Ok((_, answer)) = Answer::from_bytes(bytes) else {
        return "what cannot be read".to_owned();
    };
    match answer {
        Answer::Same { .. } => "same".to_owned(),
        Answer::Differ { scopes, .. } => format!("differ, {} scopes", scopes.len()),
        Answer::Tips {
            streams,
            lacks,
            ahead,
        } => format!(
            "{} other streams, lacks {}, {} ahead",
            streams.len(),
            lacks.len(),
            ahead.len()
        ),
        Answer::Kept { new, refused } => format!("kept {new}, refused {}", refused.len()),
        Answer::Range { envelopes, more } => {
            let more = if more { " and more" } else { "" };
            format!("{} envelopes{more}", envelopes.len())
        }
        Answer::Introduced => "introduced".to_owned(),
        Answer::Failed(failure) => format!("failed: {failure:?}"),
        Answer::Unknown { lacks } => format!("{} erasures are unknown", lacks.len()),
        Answer::Erased { refused, .. } => format!("erased, refused {}", refused.len()),
        Answer::BlobHeld { held } => format!("{held} bytes of a document held"),
        Answer::BlobPiece { piece, .. } => format!("{} bytes of a document", piece.len()),
        Answer::BlobNot(why) => format!("no document: {why:?}"),
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Site(_) => "a site",
        Scope::Service => "the service",
        Scope::Audit => "the audit trail",
    }
}
