//! Names, positions and addresses of people at the companies of the demo.

use crate::accounts::Tongue;
use crate::random::Random;

/// What people are at their companies, in English and in Russian.
pub(crate) const POSITIONS: &[(&str, &str)] = &[
    ("Plant manager", "Директор завода"),
    ("Head of automation", "Начальник отдела автоматизации"),
    ("Chief engineer", "Главный инженер"),
    ("Purchasing manager", "Руководитель отдела закупок"),
    ("Chief information officer", "ИТ-директор"),
    ("Production director", "Директор по производству"),
    ("Maintenance manager", "Главный механик"),
    ("Process engineer", "Главный технолог"),
    ("Finance director", "Финансовый директор"),
    (
        "Digital transformation lead",
        "Руководитель цифровой трансформации",
    ),
    ("Quality manager", "Директор по качеству"),
    ("Chief power engineer", "Главный энергетик"),
];

const GERMANIC: (&[&str], &[&str]) = (
    &[
        "Katrin", "Stefan", "Anneke", "Thomas", "Lenka", "Ulrich", "Birgit", "Florian", "Petra",
        "Joost",
    ],
    &[
        "Hoffmann", "Krüger", "van Dijk", "Baumann", "Novák", "Schäfer", "de Vries", "Lorenz",
        "Vogel", "Dvořák",
    ],
);
const NORDIC: (&[&str], &[&str]) = (
    &[
        "Ingrid", "Lars", "Aino", "Henrik", "Solveig", "Mikko", "Astrid", "Anders",
    ],
    &[
        "Nygaard",
        "Virtanen",
        "Lund",
        "Halvorsen",
        "Mäkinen",
        "Dahl",
        "Korhonen",
        "Bakke",
    ],
);
const ROMANCE: (&[&str], &[&str]) = (
    &[
        "Camille", "Marco", "Lucía", "Antoine", "Giulia", "Javier", "Élodie", "Paolo", "Inês",
        "Rodrigo",
    ],
    &[
        "Moreau", "Ferrari", "Navarro", "Lefèvre", "Conti", "Iglesias", "Garnier", "Moretti",
        "Carvalho", "Rojas",
    ],
);
const ENGLISH: (&[&str], &[&str]) = (
    &[
        "Rachel", "Daniel", "Fiona", "Marcus", "Claire", "Gregory", "Heather", "Ian", "Denise",
        "Owen",
    ],
    &[
        "Caldwell", "Murray", "Whitaker", "Osborne", "Kerr", "Delgado", "Fletcher", "Nguyen",
        "Hughes", "Pruitt",
    ],
);
const JAPANESE: (&[&str], &[&str]) = (
    &["Haruka", "Kenji", "Yumi", "Takeshi", "Naoko", "Hiroshi"],
    &[
        "Fujimoto",
        "Okada",
        "Shimizu",
        "Kuroda",
        "Nishimura",
        "Hayashi",
    ],
);
const INDIAN: (&[&str], &[&str]) = (
    &["Anjali", "Rajesh", "Kavya", "Suresh", "Wei Ling", "Arun"],
    &["Nair", "Deshpande", "Iyer", "Tan", "Kulkarni", "Menon"],
);
const RUSSIAN_WOMEN: (&[&str], &[&str]) = (
    &[
        "Ольга",
        "Наталья",
        "Марина",
        "Светлана",
        "Анна",
        "Гульнара",
        "Татьяна",
        "Ксения",
    ],
    &[
        "Кузнецова",
        "Смирнова",
        "Ахметова",
        "Лебедева",
        "Воронцова",
        "Семёнова",
        "Белова",
        "Жукова",
    ],
);
const RUSSIAN_MEN: (&[&str], &[&str]) = (
    &[
        "Сергей",
        "Андрей",
        "Михаил",
        "Тимур",
        "Павел",
        "Николай",
        "Артём",
        "Игорь",
    ],
    &[
        "Волков",
        "Морозов",
        "Ибрагимов",
        "Соловьёв",
        "Крылов",
        "Щербаков",
        "Нурланов",
        "Фёдоров",
    ],
);

/// A full name that sounds right at a company.
pub(crate) fn full_name(random: &mut Random, tongue: Tongue) -> String {
    let (first, last) = match tongue {
        Tongue::Germanic => GERMANIC,
        Tongue::Nordic => NORDIC,
        Tongue::Romance => ROMANCE,
        Tongue::English => ENGLISH,
        Tongue::Japanese => JAPANESE,
        Tongue::Indian => INDIAN,
        Tongue::Russian if random.happens(40) => RUSSIAN_WOMEN,
        Tongue::Russian => RUSSIAN_MEN,
    };
    format!("{} {}", random.pick(first), random.pick(last))
}

/// A phone number that belongs to nobody.
pub(crate) fn phone(random: &mut Random, country: &str) -> String {
    let code = match country {
        "Germany" => "49",
        "Switzerland" => "41",
        "Czech Republic" => "420",
        "Belgium" => "32",
        "France" => "33",
        "Italy" => "39",
        "Spain" => "34",
        "Denmark" => "45",
        "Norway" => "47",
        "Finland" => "358",
        "Netherlands" => "31",
        "United Kingdom" => "44",
        "Turkey" => "90",
        "Chile" => "56",
        "Brazil" => "55",
        "Japan" => "81",
        "Singapore" => "65",
        "India" => "91",
        "Australia" => "61",
        "Belarus" => "375",
        "Uzbekistan" => "998",
        "Russia" | "Kazakhstan" => "7",
        _ => "1",
    };
    format!(
        "+{code} 555 {:03}-{:02}-{:02}",
        random.between(100, 999),
        random.between(10, 99),
        random.between(10, 99)
    )
}

/// The part of an e-mail address before the `@`: the name in plain Latin letters.
pub(crate) fn mailbox(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            ' ' => plain.push('.'),
            c if c.is_ascii_alphanumeric() => plain.push(c),
            c => plain.push_str(latin(c)),
        }
    }
    plain
}

/// A letter in plain Latin ones.
const fn latin(c: char) -> &'static str {
    match c {
        'а' | 'á' | 'ã' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'э' | 'é' | 'è' | 'ê' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'и' | 'í' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ñ' => "n",
        'о' | 'ó' => "o",
        'п' => "p",
        'р' | 'ř' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::mailbox;

    #[test]
    fn mailboxes_are_plain_latin() {
        assert_eq!(mailbox("Артём Щербаков"), "artyom.shcherbakov");
        assert_eq!(mailbox("Élodie Lefèvre"), "elodie.lefevre");
        assert_eq!(mailbox("Lenka Dvořák"), "lenka.dvorak");
    }
}
