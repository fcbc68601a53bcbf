//! Scalars with a specification behind them. They take any text as input, so that what is wrong is told at its field.

use async_graphql::{InputValueError, InputValueResult, Leaf, Scalar, ScalarType, Value};
use secrecy::SecretString;

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident, $graph:literal, $specified_by:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub String);

        $(#[$doc])*
        #[Scalar(name = $graph, specified_by_url = $specified_by)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    // The value is not repeated: people mistake fields.
                    _ => Err(InputValueError::custom(concat!("A value of the type ", $graph, " is a text."))),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar!(
    /// An e-mail address, like `ada@example.com`.
    EmailAddress, "EmailAddress", "https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address"
);
text_scalar!(
    /// An absolute `https:` address.
    Url, "URL", "https://url.spec.whatwg.org/"
);

text_scalar!(
    /// A calendar day, like `2027-01-31`.
    Date, "Date", "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
);

impl Leaf for EmailAddress {
    fn write(&self, json: &mut Vec<u8>) {
        self.0.write(json);
    }
}

impl Leaf for Url {
    fn write(&self, json: &mut Vec<u8>) {
        self.0.write(json);
    }
}

impl Leaf for Json {
    fn write(&self, json: &mut Vec<u8>) {
        self.0.write(json);
    }
}

/// Any JSON value.
#[derive(Clone, Debug)]
pub struct Json(pub serde_json::Value);

/// Any JSON value.
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value.into_json()?))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

/// A password or token on its way in; never printed, never answered.
#[derive(Clone, Debug)]
pub struct Secret(pub SecretString);

/// A password or token. Send it in a variable: documents are logged and cached by others, variables are not.
#[Scalar(name = "Secret", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-7")]
impl ScalarType for Secret {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text.into())),
            // The value is not repeated in the error.
            _ => Err(InputValueError::custom("A secret is a text.")),
        }
    }

    fn to_value(&self) -> Value {
        Value::Null
    }
}
