//! gzip and Zstandard, streamed, of any number of members, with a cap on how much they may grow.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::limits::Limits;
use crate::read::{Item, Origin, read_bytes};

/// Bytes that may come out before the ratio counts.
const RATIO_FREE_BYTES: u64 = 64 << 20;

/// Decompresses gzip; fails when it grows beyond the ratio.
pub fn gzip(input: Box<dyn BufRead + Send>, limits: Limits) -> Box<dyn BufRead + Send> {
    let eaten = Arc::new(AtomicU64::new(0));
    let counted = Counted { input, eaten: eaten.clone() };
    let decoder = flate2::bufread::MultiGzDecoder::new(counted);
    Box::new(BufReader::with_capacity(256 << 10, Guarded { decoder, eaten, made: 0, ratio: limits.ratio }))
}

/// Decompresses Zstandard frames, those of a WARC with its own dictionary too.
pub fn zstd(input: Box<dyn BufRead + Send>, limits: Limits) -> Box<dyn BufRead + Send> {
    let eaten = Arc::new(AtomicU64::new(0));
    let counted = Counted { input, eaten: eaten.clone() };
    let decoder = Frames { input: Some(counted), frame: None, dictionary: None, limits };
    Box::new(BufReader::with_capacity(256 << 10, Guarded { decoder, eaten, made: 0, ratio: limits.ratio }))
}

/// The articles within compressed bytes.
pub fn read(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    let input: Box<dyn BufRead + Send> = Box::new(io::Cursor::new(bytes.to_vec()));
    let mut plain = if bytes.starts_with(&[0x1f, 0x8b]) { gzip(input, limits) } else { zstd(input, limits) };
    let mut content = Vec::new();
    if let Err(error) = plain.by_ref().take(limits.item_bytes + 1).read_to_end(&mut content) {
        return vec![Err(origin.unread(&format!("cannot be decompressed: {error}")))];
    }
    let name = origin.name.trim_end_matches(".gz").trim_end_matches(".zst").to_owned();
    read_bytes(&content, &Origin { name, depth: origin.depth + 1, ..origin.clone() }, limits)
}

struct Counted {
    input: Box<dyn BufRead + Send>,
    eaten: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.eaten.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.eaten.fetch_add(amount as u64, Ordering::Relaxed);
        self.input.consume(amount);
    }
}

struct Guarded<D> {
    decoder: D,
    eaten: Arc<AtomicU64>,
    made: u64,
    ratio: u64,
}

impl<D: Read> Read for Guarded<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(buffer)?;
        self.made += count as u64;
        let eaten = self.eaten.load(Ordering::Relaxed).max(1);
        if self.made > RATIO_FREE_BYTES && self.made / eaten > self.ratio {
            return Err(io::Error::other(format!("it grows more than {}-fold, as no text does", self.ratio)));
        }
        Ok(count)
    }
}

/// Zstandard frames one after the other.
struct Frames {
    input: Option<Counted>,
    frame: Option<StreamingDecoder<Counted, FrameDecoder>>,
    dictionary: Option<Vec<u8>>,
    limits: Limits,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.input = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut input) = self.input.take() else { return Ok(0) };
            let head = input.fill_buf()?;
            if head.is_empty() {
                self.input = Some(input);
                return Ok(0);
            }
            if head.len() >= 4 && head[1..4] == [0x2a, 0x4d, 0x18] && head[0] & 0xf0 == 0x50 {
                self.skippable(&mut input)?;
                self.input = Some(input);
                continue;
            }
            let mut decoder = FrameDecoder::new();
            if let Some(dictionary) = &self.dictionary {
                let dictionary = ruzstd::decoding::Dictionary::decode_dict(dictionary).map_err(io::Error::other)?;
                decoder.add_dict(dictionary).map_err(io::Error::other)?;
            }
            self.frame = Some(StreamingDecoder::new_with_decoder(input, decoder).map_err(io::Error::other)?);
        }
    }
}

impl Frames {
    /// A skippable frame; the first of a WARC.zst holds the dictionary, itself perhaps compressed.
    fn skippable(&mut self, input: &mut Counted) -> io::Result<()> {
        let mut head = [0u8; 8];
        input.read_exact(&mut head)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        if head[0] != 0x5d || self.dictionary.is_some() || length > self.limits.item_bytes {
            io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
            return Ok(());
        }
        let mut content = Vec::new();
        input.by_ref().take(length).read_to_end(&mut content)?;
        if content.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let mut plain = Vec::new();
            let decoder = StreamingDecoder::new(content.as_slice()).map_err(io::Error::other)?;
            decoder.take(self.limits.item_bytes).read_to_end(&mut plain)?;
            content = plain;
        }
        self.dictionary = Some(content);
        Ok(())
    }
}
