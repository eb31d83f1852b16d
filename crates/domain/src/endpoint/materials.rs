//! Versions and labels of materials, and their use in deals.

use super::{Endpoint, Method, encode_component, json};
use crate::material::{
    DealMaterial, DealMaterialDraft, MaterialLabels, MaterialSuggestion, MaterialVersion,
};
use crate::page::Page;

/// The words that materials are marked with.
#[derive(Clone, Copy, Debug)]
pub struct ListMaterialLabels;

impl Endpoint for ListMaterialLabels {
    type Answer = MaterialLabels;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/materials/tags".to_owned()
    }
}

/// The published versions of a material, newest first.
#[derive(Clone, Debug)]
pub struct ListMaterialVersions(
    /// Identifier of the material.
    pub String,
);

impl Endpoint for ListMaterialVersions {
    type Answer = Page<MaterialVersion>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/materials/{}/versions", encode_component(&self.0))
    }
}

/// One published version of a material with its text.
#[derive(Clone, Debug)]
pub struct GetMaterialVersion {
    /// Identifier of the material.
    pub id: String,
    /// Number of the version.
    pub number: i32,
}

impl Endpoint for GetMaterialVersion {
    type Answer = MaterialVersion;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        let id = encode_component(&self.id);
        format!("/materials/{id}/versions/{}", self.number)
    }
}

/// The materials that were chosen for a deal or shown in it.
#[derive(Clone, Debug)]
pub struct ListDealMaterials(
    /// Identifier of the deal.
    pub String,
);

impl Endpoint for ListDealMaterials {
    type Answer = Page<DealMaterial>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/deals/{}/materials", encode_component(&self.0))
    }
}

/// The materials that fit a deal, best first.
#[derive(Clone, Debug)]
pub struct ListMaterialSuggestions(
    /// Identifier of the deal.
    pub String,
);

impl Endpoint for ListMaterialSuggestions {
    type Answer = Page<MaterialSuggestion>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        let id = encode_component(&self.0);
        format!("/deals/{id}/materials/suggestions")
    }
}

/// Chooses a material for a deal, or records that it was shown.
#[derive(Clone, Debug)]
pub struct UseMaterial {
    /// Identifier of the deal.
    pub deal: String,
    /// What was chosen or shown.
    pub draft: DealMaterialDraft,
}

impl Endpoint for UseMaterial {
    type Answer = Page<DealMaterial>;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/deals/{}/materials", encode_component(&self.deal))
    }

    fn body(&self) -> Option<String> {
        json(&self.draft)
    }
}

/// Takes a choice back that was not shown yet.
#[derive(Clone, Debug)]
pub struct DeleteDealMaterial {
    /// Identifier of the deal.
    pub deal: String,
    /// Identifier of the use.
    pub id: String,
}

impl Endpoint for DeleteDealMaterial {
    type Answer = ();
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        let (deal, id) = (encode_component(&self.deal), encode_component(&self.id));
        format!("/deals/{deal}/materials/{id}")
    }
}
