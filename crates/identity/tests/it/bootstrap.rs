//! The first administrator of a fresh installation.

use identity::{
    Identity, Password, Settings,
    bootstrap::{FirstAdministrator, administrator},
};
use kernel::clock::ManualClock;

use crate::house::start_of_day;

#[tokio::test]
async fn a_fresh_installation_gets_one_administrator_from_the_shell() {
    let test = testkit::fresh(&[identity::MIGRATIONS]).await;
    let settings = Settings { seal_key: [7; 32], secure_cookies: true, demo: false };
    let identity = Identity::new(test.database.pool().clone(), ManualClock::starting_at(start_of_day()), settings);
    identity.register(&identity::rights()).await.unwrap();
    let first = FirstAdministrator {
        account: "administrator01".into(),
        name: "系统管理员01".into(),
        password: Password::new("short"),
        organisation: "综合执法局".into(),
        region: "330681".into(),
    };
    assert!(!format!("{first:?}").contains("short"));
    assert!(administrator(&identity, first.clone()).await.unwrap_err().to_string().contains("password-too-weak"));
    let good = FirstAdministrator { password: Password::new("lantern-boat-7"), ..first };
    let person = administrator(&identity, good.clone()).await.unwrap();
    let caller = identity.caller_of(person).await.unwrap().unwrap();
    assert!(caller.may::<identity::ManagePeople>());
    assert_eq!(caller.organisation_name(), "综合执法局");
    let again = FirstAdministrator { account: "administrator02".into(), ..good };
    assert!(administrator(&identity, again).await.unwrap_err().to_string().contains("administrator-exists"));
}
