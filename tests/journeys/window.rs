//! Felloe's window: open, look, kill, open again.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::Client;
use serde_json::{Value, json};

use crate::driver::{Driver, PROGRAM};
use crate::machine::Machine;
use crate::process::{self, Process};

/// How long a person would wait before calling it broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// Fonts that arrive late would be missing on a picture.
const FONTS: &str = "const done = arguments[0]; document.fonts.ready.then(() => done());";

/// WebKitGTK takes the picture at the next frame it draws, and a page at rest draws none:
/// the request would wait for ever. So an invisible line comes and goes for some frames.
const FRAMES: &str = "
    const root = document.documentElement.style;
    let left = 600;
    const frame = () => {
        root.outline = left % 2 ? '1px solid transparent' : '';
        if (left-- > 0) requestAnimationFrame(frame);
    };
    frame();";

/// A window's inside, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    /// The whole of the usual clinic laptop's screen.
    pub const SCREEN: Self = Self {
        width: 1366,
        height: 768,
    };
    /// What a title bar and a taskbar leave of it.
    pub const USABLE: Self = Self {
        width: 1366,
        height: 690,
    };
}

pub struct Window<'m> {
    pub(crate) client: Client,
    driver: Driver,
    machine: &'m Machine,
}

impl<'m> Window<'m> {
    /// Starts Felloe on `machine` and waits until its first screen has a heading.
    pub async fn open(machine: &'m Machine, size: Size) -> Self {
        Self::open_with(machine, size, &[]).await
    }

    /// The same with arguments, such as `--demo`.
    pub async fn open_with(machine: &'m Machine, size: Size, arguments: &[&str]) -> Self {
        let driver = Driver::start(machine);
        let client = driver.open(arguments).await;
        let window = Self {
            client,
            driver,
            machine,
        };
        window.wait_for_css("h1").await;
        window.resize(size).await;
        window
    }

    pub fn machine(&self) -> &'m Machine {
        self.machine
    }

    /// Makes the inside of the window exactly `wanted`, whatever frame the display draws.
    pub async fn resize(&self, wanted: Size) {
        let (width, height) = (wanted.width, wanted.height);
        self.client
            .set_window_rect(0, 0, width, height)
            .await
            .unwrap();
        let inside = self
            .until("the window takes its size", async || {
                let inside = self.inside().await;
                (inside == wanted).then_some(inside)
            })
            .await;
        assert_eq!(inside, wanted);
    }

    /// The inside of the window, as its page sees it.
    pub async fn inside(&self) -> Size {
        let size = self.run("return [innerWidth, innerHeight]", vec![]).await;
        let pixels = |n: usize| u32::try_from(size[n].as_u64().unwrap()).unwrap();
        Size {
            width: pixels(0),
            height: pixels(1),
        }
    }

    /// Writes what is on the window as a PNG file.
    pub async fn screenshot(&self, file: &Path) {
        self.client.execute_async(FONTS, vec![]).await.unwrap();
        self.run(FRAMES, vec![]).await;
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, self.client.screenshot().await.unwrap()).unwrap();
    }

    /// The words a person sees.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until `words` can be read on the screen.
    pub async fn wait_for_text(&self, words: &str) {
        self.until(&format!("'{words}' is on the screen"), async || {
            self.text().await.contains(words).then_some(())
        })
        .await;
    }

    /// Waits until a heading of any size says `words`, whether or not it is drawn.
    pub async fn wait_for_heading(&self, words: &str) {
        let script = "return [...document.querySelectorAll('h1, h2')].map(it => it.textContent)";
        self.until(&format!("a heading says '{words}'"), async || {
            let all = self.run(script, vec![]).await;
            let all = all.as_array()?.iter();
            all.filter_map(Value::as_str)
                .any(|it| it.trim() == words)
                .then_some(())
        })
        .await;
    }

    /// Waits until no dialog is open.
    pub async fn wait_until_no_dialog(&self) {
        let closed = "return document.querySelector('dialog') === null";
        self.until("the dialog is gone", async || {
            self.run(closed, vec![]).await.as_bool()?.then_some(())
        })
        .await;
    }

    /// Waits for `words` behind work that the screen says takes its time, such as making the demo
    /// clinic.
    pub async fn wait_while_working(&self, words: &str) {
        let deadline = Instant::now() + 6 * PATIENCE;
        while !self.text().await.contains(words) {
            assert!(
                Instant::now() < deadline,
                "waited until '{words}' is on the screen"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until `words` are gone from the screen.
    pub async fn wait_until_gone(&self, words: &str) {
        self.until(&format!("'{words}' is gone"), async || {
            (!self.text().await.contains(words)).then_some(())
        })
        .await;
    }

    /// Waits for an element by CSS selector.
    pub async fn wait_for_css(&self, selector: &str) {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.until(&format!("{selector} is there"), async || {
            let found = self.run(script, vec![json!(selector)]).await;
            found.as_bool().unwrap_or_default().then_some(())
        })
        .await;
    }

    /// Runs JavaScript in the page. For looking only: people click and type.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap()
    }

    /// Asks `look` again and again until it finds something, and fails when it never does.
    pub async fn until<T>(&self, hope: &str, look: impl AsyncFn() -> Option<T>) -> T {
        if let Some(found) = self.patiently(look).await {
            return found;
        }
        self.give_up(&format!("waited {PATIENCE:?} until {hope}"))
            .await
    }

    /// Fails with what the screen says and a picture of it.
    pub async fn give_up(&self, why: &str) -> ! {
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("journey-failed-{}.png", std::process::id()));
        self.screenshot(&picture).await;
        let screen = self.text().await;
        panic!(
            "{why}; see {}; the screen says:\n{screen}",
            picture.display()
        );
    }

    /// Asks `look` again and again until it finds something or patience ends.
    pub async fn patiently<T>(&self, look: impl AsyncFn() -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = look().await;
            if found.is_some() || Instant::now() > deadline {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The program and the processes it started, with their command lines and environments.
    pub fn processes(&self) -> Vec<Process> {
        process::family(self.program().pid)
    }

    /// Ends the program with SIGKILL, as a power cut or a crash would, and waits until the
    /// web view's processes have noticed.
    pub fn kill(self) {
        let all = self.processes();
        process::kill(self.program().pid);
        process::wait_until_ended(&all);
    }

    /// Closes the window as its user does, and waits until the program and what it started have
    /// ended by themselves.
    pub async fn close(self) {
        let all = self.processes();
        self.client.close().await.unwrap();
        process::wait_until_ended(&all);
    }

    fn program(&self) -> Process {
        process::running(self.driver.pid(), Path::new(PROGRAM)).expect("the program is running")
    }
}
