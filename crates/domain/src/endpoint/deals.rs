//! What one does with deals beyond the usual verbs.

use super::{Endpoint, Method, encode_component, json};
use crate::deal::{CloseDeal, Deal, MoveDeal, ReopenDeal};

macro_rules! actions {
    ($( $(#[$meta:meta])* $name:ident: $suffix:literal, $body:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Identifier of the deal.
            pub id: String,
            /// The version that the person has seen.
            pub version: Option<i64>,
            /// What is to happen.
            pub body: $body,
        }

        impl Endpoint for $name {
            type Answer = Deal;
            const METHOD: Method = Method::Post;

            fn path(&self) -> String {
                format!(concat!("/deals/{}/", $suffix), encode_component(&self.id))
            }

            fn body(&self) -> Option<String> {
                json(&self.body)
            }

            fn version(&self) -> Option<i64> {
                self.version
            }
        }
    )+ };
}

actions! {
    /// Moves a deal to another stage of the work.
    MoveDealEndpoint: "stage", MoveDeal;
    /// Ends a deal.
    CloseDealEndpoint: "close", CloseDeal;
    /// Takes a closed deal up again.
    ReopenDealEndpoint: "reopen", ReopenDeal;
}
