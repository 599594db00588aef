/**
 * A document on its way between a file and the program, a piece at a time: neither side ever has to
 * hold it twice.
 */
import { call } from '../../backend/backend';
import type { Fault } from '../../backend/bindings';

/** Bytes of one piece: a megabyte, in whole chunks of the seal. */
const PIECE = 16 * 65_536;

/**
 * Brings a file to the program. Calls `on` with the share of it that is there, 0 to 1. Rejects with a
 * `Fault`; a file that went away under it is refused at the field `file`.
 */
export async function bring(
  patient: string,
  file: Blob,
  on: (share: number) => void,
): Promise<number> {
  let at = 0;
  do {
    const piece = base64(await bytes(file.slice(at, at + PIECE)));
    at = (await call('bring_document', { patient, at, piece })).bytes;
    on(file.size === 0 ? 1 : at / file.size);
  } while (at < file.size);
  return at;
}

/** Reads a document that was opened. */
export async function read(document: string, media: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let at: number | null = 0;
  while (at !== null) {
    const found: { piece: string; next: number | null } = await call('read_document', {
      document,
      at,
    });
    pieces.push(Uint8Array.from(atob(found.piece), (letter) => letter.charCodeAt(0)));
    at = found.next;
  }
  return new Blob(pieces, { type: media });
}

async function bytes(part: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw UNREADABLE;
  }
}

/** The webview says only that it could not read; most often the file stood on a stick. */
const UNREADABLE: Fault = {
  code: 'invalid',
  message: 'The document was not attached.',
  fields: [
    {
      field: 'file',
      message: 'This file can no longer be read. Was the stick taken out? Choose it again.',
    },
  ],
  wait_seconds: null,
};

/** In steps, since a call with a million arguments fails. */
function base64(all: Uint8Array): string {
  let text = '';
  for (let at = 0; at < all.length; at += 32_768) {
    text += String.fromCharCode(...all.subarray(at, at + 32_768));
  }
  return btoa(text);
}
