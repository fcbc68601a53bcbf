//! How much a document may ask for, how much a caller, and how many invitations are sent.

use super::ConfigError;
use clap::Args;

/// What is inside one another is walked by calls inside one another, as far as a thread's stack carries.
const DEEPEST: usize = 64;

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $name:ident ($flag:literal, $env:literal) = $default:literal;)+) => {
        /// The flags of the limits; see `--help`.
        #[derive(Args, Clone, Debug, Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct LimitSettings {$(
            $(#[doc = $doc])*
            #[arg(long = $flag, env = $env, global = true, help_heading = "Limits")]
            pub $name: Option<usize>,
        )+}

        impl LimitSettings {
            /// Fills what is not set from the file's.
            pub(super) fn over(self, file: Self) -> Self {
                Self { $($name: self.$name.or(file.$name),)+ }
            }

            /// Fills what is not set with the defaults; 0 would refuse everything.
            pub(super) fn check(self) -> Result<Limits, ConfigError> {
                $(if self.$name == Some(0) {
                    return Err(ConfigError(concat!($env, " must be 1 or more.").into()));
                })+
                Limits { $($name: self.$name.unwrap_or($default),)+ }.within_the_stack()
            }
        }

        /// How much a document may ask for.
        #[derive(Clone, Debug)]
        pub struct Limits {$(
            $(#[doc = $doc])*
            pub $name: usize,
        )+}

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }
    };
}

limits! {
    /// Bytes of a request's body (default: 65536).
    body ("limit-body", "LIMIT_BODY") = 65536;
    /// Bytes of a body that says its length and comes from somebody signed in: lists of many rows (default: 524288).
    long_body ("limit-long-body", "LIMIT_LONG_BODY") = 524_288;
    /// Bytes of a document (default: 16384).
    document ("limit-document", "LIMIT_DOCUMENT") = 16384;
    /// Lexical tokens of a document (default: 2000).
    tokens ("limit-tokens", "LIMIT_TOKENS") = 2000;
    /// Brackets inside brackets (default: 32).
    nesting ("limit-nesting", "LIMIT_NESTING") = 32;
    /// Fields below fields; introspection is counted by itself (default: 12).
    depth ("limit-depth", "LIMIT_DEPTH") = 12;
    /// Fields once all fragments are spread out (default: 2000).
    fields ("limit-fields", "LIMIT_FIELDS") = 2000;
    /// Aliases of a document (default: 15).
    aliases ("limit-aliases", "LIMIT_ALIASES") = 15;
    /// Directives of a document (default: 10).
    directives ("limit-directives", "LIMIT_DIRECTIVES") = 10;
    /// Directives at one place (default: 3).
    directives_each ("limit-directives-each", "LIMIT_DIRECTIVES_EACH") = 3;
    /// Fragment definitions (default: 20).
    fragments ("limit-fragments", "LIMIT_FRAGMENTS") = 20;
    /// Root fields of a mutation (default: 5).
    mutations ("limit-mutations", "LIMIT_MUTATIONS") = 5;
    /// Objects that an answer can hold, as its page sizes promise (default: 10000).
    objects ("limit-objects", "LIMIT_OBJECTS") = 10000;
    /// Values inside values of the variables (default: 10).
    variable_depth ("limit-variable-depth", "LIMIT_VARIABLE_DEPTH") = 10;
    /// Entries of a list in the variables (default: 500).
    variable_list ("limit-variable-list", "LIMIT_VARIABLE_LIST") = 500;
    /// Errors of an answer (default: 10).
    errors ("limit-errors", "LIMIT_ERRORS") = 10;
    /// Requests of a user or an API key within a minute, for each server (default: 300).
    requests_a_minute ("limit-requests-a-minute", "LIMIT_REQUESTS_A_MINUTE") = 300;
    /// Objects that a user or an API key asks for within a minute, for each server (default: 60000).
    objects_a_minute ("limit-objects-a-minute", "LIMIT_OBJECTS_A_MINUTE") = 60000;
    /// Requests of strangers from one network within a minute, for each server (default: 60).
    strangers_a_minute ("limit-strangers-a-minute", "LIMIT_STRANGERS_A_MINUTE") = 60;
    /// Connections at once, for each server; more wait until others end (default: 2048).
    connections ("limit-connections", "LIMIT_CONNECTIONS") = 2048;
    /// Connections at once from one network that is no trusted proxy; more are hung up on (default: 512).
    connections_each ("limit-connections-each", "LIMIT_CONNECTIONS_EACH") = 512;
    /// Invitations that one user sends within an hour (default: 60).
    invitations_an_hour ("limit-invitations-an-hour", "LIMIT_INVITATIONS_AN_HOUR") = 60;
    /// Invitations that one organisation sends within a day (default: 500).
    invitations_a_day ("limit-invitations-a-day", "LIMIT_INVITATIONS_A_DAY") = 500;
}

impl Limits {
    /// Refuses depths that would end the process instead of the request.
    fn within_the_stack(self) -> Result<Self, ConfigError> {
        let depths = [
            ("LIMIT_NESTING", self.nesting),
            ("LIMIT_DEPTH", self.depth),
            ("LIMIT_VARIABLE_DEPTH", self.variable_depth),
        ];
        match depths.into_iter().find(|(_, depth)| *depth > DEEPEST) {
            Some((name, _)) => Err(ConfigError(format!("{name} must be {DEEPEST} or less."))),
            None => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_depth_is_greater_than_the_stack_carries() {
        let with = |depth| LimitSettings { nesting: depth, ..LimitSettings::default() }.check();
        assert!(with(None).is_ok() && with(Some(DEEPEST)).is_ok());
        assert_eq!(with(Some(DEEPEST + 1)).unwrap_err().0, "LIMIT_NESTING must be 64 or less.");
    }
}
