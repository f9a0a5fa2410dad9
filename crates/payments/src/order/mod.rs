//! Orders at the provider (支付订单): made when somebody is about to pay, asked about when nobody called back.

pub(crate) mod look;
pub(crate) mod store;
