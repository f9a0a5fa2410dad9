//! The program as it is shipped: the real binary on a folder and a port of its own.

mod crash;
mod district;
mod district_cases;
mod district_centre;
mod district_findings;
mod district_law;
mod district_quality;
mod district_waste;
mod doctor;
mod hostile;
mod landmark;
mod metrics;
mod program;
mod rights;
mod spool;
mod vehicles;
mod verify;
