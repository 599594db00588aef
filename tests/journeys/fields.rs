//! Fields by their labels, whatever their role: passphrases have none.

use fantoccini::elements::Element;
use serde_json::json;

use crate::window::Window;

const LABELLED: &str = r"
    const plain = text => (text ?? '').replace(/\s+/g, ' ').trim();
    const label = [...document.querySelectorAll('label')]
        .find(it => plain(it.textContent) === arguments[0]);
    return label ? (label.control ?? null) : null;";

impl Window<'_> {
    /// The field with this label, waited for.
    pub async fn labelled(&self, label: &str) -> Element {
        self.until(&format!("there is a field '{label}'"), async || {
            let found = self.run(LABELLED, vec![json!(label)]).await;
            self.element(&found)
        })
        .await
    }

    /// Types into the field with this label, such as a passphrase.
    pub async fn key_in(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.click().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Ticks the box, or chooses the radio button, with this label.
    pub async fn tick(&self, label: &str) {
        self.labelled(label).await.click().await.unwrap();
    }

    /// Chooses in the list with this label.
    pub async fn pick(&self, label: &str, option: &str) {
        let list = self.labelled(label).await;
        list.select_by_label(option).await.unwrap();
    }

    /// The words of the element with this `data-testid`, line by line as they are seen.
    pub async fn words_of(&self, id: &str) -> String {
        self.by_id(id).await;
        self.seen(id).await.unwrap_or_default()
    }

    /// Waits until the element with this `data-testid` says `words`.
    pub async fn wait_for_words(&self, id: &str, words: &str) {
        self.until(&format!("{id} says '{words}'"), async || {
            self.seen(id).await?.contains(words).then_some(())
        })
        .await;
    }

    async fn seen(&self, id: &str) -> Option<String> {
        let script = "return document.querySelector(`[data-testid='${arguments[0]}']`)?.innerText";
        let text = self.run(script, vec![json!(id)]).await;
        text.as_str().map(str::to_owned)
    }
}
