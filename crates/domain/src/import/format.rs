//! How the text of a file is written: encoding, delimiter, numbers and dates.

text_enum! {
    /// How characters are written as bytes.
    pub enum TextEncoding {
        /// UTF-8, with or without a byte order mark.
        Utf8 = "utf-8",
        /// UTF-16, low byte first.
        Utf16Le = "utf-16le",
        /// UTF-16, high byte first.
        Utf16Be = "utf-16be",
        /// Windows-1251, Cyrillic.
        Windows1251 = "windows-1251",
    }
}

text_enum! {
    /// What separates the cells of a row.
    pub enum Delimiter {
        /// `,`
        Comma = "comma",
        /// `;`
        Semicolon = "semicolon",
        /// A tabulator.
        Tab = "tab",
        /// `|`
        Pipe = "pipe",
    }
}

impl Delimiter {
    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

text_enum! {
    /// What separates the decimals of a number; the other mark groups thousands.
    pub enum DecimalMark {
        /// `1,234.56`
        Point = "point",
        /// `1.234,56` or `1 234,56`
        Comma = "comma",
    }
}

text_enum! {
    /// The order of a numeric date. Dates that begin with a year of four digits are read in every
    /// order.
    pub enum DateOrder {
        /// Day, month, year.
        Dmy = "dmy",
        /// Month, day, year.
        Mdy = "mdy",
        /// Year, month, day.
        Ymd = "ymd",
    }
}
