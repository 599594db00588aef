//! Answering an assessment, and comparing what was entered with what is there.

use std::collections::BTreeMap;

use serde_json::json;

use crate::rows::Answer;
use crate::window::Window;

/// What was entered: question or list id -> the words its row must say.
pub type Entered = BTreeMap<String, String>;

/// Opens a section by its id.
pub async fn open_section(window: &Window<'_>, section: &str) {
    let button = window.by_id(&format!("section-{section}")).await;
    button.click().await.unwrap();
    let title = window.run(
        "return document.querySelector('nav [aria-current=step] .title')?.textContent",
        vec![],
    );
    let title = title.await.as_str().unwrap_or_default().to_owned();
    window
        .wait_for_heading(&format!("Assessment: {title}"))
        .await;
}

/// Answers the questions of the open section and keeps what each row must say from now on.
pub async fn answer_all(window: &Window<'_>, answers: &[(&str, Answer)], entered: &mut Entered) {
    for (question, answer) in answers {
        window.answer(question, *answer).await;
        if matches!(answer, Answer::Write(_)) {
            window.press("Tab").await;
        }
        wait_for_row(window, question, &answer.words()).await;
        entered.insert((*question).to_owned(), answer.words());
    }
}

/// Waits until a row says `words`.
pub async fn wait_for_row(window: &Window<'_>, question: &str, words: &str) {
    window
        .until(&format!("{question} says '{words}'"), async || {
            (window.read_row(question).await? == words).then_some(())
        })
        .await;
}

/// Types an answer, leaves the box, and waits until it is on the disk: by the line that says so,
/// which by then must name a later second than any earlier answer.
pub async fn save(window: &Window<'_>, question: &str, words: &'static str) {
    let before = let_the_second_pass(window).await;
    window.answer(question, Answer::Write(words)).await;
    // Typing that rested on the way was sent in parts. Leaving the box sends the whole.
    window.press("Tab").await;
    window
        .until("the saved line names a later time", async || {
            (nothing_waits(window).await && saved(window).await != before).then_some(())
        })
        .await;
}

/// Whether no answer is on its way. Until then the saved line speaks of an earlier one.
async fn nothing_waits(window: &Window<'_>) -> bool {
    let script = "return document.querySelector('[data-testid=saved]')?.dataset.waiting";
    window.run(script, vec![]).await == "0"
}

/// The saved line, such as "Saved on this laptop 10:42:07".
async fn saved(window: &Window<'_>) -> String {
    let script = "return document.querySelector('[data-testid=saved]')?.innerText ?? ''";
    window
        .run(script, vec![])
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Waits until every answer is on the disk and the clock has left the second that the saved line
/// names, so that the next save can be told from the last one.
async fn let_the_second_pass(window: &Window<'_>) -> String {
    let script = "return new Date().toTimeString().slice(0, 8)";
    window
        .until("the clock has moved on", async || {
            if !nothing_waits(window).await {
                return None;
            }
            let now = window.run(script, vec![]).await;
            let line = saved(window).await;
            (!line.contains(now.as_str()?)).then_some(line)
        })
        .await
}

/// Adds a row to a list: field id and what is typed or chosen in it.
pub async fn add_row(window: &Window<'_>, list: &str, fields: &[(&str, &str)]) {
    let before = rows(window, list).await.len();
    let add = format!("[data-testid='list-{list}'] .add button");
    window.wait_for_css(&add).await;
    window.press_on(&add).await;
    for (field, words) in fields {
        let control = format!("[id='f-{list}-new-{field}']");
        window.wait_for_css(&control).await;
        let control = window.css(&control).await;
        if control.tag_name().await.unwrap() == "select" {
            control.select_by_label(words).await.unwrap();
        } else {
            control.click().await.unwrap();
            control.send_keys(words).await.unwrap();
        }
    }
    let done = format!("[data-testid='list-{list}'] .form .foot button");
    window.press_on(&done).await;
    window
        .until(&format!("{list} has one row more"), async || {
            (rows(window, list).await.len() == before + 1).then_some(())
        })
        .await;
}

/// The rows of a list in words.
pub async fn rows(window: &Window<'_>, list: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(
            `[data-testid='list-${arguments[0]}'] [data-testid^='row-'] .words`)]
        .map(it => it.innerText.trim())";
    serde_json::from_value(window.run(script, vec![json!(list)]).await).unwrap()
}

/// Marks a place on the body map with a click.
pub async fn click_place(window: &Window<'_>, region: &str) {
    let selector = format!("[data-region='{region}']");
    window.wait_for_css(&selector).await;
    window.press_on(&selector).await;
}

/// Says "there are none" of a list.
pub async fn none_in(window: &Window<'_>, list: &str, words: &str) {
    window.by_id(&format!("list-{list}")).await;
    window.click("button", words).await;
    window.wait_for_words(&format!("list-{list}"), words).await;
}

/// Answers whatever the one open assessment of this laptop still needs to be finished: no other
/// warning sign, and nothing else that can be answered. By the commands that the rows call and not by
/// clicks, since how it is clicked is what `first_light` shows.
pub async fn find_nothing_else(window: &Window<'_>) {
    loop {
        let left = window.client.execute_async(NOTHING_ELSE, vec![]).await;
        match left.unwrap() {
            serde_json::Value::Number(left) if left.as_u64() == Some(0) => return,
            serde_json::Value::Number(_) => {}
            refused => panic!("an answer was refused: {refused}"),
        }
    }
}

/// A few answers at a time, and then how many were left: a script may not run for long.
const NOTHING_ELSE: &str = r"
    const done = arguments[arguments.length - 1];
    const call = window.__TAURI_INTERNALS__.invoke;
    const found = value => ({ state: 'given', value });
    const nothing = kind => kind === 'feature' ? found('absent')
        : kind === 'item' ? found(0) : { state: 'cannot-be-answered' };
    (async () => {
        const list = await call('worklist', { tab: 'all', filter: '', skip: 0 });
        const assessment = list.rows.find(row => row.assessment).assessment;
        const form = { reason: '', safety_net: '', sure: false, passphrase: '' };
        const { missing } = await call('finish_assessment', { assessment, form });
        const { sections } = await call('open_assessment', { assessment });
        const questions = sections.flatMap(section => section.questions);
        for (const { value: id } of missing.slice(0, 8)) {
            const question = questions.find(one => one.id === id);
            if (question) {
                const answer = nothing(question.kind.kind);
                await call('record_answer', { assessment, question: id, answer });
            } else {
                await call('record_list', { assessment, list: id, state: found(true) });
            }
        }
        return missing.length;
    })().then(done, fault => done(JSON.stringify(fault)));";
