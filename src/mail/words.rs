//! What a mail server's refusal means, in words that a person can act on.

use super::TransportError;
use lettre::transport::smtp;

/// RFC 3207, RFC 4954 and RFC 7504: authentication and encryption required or failed, a host that takes no mail; and
/// 421, a server that is about to close.
const ABOUT_US: [u16; 10] = [421, 454, 521, 523, 524, 525, 530, 534, 535, 538];

/// A 5xx about the letter or its address is final; one about us (log-in, encryption, a host that takes no mail) is for
/// the operator to mend, and all letters wait.
pub(super) fn classify(error: &smtp::Error) -> TransportError {
    // The library's own words; the relay's stand behind its first colon.
    let text = error.to_string();
    let Some(code) = error.status().map(u16::from) else {
        if let Some(why) = encryption(&text) {
            return TransportError::Unreachable(why);
        }
        return match text.as_str() {
            _ if error.is_tls() => TransportError::Unreachable(format!("The mail server's encryption failed: {text}.")),
            text if text.contains("STARTTLS") => TransportError::Unreachable(
                "The mail server does not offer encryption (STARTTLS), and nothing is sent without it.".into(),
            ),
            text if text.contains("authentication mechanism") => {
                TransportError::Unreachable("The mail server offers no way to log in that the hub knows.".into())
            }
            text if text.starts_with("Connection error") => {
                TransportError::Unreachable(format!("The mail server cannot be reached: {text}."))
            }
            text => TransportError::Temporary(format!("The mail server broke off: {text}.")),
        };
    };
    let said = text.split_once(": ").map_or("", |(_, said)| said);
    if ABOUT_US.contains(&code) || names_the_sender(said) {
        let mend = mend(code, said);
        return TransportError::Unreachable(format!("The mail server refuses this hub. {mend}It said: {code} {said}"));
    }
    if error.is_permanent() {
        TransportError::Permanent(format!("{} The mail server said: {code} {said}", permanent(code, said)))
    } else {
        TransportError::Temporary(format!("{} The mail server said: {code} {said}", temporary(code)))
    }
}

/// What is wrong with the server's certificate, or that it has none, by the words of the TLS library.
fn encryption(text: &str) -> Option<String> {
    if text.contains("corrupt message") {
        // Its greeting came where the encryption should have begun.
        let mend = "Begin SMTP_URL with smtp+starttls://, or name the port that encrypts";
        return Some(format!("The mail server does not encrypt this port from the first byte. {mend}."));
    }
    let wrong = text.split_once("invalid peer certificate: ")?.1;
    let is_another = "the mail server's certificate is for another name than ";
    Some(if let Some((_, names)) = wrong.split_once("not valid for name ") {
        let (asked, has) = names.split_once(';').unwrap_or((names, ""));
        let (asked, has) = (asked.trim_matches('"'), has.trim());
        format!("Nothing is sent: {is_another}{asked}. Write its own name in SMTP_URL. ({has})")
    } else if wrong.contains("expired") {
        "Nothing is sent: the mail server's certificate has expired. Renew it there.".into()
    } else {
        format!(
            "Nothing is sent: no authority that the hub knows has signed the mail server's certificate ({wrong}). If it is \
             your own authority, name its certificate in SMTP_CA_FILE."
        )
    })
}

/// What the operator can do about a refusal of the hub itself, with a space behind it.
fn mend(code: u16, said: &str) -> &'static str {
    match code {
        454 | 525 | 534 | 535 => "Check the user and the password in SMTP_URL. ",
        523 | 524 | 530 | 538 => "SMTP_URL needs a user and a password, and smtp+starttls:// or smtps://. ",
        _ if names_the_sender(said) => "Check MAIL_FROM. ",
        _ => "",
    }
}

/// RFC 3463: the sender's address or its domain is refused, whoever the letter goes to.
fn names_the_sender(said: &str) -> bool {
    said.starts_with("5.1.7") || said.starts_with("5.1.8")
}

/// What a server says to a greeting, which is about us whatever it says.
pub(super) fn about_us(error: &smtp::Error) -> String {
    match classify(error) {
        TransportError::Unreachable(why) => why,
        _ => format!("The mail server refuses this hub. It said: {error}"),
    }
}

/// Whether it may have refused us and not the letter: it broke off, or gave no reason that names the address.
pub(super) fn is_doubtful(error: &smtp::Error) -> bool {
    let text = error.to_string();
    let said = text.split_once(": ").map_or("", |(_, said)| said);
    let names_the_address = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.2."].iter().any(|code| said.starts_with(code));
    error.status().is_none() || error.is_permanent() && !names_the_address
}

/// By the enhanced code of RFC 3463 where there is one, else by the plain one.
pub(super) fn permanent(code: u16, said: &str) -> &'static str {
    let enhanced = said.split_whitespace().next().unwrap_or_default();
    match (enhanced, code) {
        (enhanced, _) if enhanced.starts_with("5.7") => {
            "The recipient's server takes no such letters from here. Ask its operator, or copy the link and hand it over."
        }
        ("5.2.2", _) | (_, 552) => "The mailbox is full. Reach the person another way, then send again.",
        ("5.1.2" | "5.4.4", _) => "The address's domain takes no mail. Correct the address.",
        (enhanced, 550 | 551 | 553)
            if enhanced.is_empty() || !enhanced.starts_with("5.") || enhanced.starts_with("5.1") =>
        {
            "The address does not exist. Correct it."
        }
        _ => "The mail server refused the letter for good.",
    }
}

fn temporary(code: u16) -> &'static str {
    match code {
        450 | 451 => "The recipient's server asks to try again later; the hub does so by itself.",
        452 => "The mailbox or its server is full for now; the hub tries again by itself.",
        _ => "The letter was put off; the hub tries again by itself.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_apart() {
        for (code, said, word) in [
            (550, "5.1.1 no such user", "does not exist"),
            (550, "No such user here", "does not exist"),
            (552, "quota", "full"),
            (554, "5.2.2 mailbox", "full"),
            (550, "5.7.1 spam", "hand it over"),
            (550, "5.1.2 bad domain", "domain"),
            (554, "no", "for good"),
        ] {
            assert!(permanent(code, said).contains(word), "{code} {said}");
        }
    }
}
