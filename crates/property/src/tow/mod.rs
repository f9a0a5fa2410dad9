//! Towed vehicles (拖移车辆): taken in with pictures of all sides, the driver told where, found again by who knows plate and vehicle.

pub(crate) mod look_up;
pub(crate) mod store;
pub(crate) mod take_in;
pub(crate) mod tell;

use kernel::problem::Problem;

use crate::Property;

/// Digits and letters at the end of a vehicle identification number (车架号) that prove that somebody knows the vehicle: they stand on the
/// licence (行驶证) and behind the windscreen.
const PROOF: usize = 6;

/// A plate as it is compared: without blanks and dots, capital letters.
pub(crate) fn plate(text: &str) -> Result<String, Problem> {
    let plate: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '·' | '-' | '.' | '•')).flat_map(char::to_uppercase).collect();
    let fits = (5..=10).contains(&plate.chars().count()) && plate.chars().all(char::is_alphanumeric);
    if fits { Ok(plate) } else { Err(Problem::invalid("plate-invalid", "车牌号不对").field("plate", "请填写完整的车牌号")) }
}

/// The keyed blind index of plate and proof: without the master key nobody can make it.
pub(crate) fn proof(room: &Property, plate: &str, end: &str) -> Result<Vec<u8>, Problem> {
    let end: String = end.trim().chars().flat_map(char::to_uppercase).collect();
    if end.chars().count() != PROOF || !end.chars().all(|c| c.is_ascii_alphanumeric()) {
        let why = "请填写车架号后六位，行驶证上有";
        return Err(Problem::invalid("proof-invalid", why).field("vin_end", why));
    }
    Ok(room.vault().blind("towed-vehicle", &format!("{plate}/{end}")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_plate_is_the_same_however_it_is_written() {
        assert_eq!(super::plate(" 浙f·1234a ").as_deref(), Ok("浙F1234A"));
        assert!(super::plate("浙F").is_err());
    }
}
