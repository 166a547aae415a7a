/** Longest side of a thumbnail, in pixels. */
const side = 96;

/** A small picture as a `data:` address; '' of what is no picture. */
export async function thumbnailOf(picture: Blob): Promise<string> {
  try {
    const bitmap = await createImageBitmap(picture);
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL('image/webp');
  } catch {
    return '';
  }
}

/** The same of a picture in a `data:` address. The page's policy lets nothing be fetched, not even that. */
export async function thumbnailOfAddress(address: string): Promise<string> {
  const [head = '', base64 = ''] = address.split(',');
  const type = /^data:([\w/+-]+)/.exec(head)?.[1] ?? '';
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return await thumbnailOf(new Blob([bytes], { type }));
}
