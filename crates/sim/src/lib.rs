//! sim
pub mod city;
