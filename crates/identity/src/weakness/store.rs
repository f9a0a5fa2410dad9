//! SQL of the weak spots.

use sqlx::PgPool;

/// Active staff who decide; those of them without a second factor; active administrators.
pub(super) async fn counts(pool: &PgPool) -> sqlx::Result<(i64, i64, i64)> {
    sqlx::query_as(
        "SELECT count(*) FILTER (WHERE decides), count(*) FILTER (WHERE decides AND NOT second), count(*) FILTER (WHERE administrator)
         FROM (SELECT NOT p.auxiliary AND EXISTS (SELECT FROM role_right r JOIN right_definition d ON d.name = r.right_name AND d.decides
                                                  WHERE r.role = ANY (p.roles)) AS decides,
                      EXISTS (SELECT FROM totp t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL) AS second,
                      'administrator' = ANY (p.roles) AS administrator
               FROM person p WHERE p.active AND p.kind = 'staff') AS people",
    )
    .fetch_one(pool)
    .await
}

/// The first accounts that decide without a second factor, administrators before others.
pub(super) async fn named(pool: &PgPool, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT p.account FROM person p
         WHERE p.active AND p.kind = 'staff' AND NOT p.auxiliary
           AND EXISTS (SELECT FROM role_right r JOIN right_definition d ON d.name = r.right_name AND d.decides WHERE r.role = ANY (p.roles))
           AND NOT EXISTS (SELECT FROM totp t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL)
         ORDER BY 'administrator' = ANY (p.roles) DESC, p.account LIMIT $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await
}
