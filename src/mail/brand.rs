//! What letters have of the vendor: name, logo, colour, and where its readers find help, terms and privacy.

use super::parts::attribute;
use entity::vendor;
use minijinja::{Value, context};

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
    /// Addresses below the letter, as they are: they need no translation.
    pub(super) foot: Vec<Address>,
}

/// An address, and where it leads.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) text: String,
    link: String,
}

impl Address {
    /// As the layout sees it.
    pub(super) fn value(&self) -> Value {
        context! { text => self.text.clone(), link => attribute(&self.link) }
    }
}

impl Brand {
    /// The vendor's.
    pub(super) fn of(vendor: &vendor::Model) -> Self {
        let color = vendor.brand_color.clone().unwrap_or_else(|| BLUE.into());
        let on_color = if is_light(&color) { "#111827" } else { "#ffffff" };
        let mail = |text: &String| Address { text: text.clone(), link: format!("mailto:{text}") };
        let page = |text: &String| Address { text: text.clone(), link: text.clone() };
        let pages = [&vendor.terms_url, &vendor.privacy_url].into_iter().flatten().map(page);
        let foot = vendor.support_email.iter().map(mail).chain(pages).collect();
        Self { vendor: vendor.name.clone(), logo: vendor.logo_url.as_deref().map(attribute), color, on_color, foot }
    }

    /// Everything that a vendor can say of itself, made up.
    pub(super) fn whole(name: &str) -> Self {
        let text = |text: &str| Address { text: text.into(), link: text.into() };
        let foot = vec![text("help@acme.example"), text("https://acme.example/terms")];
        Self { logo: Some(attribute("https://acme.example/logo.png")), foot, ..Self::plain(name) }
    }

    /// A name and nothing else.
    pub(super) fn plain(name: &str) -> Self {
        Self { vendor: name.into(), logo: None, color: BLUE.into(), on_color: "#ffffff", foot: Vec::new() }
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
