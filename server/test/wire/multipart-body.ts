export type Part = { name: string; value: string; filename?: string; type?: string };

/** A multipart body as a browser or curl writes it, and the content type that goes with it. */
export function multipart(parts: readonly Part[], boundary = 'b0undary'): { type: string; body: string } {
  const texts = parts.map(({ name, value, filename, type }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`;
    const own = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${own}\r\n${value}\r\n`;
  });
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${texts.join('')}--${boundary}--\r\n` };
}
