use etalon_domain::{event::Via, import::*, user::*};
use etalon_persistence::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let url = &args[0];
    let db = Db::open(url, PoolSize::default()).unwrap();
    let actor = db
        .write(|tx| {
            let u = match users::by_email(tx, "a@b.c")? {
                Some(c) => c.user,
                None => users::create_admin(
                    tx,
                    &UserDraft {
                        name: "Admin".into(),
                        email: Some("a@b.c".into()),
                        role: Role::Admin,
                        department_id: None,
                        manager_id: None,
                        active: true,
                        language: Language::En,
                        time_zone: "UTC".into(),
                        password: None,
                    },
                    "x",
                )?,
            };
            users::actor_of(tx, &u)
        })
        .unwrap();
    let ctx = Context::new(actor.clone(), Via::Import, None);
    let files: Vec<_> = args[1..]
        .iter()
        .map(|f| imports::Upload {
            name: f.rsplit('/').next().unwrap().into(),
            bytes: std::fs::read(f).unwrap(),
        })
        .collect();
    let dry = std::env::var("DRY").is_ok();
    let mut o = ImportOptions::default();
    o.time_zone = "+05:00".into();
    let t = std::time::Instant::now();
    let imp = imports::upload(&db, &ctx, &files, o).unwrap();
    println!("upload {:?}", t.elapsed());
    db.write(|tx| imports::start(tx, &ctx, &imp.id, ImportRun { dry_run: dry }))
        .unwrap();
    let t = std::time::Instant::now();
    imports::run(&db, &imp.id).unwrap();
    println!("run {:?}", t.elapsed());
    let i = db.read(|tx| imports::get(tx, &actor, &imp.id)).unwrap();
    println!("{:?} {:?} {:?}", i.status, i.error, i.progress);
    if let Some(r) = i.report {
        for k in &r.kinds {
            println!("{k:?}");
        }
        println!(
            "{:?} e{} w{} n{}",
            r.also_created, r.errors, r.warnings, r.notes
        );
    }
    for p in db
        .read(|tx| imports::all_problems(tx, &actor, &imp.id))
        .unwrap()
        .iter()
        .take(40)
    {
        println!(
            "{} {:?} {:?} {:?} {} {} {} x{}",
            p.file, p.row, p.column, p.value, p.severity, p.code, p.message, p.count
        );
    }
}
