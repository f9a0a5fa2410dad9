//! What the house offers where the environment names a provider outside: signing in, codes by text message, payment.

use std::sync::Arc;

use anyhow::{Context, Result};
use identity::Identity;
use leads::Leads;
use notify::Outgoing;
use payments::{
    Payments,
    provider::{ApiV3, ApiV3Settings},
};

use super::house::Mode;

/// Offers signing in through the city's identity provider where the environment names one.
pub(super) fn offer_provider(identity: &Identity) -> Result<()> {
    if let Some(settings) = identity::OidcSettings::read(|name| std::env::var(name).ok()).map_err(anyhow::Error::msg)? {
        let _ = rustls::crypto::ring::default_provider().install_default();
        identity.offer(identity::Provider::new(settings).context("统一身份认证组件无法启动")?);
    }
    Ok(())
}

/// Sends codes by text message through the provider that the environment describes; the demo shows them instead.
pub(super) fn offer_text_messages(leads: &Leads, mode: Mode, outgoing: &Outgoing) -> Result<()> {
    if mode == Mode::Demo {
        leads.send_text_messages_through(Arc::new(leads::SimulatedProvider));
    } else if let Some(file) = std::env::var_os("BIHUAN_SMS_PROVIDER").filter(|file| !file.is_empty()) {
        let provider = leads::HttpProvider::read(std::path::Path::new(&file), outgoing.clone()).map_err(anyhow::Error::msg)?;
        leads.send_text_messages_through(Arc::new(provider));
    }
    Ok(())
}

/// Takes payments through the provider that the environment describes; the demo has a simulated one of its own.
pub(super) fn offer_payments(payments: &Payments, mode: Mode) -> Result<()> {
    if mode == Mode::Demo {
        return Ok(());
    }
    if let Some(file) = std::env::var_os("BIHUAN_PAYMENT_PROVIDER").filter(|file| !file.is_empty()) {
        pay_through(payments, ApiV3Settings::read(std::path::Path::new(&file)).map_err(anyhow::Error::msg)?, false)?;
    }
    Ok(())
}

/// Takes payments through an APIv3 provider.
pub fn pay_through(payments: &Payments, settings: ApiV3Settings, simulated: bool) -> Result<()> {
    let provider = ApiV3::open(settings, Arc::new(kernel::clock::SystemClock), simulated).map_err(anyhow::Error::msg);
    payments.through(Arc::new(provider.context("支付渠道无法启动")?));
    Ok(())
}
