//! Etalon: a corporate sales system in one program.

use etalon_api::{commands, config};

#[actix_web::main]
async fn main() {
    let cli = config::read();
    let settings = match cli.settings.settle() {
        Ok(settings) => settings,
        Err(message) => config::stop(&message),
    };
    env_logger::Builder::new()
        .filter_level(log::LevelFilter::Warn)
        .filter_module("etalon_api", settings.log)
        .filter_module("etalon_persistence", settings.log)
        .init();
    if let Err(message) = commands::run(cli.command, settings).await {
        config::stop(&message);
    }
}
