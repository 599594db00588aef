//! WebKitGTK's choice of renderer, which has to be made before GTK starts.

#[cfg(target_os = "linux")]
const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts this program again with the DMA-BUF renderer off, unless someone chose already.
///
/// With that renderer the window stays blank on some graphics cards. The variable
/// cannot be set in a running process without unsafe code, so the program replaces
/// itself: the process id stays the same. Returns only when nothing had to be done,
/// or when the system refuses, in which case the window is tried as it is.
#[cfg(target_os = "linux")]
pub fn start_with_safe_renderer() {
    use std::os::unix::process::CommandExt;

    if std::env::var_os(VARIABLE).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let _refused = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(VARIABLE, "1")
            .exec();
    }
}

/// Only WebKitGTK has this fault.
#[cfg(not(target_os = "linux"))]
pub fn start_with_safe_renderer() {}
