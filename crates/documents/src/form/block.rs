//! What many documents have in common: organ, party, officers, evidence, money, remedies. What is missing is empty, so that a draft can be
//! looked at before it is whole; what must be there is asked for before it is issued.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The organ that issues (行政机关).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organ {
    /// Its name, as on its seal.
    pub name: String,
    /// The word that its numbers begin with (机关代字).
    pub word: String,
    /// Where it is.
    pub address: String,
    /// Its postcode.
    pub postcode: String,
    /// Its telephone.
    pub telephone: String,
}

/// Whom it is about (当事人).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Party {
    /// A natural person (公民).
    Person {
        /// Name.
        #[serde(default)]
        name: String,
        /// Sex.
        #[serde(default)]
        sex: String,
        /// Day of birth.
        #[serde(default)]
        born_on: Option<NaiveDate>,
        /// Kind of identity document.
        #[serde(default = "identity_card")]
        id_type: String,
        /// Its number.
        #[serde(default)]
        id_number: String,
        /// Where the person lives.
        #[serde(default)]
        address: String,
        /// Telephone.
        #[serde(default)]
        telephone: String,
        /// Employer.
        #[serde(default)]
        employer: String,
    },
    /// A legal person or another organisation (法人、其他组织).
    Organisation {
        /// Name.
        #[serde(default)]
        name: String,
        /// Unified social credit code.
        #[serde(default)]
        credit_code: String,
        /// Legal representative or person in charge.
        #[serde(default)]
        head: String,
        /// Which of the two that is.
        #[serde(default = "legal_representative")]
        head_title: String,
        /// Its seat.
        #[serde(default)]
        address: String,
        /// Telephone.
        #[serde(default)]
        telephone: String,
    },
}

fn identity_card() -> String {
    "身份证号".to_owned()
}

fn legal_representative() -> String {
    "法定代表人".to_owned()
}

impl Default for Party {
    fn default() -> Self {
        Self::Person {
            name: String::new(),
            sex: String::new(),
            born_on: None,
            id_type: identity_card(),
            id_number: String::new(),
            address: String::new(),
            telephone: String::new(),
            employer: String::new(),
        }
    }
}

impl Party {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person { name, .. } | Self::Organisation { name, .. } => name,
        }
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            Self::Person { address, .. } | Self::Organisation { address, .. } => address,
        }
    }

    /// How a document speaks to it.
    #[must_use]
    pub const fn you(&self) -> &'static str {
        match self {
            Self::Person { .. } => "你",
            Self::Organisation { .. } => "你单位",
        }
    }
}

/// An enforcement officer (执法人员).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Officer {
    /// Name.
    pub name: String,
    /// Number of the enforcement certificate (执法证号).
    pub certificate: String,
}

/// The case (案件), as documents name it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseOf {
    /// Its number.
    pub number: String,
    /// Its cause (案由).
    pub cause: String,
}

/// A piece of evidence (证据).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// What it is.
    pub name: String,
    /// What it proves.
    pub proves: String,
}

/// One penalty (处罚).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Penalty {
    /// What is imposed, in words: 处以罚款, 警告.
    pub text: String,
    /// The sum, where it is one.
    pub amount_fen: Option<u64>,
}

/// Where a fine is paid (缴款).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payment {
    /// The bank.
    pub bank: String,
    /// Where it is.
    pub bank_address: String,
    /// The account.
    pub account: String,
    /// Whether it can be paid online.
    pub online: bool,
}

/// Before whom a decision may be fought (救济机关).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Remedies {
    /// The review body.
    pub review_body: String,
    /// Where it is.
    pub review_address: String,
    /// The court.
    pub court: String,
}

impl Remedies {
    /// The review body with where it is, as a document names it.
    #[must_use]
    pub fn review(&self) -> String {
        if self.review_address.is_empty() {
            self.review_body.clone()
        } else {
            format!("{}（地址：{}）", self.review_body, self.review_address)
        }
    }
}

/// Somebody's opinion on a sheet of approval (审批意见).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opinion {
    /// What is said.
    pub text: String,
    /// By whom.
    pub name: String,
    /// When.
    pub on: Option<NaiveDate>,
}

/// A thing on a list (物品).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thing {
    /// What it is.
    pub name: String,
    /// Model, size.
    pub specification: String,
    /// How many, with the unit.
    pub quantity: String,
    /// In which condition.
    pub condition: String,
    /// Remarks.
    pub note: String,
}
