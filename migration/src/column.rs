//! Short words for what many tables share: columns, foreign keys, indexes.

use sea_orm_migration::prelude::*;
pub(crate) use sea_orm_migration::schema::{
    big_integer, binary, binary_uniq, boolean, integer, json_binary, pk_uuid, text, text_null, text_uniq,
    timestamp_with_time_zone as time, timestamp_with_time_zone_null as time_null, uuid, uuid_null,
};

/// `created_at` and `updated_at`, made by the clock of the hub.
pub(crate) fn stamps(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    table.col(time("created_at")).col(time("updated_at"))
}

/// `column` of `table` names a row of `target`; the row cannot go while it is named.
pub(crate) fn references(table: &'static str, column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    foreign_key(table, &[column], target, &["id"])
}

/// Several columns together name a row, so that a child cannot point into another organisation.
pub(crate) fn foreign_key(
    table: &'static str,
    columns: &[&'static str],
    target: &'static str,
    keys: &[&'static str],
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(format!("fk_{table}_{}", columns[0])).from_tbl(table).to_tbl(target);
    for column in columns {
        key.from_col(*column);
    }
    for column in keys {
        key.to_col(*column);
    }
    key.on_delete(ForeignKeyAction::Restrict);
    key
}

/// No two rows of the table share these columns.
pub(crate) fn unique(table: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    for column in columns {
        index.col(*column);
    }
    index.unique().name(format!("uq_{table}_{}", columns.join("_")));
    index
}

/// Makes an ordinary index named after its columns.
pub(crate) async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.table(table).name(format!("ix_{table}_{}", columns.join("_")));
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}

/// The way back from [`index()`].
pub(crate) async fn drop_index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let name = format!("ix_{table}_{}", columns.join("_"));
    manager.drop_index(Index::drop().table(table).name(name).to_owned()).await
}
