//! What the program does from the command line besides serving.

mod import;

use std::io::BufRead as _;

use etalon_domain::user::{Language, Role, UserDraft};
use etalon_persistence::users;

use crate::auth::password;
use crate::config::{Command, Settings};
use crate::{openapi, server, setup};

/// Carries out a command.
///
/// # Errors
/// One sentence that says what is wrong.
pub async fn run(command: Command, settings: Settings) -> Result<(), String> {
    match command {
        Command::Serve { demo, no_jobs } => serve(settings, demo, !no_jobs).await,
        Command::Migrate => {
            server::state(settings)?;
            println!("The database is up to date.");
            Ok(())
        }
        Command::CreateAdmin {
            name,
            email,
            password,
        } => create_admin(settings, name, email, password),
        Command::Import(args) => import::run(settings, args),
        Command::Demo => demo(settings),
        Command::Openapi => {
            let text = openapi::text(&server::description()).map_err(|e| e.to_string())?;
            print!("{text}");
            Ok(())
        }
    }
}

async fn serve(settings: Settings, with_demo: bool, with_jobs: bool) -> Result<(), String> {
    let url = settings.public_url.clone();
    let state = server::state(settings)?;
    if with_demo && setup::fill_demo(state.db())? {
        println!("The empty database now has the demo company.");
    }
    println!("Etalon serves at {url} (API documentation: {url}/api/docs/)");
    if let Some(token) = setup::one_time_token(state.db())? {
        println!("Create the administrator once at {url}/setup?token={token}");
    }
    let sign_ins = state
        .db()
        .read(setup::demo_sign_ins)
        .map_err(|e| e.to_string())?;
    if !sign_ins.is_empty() {
        println!("Sign in with:");
        for one in sign_ins {
            println!(
                "  {:<34} {:<22} {} ({})",
                one.email,
                one.password,
                one.name,
                one.role.title()
            );
        }
    }
    server::serve(state, with_jobs).await
}

fn demo(settings: Settings) -> Result<(), String> {
    let state = server::state(settings)?;
    if setup::fill_demo(state.db())? {
        println!("The empty database now has the demo company.");
        Ok(())
    } else {
        Err("the database is not empty, so the demo company was not put into it".into())
    }
}

fn create_admin(
    settings: Settings,
    name: String,
    email: String,
    password: Option<String>,
) -> Result<(), String> {
    let password = match password {
        Some(password) => password,
        None => {
            eprintln!("Password (at least ten characters):");
            let mut line = String::new();
            std::io::stdin()
                .lock()
                .read_line(&mut line)
                .map_err(|e| e.to_string())?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    let draft = UserDraft {
        name,
        email: Some(email),
        role: Role::Admin,
        department_id: None,
        manager_id: None,
        active: true,
        language: Language::En,
        time_zone: "UTC".into(),
        password: Some(password.clone()),
    };
    let hash = password::hash(&password).map_err(|e| e.to_string())?;
    let state = server::state(settings)?;
    let user = state
        .db()
        .write(|tx| users::create_admin(tx, &draft, &hash))
        .map_err(|e| e.to_string())?;
    println!("{} can sign in as an administrator.", user.name);
    Ok(())
}
