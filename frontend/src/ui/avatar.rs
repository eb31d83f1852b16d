//! People as two letters on a color of their own.

use leptos::prelude::*;

/// How many colors there are in the style sheet.
const COLORS: u32 = 8;

/// The initials of a person on a color that stays the same for the same name. The name itself is the
/// tooltip and what is read aloud.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let color = color_of(&name);
    view! {
        <span
            class=format!("avatar-mark avatar-{color}")
            role="img"
            aria-label=name.clone()
            title=name.clone()
            data-initials=initials(&name)
        ></span>
    }
    .into_any()
}

fn initials(name: &str) -> String {
    let mut words = name
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back().or_else(|| words.next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

fn color_of(name: &str) -> u32 {
    name.bytes().fold(5381u32, |hash, byte| {
        hash.wrapping_mul(33) ^ u32::from(byte)
    }) % COLORS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        assert_eq!(initials("Olivia Hart"), "OH");
        assert_eq!(initials("Анна Мария Иванова"), "АИ");
        assert_eq!(initials("cher"), "C");
        assert_eq!(initials(""), "");
    }
}
