//! Words that stand for values of closed sets, in English and Russian.

use etalon_domain::account::AccountKind;
use etalon_domain::deal::{DealCategory, DealType};
use etalon_domain::text::normalize_name;
use etalon_domain::user::Role;

/// Reads yes and no.
#[must_use]
pub fn boolean(text: &str) -> Option<bool> {
    match normalize_name(text).as_str() {
        "true" | "yes" | "y" | "1" | "active" | "да" | "истина" | "активен" | "активна"
        | "работает" | "активный" | "t" => Some(true),
        "false"
        | "no"
        | "n"
        | "0"
        | "inactive"
        | "нет"
        | "ложь"
        | "неактивен"
        | "неактивна"
        | "уволен"
        | "уволена"
        | "неактивный"
        | "disabled"
        | "deactivated"
        | "f" => Some(false),
        _ => None,
    }
}

/// Reads what a person may do.
#[must_use]
pub fn role(text: &str) -> Option<Role> {
    match normalize_name(text).as_str() {
        "admin"
        | "administrator"
        | "superuser"
        | "systemadministrator"
        | "админ"
        | "администратор" => Some(Role::Admin),
        "head"
        | "director"
        | "teamlead"
        | "teamleader"
        | "supervisor"
        | "headofsales"
        | "salesdirector"
        | "headofdepartment"
        | "руководитель"
        | "директор"
        | "начальник"
        | "начальникотдела"
        | "руководительотдела"
        | "роп" => Some(Role::Head),
        "manager"
        | "salesmanager"
        | "sales"
        | "salesrep"
        | "salesrepresentative"
        | "rep"
        | "agent"
        | "salesagent"
        | "seller"
        | "accountexecutive"
        | "user"
        | "standarduser"
        | "менеджер"
        | "менеджерпопродажам"
        | "продавец"
        | "сотрудник" => Some(Role::Manager),
        "viewer" | "readonly" | "guest" | "observer" | "наблюдатель" | "читатель" => {
            Some(Role::Viewer)
        }
        _ => None,
    }
}

/// Reads what an account is to us.
#[must_use]
pub fn account_kind(text: &str) -> Option<AccountKind> {
    match normalize_name(text).as_str() {
        "customer"
        | "client"
        | "prospect"
        | "buyer"
        | "lead"
        | "клиент"
        | "покупатель"
        | "заказчик" => Some(AccountKind::Customer),
        "partner"
        | "reseller"
        | "distributor"
        | "integrator"
        | "channelpartner"
        | "партнер"
        | "дилер"
        | "дистрибьютор" => Some(AccountKind::Partner),
        "competitor" | "конкурент" => Some(AccountKind::Competitor),
        _ => None,
    }
}

/// Reads whether a deal goes through a partner.
#[must_use]
pub fn deal_type(text: &str) -> Option<DealType> {
    match normalize_name(text).as_str() {
        "direct" | "directsale" | "прямая" | "прямаяпродажа" => {
            Some(DealType::Direct)
        }
        "partner" | "partnersale" | "indirect" | "channel" | "партнерская" | "черезпартнера" => {
            Some(DealType::Partner)
        }
        _ => None,
    }
}

/// Reads the size class of a deal.
#[must_use]
pub fn deal_category(text: &str) -> Option<DealCategory> {
    match normalize_name(text).as_str() {
        "enterprise" | "large" | "big" | "крупная" | "крупный" | "корпоративная" => {
            Some(DealCategory::Enterprise)
        }
        "medium" | "midmarket" | "mid" | "средняя" | "средний" => {
            Some(DealCategory::Medium)
        }
        "small" | "smb" | "малая" | "малый" | "мелкая" => Some(DealCategory::Small),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages() {
        assert_eq!(boolean("Да"), Some(true));
        assert_eq!(boolean("FALSE"), Some(false));
        assert_eq!(boolean("maybe"), None);
        assert_eq!(role("sales_manager"), Some(Role::Manager));
        assert_eq!(role("Руководитель отдела"), Some(Role::Head));
        assert_eq!(role("astronaut"), None);
        assert_eq!(account_kind("Партнёр"), Some(AccountKind::Partner));
        assert_eq!(deal_type("Партнёрская"), Some(DealType::Partner));
        assert_eq!(deal_category("Mid-market"), Some(DealCategory::Medium));
    }
}
