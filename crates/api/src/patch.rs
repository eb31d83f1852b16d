//! JSON merge patches (RFC 7396) onto forms.

use etalon_domain::error::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{ApiError, ApiResult};
use crate::extract::from_json;

/// A form with a merge patch applied; errors name the field.
///
/// # Errors
/// `bad_request` when the patch is no object, `invalid_fields` when a value does not fit.
pub fn merged<D: Serialize + DeserializeOwned>(form: &D, patch: Value) -> ApiResult<D> {
    if !patch.is_object() {
        return Err(ApiError::with_detail(
            ErrorCode::BadRequest,
            "The body must be a JSON object with the fields to change.",
        ));
    }
    let mut value = serde_json::to_value(form)
        .map_err(|e| ApiError::with_detail(ErrorCode::Internal, e.to_string()))?;
    merge(&mut value, patch);
    from_json(value.to_string().as_bytes())
}

fn merge(target: &mut Value, patch: Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (key, value) in patch {
                if value.is_null() {
                    target.insert(key, Value::Null);
                } else {
                    merge(target.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (target, patch) => *target = patch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nested_fields_merge_and_null_empties() {
        let mut value = json!({"a": 1, "b": {"c": 2, "d": 3}});
        merge(&mut value, json!({"a": null, "b": {"c": 5}}));
        assert_eq!(value, json!({"a": null, "b": {"c": 5, "d": 3}}));
    }
}
