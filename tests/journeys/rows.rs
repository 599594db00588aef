//! The rows of an assessment: answered with clicks and keys, and read back.

use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::json;

use crate::window::Window;

/// What a person does with one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Chooses one option: side by side, a rating, an item's, or in a list that opens.
    Pick(&'static str),
    /// Ticks all of these.
    Tick(&'static [&'static str]),
    /// Types.
    Write(&'static str),
    /// Says which of the unanswered states holds.
    Without(&'static str),
}

impl Answer {
    /// The answer as [`Window::read_row`] gives it.
    pub fn words(&self) -> String {
        match self {
            Self::Pick(words) | Self::Write(words) | Self::Without(words) => (*words).to_owned(),
            Self::Tick(all) => all.join(", "),
        }
    }
}

/// What one row says now: the chosen option, the ticked boxes, the typed text, or the state.
const READ: &str = r"
    const row = document.querySelector(`[data-testid='q-${arguments[0]}']`);
    if (!row) return null;
    const state = row.querySelector('select[aria-label^=\'No answer: \']');
    const words = state.selectedOptions[0].textContent.trim();
    if (words !== 'Answered') return words;
    const chosen = row.querySelector('[role=radio][aria-checked=true]');
    if (chosen) return chosen.getAttribute('aria-label') ?? chosen.textContent.trim();
    const ticked = [...row.querySelectorAll('input[type=checkbox]:checked')];
    if (ticked.length) return ticked.map(it => it.parentElement.textContent.trim()).join(', ');
    const list = [...row.querySelectorAll('select')].find(it => it !== state);
    if (list) return list.selectedOptions[0].textContent.trim();
    return row.querySelector('input, textarea')?.value ?? '';";

/// The option of a row with these words.
const OPTION: &str = r"
    const row = document.querySelector(`[data-testid='q-${arguments[0]}']`);
    return [...(row?.querySelectorAll(arguments[2]) ?? [])].find(it =>
        (it.getAttribute('aria-label') ?? it.textContent).trim() === arguments[1]) ?? null;";

/// Every question on the screen.
const SHOWN: &str = r"
    return [...document.querySelectorAll('main [data-testid^=\'q-\']')]
        .map(row => row.dataset.testid.slice(2));";

impl Window<'_> {
    /// Answers a question of the section that is open.
    pub async fn answer(&self, question: &str, answer: Answer) {
        self.wait_for_css(&format!("[data-testid='q-{question}']"))
            .await;
        match answer {
            Answer::Pick(words) => self.choose_one(question, words).await,
            Answer::Tick(all) => {
                for words in all {
                    self.click_option(question, words, "label").await;
                }
            }
            Answer::Without(words) => {
                let name = "select[aria-label^='No answer: ']";
                let list = format!("[data-testid='q-{question}'] {name}");
                let list = self.css(&list).await;
                self.bring_into_view(&list).await;
                list.select_by_label(words).await.unwrap();
            }
            Answer::Write(words) => {
                let selector = format!("[data-testid='q-{question}'] :is(input, textarea)");
                let field = self.css(&selector).await;
                self.bring_into_view(&field).await;
                field.click().await.unwrap();
                field.send_keys(words).await.unwrap();
            }
        }
    }

    /// What a question's row says; none when it is not on the screen.
    pub async fn read_row(&self, question: &str) -> Option<String> {
        let read = self.run(READ, vec![json!(question)]).await;
        read.as_str().map(str::to_owned)
    }

    /// The questions on the screen, in order.
    pub async fn questions(&self) -> Vec<String> {
        let shown = self.run(SHOWN, vec![]).await;
        serde_json::from_value(shown).unwrap()
    }

    /// The element behind a CSS selector, which is on the screen already.
    pub async fn css(&self, selector: &str) -> Element {
        let found = self.client.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Clicks what a CSS selector names.
    pub async fn press_on(&self, selector: &str) {
        let element = self.css(selector).await;
        self.bring_into_view(&element).await;
        if let Err(error) = element.click().await {
            self.give_up(&format!("{selector}: {error}")).await;
        }
    }

    /// Clicks the one with these words among what a CSS selector names.
    pub async fn press_on_words(&self, selector: &str, words: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])]
            .find(it => it.innerText.trim() === arguments[1]) ?? null";
        let found = self
            .until(&format!("{selector} says '{words}'"), async || {
                let found = self.run(script, vec![json!(selector), json!(words)]).await;
                self.element(&found)
            })
            .await;
        self.bring_into_view(&found).await;
        found.click().await.unwrap();
    }

    /// Scrolls, as a person does before pressing what is half under the edge.
    pub async fn bring_into_view(&self, element: &Element) {
        let script = "arguments[0].scrollIntoView({ block: 'center' })";
        let element = serde_json::to_value(element).unwrap();
        self.run(script, vec![element]).await;
    }

    async fn choose_one(&self, question: &str, words: &str) {
        let list = format!("[data-testid='q-{question}'] .control select");
        match self.client.find(Locator::Css(&list)).await {
            Ok(list) => list.select_by_label(words).await.unwrap(),
            Err(_) => self.click_option(question, words, "[role=radio]").await,
        }
    }

    async fn click_option(&self, question: &str, words: &str, what: &str) {
        let arguments = vec![json!(question), json!(words), json!(what)];
        let found = self.run(OPTION, arguments).await;
        let option = self.element(&found);
        let Some(option) = option else {
            self.give_up(&format!("{question} has no option '{words}'"))
                .await
        };
        self.bring_into_view(&option).await;
        if let Err(error) = option.click().await {
            self.give_up(&format!("{question}, '{words}': {error}"))
                .await;
        }
    }
}
