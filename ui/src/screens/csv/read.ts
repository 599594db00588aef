/**
 * Reads a CSV file's bytes as text. Spreadsheets write UTF-8 or, in older versions, Windows-1252;
 * guessing wrongly would spoil names, so UTF-8 is tried strictly first.
 */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
