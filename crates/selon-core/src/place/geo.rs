//! Distances and containment on the sphere.

use selon_data::gazetteer::{Gazetteer, PlaceId};

/// Mean radius of the earth, km.
const RADIUS_KM: f64 = 6371.0;

/// Great-circle km between two points in WGS84 degrees (haversine).
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (half_lat, half_lon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let chord = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * RADIUS_KM * chord.sqrt().min(1.0).asin()
}

/// The point so many km from another in a direction given in degrees clockwise from north.
pub fn moved(from: (f64, f64), distance_km: f64, bearing: f64) -> (f64, f64) {
    let (lat, angle, bearing) = (from.0.to_radians(), distance_km / RADIUS_KM, bearing.to_radians());
    let sine = lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos();
    let new_lat = sine.clamp(-1.0, 1.0).asin();
    let turn = (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * sine);
    let lon = from.1 + turn.to_degrees();
    (new_lat.to_degrees(), (lon + 540.0).rem_euclid(360.0) - 180.0)
}

/// Whether a place lies in another by the gazetteer's hierarchy: in its state or its first-level region, or is the same.
pub fn is_inside(gazetteer: &Gazetteer, place: PlaceId, container: PlaceId) -> bool {
    if place == container {
        return true;
    }
    let (inner, outer) = (gazetteer.place(place), gazetteer.place(container));
    if outer.feature.starts_with("PCL") {
        return inner.country == outer.country;
    }
    inner.region == Some(container)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_offsets() {
        let (paris, london) = ((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((distance_km(paris, london) - 343.6).abs() < 1.0);
        let north = moved(paris, 100.0, 0.0);
        assert!((distance_km(paris, north) - 100.0).abs() < 0.01 && north.0 > paris.0);
    }
}
