//! Rows read as columns.
//!
//! A driver takes an allocation and some hundred instructions for each row and each cell. Here the database gathers the
//! cells of all rows into one value for each column (PostgreSQL: arrays) or for all of them (SQLite: JSON). Where that is
//! one row, or one for each of the same parents, several such readings are one statement on PostgreSQL, and one round trip.

mod postgres;
mod sqlite;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, ModelTrait, QueryResult,
    Statement, Value,
    sea_query::{ArrayType, SelectStatement},
};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// More than the relations of any type, and few enough for a statement that is planned in no time.
pub(super) const TOGETHER: usize = 8;

/// Parents whose rows are gathered into one: that costs the database a fifth more than a row for each of them, and saves
/// a round trip where others read at the same time.
const FEW: usize = 8;

/// A column that a statement selects: its name and its kind.
#[derive(Clone, Debug)]
pub struct Cell {
    name: &'static str,
    kind: ArrayType,
}

impl Cell {
    /// A column of a table.
    pub fn of<M: ModelTrait<Entity: EntityTrait<Column = C>>, C: ColumnTrait>(column: C) -> Self {
        Self { name: column.as_str(), kind: M::get_value_type(column) }
    }
}

/// Rows to be read.
#[derive(Debug)]
pub struct Wanted {
    /// Selects the columns, and has no limit of its own.
    pub select: SelectStatement,
    /// In the order of the statement.
    pub columns: Vec<Cell>,
    /// Which of them; with parents, below each of them.
    pub reach: Reach,
    /// The rows below each of these, all of one together. The statement knows its parent's id as `parent.id`.
    pub parents: Option<Vec<Uuid>>,
}

/// Which rows of a statement that has no limit of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reach {
    /// How many at most.
    pub limit: Option<u64>,
    /// Behind how many.
    pub offset: Option<u64>,
}

impl fmt::Display for Reach {
    /// The numbers stand in the text: PostgreSQL plans a statement anew each time if it has to guess how many rows are
    /// meant.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.limit.iter().try_for_each(|limit| write!(f, " LIMIT {limit}"))?;
        self.offset.iter().try_for_each(|offset| write!(f, " OFFSET {offset}"))
    }
}

impl Wanted {
    /// Whether the cells come in one row: all of them, or those below few parents.
    pub(super) fn is_one_row(&self) -> bool {
        self.parents.as_ref().is_none_or(|parents| parents.len() <= FEW)
    }

    /// Whether both can be read by one statement.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        self.is_one_row() && other.is_one_row() || self.parents == other.parents
    }
}

/// Rows, column by column.
#[derive(Debug)]
pub struct Table {
    /// Below which parent each row stands; empty if nobody asked.
    pub parents: Vec<Uuid>,
    /// In each column as many values as there are rows.
    pub columns: Vec<Vec<Value>>,
}

impl Table {
    fn empty(wanted: &Wanted) -> Self {
        Self { parents: Vec::new(), columns: wanted.columns.iter().map(|_| Vec::new()).collect() }
    }
}

/// What statements are put to.
pub(super) trait Answers {
    /// Which language it speaks.
    fn backend(&self) -> DbBackend;

    /// All rows of a statement.
    fn ask(&mut self, statement: Statement) -> impl Future<Output = Result<Vec<QueryResult>, DbErr>> + Send;
}

impl Answers for &DatabaseConnection {
    fn backend(&self) -> DbBackend {
        self.get_database_backend()
    }

    async fn ask(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.query_all_raw(statement).await
    }
}

/// Reads all of these, which go with each other; on PostgreSQL in one statement.
pub(super) async fn read(from: &mut impl Answers, wanted: &[Arc<Wanted>]) -> Result<Vec<Table>, DbErr> {
    if from.backend() == DbBackend::Postgres {
        return postgres::tables(&from.ask(postgres::statement(wanted)?).await?, wanted);
    }
    let mut tables = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        tables.push(sqlite::table(&from.ask(sqlite::statement(wanted)).await?, wanted)?);
    }
    Ok(tables)
}

fn unknown(kind: &ArrayType) -> DbErr {
    DbErr::Type(format!("lists do not read columns of the kind {kind:?}"))
}
