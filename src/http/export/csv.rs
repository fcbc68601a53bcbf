//! A sheet as CSV, page after page as it is read: RFC 4180, UTF-8, and no cell that a spreadsheet would run.

use crate::{
    domain::export::{Cell, Sheet},
    fault::Fault,
    graphql::node,
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use csv::{Terminator, Writer, WriterBuilder};
use futures_util::{StreamExt, future::ready, stream};
use std::{borrow::Cow, io};

/// What a spreadsheet takes for the beginning of a formula, also as wide letters.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Answers a sheet. The first page is read before anything is said, so that what fails there is told; what fails later
/// breaks the connection off, so that nobody takes half a file for a whole one. `held` is let go at the end.
pub(super) async fn stream<S: Sheet>(
    mut sheet: S,
    day: NaiveDate,
    held: impl Send + 'static,
) -> Result<Response, Fault> {
    let name = format!("{}-{day}.csv", sheet.name());
    let mut first = write([sheet.header().into_iter().map(Cell::Plain).collect()])?;
    first.extend(write(sheet.page().await?)?);
    let rest = stream::try_unfold((sheet, held), async |(mut sheet, held)| match next(&mut sheet).await {
        Ok(page) if page.is_empty() => Ok(None),
        Ok(page) => Ok(Some((Bytes::from(page), (sheet, held)))),
        Err(fault) => {
            tracing::error!(?fault, "an export broke off");
            Err(io::Error::other("the export broke off"))
        }
    });
    let body = stream::once(ready(Ok(Bytes::from(first)))).chain(rest);
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".into()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

async fn next(sheet: &mut impl Sheet) -> Result<Vec<u8>, Fault> {
    write(sheet.page().await?)
}

fn write(rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, Fault> {
    let broken = |error: csv::Error| Fault::Internal(format!("csv: {error}"));
    let mut lines: Writer<Vec<u8>> = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        lines.write_record(row.iter().map(shown).map(|cell| cell.into_owned())).map_err(broken)?;
    }
    lines.into_inner().map_err(|error| Fault::Internal(format!("csv: {error}")))
}

fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Id(name, id) => node::encode(name, *id).0.into(),
        Cell::Text(text) => safe(text),
        Cell::Plain(text) => text.into(),
    }
}

/// Puts an apostrophe before what a spreadsheet would run. A number is no formula.
fn safe(text: &str) -> Cow<'_, str> {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !number && (text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(FORMULA)) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-1+1",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "\rx",
            "＝1",
            "--1",
            "-",
            "+.=",
            "\u{a0}=1",
        ] {
            assert_eq!(safe(bad), format!("'{bad}"), "{bad:?}");
        }
        for good in ["", "a=b", "-1", "+47", "-1.5", "1", "Ümlaut", "'x"] {
            assert_eq!(safe(good), good, "{good:?}");
        }
    }

    #[test]
    fn lines_are_as_rfc_4180_says() {
        let row = vec![
            Cell::Text("a \"b\", c".into()),
            Cell::Text("two\nlines".into()),
            Cell::Empty,
            Cell::Plain("-1".into()),
        ];
        let lines = write([row]).unwrap();
        assert_eq!(String::from_utf8(lines).unwrap(), "\"a \"\"b\"\", c\",\"two\nlines\",,-1\r\n");
    }
}
