//! axe-core on the screen that is open.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::window::Window;

const CHECK: &str = r"
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        result => done(result.violations.map(it =>
            `${it.id} (${it.impact}): ${it.help}\n` +
            it.nodes.map(node => `    ${node.target.join(' ')}  ${node.html}`).join('\n'))),
        fault => done([`axe could not run: ${fault}`]));";

impl Window<'_> {
    /// Fails with axe's words when the screen has any violation. `screen` names it in the failure.
    pub async fn check_accessibility(&self, screen: &str) {
        self.load_axe().await;
        let found = self.client.execute_async(CHECK, vec![]).await.unwrap();
        let faults: Vec<&str> = found
            .as_array()
            .expect("axe gives a list")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let count = faults.len();
        assert!(
            faults.is_empty(),
            "{screen}: axe finds {count} violations\n{}",
            faults.join("\n")
        );
    }

    /// Puts axe into the page, once.
    pub(crate) async fn load_axe(&self) {
        let loaded = self.run("return typeof axe === 'object'", vec![]).await;
        if loaded.as_bool() != Some(true) {
            let file =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
            let source = fs::read_to_string(&file).expect("npm ci has run in ui/");
            self.run(&source, vec![]).await;
        }
    }
}
