//! Finding things the way people do: by what they are and what they are called.
//!
//! Role and name are worked out by axe-core, by the same rules as a screen reader's.

use fantoccini::elements::Element;
use serde_json::{Value, json};

use crate::window::Window;

/// What stands on the screen with `role` and `name`: `[element, all names of that role]`.
const FIND: &str = r"
    const [role, name] = arguments;
    const plain = text => (text ?? '').replace(/\s+/g, ' ').trim();
    axe.setup(document);
    try {
        const named = [...document.body.querySelectorAll('*')]
            .filter(it => axe.commons.aria.getRole(it) === role)
            .filter(it => axe.commons.dom.isVisibleToScreenReaders(it))
            .map(it => ({ it, name: plain(axe.commons.text.accessibleText(it)) }));
        const exact = named.filter(found => found.name === plain(name));
        const near = named.filter(found => found.name.includes(plain(name)));
        const hits = exact.length ? exact : near;
        return [hits.length === 1 ? hits[0].it : null, named.map(found => found.name)];
    } finally {
        axe.teardown();
    }";

impl Window<'_> {
    /// The one element with this role and accessible name, waited for. The whole name is
    /// wanted; a part will do when it fits one element only.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        let found = self
            .patiently(async || self.look_up(role, name).await.0)
            .await;
        if let Some(element) = found {
            return element;
        }
        let names = self.names(role).await;
        self.give_up(&format!(
            "no one {role} is called '{name}'; there are {names:?}"
        ))
        .await
    }

    /// The accessible names of everything visible with this role.
    pub async fn names(&self, role: &str) -> Vec<String> {
        self.look_up(role, "").await.1
    }

    pub async fn click(&self, role: &str, name: &str) {
        let element = self.find(role, name).await;
        if element.click().await.is_ok() {
            return;
        }
        self.bring_into_view(&element).await;
        if let Err(error) = element.click().await {
            self.give_up(&format!("{role} '{name}': {error}")).await;
        }
    }

    /// The element that carries this `data-testid`, waited for.
    pub async fn by_id(&self, id: &str) -> Element {
        let selector = format!("[data-testid='{id}']");
        self.wait_for_css(&selector).await;
        let found = self.client.find(fantoccini::Locator::Css(&selector)).await;
        found.unwrap()
    }

    /// Types into the text box called `name`, after what stands in it.
    pub async fn fill(&self, name: &str, text: &str) {
        self.click("textbox", name).await;
        let field = self.find("textbox", name).await;
        field.send_keys(text).await.unwrap();
    }

    /// Replaces what stands in the text box called `name`.
    pub async fn refill(&self, name: &str, text: &str) {
        self.click("textbox", name).await;
        let field = self.find("textbox", name).await;
        self.press("Control+a").await;
        self.press("Delete").await;
        field.send_keys(text).await.unwrap();
    }

    /// Chooses an option, by its words, in the drop-down called `name`.
    pub async fn choose(&self, name: &str, option: &str) {
        let list = self.find("combobox", name).await;
        list.select_by_label(option).await.unwrap();
    }

    /// The value of the text box called `name`.
    pub async fn value(&self, name: &str) -> String {
        let field = self.find("textbox", name).await;
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    async fn look_up(&self, role: &str, name: &str) -> (Option<Element>, Vec<String>) {
        self.load_axe().await;
        let found = self.run(FIND, vec![json!(role), json!(name)]).await;
        let names = found[1].as_array().into_iter().flatten();
        let names = names.filter_map(Value::as_str).map(str::to_owned).collect();
        (self.element(&found[0]), names)
    }

    /// An element that came back from a script.
    pub(crate) fn element(&self, found: &Value) -> Option<Element> {
        let (_key, id) = found.as_object()?.iter().next()?;
        let id = fantoccini::elements::ElementRef::from(id.as_str()?.to_owned());
        Some(Element::from_element_id(self.client.clone(), id))
    }
}
