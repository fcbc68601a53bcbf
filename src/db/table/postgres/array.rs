//! PostgreSQL's arrays, read as they come. An answer holds thousands of cells, and the driver's own reading of an array
//! takes three times as long: it makes a value of each cell first, and a list of its own of all of them.

use super::broken;
use sea_orm::{
    DbErr, Value,
    sqlx::{
        Error, Row, ValueRef,
        error::BoxDynError,
        postgres::{PgRow, PgValueFormat},
    },
};

/// Appends the cells of an array, each read by `cell`. No rows are no array.
pub(super) fn append<T>(
    row: &PgRow,
    place: usize,
    all: &mut Vec<Value>,
    cell: impl Fn(&[u8]) -> Result<T, BoxDynError>,
) -> Result<(), DbErr>
where
    Option<T>: Into<Value>,
{
    let array = row.try_get_raw(place).map_err(broken)?;
    if array.is_null() {
        return Ok(());
    }
    let mut read = || match array.format() {
        PgValueFormat::Binary => each(array.as_bytes()?, |one| {
            all.push(one.map(&cell).transpose()?.into());
            Ok(())
        }),
        PgValueFormat::Text => Err("the array came as a text".into()),
    };
    read().map_err(|error: BoxDynError| broken(Error::Decode(error)))
}

/// Hands each cell of an array to `take`: `None` is NULL. As `array_send` of PostgreSQL writes it, all numbers big-endian:
/// the number of dimensions, a flag, the type of the cells; of each dimension its length and its first place; of each
/// cell its length, -1 for NULL, and its bytes.
fn each<'a>(
    mut bytes: &'a [u8],
    mut take: impl FnMut(Option<&'a [u8]>) -> Result<(), BoxDynError>,
) -> Result<(), BoxDynError> {
    let dimensions = number(&mut bytes)?;
    let (_flag, _kind) = (number(&mut bytes)?, number(&mut bytes)?);
    if dimensions == 0 {
        return Ok(());
    }
    let (length, _first) = (number(&mut bytes)?, number(&mut bytes)?);
    if dimensions != 1 {
        return Err(format!("the array has {dimensions} dimensions").into());
    }
    for _ in 0..length {
        take(match usize::try_from(number(&mut bytes)?) {
            Ok(length) => Some(bytes.split_off(..length).ok_or(SHORT)?),
            Err(_) => None,
        })?;
    }
    Ok(())
}

const SHORT: &str = "the array ends too soon";

fn number(bytes: &mut &[u8]) -> Result<i32, BoxDynError> {
    let (number, rest) = bytes.split_first_chunk().ok_or(SHORT)?;
    *bytes = rest;
    Ok(i32::from_be_bytes(*number))
}
