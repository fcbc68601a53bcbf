//! Idempotency keys in the graph: a mutation takes the access of [`once`] and passes its outcome through [`answered`].

use super::context::CurrentRequest;
use crate::{
    access::{Access, Once, Scoped, once as kept},
    domain::vendor as vendors,
    fault::{Fault, Refusal},
    secret,
};
use async_graphql::{Context, InputType, Value};
use entity::vendor;

/// The longest key.
const LONGEST: usize = 200;

/// The request's access, whose change is made once if the input has a key.
pub fn once(ctx: &Context<'_>, key: Option<&str>, input: &impl InputType) -> Result<Access, Fault> {
    let access = &ctx.request().access;
    let Some(key) = key else { return Ok(access.clone()) };
    if key.trim().is_empty() || key.chars().count() > LONGEST || key.chars().any(char::is_control) {
        return Err(Fault::BadUserInput(format!("Use an idempotency key of 1 to {LONGEST} visible characters.")));
    }
    let mut value = input.to_value();
    if let Value::Object(fields) = &mut value {
        fields.swap_remove("idempotencyKey");
    }
    let (mutation, input_hash) = (ctx.field().name().to_owned(), secret::token_hash(&value.to_string()));
    Ok(access.once(Some(Once { mutation, key: key.to_owned(), input_hash })))
}

/// The outcome of a change; that of one that was made before is the row that it led to, read anew.
pub async fn answered<E: Scoped>(access: &Access, outcome: Result<E::Model, Refusal>) -> Result<E::Model, Refusal> {
    match outcome {
        Err(Refusal::Fault(Fault::Repeated(result))) => {
            let id = kept::first_of::<E>(&result).ok_or(Fault::NotFound)?;
            Ok(access.fetch::<E>(E::READ, id).await?.into_inner())
        }
        outcome => outcome,
    }
}

/// The same for the vendor's one row.
pub async fn answered_by_vendor(
    access: &Access,
    outcome: Result<vendor::Model, Refusal>,
) -> Result<vendor::Model, Refusal> {
    match outcome {
        Err(Refusal::Fault(Fault::Repeated(_))) => Ok(vendors::current(access).await?),
        outcome => outcome,
    }
}
