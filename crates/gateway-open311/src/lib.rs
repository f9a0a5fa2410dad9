//! gateway-open311
