//! What each letter looks like, filled with made-up facts; and whether an operator's templates can be filled at all.

use super::{
    brand::Brand,
    template::{Template, kinds, stray},
};
use crate::{
    access::{Access, Action},
    config::Config,
    domain::vendor,
    fault::Fault,
    outbox::NOTICES,
};
use minijinja::{Value, context};

/// Where nothing is stopped.
const STOP: &str = "https://hub.example/letters/stop?event=partner_created&token=only-a-preview";

/// A letter as its reader sees it.
#[derive(Clone, Debug)]
pub struct Preview {
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

/// What a kind of letter looks like with the vendor's own name, logo and colour; `None` if there is no such kind.
pub async fn preview(access: &Access, kind: &str) -> Result<Option<Preview>, Fault> {
    access.permit(Action::PreviewLetter)?;
    let config = &access.hub().config;
    let brand = Brand::of(&vendor::current(access).await?);
    let Some(template) = Template::of(config, kind) else { return Ok(None) };
    let written = || -> Result<Preview, minijinja::Error> {
        let parts = template.fill(&made_up(kind, &brand.vendor, config.public_url.as_str(), 0))?;
        let stop = NOTICES.contains(&kind).then_some(STOP);
        let html = template.html(&parts, &brand, stop)?;
        Ok(Preview { text: template.text(&parts, &brand, stop), html, subject: parts.subject })
    };
    written().map(Some).map_err(|error| Fault::Internal(format!("template {kind}: {error:#}")))
}

/// Fills every template once, so that one that cannot be filled is named at the start and not by a letter that fails.
pub fn check_templates(config: &Config) -> Result<(), String> {
    if let Some(file) = stray(config) {
        return Err(format!("LETTERS_DIR: there is no letter for the file {file}."));
    }
    // A vendor that has said everything of itself, with a link to end the letters; and one that has a name only.
    let frames = [(Brand::whole("Acme"), Some(STOP)), (Brand::plain("Acme"), None)];
    for kind in kinds() {
        let Some(template) = Template::of(config, kind) else { continue };
        for variant in 0..CHANGES.len() {
            let parts = template
                .fill(&made_up(kind, "Acme", "https://hub.example/", variant))
                .map_err(|error| format!("LETTERS_DIR: the template {kind}.txt cannot be filled: {error:#}."))?;
            if parts.subject.is_empty() || parts.blocks.is_empty() {
                return Err(format!("LETTERS_DIR: the template {kind}.txt needs a `Subject:` and a text."));
            }
            for (brand, stop) in &frames {
                let html = template.html(&parts, brand, *stop);
                html.map_err(|error| format!("LETTERS_DIR: the template layout.html cannot be filled: {error:#}."))?;
            }
        }
    }
    Ok(())
}

/// The letters that an operator with another language has not translated.
pub fn untranslated(config: &Config) -> Vec<&'static str> {
    let english = |kind: &&str| Template::of(config, kind).is_some_and(|template| template.is_english());
    if config.letters_language.starts_with("en") { Vec::new() } else { kinds().filter(english).collect() }
}

/// What letters about a second factor tell of.
const CHANGES: [&str; 5] = ["on", "off", "reset", "codes", "used"];

/// Facts for every letter. The first variant has all of them; the others lack what may be missing, so that templates are
/// tried in each of their branches.
fn made_up(kind: &str, vendor: &str, hub: &str, variant: usize) -> Value {
    let whole = variant == 0;
    let may_lack = |text: &'static str| if whole { text } else { "" };
    context! {
        vendor, hub,
        name => "Ada Lovelace",
        email => "ada@acme.example",
        partner => (variant < 2).then_some("Acme"),
        contact => "Ada Lovelace",
        by => may_lack("Grace Hopper"),
        count => if whole { 24 } else { 1 },
        comments => CHANGES.len() - 1 - variant,
        integration => "Acme Sync",
        terms => "Terms of partnership\nTerms of data processing",
        pending => whole,
        admin => whole,
        done => whole,
        change => CHANGES[variant],
        message => may_lack("It was good to meet you in Oslo.\nLet us build this together."),
        reason => may_lack("The documentation's address does not open. Please mend it."),
        page => format!("{hub}{}", if kind.starts_with("partner") { "partners" } else { "integrations" }),
        link => format!("{hub}{}#t=only-a-preview", match kind {
            "password_reset" => "reset",
            "email_change" => "email",
            _ => "accept",
        }),
        expires => "22 January 2027, 08:00 UTC",
        at => "15 January 2027, 08:00 UTC",
    }
}
