//! What is said when the program itself fails. Never a cell's text.

use std::sync::{Mutex, PoisonError};

static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps failures off the screen: a file that makes a stage fail is refused by the pipeline, in words of its own.
pub(super) fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| {
            // The folders of the computer that built the program are nobody's business.
            let file = place.file().rsplit(['/', '\\']).next().unwrap_or_default();
            format!("{file} line {}", place.line())
        });
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
}

/// The sentence for a failure that reached the command line.
pub(super) fn in_words() -> String {
    let place = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    let place = place.map_or(String::new(), |place| format!(" ({place})"));
    format!(
        "The program stopped because of a fault of its own{place}. Nothing was written and earlier outputs are as they were. Please report this line."
    )
}
