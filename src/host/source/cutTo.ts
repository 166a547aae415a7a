/** @param bytes the last character that does not fit whole is left out */
export function cutTo(bytes: number, text: string): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(new TextEncoder().encode(text).subarray(0, bytes), { stream: true });
}
