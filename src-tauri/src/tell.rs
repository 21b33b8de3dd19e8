//! Messages beside the page: for what the page cannot say itself, because it is not there yet, not
//! any more, or not at all. Words stand in the word list under `shell`.

use commands::words::{self, Facts};
use rfd::{MessageButtons, MessageDialog, MessageDialogResult, MessageLevel};

/// The sentence of a key.
pub(crate) fn say(key: &str) -> String {
    words::say(key, &Facts::new())
}

/// The window's title while this office is open, or none.
pub(crate) fn title(office: Option<&str>) -> String {
    match office {
        Some(office) => words::say(
            "shell.title",
            &words::facts([("office", office.to_owned())]),
        ),
        None => say("shell.name"),
    }
}

/// Shows the sentence of a key and waits until it was read.
pub(crate) fn tell(key: &str) {
    show(key, None);
}

/// Shows the sentence of a key; true when the page shall be loaded again.
pub(crate) fn ask_again(key: &str) -> bool {
    show(key, Some((say("shell.again"), say("shell.wait"))))
}

fn show(key: &str, ways: Option<(String, String)>) -> bool {
    // In tests nobody can press a button: the message is noted and the first way taken.
    #[cfg(feature = "test-host")]
    if let Some(scripted) = crate::host::folder::Scripted::named() {
        scripted.note(&format!("told {key}"));
        return true;
    }
    let buttons = match ways {
        Some((yes, no)) => MessageButtons::OkCancelCustom(yes, no),
        None => MessageButtons::OkCustom(say("shell.read")),
    };
    let answer = MessageDialog::new()
        .set_level(MessageLevel::Warning)
        .set_title(say("shell.name"))
        .set_description(say(key))
        .set_buttons(buttons)
        .show();
    // Some systems answer by the words on the button.
    answer == MessageDialogResult::Ok || answer == MessageDialogResult::Custom(say("shell.again"))
}
