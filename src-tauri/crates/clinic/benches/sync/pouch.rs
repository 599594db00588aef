//! The same with PouchDB, its server, and the clinic as its documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::asked::Asked;
use crate::cost::Cost;
use crate::documents::Documents;
use crate::ours::{Moved, SMALL, Small};
use crate::proxy::Proxy;
use crate::server::Server;

/// Documents that PouchDB puts into one batch: as it comes, and up to all at once. Each of its
/// figures is the best that any of these gives.
const BATCHES: [usize; 4] = [100, 500, 1_000, 5_000];

/// Sends the documents, fetches them into a second database, and sends next to nothing.
pub(crate) fn moved(documents: &Documents, beside: &Path) -> Outcome<Moved> {
    let scratch = beside.with_extension("pouch");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(scratch.join("server"))?;
    let file = scratch.join("documents.json");
    fs::write(&file, serde_json::to_vec(&documents.all)?)?;
    let program = here().join("node_modules/pouchdb-server/bin/pouchdb-server");
    let server = Server::pouch(&program, &scratch.join("server"))?;
    let proxy = Proxy::before(server.address)?;
    let mut found = Vec::new();
    for batch in BATCHES {
        let mut client = Command::new("node");
        client.arg(here().join("pouch.js")).arg(&file);
        client.arg(scratch.join(format!("client-{batch}")));
        client.arg(format!("http://{}/clinic-{batch}", proxy.address()));
        let mut client = Asked::start(client.arg(batch.to_string()))?;
        found.push(with(&mut client, &proxy, documents)?);
    }
    drop(server);
    let _ = fs::remove_dir_all(&scratch);
    let best = |of: fn(&Moved) -> Cost| Cost::best(&found.iter().map(of).collect::<Vec<_>>());
    Ok(Moved {
        entries: documents.entries,
        pushed: best(|it| it.pushed),
        pulled: best(|it| it.pulled),
        small: Small {
            nothing: best(|it| it.small.nothing),
            one: best(|it| it.small.one),
        },
    })
}

fn with(client: &mut Asked, proxy: &Proxy, documents: &Documents) -> Outcome<Moved> {
    let loaded = client.ask("load")?;
    let pushed = Cost::of(client, "push", proxy)?;
    let pulled = Cost::of(client, "pull", proxy)?;
    let (mut nothing, mut one) = (Vec::new(), Vec::new());
    for _ in 0..SMALL {
        nothing.push(Cost::of(client, "push", proxy)?);
    }
    for _ in 0..SMALL {
        client.ask("write")?;
        one.push(Cost::of(client, "push", proxy)?);
    }
    let counted = client.ask("count")?;
    let all = documents.all.len();
    if loaded != all || ["server", "second"].iter().any(|at| counted[at] != all) {
        return Err(format!("PouchDB has lost some of {all} documents: {counted}").into());
    }
    Ok(Moved {
        entries: documents.entries,
        pushed,
        pulled,
        small: Small {
            nothing: Cost::median(&nothing),
            one: Cost::median(&one),
        },
    })
}

/// The folder with the sources of the peer.
fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/peers/sync")
}
