const secret = /\b(?:app|dataset)-[A-Za-z0-9]{8,}|Bearer\s+\S+/g;

/** The text with everything that looks like a key replaced. */
export function redact(text: string): string {
  return text.replaceAll(secret, '[key]');
}
