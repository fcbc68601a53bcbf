//! The walk of a selection: columns are written at once, everything else is awaited together, and nulls spread as the
//! specification says.

use crate::{
    Context, ContextSelectionSet, OutputType, Positioned, ServerError, ServerResult, Value,
    collect::{Asked, Step, collect},
    json::{Json, Leaf, finished, write_value},
    parser::types::Field,
    resolver_utils::ContainerType,
};
use futures_util::future::{BoxFuture, poll_fn};
use std::{future::Future, mem, sync::Arc, task::Poll};

/// Room for the answers of most objects; larger ones double it a few times.
const ONE: usize = 1_024;

/// JSON that is longer is not copied again.
const LONG: usize = 4_096;

/// What happens between two changes of one document.
pub type Between = for<'a> fn(&'a ContextSelectionSet<'a>) -> BoxFuture<'a, ()>;

/// A field that can be written without waiting.
pub struct Column<T> {
    name: &'static str,
    write: Write<T>,
}

/// How such a field is written.
pub(crate) enum Write<T: ?Sized> {
    /// From the object alone; false if it was not read.
    Leaf(fn(&T, &mut Json) -> bool),
    /// With its arguments and its selection, from what has been loaded ahead; false if that does not suffice.
    Below(fn(&T, &Context<'_>, &mut Json) -> bool),
}

impl<T: ?Sized> Clone for Write<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Write<T> {}

impl<T> Column<T> {
    /// The field's name, in snake or camel case, and how it is written.
    pub const fn leaf(name: &'static str, write: fn(&T, &mut Json) -> bool) -> Self {
        Self { name, write: Write::Leaf(write) }
    }

    /// The same for a field with a selection. Its resolver is asked if it cannot be written at once.
    pub const fn below(name: &'static str, write: fn(&T, &Context<'_>, &mut Json) -> bool) -> Self {
        Self { name, write: Write::Below(write) }
    }
}

/// Whether a field of the graph is the one of that name in Rust: `created_at` is `createdAt` there.
pub fn is_named(graph: &str, rust: &str) -> bool {
    let (mut graph, mut upper) = (graph.bytes(), false);
    for letter in rust.bytes() {
        if letter == b'_' {
            upper = true;
            continue;
        }
        let letter = if mem::take(&mut upper) { letter.to_ascii_uppercase() } else { letter };
        if graph.next() != Some(letter) {
            return false;
        }
    }
    graph.next().is_none()
}

impl<T> std::fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// An object with columns.
pub trait Columns: Sized + 'static {
    /// All of them.
    const COLUMNS: &'static [Column<Self>];
}

/// An interface value: knows the object inside.
pub trait Concrete: OutputType {
    /// Resolves the object inside. Fragments on the interface apply to it as well.
    fn resolve_inside(&self, ctx: &ContextSelectionSet<'_>) -> impl Future<Output = ServerResult<Value>> + Send;
}

/// Makes an interface hand over to the object inside.
#[macro_export]
macro_rules! concrete {
    ($interface:ident: $($object:ident),+) => {
        impl $crate::Concrete for $interface {
            async fn resolve_inside(
                &self,
                ctx: &$crate::ContextSelectionSet<'_>,
            ) -> $crate::ServerResult<$crate::Value> {
                match self {$(
                    Self::$object(object) => $crate::resolve_columned(ctx, object).await,
                )+}
            }
        }
    };
}

/// The error of a field that is already among the answer's errors, on its way up to the next field that may be null.
#[derive(Debug)]
struct Reported;

fn reported() -> ServerError {
    ServerError { source: Some(Arc::new(Reported)), ..ServerError::new("", None) }
}

/// The list was read without this column: a fault of ours, told where the next field that may be null is.
fn unread() -> ServerError {
    let mut error = ServerError::new("Something went wrong.", None);
    error.extensions.get_or_insert_default().set("code", "INTERNAL");
    error
}

/// Whether an error has been told already.
pub fn is_reported(error: &ServerError) -> bool {
    error.source::<Reported>().is_some()
}

/// Resolves an object all of whose fields have resolvers, together.
pub async fn resolve_container<T: ContainerType + ?Sized>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
) -> ServerResult<Value> {
    resolve_steps(ctx, object, &collect(ctx, &object.introspection_type_name(), |_| None)).await
}

/// Resolves the root of an operation: its fields together, or one after the other with something between them. The
/// finished JSON comes in pieces, so that a long list is handed on as it is.
pub(crate) async fn resolve_root<'a, T: ContainerType + ?Sized>(
    ctx: &'a ContextSelectionSet<'a>,
    object: &'a T,
    between: Option<Between>,
) -> ServerResult<Value> {
    let steps = collect(ctx, &object.introspection_type_name(), |_| None);
    let fields = steps.iter().filter_map(Step::field).map(|field| boxed(ctx, object, field));
    let outcomes = match between {
        None => join(fields.collect()).await,
        Some(between) => {
            let mut outcomes = Vec::with_capacity(steps.len());
            for field in fields {
                outcomes.push(field.await);
                between(ctx).await;
            }
            outcomes
        }
    };
    let (mut pieces, mut json) = (Vec::new(), Json::new());
    write_object(object, &steps, &mut outcomes.into_iter(), &mut json, |outcome, json| match outcome {
        Value::Binary(long) if long.len() > LONG => {
            pieces.extend([finished(mem::take(json)), Value::Binary(long)]);
        }
        short => write_value(&short, json),
    })?;
    pieces.push(finished(json));
    Ok(Value::List(pieces))
}

/// Resolves an object with columns.
pub async fn resolve_columned<T: ContainerType + Columns>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
) -> ServerResult<Value> {
    let steps = collect(ctx, &object.introspection_type_name(), column);
    if let Some(json) = at_once(|json| write_steps(ctx, object, &steps, json)) {
        return Ok(json);
    }
    resolve_steps(ctx, object, &steps).await
}

/// Resolves a list of objects with columns. What is asked is collected once for all of them.
pub(crate) async fn resolve_rows<'a, T: ContainerType + Columns>(
    ctx: &ContextSelectionSet<'_>,
    objects: impl Iterator<Item = &'a T> + Clone + Send,
) -> ServerResult<Value> {
    let steps = collect(ctx, &T::type_name(), column);
    if let Some(json) = at_once(|json| write_list(ctx, objects.clone(), &steps, json)) {
        return Ok(json);
    }
    let contexts: Vec<_> = if steps.iter().any(|step| step.field().is_some()) {
        objects.clone().enumerate().map(|(at, _)| ctx.with_index(at)).collect()
    } else {
        Vec::new()
    };
    let mut waiting = Vec::new();
    for (object, ctx) in objects.clone().zip(&contexts) {
        waiting.extend(steps.iter().filter_map(Step::field).map(|field| boxed(ctx, object, field)));
    }
    let outcomes = join(waiting).await;
    // Growing step by step would copy everything several times.
    let mut json = Json::with_capacity(64 + objects.clone().count() * (16 + size(&steps, &outcomes)));
    json.push(b'[');
    let mut outcomes = outcomes.into_iter();
    for (at, object) in objects.enumerate() {
        if at > 0 {
            json.push(b',');
        }
        write_object(object, &steps, &mut outcomes, &mut json, put)?;
    }
    json.push(b']');
    Ok(finished(json))
}

/// Resolves an interface value.
pub async fn resolve_concrete<T: Concrete>(ctx: &ContextSelectionSet<'_>, value: &T) -> ServerResult<Value> {
    value.resolve_inside(ctx).await
}

/// What can be written without waiting and without an error.
fn at_once(write: impl FnOnce(&mut Json) -> bool) -> Option<Value> {
    let mut json = Json::with_capacity(ONE);
    write(&mut json).then(|| finished(json))
}

/// Writes an object at once; false, and rubbish in `json`, if that cannot be done.
pub fn write_now<T: ContainerType + Columns>(ctx: &ContextSelectionSet<'_>, object: &T, json: &mut Json) -> bool {
    write_steps(ctx, object, &collect(ctx, &object.introspection_type_name(), column), json)
}

/// The same for a list.
pub fn write_rows_now<'a, T: ContainerType + Columns>(
    ctx: &ContextSelectionSet<'_>,
    objects: impl Iterator<Item = &'a T>,
    json: &mut Json,
) -> bool {
    write_list(ctx, objects, &collect(ctx, &T::type_name(), column), json)
}

fn write_list<'a, T: ContainerType + Columns>(
    ctx: &ContextSelectionSet<'_>,
    objects: impl Iterator<Item = &'a T>,
    steps: &[Step<'_, T>],
    json: &mut Json,
) -> bool {
    json.push(b'[');
    for (at, object) in objects.enumerate() {
        if at > 0 {
            json.push(b',');
        }
        if !write_steps(ctx, object, steps, json) {
            return false;
        }
    }
    json.push(b']');
    true
}

fn write_steps<T: ContainerType + ?Sized>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    steps: &[Step<'_, T>],
    json: &mut Json,
) -> bool {
    json.push(b'{');
    for (at, step) in steps.iter().enumerate() {
        step.write_key(at, json);
        let written = match &step.asked {
            Asked::TypeName => {
                object.introspection_type_name().write(json);
                true
            }
            Asked::Column(write) => write(object, json),
            Asked::Below(write, field) => write(object, &ctx.with_field(field), json),
            Asked::Field(_) => false,
        };
        if !written {
            return false;
        }
    }
    json.push(b'}');
    true
}

fn column<T: Columns>(graph: &str) -> Option<Write<T>> {
    T::COLUMNS.iter().find(|column| is_named(graph, column.name)).map(|column| column.write)
}

/// A field's value, or `Err` if the object around it cannot stand.
type Outcome = Result<Value, ()>;

/// Resolves the fields of an object together, and writes it.
async fn resolve_steps<T: ContainerType + ?Sized>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    steps: &[Step<'_, T>],
) -> ServerResult<Value> {
    let outcomes = join(steps.iter().filter_map(Step::field).map(|field| boxed(ctx, object, field)).collect()).await;
    let mut json = Json::with_capacity(16 + size(steps, &outcomes));
    write_object(object, steps, &mut outcomes.into_iter(), &mut json, put)?;
    Ok(finished(json))
}

/// One field of one object; boxed, because types contain one another.
fn boxed<'a, T: ContainerType + ?Sized>(
    ctx: &'a ContextSelectionSet<'a>,
    object: &'a T,
    field: &'a Positioned<Field>,
) -> BoxFuture<'a, Outcome> {
    Box::pin(async move {
        let ctx = ctx.with_field(field);
        let error = match object.resolve_field(&ctx).await {
            Ok(value) => return Ok(value.unwrap_or_default()),
            Err(error) => error,
        };
        if !is_reported(&error) {
            ctx.add_error(if error.path.is_empty() { ctx.set_error_path(error) } else { error });
        }
        let parent = ctx.schema_env.registry.types.get(&*object.introspection_type_name());
        let nullable = parent
            .and_then(|parent| parent.field_by_name(field.node.name.node.as_str()))
            .is_some_and(|field| !field.ty.ends_with('!'));
        if nullable { Ok(Value::Null) } else { Err(()) }
    })
}

/// Awaits all. What is ready at once, as everything is whose rows have been loaded before, costs no wake-up.
async fn join(mut waiting: Vec<BoxFuture<'_, Outcome>>) -> Vec<Outcome> {
    let mut outcomes: Vec<Option<Outcome>> = waiting.iter().map(|_| None).collect();
    poll_fn(|task| {
        let mut ready = true;
        for (outcome, future) in outcomes.iter_mut().zip(&mut waiting).filter(|(outcome, _)| outcome.is_none()) {
            match future.as_mut().poll(task) {
                Poll::Ready(value) => *outcome = Some(value),
                Poll::Pending => ready = false,
            }
        }
        if ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outcomes.into_iter().flatten().collect()
}

/// About how many bytes one object takes: what is finished, and a guess for each key and column.
fn size<T: ?Sized>(steps: &[Step<'_, T>], outcomes: &[Outcome]) -> usize {
    let finished = |outcome: &Outcome| match outcome {
        Ok(Value::Binary(json)) => json.len(),
        _ => 0,
    };
    let finished: usize = outcomes.iter().map(finished).sum();
    let each = steps.iter().filter(|step| step.field().is_some()).count().max(1);
    finished * each / outcomes.len().max(1) + steps.len() * 48
}

fn put(value: Value, json: &mut Json) {
    write_value(&value, json);
}

/// Writes an object in the order of its steps; the outcomes are those of its steps with resolvers, and `put` writes them.
fn write_object<T: ContainerType + ?Sized>(
    object: &T,
    steps: &[Step<'_, T>],
    outcomes: &mut impl Iterator<Item = Outcome>,
    json: &mut Json,
    mut put: impl FnMut(Value, &mut Json),
) -> ServerResult<()> {
    json.push(b'{');
    for (at, step) in steps.iter().enumerate() {
        step.write_key(at, json);
        match &step.asked {
            Asked::TypeName => object.introspection_type_name().write(json),
            Asked::Column(write) => {
                if !write(object, json) {
                    return Err(unread());
                }
            }
            Asked::Below(..) | Asked::Field(_) => match outcomes.next() {
                Some(Ok(value)) => put(value, json),
                Some(Err(())) | None => return Err(reported()),
            },
        }
    }
    json.push(b'}');
    Ok(())
}
