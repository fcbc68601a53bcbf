//! Which rows of a list a file has, and in which order: as the list of the graph is asked.

use crate::{
    domain::page::{Listing, Ordering, Sorting},
    fault::Fault,
    graphql::{filter::Filter, order::OrderBy, order::columns},
    http::App,
};
use apollo_compiler::response::{JsonMap, JsonValue};
use async_graphql::{InputType, Name, Pos, Variables};

/// `?filter=JSON&search=WORDS&orderBy=JSON`
#[derive(serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OfList {
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_by: Option<String>,
}

impl OfList {
    /// What is asked of this list of the graph: oldest first if no order is.
    pub(super) fn listing<F, B>(&self, app: &App, list: &str) -> Result<Listing<F::Table, B::Column>, Fault>
    where
        F: Filter + InputType,
        B: OrderBy<Column: Ordering<F::Table>> + InputType,
    {
        let (filter, order) = (F::type_name(), B::type_name());
        let query = format!(
            "query($filter: {filter}, $orderBy: [{order}!]) \
             {{ {list}(filter: $filter, orderBy: $orderBy) {{ __typename }} }}"
        );
        let mut said = app.gate.typed(&query, &self.variables()?)?;
        let filter: Option<F> = take(&mut said, "filter")?;
        let order: Option<Vec<B>> = take(&mut said, "orderBy")?;
        Ok(Listing {
            filter: filter.map(|filter| filter.read(0)).transpose()?,
            sorting: Sorting::by(columns(order.unwrap_or_default().into_iter().map(Into::into))?),
        })
    }

    fn variables(&self) -> Result<JsonMap, Fault> {
        let mut variables = JsonMap::new();
        let filter = self.filter.as_deref().map(|text| json("filter", text)).transpose()?;
        let words = self.search.as_ref().map(|words| field("search", words.as_str().into()));
        let both: Vec<JsonValue> = filter.into_iter().chain(words).collect();
        if !both.is_empty() {
            variables.insert("filter", field("and", JsonValue::Array(both)));
        }
        if let Some(text) = &self.order_by {
            variables.insert("orderBy", json("orderBy", text)?);
        }
        Ok(variables)
    }
}

fn json(name: &str, text: &str) -> Result<JsonValue, Fault> {
    serde_json::from_str(text)
        .map_err(|_| Fault::BadUserInput(format!("Say `{name}` as JSON, encoded for an address.")))
}

fn field(name: &str, value: JsonValue) -> JsonValue {
    let mut object = JsonMap::new();
    object.insert(name, value);
    JsonValue::Object(object)
}

/// A variable, which has been brought to its type already.
fn take<T: InputType>(variables: &mut Variables, name: &str) -> Result<Option<T>, Fault> {
    let value = variables.remove(&Name::new(name));
    let read = Option::<T>::parse(value);
    read.map_err(|error| Fault::BadUserInput(error.into_server_error(Pos::default()).message))
}
