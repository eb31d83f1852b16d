//! What two people do at the same moment.

use std::sync::Barrier;
use std::thread;

use etalon_domain::department::DepartmentDraft;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode};
use etalon_domain::record::RecordCommand;
use etalon_domain::user::{Role, UserDraft};
use etalon_persistence::users::{self, UserChange};
use etalon_persistence::{Db, Error, Result, departments};

use crate::support::on_both;

const ADMIN: &str = "admin@test.example";
const DIRECTOR: &str = "director@test.example";

/// Does two things at the same moment; returns why one of them was refused, and makes sure that the
/// other was not.
fn refusal<T: Send>(db: &Db, act: impl Fn(&Db, usize) -> Result<T> + Sync) -> DomainError {
    let ready = Barrier::new(2);
    let mut outcomes = thread::scope(|scope| {
        let turns = [0, 1].map(|turn| {
            let (act, ready) = (&act, &ready);
            scope.spawn(move || {
                ready.wait();
                act(db, turn)
            })
        });
        turns.map(|turn| turn.join().unwrap())
    });
    outcomes.sort_by_key(Result::is_err);
    match outcomes {
        [Ok(_), Err(Error::Domain(error))] => error,
        [first, second] => panic!("{:?}, {:?}", first.err(), second.err()),
    }
}

on_both! {
    async fn two_administrators_cannot_let_each_other_go(app: TestApp) {
        let db = app.state.db();
        let context = app.context(ADMIN);
        for _ in 0..5 {
            for email in [ADMIN, DIRECTOR] {
                let user = app.user(email);
                let draft = UserDraft { role: Role::Admin, active: true, ..UserDraft::from(&user) };
                let command = RecordCommand::Edit(draft);
                let change = UserChange { command, password_hash: None };
                db.write(|tx| users::execute(tx, &context, Some(&user.id), None, &change)).unwrap();
            }
            let contexts = [app.context(ADMIN), app.context(DIRECTOR)];
            let change = UserChange { command: RecordCommand::Delete, password_hash: None };
            let refused = refusal(db, |db, turn| {
                let other = Some(&contexts[1 - turn].actor.user_id);
                db.write(|tx| users::execute(tx, &contexts[turn], other, None, &change))
            });
            assert_eq!(refused, ErrorCode::LastAdmin.into());
        }
    }

    async fn two_departments_cannot_be_put_below_each_other(app: TestApp) {
        let db = app.state.db();
        let context = app.context(ADMIN);
        let of = |email: &str| app.user(email).department_id.unwrap();
        let pair = [of("north@test.example"), of("south@test.example")];
        let place = |db: &Db, turn: usize, parent_id| db.write(|tx| {
            let current = departments::get(tx, &pair[turn])?;
            let command = RecordCommand::Edit(DepartmentDraft { parent_id, ..(&current).into() });
            departments::execute(tx, &context, Some(&current.id), None, &command)
        });
        for _ in 0..5 {
            for turn in [0, 1] {
                place(db, turn, Some(of(DIRECTOR))).unwrap();
            }
            let refused = refusal(db, |db, turn| place(db, turn, Some(pair[1 - turn].clone())));
            match refused {
                DomainError::Invalid(errors) => assert_eq!(errors[0].code, FieldCode::Cycle),
                DomainError::Refused(code) | DomainError::Conflict(code, _) => panic!("{code}"),
            }
        }
    }
}
