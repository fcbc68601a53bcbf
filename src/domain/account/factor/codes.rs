//! Recovery codes: ten, each of which takes the place of an authenticator's once.

use crate::{
    access::{Access, Person},
    fault::Fault,
    secret,
};
use entity::{
    UserId,
    recovery_code::{ActiveModel, Column, Entity},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
};

/// What the server's key makes their hashes of.
const PURPOSE: &str = "recovery code";
/// How many there are.
const COUNT: usize = 10;
/// Of what they are made: 32 letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// How long one is: 50 random bits.
const LENGTH: usize = 10;

/// Makes new ones; the old ones are gone. They are shown this once.
pub(super) async fn renew(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<Vec<String>, Fault> {
    forget(tx, user).await?;
    let codes: Vec<String> = (0..COUNT).map(|_| random()).collect();
    let key = &tx.hub().key;
    let rows = codes.iter().map(|code| ActiveModel {
        code_hash: Set(key.blind(PURPOSE, &[&user.0.to_string(), code])),
        user_id: Set(user),
        key_id: Set(Some(key.id())),
    });
    Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    Ok(codes.iter().map(|code| format!("{}-{}", &code[..LENGTH / 2], &code[LENGTH / 2..])).collect())
}

/// Uses one up; `false` if it is none of the user's.
#[expect(clippy::disallowed_methods, reason = "one code of a user who was granted")]
pub(super) async fn use_up(tx: &Access<DatabaseTransaction>, user: UserId, code: &str) -> Result<bool, Fault> {
    let hashes = tx.hub().key.blinds(PURPOSE, &[&user.0.to_string(), &code.to_ascii_uppercase()]);
    let used = Entity::delete_many().filter(Column::CodeHash.is_in(hashes)).filter(Column::UserId.eq(user));
    Ok(used.exec(tx.conn()).await?.rows_affected == 1)
}

/// How many are left of a person's that a key of today can tell; `None` without a second factor.
#[expect(clippy::disallowed_methods, reason = "how many a person has itself")]
pub async fn left(access: &Access, person: &Person) -> Result<Option<u64>, Fault> {
    if person.user.second_factor_at.is_none() {
        return Ok(None);
    }
    let known = Condition::any().add(Column::KeyId.is_null()).add(Column::KeyId.is_in(access.hub().key.ids()));
    let own = Entity::find().filter(Column::UserId.eq(person.user.id)).filter(known);
    Ok(Some(own.count(access.conn()).await?))
}

/// Takes all of a user's away.
#[expect(clippy::disallowed_methods, reason = "the codes of a user who was granted")]
pub(super) async fn forget(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(tx.conn()).await?;
    Ok(())
}

fn random() -> String {
    secret::random::<LENGTH>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}
