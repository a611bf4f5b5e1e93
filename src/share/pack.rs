//! Packing: text made small, by deflate with a dictionary that both sides have.
//!
//! What is packed lives for ever, in links: a dictionary is never changed. A better one is a new
//! one, under a new version of whatever uses it.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// What documents are made of; nearer to its end what is found more often.
const DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");
/// The best that there is; what is packed is small.
const LEVEL: i32 = 10;
/// A raw stream, without zlib's header.
const RAW: i32 = -15;

/// Something that was not packed by [`pack`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unpackable {
    /// No stream, one that breaks off, or no text.
    Damaged,
    /// More text than allowed.
    TooLong,
}

/// Packs a text.
pub(super) fn pack(text: &str) -> Vec<u8> {
    let flags = create_comp_flags_from_zip_params(LEVEL, RAW, 0);
    let mut compressor = CompressorOxide::new(flags);
    // The dictionary goes first, up to a byte's end, and is then left out: who reads has it.
    run(&mut compressor, DICTIONARY, TDEFLFlush::Sync);
    run(&mut compressor, text.as_bytes(), TDEFLFlush::Finish)
}

/// The text that was packed, of so many bytes at most.
pub(super) fn unpack(packed: &[u8], bytes_max: usize) -> Result<String, Unpackable> {
    let mut decompressor = DecompressorOxide::new();
    let mut out = DICTIONARY.to_vec();
    let mut taken = 0;
    loop {
        let written = out.len();
        let most = DICTIONARY.len() + bytes_max;
        // One byte beyond what is allowed tells whether there is more.
        let room = (written * 2).min(most + 1);
        out.resize(room, 0);
        let (status, read, wrote) = decompress(
            &mut decompressor,
            &packed[taken..],
            &mut out,
            written,
            TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
        );
        taken += read;
        out.truncate(written + wrote);
        if out.len() > most {
            return Err(Unpackable::TooLong);
        }
        if status == TINFLStatus::Done && taken == packed.len() {
            break;
        }
        if status != TINFLStatus::HasMoreOutput {
            return Err(Unpackable::Damaged);
        }
    }
    String::from_utf8(out.split_off(DICTIONARY.len())).map_err(|_| Unpackable::Damaged)
}

fn run(compressor: &mut CompressorOxide, input: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut out = Vec::new();
    let mut taken = 0;
    let mut written = 0;
    loop {
        out.resize(written + input.len() / 2 + 256, 0);
        let (status, read, wrote) =
            compress(compressor, &input[taken..], &mut out[written..], flush);
        taken += read;
        written += wrote;
        let is_over = match status {
            TDEFLStatus::Done => true,
            // A flush is over when it leaves room.
            TDEFLStatus::Okay => taken == input.len() && written < out.len(),
            TDEFLStatus::BadParam | TDEFLStatus::PutBufFailed => {
                unreachable!("the buffer is there, and nothing comes after the end")
            }
        };
        if is_over {
            out.truncate(written);
            return out;
        }
    }
}
