//! The operations of the API. Handlers hold no SQL and no rules: they read the request, call one
//! function of persistence and answer.

pub mod accounts;
pub mod activities;
pub mod analytics;
pub mod auth;
pub mod bulk;
pub mod company;
pub mod contacts;
pub mod deal_materials;
pub mod deal_parts;
pub mod deals;
pub mod departments;
pub mod files;
pub mod forms;
pub mod guide;
pub mod imports;
pub mod lead_forms;
pub mod leads;
pub mod materials;
pub mod me;
pub mod notifications;
pub mod posts;
pub mod preferences;
pub mod processes;
pub mod products;
pub mod proposals;
pub mod reports;
pub mod targets;
pub mod users;
pub mod visas;

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// An uploaded file.
#[derive(utoipa::ToSchema)]
pub struct FileUpload {
    /// The file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// Registers every operation. Only what is registered here is served and described.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(me::get_ready).service(
        scope::scope("/api/v1")
            .configure(sign_in)
            .configure(leads)
            .configure(activities)
            .configure(process)
            .configure(records)
            .configure(knowledge)
            .configure(offers)
            .configure(figures)
            .configure(company_wide),
    );
}

fn sign_in(config: &mut ServiceConfig<'_>) {
    config
        .service(me::get_welcome)
        .service(me::set_up)
        .service(auth::sign_in)
        .service(auth::refresh_session)
        .service(auth::sign_out)
        .service(auth::sign_out_everywhere)
        .service(auth::list_sessions)
        .service(auth::delete_session)
        .service(me::get_me)
        .service(me::replace_me)
        .service(me::change_password)
        .service(preferences::get_preferences)
        .service(preferences::replace_preferences)
        .service(preferences::get_calendar_link)
        .service(preferences::renew_calendar_link)
        .service(preferences::delete_calendar_link)
        .service(preferences::get_calendar_feed);
}

fn leads(config: &mut ServiceConfig<'_>) {
    config
        .service(leads::list_leads)
        .service(leads::create_lead)
        .service(leads::get_lead)
        .service(leads::replace_lead)
        .service(leads::update_lead)
        .service(leads::delete_lead)
        .service(leads::restore_lead)
        .service(leads::set_lead_budget)
        .service(leads::set_lead_authority)
        .service(leads::set_lead_need)
        .service(leads::set_lead_timing)
        .service(leads::nurture_lead)
        .service(leads::disqualify_lead)
        .service(leads::reopen_lead)
        .service(leads::convert_lead)
        .service(leads::list_lead_duplicates)
        .service(leads::list_lead_timeline)
        .service(lead_forms::list_lead_forms)
        .service(lead_forms::create_lead_form)
        .service(lead_forms::get_lead_form)
        .service(lead_forms::replace_lead_form)
        .service(lead_forms::update_lead_form)
        .service(lead_forms::renew_lead_form_key)
        .service(forms::submit_form);
}

fn activities(config: &mut ServiceConfig<'_>) {
    config
        .service(activities::list_activities)
        .service(activities::create_activity)
        .service(activities::get_activity)
        .service(activities::replace_activity)
        .service(activities::update_activity)
        .service(activities::delete_activity)
        .service(activities::complete_activity)
        .service(activities::cancel_activity)
        .service(activities::reopen_activity)
        .service(activities::get_my_day)
        .service(notifications::list_notifications)
        .service(notifications::read_notification)
        .service(notifications::snooze_notification)
        .service(notifications::read_all_notifications);
}

fn process(config: &mut ServiceConfig<'_>) {
    config
        .service(guide::list_deal_marks)
        .service(guide::get_deal_guide)
        .service(guide::answer_step)
        .service(guide::decide_step_visa)
        .service(guide::follow_process)
        .service(guide::preview_process)
        .service(deal_parts::list_deal_team)
        .service(deal_parts::add_team_member)
        .service(deal_parts::remove_team_member)
        .service(deal_parts::list_key_contacts)
        .service(deal_parts::add_key_contact)
        .service(deal_parts::replace_key_contact)
        .service(deal_parts::remove_key_contact)
        .service(deal_parts::list_deal_competitors)
        .service(deal_parts::add_deal_competitor)
        .service(deal_parts::replace_deal_competitor)
        .service(deal_parts::remove_deal_competitor)
        .service(deal_parts::list_concessions)
        .service(deal_parts::add_concession)
        .service(deal_parts::remove_concession)
        .service(processes::list_processes)
        .service(processes::create_process)
        .service(processes::get_process)
        .service(processes::replace_process_draft)
        .service(processes::delete_process_draft)
        .service(processes::publish_process)
        .service(processes::make_process_default)
        .service(processes::get_process_version)
        .service(processes::preview_process_version)
        .service(processes::migrate_deals)
        .service(posts::list_posts)
        .service(bulk::bulk_update_deals);
}

fn records(config: &mut ServiceConfig<'_>) {
    config
        .service(deals::list_deals)
        .service(deals::create_deal)
        .service(deals::get_deal)
        .service(deals::replace_deal)
        .service(deals::update_deal)
        .service(deals::delete_deal)
        .service(deals::restore_deal)
        .service(deals::move_deal)
        .service(deals::close_deal)
        .service(deals::reopen_deal)
        .service(deals::list_deal_timeline)
        .service(accounts::list_accounts)
        .service(accounts::create_account)
        .service(accounts::get_account)
        .service(accounts::replace_account)
        .service(accounts::update_account)
        .service(accounts::delete_account)
        .service(accounts::restore_account)
        .service(accounts::list_account_timeline)
        .service(contacts::list_contacts)
        .service(contacts::create_contact)
        .service(contacts::get_contact)
        .service(contacts::replace_contact)
        .service(contacts::update_contact)
        .service(contacts::delete_contact)
        .service(contacts::restore_contact)
        .service(contacts::list_contact_timeline)
        .service(products::list_products)
        .service(products::create_product)
        .service(products::get_product)
        .service(products::replace_product)
        .service(products::update_product)
        .service(products::delete_product)
        .service(products::list_product_timeline);
}

fn knowledge(config: &mut ServiceConfig<'_>) {
    config
        .service(files::list_deal_files)
        .service(files::add_deal_file)
        .service(files::get_file)
        .service(files::download_file)
        .service(files::delete_file)
        .service(files::restore_file)
        .service(files::list_material_files)
        .service(files::add_material_file)
        .service(materials::list_materials)
        .service(materials::create_material)
        .service(materials::list_material_tags)
        .service(materials::get_material)
        .service(materials::replace_material)
        .service(materials::update_material)
        .service(materials::delete_material)
        .service(materials::restore_material)
        .service(materials::list_material_versions)
        .service(materials::get_material_version)
        .service(materials::list_material_timeline)
        .service(deal_materials::list_deal_materials)
        .service(deal_materials::list_material_suggestions)
        .service(deal_materials::use_material)
        .service(deal_materials::delete_deal_material);
}

fn offers(config: &mut ServiceConfig<'_>) {
    config
        .service(proposals::list_deal_proposals)
        .service(proposals::create_deal_proposal)
        .service(proposals::get_proposal)
        .service(proposals::replace_proposal)
        .service(proposals::update_proposal)
        .service(proposals::delete_proposal)
        .service(proposals::restore_proposal)
        .service(proposals::actions::submit_proposal)
        .service(proposals::actions::recall_proposal)
        .service(proposals::actions::approve_proposal)
        .service(proposals::actions::reject_proposal)
        .service(proposals::actions::send_proposal)
        .service(proposals::actions::accept_proposal)
        .service(proposals::actions::decline_proposal)
        .service(proposals::actions::revise_proposal)
        .service(proposals::list_proposal_timeline)
        .service(visas::list_visas);
}

fn company_wide(config: &mut ServiceConfig<'_>) {
    config
        .service(users::list_users)
        .service(users::create_user)
        .service(users::get_user)
        .service(users::replace_user)
        .service(users::update_user)
        .service(users::delete_user)
        .service(users::list_user_timeline)
        .service(departments::list_departments)
        .service(departments::create_department)
        .service(departments::get_department)
        .service(departments::replace_department)
        .service(departments::update_department)
        .service(departments::delete_department)
        .service(company::list_stages)
        .service(company::list_currencies)
        .service(company::import_exchange_rates)
        .service(company::list_exchange_rates)
        .service(company::create_exchange_rate)
        .service(analytics::get_summary)
        .service(imports::list_imports)
        .service(imports::create_import)
        .service(imports::get_import)
        .service(imports::replace_import)
        .service(imports::delete_import)
        .service(imports::run_import)
        .service(imports::list_import_problems)
        .service(imports::download_import_problems)
        .service(imports::download_failed_rows);
}

fn figures(config: &mut ServiceConfig<'_>) {
    config
        .service(reports::get_funnel)
        .service(reports::get_pulse)
        .service(reports::get_forecast)
        .service(reports::get_leaderboard)
        .service(reports::get_manager_card)
        .service(reports::get_win_rate)
        .service(reports::get_cycle)
        .service(reports::get_velocity)
        .service(reports::get_dynamics)
        .service(reports::get_reasons)
        .service(reports::get_stalling)
        .service(reports::list_report_rows)
        .service(targets::get_targets)
        .service(targets::replace_targets);
}
