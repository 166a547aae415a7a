/** A form as recordings keep it: texts, and of files only name, type and size. */
export interface RecordedForm {
  readonly form: readonly (readonly [name: string, value: string | RecordedFile])[];
}

interface RecordedFile {
  readonly name: string;
  /** '' where the browser wrote `application/octet-stream`. */
  readonly type: string;
  readonly size: number;
}

export function isRecordedForm(body: unknown): body is RecordedForm {
  return typeof body === 'object' && body !== null && 'form' in body && Array.isArray(body.form);
}

/** The form as bytes again, its files filled up; a picture is the one that was recorded. */
export function formBytes({ form }: RecordedForm, contentType: string): Uint8Array<ArrayBuffer> {
  const boundary = contentType.split('boundary=')[1] ?? '';
  const parts = form.flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${headerOf(value)}\r\n\r\n`),
    typeof value === 'string' ? Buffer.from(value) : contentOf(value),
    Buffer.from('\r\n'),
  ]);
  return Uint8Array.from(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
}

/** A picture of one point. */
export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function contentOf({ name, size }: RecordedFile): Buffer {
  const isPicture = size === dot.length && name.toLowerCase().endsWith('.png');
  return isPicture ? dot : Buffer.alloc(size, 'x');
}

/** A backslash stands for itself, as browsers write it. */
function headerOf(value: string | RecordedFile): string {
  if (typeof value === 'string') return '';
  const name = value.name.replaceAll('"', '%22');
  return `; filename="${name}"\r\nContent-Type: ${value.type === '' ? 'application/octet-stream' : value.type}`;
}
