//! Which methods a path of the API knows, so that a wrong method is told from a wrong path.

use actix_web::dev::ResourceDef;
use utoipa::openapi::OpenApi;

/// The paths of the API with the methods that each knows.
pub struct Methods(Vec<(ResourceDef, String)>);

impl Methods {
    /// The methods of a complete description.
    #[must_use]
    pub fn of(description: &OpenApi) -> Self {
        let paths = description.paths.paths.iter().map(|(path, item)| {
            let known = [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ];
            let known = known.iter().filter(|(_, operation)| operation.is_some());
            let names: Vec<&str> = known.map(|(name, _)| *name).collect();
            (ResourceDef::new(path.as_str()), names.join(", "))
        });
        Self(paths.collect())
    }

    /// The methods that a path knows, as `Allow` names them; `None` when there is no such path.
    #[must_use]
    pub fn allowed(&self, path: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.is_match(path));
        found.map(|(_, methods)| methods.as_str())
    }
}
