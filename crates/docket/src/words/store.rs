//! SQL of the words dockets are found by.

use sqlx::PgConnection;

use crate::KeyOf;

pub(crate) async fn insert(connection: &mut PgConnection, month: i32, dockets: &[(&KeyOf, Vec<String>)]) -> sqlx::Result<()> {
    let (mut regions, mut ids, mut words) = (vec![], vec![], vec![]);
    for (key, grams) in dockets {
        regions.push(key.region.as_str());
        ids.push(key.id.uuid());
        // No word holds a blank.
        words.push(grams.join(" "));
    }
    sqlx::query(
        "insert into docket_words (region, docket_id, month, words)
         select region, docket_id, $4, words
         from unnest($1::text[], $2::uuid[], $3::text[]) as t(region, docket_id, words)",
    )
    .bind(regions)
    .bind(ids)
    .bind(words)
    .bind(month)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn replace(connection: &mut PgConnection, key: &KeyOf, from: &[String], to: &[String]) -> sqlx::Result<()> {
    sqlx::query(
        "update docket_words
         set words = array_to_string(array(select word from unnest(string_to_array(words, ' ')) as word where word <> all($3)) || $4, ' ')
         where region = $1 and docket_id = $2",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(from)
    .bind(to)
    .execute(connection)
    .await?;
    Ok(())
}
