//! `/export/…`: lists as files for spreadsheets, for whoever may read them.

mod asked;
mod csv;

use super::{App, credential, layers::RequestId, refused::Refused};
use crate::{
    access::Access,
    domain::export::{self, Integrations, Partners, Sheet, Submissions, Tenants},
    fault::Fault,
    graphql::{
        integration::queries::{IntegrationFilterInput, IntegrationOrderBy},
        partner::queries::{PartnerFilterInput, PartnerOrderBy},
        tenant::queries::{TenantFilterInput, TenantOrderBy},
    },
};
use asked::OfList;
use axum::{
    Router,
    extract::{ConnectInfo, RawQuery, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use entity::form::FormKind;
use sea_orm::ActiveEnum;
use serde::de::DeserializeOwned;
use std::net::SocketAddr;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/export/partners.csv", get(partners))
        .route("/export/integrations.csv", get(integrations))
        .route("/export/submissions.csv", get(submissions))
        .route("/export/tenants.csv", get(tenants))
}

/// What every export knows of its request.
type Asking = (State<App>, ConnectInfo<SocketAddr>, RequestId, HeaderMap, RawQuery);

async fn partners(asking: Asking) -> Response {
    let file = async {
        let (access, asked) = admit::<OfList>(&asking).await?;
        let listing = asked.listing::<PartnerFilterInput, PartnerOrderBy>(&asking.0, "partners")?;
        send(&asking, &access, Partners::open(&access, listing)?, &asked).await
    };
    file.await.unwrap_or_else(|refused: Refused| refused.into_response(&asking.2))
}

async fn integrations(asking: Asking) -> Response {
    let file = async {
        let (access, asked) = admit::<OfList>(&asking).await?;
        let listing = asked.listing::<IntegrationFilterInput, IntegrationOrderBy>(&asking.0, "integrations")?;
        send(&asking, &access, Integrations::open(&access, listing)?, &asked).await
    };
    file.await.unwrap_or_else(|refused: Refused| refused.into_response(&asking.2))
}

async fn tenants(asking: Asking) -> Response {
    let file = async {
        let (access, asked) = admit::<OfList>(&asking).await?;
        let listing = asked.listing::<TenantFilterInput, TenantOrderBy>(&asking.0, "tenants")?;
        send(&asking, &access, Tenants::open(&access, listing)?, &asked).await
    };
    file.await.unwrap_or_else(|refused: Refused| refused.into_response(&asking.2))
}

/// `?form=PARTNER`
#[derive(serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct OfSubmissions {
    form: String,
}

async fn submissions(asking: Asking) -> Response {
    let file = async {
        let (access, asked) = admit::<OfSubmissions>(&asking).await?;
        let kind = word::<FormKind>("form", &asked.form)?;
        send(&asking, &access, Submissions::open(&access, kind).await?, &asked).await
    };
    file.await.unwrap_or_else(|refused: Refused| refused.into_response(&asking.2))
}

/// Finds out who asks and for what. Statements take any connection: one that is kept would wait for slow readers.
async fn admit<T: DeserializeOwned>(asking: &Asking) -> Result<(Access, T), Refused> {
    let (State(app), ConnectInfo(peer), request_id, headers, RawQuery(query)) = asking;
    let (access, _) = credential::resolve(app, *peer, request_id, headers, app.hub.any_connection()).await?;
    // Who may not come in learns nothing about what can be asked.
    if access.actor().id().is_none() {
        return Err(Fault::Unauthenticated.into());
    }
    app.rates.take(&access, 0)?;
    let asked = serde_urlencoded::from_str(query.as_deref().unwrap_or_default());
    let asked =
        asked.map_err(|error| Fault::BadUserInput(format!("The address asks for what is not there: {error}.")))?;
    Ok((access, asked))
}

/// A word of ours in the address.
fn word<T: ActiveEnum<Value = String>>(name: &str, text: &str) -> Result<T, Fault> {
    T::try_from_value(&text.to_owned())
        .map_err(|_| Fault::BadUserInput(format!("`{name}` is one of {}.", T::values().join(", "))))
}

/// Records it and begins to send.
async fn send<S: Sheet>(
    asking: &Asking,
    access: &Access,
    sheet: S,
    filter: &impl serde::Serialize,
) -> Result<Response, Refused> {
    let place = access.actor().id().map(|who| asking.0.places.of(who)).transpose()?;
    export::record(access, &sheet, serde_json::to_value(filter).unwrap_or_default()).await?;
    Ok(csv::stream(sheet, access.now().date_naive(), place).await?)
}
