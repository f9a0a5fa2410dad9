//! The two roles: the owner of the tables and the application, which can change rows but nothing else.

use crate::{Result, error::sql};
use sqlx::{AssertSqlSafe, PgConnection, PgPool};

/// The role that owns every table and runs the migrations.
pub const OWNER_ROLE: &str = "bihuan_owner";
/// The role the program works as.
pub const APP_ROLE: &str = "bihuan_app";

/// Makes both roles on a cluster of ours. Connected as its superuser.
pub(crate) async fn create_roles(superuser: &mut PgConnection) -> Result<()> {
    for role in [OWNER_ROLE, APP_ROLE] {
        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)")
            .bind(role)
            .fetch_one(&mut *superuser)
            .await
            .map_err(sql("SELECT pg_roles"))?;
        if !exists {
            sqlx::raw_sql(AssertSqlSafe(format!("CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")))
                .execute(&mut *superuser)
                .await
                .map_err(sql("CREATE ROLE"))?;
        }
    }
    Ok(())
}

/// Gives a database of ours to the owner and shuts everybody else out. Connected to it as the superuser.
pub async fn hand_over(superuser: &mut PgConnection) -> Result<()> {
    sqlx::raw_sql(
        "ALTER SCHEMA public OWNER TO bihuan_owner;
         REVOKE ALL ON SCHEMA public FROM PUBLIC;
         GRANT USAGE ON SCHEMA public TO bihuan_app;
         DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
                     EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO bihuan_app', current_database()); END $$;
         ALTER DEFAULT PRIVILEGES FOR ROLE bihuan_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bihuan_app;
         ALTER DEFAULT PRIVILEGES FOR ROLE bihuan_owner GRANT USAGE, SELECT ON SEQUENCES TO bihuan_app;",
    )
    .execute(superuser)
    .await
    .map_err(sql("hand over the database"))?;
    Ok(())
}

/// On a server of one's own: tries to make the application role and to let the connected user become it.
/// Says whether the program may now `SET ROLE bihuan_app`.
pub(crate) async fn prepare_given_server(pool: &PgPool) -> bool {
    let attempt = async {
        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bihuan_app')").fetch_one(pool).await?;
        if !exists {
            sqlx::raw_sql("CREATE ROLE bihuan_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").execute(pool).await?;
        }
        let member: bool = sqlx::query_scalar("SELECT pg_has_role(current_user, 'bihuan_app', 'MEMBER')").fetch_one(pool).await?;
        if !member {
            sqlx::raw_sql("GRANT bihuan_app TO CURRENT_USER").execute(pool).await?;
        }
        sqlx::raw_sql(
            "GRANT USAGE ON SCHEMA public TO bihuan_app;
             ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bihuan_app;
             ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO bihuan_app;",
        )
        .execute(pool)
        .await?;
        Ok::<_, sqlx::Error>(())
    };
    match attempt.await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the role bihuan_app could not be made on this server: the program works with the user of DATABASE_URL, the ledger's table is not protected from it");
            false
        }
    }
}

/// Suspends what new tables of the connected owner grant to the application, while an archive is restored: the archive
/// only says which rights each table *has*, so one that withholds a right must not be given it beforehand.
pub(crate) async fn suspend_default_rights(owner: &mut PgConnection) -> Result<()> {
    let statements = "ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM bihuan_app;
                      ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM bihuan_app;";
    sqlx::raw_sql(statements).execute(owner).await.map_err(sql("ALTER DEFAULT PRIVILEGES"))?;
    Ok(())
}

/// Grants them again to the tables of later migrations.
pub(crate) async fn resume_default_rights(owner: &mut PgConnection) -> Result<()> {
    let statements = "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bihuan_app;
                      ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO bihuan_app;";
    sqlx::raw_sql(statements).execute(owner).await.map_err(sql("ALTER DEFAULT PRIVILEGES"))?;
    Ok(())
}
