//! A sealed stream of items, in chunks that are bound to the head of the bundle.

use std::io::{self, Read, Write};

use record::bundle::{Check, END, Error as Fault};
use record::chunks::{CHUNK, Chunks, TAG};

use super::{Error, FileKey};

/// Seals what is written to it.
pub(super) struct Sealing<W> {
    to: W,
    chunks: Chunks,
    head: Check,
    next: u64,
    open: Vec<u8>,
    /// Bytes of the file so far, without the head.
    pub(super) written: u64,
}

/// Opens what is read from it.
pub(super) struct Opening<R> {
    from: R,
    chunks: Chunks,
    head: Check,
    next: u64,
    /// Sealed bytes read ahead: the last chunk is known by the end mark that follows it.
    ahead: Vec<u8>,
    open: Vec<u8>,
    at: usize,
    last: bool,
}

impl<W: Write> Sealing<W> {
    pub(super) fn new(to: W, key: &FileKey, head: Check) -> Self {
        Self {
            to,
            chunks: key.chunks(),
            head,
            next: 0,
            open: Vec::with_capacity(CHUNK),
            written: 0,
        }
    }

    /// A length of four bytes, and the item.
    pub(super) fn item(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let length = u32::try_from(bytes.len()).map_err(|_| Fault::TooLarge)?;
        self.put(&length.to_be_bytes())?;
        self.put(bytes)
    }

    fn put(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        while !bytes.is_empty() {
            // A full chunk waits for more: only the last one may end the file.
            if self.open.len() == CHUNK {
                self.seal(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.open.len()));
            self.open.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    fn seal(&mut self, last: bool) -> Result<(), Error> {
        let sealed = self
            .chunks
            .seal(self.next, last, &self.head, &self.open)
            .map_err(|_| Fault::TooLarge)?;
        self.to.write_all(&sealed).map_err(Error::File)?;
        self.written += sealed.len() as u64;
        self.next += 1;
        self.open.clear();
        Ok(())
    }

    /// Seals what is left, and ends the file.
    pub(super) fn finish(mut self) -> Result<u64, Error> {
        self.seal(true)?;
        self.to.write_all(END).map_err(Error::File)?;
        self.to.flush().map_err(Error::File)?;
        Ok(self.written + END.len() as u64)
    }
}

impl<R: Read> Opening<R> {
    pub(super) fn new(from: R, key: &FileKey, head: Check) -> Self {
        Self {
            from,
            chunks: key.chunks(),
            head,
            next: 0,
            ahead: Vec::new(),
            open: Vec::new(),
            at: 0,
            last: false,
        }
    }

    /// The next item, of at most `most` bytes; none at the end of the bundle.
    pub(super) fn item(&mut self, most: usize) -> Result<Option<Vec<u8>>, Error> {
        if self.at_end()? {
            return Ok(None);
        }
        let length = self.take(4)?;
        let length = length
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        if length > most {
            return Err(Fault::TooLarge.into());
        }
        self.take(length).map(Some)
    }

    fn at_end(&mut self) -> Result<bool, Error> {
        while self.at == self.open.len() && !self.last {
            self.next_chunk()?;
        }
        Ok(self.at == self.open.len())
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>, Error> {
        // What a length promises is set aside only as it comes.
        let mut taken = Vec::with_capacity(length.min(CHUNK));
        while taken.len() < length {
            if self.at_end()? {
                return Err(Fault::NotAsListed.into());
            }
            let until = self.open.len().min(self.at + length - taken.len());
            taken.extend_from_slice(&self.open[self.at..until]);
            self.at = until;
        }
        Ok(taken)
    }

    fn next_chunk(&mut self) -> Result<(), Error> {
        let whole = CHUNK + TAG;
        // One byte more than a chunk and the end: so what is left is told from what is the last.
        fill(&mut self.from, &mut self.ahead, whole + END.len() + 1).map_err(Error::File)?;
        let last = self.ahead.len() <= whole + END.len();
        let sealed: Vec<u8> = if last {
            let chunk = self.ahead.strip_suffix(END).ok_or(Fault::CutShort)?;
            let chunk = chunk.to_vec();
            self.ahead.clear();
            chunk
        } else {
            self.ahead.drain(..whole).collect()
        };
        self.open = self
            .chunks
            .open(self.next, last, &self.head, &sealed)
            .map_err(|_| Fault::Altered)?;
        (self.at, self.last) = (0, last);
        self.next += 1;
        Ok(())
    }
}

/// Reads until `bytes` has `length` of them or nothing is left.
fn fill(from: &mut impl Read, bytes: &mut Vec<u8>, length: usize) -> io::Result<()> {
    let missing = length.saturating_sub(bytes.len());
    from.take(missing as u64).read_to_end(bytes).map(drop)
}
