//! From bytes to text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use etalon_domain::import::TextEncoding;

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding by which it was read.
    pub encoding: TextEncoding,
    /// Whether some bytes are no characters of that encoding, or are control characters; they stand
    /// as `U+FFFD` in the text.
    pub damaged: bool,
}

/// Decodes a file by the chosen encoding, or by the one that its bytes speak for.
#[must_use]
pub fn decode(bytes: &[u8], chosen: Option<TextEncoding>) -> Decoded {
    let encoding = chosen.unwrap_or_else(|| detect(bytes));
    let (text, damaged) = codec(encoding).decode_with_bom_removal(bytes);
    let has_stray = text.contains(is_stray);
    Decoded {
        text: match has_stray {
            true => text.replace(is_stray, "\u{fffd}"),
            false => text.into_owned(),
        },
        encoding,
        damaged: damaged || has_stray,
    }
}

/// Whether a character has no place in a table and could not be stored everywhere.
fn is_stray(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
}

/// The encoding that the bytes speak for: a byte order mark decides, then zero bytes (UTF-16), then
/// valid UTF-8; what is left is Windows-1251.
#[must_use]
pub fn detect(bytes: &[u8]) -> TextEncoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return if encoding == UTF_16LE {
            TextEncoding::Utf16Le
        } else if encoding == UTF_16BE {
            TextEncoding::Utf16Be
        } else {
            TextEncoding::Utf8
        };
    }
    if let Some(encoding) = detect_utf16(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() || mostly_utf8(bytes) {
        TextEncoding::Utf8
    } else {
        TextEncoding::Windows1251
    }
}

fn codec(encoding: TextEncoding) -> &'static Encoding {
    match encoding {
        TextEncoding::Utf8 => UTF_8,
        TextEncoding::Utf16Le => UTF_16LE,
        TextEncoding::Utf16Be => UTF_16BE,
        TextEncoding::Windows1251 => WINDOWS_1251,
    }
}

/// Delimiters, digits and line ends have a zero byte in UTF-16 and nowhere else.
fn detect_utf16(bytes: &[u8]) -> Option<TextEncoding> {
    let sample = &bytes[..bytes.len().min(65_536)];
    let zeros = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if even == odd {
        None
    } else if odd > even {
        Some(TextEncoding::Utf16Le)
    } else {
        Some(TextEncoding::Utf16Be)
    }
}

/// Whether the bytes are UTF-8 with a few damaged places: ten whole characters beyond ASCII for each
/// broken one never happen by chance in Windows-1251.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut whole = 0_usize;
    let mut broken = 0_usize;
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken * 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "Клиент;Сумма\r\nЛуч;10 500,50\r\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_is_detected_and_gives_the_same_text() {
        let (cp1251, _, _) = WINDOWS_1251.encode(TEXT);
        let bom = format!("\u{feff}{TEXT}");
        let cases = [
            (TEXT.as_bytes().to_vec(), TextEncoding::Utf8),
            (bom.clone().into_bytes(), TextEncoding::Utf8),
            (cp1251.into_owned(), TextEncoding::Windows1251),
            (utf16(&bom, true), TextEncoding::Utf16Le),
            (utf16(&bom, false), TextEncoding::Utf16Be),
            (utf16(TEXT, true), TextEncoding::Utf16Le),
            (utf16(TEXT, false), TextEncoding::Utf16Be),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.encoding, encoding);
            assert_eq!(decoded.text, TEXT);
            assert!(!decoded.damaged);
        }
    }

    #[test]
    fn one_broken_byte_does_not_make_a_file_cyrillic() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes.push(0xff);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, TextEncoding::Utf8);
        assert!(decoded.damaged);
        assert!(decoded.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn control_characters_are_damage() {
        let decoded = decode(b"name\tcity\nA\x01B\tC\r\n", None);
        assert_eq!(decoded.text, "name\tcity\nA\u{fffd}B\tC\r\n");
        assert!(decoded.damaged);
    }

    #[test]
    fn the_choice_of_a_person_wins() {
        let decoded = decode("Луч".as_bytes(), Some(TextEncoding::Windows1251));
        assert_eq!(decoded.encoding, TextEncoding::Windows1251);
        assert_ne!(decoded.text, "Луч");
    }

    proptest! {
        #[test]
        fn any_text_survives_utf8(text in "[^\u{feff}\\p{Cc}]*") {
            prop_assert_eq!(decode(text.as_bytes(), None).text, text);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes, None);
        }
    }
}
