//! What letters have of the vendor: name, logo and colour.

use super::parts::attribute;
use entity::vendor;
use minijinja::Value;

/// The colour of buttons when the vendor has not chosen one.
const BLUE: &str = "#1d4ed8";

/// What letters have of the vendor.
#[derive(Debug)]
pub(super) struct Brand {
    pub(super) vendor: String,
    /// The address of an image; none shows the name.
    pub(super) logo: Option<Value>,
    pub(super) color: String,
    /// What can be read on that colour.
    pub(super) on_color: &'static str,
}

impl Brand {
    /// The vendor's.
    pub(super) fn of(vendor: &vendor::Model) -> Self {
        let color = vendor.brand_color.clone().unwrap_or_else(|| BLUE.into());
        let on_color = if is_light(&color) { "#111827" } else { "#ffffff" };
        Self { vendor: vendor.name.clone(), logo: vendor.logo_url.as_deref().map(attribute), color, on_color }
    }

    /// A name and nothing else.
    #[cfg(test)]
    pub(super) fn plain(name: &str) -> Self {
        Self { vendor: name.into(), logo: None, color: BLUE.into(), on_color: "#ffffff" }
    }
}

/// Whether dark letters are easier to read on a colour than white ones: WCAG's relative luminance above 0.179.
fn is_light(color: &str) -> bool {
    let channel = |at: usize| {
        let value = color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let share = f64::from(value) / 255.0;
        if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_can_be_read() {
        for (color, light) in
            [("#ffffff", true), ("#facc15", true), (BLUE, false), ("#000000", false), ("#b91c1c", false)]
        {
            assert_eq!(is_light(color), light, "{color}");
        }
    }
}
