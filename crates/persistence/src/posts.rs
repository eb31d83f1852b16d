//! What everybody in the company may read.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::deal::Deal;
use etalon_domain::id::{PostId, Ref};
use etalon_domain::page::{Page, PageQuery};
use etalon_domain::post::{Post, PostKind, Win};
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::page::{Cursor, decode, encode, limit};
use crate::schema::{posts, users};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = posts)]
struct Row {
    id: String,
    kind: String,
    deal_id: Option<String>,
    author_id: String,
    content: String,
    created_at: NaiveDateTime,
}

/// Tells everybody that a deal was won.
///
/// # Errors
/// When the database failed.
pub fn won(tx: &mut Tx<'_>, context: &Context, deal: &Deal) -> Result<()> {
    let content = Win {
        owner: Ref {
            id: deal.owner_id.as_str().to_owned(),
            name: deal.owner_name.clone(),
        },
        title: deal.title.clone(),
        account: deal.account_name.clone(),
        amount: deal.amount,
        beaten: deal.beaten_account_name.clone(),
    };
    let row = Row {
        id: new_id(),
        kind: PostKind::Win.as_str().to_owned(),
        deal_id: Some(deal.id.as_str().to_owned()),
        author_id: context.actor.user_id.as_str().to_owned(),
        content: serde_json::to_string(&content)?,
        created_at: to_naive(context.now),
    };
    diesel::insert_into(posts::table)
        .values(&row)
        .execute(tx.conn)?;
    Ok(())
}

/// Whether a post tells of a win that stands: its deal is won now and not in the bin, and nothing newer
/// tells of it.
const STANDS: &str = "EXISTS (SELECT 1 FROM deals WHERE deals.id = posts.deal_id \
     AND deals.status = 'won' AND deals.deleted_at IS NULL) \
     AND NOT EXISTS (SELECT 1 FROM posts newer WHERE newer.deal_id = posts.deal_id \
     AND newer.created_at >= posts.created_at \
     AND (newer.created_at > posts.created_at OR newer.id > posts.id))";

/// A page of the posts, newest first: of each win that stands the last one.
///
/// # Errors
/// When the cursor is not one of this list, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Post>> {
    const ORDER: &str = "-created_at";
    let wanted = limit(query.limit)?;
    let cursor: Option<Cursor<NaiveDateTime>> = decode(ORDER, query.cursor.as_deref())?;
    let mut rows = posts::table
        .inner_join(users::table.on(users::id.eq(posts::author_id)))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(STANDS))
        .order((posts::created_at.desc(), posts::id.desc()))
        .limit(wanted as i64 + 1)
        .select((Row::as_select(), users::name))
        .into_boxed();
    if let Some(Cursor {
        value: Some(at),
        id,
    }) = cursor
    {
        rows = rows
            .filter(posts::created_at.le(at))
            .filter(posts::created_at.lt(at).or(posts::id.lt(id)));
    }
    let mut rows: Vec<(Row, String)> = rows.load(tx.conn)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = (rows.last().filter(|_| more))
        .map(|(row, _)| encode(ORDER, Some(&row.created_at), &row.id));
    let post = |(row, author): (Row, String)| {
        Ok(Post {
            id: PostId::new(row.id),
            kind: row.kind.parse()?,
            author: Ref {
                id: row.author_id,
                name: author,
            },
            win: serde_json::from_str(&row.content)?,
            created_at: from_naive(row.created_at),
        })
    };
    Ok(Page {
        items: rows.into_iter().map(post).collect::<Result<_>>()?,
        next_cursor,
        totals: None,
    })
}
