//! A picture as it was sent, and as the hub makes it anew: nothing of the file is kept but its pixels.

use crate::fault::{Fault, Reason, Refusal, UserError};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The most bytes of a picture as it is sent.
pub const LARGEST: usize = 1024 * 1024;
/// The most pixels of an edge as it is sent: a small file can hold a picture of many gigabytes.
pub const EDGE: u32 = 4_096;
/// The most bytes that may be taken for reading one.
const MEMORY: u64 = 128 * 1024 * 1024;
/// The most pixels of an edge as it is kept: shown 36 pixels high in letters, and not much higher elsewhere.
const KEPT: u32 = 512;

/// Reading takes a processor and memory: one at a time.
static TURN: Semaphore = Semaphore::const_new(1);

/// Reads a PNG, JPEG or WebP and writes its pixels as PNG, made smaller if it is large.
pub(super) async fn made_anew(sent: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let _turn = TURN.acquire().await.map_err(|error| Fault::Internal(error.to_string()))?;
    let made = tokio::task::spawn_blocking(move || read(&sent).and_then(|picture| written(&picture))).await;
    made.map_err(|error| Fault::Internal(format!("a picture: {error}")))?
        .map_err(|sentence| UserError::at("logo", Reason::Invalid, sentence).into())
}

fn read(sent: &[u8]) -> Result<DynamicImage, String> {
    const KINDS: &str = "Send a picture as PNG, JPEG or WebP.";
    if sent.is_empty() {
        return Err(KINDS.into());
    }
    let format = image::guess_format(sent).map_err(|_| KINDS)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(KINDS.into());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE);
    limits.max_image_height = Some(EDGE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    reader.limits(limits);
    let broken = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => format!("Send a picture of at most {EDGE} pixels in width and height."),
        _ => "The picture cannot be read. It may be broken.".to_owned(),
    };
    let mut decoder = reader.into_decoder().map_err(broken)?;
    // Cameras lay pictures on their side and say so.
    let orientation = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn written(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let is_large = picture.width() > KEPT || picture.height() > KEPT;
    let picture = if is_large { picture.thumbnail(KEPT, KEPT) } else { picture.clone() };
    let mut png = Cursor::new(Vec::new());
    let written = DynamicImage::from(picture.to_rgba8()).write_to(&mut png, ImageFormat::Png);
    written.map_err(|_| "The picture cannot be written anew. Send another one.".to_owned())?;
    Ok(png.into_inner())
}
