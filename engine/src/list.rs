//! Lists of objects with columns.

use crate::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::Registry,
    resolver_utils::ContainerType,
    walk::{Columns, resolve_rows},
};
use std::borrow::Cow;

/// A list that is walked as one: `[T!]!`.
#[derive(Debug)]
pub struct Rows<'a, T>(pub &'a [T]);

impl<T: ContainerType + Columns> OutputType for Rows<'_, T> {
    fn type_name() -> Cow<'static, str> {
        <&[T] as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <&[T] as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry);
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_rows(ctx, self.0.iter()).await
    }
}
