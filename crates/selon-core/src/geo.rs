//! Distances on the globe.

/// Mean diameter of the earth in kilometres.
const DIAMETER_KM: f64 = 12742.0;

/// Great-circle distance in kilometres between two points in WGS84 degrees (north, east), by the haversine formula.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, other_lat) = (a.0.to_radians(), b.0.to_radians());
    let (half_lat, half_lon) = ((other_lat - lat) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = half_lat.sin().powi(2) + lat.cos() * other_lat.cos() * half_lon.sin().powi(2);
    DIAMETER_KM * h.min(1.0).sqrt().asin()
}
