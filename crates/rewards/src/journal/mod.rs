//! The account of every fen (奖励账目): double entry, each line from one account to another, lines are only added.

pub(crate) mod account;
pub(crate) mod store;

use kernel::codes;
use sqlx::PgPool;
use uuid::Uuid;

codes! {
    /// Where fen lie (账户).
    #[schema(as = RewardAccountName)]
    Account {
        /// Where the money comes from; its balance is what was put in, below nought (拨款).
        Funding = "funding", "拨款";
        /// Not given to anybody (可用预算).
        Budget = "budget", "可用预算";
        /// For awards that wait to be approved (待审核).
        Reserved = "reserved", "待审核";
        /// For awards that were approved and not paid (待发放).
        Granted = "granted", "待发放";
        /// Paid out (已发放).
        Paid = "paid", "已发放";
        /// Paid, and to be had back (待追回).
        Recover = "recover", "待追回";
    }
}

codes! {
    /// Why fen moved (事由).
    #[schema(as = RewardEntryKind)]
    What {
        /// The budget was set or changed.
        Fund = "fund", "预算";
        /// Reserved for a report.
        Reserve = "reserve", "核定";
        /// A person approved it.
        Grant = "grant", "审核通过";
        /// A person refused it.
        Refuse = "refuse", "不予奖励";
        /// Nobody claimed it in time.
        Expire = "expire", "逾期未领";
        /// Finance paid it.
        Pay = "pay", "发放";
        /// The report turned out to be none, or the problem was rewarded already.
        TakeBack = "take-back", "收回";
    }
}

/// A line of the journal before it is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub from: Account,
    pub to: Account,
    pub fen: i64,
    pub what: What,
    pub award: Option<Uuid>,
    pub person: Option<Uuid>,
}

impl Line {
    pub(crate) const fn between(from: Account, to: Account, fen: i64, what: What) -> Self {
        Self { from, to, fen, what, award: None, person: None }
    }

    pub(crate) const fn of(mut self, award: Uuid) -> Self {
        self.award = Some(award);
        self
    }

    pub(crate) const fn by(mut self, person: Uuid) -> Self {
        self.person = Some(person);
        self
    }
}

/// The balances of a programme, in fen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Balances(Vec<(Account, i64)>);

impl Balances {
    pub(crate) fn of(&self, account: Account) -> i64 {
        self.0.iter().find(|(of, _)| *of == account).map_or(0, |(_, fen)| *fen)
    }
}

/// A programme whose books are not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFault {
    /// The programme's name.
    pub programme: String,
    /// What is wrong, in Chinese.
    pub fault: String,
}

/// Looks whether the books of every programme are right: the journal balances and gives the balances that are kept, no account but the funding is below nought, each award was
/// led through its accounts as its state says, and no more was paid than the budget. Empty where all is well.
///
/// # Errors
/// The database's.
pub async fn check_books(pool: &PgPool) -> sqlx::Result<Vec<BookFault>> {
    let mut faults = Vec::new();
    let mut connection = pool.acquire().await?;
    for (id, programme) in store::programmes(&mut connection).await? {
        let (balances, kept) = (store::summed(&mut connection, id).await?, store::balances(&mut connection, id).await?);
        let mut fault = |fault: String| faults.push(BookFault { programme: programme.clone(), fault });
        for account in Account::ALL.iter().filter(|account| balances.of(**account) != kept.of(**account)) {
            fault(format!("“{}”余额记为 {} 分，流水合计 {} 分", account.label(), kept.of(*account), balances.of(*account)));
        }
        let sum: i64 = Account::ALL.iter().map(|account| balances.of(*account)).sum();
        if sum != 0 {
            fault(format!("账目不平，相差 {sum} 分"));
        }
        for account in Account::ALL.iter().filter(|account| **account != Account::Funding) {
            if balances.of(*account) < 0 {
                fault(format!("“{}”为负：{} 分", account.label(), balances.of(*account)));
            }
        }
        let awards = store::sums_of_awards(&mut connection, id).await?;
        for (account, fen) in [
            (Account::Reserved, awards.reserved),
            (Account::Granted, awards.granted),
            (Account::Paid, awards.paid),
            (Account::Recover, awards.recover),
        ] {
            if balances.of(account) != fen {
                fault(format!("“{}”账上 {} 分，奖励合计 {fen} 分", account.label(), balances.of(account)));
            }
        }
        let led_wrong = store::led_wrong(&mut connection, id).await?;
        if led_wrong > 0 {
            fault(format!("{led_wrong} 件奖励的状态与账目不符"));
        }
    }
    Ok(faults)
}
