//! A whole operation as one field of the framework's executor.
//!
//! The executor walks the root itself, in its own way. So the operation's selection is put below a field named
//! [`ROOT`], and [`Root`] answers that one field with the finished JSON of everything below, in [`pieces`].

use crate::{
    Context, ContextSelectionSet, Name, ObjectType, OutputType, Pos, Positioned, ServerResult, Value,
    parser::types::{Field, OperationDefinition, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::{ContainerType, resolve_container},
    walk::{Between, is_reported, resolve_root},
};
use bytes::Bytes;
use std::{borrow::Cow, collections::HashMap, future::Future, mem, sync::Arc};

/// The field that carries the operation; no document can name it.
pub const ROOT: &str = "0";

/// A root type whose selection we walk ourselves.
#[derive(Debug)]
pub struct Root<T> {
    inner: T,
    between: Option<Between>,
}

impl<T> Root<T> {
    /// A root whose fields are resolved together.
    pub fn together(inner: T) -> Self {
        Self { inner, between: None }
    }

    /// A root whose fields are resolved one after the other, as changes must be.
    pub fn serial(inner: T, between: Between) -> Self {
        Self { inner, between: Some(between) }
    }
}

/// What an operation asks of the schema itself, answered beforehand: finished JSON by response key.
#[derive(Clone, Debug, Default)]
pub struct Introspected(Arc<HashMap<String, Bytes>>);

impl Introspected {
    /// Takes the answers.
    pub fn new(fields: HashMap<String, Bytes>) -> Self {
        Self(Arc::new(fields))
    }
}

/// A root with the fields `__schema` and `__type`, which the framework would add above [`ROOT`].
struct WithSchema<'a, T>(&'a T);

impl<T: ObjectType> ContainerType for WithSchema<'_, T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        if !ctx.item.node.name.node.starts_with("__") {
            return self.0.resolve_field(ctx).await;
        }
        let key = ctx.item.node.response_key().node.as_str();
        let known = ctx.data_opt::<Introspected>().and_then(|introspected| introspected.0.get(key));
        Ok(known.cloned().map(Value::Binary))
    }
}

impl<T: ObjectType> OutputType for WithSchema<'_, T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> impl Future<Output = ServerResult<Value>> + Send {
        resolve_container(ctx, self)
    }
}

/// Puts the selection of a query or mutation below [`ROOT`].
pub fn carry(operation: &mut OperationDefinition) {
    let below = mem::replace(&mut operation.selection_set, Positioned::new(SelectionSet::default(), Pos::default()));
    let at = below.pos;
    let field = Field {
        alias: None,
        name: Positioned::new(Name::new(ROOT), at),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: below,
    };
    let items = vec![Positioned::new(Selection::Field(Positioned::new(field, at)), at)];
    operation.selection_set = Positioned::new(SelectionSet { items }, at);
}

/// The finished JSON of an operation, as it stands below [`ROOT`]: one piece belongs behind the other. `None` if it came
/// to nothing.
pub fn pieces(answer: Value) -> Option<Vec<Bytes>> {
    let Value::List(pieces) = answer else { return None };
    let piece = |piece| if let Value::Binary(json) = piece { Some(json) } else { None };
    pieces.into_iter().map(piece).collect()
}

impl<T: ObjectType> ContainerType for Root<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let mut below = ctx.with_selection_set(&ctx.item.node.selection_set);
        below.path_node = None;
        let answer = match self.between {
            Some(between) => resolve_root(&below, &self.inner, Some(between)).await,
            None => resolve_root(&below, &WithSchema(&self.inner), None).await,
        };
        // Where the framework turned a failed value into null, it noted once more what had been told already.
        if let Ok(mut errors) = ctx.query_env.errors.lock() {
            errors.retain(|error| !is_reported(error));
        }
        Ok(answer.ok())
    }
}

impl<T: ObjectType> OutputType for Root<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> impl Future<Output = ServerResult<Value>> + Send {
        resolve_container(ctx, self)
    }
}

impl<T: ObjectType> ObjectType for Root<T> {}
