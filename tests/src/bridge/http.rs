//! Plain HTTP/1.1, as much as a browser on this computer needs: one question a connection, closed
//! after the answer, so that no connection that a browser keeps for later holds another one up.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

/// Longest line of a head, and most bytes of a body: nobody sends more here.
const LONGEST_LINE: u64 = 64 * 1024;
const LARGEST_BODY: u64 = 64 * 1024 * 1024;

/// What was asked.
pub(super) struct Question {
    pub(super) get: bool,
    pub(super) url: String,
    /// The header `x-token`.
    pub(super) token: String,
    pub(super) body: String,
}

/// What is answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// Reads a question; `None` when the other side closed without asking.
///
/// # Errors
/// When it is no HTTP, or the connection breaks.
pub(super) fn read(stream: &TcpStream) -> io::Result<Option<Question>> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut text = String::new();
        (&mut reader).take(LONGEST_LINE).read_line(&mut text)?;
        io::Result::Ok(text.trim_end().to_owned())
    };
    let first = line()?;
    let mut words = first.split(' ');
    let (Some(method), Some(url)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (mut length, mut token) = (0, String::new());
    loop {
        let header = line()?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().map_err(io::Error::other)?,
            "x-token" => value.trim().clone_into(&mut token),
            _ => {}
        }
    }
    if length > LARGEST_BODY {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body)?;
    Ok(Some(Question {
        get: method == "GET",
        url: url.to_owned(),
        token,
        body,
    }))
}

/// Writes an answer.
///
/// # Errors
/// When the other side is gone.
pub(super) fn write(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {} .\r\nconnection: close\r\n", answer.status);
    head.push_str(&format!("content-length: {}\r\n", answer.body.len()));
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&answer.body)?;
    stream.flush()
}
