//! The operations of the API as types: method, path, query, body and answer of each, so that the web
//! app cannot call what the server does not offer.
